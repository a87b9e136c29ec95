"""What a Markdown file says, as plain dataclasses: no store, no names resolved, nothing looked up."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias

from advisorlog.domain.grammar import Line
from advisorlog.domain.kinds import ActionState, EntryKind, IdeaStatus, MeetingStatus, Role, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.vault.calendar.notes import CalendarNote
from advisorlog.vault.exactly import Told


@dataclass(frozen=True, slots=True)
class ActionEventNote:
    """`- 2022-09-20 carried ^2022-09-27: the cluster was down` below a todo.

    `at` is set only where the file gives a time beside the date.
    """

    line_number: int
    day: date
    state: ActionState
    due: date | None = None
    because: str = ""
    at: Moment | None = None
    meeting: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerNote:
    """`- answered 2022-09-20: spring` below a question; the date may be missing."""

    line_number: int
    day: date | None
    text: str
    at: Moment | None = None


@dataclass(frozen=True, slots=True)
class NoteEntry:
    """One entry of a body.

    `item` is the list item (or paragraph, or block) as the file has it, without its bullet, its nested lines
    moved left by the bullet's width, and without the details below; `line.lead + line.text == item`.
    `under` is the line number of the entry that this one was nested below, if it was. `anchor` and `told` are what a
    block id and a comment of ours add (`vault.exactly`). `own` are the numbers of the lines that hold the words, and
    `details` of those below that say more of it; lines of nested entries are in neither.
    """

    line_number: int
    item: str
    line: Line
    done_test: str | None = None
    root: str | None = None
    events: tuple[ActionEventNote, ...] = ()
    answers: tuple[AnswerNote, ...] = ()
    under: int | None = None
    anchor: str | None = None
    told: Told = field(default_factory=dict[str, str | None])
    own: tuple[int, ...] = ()
    details: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One point of `## Agenda`, nested lines included."""

    line_number: int
    text: str


@dataclass(frozen=True, slots=True)
class ProjectNote:
    """`kind: project`; the glossary in the file's order, `body` is the text below the front matter."""

    path: Path
    source: bytes
    id: str
    name: str
    pitch: str | None = None
    goal: str | None = None
    glossary: tuple[tuple[str, str], ...] = ()
    body: str = ""


@dataclass(frozen=True, slots=True)
class PersonNote:
    """`kind: person`; `id` is the handle, `is_me` marks the owner of the log."""

    path: Path
    source: bytes
    id: str
    name: str
    email: str | None = None
    is_me: bool = False
    body: str = ""


@dataclass(frozen=True, slots=True)
class SeriesNote:
    """`kind: series`; `people` as the file names them, `since` the first meeting."""

    path: Path
    source: bytes
    id: str
    title: str
    people: tuple[str, ...] = ()
    role: Role | None = None
    project: str | None = None
    rrule: str | None = None
    zone: str | None = None
    since: Moment | None = None
    minutes: int | None = None
    body: str = ""


@dataclass(frozen=True, slots=True)
class MeetingNote:
    """`kind: meeting`; `series` is a title or an id, `start.zone` the zone or offset that the file gives."""

    path: Path
    source: bytes
    id: str
    start: Moment
    title: str | None = None
    series: str | None = None
    people: tuple[str, ...] = ()
    role: Role | None = None
    project: str | None = None
    minutes: int | None = None
    status: MeetingStatus = MeetingStatus.HELD
    agenda: tuple[AgendaItem, ...] = ()
    entries: tuple[NoteEntry, ...] = ()
    ended: Moment | None = None
    expect: str | None = None
    whole_agenda: str | None = None
    stands_for: Moment | None = None


