"""How well one judges: what was said before claims were settled, what rests and why, and what went well. Private."""

import sqlite3
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from advisorlog.documents import best_times
from advisorlog.documents.best_times import BestTime, BestTimes
from advisorlog.domain import calibration
from advisorlog.domain.kinds import RecordKind
from advisorlog.domain.moments import Moment
from advisorlog.store.reading import graveyard
from advisorlog.store.reading.graveyard import Resting
from advisorlog.tui import showing
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList, Row
from advisorlog.tui.widgets.top_bar import TopBar
from advisorlog.workflow.calibrating import AtHorizon, Calibration, calibrated


@dataclass(frozen=True, slots=True)
class Judged:
    """The record of one's own judgement, as of `now`."""

    now: Moment
    calibration: Calibration
    resting: tuple[Resting, ...]
    best: BestTimes


class Judgement(RecordScreen[Judged]):
    """Calibration over the claims that were settled, the ideas at rest, and the best times."""

    BINDINGS = [Binding("escape", "dismiss_screen", "Back", id="judgement.leave")]

    def __init__(self) -> None:
        super().__init__()
        self.found: Judged | None = None

    def compose(self) -> ComposeResult:
        yield TopBar("ideas")
        with Vertical(id="judgement"):
            yield Static(id="scores")
            with Horizontal(id="judgement-columns"):
                with Vertical(id="claims-column"):
                    yield Static("Claims that were settled", classes="heading")
                    yield RecordList(
                        f"None yet. {self._outcome_key()} on an idea keeps how its claim turned out, and scores what "
                        "you had said.",
                        id="claims",
                    )
                    yield Static("At rest, and why", classes="heading")
                    yield RecordList("No idea rests.", id="resting")
                with Vertical(id="best-column"):
                    yield Static("Best times (for you alone)", classes="heading", id="best-heading")
                    yield RecordList("Nothing yet. “win: ...” in a line keeps one.", id="best")
        yield KeyBar()

    def _outcome_key(self) -> str:
        from advisorlog.tui.screens.ideas import IdeaScreen

        return self.key("idea.outcome", IdeaScreen)

    def read(self, connection: sqlite3.Connection) -> Judged:
        now = self.desk.now()
        return Judged(
            now,
            calibrated(connection, now),
            tuple(graveyard.resting(connection, now, None)),
            best_times.read(connection, now),
        )

    def show(self, found: Judged) -> None:
        self.found = found
        self.query_one("#scores", Static).update(_scores(found, self._outcome_key()))
        self.query_one("#claims", RecordList).fill(_claims(found.calibration))
        self.query_one("#resting", RecordList).fill([_resting(each, found.now) for each in found.resting])
        self.query_one("#best", RecordList).fill(
            [_best(number, each, found.now) for number, each in enumerate(found.best.times)]
        )
        if self.focused is None:
            self.query_one("#claims", RecordList).focus()

    @on(RecordList.Opened, "#claims")
    @on(RecordList.Opened, "#resting")
    def _open_idea(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_idea(event.key)

    @on(RecordList.Opened, "#best")
    def _open_best(self, event: RecordList.Opened) -> None:
        assert self.found is not None
        time = self.found.best.times[int(event.key)]
        if time.record is RecordKind.ENTRY:
            self.advisorlog.show_entry(time.record_id)
        elif time.idea is not None:
            self.advisorlog.show_idea(time.idea)

    def action_dismiss_screen(self) -> None:
        self.leave()


def _scores(found: Judged, outcome: str) -> Content:
    """A line a horizon, then what waits to be settled (by the key `outcome`), then what mood holds down."""
    told = _horizons(found.calibration) if found.calibration.claims else []
    told += [
        showing.joined(
            showing.line(f"#{idea.slug}", "bold"),
            showing.words(f" was to be known by {idea.resolve_by}: open it, {outcome} keeps the outcome", "$warning"),
        )
        for idea in found.calibration.overdue
    ]
    told += [
        showing.joined(
            showing.line(f"#{drop.idea.slug}", "bold"),
            showing.words(
                f" stands at {drop.event.confidence}% by mood; the evidence left it at {drop.from_evidence}%",
                "$warning",
            ),
        )
        for drop in found.best.drops
    ]
    return Content("\n").join(told or [showing.words("No claim has been settled yet.", showing.QUIET)])


def _horizons(found: Calibration) -> list[Content]:
    """The scores, and under them what they say: once where they say the same."""
    scored = [at.score for at in found.horizons if at.score is not None]
    said = list(dict.fromkeys(calibration.against_a_coin(score) for score in scored))
    lines = [
        _score(at, calibration.against_a_coin(at.score) if at.score and len(said) > 1 else "") for at in found.horizons
    ]
    few = f"{found.needed} claims make a reliability table" if all(at.table is None for at in found.horizons) else ""
    under = "; ".join(part for part in (said[0] if len(said) == 1 else "", few) if part)
    return lines + ([showing.words(under[0].upper() + under[1:], showing.QUIET)] if under else [])


def _score(at: AtHorizon, verdict: str) -> Content:
    before = showing.wide(showing.words(f"{at.days_before} days before", showing.QUIET), 16)
    if at.score is None:
        return showing.joined(before, showing.words("nothing was said by then", showing.QUIET))
    score = at.score
    return showing.joined(
        before,
        showing.words(f"Brier {score.mean:.3f}", showing.STRONG),
        showing.words(f"  {score.low:.2f}–{score.high:.2f}, n = {score.n}  ", showing.QUIET),
        showing.words(verdict),
    )


def _claims(found: Calibration) -> list[Row]:
    rows: list[Row] = []
    for claim in found.claims:
        said = " → ".join("–" if percent is None else f"{percent}%" for percent in claim.said)
        came = showing.words("true" if claim.outcome else "false", "bold" if claim.outcome else showing.QUIET)
        body = showing.joined(showing.line(f"#{claim.slug}"), showing.words(f"  {said}", showing.QUIET))
        rows.append(Row(claim.slug, showing.Hanging(came, body, 6)))
    return rows


def _resting(each: Resting, now: Moment) -> Row:
    status = each.idea.status
    sign = showing.words(showing.STATUS_SIGN[status] if status else "·", "$accent")
    due = each.is_due(now.day)
    parts = [
        showing.line(each.idea.title, showing.PRIVATE if each.idea.visibility == "private" else ""),
        showing.line(f"  {each.event.because}" if each.event.because else "", showing.QUIET),
    ]
    if each.condition:
        parts.append(showing.line(f"  {each.asks}", "$warning" if due else showing.QUIET))
    trail = showing.words("due", showing.LATE) if due else None
    return Row(each.idea.slug, showing.Hanging(sign, showing.joined(*parts), 2, trail))


def _best(number: int, each: BestTime, now: Moment) -> Row:
    lead = showing.words(showing.short_day(each.day, now.day)[4:], showing.QUIET)
    sure = f"  {each.sure}% sure of #{each.idea} then" if each.sure is not None else ""
    body = showing.joined(showing.line(each.text), showing.line(sure, showing.QUIET))
    return Row(str(number), showing.Hanging(lead, body, 12))
