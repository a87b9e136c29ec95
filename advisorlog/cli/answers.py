"""What every command prints with `--json` (or `--format json`), as JSON Schema: `advisorlog schema` shows it.

Made of the same dataclasses as the output. Loaded by `schema` alone.
"""

from datetime import date

from advisorlog.cli.shapes import Shape, listed, obj, of, record
from advisorlog.documents.best_times import BestTimes
from advisorlog.documents.comparison import Comparison
from advisorlog.domain.guess import Rate
from advisorlog.domain.kinds import DocumentKind, EntryKind, RecordKind, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.domain.proposing.proposal import Proposal
from advisorlog.domain.stateless.findings import Finding as Unclear
from advisorlog.store.doctor import Finding as Fault
from advisorlog.store.reading.guesses import Guess
from advisorlog.store.reading.rows import (
    Action,
    Attachment,
    Entry,
    Evidence,
    Idea,
    IdeaEvent,
    Meeting,
    Person,
    Project,
    Reading,
    Series,
)
from advisorlog.store.reading.tensions import Tension
from advisorlog.store.search import Hit
from advisorlog.store.undo import Change
from advisorlog.workflow.calibrating import Calibration
from advisorlog.workflow.exporting import Exported
from advisorlog.workflow.importing.report import Report
from advisorlog.workflow.meaning.facts import Facts
from advisorlog.workflow.syncing import Synced

ENTRY = record(Entry, "is_private")
ACTION = record(Action, "state", "is_open", "due", "times_carried")
ATTACHMENT = record(Attachment, "is_private")
IDEA = record(Idea, project=str | None)
MEETING = record(Meeting, "name")
PROJECT = record(Project, glossary={"type": "object", "additionalProperties": {"type": "string"}})
SERIES = record(Series, next=Moment | None, project=str | None)

DOCUMENT = obj(
    kind=DocumentKind,
    title=str,
    subtitle=str,
    as_of=date,
    budget_words=int,
    withheld=int,
    sections=listed(
        obj(
            key=str,
            title=str,
            more=int,
            items=listed(
                obj(
                    label=str,
                    text=str,
                    aside=str,
                    details=list[str],
                    is_quote=bool,
                    cites=listed(obj(record=RecordKind, record_id=int)),
                )
            ),
        )
    ),
    left_out=str,
    closing=str,
)
_PAIR = obj(label=str, why=list[str], rank=float, first=ENTRY, second=ENTRY, question_id=int | None)
_RESTING = record(
    Idea,
    because=str,
    by=str | None,
    on=date,
    evidence=tuple[Evidence, ...],
    revive_if=str | None,
    revisit_when=str | None,
    due=date | None,
    is_due=bool,
)
_BACKUPS = listed(obj(path=str, bytes=int, written=Moment))
_STORED = obj(
    entry_id=int,
    kind=EntryKind,
    visibility=Visibility,
    text=str,
    meeting=str | None,
    action_id=int | None,
    due=date | None,
    owner=str | None,
    unknown=list[str],
    misread=list[str],
    troubles=list[str],
)

ANSWERS: dict[str, Shape] = {
    "brief": DOCUMENT,
    "add": obj(stored=listed(_STORED), refused=listed(obj(typed=str, why=str))),
    "attach": obj(
        attached=listed(record(Attachment, "is_private", is_new=bool)), refused=listed(obj(file=str, why=str))
    ),
    "todo": DOCUMENT,
    "report": DOCUMENT,
    "check": listed(of(Unclear)),
    "propose": listed(record(Proposal, line=str, line_number=int, origin=str)),
    "search": {"anyOf": [listed(of(Hit)), listed(record(Hit, score=float))]},
    "tension list": {"anyOf": [listed(_PAIR), listed(record(Tension, first=ENTRY, second=ENTRY))]},
    "tension compare": record(Comparison),
    "guess new": record(Guess),
    "guess list": listed(of(Guess)),
    "guess rate": listed(record(Rate, "tested", "share")),
    "project list": listed(PROJECT),
    "project show": PROJECT,
    "person list": listed(of(Person)),
    "person show": record(Person),
    "series list": listed(SERIES),
    "series show": SERIES,
    "meeting list": listed(MEETING),
    "meeting show": record(Meeting, "name", project=str | None, entries=listed(ENTRY), attachments=listed(ATTACHMENT)),
    "meeting record": DOCUMENT,
    "entry list": listed(ENTRY),
    "entry show": ENTRY,
    "action list": listed(ACTION),
    "action show": ACTION,
    "idea list": listed(IDEA),
    "idea show": record(
        Idea,
        project=str | None,
        events=tuple[IdeaEvent, ...],
        high_water_mark=IdeaEvent | None,
        readings=listed(of(Reading)),
        attachments=listed(ATTACHMENT),
    ),
    "idea report": DOCUMENT,
    "idea bayes": obj(slug=str, prior=int, ratio=float, posterior=int, meaning=str, kept=bool),
    "idea graveyard": listed(_RESTING),
    "reading list": listed(of(Reading)),
    "reading show": record(Reading),
    "attachment list": listed(ATTACHMENT),
    "attachment show": record(Attachment, "is_private", path=str, is_there=bool),
    "best-times": record(BestTimes),
    "calibration": record(Calibration),
    "import": record(Report),
    "meaning status": record(Facts),
    "export vault": record(Exported),
    "vault sync": record(Synced),
    "export mentee": DOCUMENT,
    "history": listed(of(Change)),
    "backup": {"anyOf": [obj(path=str, bytes=int), _BACKUPS]},
    "restore": {"anyOf": [obj(restored=str, kept=str | None), _BACKUPS]},
    "doctor": obj(log=str, findings=listed(of(Fault))),
    "paths": obj(log=str, backups=str, config=str, templates=str, zone=str),
    "templates list": listed(obj(name=str, own=bool, path=str)),
}
"""By command; in the order of the reference."""
