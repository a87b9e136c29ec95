"""The record of a meeting: who met, what was decided, advised, promised and said, for those who were there.

What is private, every concern, and what tags a private idea stays out and is counted. What was planned is told as an
agenda, never as if it had been said.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisorlog.documents.discretion import discretion
from advisorlog.documents.document import Cite, Document, Item, Section
from advisorlog.documents.wording import Wording
from advisorlog.domain import ask as asking
from advisorlog.domain.kinds import ActionState, DocumentKind, EntryKind, RecordKind, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.store.reading import actions, entries, ideas, meetings, people
from advisorlog.store.reading.rows import Action, Entry, Meeting, Person

TODOS, DECIDED, TAKEN, ADVISED, FOUND, ASKED, AGENDA, NOTED = 1000, 990, 970, 950, 800, 700, 600, 500
LONGEST = 200
"""Words of one line: a record is read at a desk, and shortens little."""
PARTS = (
    ("decided", "Decided", DECIDED, (EntryKind.DECISION,)),
    ("takeaways", "Takeaways", TAKEN, (EntryKind.TAKEAWAY,)),
    ("advice", "Advice", ADVISED, (EntryKind.ADVICE,)),
    ("results", "Results", FOUND, (EntryKind.RESULT, EntryKind.WIN)),
    ("questions", "Questions", ASKED, (EntryKind.QUESTION,)),
    ("notes", "Notes", NOTED, (EntryKind.NOTE,)),
)


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as of a moment, with what may be told of it."""

    meeting: Meeting
    as_of: Moment
    readers: tuple[Person, ...]
    project: str
    said: tuple[Entry, ...]
    answers: dict[int, Entry]
    promised: tuple[Action, ...]
    next: Meeting | None
    titles: dict[str, str]
    names: dict[str, str]
    withheld: int


def read(connection: sqlite3.Connection, meeting: Meeting, as_of: Moment) -> Held:
    """Read what may be told of a meeting, in one snapshot."""
    discreet = discretion(connection)

    def may_be_told(entry: Entry) -> bool:
        return not entry.is_private and entry.kind is not EntryKind.CONCERN and discreet.allows(entry.text)

    said = entries.of_meetings(connection, [meeting.id], as_of)
    told = [entry for entry in said if may_be_told(entry)]
    found = entries.answers(connection, [e.id for e in told if e.kind is EntryKind.QUESTION], as_of)
    project = next(iter(people.projects_by_id(connection, [meeting.project_id or 0])), None)
    return Held(
        meeting,
        as_of,
        _readers(connection, meeting),
        project.name if project else "",
        tuple(told),
        {number: answer for number, answer in found.items() if may_be_told(answer)},
        tuple(
            action
            for action in actions.of_meetings(connection, [meeting.id], as_of)
            if action.visibility is Visibility.OPEN and discreet.allows(action.text, action.done_test)
        ),
        meetings.next_after(connection, meeting.series_id, _after(meeting)) if meeting.series_id else None,
        ideas.titles(connection),
        {person.handle: person.name for person in people.people(connection)},
        len(said) - len(told),
    )


def _readers(connection: sqlite3.Connection, meeting: Meeting) -> tuple[Person, ...]:
    """Who was there; where the meeting doesn't say, whom its series is with."""
    found = people.of_meeting(connection, meeting.id)
    if not found and meeting.series_id:
        found = list(people.series_by_id(connection, meeting.series_id).people)
    return tuple(person for person in found if not person.is_me)


def _after(meeting: Meeting) -> Moment:
    from datetime import timedelta

    return Moment(meeting.starts.at + timedelta(seconds=1), meeting.starts.zone)


def write(held: Held, budget: int) -> Document:
    """The record with everything that may be said; `budget.fit` makes it fit."""
    wording = Wording(held.as_of.day, held.readers, LONGEST, held.titles, held.names)
    meeting = held.meeting
    year = f" {meeting.starts.day.year}" if meeting.starts.day.year == wording.today.year else ""
    agenda = tuple(_agenda(meeting, wording))
    return Document(
        kind=DocumentKind.RECORD,
        title=f"{wording.plain(meeting.name)}, {wording.weekday(meeting.starts.day)}{year}",
        subtitle=_subtitle(held, wording),
        as_of=held.as_of.day,
        budget=budget,
        sections=(
            Section("agenda", "Agenda", agenda),
            *(Section(key, title, tuple(_lines(held, kinds, rank, wording))) for key, title, rank, kinds in PARTS[:3]),
            Section("todo", "TODO", tuple(_promises(held.promised, wording))),
            *(Section(key, title, tuple(_lines(held, kinds, rank, wording))) for key, title, rank, kinds in PARTS[3:]),
            _next(held.next, wording),
        ),
        to=tuple(person.id for person in held.readers),
        series_id=meeting.series_id,
        meeting_id=meeting.id,
        withheld=held.withheld,
    )


def _subtitle(held: Held, wording: Wording) -> str:
    starts = held.meeting.starts
    parts = [f"{starts.local:%H:%M} ({starts.zone})" if held.meeting.minutes else "", wording.plain(held.project)]
    if held.readers:
        parts.insert(0, f"With {', '.join(wording.plain(person.name) for person in held.readers)}")
    return "; ".join(part for part in parts if part)


def _agenda(meeting: Meeting, wording: Wording) -> Iterator[Item]:
    for place, point in enumerate(meeting.agenda):
        yield Item(wording.plain(point), AGENDA - place, cites=(Cite(RecordKind.MEETING, meeting.id),))


def _lines(held: Held, kinds: Iterable[EntryKind], rank: int, wording: Wording) -> Iterator[Item]:
    """What was said of some kinds, in the order it was said; who said it, where it was not me."""
    listed = [entry for entry in held.said if entry.kind in kinds]
    for place, entry in enumerate(listed):
        said, details = entry.text, tuple[str, ...]()
        if entry.kind is EntryKind.QUESTION:
            ask = asking.parse(entry.text)
            said = ask.question
            if answer := held.answers.get(entry.id):
                details = (f"Answer: {wording.quote(answer.text, answer.said.day)}",)
        yield Item(
            wording.quote(said, entry.said.day),
            rank - place,
            label="" if entry.said_by_me else wording.plain(entry.speaker_name or ""),
            details=details,
            cites=(Cite(RecordKind.ENTRY, entry.id),),
        )


def _promises(promised: Iterable[Action], wording: Wording) -> Iterator[Item]:
    for place, action in enumerate(promised):
        closed = action.closed
        aside = f"{closed.state} {wording.day(closed.when.day)}" if closed else wording.promise(action)
        details = [f"Done when: {wording.plain(action.done_test)}"] if action.done_test else []
        if closed and closed.state is ActionState.DROPPED and closed.because:
            details.append(f"Because: {wording.plain(closed.because)}")
        yield Item(
            wording.task(action),
            TODOS - place,
            label=_owner(action, wording),
            aside=aside,
            details=tuple(details),
            cites=(Cite(RecordKind.ACTION, action.id),),
        )


def _owner(action: Action, wording: Wording) -> str:
    """A record of a meeting names its people: it is no letter to one of them."""
    return wording.plain(action.owner_name) if action.owner_name and not action.is_mine else wording.owner(action)


def _next(coming: Meeting | None, wording: Wording) -> Section:
    if coming is None:
        return Section("next", "Next time")
    when = f"{wording.weekday(coming.starts.day)} at {coming.starts.local:%H:%M}"
    return Section("next", "Next time", (Item(when, AGENDA, cites=(Cite(RecordKind.MEETING, coming.id),)),))
