"""The term report: how all ideas moved since a day, for a committee or for oneself at the end of a term.

`read` drops what is private (ideas, changes that came from a private line or name a private idea) and what is mood,
and counts the private; `write` is pure. What an idea's status and confidence are is taken from what is left, so that
no number here rests on a line that a reader may not see.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from advisorlog.documents.discretion import discretion
from advisorlog.documents.document import Cite, Curve, Document, Item, Section
from advisorlog.documents.wording import Wording
from advisorlog.domain import calibration, lifecycle
from advisorlog.domain.dates import day_month_year
from advisorlog.domain.kinds import DocumentKind, IdeaStatus, RecordKind, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.domain.sparkline import sparkline
from advisorlog.store.reading import ideas, people
from advisorlog.store.reading.rows import Idea, IdeaEvent, Project

GLANCE, SETTLED, MOVED, DIED, COMING, STILL = 1000, 950, 900, 890, 700, 600
STEP = 12
MOST_CHANGES = 4
"""Changes told of one idea; of a longer way the last ones, and how many came before."""
COMING_DAYS = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Moved:
    """An idea's way: its open, grounded changes up to the report's day, and those since its first day."""

    idea: Idea
    history: tuple[IdeaEvent, ...]
    new: tuple[IdeaEvent, ...]

    @property
    def before(self) -> tuple[IdeaStatus | None, int | None]:
        """Status and confidence (percent) when the report's time began."""
        return _stand(self.history[: len(self.history) - len(self.new)])

    @property
    def after(self) -> tuple[IdeaStatus | None, int | None]:
        return _stand(self.history)

    @property
    def has_died(self) -> bool:
        return self.after[0] in lifecycle.RESTING

    @property
    def is_new(self) -> bool:
        return bool(self.new) and len(self.new) == len(self.history)


@dataclass(frozen=True, slots=True)
class Report:
    """All open ideas between two moments, and the projects they belong to."""

    since: Moment
    until: Moment
    ideas: tuple[Moved, ...]
    projects: tuple[Project, ...]
    titles: dict[str, str]
    names: dict[str, str]
    withheld: int


def read(
    connection: sqlite3.Connection, since: Moment, until: Moment, project_ids: Sequence[int] | None = None
) -> Report:
    """Read what may be told; of some projects where given."""
    found = ideas.ideas(connection, until, project_ids)
    known = {idea.id: idea for idea in found if idea.visibility is Visibility.OPEN}
    discreet = discretion(connection)
    withheld = len(found) - len(known)
    histories: dict[int, list[IdeaEvent]] = {idea_id: [] for idea_id in known}
    for event in ideas.events(connection, known, until):
        told = (event.because, event.revive_if, event.revisit_when)
        if event.visibility is Visibility.PRIVATE or not discreet.allows(*told):
            withheld += 1
        elif not event.mood:
            histories[event.idea_id].append(event)
    moved = (
        Moved(known[idea_id], tuple(history), tuple(event for event in history if event.when.at > since.at))
        for idea_id, history in histories.items()
        if history
    )
    wanted = [idea.project_id for idea in known.values() if idea.project_id is not None]
    return Report(
        since,
        until,
        tuple(moved),
        tuple(people.projects_by_id(connection, wanted)),
        ideas.titles(connection),
        {person.handle: person.name for person in people.people(connection)},
        withheld,
    )


def _stand(history: Sequence[IdeaEvent]) -> tuple[IdeaStatus | None, int | None]:
    return (
        lifecycle.status_at(history, date.max),
        lifecycle.confidence_at(history, date.max).from_evidence,
    )


