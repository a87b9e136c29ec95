"""Reading notes: papers as evidence."""

import sqlite3

from advisorlog.domain.kinds import Visibility
from advisorlog.domain.moments import Moment, moment
from advisorlog.store import names
from advisorlog.store.reading.rows import Reading


def _reading(row: sqlite3.Row) -> Reading:
    return Reading(
        row["id"],
        row["slug"],
        row["title"],
        row["authors"],
        row["year"],
        row["url"],
        row["doi"],
        row["keywords"],
        row["motivation"],
        row["solution"],
        row["results"],
        row["detail"],
        row["thoughts"],
        Visibility(row["visibility"]),
        moment(row["at"], row["zone"]),
    )


def reading(connection: sqlite3.Connection, name: str) -> Reading:
    """Raises NotFound where the name stands for no reading."""
    reading_id = names.resolve(connection, "reading", name)
    return _reading(connection.execute("SELECT * FROM reading WHERE id = ?", (reading_id,)).fetchone())


def readings(connection: sqlite3.Connection) -> list[Reading]:
    """All readings, newest first."""
    return [_reading(row) for row in connection.execute("SELECT * FROM reading ORDER BY at DESC, id DESC")]


def for_person(connection: sqlite3.Connection, person_id: int, until: Moment) -> list[Reading]:
    """The readings that are meant for somebody, newest first."""
    query = (
        "SELECT r.* FROM reading r JOIN reading_person rp ON rp.reading_id = r.id "
        "WHERE rp.person_id = ? AND r.at <= ? ORDER BY r.at DESC, r.id DESC"
    )
    return [_reading(row) for row in connection.execute(query, (person_id, until.stored))]


def of_idea(connection: sqlite3.Connection, idea_id: int, until: Moment) -> list[Reading]:
    """The readings that are evidence for an idea, oldest first."""
    query = (
        "SELECT r.* FROM reading r JOIN reading_idea ri ON ri.reading_id = r.id "
        "WHERE ri.idea_id = ? AND r.at <= ? ORDER BY r.at, r.id"
    )
    return [_reading(row) for row in connection.execute(query, (idea_id, until.stored))]


def ideas_of(connection: sqlite3.Connection, reading_id: int) -> list[str]:
    """The slugs of the ideas that a reading is evidence for."""
    query = (
        "SELECT i.slug FROM idea i JOIN reading_idea ri ON ri.idea_id = i.id WHERE ri.reading_id = ? ORDER BY i.slug"
    )
    return [row["slug"] for row in connection.execute(query, (reading_id,))]
