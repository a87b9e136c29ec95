"""What a meeting's screen shows, and how each of its rows reads."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from textual.content import Content

from advisorlog.domain import dates
from advisorlog.domain.kinds import EntryKind, MeetingStatus, RecordKind
from advisorlog.domain.moments import Moment
from advisorlog.store import drafts
from advisorlog.store.reading import actions, attachments, entries, ideas, meetings, people
from advisorlog.store.reading.reach import Reach
from advisorlog.store.reading.rows import Action, Attachment, Entry, Meeting
from advisorlog.tui import showing
from advisorlog.tui.returning import returns
from advisorlog.tui.widgets.capture_line import Names
from advisorlog.tui.widgets.record_list import Row
from advisorlog.workflow.capture import Captured, Refused


@dataclass(frozen=True, slots=True)
class Live:
    """What the screen shows."""

    now: Moment
    meeting: Meeting
    entries: tuple[Entry, ...]
    agenda: tuple[str, ...]
    dealt_with: frozenset[str]
    promises: tuple[Action, ...]
    mine: dict[int, Action]
    attached: tuple[Attachment, ...]
    names: Names
    draft: str


def read(connection: sqlite3.Connection, slug: str, now: Moment) -> Live:
    """A meeting with its lines, what was promised before it, and what was being typed."""
    meeting = meetings.meeting(connection, slug)
    own = actions.of_meetings(connection, [meeting.id], now)
    known = people.people(connection)
    there = [person.id for person in known if person.name in meeting.people and not person.is_me]
    # Only what is due here: to read all open promises of years at every Enter would be seen.
    before = actions.open_within(connection, now, Reach(meeting.series_id or 0, frozenset()), there)
    ticks = drafts.kept(connection, f"agenda:{meeting.id}")
    return Live(
        now,
        meeting,
        tuple(entries.of_meetings(connection, [meeting.id])),
        meeting.agenda,
        frozenset(json.loads(ticks)) if ticks else frozenset(),
        tuple(action for action in before if action.meeting_id != meeting.id),
        {action.entry_id: action for action in own},
        tuple(attachments.attached_to(connection, RecordKind.MEETING, meeting.id)),
        Names(
            tuple((idea.slug, idea.title) for idea in ideas.ideas(connection, now)),
            tuple((person.handle, person.name) for person in known),
        ),
        drafts.kept(connection, f"capture:{meeting.id}"),
    )


def answer(results: Sequence[Captured | Refused], make: str, undo: str, today: date) -> Content:
    """What there is to say about lines that were just stored: the day that was understood, and what is not as it was
    meant.

    `make` and `undo` are the keys that make what is new, and take the lines back.
    """
    told = [each for each in results if isinstance(each, Captured)]
    new = list(dict.fromkeys(f"{mention.mark}{mention.name}" for each in told for mention in each.unknown))
    parts: list[Content] = []
    if new:
        offer = f"is new: {make} makes it" if len(new) == 1 else f"are new: {make} makes them"
        parts.append(showing.line(f"{', '.join(new)} {offer}", "$warning"))
    misread = [phrase for each in told for phrase in each.misread]
    if misread:
        parts.append(showing.line(f"Stored, but {dates.not_known(misread[0])}", "$warning"))
    parts += [showing.line(trouble, "$warning") for each in told for trouble in each.troubles]
    parts += [showing.line(each.why, "$warning") for each in results if isinstance(each, Refused)]
    parts += returns({alike.idea.slug: alike for each in told for alike in each.returns_to}.values())
    if len(told) == 1 and told[0].due is not None:
        parts.append(showing.words(f"due {dates.echo(told[0].due, today)}", showing.QUIET))
    if len(told) > 1:
        parts.append(showing.words(f"{len(told)} lines stored; {undo} takes them back", showing.QUIET))
    return Content(" · ").join(parts) if parts else Content("")


def title(meeting: Meeting, today: date) -> Content:
    """The meeting's name, when it began, and with whom it is."""
    when = f"  {showing.short_day(meeting.starts.day, today)} {showing.clock(meeting.starts)}  "
    return showing.joined(
        showing.words(" "),
        showing.line(meeting.name, "bold"),
        showing.words(when, showing.QUIET),
        showing.line(", ".join(meeting.people), showing.QUIET),
    )


