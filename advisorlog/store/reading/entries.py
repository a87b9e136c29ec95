"""Entries: what was said."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from advisorlog.domain.kinds import EntryKind, Role, Visibility
from advisorlog.domain.moments import Moment, moment
from advisorlog.errors import NotFound
from advisorlog.store.reading.reach import Reach
from advisorlog.store.reading.rows import Entry
from advisorlog.store.reading.select import in_parts, marks

COLUMNS = (
    "e.id, e.kind, e.lead, e.text, e.visibility, e.origin, e.at, e.zone, e.position, e.answers_id, e.meeting_id, "
    "e.meeting, e.series_id, e.series, e.series_title, e.role, e.project_id, e.speaker_id, e.speaker, "
    "e.speaker_name, e.said_by_me"
)


def entry_of(row: sqlite3.Row) -> Entry:
    return Entry(
        row["id"],
        EntryKind(row["kind"]),
        row["lead"],
        row["text"],
        Visibility(row["visibility"]),
        row["origin"],
        moment(row["at"], row["zone"]),
        row["position"],
        row["answers_id"],
        row["meeting_id"],
        row["meeting"],
        row["series_id"],
        row["series"],
        row["series_title"],
        Role(row["role"]) if row["role"] else None,
        row["project_id"],
        row["speaker_id"],
        row["speaker"],
        row["speaker_name"],
        bool(row["said_by_me"]),
    )


def entry(connection: sqlite3.Connection, entry_id: int) -> Entry:
    """Raises NotFound where there is no such entry."""
    row = connection.execute(f"SELECT {COLUMNS} FROM entries e WHERE e.id = ?", (entry_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no entry {entry_id}", "`advisorlog search WORDS` shows the numbers")
    return entry_of(row)


def by_ids(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, Entry]:
    query = f"SELECT {COLUMNS} FROM entries e WHERE e.id IN ({{ids}})"
    return {row["id"]: entry_of(row) for row in in_parts(connection, query, ids)}


def earlier_words(connection: sqlite3.Connection, told: Mapping[int, Moment]) -> dict[int, str]:
    """Of entries and a moment each: the words that they had then, where they have others now."""
    query = (
        "SELECT r.record_id, c.at, json_extract(r.before, '$.text') AS words, e.text AS now FROM revision r "
        "JOIN change c ON c.id = r.change_id JOIN entry e ON e.id = r.record_id "
        "WHERE r.record = 'entry' AND r.op = 'update' AND r.record_id IN ({ids}) ORDER BY r.id DESC"
    )
    # Newest first: what remains of each is what the first change after its moment replaced.
    later = (row for row in in_parts(connection, query, told) if row["at"] > told[row["record_id"]].stored)
    found = {row["record_id"]: (row["words"], row["now"]) for row in later}
    return {number: str(words) for number, (words, now) in found.items() if words != now}


def of_meetings(connection: sqlite3.Connection, meeting_ids: Sequence[int], until: Moment | None = None) -> list[Entry]:
    """All entries of some meetings in the order they were said; private ones included (the caller withholds)."""
    query = (
        f"SELECT {COLUMNS} FROM entries e WHERE e.meeting_id IN ({{ids}}) AND e.at <= ? ORDER BY e.at, e.position, e.id"
    )
    limit = until.stored if until else "9999"
    return [entry_of(row) for row in in_parts(connection, query, meeting_ids, limit)]


def last_position(connection: sqlite3.Connection, meeting_id: int) -> int:
    """The place of a meeting's last line in the order they were said; -1 where nothing was said."""
    query = "SELECT coalesce(max(position), -1) FROM entry WHERE meeting_id = ?"
    return int(connection.execute(query, (meeting_id,)).fetchone()[0])


