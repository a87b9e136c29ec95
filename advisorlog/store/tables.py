"""The records as SQLModel classes: how they are validated and written.

The migrations are the source of truth for the schema; a test holds these classes against it, column by column.
Reading goes through the views instead (`store.reading`): loading SQLAlchemy takes longer than a whole brief.
"""

from sqlmodel import Field

from advisorlog.domain.kinds import (
    ActionState,
    DocumentKind,
    EntryKind,
    IdeaStatus,
    MeetingStatus,
    Role,
    Visibility,
)
from advisorlog.store.columns import Record, words


class Person(Record, table=True):
    """Somebody in the log. `handle` is what `@handle` names."""

    id: int | None = Field(default=None, primary_key=True)
    handle: str
    name: str
    email: str | None = None
    is_me: bool = False
    note: str | None = None


class Project(Record, table=True):
    """What the work is, for a reader who remembers nothing: a pitch in two sentences, and the goal."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str
    name: str
    pitch: str | None = None
    goal: str | None = None


class Term(Record, table=True):
    """A word of a project's glossary."""

    id: int | None = Field(default=None, primary_key=True)
    project_id: int = Field(foreign_key="project.id")
    term: str
    meaning: str


class Series(Record, table=True):
    """A recurring meeting; `role` is what the other side is to me."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str
    title: str
    role: Role = Field(sa_type=words(Role))
    project_id: int | None = Field(default=None, foreign_key="project.id")
    rrule: str | None = None
    starts_at: str | None = None
    zone: str | None = None
    minutes: int | None = Field(default=None, gt=0)


class SeriesPerson(Record, table=True):
    """Who a series is with."""

    id: int | None = Field(default=None, primary_key=True)
    series_id: int = Field(foreign_key="series.id")
    person_id: int = Field(foreign_key="person.id")


class Meeting(Record, table=True):
    """One meeting. What is planned is never told as if it had happened; `expect` says what to expect next time."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str
    series_id: int | None = Field(default=None, foreign_key="series.id")
    project_id: int | None = Field(default=None, foreign_key="project.id")
    title: str | None = None
    role: Role | None = Field(default=None, sa_type=words(Role))
    starts_at: str
    zone: str
    minutes: int | None = Field(default=None, gt=0)
    status: MeetingStatus = Field(sa_type=words(MeetingStatus))
    agenda: str = ""
    ended_at: str | None = None
    expect: str = ""


class MeetingPerson(Record, table=True):
    """Who was (or will be) there."""

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    person_id: int = Field(foreign_key="person.id")


class Entry(Record, table=True):
    """One captured line: `lead` + `text` is exactly what was typed."""

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    project_id: int | None = Field(default=None, foreign_key="project.id")
    kind: EntryKind = Field(sa_type=words(EntryKind))
    lead: str = ""
    text: str
    speaker_id: int | None = Field(default=None, foreign_key="person.id")
    visibility: Visibility = Field(default=Visibility.OPEN, sa_type=words(Visibility))
    origin: str
    at: str
    zone: str
    position: int = 0
    answers_id: int | None = Field(default=None, foreign_key="entry.id")


class Mention(Record, table=True):
    """A `#idea` or `@person` in an entry; the target is unset while no such record exists."""

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id")
    mark: str
    name: str
    idea_id: int | None = Field(default=None, foreign_key="idea.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")


class Action(Record, table=True):
    """A promise: the entry that says it, who owns it, until which day, and how one sees that it is done."""

    id: int | None = Field(default=None, primary_key=True)
    entry_id: int = Field(foreign_key="entry.id")
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    due: str | None = None
    done_test: str | None = None
    root_id: int | None = Field(default=None, foreign_key="entry.id")
    closed_at: str | None = None


class ActionEvent(Record, table=True):
    """One state of an action. Never overwritten: a later state is a later row."""

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id")
    state: ActionState = Field(sa_type=words(ActionState))
    at: str
    zone: str
    due: str | None = None
    because: str = ""
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    origin: str = "cli"


class Idea(Record, table=True):
    """An idea and the claim that can turn out true or false; `resolved_at` is when the outcome was seen."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str
    title: str
    claim: str | None = None
    resolve_by: str | None = None
    outcome: bool | None = None
    project_id: int | None = Field(default=None, foreign_key="project.id")
    visibility: Visibility = Field(default=Visibility.OPEN, sa_type=words(Visibility))
    resolved_at: str | None = None


class IdeaEvent(Record, table=True):
    """A change of status and/or confidence (percent), with its because."""

    id: int | None = Field(default=None, primary_key=True)
    idea_id: int = Field(foreign_key="idea.id")
    at: str
    zone: str
    status: IdeaStatus | None = Field(default=None, sa_type=words(IdeaStatus))
    confidence: int | None = Field(default=None, ge=0, le=100)
    because: str = ""
    mood: bool = False
    revive_if: str | None = None
    revisit_when: str | None = None
    by_id: int | None = Field(default=None, foreign_key="person.id")
    entry_id: int | None = Field(default=None, foreign_key="entry.id")
    origin: str = "cli"


class Reading(Record, table=True):
    """Notes on a paper, in five parts."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str
    title: str
    authors: str | None = None
    year: int | None = None
    url: str | None = None
    doi: str | None = None
    keywords: str | None = None
    motivation: str | None = None
    solution: str | None = None
    results: str | None = None
    detail: str | None = None
    thoughts: str | None = None
    visibility: Visibility = Field(default=Visibility.OPEN, sa_type=words(Visibility))
    at: str
    zone: str


