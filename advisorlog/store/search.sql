-- The search index. Both tables are contentless: they find row numbers, the records hold the words.
-- Row number = 4 x the record's id + 0 for an entry, 1 for an idea, 2 for a reading, 3 for a meeting.

-- Words, stemmed, without regard to accents.
CREATE VIRTUAL TABLE search_words USING fts5(text, content='', tokenize='porter unicode61 remove_diacritics 2');

-- Runs of three characters, for text in scripts that write words together (Korean particles, Chinese, Japanese).
-- Two blanks behind the text make every two characters the start of some run, so that a two-syllable word is
-- found through the list of runs that begin with it.
CREATE VIRTUAL TABLE search_runs USING fts5(text, content='', tokenize='trigram');
CREATE VIRTUAL TABLE search_runs_terms USING fts5vocab('search_runs', 'row');

CREATE VIEW searchable AS
  SELECT 4 * id AS number, text FROM entry
  UNION ALL
  SELECT 4 * id + 1, title || ' ' || slug || ' ' || coalesce(claim, '') FROM idea
  UNION ALL
  SELECT 4 * id + 2, title || ' ' || coalesce(authors, '') || ' ' || coalesce(keywords, '') || ' '
    || coalesce(motivation, '') || ' ' || coalesce(solution, '') || ' ' || coalesce(results, '') || ' '
    || coalesce(detail, '') || ' ' || coalesce(thoughts, '') FROM reading
  UNION ALL
  SELECT 4 * id + 3, coalesce(title, '') || ' ' || agenda FROM meeting;

INSERT INTO search_words (rowid, text) SELECT number, text FROM searchable;
INSERT INTO search_runs (rowid, text) SELECT number, text || '  ' FROM searchable
  WHERE text GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';

CREATE TRIGGER search_entry_inserted AFTER INSERT ON entry BEGIN
  INSERT INTO search_words (rowid, text) VALUES (4 * NEW.id, NEW.text);
  INSERT INTO search_runs (rowid, text) SELECT 4 * NEW.id, NEW.text || '  '
    WHERE NEW.text GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
END;
CREATE TRIGGER search_entry_deleted AFTER DELETE ON entry BEGIN
  INSERT INTO search_words (search_words, rowid, text) VALUES ('delete', 4 * OLD.id, OLD.text);
  INSERT INTO search_runs (search_runs, rowid, text) SELECT 'delete', 4 * OLD.id, OLD.text || '  '
    WHERE OLD.text GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
END;
CREATE TRIGGER search_entry_updated AFTER UPDATE ON entry WHEN OLD.text IS NOT NEW.text BEGIN
  INSERT INTO search_words (search_words, rowid, text) VALUES ('delete', 4 * OLD.id, OLD.text);
  INSERT INTO search_runs (search_runs, rowid, text) SELECT 'delete', 4 * OLD.id, OLD.text || '  '
    WHERE OLD.text GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
  INSERT INTO search_words (rowid, text) VALUES (4 * NEW.id, NEW.text);
  INSERT INTO search_runs (rowid, text) SELECT 4 * NEW.id, NEW.text || '  '
    WHERE NEW.text GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
END;

CREATE TRIGGER search_idea_inserted AFTER INSERT ON idea BEGIN
  INSERT INTO search_words (rowid, text) VALUES (4 * NEW.id + 1, NEW.title || ' ' || NEW.slug || ' ' || coalesce(NEW.claim, ''));
  INSERT INTO search_runs (rowid, text) SELECT 4 * NEW.id + 1, NEW.title || ' ' || NEW.slug || ' ' || coalesce(NEW.claim, '') || '  '
    WHERE NEW.title || ' ' || NEW.slug || ' ' || coalesce(NEW.claim, '') GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
END;
CREATE TRIGGER search_idea_deleted AFTER DELETE ON idea BEGIN
  INSERT INTO search_words (search_words, rowid, text) VALUES ('delete', 4 * OLD.id + 1, OLD.title || ' ' || OLD.slug || ' ' || coalesce(OLD.claim, ''));
  INSERT INTO search_runs (search_runs, rowid, text) SELECT 'delete', 4 * OLD.id + 1, OLD.title || ' ' || OLD.slug || ' ' || coalesce(OLD.claim, '') || '  '
    WHERE OLD.title || ' ' || OLD.slug || ' ' || coalesce(OLD.claim, '') GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
