"""Records as files tell them: whole, with their histories, and without the log's internal numbers.

Two logs are equal exactly when their sheets are: that is what "import(export(log)) equals log" means.

In a sheet: every field of every record; times in UTC with the zone they were said in; for each line its kind, text,
visibility, speaker, project, the tags that it holds and what they stand for, the line that it answers; its promise
with owner, dates, test, root and every event; ideas with every event and its evidence; the order of all of it;
documents as sent, with whom and what they cite; tensions, guesses, pins; which files are attached where.
Left out, because no file carries it: internal numbers, the undo history, drafts, backups, the search index, by which
way a line came in (`origin`), and the spelling of its marker (`!` or `advice:`, a bullet before it; what it means is
kept). An empty text and a missing one are the same. A line of an undated free note has no time of its own: it counts
as said when its file came in.
"""

from dataclasses import dataclass
from typing import TypeAlias

Link: TypeAlias = str
"""Names a record without its number: `ideas/knee-cap`, or a line, `meetings/2026-01-13-ruth-weekly#^log-1a2b3c4d`."""

INBOX = "inbox"
"""The sheet of the lines that stand in no meeting and came from no file."""
JUDGEMENTS = "judgements"
"""The one sheet of tensions, guesses and pins."""


@dataclass(frozen=True, slots=True)
class PersonSheet:
    handle: str
    name: str
    email: str | None
    is_me: bool
    note: str | None


@dataclass(frozen=True, slots=True)
class ProjectSheet:
    slug: str
    name: str
    pitch: str | None
    goal: str | None
    glossary: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SeriesSheet:
    slug: str
    title: str
    role: str
    project: str | None
    rrule: str | None
    starts_at: str | None
    zone: str | None
    minutes: int | None
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepSheet:
    """One event of an idea that no line of a meeting made; `evidence` are links, and texts after a `:`."""

    at: str
    zone: str
    status: str | None
    confidence: int | None
    because: str
    mood: bool
    revive_if: str | None
    revisit_when: str | None
    by: str | None
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IdeaSheet:
    slug: str
    title: str
    claim: str | None
    resolve_by: str | None
    outcome: bool | None
    project: str | None
    visibility: str
    resolved_at: str | None
    history: tuple[StepSheet, ...]


@dataclass(frozen=True, slots=True)
class ReadingSheet:
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
    visibility: str
    at: str
    zone: str
    ideas: tuple[str, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionStepSheet:
    state: str
    at: str
    zone: str
    due: str | None
    because: str
    meeting: str | None


@dataclass(frozen=True, slots=True)
class ActionSheet:
    owner: str | None
    due: str | None
    done_test: str | None
    root: Link | None
    steps: tuple[ActionStepSheet, ...]


@dataclass(frozen=True, slots=True)
class EntrySheet:
    """One line. `said_by` is the handle that the line itself names; `at` is None in an undated free note."""

    anchor: str
    kind: str
    visibility: str
    said_by: str | None
    text: str
    speaker: str | None
    at: str | None
    zone: str | None
    project: str | None
    answers: Link | None
    tags: tuple[tuple[str, str, str | None], ...] = ()
    action: ActionSheet | None = None
    step: StepSheet | None = None


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """`adviser` is who is taken to speak advice that names nobody.

    `stands_for` is the date of its series' rule that it was moved away from.
    """

    slug: str
    series: str | None
    project: str | None
    title: str | None
    role: str | None
    starts_at: str
    zone: str
    minutes: int | None
    status: str
    agenda: str
    ended_at: str | None
    expect: str
    people: tuple[str, ...]
    adviser: str | None
    entries: tuple[EntrySheet, ...]
    stands_for: str | None = None


@dataclass(frozen=True, slots=True)
class InboxSheet:
    """Lines outside meetings: `slug` is `inbox`, or the id of the undated file that they came from."""

    slug: str
    entries: tuple[EntrySheet, ...]


@dataclass(frozen=True, slots=True)
class DocumentSheet:
    """A document as it was sent."""

    slug: str
    kind: str
    series: str | None
    meeting: str | None
    title: str
    format: str
    body: str
    sha256: str
    as_of: str
    sent_at: str
    zone: str
    supersedes: str | None
    to: tuple[str, ...]
    cites: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True)
class TensionSheet:
    first: Link
    second: Link
    found_at: str
    zone: str
    cause: str | None
    because: str
    resolved_at: str | None
    question: Link | None


@dataclass(frozen=True, slots=True)
class GuessSheet:
    advice: Link
    question: str
    asked_at: str
    zone: str
    verdict: str | None
    real_reason: str | None
    resolved_at: str | None
    reasons: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PinSheet:
    meeting: str
    record: Link
    choice: str


@dataclass(frozen=True, slots=True)
class AttachmentSheet:
    """A file kept by its hash; `line` is the entry or the meeting that it belongs to."""

    sha256: str
    name: str
    media_type: str
    size: int
    belongs_to: Link | None
    visibility: str
    at: str
    zone: str


@dataclass(frozen=True, slots=True)
class JudgementsSheet:
    """What no single meeting or idea holds."""

    slug: str
    tensions: tuple[TensionSheet, ...] = ()
    guesses: tuple[GuessSheet, ...] = ()
    pins: tuple[PinSheet, ...] = ()
    attachments: tuple[AttachmentSheet, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.tensions or self.guesses or self.pins or self.attachments)


Sheet: TypeAlias = (
    PersonSheet
    | ProjectSheet
    | SeriesSheet
    | IdeaSheet
    | ReadingSheet
    | MeetingSheet
    | InboxSheet
    | DocumentSheet
    | JudgementsSheet
)
