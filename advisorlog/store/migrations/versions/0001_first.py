"""The first schema: every record of the design, the undo history and the search index.

Tables are STRICT. Times are UTC text (`2022-09-13T18:00:00Z`) beside the zone they were said in; days are
`2022-09-20`. Derived objects (views, triggers, search) are not here: `store.derived` makes them anew after
each migration, so that a migration only has to move data. AUTOINCREMENT: a number is never given twice, so that
what a sent document cites, and what `undo` brings back, can't turn out to be another record.
"""

from alembic import op

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT, handle TEXT NOT NULL UNIQUE, name TEXT NOT NULL, email TEXT,
  is_me INTEGER NOT NULL DEFAULT 0 CHECK (is_me IN (0, 1)), note TEXT
) STRICT;
CREATE UNIQUE INDEX one_me ON person (is_me) WHERE is_me;

CREATE TABLE project (
  id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT NOT NULL UNIQUE, name TEXT NOT NULL, pitch TEXT, goal TEXT
) STRICT;

CREATE TABLE term (
  id INTEGER PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
  term TEXT NOT NULL, meaning TEXT NOT NULL, UNIQUE (project_id, term)
) STRICT;

CREATE TABLE series (
  id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('advisor', 'mentee', 'peer')),
  project_id INTEGER REFERENCES project ON DELETE SET NULL,
  rrule TEXT, starts_at TEXT, zone TEXT, minutes INTEGER CHECK (minutes > 0)
) STRICT;

CREATE TABLE series_person (
  id INTEGER PRIMARY KEY AUTOINCREMENT, series_id INTEGER NOT NULL REFERENCES series ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE, UNIQUE (series_id, person_id)
) STRICT;

CREATE TABLE meeting (
  id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT NOT NULL UNIQUE,
  series_id INTEGER REFERENCES series ON DELETE SET NULL,
  project_id INTEGER REFERENCES project ON DELETE SET NULL,
  title TEXT, role TEXT CHECK (role IN ('advisor', 'mentee', 'peer')),
  starts_at TEXT NOT NULL, zone TEXT NOT NULL, minutes INTEGER CHECK (minutes > 0),
  status TEXT NOT NULL CHECK (status IN ('planned', 'held', 'cancelled')),
  agenda TEXT NOT NULL DEFAULT '', ended_at TEXT
) STRICT;
CREATE INDEX meeting_in_series ON meeting (series_id, starts_at);
CREATE INDEX meeting_in_project ON meeting (project_id, starts_at);
CREATE INDEX meeting_in_time ON meeting (starts_at);

CREATE TABLE meeting_person (
  id INTEGER PRIMARY KEY AUTOINCREMENT, meeting_id INTEGER NOT NULL REFERENCES meeting ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE, UNIQUE (meeting_id, person_id)
) STRICT;
CREATE INDEX meetings_of_person ON meeting_person (person_id);

CREATE TABLE entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT, meeting_id INTEGER REFERENCES meeting ON DELETE CASCADE,
  project_id INTEGER REFERENCES project ON DELETE SET NULL,
  kind TEXT NOT NULL, lead TEXT NOT NULL DEFAULT '', text TEXT NOT NULL,
  speaker_id INTEGER REFERENCES person ON DELETE SET NULL,
  visibility TEXT NOT NULL DEFAULT 'open' CHECK (visibility IN ('open', 'private')),
  origin TEXT NOT NULL, at TEXT NOT NULL, zone TEXT NOT NULL, position INTEGER NOT NULL DEFAULT 0,
  answers_id INTEGER REFERENCES entry ON DELETE SET NULL
) STRICT;
CREATE INDEX entry_in_meeting ON entry (meeting_id, position);
CREATE INDEX entry_in_time ON entry (at);
CREATE INDEX entry_by_kind ON entry (kind, at);
CREATE INDEX answer_to ON entry (answers_id) WHERE answers_id IS NOT NULL;
CREATE INDEX inbox ON entry (at) WHERE meeting_id IS NULL;