END;
CREATE TRIGGER search_idea_updated AFTER UPDATE ON idea WHEN OLD.title IS NOT NEW.title OR OLD.slug IS NOT NEW.slug OR OLD.claim IS NOT NEW.claim BEGIN
  INSERT INTO search_words (search_words, rowid, text) VALUES ('delete', 4 * OLD.id + 1, OLD.title || ' ' || OLD.slug || ' ' || coalesce(OLD.claim, ''));
  INSERT INTO search_runs (search_runs, rowid, text) SELECT 'delete', 4 * OLD.id + 1, OLD.title || ' ' || OLD.slug || ' ' || coalesce(OLD.claim, '') || '  '
    WHERE OLD.title || ' ' || OLD.slug || ' ' || coalesce(OLD.claim, '') GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
  INSERT INTO search_words (rowid, text) VALUES (4 * NEW.id + 1, NEW.title || ' ' || NEW.slug || ' ' || coalesce(NEW.claim, ''));
  INSERT INTO search_runs (rowid, text) SELECT 4 * NEW.id + 1, NEW.title || ' ' || NEW.slug || ' ' || coalesce(NEW.claim, '') || '  '
    WHERE NEW.title || ' ' || NEW.slug || ' ' || coalesce(NEW.claim, '') GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
END;

CREATE TRIGGER search_reading_inserted AFTER INSERT ON reading BEGIN
  INSERT INTO search_words (rowid, text) VALUES (4 * NEW.id + 2, NEW.title || ' ' || coalesce(NEW.authors, '') || ' ' || coalesce(NEW.keywords, '') || ' '
    || coalesce(NEW.motivation, '') || ' ' || coalesce(NEW.solution, '') || ' ' || coalesce(NEW.results, '') || ' '
    || coalesce(NEW.detail, '') || ' ' || coalesce(NEW.thoughts, ''));
  INSERT INTO search_runs (rowid, text) SELECT 4 * NEW.id + 2, NEW.title || ' ' || coalesce(NEW.authors, '') || ' ' || coalesce(NEW.keywords, '') || ' '
    || coalesce(NEW.motivation, '') || ' ' || coalesce(NEW.solution, '') || ' ' || coalesce(NEW.results, '') || ' '
    || coalesce(NEW.detail, '') || ' ' || coalesce(NEW.thoughts, '') || '  '
    WHERE NEW.title || ' ' || coalesce(NEW.authors, '') || ' ' || coalesce(NEW.keywords, '') || ' '
    || coalesce(NEW.motivation, '') || ' ' || coalesce(NEW.solution, '') || ' ' || coalesce(NEW.results, '') || ' '
    || coalesce(NEW.detail, '') || ' ' || coalesce(NEW.thoughts, '') GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
END;
CREATE TRIGGER search_reading_deleted AFTER DELETE ON reading BEGIN
  INSERT INTO search_words (search_words, rowid, text) VALUES ('delete', 4 * OLD.id + 2, OLD.title || ' ' || coalesce(OLD.authors, '') || ' ' || coalesce(OLD.keywords, '') || ' '
    || coalesce(OLD.motivation, '') || ' ' || coalesce(OLD.solution, '') || ' ' || coalesce(OLD.results, '') || ' '
    || coalesce(OLD.detail, '') || ' ' || coalesce(OLD.thoughts, ''));
  INSERT INTO search_runs (search_runs, rowid, text) SELECT 'delete', 4 * OLD.id + 2, OLD.title || ' ' || coalesce(OLD.authors, '') || ' ' || coalesce(OLD.keywords, '') || ' '
    || coalesce(OLD.motivation, '') || ' ' || coalesce(OLD.solution, '') || ' ' || coalesce(OLD.results, '') || ' '
    || coalesce(OLD.detail, '') || ' ' || coalesce(OLD.thoughts, '') || '  '
    WHERE OLD.title || ' ' || coalesce(OLD.authors, '') || ' ' || coalesce(OLD.keywords, '') || ' '
    || coalesce(OLD.motivation, '') || ' ' || coalesce(OLD.solution, '') || ' ' || coalesce(OLD.results, '') || ' '
    || coalesce(OLD.detail, '') || ' ' || coalesce(OLD.thoughts, '') GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
