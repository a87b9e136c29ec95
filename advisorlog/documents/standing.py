"""Where a series stands as of a moment: all that the brief, the summary and the prep sheet are written from.

The only module of the room that reads the log. Private records are dropped here and counted, so that what writes
documents for others never holds them.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, TypeVar

from advisorlog.documents import ledger
from advisorlog.documents.ledger import Correction, Difference
from advisorlog.domain.kinds import EntryKind, IdeaStatus, RecordKind, Role, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.store.reading import actions, documents, entries, ideas, meetings, pairs, people
from advisorlog.store.reading.reach import Reach
from advisorlog.store.reading.rows import Action, Entry, Idea, IdeaEvent, Meeting, Person, Project, Series, Told

SAID = (EntryKind.ADVICE, EntryKind.DECISION, EntryKind.TAKEAWAY)
FOUND = (EntryKind.RESULT, EntryKind.WIN)
RECENT = timedelta(weeks=10)
"""How far back an untold result or an open question still matters; what was told before that may be forgotten."""
DEAD = (IdeaStatus.KILLED, IdeaStatus.PARKED)


@dataclass(frozen=True, slots=True)
class IdeaMove:
    """What happened to an idea between two moments: its events then, and its confidence (percent) before.

    `history` is all that a reader may know of it, up to the later moment.
    """

    idea: Idea
    events: tuple[IdeaEvent, ...]
    before: int | None
    history: tuple[IdeaEvent, ...] = ()

    @property
    def distance(self) -> tuple[bool, int]:
        """How far it moved: a new status is further than any change of confidence."""
        levels = [event.confidence for event in self.events if event.confidence is not None]
        is_first = self.before is None or not levels
        return any(event.status for event in self.events), 0 if is_first else abs(levels[-1] - (self.before or 0))


@dataclass(frozen=True, slots=True)
class Standing:
    """A series, as of a moment, for its readers.

    `said` is the advice, decisions and takeaways of the last meeting that had any (`said_in`); `decided_before` the
    decisions of the meetings before that. `found_new` are the results since the last meeting, `found_before` the
    older ones, newest first; `elsewhere` is what was advised or decided in meetings where the readers were not.
    `moves` are the ideas that changed since, the one that moved furthest first. `told_long_ago` is what the confidence
    in a living idea rests on and the readers heard of last before `RECENT`; `told_otherwise` are the ideas of which
    others were told later, and otherwise; `corrected` is what was told lately and says something else now.
    `withheld` counts private records; `untagged` counts inbox lines that name no project and could not be placed.
    """

    series: Series
    me: Person
    as_of: Moment
    target: Meeting | None
    last: Meeting | None
    held: int
    first: Meeting | None
    projects: tuple[Project, ...]
    said: tuple[Entry, ...]
    said_in: Meeting | None
    decided_before: tuple[Entry, ...]
    found_new: tuple[Entry, ...]
    found_before: tuple[Entry, ...]
    elsewhere: tuple[Entry, ...]
    questions: tuple[Entry, ...]
    open_actions: tuple[Action, ...]
    closed_actions: tuple[Action, ...]
    moves: tuple[IdeaMove, ...]
    alive: tuple[Idea, ...]
    told: dict[tuple[RecordKind, int], Told]
    told_long_ago: tuple[Entry, ...]
    told_otherwise: tuple[Difference, ...]
    corrected: tuple[Correction, ...]
    ideas_of: dict[int, tuple[int, ...]]
    titles: dict[str, str]
    names: dict[str, str]
    withheld: int
    untagged: int


def read(connection: sqlite3.Connection, series: Series, as_of: Moment) -> Standing:
    """Read where a series stands. The caller's connection is one snapshot."""
    sieve = _Sieve()
    last = next(iter(meetings.last_held(connection, series.id, as_of)), None)
    since = last.starts if last else _before(as_of, RECENT)
    projects = _projects(connection, series, as_of)
    scope = _Scope(series, frozenset(project.id for project in projects))
    said, said_in = _said_last(connection, series, as_of, sieve)
    found = sieve.sift(
        entry
        for entry in entries.said_between(connection, FOUND, _before(since, RECENT), as_of, reach=scope.reach)
        if scope.has_result(entry)
    )
    elsewhere = sieve.sift(
        entry
        for entry in entries.said_between(connection, SAID[:2], _before(as_of, RECENT), as_of, reach=scope.reach)
        if scope.is_elsewhere(entry)
    )
    questions = sieve.sift(_open_questions(connection, scope, as_of))
    new = {entry.id for entry in found if last is None or _is_since(entry, last)}
    readers = [person.id for person in series.people]
    told = documents.told(connection, readers, as_of)
    alive = _alive(connection, scope, as_of)
    moves = _moves(connection, scope, since, as_of, sieve)
    return Standing(
        series=series,
        me=people.me(connection),
        as_of=as_of,
        target=meetings.next_after(connection, series.id, as_of),
        last=last,
        held=meetings.count_held(connection, series.id, as_of),
        first=meetings.first_held(connection, series.id, as_of),
        projects=projects,
        said=tuple(said),
        said_in=said_in,
        decided_before=tuple(_decided_before(connection, series, said_in, sieve)),
        found_new=tuple(entry for entry in found if entry.id in new),
        found_before=tuple(entry for entry in found if entry.id not in new),
        elsewhere=tuple(elsewhere),
        questions=tuple(questions),
        open_actions=tuple(sieve.sift(_open_actions(connection, scope, as_of))),
        closed_actions=tuple(sieve.sift(_closed_actions(connection, scope, since, as_of))),
        moves=tuple(sorted(moves, key=lambda move: move.distance, reverse=True)),
        alive=alive,
        told=told,
        told_long_ago=tuple(sieve.sift(_told_long_ago(connection, alive, told, as_of))),
        told_otherwise=tuple(_told_otherwise(connection, scope, readers, told, as_of)),
        corrected=tuple(_corrected(connection, told, as_of, sieve)),
        ideas_of=entries.ideas_of(connection, [e.id for e in (*said, *found, *elsewhere, *questions)]),
        titles=ideas.titles(connection),
        names={person.handle: person.name for person in people.people(connection)},
        withheld=sieve.withheld,
        untagged=_untagged(connection, since, as_of),
    )


