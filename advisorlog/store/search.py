"""Full-text search: what was typed, into matches, newest first.

What counts as a match
    A word matches its inflections in English ("running" finds "run"), without regard to case and accents. A word
    that holds letters of a script which writes words together (Korean, Chinese, Japanese, Thai) matches anywhere
    inside a run of letters. Words in "double quotes" must follow one another. All words must match. Nothing else in
    the input means anything: operators of the index's own language are plain text.
    `search` takes every word as finished; `search_as_typed` takes the last one as the beginning of a word.

How it keeps its budget
    Row numbers of the index follow time (`store.search_index`), so the newest matches of a word in every third
    entry are the first fifty read, and a stretch of time is a range of numbers. A filter on kind, project or
    visibility is tried on the newest `WALKED` matches, one record at a time; only if too few of those pass, the
    records that pass are collected first, from indexes alone, and the matches held against that set.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from advisorlog.domain.kinds import EntryKind, RecordKind, Visibility
from advisorlog.domain.moments import Moment, moment
from advisorlog.store.reading.select import in_parts
from advisorlog.store.search_filter import Filter
from advisorlog.store.search_index import RUN_LETTERS, SEARCHED, SECOND, WORD_TOKENS

WALKED = 600
"""How many of the newest matches are looked at one by one before the filter's own index is used."""

