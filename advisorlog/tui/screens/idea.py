"""One idea: its claim, the curve of its confidence, and everything that moved it."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from advisorlog.domain import lifecycle
from advisorlog.domain.kinds import IdeaStatus
from advisorlog.domain.moments import Moment
from advisorlog.store.reading import entries, ideas
from advisorlog.store.reading.rows import Entry, Idea, IdeaEvent
from advisorlog.tui import showing
from advisorlog.tui.screens.ideas import IdeaScreen
from advisorlog.tui.widgets.curve import Curve, Point
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList, Row
from advisorlog.tui.widgets.top_bar import TopBar


@dataclass(frozen=True, slots=True)
class Story:
    """One idea, what moved it, and the lines that name it."""

    now: Moment
    idea: Idea
    events: tuple[IdeaEvent, ...]
    lines: tuple[Entry, ...]


class IdeaPage(IdeaScreen):
    """An idea: its claim, the curve of its confidence, every event with its because and its evidence."""

    BINDINGS = [Binding("escape", "dismiss_screen", "Back", id="idea.leave")]

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug
        self.found: Story | None = None

    def compose(self) -> ComposeResult:
        yield TopBar("ideas")
        with VerticalScroll(id="idea-page", can_focus=False):
            yield Static(id="idea-facts")
            yield Curve(id="idea-curve")
            with Horizontal(id="idea-columns"):
                with Vertical():
                    yield Static("What moved it", classes="heading")
                    yield RecordList("Nothing yet.", id="idea-events")
                with Vertical(id="idea-lines-column"):
                    yield Static("Lines that name it", classes="heading")
                    yield RecordList(f"None. Write #{self.slug} in a line.", id="idea-lines")
        yield KeyBar()

    def shown_record(self) -> str:
        return f"#{self.found.idea.slug if self.found else self.slug}"

    def read(self, connection: sqlite3.Connection) -> Story:
        now = self.desk.now()
        idea = ideas.idea(connection, self.slug, now)
        events = ideas.events(connection, [idea.id], now)
        return Story(now, idea, tuple(events), tuple(entries.mentioning_idea(connection, idea.id, now)))

    def show(self, found: Story) -> None:
        self.found = found
        self.query_one("#idea-facts", Static).update(_facts(found))
        points = [
            Point(event.when.local, event.confidence, event.mood)
            for event in found.events
            if event.confidence is not None
        ]
        curve = self.query_one("#idea-curve", Curve)
        curve.display = len(points) > 1 and found.now.day != points[0].when.date()  # of one day there is no curve
        curve.draw(points, found.now.local)
        today = found.now.day
        self.query_one("#idea-events", RecordList).fill([_event(event, today) for event in reversed(found.events)])
        self.query_one("#idea-lines", RecordList).fill([_named(entry, today) for entry in found.lines])
        if self.focused is None:
            self.query_one("#idea-events", RecordList).focus()

    def chosen_idea(self) -> Idea | None:
        return self.found.idea if self.found else None

    @on(RecordList.Opened, "#idea-lines")
    def _open_line(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_entry(int(event.key))

    @on(RecordList.Opened, "#idea-events")
    def _open_evidence(self, event: RecordList.Opened) -> None:
        found = next((each for each in self.found.events if str(each.id) == event.key), None) if self.found else None
        number = next((each.entry_id for each in found.evidence if each.entry_id), None) if found else None
        number = number or (found.entry_id if found else None)
        if number is not None:
            self.advisorlog.show_entry(number)

    def action_dismiss_screen(self) -> None:
        self.leave()


def _facts(found: Story) -> Content:
    idea = found.idea
    style = showing.PRIVATE if idea.visibility == "private" else "bold"
    status = showing.words(
        f"{showing.STATUS_SIGN[idea.status]} {idea.status}" if idea.status else "new", showing.STRONG
    )
    first = showing.joined(showing.line(idea.title, style), "   ", status)
    if idea.confidence is not None:
        first = showing.joined(first, showing.words(f"  {idea.sure}", showing.STRONG))
    parts = [showing.joined(first, showing.line(f"   #{idea.slug}", showing.QUIET))]
    if idea.claim:
        parts.append(showing.line(idea.claim))
    steps = [_Step(event) for event in found.events]
    best = lifecycle.high_water_mark(steps, found.now.day)
    if best is not None and best.confidence != idea.confidence:
        because = f": {best.event.because}" if best.event.because else ""
        parts.append(showing.line(f"Highest: {best.confidence}% on {best.day}{because}", showing.QUIET))
    if idea.resolve_by:
        outcome = "" if idea.outcome is None else (", it came true" if idea.outcome else ", it did not come true")
        parts.append(showing.words(f"To be resolved by {idea.resolve_by}{outcome}", showing.QUIET))
    return Content("\n").join(parts)


@dataclass(frozen=True, slots=True)
class _Step:
    """An event as the lifecycle's rules see it."""

    event: IdeaEvent

    @property
    def day(self) -> date:
        return self.event.when.day

    @property
    def status(self) -> IdeaStatus | None:
        return self.event.status

    @property
    def confidence(self) -> int | None:
        return self.event.confidence

    @property
    def mood(self) -> bool:
        return self.event.mood


def _event(event: IdeaEvent, today: date) -> Row:
    moved = [str(event.status)] if event.status else []
    moved += [f"{event.confidence}%"] if event.confidence is not None else []
    moved += ["mood"] if event.mood else []
    parts = [showing.words(" ".join(moved), showing.QUIET if event.mood else showing.STRONG)]
    if event.because:
        parts.append(showing.lines(f" {event.because}"))
    for evidence in event.evidence:
        parts.append(showing.line(f"\n  ← {evidence.text}".replace("\n", " "), showing.QUIET))
    if event.revive_if:
        parts.append(showing.line(f"  Revive if {event.revive_if}", showing.QUIET))
    if event.revisit_when:
        parts.append(showing.line(f"  Revisit when {event.revisit_when}", showing.QUIET))
    lead = showing.words(showing.short_day(event.when.day, today)[4:], showing.QUIET)
    return Row(str(event.id), showing.Hanging(lead, showing.joined(*parts), 12))


def _named(entry: Entry, today: date) -> Row:
    text = showing.line(entry.text, showing.PRIVATE if entry.is_private else "")
    trail = showing.words(showing.short_day(entry.said.day, today)[4:], showing.QUIET)
    return Row(str(entry.id), showing.Hanging(showing.sign(entry.kind, private=entry.is_private), text, 2, trail))
