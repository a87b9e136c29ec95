"""Freezing a document as it was sent: its words, when, to whom, and which records it cited."""

import hashlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from advisorlog.documents.document import Document
from advisorlog.domain.kinds import DocumentKind
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import transaction
from advisorlog.store.reading import documents


@dataclass(frozen=True, slots=True)
class Frozen:
    """A sent document: its number, its readers' names, and the hash of its words."""

    id: int
    to: str
    sha256: str
    supersedes: int | None


def freeze(log: Path, document: Document, body: str, form: str, as_of: Moment, now: Moment) -> Frozen:
    """Keep what was sent. The database refuses any later edit; a newer document names the one it supersedes."""
    with transaction(log, f"{document.kind} --send", now) as connection:
        return freeze_in(connection, document, body, form, as_of, now)


def freeze_in(
    connection: sqlite3.Connection, document: Document, body: str, form: str, as_of: Moment, now: Moment
) -> Frozen:
    """As `freeze`, in a transaction of the caller's."""
    digest = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()
    # Reports on ideas belong to no series: the one on another idea is not superseded.
    title = document.title if document.kind is DocumentKind.IDEA else None
    before = documents.last_sent(connection, document.kind, document.series_id, document.meeting_id, now, title)
    cursor = connection.execute(
        "INSERT INTO document (kind, series_id, meeting_id, title, format, body, sha256, as_of, sent_at, zone, "
        "supersedes_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.kind,
            document.series_id,
            document.meeting_id,
            document.title,
            form,
            body,
            digest,
            as_of.stored,
            now.stored,
            now.zone,
            before.id if before else None,
        ),
    )
    assert cursor.lastrowid is not None
    _address(connection, cursor.lastrowid, document)
    sent = documents.sent(connection, cursor.lastrowid)
    return Frozen(sent.id, sent.to, digest, sent.supersedes_id)


def _address(connection: sqlite3.Connection, document_id: int, document: Document) -> None:
    for person_id in document.to:
        connection.execute("INSERT INTO recipient (document_id, person_id) VALUES (?, ?)", (document_id, person_id))
    for section, cite in document.cites:
        connection.execute(
            "INSERT INTO citation (document_id, record, record_id, section) VALUES (?, ?, ?, ?)",
            (document_id, cite.record, cite.record_id, section),
        )
