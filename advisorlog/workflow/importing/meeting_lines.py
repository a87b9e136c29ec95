"""A file's lines into entries; when the file comes again, only what changed in it.

A line of the file that the user has since edited or deleted in the log is left alone: the file's older version
(kept byte for byte) tells which lines are still as the file had them.
"""

import sqlite3
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher

from advisorlog.domain.kinds import ActionState, EntryKind
from advisorlog.domain.moments import Moment, moment_of, zone_of
from advisorlog.store.lines import Said, StoredLine, store_action_event, store_line
from advisorlog.vault.notes import ActionEventNote, FreeNote, MeetingNote, NoteEntry
from advisorlog.workflow.importing.rows import upsert


@dataclass
class Written:
    """What became of a file's lines. `warnings` are (line, message, what to do)."""

    new: int = 0
    changed: int = 0
    removed: int = 0
    unknown: Counter[str] = field(default_factory=Counter[str])
    warnings: list[tuple[int, str, str]] = field(default_factory=list[tuple[int, str, str]])


def noon(day: date, zone: str) -> Moment:
    """A day without a time counts as its noon: after the morning's meetings, before the afternoon's."""
    return moment_of(datetime(day.year, day.month, day.day, 12, tzinfo=zone_of(zone)), zone)


def write(
    connection: sqlite3.Connection,
    note: MeetingNote | FreeNote,
    origin: str,
    meeting_id: int | None,
    start: Moment,
    before: bytes | None,
) -> Written:
    """Write the entries of a file that is new or has changed since `before` (its bytes when it last came in)."""
    written = Written()
    present = connection.execute(
        "SELECT id, lead || text AS typed FROM entry WHERE origin = ? AND meeting_id IS ? ORDER BY position, id",
        (origin, meeting_id),
    ).fetchall()
    ids: dict[int, int] = {}
    kept, gone = _matched([row["typed"] for row in present], [entry.item for entry in note.entries])
    for place in gone:
        if before is not None and _is_in(present[place]["typed"], before):
            connection.execute("DELETE FROM entry WHERE id = ?", (present[place]["id"],))
            written.removed += 1
    for position, entry in enumerate(note.entries):
        said = Said(start, origin, meeting_id, position=position)
        if position in kept:
            entry_id = int(present[kept[position]]["id"])
            connection.execute(
                "UPDATE entry SET position = ?, at = ?, zone = ? WHERE id = ?",
                (position, start.stored, start.zone, entry_id),
            )
        else:
            entry_id = _store(connection, entry, said, written).entry_id
        ids[entry.line_number] = entry_id
        _write_details(connection, entry, entry_id, said)
    _link(connection, note, ids, meeting_id, written)
    return written


def _matched(present: list[str], wanted: list[str]) -> tuple[dict[int, int], list[int]]:
    """Which wanted line is which present one, and which present ones the file no longer has."""
    matcher = SequenceMatcher(a=present, b=wanted, autojunk=False)
    kept = {b + n: a + n for a, b, size in matcher.get_matching_blocks() for n in range(size)}
    used = set(kept.values())
    return kept, [place for place in range(len(present)) if place not in used]


def _is_in(typed: str, before: bytes) -> bool:
    """Whether the line is still as the file had it; a line edited in the log is not."""
    first = next((line for line in typed.splitlines() if line.strip()), typed)
    return first.strip().encode("utf-8", "surrogatepass") in before


def _store(connection: sqlite3.Connection, entry: NoteEntry, said: Said, written: Written) -> StoredLine:
    line = replace(entry.line, checked=False) if entry.line.checked else entry.line
    stored = store_line(connection, line, said)
    if entry.line.checked and stored.action_id and not any(event.state.is_closed for event in entry.events):
        # A ticked box says that it was done, not when: by its day, or in the meeting itself.
        done = noon(stored.due, said.moment.zone) if stored.due else said.moment
        store_action_event(connection, stored.action_id, ActionState.DONE, replace(said, moment=max(done, said.moment)))
    written.new += 1
    written.unknown.update(f"{mention.mark}{mention.name}" for mention in stored.unknown)
    for phrase in stored.misread_dates:
        written.warnings.append((entry.line_number, f"“^{phrase}” is no date that I know", "Write it like ^2026-12-01"))
    return stored


def _write_details(connection: sqlite3.Connection, entry: NoteEntry, entry_id: int, said: Said) -> None:
    if entry.line.kind is EntryKind.TODO:
        action = connection.execute("SELECT id FROM action WHERE entry_id = ?", (entry_id,)).fetchone()
        upsert(connection, "action", {"id": action["id"]}, done_test=entry.done_test)
        for number, event in enumerate(entry.events):
            _write_event(connection, action["id"], event, number, said)
    for answer in entry.answers:
        when = answer.at or (_late(answer.day, said.moment.zone) if answer.day else said.moment)
        upsert(
            connection,
            "entry",
            {"answers_id": entry_id, "origin": said.origin, "text": answer.text},
            meeting_id=said.meeting_id,
            kind=EntryKind.ANSWER,
            at=max(when, said.moment).stored,
            zone=when.zone,
            position=said.position,
            visibility=entry.line.visibility,
        )


def _write_event(
    connection: sqlite3.Connection, action_id: int, event: ActionEventNote, number: int, said: Said
) -> None:
    """What was done counts from its noon on; what was agreed on a day, from that day's end (after the meeting)."""
    if event.at:
        when = event.at
    elif event.state is ActionState.DONE:
        when = noon(event.day, said.moment.zone)
    else:
        when = _late(event.day, said.moment.zone)
    when = max(Moment(when.at + timedelta(seconds=number), when.zone), Moment(said.moment.at, when.zone))
    known = connection.execute(
        "SELECT 1 FROM action_event WHERE action_id = ? AND state = ? AND at = ?", (action_id, event.state, when.stored)
    ).fetchone()
    if known is None:
        moved = replace(said, moment=when, meeting_id=None)
        store_action_event(connection, action_id, event.state, moved, event.due, event.because)


def _late(day: date, zone: str) -> Moment:
    return moment_of(datetime(day.year, day.month, day.day, 23, 30, tzinfo=zone_of(zone)), zone)


def _link(
    connection: sqlite3.Connection,
    note: MeetingNote | FreeNote,
    ids: dict[int, int],
    meeting_id: int | None,
    written: Written,
) -> None:
    """Roots of todos and answers to the questions that they stand below."""
    for entry in note.entries:
        if entry.root is not None and entry.line.kind is EntryKind.TODO:
            root = _root(note, entry.root)
            if root is None:
                message = "`root:` quotes no takeaway of this file"
                written.warnings.append((entry.line_number, message, "Copy the takeaway's words"))
            else:
                connection.execute(
                    "UPDATE action SET root_id = ? WHERE entry_id = ? AND root_id IS NOT ?",
                    (ids[root.line_number], ids[entry.line_number], ids[root.line_number]),
                )
        if entry.line.kind is EntryKind.ANSWER and entry.under in ids:
            connection.execute(
                "UPDATE entry SET answers_id = ? WHERE id = ?", (ids[entry.under], ids[entry.line_number])
            )


def _root(note: MeetingNote | FreeNote, quoted: str) -> NoteEntry | None:
    wanted = _bare(quoted)
    found = [e for e in note.entries if _bare(e.line.text).startswith(wanted)]
    found.sort(key=lambda entry: entry.line.kind is not EntryKind.TAKEAWAY)
    return found[0] if wanted and found else None


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()