class _Visible(Protocol):
    @property
    def visibility(self) -> Visibility: ...


_Record = TypeVar("_Record", bound=_Visible)


class _Sieve:
    """Lets open records through and counts the private ones."""

    def __init__(self) -> None:
        self.withheld = 0

    def sift(self, found: Iterable[_Record]) -> list[_Record]:
        kept: list[_Record] = []
        for record in found:
            if record.visibility is Visibility.PRIVATE:
                self.withheld += 1
            else:
                kept.append(record)
        return kept


@dataclass(frozen=True, slots=True)
class _Scope:
    """Which records may be told to a series' readers.

    What was said to a mentee stays between us: from another mentee's meetings only results of a shared project are
    told. And a mentee is told nothing from any other meeting.
    """

    series: Series
    project_ids: frozenset[int]

    @property
    def reach(self) -> Reach:
        return Reach(self.series.id, self.project_ids)

    @property
    def readers(self) -> list[int]:
        return [person.id for person in self.series.people]

    def has_result(self, entry: Entry) -> bool:
        return self._is_ours(entry.series_id) or (self._may_look_around and entry.project_id in self.project_ids)

    def is_elsewhere(self, entry: Entry) -> bool:
        return (
            self._may_look_around
            and not self._is_ours(entry.series_id)
            and entry.role is not Role.MENTEE
            and entry.project_id in self.project_ids
        )

    def has_action(self, action: Action) -> bool:
        """Ours, or owed by a reader wherever it was said; from the inbox, what is about a shared project."""
        if self._is_ours(action.series_id) or action.owner_id in self.readers:
            return True
        is_in_inbox = action.series_id is None and action.meeting_id is None
        return is_in_inbox and action.project_id in self.project_ids and self._may_look_around

    def has_question(self, entry: Entry) -> bool:
        return self._is_ours(entry.series_id) or (
            self._may_look_around and entry.meeting_id is None and entry.project_id in self.project_ids
        )

    def has_idea(self, idea: Idea) -> bool:
        return idea.project_id in self.project_ids and idea.visibility is Visibility.OPEN

    def _is_ours(self, series_id: int | None) -> bool:
        return series_id == self.series.id

    @property
    def _may_look_around(self) -> bool:
        return self.series.role is not Role.MENTEE


def _before(moment: Moment, span: timedelta) -> Moment:
    return Moment(moment.at - span, moment.zone)


def _is_since(entry: Entry, last: Meeting) -> bool:
    """Whether an entry is newer than the last meeting and was not said in it."""
    return entry.meeting_id != last.id and entry.said.at > last.starts.at


def _projects(connection: sqlite3.Connection, series: Series, as_of: Moment) -> tuple[Project, ...]:
    """The series' project first, then those that its recent meetings were about."""
    recent = meetings.last_held(connection, series.id, as_of, count=4)
    ids = [series.project_id, *(meeting.project_id for meeting in recent)]
    return tuple(people.projects_by_id(connection, [each for each in ids if each is not None]))


def _said_last(
    connection: sqlite3.Connection, series: Series, as_of: Moment, sieve: _Sieve
) -> tuple[list[Entry], Meeting | None]:
    """What was advised, decided and taken away in the latest meeting that had any of it."""
    for meeting in meetings.last_held(connection, series.id, as_of, count=6):
        said = [e for e in entries.of_meetings(connection, [meeting.id], as_of) if e.kind in SAID]
        if kept := sieve.sift(said):
            return kept, meeting
    return [], None


