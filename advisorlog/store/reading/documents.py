"""Documents as they were sent, and what each person was told."""

import sqlite3
from collections.abc import Iterable

from advisorlog.domain.kinds import DocumentKind, RecordKind
from advisorlog.domain.moments import Moment, moment
from advisorlog.errors import NotFound
from advisorlog.store.reading.rows import Sent, Telling, Told
from advisorlog.store.reading.select import in_parts


def _sent(row: sqlite3.Row) -> Sent:
    return Sent(
        row["id"],
        DocumentKind(row["kind"]),
        row["title"],
        row["format"],
        row["body"],
        row["sha256"],
        row["as_of"],
        moment(row["sent_at"], row["zone"]),
        row["series_id"],
        row["meeting_id"],
        row["supersedes_id"],
        row["sent_to"] or "",
    )


def sent(connection: sqlite3.Connection, document_id: int) -> Sent:
    """Raises NotFound where there is no such document."""
    row = connection.execute("SELECT * FROM documents WHERE id = ?", (document_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no document {document_id}", "`advisorlog history` shows what was sent")
    return _sent(row)


def last_sent(
    connection: sqlite3.Connection,
    kind: DocumentKind,
    series_id: int | None,
    meeting_id: int | None,
    until: Moment,
    title: str | None = None,
) -> Sent | None:
    """The latest document of a kind for this meeting of this series (and of this title, where given), or None."""
    row = connection.execute(
        "SELECT * FROM documents WHERE kind = ? AND series_id IS ? AND meeting_id IS ? AND sent_at <= ? "
        "AND title = coalesce(?, title) ORDER BY sent_at DESC, id DESC LIMIT 1",
        (kind, series_id, meeting_id, until.stored, title),
    ).fetchone()
    return None if row is None else _sent(row)


def all_sent(connection: sqlite3.Connection, limit: int = 50) -> list[Sent]:
    """The latest documents, newest first."""
    rows = connection.execute("SELECT * FROM documents ORDER BY sent_at DESC, id DESC LIMIT ?", (limit,))
    return [_sent(row) for row in rows]


def told(
    connection: sqlite3.Connection, person_ids: Iterable[int], until: Moment
) -> dict[tuple[RecordKind, int], Told]:
    """What any of these people was told by a sent document, with the last time."""
    query = (
        "SELECT t.record, t.record_id, t.document_id, t.sent_at, d.zone FROM told t JOIN document d "
        "ON d.id = t.document_id WHERE t.person_id IN ({ids}) AND t.sent_at <= ? ORDER BY t.sent_at"
    )
    found: dict[tuple[RecordKind, int], Told] = {}
    for row in in_parts(connection, query, person_ids, until.stored):
        record = RecordKind(row["record"])
        found[record, row["record_id"]] = Told(
            record, row["record_id"], moment(row["sent_at"], row["zone"]), row["document_id"]
        )
    return found


def tellings(
    connection: sqlite3.Connection, person_ids: Iterable[int], until: Moment, record: RecordKind | None = None
) -> list[Telling]:
    """Which document told which of these people which record (of one kind, where given), in the order of sending."""
    query = (
        "SELECT DISTINCT t.person_id, t.record, t.record_id, d.id, d.title, d.sent_at, d.zone, d.as_of FROM told t "
        "JOIN document d ON d.id = t.document_id WHERE t.person_id IN ({ids}) AND t.sent_at <= ? "
        "AND (? IS NULL OR t.record = ?)"
    )
    rows = in_parts(connection, query, person_ids, until.stored, record, record)
    found = [
        Telling(
            row["person_id"], RecordKind(row["record"]), row["record_id"], row["id"], row["title"],
            moment(row["sent_at"], row["zone"]), moment(row["as_of"], row["zone"]),
        )
        for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.sent.at, each.document_id))


def sent_to(
    connection: sqlite3.Connection, person_ids: Iterable[int], after: Moment | None, until: Moment
) -> list[Sent]:
    """The documents that were sent to any of these people in (after, until], in the order they were sent."""
    query = (
        "SELECT * FROM documents d WHERE d.id IN (SELECT document_id FROM recipient WHERE person_id IN ({ids})) "
        "AND d.sent_at > ? AND d.sent_at <= ? ORDER BY d.sent_at, d.id"
    )
    found = in_parts(connection, query, person_ids, after.stored if after else "", until.stored)
    return list({row["id"]: _sent(row) for row in found}.values())


def cited(connection: sqlite3.Connection, document_id: int) -> list[tuple[RecordKind, int]]:
    """The records that a document rests on, each once, in the order of its sections."""
    rows = connection.execute(
        "SELECT record, record_id FROM citation WHERE document_id = ? ORDER BY id", (document_id,)
    )
    return list(dict.fromkeys((RecordKind(row["record"]), row["record_id"]) for row in rows))
