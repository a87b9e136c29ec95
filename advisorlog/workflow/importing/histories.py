"""An idea's history from its file: the events in the file's order, with their evidence."""

import sqlite3
from collections import Counter
from datetime import timedelta

from advisorlog.domain.moments import Moment, noon
from advisorlog.store import names
from advisorlog.vault.exactly import link_in
from advisorlog.vault.notes import IdeaEventNote, IdeaNote
from advisorlog.workflow.importing.references import References
from advisorlog.workflow.importing.rows import upsert

_Step = tuple[str, str | None, int | None, str]
"""What makes a step the same: when, status, confidence, because."""


def write(
    connection: sqlite3.Connection,
    idea_id: int,
    note: IdeaNote,
    zone: str,
    before: IdeaNote | None,
    references: References,
) -> None:
    """Bring the history up to date: a step that is in stays as it is, one that left the file goes.

    Steps that the file never had (from meeting lines, or from the command line) stay.
    """
    present: dict[_Step, list[int]] = {}
    for row in connection.execute(
        "SELECT id, at, status, confidence, because FROM idea_event WHERE idea_id = ? AND entry_id IS NULL", (idea_id,)
    ):
        present.setdefault((row["at"], row["status"], row["confidence"], row["because"]), []).append(row["id"])
    wanted = _steps(note, zone)
    for (step, when), event in zip(wanted, note.history, strict=True):
        known = present.get(step)
        event_id = known.pop(0) if known else None
        _write_step(connection, idea_id, event_id, when, event, references)
    left = Counter(step for step, _ in _steps(before, zone)) if before else Counter[_Step]()
    left.subtract(step for step, _ in wanted)
    for step, ids in present.items():
        for event_id in ids[: max(left[step], 0)]:
            connection.execute("DELETE FROM idea_event WHERE id = ?", (event_id,))


def _steps(note: IdeaNote, zone: str) -> list[tuple[_Step, Moment]]:
    found: list[tuple[_Step, Moment]] = []
    for number, event in enumerate(note.history):
        when = event.at or _in_order(noon(event.day, zone), number)
        found.append(((when.stored, event.status, event.confidence, event.because), when))
    return found


def _in_order(moment: Moment, number: int) -> Moment:
    """Events of the same day keep the order of the file."""
    return Moment(moment.at + timedelta(seconds=number), moment.zone)


def _write_step(
    connection: sqlite3.Connection,
    idea_id: int,
    event_id: int | None,
    when: Moment,
    event: IdeaEventNote,
    references: References,
) -> None:
    by = names.find_person(connection, event.by) if event.by else names.me(connection)
    values = {
        "zone": when.zone,
        "mood": int(event.mood),
        "revive_if": event.revive_if,
        "revisit_when": event.revisit_when,
        "by_id": by,
    }
    if event_id is None:
        said = {"idea_id": idea_id, "at": when.stored, "status": event.status, "confidence": event.confidence}
        columns = {**said, "because": event.because, "origin": "file:idea", **values}
        cursor = connection.execute(
            f"INSERT INTO idea_event ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
            tuple(columns.values()),
        )
        event_id = int(cursor.lastrowid or 0)
    else:
        upsert(connection, "idea_event", {"id": event_id}, **values)
    number = event_id
    references.later.append(lambda: write_evidence(connection, number, event.evidence, references))


def write_evidence(
    connection: sqlite3.Connection, event_id: int, evidence: tuple[str, ...], references: References
) -> None:
    """What a step rests on, in the file's order; written anew only where it differs."""
    wanted = [_understood(connection, text, references) for text in evidence]
    rows = connection.execute(
        "SELECT entry_id, reading_id, text FROM evidence WHERE event_id = ? ORDER BY id", (event_id,)
    )
    if [tuple(row) for row in rows] == wanted:
        return
    connection.execute("DELETE FROM evidence WHERE event_id = ?", (event_id,))
    connection.executemany(
        "INSERT INTO evidence (event_id, entry_id, reading_id, text) VALUES (?, ?, ?, ?)",
        [(event_id, *each) for each in wanted],
    )


def _understood(
    connection: sqlite3.Connection, text: str, references: References
) -> tuple[int | None, int | None, str | None]:
    """A line, a reading and words: from links, or, where there is none, from a quote of a line or a reading's name."""
    entry_id = reading_id = None
    if text.startswith("\\"):
        return None, None, text[1:]
    words = text
    while link := link_in(words):
        target, rest = link
        words = rest.removeprefix(" ")
        record = references.record(target)
        if record is None:
            break
        entry_id = record[1] if record[0] == "entry" else entry_id
        reading_id = record[1] if record[0] == "reading" else reading_id
    if entry_id is not None or reading_id is not None:
        return entry_id, reading_id, words.removeprefix("\\") or None
    return _quoted(connection, text)


def _quoted(connection: sqlite3.Connection, text: str) -> tuple[int | None, int | None, str | None]:
    reading = connection.execute("SELECT id FROM reading WHERE slug = ?", (names.key(text),)).fetchone()
    entry = connection.execute("SELECT id FROM entry WHERE text = ? ORDER BY at LIMIT 1", (text,)).fetchone()
    if entry is None:
        # Files quote a line without its tags.
        entry = connection.execute(
            "SELECT id FROM entry WHERE kind IN ('result', 'win', 'decision', 'concern', 'note') "
            "AND text LIKE ? ESCAPE '\\' ORDER BY at LIMIT 1",
            (_escaped(text) + "%",),
        ).fetchone()
    return entry["id"] if entry else None, reading["id"] if reading else None, text


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
