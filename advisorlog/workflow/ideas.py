"""Ideas: a claim that can turn out true or false, its status and confidence, and what moved them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import select

from advisorlog.domain import lifecycle
from advisorlog.domain.kinds import IdeaStatus, Visibility
from advisorlog.domain.lifecycle import Change as Step
from advisorlog.domain.moments import Moment
from advisorlog.domain.slug import idea_slug
from advisorlog.errors import AdvisorlogError, NotFound
from advisorlog.store import lines, names
from advisorlog.store.reading import entries as entries_reading
from advisorlog.store.reading import ideas as reading
from advisorlog.store.reading import meetings, people
from advisorlog.store.reading.rows import Idea as IdeaRead
from advisorlog.store.tables import Evidence, Idea, IdeaEvent
from advisorlog.workflow.changing import Change, changing
from advisorlog.workflow.naming import chosen_slug
from advisorlog.workflow.people import Made


@dataclass(frozen=True, slots=True)
class IdeaFields:
    """What is to be said of an idea; None leaves it as it is, an empty text takes it out."""

    title: str | None = None
    claim: str | None = None
    resolve_by: date | None = None
    project: str | None = None
    visibility: Visibility | None = None
    outcome: bool | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something moved: words, and the records that it rests on.

    `evidence` are numbers of entries, or short names of readings; `mood` marks a feeling, which is no evidence.
    """

    because: str = ""
    evidence: Sequence[str] = ()
    mood: bool = False


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a new idea begins."""

    status: IdeaStatus = IdeaStatus.SPARK
    confidence: int | None = None
    reason: Reason = Reason()


@dataclass(frozen=True, slots=True)
class Moved:
    """A change of status or confidence: from what, to what."""

    slug: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """A claim that turned out true or false, and how sure one was when that was seen, in percent.

    `from_evidence` is what counts for calibration; `confidence` differs from it where a mood was said last.
    """

    slug: str
    outcome: bool
    confidence: int | None
    from_evidence: int | None

    @property
    def sure(self) -> str:
        """`You were 70% sure of it`, or nothing where it was never said."""
        if self.confidence is None:
            return ""
        if self.from_evidence in (None, self.confidence):
            return f"You were {self.confidence}% sure of it"
        return f"You were {self.from_evidence}% sure of it by the evidence, {self.confidence}% by mood"


def new(log: Path, now: Moment, title: str, slug: str | None, fields: IdeaFields, begins: Beginning) -> Made:
    """Add an idea; earlier lines with its `#slug` count for it from now on, confidences included.

    Where no project is named it is given the one that it most likely belongs to: an idea of none is in no brief.
    """
    with changing(log, f"idea new {_public(title, fields)}", now) as change:
        taken = change.session.exec(select(Idea.slug)).all()
        chosen = chosen_slug("idea", title, slug, taken, idea_slug)
        lifecycle.check_move(None, begins.status, begins.reason.because)
        row = Idea(slug=chosen, title=title.strip(), project_id=_likely_project(change, chosen))
        idea_id = _write(change, row, fields)
        event = IdeaEvent(
            idea_id=idea_id,
            at=now.stored,
            zone=now.zone,
            status=begins.status,
            confidence=begins.confidence,
            because=begins.reason.because.strip(),
            mood=begins.reason.mood,
            by_id=names.me(change.connection),
        )
        _store_evidence(change, change.add(event), begins.reason.evidence)
        return Made(chosen, lines.adopt_idea(change.connection, idea_id, chosen))


def _likely_project(change: Change, slug: str) -> int | None:
    """That of the latest line that names the idea already, or of the meeting under way, or the log's only one."""
    row = change.connection.execute(
        "SELECT e.project_id FROM mention m JOIN entries e ON e.id = m.entry_id "
        "WHERE m.mark = '#' AND m.name = ? AND e.project_id IS NOT NULL ORDER BY e.at DESC LIMIT 1",
        (names.key(slug),),
    ).fetchone()
    if row is not None:
        return int(row["project_id"])
    meeting = meetings.under_way(change.connection, change.now)
    if meeting is not None and meeting.project_id is not None:
        return meeting.project_id
    every = people.projects(change.connection)
    return every[0].id if len(every) == 1 else None


def edit(log: Path, now: Moment, name: str, fields: IdeaFields) -> str:
    """Change what is said of an idea; its status and confidence move by `move` and `confidence`."""
    with changing(log, f"idea edit {name}", now) as change:
        row = change.get(Idea, change.resolve("idea", name.removeprefix("#")))
        _write(change, row, fields)
        return row.slug


def move(
    log: Path,
    now: Moment,
    name: str,
    status: IdeaStatus,
    reason: Reason,
    revive_if: str = "",
    revisit_when: str = "",
    confidence: int | None = None,
) -> Moved:
    """Move an idea's status. Raises LifecycleError where it can't move there, or the because is missing."""
    with changing(log, f"idea move {name.removeprefix('#')} {status}", now) as change:
        idea, steps = _history(change, name)
        before = lifecycle.status_at(steps, now.day)
        lifecycle.check_move(before, status, reason.because, lifecycle.status_before_rest(steps, now.day))
        event = IdeaEvent(
            idea_id=idea.id,
            at=now.stored,
            zone=now.zone,
            status=status,
            confidence=confidence,
            because=reason.because.strip(),
            mood=reason.mood,
            revive_if=revive_if.strip() or None,
            revisit_when=revisit_when.strip() or None,
            by_id=names.me(change.connection),
        )
        _store_evidence(change, change.add(event), reason.evidence)
        return Moved(idea.slug, str(before or "new"), str(status))


