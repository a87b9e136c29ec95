"""The context ledger: what each person was told, when and by which sent document, and what they can't know since.

What was told is what a document that was sent cited (DESIGN.md, section 2). An idea is told with the confidence and
the status that it had when the document was written; where another reader was told another one later, two people hold
different facts.
"""

import re
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from advisorlog.domain.kinds import RecordKind, Role, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.store.reading import actions, documents, entries, ideas, people
from advisorlog.store.reading.rows import Entry, Idea, IdeaEvent, Person, Telling


@dataclass(frozen=True, slots=True)
class Fact:
    """A record that somebody was told. `then` is its state in the last document that told it, `now` its state now.

    A line has a state only where its words were changed since; records without a state have neither. `document` is
    the last one that told it, of `times`.
    """

    record: RecordKind
    record_id: int
    words: str
    first: Moment
    last: Moment
    times: int
    document_id: int
    document: str
    then: str = ""
    now: str = ""

    @property
    def has_changed(self) -> bool:
        return self.then != self.now


@dataclass(frozen=True, slots=True)
class Difference:
    """An idea of which this reader was last told `mine` (percent), and somebody else, later, `theirs`."""

    idea: Idea
    told: Moment
    mine: int
    other: str
    told_other: Moment
    theirs: int


@dataclass(frozen=True, slots=True)
class Correction:
    """A line that says something else than when it was told: in these words, then."""

    entry: Entry
    told: Moment
    before: str


def facts(connection: sqlite3.Connection, person: Person, until: Moment) -> list[Fact]:
    """Everything that a person was told, what was told last first."""
    told: dict[tuple[RecordKind, int], list[Telling]] = {}
    for telling in documents.tellings(connection, [person.id], until):
        told.setdefault((telling.record, telling.record_id), []).append(telling)
    words = _words(connection, told, until)
    found = [_fact(connection, *key, each, words[key], until) for key, each in told.items() if key in words]
    return sorted(found, key=lambda fact: fact.last.at, reverse=True)


def differences(connection: sqlite3.Connection, readers: Collection[int], until: Moment) -> list[Difference]:
    """Where an advisor or a peer was told, after these readers, another confidence in the same open idea.

    What a mentee was told is between us.
    """
    others = _others(connection, readers)
    tellings = documents.tellings(connection, [*readers, *others], until, RecordKind.IDEA)
    mine = {each.record_id: each for each in tellings if each.person_id in readers}
    known = {idea.id: idea for idea in ideas.ideas(connection, until)} if mine else {}
    found: dict[int, Difference] = {}
    for each in tellings:
        idea = known.get(each.record_id)
        told = mine.get(each.record_id)
        if idea is None or told is None or each.person_id in readers or each.sent.at <= told.sent.at:
            continue
        if idea.visibility is Visibility.PRIVATE:
            continue
        before, after = (told_confidence(connection, idea, telling.as_of) for telling in (told, each))
        found.pop(idea.id, None)
        if before is not None and after is not None and before != after:
            found[idea.id] = Difference(idea, told.sent, before, others[each.person_id], each.sent, after)
    return list(found.values())


def corrections(connection: sqlite3.Connection, told: Mapping[int, Moment]) -> list[Correction]:
    """Of lines and when each was told last: those that were corrected since, the latest told first.

    Other spelling is no correction: the words or the numbers must differ.
    """
    earlier = entries.earlier_words(connection, told)
    if not earlier:
        return []
    found = entries.by_ids(connection, earlier)
    changed = [each for each in found.values() if _matter(each.text) != _matter(earlier[each.id])]
    corrected = [Correction(each, told[each.id], earlier[each.id]) for each in changed]
    return sorted(corrected, key=lambda each: each.told.at, reverse=True)


def _matter(text: str) -> tuple[frozenset[str], list[str]]:
    """The words and the numbers of a text, however it is spelt."""
    from advisorlog.domain.topics import stems

    return stems(text), _NUMBER.findall(text)


_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _others(connection: sqlite3.Connection, readers: Collection[int]) -> dict[int, str]:
    together = (series.people for series in people.all_series(connection) if series.role is not Role.MENTEE)
    return {each.id: each.name for group in together for each in group if each.id not in readers and not each.is_me}


def told_confidence(connection: sqlite3.Connection, idea: Idea, as_of: Moment) -> int | None:
    """The confidence (percent) that could be told of an idea then: a mood, or what is private, is told to nobody."""
    history = ideas.events(connection, [idea.id], as_of)
    levels = [each.confidence for each in history if each.confidence is not None and _may_be_told(each)]
    return levels[-1] if levels else None


def _may_be_told(event: IdeaEvent) -> bool:
    return not event.mood and event.visibility is Visibility.OPEN


def _fact(
    connection: sqlite3.Connection,
    record: RecordKind,
    record_id: int,
    tellings: Sequence[Telling],
    words: str,
    until: Moment,
) -> Fact:
    last = tellings[-1]
    then, now = _states(connection, record, record_id, last.as_of, until)
    times = len({each.document_id for each in tellings})
    return Fact(
        record, record_id, words, tellings[0].sent, last.sent, times, last.document_id, last.document, then, now
    )


def _states(
    connection: sqlite3.Connection, record: RecordKind, record_id: int, told: Moment, until: Moment
) -> tuple[str, str]:
    """What a record was when it was told, and what it is."""
    if record is RecordKind.ENTRY:
        earlier = entries.earlier_words(connection, {record_id: told}).get(record_id)
        is_hidden = earlier is None or entries.entry(connection, record_id).is_private
        return ("", "") if is_hidden else (f"told as “{earlier}”", "reworded")
    then, now = (_state(connection, record, record_id, moment) for moment in (told, until))
    return then, now


def _state(connection: sqlite3.Connection, record: RecordKind, record_id: int, as_of: Moment) -> str:
    if record is RecordKind.IDEA:
        idea = next(each for each in ideas.ideas(connection, as_of) if each.id == record_id)
        told = told_confidence(connection, idea, as_of)
        return ", ".join(part for part in (idea.status or "", f"{told}%" if told is not None else "") if part)
    if record is RecordKind.ACTION:
        action = actions.action(connection, record_id, as_of)
        due = f", due {action.due}" if action.is_open and action.due else ""
        return f"{'open' if action.is_open else action.state}{due}"
    return ""


def _words(
    connection: sqlite3.Connection, told: Collection[tuple[RecordKind, int]], until: Moment
) -> dict[tuple[RecordKind, int], str]:
    """The records' own words; of one that became private since, only that it did. A meeting is no fact."""
    found: dict[tuple[RecordKind, int], str] = {}
    wanted = {record: [number for kind, number in told if kind is record] for record in RecordKind}
    for number, entry in entries.by_ids(connection, wanted[RecordKind.ENTRY]).items():
        found[RecordKind.ENTRY, number] = "(private now)" if entry.is_private else entry.text
    for idea in ideas.ideas(connection, until):
        if idea.id in wanted[RecordKind.IDEA]:
            is_private = idea.visibility is Visibility.PRIVATE
            found[RecordKind.IDEA, idea.id] = "(private now)" if is_private else idea.title
    for number in wanted[RecordKind.ACTION]:
        action = actions.action(connection, number, until)
        is_private = action.visibility is Visibility.PRIVATE
        found[RecordKind.ACTION, number] = "(private now)" if is_private else action.text
    for project in people.projects_by_id(connection, wanted[RecordKind.PROJECT]):
        found[RecordKind.PROJECT, project.id] = f"What {project.name} is, and its goal"
    return found
