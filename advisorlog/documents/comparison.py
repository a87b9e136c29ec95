"""Two lines that may conflict, beside the contexts in which they were said, and what differs between those.

A context is what its hearers had before them: the documents that were sent to them since the meeting before, and what
was said in the meeting up to the line. Only open records are in it: what is private was told to nobody.
"""

import heapq
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from advisorlog.documents import ledger
from advisorlog.domain import display, tension
from advisorlog.domain.inert import inert_line
from advisorlog.domain.kinds import EntryKind, RecordKind, Role, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.domain.tension import Candidate, Nearness, Point, not_asked
from advisorlog.domain.topics import stems
from advisorlog.domain.words import excerpt
from advisorlog.store.reading import documents, entries, ideas, meetings, people, tensions
from advisorlog.store.reading.rows import Entry, Idea, IdeaEvent, Sent
from advisorlog.store.reading.tensions import Tension

MOST_CHANGES = 8
"""Results and decisions between the two that are shown, those on the same matter first."""
QUOTED = 11
"""Words of each line that a drafted question quotes: a brief gives one question some forty in all."""
TOLD_IN_MEETING = (EntryKind.RESULT, EntryKind.ANSWER, EntryKind.DECISION, EntryKind.QUESTION)


@dataclass(frozen=True, slots=True)
class Fact:
    """A record that was part of a context, in the words of the log, and where it was told."""

    record: RecordKind
    record_id: int
    text: str
    told_in: str


