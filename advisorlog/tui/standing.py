"""What Today shows, and how its rows read. Loaded behind the first paint, by the thread that reads."""

import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta

from textual.content import Content

from advisorlog.domain.moments import Moment
from advisorlog.store.reading import actions, entries, ideas, people
from advisorlog.store.reading.rows import Action, Entry, Idea, IdeaEvent
from advisorlog.tui import showing
from advisorlog.tui.dialogs import Choice
from advisorlog.tui.widgets.record_list import Row
from advisorlog.workflow.coming import Coming, coming
from advisorlog.workflow.readiness import Readiness

LATELY = timedelta(days=14)
NEAR = timedelta(hours=12)
SOON = timedelta(days=1)
LOOKED_AT = timedelta(days=7)
"""How near a meeting has to be for its brief to be written and looked at beforehand."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The lists, ready to be shown, and how the promises are headed."""

    coming: list[Coming]
    promises: list[Row]
    promised: str
    moved: list[Row]
    inbox: list[Row]


def read(connection: sqlite3.Connection, now: Moment) -> Standing:
    """How things stand."""
    promises = actions.open_actions(connection, now)
    late = sum(1 for action in promises if action.due and action.due < now.day)
    since = Moment(now.at - LATELY, now.zone)
    return Standing(
        coming(connection, now),
        _promises(promises, now.day),
        f"Promised: {len(promises)} open" + (f", {late} late" if late else ""),
        _moves(connection, since, now),
        [_line(entry) for entry in entries.to_place(connection, since, now, 50)],
    )


def _moves(connection: sqlite3.Connection, since: Moment, now: Moment) -> list[Row]:
    """The last move of each idea, the newest first."""
    known = {idea.id: idea for idea in ideas.ideas(connection, now)}
    last = {
        event.idea_id: event for event in ideas.events(connection, ideas.moved_between(connection, since, now), now)
    }
    moved = sorted(last.values(), key=lambda event: event.when.at, reverse=True)
    return [_idea(known[event.idea_id], event) for event in moved if event.idea_id in known]


def to_meet(connection: sqlite3.Connection, now: Moment) -> list[Choice]:
    """What can be begun now: the meetings near in time, and one with any other series."""
    near = [
        each for each in coming(connection, now)
        if each.meeting is not None and abs(each.starts.at - now.at) < NEAR
    ]  # fmt: skip
    taken = {each.series.slug for each in near if each.series is not None}
    choices = [
        Choice(each.key, each.name, "under way" if each.is_under_way else showing.distance(each.starts.at, now.at))
        for each in near
    ]
    others = [series for series in people.all_series(connection) if series.slug not in taken]
    return choices + [Choice(f"series:{series.slug}", series.title, "now") for series in others]


def to_prepare(found: Standing, now: Moment) -> str | None:
    """The series whose brief is worth looking at now: the next meeting's, where it is near and none was sent."""
    for each in found.coming:
        if not each.is_under_way and each.series is not None:
            is_near = each.starts.at - now.at < LOOKED_AT
            return each.series.slug if is_near and each.brief is None else None
    return None


def meeting(each: Coming, now: Moment, readiness: Readiness | None = None) -> Row:
    """A meeting to come, and how ready its brief is."""
    when = "now" if each.is_under_way else showing.distance(each.starts.at, now.at)
    at = f"{showing.short_day(each.starts.day, now.day)} {showing.clock(each.starts)}"
    ready = (
        showing.words("enter goes on", showing.QUIET)
        if each.is_under_way
        else showing.words(f"brief sent {showing.short_day(each.brief.sent.day, now.day)}", showing.QUIET)
        if each.brief is not None
        else showing.words(_unsent(readiness), "$warning" if each.starts.at - now.at < SOON else showing.QUIET)
    )
    about = showing.joined(showing.line(each.name), showing.words(f"  {at}", showing.QUIET))
    lead = showing.words(when, showing.STRONG if each.is_under_way else "bold")
    return Row(each.key, showing.Hanging(lead, about, 15, ready))


def _unsent(readiness: Readiness | None) -> str:
    if readiness is None:
        return "no brief yet"
    if not readiness.has_news:
        return "nothing for a brief yet"
    if readiness.too_long:
        return f"brief {showing.counted(readiness.too_long, 'word')} too long"
    return f"brief not sent, {readiness.findings} to mend" if readiness.findings else "brief ready to be sent"


def _promises(found: list[Action], today: date) -> list[Row]:
    """By owner, mine first; late ones before the others."""
    owners = dict.fromkeys(
        (action.is_mine, action.owner_name or "nobody") for action in sorted(found, key=lambda each: not each.is_mine)
    )
    rows: list[Row] = []
    for is_mine, name in owners:
        of_owner = [each for each in found if each.is_mine == is_mine and (each.owner_name or "nobody") == name]
        rows.append(Row(None, showing.line("Me" if is_mine else name, "bold")))
        rows += [_promise(each, today) for each in sorted(of_owner, key=lambda each: each.due or date.max)]
    return rows


def _promise(action: Action, today: date) -> Row:
    private = action.visibility == "private"
    carried = f" ({action.times_carried}× put off)" if action.times_carried else ""
    text = showing.joined(
        showing.line(showing.task(action), showing.PRIVATE if private else ""),
        showing.words(carried, showing.QUIET),
    )
    return Row(str(action.id), showing.Hanging(showing.due(action.due, today), text, 12))


def _idea(idea: Idea, event: IdeaEvent) -> Row:
    moved = _moved(event)
    private = idea.visibility == "private"
    return Row(
        idea.slug,
        showing.Hanging(
            showing.words(showing.STATUS_SIGN[idea.status] if idea.status else "·", "$accent"),
            showing.line(idea.title, showing.PRIVATE if private else ""),
            2,
            moved,
        ),
    )


def _moved(event: IdeaEvent) -> Content:
    told = [str(event.status)] if event.status else []
    told += [f"{event.confidence}%"] if event.confidence is not None else []
    told += ["mood"] if event.mood else []
    return showing.words(" ".join(told), showing.QUIET)


def _line(entry: Entry) -> Row:
    body = showing.line(entry.text, showing.PRIVATE if entry.is_private else "")
    if entry.is_private:
        body = showing.joined(body, showing.words("  private", showing.QUIET))
    return Row(str(entry.id), showing.Hanging(showing.sign(entry.kind, private=entry.is_private), body, 2))