END;
CREATE TRIGGER search_reading_updated AFTER UPDATE ON reading BEGIN
  INSERT INTO search_words (search_words, rowid, text) VALUES ('delete', 4 * OLD.id + 2, OLD.title || ' ' || coalesce(OLD.authors, '') || ' ' || coalesce(OLD.keywords, '') || ' '
    || coalesce(OLD.motivation, '') || ' ' || coalesce(OLD.solution, '') || ' ' || coalesce(OLD.results, '') || ' '
    || coalesce(OLD.detail, '') || ' ' || coalesce(OLD.thoughts, ''));
  INSERT INTO search_runs (search_runs, rowid, text) SELECT 'delete', 4 * OLD.id + 2, OLD.title || ' ' || coalesce(OLD.authors, '') || ' ' || coalesce(OLD.keywords, '') || ' '
    || coalesce(OLD.motivation, '') || ' ' || coalesce(OLD.solution, '') || ' ' || coalesce(OLD.results, '') || ' '
    || coalesce(OLD.detail, '') || ' ' || coalesce(OLD.thoughts, '') || '  '
    WHERE OLD.title || ' ' || coalesce(OLD.authors, '') || ' ' || coalesce(OLD.keywords, '') || ' '
    || coalesce(OLD.motivation, '') || ' ' || coalesce(OLD.solution, '') || ' ' || coalesce(OLD.results, '') || ' '
    || coalesce(OLD.detail, '') || ' ' || coalesce(OLD.thoughts, '') GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
  INSERT INTO search_words (rowid, text) VALUES (4 * NEW.id + 2, NEW.title || ' ' || coalesce(NEW.authors, '') || ' ' || coalesce(NEW.keywords, '') || ' '
    || coalesce(NEW.motivation, '') || ' ' || coalesce(NEW.solution, '') || ' ' || coalesce(NEW.results, '') || ' '
    || coalesce(NEW.detail, '') || ' ' || coalesce(NEW.thoughts, ''));
  INSERT INTO search_runs (rowid, text) SELECT 4 * NEW.id + 2, NEW.title || ' ' || coalesce(NEW.authors, '') || ' ' || coalesce(NEW.keywords, '') || ' '
    || coalesce(NEW.motivation, '') || ' ' || coalesce(NEW.solution, '') || ' ' || coalesce(NEW.results, '') || ' '
    || coalesce(NEW.detail, '') || ' ' || coalesce(NEW.thoughts, '') || '  '
    WHERE NEW.title || ' ' || coalesce(NEW.authors, '') || ' ' || coalesce(NEW.keywords, '') || ' '
    || coalesce(NEW.motivation, '') || ' ' || coalesce(NEW.solution, '') || ' ' || coalesce(NEW.results, '') || ' '
    || coalesce(NEW.detail, '') || ' ' || coalesce(NEW.thoughts, '') GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
END;

CREATE TRIGGER search_meeting_inserted AFTER INSERT ON meeting BEGIN
  INSERT INTO search_words (rowid, text) VALUES (4 * NEW.id + 3, coalesce(NEW.title, '') || ' ' || NEW.agenda);
  INSERT INTO search_runs (rowid, text) SELECT 4 * NEW.id + 3, coalesce(NEW.title, '') || ' ' || NEW.agenda || '  '
    WHERE coalesce(NEW.title, '') || ' ' || NEW.agenda GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
END;
CREATE TRIGGER search_meeting_deleted AFTER DELETE ON meeting BEGIN
  INSERT INTO search_words (search_words, rowid, text) VALUES ('delete', 4 * OLD.id + 3, coalesce(OLD.title, '') || ' ' || OLD.agenda);
  INSERT INTO search_runs (search_runs, rowid, text) SELECT 'delete', 4 * OLD.id + 3, coalesce(OLD.title, '') || ' ' || OLD.agenda || '  '
    WHERE coalesce(OLD.title, '') || ' ' || OLD.agenda GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
END;
CREATE TRIGGER search_meeting_updated AFTER UPDATE ON meeting WHEN OLD.title IS NOT NEW.title OR OLD.agenda IS NOT NEW.agenda BEGIN
  INSERT INTO search_words (search_words, rowid, text) VALUES ('delete', 4 * OLD.id + 3, coalesce(OLD.title, '') || ' ' || OLD.agenda);
  INSERT INTO search_runs (search_runs, rowid, text) SELECT 'delete', 4 * OLD.id + 3, coalesce(OLD.title, '') || ' ' || OLD.agenda || '  '
    WHERE coalesce(OLD.title, '') || ' ' || OLD.agenda GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
  INSERT INTO search_words (rowid, text) VALUES (4 * NEW.id + 3, coalesce(NEW.title, '') || ' ' || NEW.agenda);
  INSERT INTO search_runs (rowid, text) SELECT 4 * NEW.id + 3, coalesce(NEW.title, '') || ' ' || NEW.agenda || '  '
    WHERE coalesce(NEW.title, '') || ' ' || NEW.agenda GLOB '*[ᄀ-ᇿ⺀-〿぀-ㆿ㐀-鿿ꥠ-꥿가-퟿豈-﫿]*';
END;