CREATE TABLE mention (
  id INTEGER PRIMARY KEY AUTOINCREMENT, entry_id INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
  mark TEXT NOT NULL CHECK (mark IN ('#', '@')), name TEXT NOT NULL,
  idea_id INTEGER REFERENCES idea ON DELETE SET NULL, person_id INTEGER REFERENCES person ON DELETE SET NULL
) STRICT;
CREATE INDEX mention_in_entry ON mention (entry_id);
CREATE INDEX mention_of_idea ON mention (idea_id, entry_id);
CREATE INDEX mention_by_name ON mention (mark, name);

CREATE TABLE action (
  id INTEGER PRIMARY KEY AUTOINCREMENT, entry_id INTEGER NOT NULL UNIQUE REFERENCES entry ON DELETE CASCADE,
  owner_id INTEGER REFERENCES person ON DELETE SET NULL, due TEXT, done_test TEXT,
  root_id INTEGER REFERENCES entry ON DELETE SET NULL, closed_at TEXT
) STRICT;
CREATE INDEX open_action ON action (closed_at);

CREATE TABLE action_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT, action_id INTEGER NOT NULL REFERENCES action ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('open', 'carried', 'renegotiated', 'done', 'dropped')),
  at TEXT NOT NULL, zone TEXT NOT NULL, due TEXT, because TEXT NOT NULL DEFAULT '',
  meeting_id INTEGER REFERENCES meeting ON DELETE SET NULL, origin TEXT NOT NULL DEFAULT 'cli'
) STRICT;
CREATE INDEX event_of_action ON action_event (action_id, at);
CREATE INDEX action_event_in_time ON action_event (at);

CREATE TABLE idea (
  id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, claim TEXT, resolve_by TEXT,
  outcome INTEGER CHECK (outcome IN (0, 1)), project_id INTEGER REFERENCES project ON DELETE SET NULL,
  visibility TEXT NOT NULL DEFAULT 'open' CHECK (visibility IN ('open', 'private'))
) STRICT;
CREATE INDEX idea_in_project ON idea (project_id);

CREATE TABLE idea_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT, idea_id INTEGER NOT NULL REFERENCES idea ON DELETE CASCADE,
  at TEXT NOT NULL, zone TEXT NOT NULL,
  status TEXT CHECK (status IN ('spark', 'exploring', 'promising', 'validated', 'published', 'parked', 'killed')),
  confidence INTEGER CHECK (confidence BETWEEN 0 AND 100), because TEXT NOT NULL DEFAULT '',
  mood INTEGER NOT NULL DEFAULT 0 CHECK (mood IN (0, 1)), revive_if TEXT, revisit_when TEXT,
  by_id INTEGER REFERENCES person ON DELETE SET NULL, entry_id INTEGER REFERENCES entry ON DELETE CASCADE,
  origin TEXT NOT NULL DEFAULT 'cli', CHECK (status IS NOT NULL OR confidence IS NOT NULL)
) STRICT;
CREATE INDEX event_of_idea ON idea_event (idea_id, at);
CREATE INDEX idea_event_in_time ON idea_event (at);
CREATE INDEX idea_event_of_entry ON idea_event (entry_id) WHERE entry_id IS NOT NULL;

CREATE TABLE reading (
  id INTEGER PRIMARY KEY AUTOINCREMENT, slug TEXT NOT NULL UNIQUE, title TEXT NOT NULL, authors TEXT, year INTEGER,
  url TEXT, doi TEXT, keywords TEXT, motivation TEXT, solution TEXT, results TEXT, detail TEXT, thoughts TEXT,
  visibility TEXT NOT NULL DEFAULT 'open' CHECK (visibility IN ('open', 'private')),
  at TEXT NOT NULL, zone TEXT NOT NULL
) STRICT;

CREATE TABLE reading_idea (
  id INTEGER PRIMARY KEY AUTOINCREMENT, reading_id INTEGER NOT NULL REFERENCES reading ON DELETE CASCADE,
  idea_id INTEGER NOT NULL REFERENCES idea ON DELETE CASCADE, UNIQUE (reading_id, idea_id)
) STRICT;