@dataclass(frozen=True, slots=True)
class Context:
    """What the hearers of a line had before them."""

    documents: tuple[Sent, ...]
    facts: tuple[Fact, ...]
    ideas: tuple[Idea, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened between the two lines, newest last; `more` counts what is not shown."""

    results: tuple[Entry, ...]
    decisions: tuple[Entry, ...]
    ideas: tuple[IdeaEvent, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A pair, the older line first. `only_first` and `only_second` are what one context held and the other did not.

    `why` is empty where the rules would not have found the pair; `question` where none may be put to others, with
    the reason in `unasked`.
    """

    first: Entry
    second: Entry
    why: tuple[str, ...]
    first_context: Context
    second_context: Context
    only_first: tuple[Fact, ...]
    only_second: tuple[Fact, ...]
    between: Changes
    question: str
    unasked: str
    tension: Tension | None

    @property
    def headline(self) -> str:
        """What a page on the pair begins with: what the user found, else what speaks for looking at it."""
        if self.tension and self.tension.cause:
            return f"Settled as {self.tension.cause}: {self.tension.because}"
        return f"May conflict: {'; '.join(self.why)}" if self.why else "The rules would not pair these two."


def open_candidates(
    connection: sqlite3.Connection,
    until: Moment,
    since: date | None = None,
    with_private: bool = False,
    nearness: Nearness = not_asked,
) -> list[Candidate]:
    """Pairs that may conflict and that nobody has settled by then, the likeliest first."""
    settled = {each.pair for each in tensions.tensions(connection, until) if each.cause}
    names = [person.name for person in people.people(connection)]
    projects = [project.name for project in people.projects(connection)]
    sides = (
        tension.candidates(side, settled, until.day, since, names, projects, nearness(side))
        for side in tensions.points(connection, until, with_private)
    )
    return list(heapq.merge(*sides, key=lambda each: -each.rank))


def read(
    connection: sqlite3.Connection, one: int, other: int, now: Moment, nearness: Nearness = not_asked
) -> Comparison:
    """Compare two lines. Raises NotFound where there is no such line."""
    pair = [entries.entry(connection, number) for number in (one, other)]
    first, second = sorted(pair, key=lambda entry: (entry.said.at, entry.id))
    shown = ideas.titles(connection)
    named = _named(connection, first, second)
    contexts = [_context(connection, entry, named, shown) for entry in (first, second)]
    candidate = _candidate(connection, first, second, now, nearness)
    unasked = _why_not_asked(first, second)
    return Comparison(
        first,
        second,
        tuple(str(why) for why in candidate.why) if candidate else (),
        contexts[0],
        contexts[1],
        _beyond(contexts[0], contexts[1]),
        _beyond(contexts[1], contexts[0]),
        _between(connection, first, second, named),
        "" if unasked else question(connection, first, second),
        unasked,
        tensions.of_pair(connection, one, other),
    )


def _candidate(
    connection: sqlite3.Connection, first: Entry, second: Entry, now: Moment, nearness: Nearness
) -> Candidate | None:
    named = entries.ideas_of(connection, (first.id, second.id))

    def point(each: Entry) -> Point:
        named_by = frozenset(named.get(each.id, ()))
        return Point(each.id, each.kind, each.text, each.said.day, each.meeting_id, each.speaker_id, named_by)

    pair = point(first), point(second)
    near = nearness(pair).get(frozenset((first.id, second.id)), 0.0)
    return tension.compare(*pair, now.day, near=near)


def _named(connection: sqlite3.Connection, first: Entry, second: Entry) -> set[int]:
    """The ideas that either line names."""
    named = entries.ideas_of(connection, (first.id, second.id))
    return {idea_id for each in named.values() for idea_id in each}


def _context(connection: sqlite3.Connection, entry: Entry, named: set[int], titles: dict[str, str]) -> Context:
    sent = _sent_before(connection, entry)
    facts = [*_cited(connection, sent), *_said_before(connection, entry)]
    known = {(fact.record, fact.record_id): fact for fact in reversed(facts)}
    stood = [
        replace(each, confidence=ledger.told_confidence(connection, each, entry.said), mood=False)
        for each in ideas.ideas(connection, entry.said)
        if each.id in named and each.slug in titles
    ]
    return Context(
        tuple(sent), tuple(known[key] for key in dict.fromkeys((f.record, f.record_id) for f in facts)), tuple(stood)
    )


def _sent_before(connection: sqlite3.Connection, entry: Entry) -> list[Sent]:
    """The documents sent to the meeting's people since the meeting before, newest last; none without a meeting."""
    if entry.meeting_id is None:
        return []
    meeting = meetings.by_id(connection, entry.meeting_id)
    there = [person.id for person in people.of_meeting(connection, meeting.id) if not person.is_me]
    before = meetings.last_held(connection, meeting.series_id, meeting.starts, 2) if meeting.series_id else []
    earlier = next(
        (each.starts for each in before if each.id != meeting.id and each.starts.at < meeting.starts.at), None
    )
    return documents.sent_to(connection, there, earlier, meeting.starts)


def _cited(connection: sqlite3.Connection, sent: Iterable[Sent]) -> list[Fact]:
    found: list[Fact] = []
    for document in sent:
        name = f"{document.kind} of {document.sent.day.isoformat()}"
        for record, record_id in documents.cited(connection, document.id):
            if text := _words(connection, record, record_id, document.sent):
                found.append(Fact(record, record_id, text, name))
    return found


def _words(connection: sqlite3.Connection, record: RecordKind, record_id: int, when: Moment) -> str:
    """What a cited record said then; nothing for records that every document names (the project, the meeting)."""
    if record is RecordKind.ENTRY:
        entry = entries.by_ids(connection, [record_id]).get(record_id)
        return f"{entry.kind}: {entry.text}" if entry and not entry.is_private else ""
    if record is RecordKind.ACTION:
        row = connection.execute(
            "SELECT text FROM actions WHERE id = ? AND visibility = 'open'", (record_id,)
        ).fetchone()
        return f"promise: {row['text']}" if row else ""
    if record is RecordKind.IDEA:
        stood = next((each for each in ideas.ideas(connection, when) if each.id == record_id), None)
        if stood is None or stood.visibility is Visibility.PRIVATE:
            return ""
        told = ledger.told_confidence(connection, stood, when)
        sure = f" at {told}%" if told is not None else ""
        return f"idea: {stood.title}, {stood.status or 'new'}{sure}"
    return ""


def _said_before(connection: sqlite3.Connection, entry: Entry) -> list[Fact]:
    if entry.meeting_id is None:
        return []
    said = entries.of_meetings(connection, [entry.meeting_id], entry.said)
    return [
        Fact(RecordKind.ENTRY, each.id, f"{each.kind}: {each.text}", "said in the meeting")
        for each in said
        if each.kind in TOLD_IN_MEETING and not each.is_private and each.position < entry.position
    ]


def _beyond(one: Context, other: Context) -> tuple[Fact, ...]:
    """The facts of one context that the other did not hold."""
    known = {(fact.record, fact.record_id, fact.text) for fact in other.facts}
    return tuple(fact for fact in one.facts if (fact.record, fact.record_id, fact.text) not in known)


def _between(connection: sqlite3.Connection, first: Entry, second: Entry, named: set[int]) -> Changes:
    """Results, decisions and moves of the named ideas after the first line and before the second."""
    kinds = (EntryKind.RESULT, EntryKind.DECISION)
    said = entries.said_between(connection, kinds, first.said, second.said, 2000)
    said = [each for each in said if not each.is_private and each.id not in (first.id, second.id)]
    said = [each for each in said if first.project_id is None or each.project_id == first.project_id]
    ideas_of = entries.ideas_of(connection, [each.id for each in said])
    matter = stems(first.text) | stems(second.text)

    def nearness(each: Entry) -> tuple[bool, int, float]:
        shared = len(matter & stems(each.text))
        return not named & set(ideas_of.get(each.id, ())), -shared, -each.said.at.timestamp()

    shown = sorted(sorted(said, key=nearness)[:MOST_CHANGES], key=lambda each: each.said.at)
    moved = [
        event
        for event in ideas.events(connection, named, second.said)
        if event.when.at > first.said.at and event.visibility is Visibility.OPEN
    ]
    return Changes(
        tuple(each for each in shown if each.kind is EntryKind.RESULT),
        tuple(each for each in shown if each.kind is EntryKind.DECISION),
        tuple(moved),
        len(said) - len(shown),
    )


def _why_not_asked(first: Entry, second: Entry) -> str:
    if first.is_private or second.is_private:
        return "one of the lines is private, and a brief never quotes private words"
    if Role.MENTEE in (first.role, second.role):
        return "it was said to a mentee, and stays between you"
    return ""


def question(connection: sqlite3.Connection, first: Entry, second: Entry) -> str:
    """A question for the next brief that quotes both lines with their days."""
    titles = ideas.titles(connection)
    names = {person.handle: person.name for person in people.people(connection)}

    def quoted(entry: Entry) -> str:
        text = inert_line(display.readable(entry.text, titles, names, entry.said.day)).strip()
        text = excerpt(text, QUOTED).replace("|", "/")
        who = "we decided" if entry.kind is EntryKind.DECISION else entry.speaker_name or "the advice was"
        return f"on {entry.said.day.isoformat()} {who}: “{text}”"

    both_decided = first.kind is second.kind is EntryKind.DECISION
    asked = "Does the earlier decision still hold?" if both_decided else "Which holds now?"
    told = f"{quoted(first)}; {quoted(second)}"
    return f"{asked} {told[:1].upper()}{told[1:]}."
