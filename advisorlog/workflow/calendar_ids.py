"""Under which names the log's own series and meetings stand in a calendar, and when each was last changed.

The names stay the same for the life of the log, so that a calendar that takes in a later export updates its events.
What came from a calendar keeps that calendar's name. SEQUENCE is the number of the last change of the log that
touched the record: it grows with every change and with nothing else.
"""

import sqlite3
import uuid
from dataclasses import dataclass

from advisorlog.domain.moments import Moment, moment

_OURS = uuid.UUID("a9c4cf5e-8d4c-5b0e-9d55-6f3c6a2f1b77")
_SLOT = len("/2022-09-13T18:00:00Z")
_NAMED = "ics:"


@dataclass(frozen=True, slots=True)
class Touched:
    """The last change that touched a record: its number and its time; None for a record that is older than history."""

    number: int
    at: Moment | None


@dataclass(frozen=True, slots=True)
class Name:
    """A UID; with the date of that event's rule, where the record is only for that one."""

    uid: str
    slot: Moment | None = None


def own(connection: sqlite3.Connection) -> dict[str, tuple[str, int]]:
    """The records of the log (`series` or `meeting`, and number) by the names that an export gives them."""
    birth = _birth(connection)
    return {
        _own_name(birth, table, row["id"]): (table, row["id"])
        for table in ("series", "meeting")
        for row in connection.execute(f"SELECT id FROM {table}")
    }


def name_of(connection: sqlite3.Connection, record: str, number: int) -> Name:
    """The name of a record: the calendar's that it came from, else our own."""
    row = connection.execute(
        "SELECT name, name LIKE 'ics:%/____-__-__T__:__:__Z' AS is_slot FROM source WHERE record = ? AND record_id = ? "
        "AND name LIKE 'ics:%' AND json_extract(sheet, '$.starts_at') ORDER BY id DESC LIMIT 1",
        (record, number),
    ).fetchone()
    if row is None:
        return Name(_own_name(_birth(connection), record, number))
    name = str(row["name"]).removeprefix(_NAMED)
    return Name(name[:-_SLOT], moment(name[-_SLOT + 1 :], "UTC")) if row["is_slot"] else Name(name)


def _own_name(birth: str, record: str, number: int) -> str:
    return str(uuid.uuid5(_OURS, f"{birth}/{record}/{number}"))


def person(handle: str) -> str:
    """What stands where a calendar wants an address: nobody's."""
    return uuid.uuid5(_OURS, f"person/{handle}").urn


def _birth(connection: sqlite3.Connection) -> str:
    """When the log's first line was written: numbers are never given twice within a log, but in another they are."""
    row = connection.execute("SELECT at FROM change ORDER BY id LIMIT 1").fetchone()
    return str(row["at"]) if row else ""


def exported(connection: sqlite3.Connection, record: str, number: int) -> Touched:
    """The same, as an export counts: on from the number that the calendar gave an event that came from there."""
    found = touched(connection, record, number)
    row = connection.execute(
        "SELECT max(json_extract(sheet, '$.sequence')) FROM source WHERE record = ? AND record_id = ? "
        "AND name LIKE 'ics:%'",
        (record, number),
    ).fetchone()
    return Touched(found.number + int(row[0] or 0), found.at)


def touched(connection: sqlite3.Connection, record: str, number: int) -> Touched:
    """The last change of a meeting, or of a series with its people and all its meetings, those removed too.

    A document that was sent for it counts: the brief is its description.
    """
    if record == "series":
        query = (
            "SELECT max(change_id) FROM revision WHERE (record = 'series' AND record_id = ?1) "
            "OR (record = 'meeting' AND (record_id IN (SELECT id FROM meeting WHERE series_id = ?1) "
            "OR json_extract(before, '$.series_id') = ?1)) "
            "OR (record = 'series_person' AND json_extract(before, '$.series_id') = ?1) "
            "OR (record = 'series_person' AND record_id IN (SELECT id FROM series_person WHERE series_id = ?1)) "
            "OR (record = 'person' AND record_id IN (SELECT person_id FROM series_person WHERE series_id = ?1)) "
            "OR (record = 'document' AND record_id IN (SELECT id FROM document WHERE series_id = ?1))"
        )
    else:
        query = (
            "SELECT max(change_id) FROM revision WHERE (record = 'meeting' AND record_id = ?1) "
            "OR (record = 'meeting_person' AND record_id IN (SELECT id FROM meeting_person WHERE meeting_id = ?1)) "
            "OR (record = 'document' AND record_id IN (SELECT id FROM document WHERE meeting_id = ?1))"
        )
    (last,) = connection.execute(query, (number,)).fetchone()
    row = connection.execute("SELECT at, zone FROM change WHERE id = ?", (last,)).fetchone()
    return Touched(int(last or 0), moment(row["at"], row["zone"]) if row else None)