CREATE TABLE reading_person (
  id INTEGER PRIMARY KEY AUTOINCREMENT, reading_id INTEGER NOT NULL REFERENCES reading ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES person ON DELETE CASCADE, UNIQUE (reading_id, person_id)
) STRICT;

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY AUTOINCREMENT, event_id INTEGER NOT NULL REFERENCES idea_event ON DELETE CASCADE,
  entry_id INTEGER REFERENCES entry ON DELETE SET NULL, reading_id INTEGER REFERENCES reading ON DELETE SET NULL,
  text TEXT
) STRICT;
CREATE INDEX evidence_of_event ON evidence (event_id);

CREATE TABLE document (
  id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, series_id INTEGER REFERENCES series ON DELETE SET NULL,
  meeting_id INTEGER REFERENCES meeting ON DELETE SET NULL, title TEXT NOT NULL, format TEXT NOT NULL,
  body TEXT NOT NULL, sha256 TEXT NOT NULL, as_of TEXT NOT NULL, sent_at TEXT NOT NULL, zone TEXT NOT NULL,
  supersedes_id INTEGER REFERENCES document
) STRICT;
CREATE INDEX document_of_series ON document (series_id, sent_at);
CREATE INDEX document_of_meeting ON document (meeting_id);

CREATE TABLE recipient (
  id INTEGER PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES person, UNIQUE (document_id, person_id)
) STRICT;
CREATE INDEX told_to ON recipient (person_id, document_id);

CREATE TABLE citation (
  id INTEGER PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
  record TEXT NOT NULL, record_id INTEGER NOT NULL, section TEXT NOT NULL
) STRICT;
CREATE INDEX citation_in_document ON citation (document_id);
CREATE INDEX cited_in ON citation (record, record_id);

CREATE TABLE tension (
  id INTEGER PRIMARY KEY AUTOINCREMENT, first_id INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
  second_id INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE, found_at TEXT NOT NULL, zone TEXT NOT NULL,
  cause TEXT, because TEXT NOT NULL DEFAULT '', resolved_at TEXT, UNIQUE (first_id, second_id)
) STRICT;

CREATE TABLE guess (
  id INTEGER PRIMARY KEY AUTOINCREMENT, advice_id INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE,
  question TEXT NOT NULL, asked_at TEXT NOT NULL, zone TEXT NOT NULL,
  verdict TEXT CHECK (verdict IN ('right', 'partly', 'wrong')), real_reason TEXT, resolved_at TEXT
) STRICT;

CREATE TABLE guess_reason (
  id INTEGER PRIMARY KEY AUTOINCREMENT, guess_id INTEGER NOT NULL REFERENCES guess ON DELETE CASCADE,
  entry_id INTEGER NOT NULL REFERENCES entry ON DELETE CASCADE, UNIQUE (guess_id, entry_id)
) STRICT;

CREATE TABLE attachment (
  id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL,
  size INTEGER NOT NULL, meeting_id INTEGER REFERENCES meeting ON DELETE SET NULL,
  entry_id INTEGER REFERENCES entry ON DELETE SET NULL,
  visibility TEXT NOT NULL DEFAULT 'private' CHECK (visibility IN ('open', 'private')),
  at TEXT NOT NULL, zone TEXT NOT NULL
) STRICT;

CREATE TABLE source (
  id INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL, record_id INTEGER NOT NULL, name TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL, sha256 TEXT NOT NULL, content BLOB NOT NULL, imported_at TEXT NOT NULL
) STRICT;
CREATE INDEX source_of_record ON source (record, record_id);

CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, zone TEXT NOT NULL, command TEXT NOT NULL,
  undoes_id INTEGER REFERENCES change
) STRICT;

CREATE TABLE revision (
  id INTEGER PRIMARY KEY AUTOINCREMENT, change_id INTEGER NOT NULL REFERENCES change ON DELETE CASCADE,
  record TEXT NOT NULL, record_id INTEGER NOT NULL,
  op TEXT NOT NULL CHECK (op IN ('insert', 'update', 'delete')), before TEXT
) STRICT;
CREATE INDEX revision_in_change ON revision (change_id);
CREATE INDEX revision_of_record ON revision (record, record_id);

INSERT INTO person (handle, name, is_me) VALUES ('me', 'me', 1);
"""


def upgrade() -> None:
    for statement in TABLES.split(";\n"):
        if statement.strip():
            op.execute(statement)
