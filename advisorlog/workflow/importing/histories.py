"""An idea's history from its file: the events in the file's order, with their evidence."""

import sqlite3
from datetime import timedelta

from advisorlog.domain.moments import Moment
from advisorlog.store import names
from advisorlog.vault.notes import IdeaEventNote, IdeaNote
from advisorlog.workflow.importing.meeting_lines import noon
from advisorlog.workflow.importing.rows import upsert


def write(connection: sqlite3.Connection, idea_id: int, note: IdeaNote, zone: str) -> list[tuple[int, str, str]]:
    """Write the history anew; events that came from elsewhere (meeting lines, the command line) stay.

    Returns what is to be warned of: (line, message, what to do).
    """
    connection.execute("DELETE FROM idea_event WHERE idea_id = ? AND origin = 'file:idea'", (idea_id,))
    warnings: list[tuple[int, str, str]] = []
    for number, event in enumerate(note.history):
        when = event.at or _in_order(noon(event.day, zone), number)
        event_id, _ = upsert(
            connection,
            "idea_event",
            {"idea_id": idea_id, "at": when.stored, "origin": "file:idea"},
            zone=when.zone,
            status=event.status,
            confidence=event.confidence,
            because=event.because,
            mood=int(event.mood),
            revive_if=event.revive_if,
            revisit_when=event.revisit_when,
            by_id=names.find_person(connection, event.by) if event.by else names.me(connection),
        )
        _write_evidence(connection, event_id, event)
    return warnings


def _in_order(moment: Moment, number: int) -> Moment:
    """Events of the same day keep the order of the file."""
    return Moment(moment.at + timedelta(seconds=number), moment.zone)


def _write_evidence(connection: sqlite3.Connection, event_id: int, event: IdeaEventNote) -> None:
    for text in event.evidence:
        reading = connection.execute("SELECT id FROM reading WHERE slug = ?", (names.key(text),)).fetchone()
        entry = connection.execute("SELECT id FROM entry WHERE text = ? ORDER BY at LIMIT 1", (text,)).fetchone()
        if entry is None:
            # Files quote a line without its tags.
            entry = connection.execute(
                "SELECT id FROM entry WHERE kind IN ('result', 'win', 'decision', 'concern', 'note') "
                "AND text LIKE ? ESCAPE '\\' ORDER BY at LIMIT 1",
                (_escaped(text) + "%",),
            ).fetchone()
        upsert(
            connection,
            "evidence",
            {"event_id": event_id, "text": text},
            entry_id=entry["id"] if entry else None,
            reading_id=reading["id"] if reading else None,
        )


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
