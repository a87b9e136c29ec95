"""The report on one idea: what it claims, where it stands, what moved it and what that rests on.

For a reader who was not there. No private change, no mood, nothing that tags a private idea, nothing said to a
mentee: what stays out is counted, and status and confidence are those of what is left.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from advisorlog.documents.discretion import discretion
from advisorlog.documents.document import Cite, Curve, Document, Item, Section
from advisorlog.documents.wording import Wording
from advisorlog.domain import lifecycle
from advisorlog.domain.dates import day_month_year
from advisorlog.domain.kinds import DocumentKind, EntryKind, RecordKind, Role, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError
from advisorlog.store.reading import entries, ideas, people
from advisorlog.store.reading.rows import Entry, Evidence, Idea, IdeaEvent

CLAIM, STANDS, MOVED, SAID = 1000, 990, 900, 700
LONGEST = 80
"""Words of one line."""
TOLD = {
    EntryKind.RESULT: "Result",
    EntryKind.DECISION: "Decided",
    EntryKind.ADVICE: "Advice",
    EntryKind.QUESTION: "Question",
    EntryKind.WIN: "Went well",
}


@dataclass(frozen=True, slots=True)
class Way:
    """An idea as of a moment, with the changes and lines that may be told."""

    idea: Idea
    as_of: Moment
    history: tuple[IdeaEvent, ...]
    said: tuple[Entry, ...]
    project: str
    titles: dict[str, str]
    names: dict[str, str]
    withheld: int


def read(connection: sqlite3.Connection, name: str, as_of: Moment) -> Way:
    """Read what may be told. Raises NotFound, and AdvisorlogError where the idea itself is private."""
    idea = ideas.idea(connection, name, as_of)
    if idea.visibility is Visibility.PRIVATE:
        raise AdvisorlogError(
            f"#{idea.slug} is private: it goes into no document", f"`advisorlog idea show {idea.slug}` shows it to you"
        )
    discreet = discretion(connection)
    every = ideas.events(connection, [idea.id], as_of)
    rests_on = entries.by_ids(
        connection, [each.entry_id for event in every for each in event.evidence if each.entry_id]
    )

    def may_be_told(entry: Entry) -> bool:
        return not entry.is_private and entry.role is not Role.MENTEE and discreet.allows(entry.text)

    def without_secrets(event: IdeaEvent) -> IdeaEvent:
        kept = (each for each in event.evidence if not each.is_private and discreet.allows(each.text))
        return replace(event, evidence=tuple(e for e in kept if not e.entry_id or may_be_told(rests_on[e.entry_id])))

    history = [without_secrets(event) for event in every if not event.mood and event.visibility is Visibility.OPEN]
    history = [e for e in history if discreet.allows(e.because, e.revive_if, e.revisit_when)]
    mentioned = [e for e in entries.mentioning_idea(connection, idea.id, as_of) if e.kind in TOLD]
    said = [entry for entry in mentioned if may_be_told(entry)]
    project = next(iter(people.projects_by_id(connection, [idea.project_id or 0])), None)
    today = as_of.day
    stands = replace(
        idea,
        status=lifecycle.status_at(history, today),
        confidence=lifecycle.confidence_at(history, today).from_evidence,
    )
    return Way(
        stands,
        as_of,
        tuple(history),
        tuple(said),
        project.name if project else "",
        ideas.titles(connection),
        {person.handle: person.name for person in people.people(connection)},
        sum(not event.mood for event in every) - len(history) + len(mentioned) - len(said),
    )


def write(way: Way, budget: int) -> Document:
    """The report with everything that may be said; `budget.fit` makes it fit."""
    wording = Wording(way.as_of.day, (), LONGEST, way.titles, way.names)
    as_of = f"as of {day_month_year(way.as_of.day)}"
    shown = {each.entry_id for event in way.history for each in event.evidence}
    return Document(
        kind=DocumentKind.IDEA,
        title=wording.plain(way.idea.title),
        subtitle=f"{wording.plain(way.project)}, {as_of}" if way.project else as_of,
        as_of=way.as_of.day,
        budget=budget,
        sections=(
            Section("claim", "The claim", tuple(_claim(way.idea, wording))),
            Section("stands", "Where it stands", tuple(_stands(way, wording))),
            Section("moved", "What moved it", tuple(_moves(way.history, wording))),
            Section("said", "What was said of it", tuple(_said([e for e in way.said if e.id not in shown], wording))),
        ),
        withheld=way.withheld,
    )


def _cites(idea: Idea) -> tuple[Cite, ...]:
    return (Cite(RecordKind.IDEA, idea.id),)


def _claim(idea: Idea, wording: Wording) -> Iterator[Item]:
    if not idea.claim:
        return
    if idea.outcome is None:
        known = f"to be known by {wording.day(idea.resolve_by)}" if idea.resolve_by else ""
        yield Item(wording.plain(idea.claim), CLAIM, aside=known, cites=_cites(idea))
        return
    seen = wording.day(idea.resolved.day) if idea.resolved else ""
    label = "Turned out true" if idea.outcome else "Turned out false"
    yield Item(wording.plain(idea.claim), CLAIM, label=label, aside=seen, cites=_cites(idea))


def _stands(way: Way, wording: Wording) -> Iterator[Item]:
    idea, today = way.idea, way.as_of.day
    parts = [str(idea.status or "").capitalize(), "" if idea.confidence is None else f"{idea.confidence}% sure"]
    if standing := ", ".join(part for part in parts if part):
        said = [event for event in way.history if event.confidence is not None]
        curve = Curve(idea, way.history, today) if len(said) > 1 else None
        yield Item(standing, STANDS, cites=_cites(idea), curve=curve)
    best = lifecycle.high_water_mark(way.history, today)
    if best and best.confidence is not None and best.confidence != idea.confidence:
        because = f": {wording.quote(best.because, best.day)}" if best.because else ""
        yield Item(f"{best.confidence}% on {wording.day(best.day)}{because}", STANDS - 1, label="Highest")
    resting = next((event for event in reversed(way.history) if event.status), None)
    if resting and resting.status in lifecycle.RESTING:
        if resting.revive_if:
            yield Item(wording.quote(resting.revive_if, resting.day), STANDS - 2, label="Revive if")
        if resting.revisit_when:
            yield Item(wording.quote(resting.revisit_when, resting.day), STANDS - 2, label="Revisit when")


def _moves(history: tuple[IdeaEvent, ...], wording: Wording) -> Iterator[Item]:
    """Every change that changed anything, oldest first; the newest are kept longest."""
    turning = lifecycle.turning_points(history, date.max)
    for place, event in enumerate(turning):
        moved = ", ".join(
            part
            for part in (str(event.status or ""), "" if event.confidence is None else f"{event.confidence}%")
            if part
        )
        by = f" ({wording.plain(event.by_name)})" if event.by_name and event.status in lifecycle.RESTING else ""
        yield Item(
            (wording.quote(event.because, event.day) or "no reason was kept") + by,
            MOVED - (len(turning) - place),
            label=f"{wording.day(event.day)}, {moved}",
            details=tuple(_evidence(each, event, wording) for each in event.evidence),
            cites=(
                Cite(RecordKind.IDEA_EVENT, event.id),
                *(Cite(RecordKind.ENTRY, each.entry_id) for each in event.evidence if each.entry_id),
                *(Cite(RecordKind.READING, each.reading_id) for each in event.evidence if each.reading_id),
            ),
        )


def _evidence(each: Evidence, event: IdeaEvent, wording: Wording) -> str:
    what = "Rests on the paper" if each.reading_id else "Rests on"
    day = f" ({wording.day(each.day)})" if each.day and not each.reading_id else ""
    return f"{what}: {wording.quote(each.text, each.day or event.day)}{day}"


def _said(said: list[Entry], wording: Wording) -> Iterator[Item]:
    """Newest first."""
    for place, entry in enumerate(said):
        who = f" from {wording.plain(entry.speaker_name)}" if entry.speaker_name and not entry.said_by_me else ""
        yield Item(
            wording.quote(entry.text, entry.said.day),
            SAID - place,
            label=f"{TOLD[entry.kind]}{who}",
            aside=wording.day(entry.said.day),
            cites=(Cite(RecordKind.ENTRY, entry.id),),
        )
