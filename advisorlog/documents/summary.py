"""The TODO summary: a few takeaways, what each side does next, and what to expect next time.

It is about one meeting, and written so that the advisor can check it: every TODO names the takeaway it is rooted
in, its owner, its day and how one sees that it is done.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from advisorlog.documents.document import Cite, Document, Item, Section
from advisorlog.documents.wording import Wording
from advisorlog.domain import ask as asking
from advisorlog.domain.kinds import ActionState, DocumentKind, EntryKind, IdeaStatus, RecordKind, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.domain.words import count_words
from advisorlog.store.reading import actions, entries, ideas, meetings, people
from advisorlog.store.reading.rows import Action, Entry, Idea, IdeaEvent, Meeting, Person

TODOS, TAKEAWAYS, EXPECT, DECIDED, OPEN = 1000, 990, 955, 925, 900
STEP = 30
MOST_TAKEAWAYS = 3
CLOSING = "Reply if I misunderstood."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a meeting came to, as of a moment; private records are dropped and counted."""

    meeting: Meeting
    me: Person
    readers: tuple[Person, ...]
    as_of: Moment
    entries: tuple[Entry, ...]
    actions: tuple[Action, ...]
    dropped: tuple[Action, ...]
    still_open: tuple[Action, ...]
    unanswered: tuple[Entry, ...]
    died: tuple[tuple[Idea, IdeaEvent], ...]
    next: Meeting | None
    titles: dict[str, str]
    names: dict[str, str]
    withheld: int


def read(connection: sqlite3.Connection, meeting: Meeting, as_of: Moment) -> Outcome:
    """Read what a meeting came to, in one snapshot."""
    said = entries.of_meetings(connection, [meeting.id])
    open_said = [entry for entry in said if not entry.is_private]
    promised = [a for a in actions.of_meetings(connection, [meeting.id], as_of) if _is_open_to_readers(a)]
    questions = [e for e in open_said if e.kind is EntryKind.QUESTION]
    answered = entries.answers(connection, [e.id for e in questions], as_of)
    closed = actions.closed_between(connection, meeting.starts, as_of, meeting.series_id)
    before = actions.open_actions(connection, as_of, meeting.series_id) if meeting.series_id else []
    series = people.series_by_id(connection, meeting.series_id) if meeting.series_id else None
    me = people.me(connection)
    readers = series.people if series else tuple(people.of_meeting(connection, meeting.id))
    return Outcome(
        meeting=meeting,
        me=me,
        readers=tuple(person for person in readers if not person.is_me),
        as_of=as_of,
        entries=tuple(open_said),
        actions=tuple(promised),
        dropped=tuple(a for a in closed if _was_dropped(a) and a.meeting_id != meeting.id and _is_open_to_readers(a)),
        still_open=tuple(a for a in before if _is_older(a, meeting) and _is_open_to_readers(a)),
        unanswered=tuple(e for e in questions if e.id not in answered),
        died=tuple(_died(connection, meeting, as_of)),
        next=meetings.next_after(connection, meeting.series_id, _just_after(meeting)) if meeting.series_id else None,
        titles=ideas.titles(connection),
        names={person.handle: person.name for person in people.people(connection)},
        withheld=len(said) - len(open_said),
    )  # fmt: skip


def _is_open_to_readers(action: Action) -> bool:
    return action.visibility is Visibility.OPEN


def _was_dropped(action: Action) -> bool:
    return action.closed is not None and action.closed.state is ActionState.DROPPED


def _is_older(action: Action, meeting: Meeting) -> bool:
    return action.meeting_id != meeting.id and action.opened.at < meeting.starts.at


def _just_after(meeting: Meeting) -> Moment:
    from datetime import timedelta

    return Moment(meeting.starts.at + timedelta(seconds=1), meeting.starts.zone)


def _died(connection: sqlite3.Connection, meeting: Meeting, as_of: Moment) -> Iterable[tuple[Idea, IdeaEvent]]:
    """Open ideas of the meeting's project that were killed or parked on that day."""
    if meeting.project_id is None:
        return
    found = [i for i in ideas.ideas(connection, as_of, [meeting.project_id]) if i.visibility is Visibility.OPEN]
    by_id = {idea.id: idea for idea in found}
    for event in ideas.events(connection, by_id, as_of):
        on_the_day = event.when.day == meeting.starts.day and event.visibility is Visibility.OPEN
        if on_the_day and event.status in (IdeaStatus.KILLED, IdeaStatus.PARKED):
            yield by_id[event.idea_id], event