def _decided_before(
    connection: sqlite3.Connection, series: Series, said_in: Meeting | None, sieve: _Sieve
) -> list[Entry]:
    """The latest decisions of the series before the meeting that "last time" is about, newest first."""
    if said_in is None:
        return []
    before = _before(said_in.starts, timedelta(seconds=1))
    found = sieve.sift(entries.latest_of_series(connection, series.id, (EntryKind.DECISION,), before, 8))
    return list({entry.text.casefold(): entry for entry in reversed(found)}.values())[::-1][:6]


def _open_questions(connection: sqlite3.Connection, scope: _Scope, as_of: Moment) -> list[Entry]:
    """My questions of late that nobody has answered, newest first.

    One about two lines that may conflict is for those who said either; once the pair is settled, it is for nobody.
    """
    about_ours, settled = pairs.questions(connection, scope.series.id, as_of)
    asked = [
        entry
        for entry in entries.said_between(
            connection, (EntryKind.QUESTION,), _before(as_of, RECENT), as_of, reach=scope.reach, also=about_ours
        )
        if entry.said_by_me and (scope.has_question(entry) or entry.id in about_ours)
    ]
    done = entries.answers(connection, [entry.id for entry in asked], as_of).keys() | settled
    return [entry for entry in asked if entry.id not in done]


def _open_actions(connection: sqlite3.Connection, scope: _Scope, as_of: Moment) -> list[Action]:
    found = actions.open_within(connection, as_of, scope.reach, scope.readers)
    return [action for action in found if scope.has_action(action)]


def _closed_actions(connection: sqlite3.Connection, scope: _Scope, since: Moment, as_of: Moment) -> list[Action]:
    found = actions.closed_within(connection, since, as_of, scope.reach, scope.readers)
    return [action for action in found if scope.has_action(action)]


def _moves(
    connection: sqlite3.Connection, scope: _Scope, since: Moment, as_of: Moment, sieve: _Sieve
) -> Iterable[IdeaMove]:
    """Ideas that changed since."""
    moved = set(ideas.moved_between(connection, since, as_of))
    wanted = {i.id: i for i in ideas.ideas(connection, as_of, scope.project_ids) if i.id in moved and scope.has_idea(i)}
    histories: dict[int, list[IdeaEvent]] = {}
    for event in ideas.events(connection, wanted, as_of):
        histories.setdefault(event.idea_id, []).append(event)
    for idea_id, history in histories.items():
        # Mood is mine: a change that rests on nothing is for the prep sheet, not for a reader.
        open_history = [event for event in sieve.sift(history) if not event.mood]
        new = tuple(event for event in open_history if event.when.at > since.at)
        earlier = [e.confidence for e in open_history if e.when.at <= since.at and e.confidence is not None]
        if new:
            yield IdeaMove(wanted[idea_id], new, earlier[-1] if earlier else None, tuple(open_history))


def _alive(connection: sqlite3.Connection, scope: _Scope, as_of: Moment) -> tuple[Idea, ...]:
    found = ideas.ideas(connection, as_of, scope.project_ids)
    return tuple(idea for idea in found if scope.has_idea(idea) and idea.status not in DEAD)


def _told_long_ago(
    connection: sqlite3.Connection, alive: Iterable[Idea], told: dict[tuple[RecordKind, int], Told], as_of: Moment
) -> list[Entry]:
    """What the latest confidence in each idea rests on, of which no document has spoken to these readers of late."""
    recent = _before(as_of, RECENT).at
    old = {number for (record, number), each in told.items() if record is RecordKind.ENTRY and each.when.at < recent}
    if not old:
        return []
    latest = {e.idea_id: e for e in ideas.events(connection, [i.id for i in alive], as_of) if e.confidence is not None}
    rests_on = {each.entry_id for event in latest.values() for each in event.evidence}
    found = entries.by_ids(connection, sorted(old & rests_on))
    return sorted(found.values(), key=lambda entry: entry.said.at, reverse=True)


def _told_otherwise(
    connection: sqlite3.Connection,
    scope: _Scope,
    readers: list[int],
    told: dict[tuple[RecordKind, int], Told],
    as_of: Moment,
) -> list[Difference]:
    if scope.series.role is Role.MENTEE or not any(record is RecordKind.IDEA for record, _ in told):
        return []
    found = ledger.differences(connection, readers, as_of)
    return [each for each in found if scope.has_idea(each.idea)]


def _corrected(
    connection: sqlite3.Connection, told: dict[tuple[RecordKind, int], Told], as_of: Moment, sieve: _Sieve
) -> list[Correction]:
    lately = _before(as_of, RECENT).at
    said = {n: each.when for (record, n), each in told.items() if record is RecordKind.ENTRY and each.when.at >= lately}
    found = ledger.corrections(connection, said)
    still_open = {entry.id for entry in sieve.sift(each.entry for each in found)}
    return [each for each in found if each.entry.id in still_open]


def _untagged(connection: sqlite3.Connection, since: Moment, as_of: Moment) -> int:
    waiting = entries.inbox(connection, since, as_of)
    return sum(e.project_id is None and not e.is_private and e.kind in (*FOUND, *SAID) for e in waiting)