def set_confidence(log: Path, now: Moment, name: str, confidence: int, reason: Reason) -> Moved:
    """Say how sure one is now, in percent. It needs its because, or must be marked as mood."""
    if not reason.because.strip() and not reason.mood:
        raise AdvisorlogError(
            "A change of confidence needs what moved it", "Say it with --because, or mark it as mood with --mood"
        )
    with changing(log, f"idea confidence {name.removeprefix('#')} {confidence}", now) as change:
        idea, _ = _history(change, name)
        event = IdeaEvent(
            idea_id=idea.id,
            at=now.stored,
            zone=now.zone,
            confidence=confidence,
            because=reason.because.strip(),
            mood=reason.mood,
            by_id=names.me(change.connection),
        )
        _store_evidence(change, change.add(event), reason.evidence)
        before = "" if idea.confidence is None else f"{idea.confidence}%"
        return Moved(idea.slug, before, f"{confidence}%")


def resolve(log: Path, now: Moment, name: str, outcome: bool, reason: Reason, seen: Moment | None = None) -> Resolved:
    """Keep how an idea's claim turned out, when that was seen (now, unless given), and why.

    Raises AdvisorlogError where it has no claim, no because is given, or it was resolved already.
    """
    if not reason.because.strip():
        raise AdvisorlogError("An outcome needs its because", "Say what was seen with --because")
    with changing(log, f"idea resolve {name.removeprefix('#')} {str(outcome).lower()}", now) as change:
        idea, steps = _history(change, name)
        if not idea.claim:
            raise AdvisorlogError(
                f"#{idea.slug} has no claim that could turn out true or false",
                f"`advisorlog idea edit {idea.slug} --claim TEXT` gives it one",
            )
        if idea.outcome is not None:
            raise AdvisorlogError(
                f"#{idea.slug} turned out {str(idea.outcome).lower()} already",
                "`advisorlog undo` takes that back, `idea edit --outcome` corrects it",
            )
        when = seen or now
        row = change.get(Idea, idea.id)
        row.outcome, row.resolved_at = outcome, when.stored
        change.add(row)
        event = IdeaEvent(
            idea_id=idea.id,
            at=when.stored,
            zone=when.zone,
            # An event says a status or a confidence: the one it had, for an outcome moves neither.
            status=idea.status or (IdeaStatus.SPARK if idea.confidence is None else None),
            confidence=None if idea.status else idea.confidence,
            because=f"Turned out {str(outcome).lower()}: {reason.because.strip()}",
            by_id=names.me(change.connection),
        )
        _store_evidence(change, change.add(event), reason.evidence)
        stood = lifecycle.confidence_at(steps, when.local.date())
        return Resolved(idea.slug, outcome, stood.said, stood.from_evidence)


def remove(log: Path, now: Moment, name: str) -> str:
    """Take an idea out with its history; lines that name it stay. Returns its slug."""
    with changing(log, f"idea rm {name.removeprefix('#')}", now) as change:
        row = change.get(Idea, change.resolve("idea", name.removeprefix("#")))
        change.remove(row)
        return row.slug


def _public(title: str, fields: IdeaFields) -> str:
    """What history calls a new idea; the words of a private one stay out of it."""
    return "(private)" if fields.visibility is Visibility.PRIVATE else title


def _write(change: Change, row: Idea, fields: IdeaFields) -> int:
    if fields.title is not None:
        if not fields.title.strip():
            raise AdvisorlogError("An idea needs a title", "Give one, or leave it as it is")
        row.title = fields.title.strip()
    if fields.claim is not None:
        row.claim = fields.claim.strip() or None
    if fields.resolve_by is not None:
        row.resolve_by = fields.resolve_by.isoformat()
    if fields.project is not None:
        row.project_id = change.resolve("project", fields.project) if fields.project else None
    if fields.visibility is not None:
        row.visibility = fields.visibility
    if fields.outcome is not None:
        row.outcome, row.resolved_at = fields.outcome, change.now.stored
    return change.add(row)


def _history(change: Change, name: str) -> tuple[IdeaRead, list[Step]]:
    idea = reading.idea(change.connection, name, change.now)
    events = reading.events(change.connection, [idea.id], change.now)
    return idea, [Step(event.when.day, event.status, event.confidence, event.mood) for event in events]


def _store_evidence(change: Change, event_id: int, evidence: Sequence[str]) -> None:
    for each in evidence:
        typed = each.strip().removeprefix("#")
        if typed.isdecimal() and len(typed) < 18:
            entry_id = entries_reading.entry(change.connection, int(typed)).id
            change.add(Evidence(event_id=event_id, entry_id=entry_id))
            continue
        try:
            change.add(Evidence(event_id=event_id, reading_id=change.resolve("reading", typed)))
        except NotFound:
            if " " not in typed:
                raise
            change.add(Evidence(event_id=event_id, text=each.strip()))