def write(outcome: Outcome, budget: int) -> Document:
    """The summary with everything that could be said; `budget.fit` makes it fit."""
    wording = Wording(
        today=outcome.as_of.day,
        readers=outcome.readers,
        longest=max(12, min(45, budget // 6)),
        ideas=outcome.titles,
        people=outcome.names,
    )
    taken = _taken(outcome)
    listed = [a for a in outcome.actions if a.state is not ActionState.DROPPED]
    sections = (
        _takeaways(taken, wording),
        _todos(listed, taken, wording),
        _expect(outcome, listed, wording),
        _decided(outcome, taken, wording),
        _still_open(outcome, wording),
    )
    meeting = outcome.meeting
    day = wording.day(meeting.starts.day)
    if meeting.starts.day.year == wording.today.year:
        day += f" {meeting.starts.day.year}"
    return Document(
        kind=DocumentKind.TODO,
        title=f"{wording.plain(meeting.name)}, {day}: what I took away",
        subtitle="",
        as_of=outcome.as_of.day,
        budget=budget,
        sections=sections,
        closing=CLOSING,
        to=tuple(person.id for person in outcome.readers),
        series_id=meeting.series_id,
        meeting_id=meeting.id,
        withheld=outcome.withheld,
        hints=_hints(outcome),
    )


def _taken(outcome: Outcome) -> list[Entry]:
    """The takeaways; where none was marked, the decisions and advice that most work hangs on."""
    marked = [e for e in outcome.entries if e.kind is EntryKind.TAKEAWAY]
    if marked:
        return marked[:MOST_TAKEAWAYS]
    said = [e for e in outcome.entries if e.kind in (EntryKind.DECISION, EntryKind.ADVICE)]
    rooted = {a.root_id for a in outcome.actions}
    return sorted(said, key=lambda e: (e.id not in rooted, e.kind is not EntryKind.DECISION, _is_long(e)))[
        :MOST_TAKEAWAYS
    ]


def _is_long(entry: Entry) -> bool:
    return not 5 <= count_words(entry.text) <= 30


def _takeaways(taken: list[Entry], wording: Wording) -> Section:
    items = (
        Item(
            wording.quote(entry.text, entry.said.day),
            TAKEAWAYS - STEP * place,
            label=f"{place + 1}",
            is_quote=True,
            cites=(Cite(RecordKind.ENTRY, entry.id),),
            key=f"entry:{entry.id}",
        )
        for place, entry in enumerate(taken)
    )
    return Section("takeaways", "Takeaways", tuple(items))


def _todos(listed: list[Action], taken: list[Entry], wording: Wording) -> Section:
    items: list[Item] = []
    numbers = {entry.id: place + 1 for place, entry in enumerate(taken)}
    for action in sorted(
        listed, key=lambda a: (not a.is_open, a.root_id not in numbers, not a.is_mine, str(a.due or "9"))
    ):
        parts = [f"by {wording.day(action.due)}" if action.due else "no date yet"]
        if action.closed:
            parts = [f"done {wording.day(action.closed.when.day)}"]
        if action.root_id in numbers:
            parts.append(f"from takeaway {numbers[action.root_id]}")
        details = [f"Done when: {wording.plain(action.done_test)}"] if action.done_test else []
        if action.root and action.root_id not in numbers:
            details.append(f"Because: {wording.quote(action.root, action.opened.day)}")
        items.append(
            Item(
                wording.task(action),
                (TODOS if action.is_open else DECIDED) - STEP * len(items),
                label=wording.owner(action),
                aside=", ".join(parts),
                details=tuple(details),
                cites=(Cite(RecordKind.ACTION, action.id),),
                key=f"action:{action.id}",
            )
        )
    return Section("todo", "TODO", tuple(items))


def _expect(outcome: Outcome, listed: list[Action], wording: Wording) -> Section:
    """What the reader can hold me to when we meet again."""
    coming = outcome.next
    when = coming.starts.day if coming else None
    items: list[Item] = []
    mine = [a for a in listed if a.is_mine and a.is_open and a.due]
    if outcome.meeting.expect:
        cite = (Cite(RecordKind.MEETING, outcome.meeting.id),)
        items.append(Item(wording.plain(outcome.meeting.expect), EXPECT + 10, cites=cite))
    ready = [a for a in mine if when is None or (a.due and a.due <= when)]
    if ready:
        shown = "; ".join(
            wording.quote(a.done_test, a.opened.day) if a.done_test else wording.task(a) for a in ready[:2]
        )
        more = f"; and {len(ready) - 2} more" if len(ready) > 2 else ""
        items.append(Item(f"{shown}{more}", EXPECT, label="I show", cites=_cites(ready[:2])))
    if coming and coming.agenda:
        topics = "; ".join(wording.plain(topic) for topic in coming.agenda[:3])
        items.append(Item(topics, EXPECT - STEP, label="To discuss", cites=(Cite(RecordKind.MEETING, coming.id),)))
    title = f"Expect next time, {wording.weekday(when)}" if when else "Expect next time"
    return Section("expect", title, tuple(items))


def _cites(found: Iterable[Action]) -> tuple[Cite, ...]:
    return tuple(Cite(RecordKind.ACTION, action.id) for action in found)


def _decided(outcome: Outcome, taken: list[Entry], wording: Wording) -> Section:
    shown = {entry.id for entry in taken}
    decisions = [e for e in outcome.entries if e.kind is EntryKind.DECISION and e.id not in shown]
    items = [
        Item(
            wording.quote(entry.text, entry.said.day),
            DECIDED - STEP * place,
            label="Decided",
            is_quote=True,
            cites=(Cite(RecordKind.ENTRY, entry.id),),
        )
        for place, entry in enumerate(decisions)
    ]
    dropped = [*outcome.dropped, *(a for a in outcome.actions if a.state is ActionState.DROPPED)]
    for action in dropped:
        because = wording.plain(action.closed.because) if action.closed else ""
        rank = DECIDED - 10 - STEP * len(items)
        items.append(
            Item(
                wording.task(action),
                rank,
                label="Dropped",
                aside=because,
                cites=_cites([action]),
            )
        )
    for idea, event in outcome.died:
        items.append(
            Item(
                wording.plain(idea.title),
                DECIDED - 10 - STEP * len(items),
                label=event.status.capitalize() if event.status else "",
                aside=wording.plain(event.because),
                cites=(Cite(RecordKind.IDEA, idea.id),),
            )
        )
    return Section("decided", "Decided and dropped", tuple(items))


def _still_open(outcome: Outcome, wording: Wording) -> Section:
    items = [
        Item(
            wording.quote(asking.parse(entry.text).question, entry.said.day),
            OPEN - STEP * place,
            label="Question",
            cites=(Cite(RecordKind.ENTRY, entry.id),),
        )
        for place, entry in enumerate(outcome.unanswered)
    ]
    late = sorted(outcome.still_open, key=lambda a: (a.due is None, str(a.due)))
    for place, action in enumerate(late):
        aside = wording.promise(action)
        label = "From you" if wording.is_reader(action.owner_id) else wording.owner(action)
        rank = OPEN - 15 - STEP * place
        items.append(Item(wording.task(action), rank, label=label, aside=aside, cites=_cites([action])))
    return Section("still-open", "Still open", tuple(items))


def _hints(outcome: Outcome) -> tuple[str, ...]:
    hints: list[str] = []
    if not any(e.kind is EntryKind.TAKEAWAY for e in outcome.entries):
        hints.append("no line of this meeting is a takeaway (`* …`), so decisions and advice stand in for them")
    unrooted = sum(a.root_id is None for a in outcome.actions)
    if unrooted and any(e.kind is EntryKind.TAKEAWAY for e in outcome.entries):
        todos = "TODO is" if unrooted == 1 else "TODOs are"
        hints.append(f"{unrooted} {todos} rooted in no takeaway (`advisorlog action edit N --root ENTRY`)")
    return tuple(hints)
