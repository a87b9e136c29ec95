"""A line outside any meeting, from wherever one is."""

import sqlite3
from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, Static

from advisorlog.errors import AdvisorlogError
from advisorlog.store.reading import ideas, meetings, people
from advisorlog.tui import showing
from advisorlog.tui.returning import returns
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.capture_line import CaptureLine, Names
from advisorlog.workflow import capture
from advisorlog.workflow.capture import Place


class AddLine(RecordScreen[tuple[Names, str]]):
    """One line after another, stored by Enter; into the meeting under way, else into the inbox."""

    BINDINGS = [Binding("escape", "dismiss_screen", "Close", id="add_line.leave")]

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(showing.words("Add a line", "bold"), id="add-title")
            yield Static(id="added")
            yield CaptureLine("Type it; Enter stores it, esc closes.")

    def on_mount(self) -> None:
        self.query_one(CaptureLine).take_focus()

    def read(self, connection: sqlite3.Connection) -> tuple[Names, str]:
        now = self.desk.now()
        names = Names(
            tuple((idea.slug, idea.title) for idea in ideas.ideas(connection, now)),
            tuple((person.handle, person.name) for person in people.people(connection)),
        )
        live = meetings.under_way(connection, now)
        return names, live.name if live else ""

    def show(self, found: tuple[Names, str]) -> None:
        line = self.query_one(CaptureLine)
        line.names, meeting = found
        line.today = self.desk.now().day
        where = f"Add a line to {meeting}" if meeting else "Add a line to the inbox"
        self.query_one("#add-title", Label).update(showing.line(where, "bold"))

    @on(CaptureLine.Captured)
    def _captured(self, event: CaptureLine.Captured) -> None:
        self.later(lambda: self._store([event.typed]))

    @on(CaptureLine.Pasted)
    def _pasted(self, event: CaptureLine.Pasted) -> None:
        self.later(lambda: self._store(event.lines))

    async def _store(self, lines: Sequence[str]) -> None:
        desk = self.desk
        now = desk.now()
        line = self.query_one(CaptureLine)
        try:
            results = await desk.do(lambda: capture.capture(desk.settings.log, lines, Place(now, origin="tui"), now))
        except AdvisorlogError as error:
            self.complain(error)
            line.typed = line.typed or "  ".join(lines)
            return
        shown: list[Content] = []
        for typed, result in zip(lines, results, strict=True):
            stored = isinstance(result, capture.Captured)
            shown.append(showing.joined(showing.words("✓ " if stored else "✕ ", showing.STRONG), showing.line(typed)))
            if isinstance(result, capture.Captured):
                shown += returns(result.returns_to)
        self.query_one("#added", Static).update(Content("\n").join(shown[-6:]))

    def action_dismiss_screen(self) -> None:
        self.leave()