class ReadingIdea(Record, table=True):
    """A reading that is evidence for an idea."""

    id: int | None = Field(default=None, primary_key=True)
    reading_id: int = Field(foreign_key="reading.id")
    idea_id: int = Field(foreign_key="idea.id")


class ReadingPerson(Record, table=True):
    """Who a reading is for."""

    id: int | None = Field(default=None, primary_key=True)
    reading_id: int = Field(foreign_key="reading.id")
    person_id: int = Field(foreign_key="person.id")


class Evidence(Record, table=True):
    """What a change of an idea rests on: an entry, a reading, or words."""

    id: int | None = Field(default=None, primary_key=True)
    event_id: int = Field(foreign_key="idea_event.id")
    entry_id: int | None = Field(default=None, foreign_key="entry.id")
    reading_id: int | None = Field(default=None, foreign_key="reading.id")
    text: str | None = None


class Document(Record, table=True):
    """A document, frozen as it was sent (the database refuses edits)."""

    id: int | None = Field(default=None, primary_key=True)
    kind: DocumentKind = Field(sa_type=words(DocumentKind))
    series_id: int | None = Field(default=None, foreign_key="series.id")
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    title: str
    format: str
    body: str
    sha256: str
    as_of: str
    sent_at: str
    zone: str
    supersedes_id: int | None = Field(default=None, foreign_key="document.id")


class Recipient(Record, table=True):
    """To whom a document was sent."""

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    person_id: int = Field(foreign_key="person.id")


class Citation(Record, table=True):
    """Which records a document used."""

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    record: str
    record_id: int
    section: str


class Tension(Record, table=True):
    """Two pieces of advice that may conflict, and what the user found; the question is the one put to the brief."""

    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="entry.id")
    second_id: int = Field(foreign_key="entry.id")
    found_at: str
    zone: str
    cause: str | None = None
    because: str = ""
    resolved_at: str | None = None
    question_id: int | None = Field(default=None, foreign_key="entry.id")


class Guess(Record, table=True):
    """Is it because of A and B that you asked me to do X?"""

    id: int | None = Field(default=None, primary_key=True)
    advice_id: int = Field(foreign_key="entry.id")
    question: str
    asked_at: str
    zone: str
    verdict: str | None = None
    real_reason: str | None = None
    resolved_at: str | None = None


class GuessReason(Record, table=True):
    """A record that a guess rests on."""

    id: int | None = Field(default=None, primary_key=True)
    guess_id: int = Field(foreign_key="guess.id")
    entry_id: int = Field(foreign_key="entry.id")


class Attachment(Record, table=True):
    """A file kept beside the log, by its hash."""

    id: int | None = Field(default=None, primary_key=True)
    sha256: str
    name: str
    media_type: str
    size: int
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    entry_id: int | None = Field(default=None, foreign_key="entry.id")
    visibility: Visibility = Field(default=Visibility.PRIVATE, sa_type=words(Visibility))
    at: str
    zone: str


class Pin(Record, table=True):
    """The user's word on one item of a meeting's brief: `keep` it whatever the budget says, or `drop` it."""

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id")
    record: str
    record_id: int
    choice: str


class Draft(Record, table=True):
    """What is still being typed, under the place where it is typed; no part of the history."""

    id: int | None = Field(default=None, primary_key=True)
    place: str
    text: str
    at: str


class Source(Record, table=True):
    """The file that a record was imported from, byte for byte."""

    id: int | None = Field(default=None, primary_key=True)
    record: str
    record_id: int
    name: str
    path: str
    sha256: str
    content: bytes
    imported_at: str
    sheet: str | None = None


class Change(Record, table=True):
    """One command that wrote: what `undo` takes back."""

    id: int | None = Field(default=None, primary_key=True)
    at: str
    zone: str
    command: str
    undoes_id: int | None = Field(default=None, foreign_key="change.id")


class Revision(Record, table=True):
    """What one row was before a change."""

    id: int | None = Field(default=None, primary_key=True)
    change_id: int = Field(foreign_key="change.id")
    record: str
    record_id: int
    op: str
    before: str | None = None