_RUNS = re.compile(f"[{RUN_LETTERS}]")
_PIECES = re.compile(r'"([^"]*)"|([^\s"]+)')
_PLACE = {RecordKind(each.table): each.place for each in SEARCHED}


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that matches: where it stands, its words, and the spans (start, end) of those that matched in `text`.

    `record_id` numbers the record within its kind; `entry_kind` is set for entries; `meeting` is the slug of the
    meeting it belongs to. An idea's moment is its last event's, and None where it has none.
    """

    record: RecordKind
    record_id: int
    entry_kind: EntryKind | None
    text: str
    moment: Moment | None
    meeting: str | None
    is_private: bool
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Word:
    """One word or quoted phrase of the input."""

    text: str
    begins: bool = False

    @property
    def in_runs(self) -> bool:
        return _RUNS.search(self.text) is not None

    @property
    def is_short(self) -> bool:
        """Whether it is shorter than the runs of the index, and found through those that begin with it."""
        return self.in_runs and len(self.text) < 3

    @property
    def is_searchable(self) -> bool:
        """Whether the index can hold any of it: letters, digits and private-use characters, no punctuation."""
        return any(unicodedata.category(letter)[0] in "LN" for letter in self.text)


def search(
    connection: sqlite3.Connection,
    words: str,
    kinds: Collection[EntryKind] = (),
    since: Moment | None = None,
    until: Moment | None = None,
    project_id: int | None = None,
    limit: int = 50,
    include_private: bool = True,
) -> list[Hit]:
    """What matches all the words, newest first; `kinds` leaves entries of those kinds only.

    Input without any letter or digit finds nothing.
    """
    return _search(
        connection, _words(words), Filter(frozenset(kinds), since, until, project_id, include_private), limit
    )


def search_as_typed(
    connection: sqlite3.Connection,
    words: str,
    kinds: Collection[EntryKind] = (),
    since: Moment | None = None,
    until: Moment | None = None,
    project_id: int | None = None,
    limit: int = 50,
    include_private: bool = True,
) -> list[Hit]:
    """As `search`, while the input is being typed: a last word of two letters or more finds what begins with it."""
    only = Filter(frozenset(kinds), since, until, project_id, include_private)
    return _search(connection, _being_typed(words), only, limit)


def entries_as_typed(
    connection: sqlite3.Connection,
    words: str,
    kinds: Collection[EntryKind],
    since: Moment | None = None,
    project_id: int | None = None,
    limit: int = 50,
) -> list[int]:
    """As `search_as_typed`, but only the numbers of the entries: for a list that reads what comes into sight."""
    matches = _matches(connection, typed) if (typed := _being_typed(words)) else None
    if matches is None:
        return []
    only = Filter(frozenset(kinds), since, None, project_id, include_private=True)
    return [_id(number) for number in _numbers(connection, matches, only, limit)]


def spans_as_typed(texts: Sequence[str], words: str) -> list[tuple[tuple[int, int], ...]]:
    """Where in each text the words stand for which `entries_as_typed` found it."""
    return _spans_in(texts, _being_typed(words))


def _being_typed(words: str) -> list[_Word]:
    typed = _words(words)
    if typed and len(typed[-1].text) > 1 and words[-1].isalnum():
        typed[-1] = _Word(typed[-1].text, begins=True)
    return typed


def _words(typed: str) -> list[_Word]:
    """The words and quoted phrases that can be searched for, in composed form."""
    clean = unicodedata.normalize("NFC", typed.replace("\x00", " "))
    found = (_Word((quoted or word).strip()) for quoted, word in _PIECES.findall(clean))
    return [word for word in found if word.is_searchable]


@dataclass(frozen=True, slots=True)
class _Matches:
    """SQL for the numbers `n` of rows that match all words, between two numbers that follow its values."""

    numbers: str
    values: tuple[str, ...]


def _search(connection: sqlite3.Connection, words: list[_Word], only: Filter, limit: int) -> list[Hit]:
    if not words or limit < 1:
        return []
    matches = _matches(connection, words)
    if matches is None:
        return []
    hits = _timed(connection, _numbers(connection, matches, only, limit))
    if not only.kinds:
        hits += _ideas(connection, matches, only, limit)
        hits.sort(key=lambda hit: hit.moment.stored if hit.moment else "", reverse=True)
    return _with_spans(hits[:limit], words)


def _matches(connection: sqlite3.Connection, words: list[_Word]) -> _Matches | None:
    """None where a word is shorter than the runs and begins none, so that nothing can match."""
    stems = [_stem_query(word) for word in words if not word.in_runs]
    runs = [_short_query(connection, word) if word.is_short else _run_query(word) for word in words if word.in_runs]
    if not all(runs):
        return None
    first, *others = [
        (index, " AND ".join(queries)) for index, queries in (("search_words", stems), ("search_runs", runs)) if queries
    ]
    conditions = [f"{first[0]} MATCH ?"]
    for index, _ in others:
        # The plus keeps SQLite from asking the index for one row after another: a match list is read in one go.
        conditions.append(f"+rowid IN (SELECT rowid FROM {index} WHERE {index} MATCH ?)")
    conditions.append("rowid BETWEEN ? AND ?")
    values = tuple(query for _, query in (first, *others))
    return _Matches(f"SELECT rowid AS n FROM {first[0]} WHERE {' AND '.join(conditions)}", values)


def _short_query(connection: sqlite3.Connection, word: _Word) -> str:
    """The runs of the index that begin with the word, each found by one step from the one before it; "" for none.

    (Listing every place where such a run stands, as a range of runs does, takes as long as the word is common.)
    """
    start = word.text.lower()
    first_after = start + chr(0x10FFFF)
    step = "SELECT term FROM search_runs_found WHERE term >= ? AND term < ? LIMIT 1"
    found: list[str] = []
    row = connection.execute(step, (start, first_after)).fetchone()
    while row is not None:
        found.append(row["term"])
        row = connection.execute(step, (row["term"] + "\x01", first_after)).fetchone()
    queries = " OR ".join(_quoted(run) for run in found if "\x00" not in run)
    return f"({queries})" if queries else ""


def _quoted(text: str) -> str:
    """Text as a string of the index's query language, in which nothing has a meaning but the quote itself."""
    return '"' + text.replace('"', '""') + '"'


def _stem_query(word: _Word) -> str:
    if not word.begins:
        return _quoted(word.text)
    shorter = " OR ".join(_quoted(stem) for stem in _stems_of(word.text.casefold()))
    return f"({_quoted(word.text)} *{' OR ' + shorter if shorter else ''})"


_SUFFIXES = (
    " s es ies ed ied edly ing ings ingly ion ions ation ations ational ative ator ators ization izations ize izes "
    "ized izing izer ment ments mental ness nesses ful fully fulness ous ously ousness ive ives ively iveness ivity "
    "able ably ability ible ibly ibility ance ances ence ences ant ants ent ents ently er ers ic ical ically icate ate "
    "ates ated ating al als ally ality ism ist ists ity ities ly y"
)


