"""Attached files: all of them, or those of a meeting, a line, an idea or a person."""

import sqlite3

from advisorlog.domain.kinds import RecordKind, Visibility
from advisorlog.domain.moments import moment
from advisorlog.errors import NotFound
from advisorlog.store.reading.rows import Attachment

_ATTACHMENT = (
    "SELECT a.id, a.name, a.media_type, a.size, a.sha256, a.visibility, a.at, a.zone, a.entry_id, m.slug AS meeting, "
    "e.text AS caption, coalesce(e.visibility, 'open') AS line FROM attachment a "
    "LEFT JOIN entry e ON e.id = a.entry_id LEFT JOIN meeting m ON m.id = coalesce(e.meeting_id, a.meeting_id)"
)
_OF = {
    RecordKind.MEETING: "coalesce(e.meeting_id, a.meeting_id) = ?",
    RecordKind.ENTRY: "a.entry_id = ?",
    RecordKind.IDEA: "a.entry_id IN (SELECT entry_id FROM mention WHERE idea_id = ?)",
    RecordKind.PERSON: "a.entry_id IN (SELECT entry_id FROM mention WHERE person_id = ?)",
    RecordKind.PROJECT: "e.project_id = ?",
}
"""What a file is found by: an idea's, a person's and a project's hang on lines."""


def _attachment(row: sqlite3.Row) -> Attachment:
    return Attachment(
        row["id"],
        row["name"],
        row["media_type"],
        row["size"],
        row["sha256"],
        Visibility(row["visibility"]),
        moment(row["at"], row["zone"]),
        row["meeting"],
        row["entry_id"],
        row["caption"],
        row["line"] == Visibility.PRIVATE,
    )


def attachment(connection: sqlite3.Connection, number: int) -> Attachment:
    """Raises NotFound where there is no such attachment."""
    row = connection.execute(f"{_ATTACHMENT} WHERE a.id = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(f"There is no attachment {number}", "`advisorlog attachment list` shows the numbers")
    return _attachment(row)


def attachments(connection: sqlite3.Connection, limit: int = 100) -> list[Attachment]:
    """The latest ones, newest first."""
    rows = connection.execute(f"{_ATTACHMENT} ORDER BY a.at DESC, a.id DESC LIMIT ?", (limit,))
    return [_attachment(row) for row in rows]


def attached_to(connection: sqlite3.Connection, record: RecordKind, number: int) -> list[Attachment]:
    """Those of one record, in the order in which they were attached; a meeting's with those of its lines."""
    rows = connection.execute(f"{_ATTACHMENT} WHERE {_OF[record]} ORDER BY a.at, a.id", (number,))
    return [_attachment(row) for row in rows]
