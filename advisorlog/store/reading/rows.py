"""What a read gives back."""

from dataclasses import dataclass
from datetime import date

from advisorlog.domain.kinds import (
    ActionState,
    DocumentKind,
    EntryKind,
    IdeaStatus,
    MeetingStatus,
    RecordKind,
    Role,
    Visibility,
)
from advisorlog.domain.moments import Moment


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    handle: str
    name: str
    email: str | None
    is_me: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class Project:
    id: int
    slug: str
    name: str
    pitch: str | None
    goal: str | None
    glossary: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    id: int
    slug: str
    title: str
    role: Role
    project_id: int | None
    rrule: str | None
    starts: Moment | None
    minutes: int | None
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    id: int
    slug: str
    title: str | None
    starts: Moment
    minutes: int | None
    status: MeetingStatus
    agenda: tuple[str, ...]
    ended: Moment | None
    series_id: int | None
    series: str | None
    series_title: str | None
    role: Role | None
    project_id: int | None
    people: tuple[str, ...]
    expect: str | None = None

    @property
    def name(self) -> str:
        return self.title or self.series_title or self.slug


@dataclass(frozen=True, slots=True)
class Entry:
    id: int
    kind: EntryKind
    lead: str
    text: str
    visibility: Visibility
    origin: str
    said: Moment
    position: int
    answers_id: int | None
    meeting_id: int | None
    meeting: str | None
    series_id: int | None
    series: str | None
    series_title: str | None
    role: Role | None
    project_id: int | None
    speaker_id: int | None
    speaker: str | None
    speaker_name: str | None
    said_by_me: bool

    @property
    def is_private(self) -> bool:
        return self.visibility is Visibility.PRIVATE


@dataclass(frozen=True, slots=True)
class ActionEvent:
    id: int
    action_id: int
    state: ActionState
    when: Moment
    due: date | None
    because: str
    meeting_id: int | None


@dataclass(frozen=True, slots=True)
class Action:
    """A promise with its history (as far as the moment it was read for)."""

    id: int
    entry_id: int
    text: str
    visibility: Visibility
    opened: Moment
    first_due: date | None
    done_test: str | None
    root_id: int | None
    root: str | None
    owner_id: int | None
    owner: str | None
    owner_name: str | None
    is_mine: bool
    meeting_id: int | None
    meeting: str | None
    series_id: int | None
    series: str | None
    role: Role | None
    project_id: int | None
    events: tuple[ActionEvent, ...] = ()

    @property
    def state(self) -> ActionState:
        return self.events[-1].state if self.events else ActionState.OPEN

    @property
    def is_open(self) -> bool:
        return not self.state.is_closed

    @property
    def due(self) -> date | None:
        """The day it is due now: the last one it was moved to."""
        moved = [event.due for event in self.events if event.due]
        return moved[-1] if moved else self.first_due

    @property
    def closed(self) -> ActionEvent | None:
        return self.events[-1] if self.events and self.events[-1].state.is_closed else None

    @property
    def times_carried(self) -> int:
        """How often it was put off, whether by carrying or by a new agreement."""
        return sum(event.state in (ActionState.CARRIED, ActionState.RENEGOTIATED) for event in self.events)


@dataclass(frozen=True, slots=True)
class Idea:
    id: int
    slug: str
    title: str
    claim: str | None
    resolve_by: date | None
    outcome: bool | None
    project_id: int | None
    visibility: Visibility
    status: IdeaStatus | None
    confidence: int | None
    resolved: Moment | None = None
    """When the outcome was seen, where that was kept."""
    mood: bool = False
    """Whether the confidence is a mood, which no document tells."""

    @property
    def sure(self) -> str:
        """The confidence as its owner reads it: `82%`, `60% mood`; empty where none was said."""
        return "" if self.confidence is None else f"{self.confidence}%{' mood' if self.mood else ''}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a change rests on: an entry (said on `day`), a reading (by its short name), or words."""

    event_id: int
    entry_id: int | None
    reading_id: int | None
    text: str
    reading: str | None = None
    day: date | None = None
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class IdeaEvent:
    id: int
    idea_id: int
    idea: str
    when: Moment
    status: IdeaStatus | None
    confidence: int | None
    because: str
    mood: bool
    revive_if: str | None
    revisit_when: str | None
    by_name: str | None
    entry_id: int | None
    visibility: Visibility
    evidence: tuple[Evidence, ...] = ()

    @property
    def day(self) -> date:
        return self.when.day


@dataclass(frozen=True, slots=True)
class Reading:
    id: int
    slug: str
    title: str
    authors: str | None
    year: int | None
    url: str | None
    doi: str | None
    keywords: str | None
    motivation: str | None
    solution: str | None
    results: str | None
    detail: str | None
    thoughts: str | None
    visibility: Visibility
    noted: Moment


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attached file; `caption` are the words of the line that it hangs on, if it hangs on one.

    `meeting` is the one that it, or its line, belongs to.
    """

    id: int
    name: str
    media_type: str
    size: int
    sha256: str
    visibility: Visibility
    attached: Moment
    meeting: str | None
    entry_id: int | None
    caption: str | None
    line_is_private: bool

    @property
    def is_private(self) -> bool:
        """Whether it is for the user alone: itself, or the line that it hangs on."""
        return self.visibility is Visibility.PRIVATE or self.line_is_private


@dataclass(frozen=True, slots=True)
class Sent:
    """A document as it was sent."""

    id: int
    kind: DocumentKind
    title: str
    format: str
    body: str
    sha256: str
    as_of: str
    sent: Moment
    series_id: int | None
    meeting_id: int | None
    supersedes_id: int | None
    to: str


@dataclass(frozen=True, slots=True)
class Told:
    """The last time that a record was cited in a document sent to somebody."""

    record: RecordKind
    record_id: int
    when: Moment
    document_id: int


@dataclass(frozen=True, slots=True)
class Telling:
    """A record that one sent document told one person; the document speaks for the moment `as_of`."""

    person_id: int
    record: RecordKind
    record_id: int
    document_id: int
    document: str
    sent: Moment
    as_of: Moment