def _stems_of(beginning: str) -> list[str]:
    """The stems under which a word that begins so may stand in the index, shorter than the beginning itself.

    A stem is a beginning of the word without (part of) a suffix: "experim" may become "experiment", whose stem is
    "experi". A doubled consonant ("runn"), and an "e" or "y" that the suffix took away, count too.
    """
    stems: dict[str, None] = {}
    for length in range(2, len(beginning) + 1):
        stem, rest = beginning[:length], beginning[length:]
        bare = rest[1:] if rest[:1] == stem[-1] and length > 2 else rest
        if any(f" {tail}" in _SUFFIXES for tail in (rest, bare)):
            stems |= dict.fromkeys((stem, stem + "e") if rest else (stem,))
    return list(stems)


def _run_query(word: _Word) -> str:
    """The word as typed, or with its syllables taken apart (as some systems write Korean)."""
    apart = unicodedata.normalize("NFD", word.text)
    return _quoted(word.text) if apart == word.text else f"({_quoted(word.text)} OR {_quoted(apart)})"


def _numbers(connection: sqlite3.Connection, matches: _Matches, only: Filter, limit: int) -> list[int]:
    """The newest matching row numbers of records that have a time."""
    walked = max(WALKED, limit)
    passes, values = only.passes()
    query = f"SELECT n, {passes} AS passes FROM ({matches.numbers} ORDER BY rowid DESC LIMIT ?)"
    found: list[int] = []
    seen = 0
    for row in connection.execute(query, (*values, *matches.values, *only.numbers(), walked)):
        seen += 1
        if row["passes"]:
            found.append(row["n"])
            if len(found) == limit:
                return found
    return found if seen < walked else _numbers_by_filter(connection, matches, only, limit)


def _numbers_by_filter(connection: sqlite3.Connection, matches: _Matches, only: Filter, limit: int) -> list[int]:
    inside, candidates = only.inside()
    passes, values = only.passes()
    query = f"SELECT n FROM ({matches.numbers}) WHERE {inside} AND {passes} ORDER BY n DESC LIMIT ?"
    rows = connection.execute(query, (*matches.values, *only.numbers(), *candidates, *values, limit))
    return [row["n"] for row in rows]


def texts(connection: sqlite3.Connection) -> list[tuple[int, str, int, str]]:
    """All that can be found: row number, kind of record, its number within the kind, text. Private records too."""
    return [tuple(row) for row in connection.execute("SELECT number, record, id, text FROM searchable")]


def hits_of(connection: sqlite3.Connection, numbers: Sequence[int], only: Filter) -> dict[int, Hit]:
    """The records behind row numbers, as far as the filter keeps them, in the same order; nothing is marked."""
    passes, values = only.passes()
    query = f"SELECT n FROM (SELECT value AS n FROM json_each(?)) WHERE n BETWEEN ? AND ? AND {passes}"
    kept = [row["n"] for row in connection.execute(query, (str(list(numbers)), *only.numbers(), *values))]
    hits = _timed(connection, kept)
    if not only.kinds:
        ids = [_id(number) for number in numbers if number & 3 == _PLACE[RecordKind.IDEA]]
        rows = in_parts(connection, _IDEA, ids)
        hits += [_hit(RecordKind.IDEA, row) for row in rows if only.keeps_idea(row)]
    found = {4 * hit.record_id + _PLACE[hit.record]: hit for hit in hits}
    return {number: found[number & (SECOND - 1)] for number in numbers if number & (SECOND - 1) in found}


def _timed(connection: sqlite3.Connection, numbers: list[int]) -> list[Hit]:
    """The records behind row numbers, in the same order."""
    found: dict[int, Hit] = {}
    for record, query in _HITS.items():
        place = _PLACE[record]
        ids = [_id(number) for number in numbers if number & 3 == place]
        for row in in_parts(connection, query, ids):
            found[4 * row["id"] + place] = _hit(record, row)
    return [found[number & (SECOND - 1)] for number in numbers if number & (SECOND - 1) in found]


def _ideas(connection: sqlite3.Connection, matches: _Matches, only: Filter, limit: int) -> list[Hit]:
    """The ideas that match; they stand at time 0 in the index, and are few enough to be dated one by one."""
    rows = connection.execute(matches.numbers, (*matches.values, 0, SECOND - 1))
    ids = [_id(row["n"]) for row in rows.fetchall() if row["n"] & 3 == _PLACE[RecordKind.IDEA]]
    kept = [row for row in in_parts(connection, _IDEA, ids) if only.keeps_idea(row)]
    kept.sort(key=lambda row: row["at"] or "", reverse=True)
    return [_hit(RecordKind.IDEA, row) for row in kept[:limit]]