def said_between(
    connection: sqlite3.Connection,
    kinds: Sequence[EntryKind],
    after: Moment,
    until: Moment,
    limit: int = 500,
    reach: Reach | None = None,
    also: Iterable[int] = (),
) -> list[Entry]:
    """Entries of some kinds that were said in (after, until], newest first, from every meeting and the inbox.

    With a reach: those within it, and those of the numbers in `also`.
    """
    within, values = reach.condition("e", "id", also) if reach else ("1", ())
    query = (
        f"SELECT {COLUMNS} FROM entries e WHERE e.kind IN ({marks(kinds)}) AND e.at > ? AND e.at <= ? AND {within} "
        "ORDER BY e.at DESC, e.position DESC, e.id DESC LIMIT ?"
    )
    return [entry_of(row) for row in connection.execute(query, (*kinds, after.stored, until.stored, *values, limit))]


def latest_of_series(
    connection: sqlite3.Connection, series_id: int, kinds: Sequence[EntryKind], until: Moment, limit: int
) -> list[Entry]:
    """A series' latest entries of some kinds, newest first."""
    query = (
        f"SELECT {COLUMNS} FROM entries e WHERE e.meeting_id IN "
        "(SELECT id FROM meeting WHERE series_id = ? AND status = 'held' AND starts_at <= ? "
        " ORDER BY starts_at DESC LIMIT 60) "
        f"AND e.kind IN ({marks(kinds)}) AND e.at <= ? ORDER BY e.at DESC, e.position DESC, e.id DESC LIMIT ?"
    )
    return [entry_of(row) for row in connection.execute(query, (series_id, until.stored, *kinds, until.stored, limit))]


def answers(connection: sqlite3.Connection, question_ids: Iterable[int], until: Moment) -> dict[int, Entry]:
    """The latest answer to each question, as of a moment."""
    query = f"SELECT {COLUMNS} FROM entries e WHERE e.answers_id IN ({{ids}}) AND e.at <= ? ORDER BY e.at, e.id"
    found = (entry_of(row) for row in in_parts(connection, query, question_ids, until.stored))
    return {each.answers_id: each for each in found if each.answers_id is not None}


def inbox(connection: sqlite3.Connection, after: Moment | None, until: Moment, limit: int = 500) -> list[Entry]:
    """Lines captured outside any meeting, newest first."""
    return _outside(connection, "1", after, until, limit)


def to_place(connection: sqlite3.Connection, after: Moment | None, until: Moment, limit: int) -> list[Entry]:
    """Lines of the inbox, without the plain text of files that have no date: a vault's notes want no other place."""
    return _outside(connection, _NOT_FROM_A_VAULT, after, until, limit)


_NOT_FROM_A_VAULT = "NOT (e.kind = 'note' AND e.origin LIKE 'file:%' AND e.origin <> 'file:inbox')"


def _outside(
    connection: sqlite3.Connection, wanted: str, after: Moment | None, until: Moment, limit: int
) -> list[Entry]:
    query = (
        f"SELECT {COLUMNS} FROM entries e WHERE e.meeting_id IS NULL AND e.at > ? AND e.at <= ? AND {wanted} "
        "ORDER BY e.at DESC, e.id DESC LIMIT ?"
    )
    start = after.stored if after else ""
    return [entry_of(row) for row in connection.execute(query, (start, until.stored, limit))]


def ideas_of(connection: sqlite3.Connection, entry_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Which ideas each entry mentions (ids)."""
    query = "SELECT entry_id, idea_id FROM mention WHERE entry_id IN ({ids}) AND idea_id IS NOT NULL ORDER BY id"
    found: dict[int, tuple[int, ...]] = {}
    for row in in_parts(connection, query, entry_ids):
        found[row["entry_id"]] = (*found.get(row["entry_id"], ()), row["idea_id"])
    return found


def mentioning_idea(
    connection: sqlite3.Connection, idea_id: int, until: Moment | None = None, limit: int = 200
) -> list[Entry]:
    """Entries that mention an idea, newest first."""
    query = (
        f"SELECT {COLUMNS} FROM entries e WHERE e.id IN (SELECT entry_id FROM mention WHERE idea_id = ?) "
        "AND e.at <= ? ORDER BY e.at DESC, e.id DESC LIMIT ?"
    )
    limit_at = until.stored if until else "9999"
    return [entry_of(row) for row in connection.execute(query, (idea_id, limit_at, limit))]
