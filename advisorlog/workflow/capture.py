"""Capturing lines: each is stored as it was typed, and what it was taken for is said back.

Loaded by `advisorlog add`, so it stays with the standard library: no SQLModel here.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from advisorlog.domain import grammar, promise
from advisorlog.domain.grammar import Line, Mention
from advisorlog.domain.kinds import EntryKind, MeetingStatus, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError
from advisorlog.store import backup, lines, names
from advisorlog.store.connection import transaction
from advisorlog.store.reading import entries, ideas, meetings
from advisorlog.store.reading.rows import Meeting

if TYPE_CHECKING:
    from advisorlog.store.reading.graveyard import Resting


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when lines were said, as the user names it.

    Without a meeting they belong to the one under way at that moment, else to the inbox.
    """

    said: Moment
    meeting: str | None = None
    project: str | None = None
    origin: str = "cli"


@dataclass(frozen=True, slots=True)
class Captured:
    """A line that is in the log now, and what it was taken for.

    `due` is the day that a TODO is due, `owner` who owes it, as the line names them (`me` where it names nobody);
    `unknown` are tags of records that don't exist yet; `misread` are dates that
    could not be understood; `troubles` are sentences about the line itself. `returns_to` are ideas at rest that a piece
    of advice comes back to.
    """

    entry_id: int
    kind: EntryKind
    visibility: Visibility
    text: str
    meeting: str | None
    meeting_name: str | None
    meeting_began: bool
    action_id: int | None
    due: date | None
    owner: str | None
    unknown: tuple[Mention, ...]
    misread: tuple[str, ...]
    troubles: tuple[str, ...]
    returns_to: "tuple[Resting, ...]" = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that was not stored because there is nothing in it to store."""

    typed: str
    why: str


def capture(log: Path, typed: Sequence[str], place: Place, now: Moment) -> list[Captured | Refused]:
    """Store lines as one change; blank ones are refused, the others are kept whatever they hold."""
    parsed = [grammar.parse(line) for line in typed]
    if all(line.is_empty for line in parsed):
        return [_refused(line) for line in parsed]
    with transaction(log, _command(parsed), now) as connection:
        results = _store_all(connection, parsed, place)
    backup.daily_behind(log, now)
    return results


def store(connection: sqlite3.Connection, line: Line, place: Place) -> Captured:
    """Store one line that is not empty, within a transaction that is under way."""
    (stored,) = _store_all(connection, [line], place)
    assert isinstance(stored, Captured)
    return stored


def _store_all(connection: sqlite3.Connection, parsed: Sequence[Line], place: Place) -> list[Captured | Refused]:
    meeting = _meeting(connection, place)
    project_id = names.resolve(connection, "project", place.project) if place.project else None
    began = meeting is not None and _begin(connection, meeting, place.said)
    position = _next_position(connection, meeting)
    results: list[Captured | Refused] = []
    for line in parsed:
        if line.is_empty:
            results.append(_refused(line))
            continue
        said = lines.Said(place.said, place.origin, meeting.id if meeting else None, project_id, position)
        stored = lines.store_line(connection, line, said)
        results.append(_captured(line, stored, meeting, began, _returns_to(connection, line, place.said)))
        position += 1
    return results


def _meeting(connection: sqlite3.Connection, place: Place) -> Meeting | None:
    if place.meeting is None:
        return meetings.under_way(connection, place.said)
    found = meetings.meeting(connection, place.meeting)
    if found.status is MeetingStatus.CANCELLED:
        raise AdvisorlogError(
            f"The meeting {found.slug} was cancelled", f"If it took place: `advisorlog meeting hold {found.slug}`"
        )
    return found


def _begin(connection: sqlite3.Connection, meeting: Meeting, said: Moment) -> bool:
    """A line that is said after a planned meeting's start shows that the meeting takes place."""
    if meeting.status is not MeetingStatus.PLANNED or said.at < meeting.starts.at:
        return False
    # The one write besides store_line; SQLModel would take ten times as long to load as `add` takes in all.
    connection.execute("UPDATE meeting SET status = ? WHERE id = ?", (MeetingStatus.HELD, meeting.id))
    return True


def _next_position(connection: sqlite3.Connection, meeting: Meeting | None) -> int:
    if meeting is None:
        return 0
    return 1 + entries.last_position(connection, meeting.id)


def _returns_to(connection: sqlite3.Connection, line: Line, said: Moment) -> "tuple[Resting, ...]":
    """Ideas at rest that a piece of advice comes back to; a log without any pays for one look."""
    if line.kind is not EntryKind.ADVICE or not ideas.any_rested(connection):
        return ()
    from advisorlog.store.reading.graveyard import returned

    return returned(connection, line.text, said, [each.name for each in line.mentions if each.mark == "#"])


def _captured(
    line: Line, stored: lines.StoredLine, meeting: Meeting | None, began: bool, returns_to: "tuple[Resting, ...]"
) -> Captured:
    return Captured(
        stored.entry_id,
        stored.kind,
        line.visibility,
        line.text,
        meeting.slug if meeting else None,
        meeting.name if meeting else None,
        began,
        stored.action_id,
        stored.due if stored.kind is EntryKind.TODO else None,
        promise.owed_by(line.text) if stored.kind is EntryKind.TODO else None,
        stored.unknown,
        stored.misread_dates,
        tuple(trouble.message for trouble in line.troubles),
        returns_to,
    )


def _refused(line: Line) -> Refused:
    why = line.troubles[0].message if line.troubles else "The line is empty: write what was said."
    return Refused(grammar.print_line(line), why)


def _command(parsed: Sequence[Line]) -> str:
    told = [line for line in parsed if not line.is_empty]
    return f"add ({len(told)} lines)" if len(told) > 1 else f"add {in_short(told[0])}"


def in_short(line: Line) -> str:
    """What history calls a line; the words of a private one stay out of it."""
    if line.visibility is Visibility.PRIVATE:
        return "(a private line)"
    words = grammar.print_line(line)[:400].split()
    return " ".join(words[:10])[:120] + (" ..." if len(words) > 10 else "")
