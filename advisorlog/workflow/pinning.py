"""The user's word on the items of a meeting's brief: kept whatever the budget says, or left out."""

import sqlite3
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from advisorlog.documents.document import Cite, Document, Item
from advisorlog.domain.kinds import MeetingStatus, RecordKind
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError
from advisorlog.store.connection import reading, transaction

PINNED_RANK = 5000
"""Above every rank that a document gives by itself."""


class Pinned(StrEnum):
    KEEP = "keep"
    DROP = "drop"


Pins = dict[tuple[RecordKind, int], Pinned]


def pins(connection: sqlite3.Connection, meeting_id: int | None) -> Pins:
    """What was chosen for a meeting's brief."""
    rows = connection.execute("SELECT record, record_id, choice FROM pin WHERE meeting_id = ?", (meeting_id,))
    return {(RecordKind(row["record"]), row["record_id"]): Pinned(row["choice"]) for row in rows}


def dropped(connection: sqlite3.Connection, meeting_id: int | None) -> list[tuple[tuple[RecordKind, int], str]]:
    """What was left out, with its words, so that it can be taken back in."""
    found: list[tuple[tuple[RecordKind, int], str]] = []
    for (record, record_id), choice in pins(connection, meeting_id).items():
        if choice is Pinned.DROP and record in _WORDS:
            row = connection.execute(_WORDS[record], (record_id,)).fetchone()
            if row is not None:
                found.append(((record, record_id), str(row["words"])))
    return found


_WORDS = {
    RecordKind.ENTRY: "SELECT text AS words FROM entry WHERE id = ?",
    RecordKind.ACTION: "SELECT e.text AS words FROM action a JOIN entry e ON e.id = a.entry_id WHERE a.id = ?",
    RecordKind.IDEA: "SELECT title AS words FROM idea WHERE id = ?",
}


def choose(log: Path, now: Moment, document: Document, cite: Cite, choice: Pinned) -> None:
    """Keep or leave out whatever rests on a record; the same choice again takes it back.

    Raises AdvisorlogError where the brief is for no planned meeting: a choice counts for one meeting only.
    """
    if document.meeting_id is None:
        raise AdvisorlogError(
            "No meeting is planned for this brief", "Plan it on Today, or with `advisorlog meeting new --series NAME`"
        )
    with transaction(log, f"brief {choice} {cite.record} {cite.record_id}", now) as connection:
        before = pins(connection, document.meeting_id).get((cite.record, cite.record_id))
        connection.execute(
            "DELETE FROM pin WHERE meeting_id = ? AND record = ? AND record_id = ?",
            (document.meeting_id, cite.record, cite.record_id),
        )
        if before is not choice:
            connection.execute(
                "INSERT INTO pin (meeting_id, record, record_id, choice) VALUES (?, ?, ?, ?)",
                (document.meeting_id, cite.record, cite.record_id, choice),
            )


def choose_for_next(log: Path, now: Moment, document: Document, cite: Cite, choice: Pinned) -> None:
    """As `choose`; where only the series' rule says when it meets next, that meeting is planned first."""
    if document.meeting_id is None and document.series_id is not None:
        document = replace(document, meeting_id=_planned(log, now, document.series_id))
    choose(log, now, document, cite, choice)


def _planned(log: Path, now: Moment, series_id: int) -> int | None:
    from advisorlog.store.reading import meetings, people
    from advisorlog.workflow import meetings as planning

    with reading(log) as connection:
        series = people.series_by_id(connection, series_id)
    if series.rrule is None:
        return None
    made = planning.new(log, now, planning.MeetingFields(series=series.slug), MeetingStatus.PLANNED)
    with reading(log) as connection:
        return meetings.meeting(connection, made.slug).id


def applied(document: Document, chosen: Pins) -> Document:
    """The document with its items kept first, or left out, as the user chose."""
    if not chosen:
        return document
    sections = tuple(
        replace(section, items=tuple(_ranked(item, chosen) for item in section.items if not _is_out(item, chosen)))
        for section in document.sections
    )
    return replace(document, sections=sections)


def _is_out(item: Item, chosen: Pins) -> bool:
    return any(chosen.get((cite.record, cite.record_id)) is Pinned.DROP for cite in item.cites)


def _ranked(item: Item, chosen: Pins) -> Item:
    is_kept = any(chosen.get((cite.record, cite.record_id)) is Pinned.KEEP for cite in item.cites)
    return replace(item, rank=item.rank + PINNED_RANK) if is_kept else item