def write(report: Report, budget: int) -> Document:
    """The report with everything that could be said; `budget.fit` makes it fit."""
    wording = Wording(report.until.day, (), max(14, min(40, budget // 20)), report.titles, report.names)
    moved = sorted((each for each in report.ideas if each.new), key=_weight)
    first = Moment(report.since.at + timedelta(seconds=1), report.since.zone).day
    sections = (
        Section("glance", "At a glance", tuple(_glance(report, moved))),
        Section("settled", "Claims settled", tuple(_settled(report, wording))),
        Section("moved", "Moved", tuple(_moved([each for each in moved if not each.has_died], report, wording))),
        Section("ruled-out", "Ruled out", tuple(_died([each for each in moved if each.has_died], report, wording))),
        Section("coming", "To be known", tuple(_coming(report, wording))),
        Section("still", "Unmoved", tuple(_still(report, wording))),
    )
    return Document(
        kind=DocumentKind.REPORT,
        title=f"Term report: {day_month_year(first)} to {day_month_year(report.until.day)}",
        subtitle=_subtitle(report, wording),
        as_of=report.until.day,
        budget=budget,
        sections=sections,
        closing="" if report.ideas else "There was no idea yet that may be told.",
        withheld=report.withheld,
    )


def _subtitle(report: Report, wording: Wording) -> str:
    return ", ".join(wording.plain(project.name) for project in report.projects)


def _weight(moved: Moved) -> tuple[int, int, str]:
    """Furthest along first, then the greatest change of confidence."""
    status, now = moved.after
    order = (*reversed(lifecycle.LIVING), *lifecycle.RESTING)
    change = abs((now or 0) - (moved.before[1] or 0)) if now is not None else 0
    return (order.index(status) if status else len(order), -change, moved.idea.slug)


def _glance(report: Report, moved: Sequence[Moved]) -> Iterator[Item]:
    if not report.ideas:
        return
    fresh = sum(each.is_new for each in moved)
    parts = [f"{_counted(len(report.ideas), 'idea')}, {len(moved)} of them moved"]
    parts += [f"{fresh} new"] if fresh else []
    became = Counter(each.after[0] for each in moved if each.after[0] is not each.before[0])
    told = (*reversed(lifecycle.LIVING[2:]), *lifecycle.RESTING)
    parts += [f"{became[status]} {status}" for status in told if became[status]]
    yield Item("; ".join(parts), GLANCE)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _settled(report: Report, wording: Wording) -> Iterator[Item]:
    for each in report.ideas:
        idea = each.idea
        seen = idea.resolved.day if idea.resolved else None
        settled = calibration.settled_on(idea.resolve_by, seen, each.history, report.until.day)
        if idea.outcome is None or settled is None or not report.since.day < settled <= report.until.day:
            continue
        said = lifecycle.confidence_at(each.history, settled - timedelta(days=30)).from_evidence
        sure = "" if said is None else f", {said}% sure 30 days before"
        yield Item(
            wording.plain(idea.claim or idea.title),
            SETTLED,
            label="True" if idea.outcome else "False",
            aside=f"{wording.day(settled)}{sure}",
            cites=_cites(idea),
        )


def _moved(moved: Iterable[Moved], report: Report, wording: Wording) -> Iterator[Item]:
    for place, each in enumerate(moved):
        told = _turns(each, each.new)
        details = [_change(event, wording) for event in told[-MOST_CHANGES:]]
        if len(told) > MOST_CHANGES:
            earlier = len(told) - MOST_CHANGES
            details.insert(0, f"{_counted(earlier, 'earlier change')} in the log")
        if best := _best(each, report, wording):
            details.append(best)
        yield Item(
            wording.plain(each.idea.title),
            MOVED - STEP * place,
            label=_status_moved(each),
            aside=_confidence_moved(each),
            details=tuple(details),
            cites=_cites(each.idea),
            curve=_curve(each, report),
        )


def _curve(each: Moved, report: Report) -> Curve | None:
    """Its way as a picture, where there is a way: one percentage is told in words."""
    said = [event for event in each.history if event.confidence is not None]
    return Curve(each.idea, each.history, report.until.day) if len(said) > 1 else None


def _turns(each: Moved, new: Sequence[IdeaEvent]) -> list[IdeaEvent]:
    """The new changes that changed anything, or say how the claim turned out."""
    turning = {event.id for event in lifecycle.turning_points(each.history, date.max)}
    return [event for event in new if event.id in turning or event.because.startswith("Turned out ")]


def _status_moved(each: Moved) -> str:
    before, after = each.before[0], each.after[0]
    if before is after or after is None:
        return str(after or "idea").capitalize()
    return f"{str(before).capitalize()} → {after}" if before else f"New, {after}"


def _confidence_moved(each: Moved) -> str:
    before, after = each.before[1], each.after[1]
    if after is None:
        return ""
    levels = [event.confidence for event in each.history if event.confidence is not None]
    moved = f"{before}% → {after}%" if before is not None and before != after else f"{after}%"
    return f"{moved} {sparkline(levels)}".strip()


def _change(event: IdeaEvent, wording: Wording) -> str:
    moved = ", ".join(
        part for part in (str(event.status or ""), "" if event.confidence is None else f"{event.confidence}%") if part
    )
    because = f": {wording.quote(event.because, event.day)}" if event.because else ""
    by = f" ({wording.plain(event.by_name)})" if event.by_name and event.status in lifecycle.RESTING else ""
    return f"{wording.day(event.day)}, {moved}{because}{by}"


def _best(each: Moved, report: Report, wording: Wording) -> str:
    """The high-water mark and what earned it, where the idea is below it now or it is new."""
    best = lifecycle.high_water_mark(each.history, report.until.day)
    if best is None or best.confidence is None:
        return ""
    evidence = [wording.quote(e.text, e.day or best.day) for e in best.evidence if not e.is_private]
    if best.confidence == each.after[1]:
        return f"Rests on: {evidence[0]}" if evidence and best in each.new else ""
    earned = evidence[0] if evidence else wording.quote(best.because, best.day)
    return f"Highest: {best.confidence}% on {wording.day(best.day)}" + (f", earned by: {earned}" if earned else "")


def _died(moved: Iterable[Moved], report: Report, wording: Wording) -> Iterator[Item]:
    for place, each in enumerate(moved):
        event = next(event for event in reversed(each.history) if event.status)
        again = event.revive_if or event.revisit_when
        verb = "Revive if" if event.revive_if else "Revisit when"
        details = [f"Because: {wording.quote(event.because, event.day)}"] if event.because else []
        details += [f"{verb}: {wording.quote(again, event.day)}"] if again else []
        yield Item(
            wording.plain(each.idea.title),
            DIED - STEP * place,
            label=_status_moved(each),
            aside=wording.day(event.day),
            details=tuple(details),
            cites=_cites(each.idea),
            curve=_curve(each, report),
        )


def _coming(report: Report, wording: Wording) -> Iterator[Item]:
    open_claims = [
        each
        for each in report.ideas
        if each.idea.outcome is None and each.idea.resolve_by and each.idea.claim and not each.has_died
    ]
    for place, each in enumerate(sorted(open_claims, key=lambda each: str(each.idea.resolve_by))):
        due = each.idea.resolve_by
        if due is None or due > report.until.day + COMING_DAYS:
            continue
        sure = each.after[1]
        late = "was to be known" if due < report.until.day else "by"
        yield Item(
            wording.plain(each.idea.claim or each.idea.title),
            COMING - STEP * place,
            label=wording.plain(each.idea.title),
            aside=f"{late} {wording.day(due)}" + ("" if sure is None else f", {sure}% sure"),
            cites=_cites(each.idea),
        )


def _still(report: Report, wording: Wording) -> Iterator[Item]:
    """Living ideas that nothing was said of, in one line; what was settled or ruled out before is not news."""
    still = [each for each in report.ideas if not each.new and not each.has_died]
    lasting = [each for each in still if each.after[0] is not IdeaStatus.PUBLISHED and each.idea.outcome is None]
    if lasting:
        told = "; ".join(
            wording.plain(each.idea.title) + ("" if each.after[1] is None else f" ({each.after[1]}%)")
            for each in lasting
        )
        yield Item(told, STILL, cites=tuple(cite for each in lasting for cite in _cites(each.idea)))


def _cites(idea: Idea) -> tuple[Cite, ...]:
    return (Cite(RecordKind.IDEA, idea.id),)
