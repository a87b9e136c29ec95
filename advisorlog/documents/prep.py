"""The prep sheet: what the student alone should have in mind. Never sent, never part of a brief."""

import sqlite3
from dataclasses import dataclass
from datetime import timedelta

from advisorlog.documents import best_times, reviving, unsettled
from advisorlog.documents.best_times import BestTimes
from advisorlog.documents.brief import wording_for
from advisorlog.documents.document import Cite, Document, Item, Section
from advisorlog.documents.reviving import Reviving
from advisorlog.documents.standing import RECENT, Standing
from advisorlog.documents.unsettled import NOTHING, Unsettled
from advisorlog.documents.wording import Wording
from advisorlog.domain import ask as asking
from advisorlog.domain.kinds import DocumentKind, EntryKind, RecordKind
from advisorlog.domain.moments import Moment
from advisorlog.store.reading import entries, ideas
from advisorlog.store.reading.rows import Entry, Idea, IdeaEvent

CARRIED_TOO_OFTEN = 3
BEST_TIMES = timedelta(weeks=52)


@dataclass(frozen=True, slots=True)
class Prep:
    """Where the series stands, and what is for my eyes: private lines, concerns, moods, and best times."""

    standing: Standing
    private: tuple[Entry, ...]
    concerns: tuple[Entry, ...]
    moods: tuple[tuple[Idea, IdeaEvent], ...]
    reviving: Reviving
    best: BestTimes
    unsettled: Unsettled = NOTHING


def read(connection: sqlite3.Connection, standing: Standing) -> Prep:
    """Read what the brief leaves out; private records are welcome here."""
    until = standing.as_of
    since = Moment(until.at - RECENT, until.zone)
    ours = entries.latest_of_series(connection, standing.series.id, tuple(EntryKind), until, 400)
    recent = [entry for entry in ours if entry.said.at >= since.at]
    project_ids = [project.id for project in standing.projects]
    known = {idea.id: idea for idea in ideas.ideas(connection, until, project_ids)}
    history = ideas.events(connection, known, until)
    return Prep(
        standing,
        private=tuple(e for e in recent if e.is_private and e.kind not in (EntryKind.CONCERN, EntryKind.CONFIDENCE)),
        concerns=tuple(e for e in recent if e.kind is EntryKind.CONCERN),
        moods=tuple((known[e.idea_id], e) for e in history if e.mood and e.when.at >= since.at),
        reviving=reviving.read(connection, recent, until, project_ids),
        best=best_times.read(connection, until, Moment(until.at - BEST_TIMES, until.zone), project_ids),
        unsettled=unsettled.read(connection, standing.series, until),
    )


def write(prep: Prep, budget: int) -> Document:
    """The sheet: what to settle first, what may come up, and what has gone well."""
    wording = wording_for(prep.standing, budget)
    series = prep.standing.series
    due, again, waiting = reviving.sections(prep.reviving, wording)
    sections = (
        due,
        Section("settle", "Settle this time", tuple(_carried(prep, wording))),
        *unsettled.sections(prep.unsettled, wording),
        again,
        Section("private", "Private notes", tuple(_quoted(list(prep.private), wording, 900))),
        Section("concerns", "Concerns", tuple(_quoted(list(prep.concerns), wording, 850))),
        Section("why", "Why-questions to test a guess on", tuple(_whys(prep, wording))),
        Section("mood", "Confidence that moved by mood", tuple(_moods(prep, wording))),
        *best_times.sections(prep.best, wording),
        waiting,
    )
    return Document(
        kind=DocumentKind.PREP,
        title=f"Prep sheet: {wording.plain(series.title)}",
        subtitle="For you alone. Nothing of this is in the brief.",
        as_of=prep.standing.as_of.day,
        budget=budget,
        sections=sections,
        series_id=series.id,
        meeting_id=prep.standing.target.id if prep.standing.target else None,
        closing="" if any(section.items for section in sections) else "Nothing private is open. Have a good meeting.",
    )


def _quoted(found: list[Entry], wording: Wording, rank: int) -> list[Item]:
    return [
        Item(
            wording.quote(entry.text, entry.said.day),
            rank - 30 * place,
            aside=wording.day(entry.said.day),
            is_quote=True,
            cites=(Cite(RecordKind.ENTRY, entry.id),),
        )
        for place, entry in enumerate(found)
    ]


def _carried(prep: Prep, wording: Wording) -> list[Item]:
    often = [a for a in prep.standing.open_actions if a.times_carried >= CARRIED_TOO_OFTEN]
    return [
        Item(
            wording.task(action),
            1000 - place,
            label="Mine" if action.is_mine else wording.plain(action.owner_name or "Theirs"),
            aside=f"put off {action.times_carried} times: do it, agree anew, or drop it with a reason",
            cites=(Cite(RecordKind.ACTION, action.id),),
        )
        for place, action in enumerate(often)
    ]


def _whys(prep: Prep, wording: Wording) -> list[Item]:
    whys = [e for e in prep.standing.questions if asking.parse(e.text).question.casefold().startswith(("why", "왜"))]
    return _quoted(whys, wording, 820)


def _moods(prep: Prep, wording: Wording) -> list[Item]:
    """Moods that have passed; one that still holds a confidence down has a section of its own."""
    still_low = {drop.event.id for drop in prep.best.drops}
    return [
        Item(
            wording.plain(idea.title),
            800 - 30 * place,
            label=f"{event.confidence}%" if event.confidence is not None else "",
            aside=f"{wording.day(event.when.day)}: {wording.plain(event.because)}",
            cites=(Cite(RecordKind.IDEA, idea.id),),
        )
        for place, (idea, event) in enumerate(each for each in prep.moods if each[1].id not in still_low)
    ]