@dataclass(frozen=True, slots=True)
class InboxNote:
    """`kind: inbox`: lines that stand in no meeting."""

    path: Path
    source: bytes
    id: str
    entries: tuple[NoteEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentNote:
    """`kind: document`: a document as it was sent; `body` is exactly its words."""

    path: Path
    source: bytes
    id: str
    document: str
    title: str
    format: str
    body: str
    sha256: str
    as_of: Moment
    sent: Moment
    series: str | None = None
    meeting: str | None = None
    supersedes: str | None = None
    to: tuple[str, ...] = ()
    cites: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class JudgementsNote:
    """`kind: judgements`: tensions, guesses, pins and the list of attachments, each a mapping of texts."""

    path: Path
    source: bytes
    id: str
    tensions: tuple[Told, ...] = ()
    guesses: tuple[Told, ...] = ()
    pins: tuple[Told, ...] = ()
    attachments: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class IdeaEventNote:
    """One step of an idea's history: a status, a confidence (percent), or both, with its because.

    `at` is set only where the file gives a time beside the date; `evidence` holds texts or ids as written.
    """

    line_number: int
    day: date
    status: IdeaStatus | None = None
    confidence: int | None = None
    because: str = ""
    evidence: tuple[str, ...] = ()
    mood: bool = False
    revive_if: str | None = None
    revisit_when: str | None = None
    by: str | None = None
    at: Moment | None = None


@dataclass(frozen=True, slots=True)
class IdeaNote:
    """`kind: idea`; `id` is the slug, `history` in the file's order."""

    path: Path
    source: bytes
    id: str
    title: str
    claim: str | None = None
    resolve_by: date | None = None
    outcome: bool | None = None
    project: str | None = None
    visibility: Visibility = Visibility.OPEN
    history: tuple[IdeaEventNote, ...] = ()
    body: str = ""
    resolved: date | None = None
    resolved_at: Moment | None = None


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """`kind: reading`; the five sections verbatim, `rest` is what stands outside them, headings included."""

    path: Path
    source: bytes
    id: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    url: str | None = None
    doi: str | None = None
    keywords: tuple[str, ...] = ()
    ideas: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    day: date | None = None
    at: Moment | None = None
    visibility: Visibility = Visibility.OPEN
    motivation: str | None = None
    solution: str | None = None
    results: str | None = None
    detail: str | None = None
    thoughts: str | None = None
    rest: str = ""


@dataclass(frozen=True, slots=True)
class FreeNote:
    """Markdown without our front matter: a meeting if it has a date, else notes.

    `start` is that day as a moment (midnight where only a day is given), `id` comes from the front matter or, when
    it has none, from the file's place below the folder that was read. `people` are whom its front matter names as
    present; they count only in a meeting.
    """

    path: Path
    source: bytes
    id: str
    title: str | None = None
    day: date | None = None
    start: Moment | None = None
    agenda: tuple[AgendaItem, ...] = ()
    entries: tuple[NoteEntry, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of another tool's file, in that tool's words.

    `key` stays the same when the file comes again, also after an edit where the tool gives an id. `text` is exact;
    its further lines may hold fields that have no place in a record (`priority: H`). `tags` and `project` count
    where an idea or a project of that name exists, and are named in `text` in any case. `speaker` is a name; it
    counts in a meeting. Without `at` it was said when it came in, and without `closed_at` closed then.
    """

    key: str
    line_number: int
    text: str
    kind: EntryKind = EntryKind.NOTE
    at: Moment | None = None
    visibility: Visibility = Visibility.OPEN
    tags: tuple[str, ...] = ()
    project: str | None = None
    due: date | None = None
    closed: ActionState | None = None
    closed_at: Moment | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class ListNote:
    """A file of another tool: its items, in no meeting, or where `start` is given, in the meeting that it records.

    `kept` names the fields that are kept as text, with how many items have them.
    """

    path: Path
    source: bytes
    id: str
    format: str
    items: tuple[Item, ...]
    kept: tuple[tuple[str, int], ...] = ()
    title: str | None = None
    start: Moment | None = None
    people: tuple[str, ...] = ()


Note: TypeAlias = (
    ProjectNote
    | PersonNote
    | SeriesNote
    | MeetingNote
    | IdeaNote
    | ReadingNote
    | FreeNote
    | ListNote
    | CalendarNote
    | InboxNote
    | DocumentNote
    | JudgementsNote
)