_IDEA = (
    "SELECT i.id, i.project_id, i.visibility, NULL AS kind, NULL AS meeting, i.title || char(10) || i.slug || "
    "coalesce(char(10) || i.claim, '') AS text, v.at, v.zone FROM idea i LEFT JOIN idea_event v ON v.id = "
    "(SELECT id FROM idea_event WHERE idea_id = i.id ORDER BY at DESC, id DESC LIMIT 1) WHERE i.id IN ({ids})"
)
_PARTS_OF_READING = "authors", "keywords", "motivation", "solution", "results", "detail", "thoughts"
_HITS = {
    RecordKind.ENTRY: (
        "SELECT e.id, e.kind, e.text, e.at, e.zone, e.visibility, m.slug AS meeting FROM entry e "
        "LEFT JOIN meeting m ON m.id = e.meeting_id WHERE e.id IN ({ids})"
    ),
    RecordKind.READING: (
        "SELECT id, NULL AS kind, at, zone, visibility, NULL AS meeting, title || "
        + " || ".join(f"coalesce(char(10) || {part}, '')" for part in _PARTS_OF_READING)
        + " AS text FROM reading WHERE id IN ({ids})"
    ),
    RecordKind.MEETING: (
        "SELECT id, NULL AS kind, starts_at AS at, zone, 'open' AS visibility, slug AS meeting, "
        "trim(coalesce(title, '') || char(10) || agenda, char(10)) AS text FROM meeting WHERE id IN ({ids})"
    ),
}


def _id(number: int) -> int:
    return (number & (SECOND - 1)) >> 2


def _hit(record: RecordKind, row: sqlite3.Row) -> Hit:
    return Hit(
        record,
        row["id"],
        EntryKind(row["kind"]) if row["kind"] else None,
        row["text"],
        moment(row["at"], row["zone"]) if row["at"] else None,
        row["meeting"],
        row["visibility"] == Visibility.PRIVATE,
    )


def _with_spans(hits: list[Hit], words: list[_Word]) -> list[Hit]:
    spans = _spans_in([hit.text for hit in hits], words)
    return [replace(hit, spans=found) for hit, found in zip(hits, spans, strict=True)]


def _spans_in(texts: Sequence[str], words: list[_Word]) -> list[tuple[tuple[int, int], ...]]:
    """Mark what matched: by the index's own rules for stemmed words, as typed for runs."""
    stems = " OR ".join(_stem_query(word) for word in words if not word.in_runs)
    by_stem = _stem_spans(texts, stems) if stems and texts else {}
    runs = "|".join(re.escape(word.text) for word in words if word.in_runs)
    pattern = re.compile(runs, re.IGNORECASE) if runs else None
    marked: list[tuple[tuple[int, int], ...]] = []
    for place, text in enumerate(texts):
        spans = by_stem.get(place, []) + ([found.span() for found in pattern.finditer(text)] if pattern else [])
        marked.append(tuple(sorted(spans)))
    return marked


_OPEN, _CLOSE = "\x01", "\x02"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")


def _stem_spans(texts: Sequence[str], query: str) -> dict[int, list[tuple[int, int]]]:
    """Where a query's words stand in texts, by a small index in memory that reads words as `search_words` does."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        memory.execute(f"CREATE VIRTUAL TABLE shown USING fts5(text, tokenize='{WORD_TOKENS}')")
        plain = ((place, _MARKS.sub(" ", text).replace("\x00", " ")) for place, text in enumerate(texts))
        memory.executemany("INSERT INTO shown (rowid, text) VALUES (?, ?)", plain)
        rows = memory.execute(
            "SELECT rowid, highlight(shown, 0, ?, ?) FROM shown WHERE shown MATCH ?", (_OPEN, _CLOSE, query)
        )
        return {place: _spans(text) for place, text in rows}


def _spans(highlighted: str) -> list[tuple[int, int]]:
    """The marked stretches, counted in the text without the marks."""
    spans: list[tuple[int, int]] = []
    start = 0
    for marks, found in enumerate(_MARKS.finditer(highlighted)):
        place = found.start() - marks
        if found[0] == _OPEN:
            start = place
        else:
            spans.append((start, place))
    return spans