def elapsed(meeting: Meeting, now: datetime) -> Content:
    """The time that a meeting has taken, against the time that was planned for it."""
    planned = f" of {meeting.minutes} min" if meeting.minutes else " min"
    if meeting.status is MeetingStatus.CANCELLED:
        return showing.words("cancelled ", showing.QUIET)
    if meeting.ended is not None:
        return showing.words("over ", showing.QUIET)
    if meeting.starts.at > now:
        return showing.words(f"planned, {showing.distance(meeting.starts.at, now)} ", showing.QUIET)
    minutes = int((now - meeting.starts.at).total_seconds() // 60)
    if minutes > 24 * 60:
        return showing.words("held ", showing.QUIET)
    is_over = meeting.minutes is not None and minutes > meeting.minutes
    return showing.words(f"{minutes}{planned} ", showing.LATE if is_over else showing.STRONG)


def said_row(entry: Entry, found: Live) -> Row:
    """A line that was said; a private one looks private, a kept promise is ticked."""
    style = showing.PRIVATE if entry.is_private else ""
    action = found.mine.get(entry.id)
    is_closed = action is not None and not action.is_open
    mark = showing.words("✓" if is_closed else showing.SIGN[entry.kind], showing.STRONG)
    lead = mark if action is not None else showing.sign(entry.kind, private=entry.is_private)
    speaker = showing.line(f"{entry.speaker_name}: ", showing.QUIET) if _is_told(entry) else Content("")
    body = showing.joined(speaker, showing.lines(entry.text, style))
    if entry.is_private:
        body = showing.joined(body, showing.words("  private", showing.QUIET))
    return Row(str(entry.id), showing.Hanging(lead, body, 2, showing.words(showing.clock(entry.said), showing.QUIET)))


def _is_told(entry: Entry) -> bool:
    """Whether it is worth saying who spoke: somebody else than me."""
    return entry.speaker_name is not None and not entry.said_by_me


def grouped(found: Live) -> list[Row]:
    """By kind, in the order in which a summary needs them."""
    order = (
        EntryKind.TAKEAWAY, EntryKind.TODO, EntryKind.DECISION, EntryKind.ADVICE, EntryKind.QUESTION, EntryKind.ANSWER,
        EntryKind.RESULT, EntryKind.CONFIDENCE, EntryKind.CONCERN, EntryKind.WIN, EntryKind.NOTE,
    )  # fmt: skip
    rows: list[Row] = []
    for kind in order:
        of_kind = [entry for entry in found.entries if entry.kind is kind]
        if of_kind:
            rows.append(Row(None, showing.words(str(kind).capitalize(), "bold")))
            rows += [said_row(entry, found) for entry in of_kind]
    return rows


def point_row(point: str, dealt_with: frozenset[str]) -> Row:
    """A point of the agenda, ticked off or not."""
    is_done = point in dealt_with
    lead = showing.words("✓" if is_done else "·", showing.STRONG if is_done else showing.QUIET)
    return Row(point, showing.Hanging(lead, showing.line(point, showing.QUIET if is_done else ""), 2))


def promise_row(action: Action, now: Moment) -> Row:
    """An open promise with its owner, if that is not me, and its day."""
    who = "" if action.is_mine else f"{action.owner_name or 'nobody'}: "
    style = showing.PRIVATE if action.visibility == "private" else ""
    text = showing.joined(
        showing.line(who, showing.QUIET),
        showing.line(showing.task(action), style),
        "  ",
        showing.due(action.due, now.day),
    )
    return Row(str(action.id), showing.Hanging(showing.words("□", showing.QUIET), text, 2))
