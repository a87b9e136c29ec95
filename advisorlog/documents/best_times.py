"""Best times: wins, ideas that held, and results that raised confidence, each with how sure one was then. Private.

For the day on which confidence has sunk and no evidence has sunk it: what went well is easily forgotten then.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from advisorlog.documents.document import Cite, Item, Section
from advisorlog.documents.wording import Wording
from advisorlog.domain import lifecycle
from advisorlog.domain.kinds import EntryKind, IdeaStatus, RecordKind
from advisorlog.domain.moments import Moment
from advisorlog.store.reading import entries, ideas
from advisorlog.store.reading.rows import Idea, IdeaEvent

DROPPED, BEST = 950, 940
STEP = 20
SHOWN = 6
"""Best times on a prep sheet: enough to believe it, few enough to be read."""
HELD = (IdeaStatus.VALIDATED, IdeaStatus.PUBLISHED)
EVER = timedelta(days=365 * 60)


@dataclass(frozen=True, slots=True)
class BestTime:
    """Something that went well: what it was (`win`, `result`, `validated`, `published`, `came true`), when, in which
    words; the idea it was about, and one's own confidence in that idea (percent) at the end of that day."""

    what: str
    day: date
    text: str
    idea: str | None
    sure: int | None
    record: RecordKind
    record_id: int


@dataclass(frozen=True, slots=True)
class Drop:
    """A confidence that mood holds below where evidence left it (percent)."""

    idea: Idea
    event: IdeaEvent
    from_evidence: int


@dataclass(frozen=True, slots=True)
class BestTimes:
    """The best times, newest first, and the drops by mood that call for them."""

    times: tuple[BestTime, ...]
    drops: tuple[Drop, ...]


def read(
    connection: sqlite3.Connection, until: Moment, since: Moment | None = None, project_ids: Sequence[int] | None = None
) -> BestTimes:
    """Read what went well after `since` (ever, without it); private records too. `project_ids` bounds ideas alone:
    a win is a win wherever it was."""
    known = {idea.id: idea for idea in ideas.ideas(connection, until, project_ids)}
    histories: dict[int, list[IdeaEvent]] = {idea_id: [] for idea_id in known}
    for event in ideas.events(connection, histories, until):
        histories[event.idea_id].append(event)
    start = since or Moment(until.at - EVER, until.zone)
    times = [
        *_said(connection, start, until, known, histories),
        *(time for idea in known.values() for time in _of_idea(idea, histories[idea.id], start)),
    ]
    times.sort(key=lambda time: (time.day, time.what in HELD, time.record_id), reverse=True)
    return BestTimes(tuple(times), tuple(_drops(known.values(), histories, until)))


def _said(
    connection: sqlite3.Connection,
    since: Moment,
    until: Moment,
    known: dict[int, Idea],
    histories: dict[int, list[IdeaEvent]],
) -> Iterator[BestTime]:
    """Every win; and of the results those that raised the confidence in an idea, as its evidence says."""
    raised = {
        evidence.entry_id: event.idea_id
        for history in histories.values()
        for event in _rises(history)
        for evidence in event.evidence
        if evidence.entry_id is not None
    }
    found = entries.said_between(connection, (EntryKind.WIN, EntryKind.RESULT), since, until)
    named = entries.ideas_of(connection, [entry.id for entry in found])
    for entry in found:
        about = next((i for i in (raised.get(entry.id), *named.get(entry.id, ())) if i in known), None)
        if entry.kind is EntryKind.RESULT and entry.id not in raised:
            continue
        yield BestTime(
            str(entry.kind), entry.said.day, entry.text, known[about].slug if about is not None else None,
            _sure(histories[about], entry.said.day) if about is not None else None, RecordKind.ENTRY, entry.id,
        )  # fmt: skip


def _rises(history: Sequence[IdeaEvent]) -> Iterator[IdeaEvent]:
    """The changes by evidence that left the confidence higher than the evidence before."""
    before: int | None = None
    for event in history:
        if event.confidence is None or event.mood:
            continue
        if before is None or event.confidence > before:
            yield event
        before = event.confidence


def _of_idea(idea: Idea, history: Sequence[IdeaEvent], since: Moment) -> Iterator[BestTime]:
    for event in history:
        if event.status in HELD and event.when.at > since.at:
            text = f"{idea.title}: {event.because}" if event.because else idea.title
            sure = _sure(history, event.day)
            yield BestTime(str(event.status), event.day, text, idea.slug, sure, RecordKind.IDEA, idea.id)
    if idea.outcome and idea.resolved and idea.resolved.at > since.at:
        day = idea.resolved.day
        text = idea.claim or idea.title
        yield BestTime("came true", day, text, idea.slug, _sure(history, day), RecordKind.IDEA, idea.id)


def _sure(history: Sequence[IdeaEvent], day: date) -> int | None:
    """One's own confidence then, moods included: that one doubted even on the best days is worth seeing."""
    return lifecycle.confidence_at(history, day).said


def _drops(known: Iterable[Idea], histories: dict[int, list[IdeaEvent]], until: Moment) -> Iterator[Drop]:
    for idea in known:
        low = lifecycle.dropped_by_mood(histories[idea.id], until.day)
        grounded = lifecycle.confidence_at(histories[idea.id], until.day).from_evidence
        if low is not None and grounded is not None and idea.status not in lifecycle.RESTING:
            yield Drop(idea, low, grounded)


def sections(best: BestTimes, wording: Wording) -> tuple[Section, ...]:
    """For the prep sheet: nothing unless a mood, and no evidence, has lowered a confidence."""
    if not best.drops:
        return ()
    drops = (
        Item(
            wording.plain(drop.idea.title),
            DROPPED - STEP * place,
            label=f"{drop.event.confidence}%, but {drop.from_evidence}% by the evidence",
            aside=": ".join(p for p in (wording.day(drop.event.day), wording.plain(drop.event.because)) if p),
            cites=(Cite(RecordKind.IDEA, drop.idea.id),),
        )
        for place, drop in enumerate(best.drops)
    )
    times = (_item(time, BEST - STEP * place, wording) for place, time in enumerate(best.times[:SHOWN]))
    return (
        Section("dropped", "Lower by mood than by evidence", tuple(drops)),
        Section("best", "Best times", tuple(times), more=max(0, len(best.times) - SHOWN), more_of=MORE),
    )


MORE = "more: `advisorlog best-times`"


def _item(time: BestTime, rank: int, wording: Wording) -> Item:
    sure = "" if time.sure is None else f", you were {time.sure}% sure"
    return Item(
        wording.quote(time.text, time.day),
        rank,
        label=time.what.capitalize(),
        aside=f"{wording.day(time.day)}{sure}",
        is_quote=time.record is RecordKind.ENTRY,
        cites=(Cite(time.record, time.record_id),),
    )
