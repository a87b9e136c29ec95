"""A line outside any meeting, from wherever one is."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, Static

from advisorlog.domain import dates
from advisorlog.store import drafts
from advisorlog.store.reading import ideas, meetings, people
from advisorlog.tui import showing
from advisorlog.tui.draft import Draft
from advisorlog.tui.returning import returns
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.capture_line import CaptureLine, Names
from advisorlog.tui.widgets.waiting_lines import WaitingLines
from advisorlog.workflow import capture
from advisorlog.workflow.capture import Captured, Place, Refused

PLACE = "capture:inbox"
"""Where what is being typed here is kept."""
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Around:
    """What can be completed, the meeting under way ("" where there is none), and what was being typed."""

    names: Names
    meeting: str
    draft: str


class AddLine(RecordScreen[Around]):
    """One line after another, stored by Enter; into the meeting under way, else into the inbox."""

    BINDINGS = [Binding("escape", "dismiss_screen", "Close", id="add_line.leave")]

    def __init__(self) -> None:
        super().__init__()
        self._draft = Draft(self, lambda: self.query_one(CaptureLine).typed)
        self._told: list[Content] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(showing.words("Add a line", "bold"), id="add-title")
            yield Static(id="added")
            yield WaitingLines(self.desk, self._store, self._stored)
            yield CaptureLine(f"Type it; Enter stores it, {self.key('add_line.leave')} closes.")

    def on_mount(self) -> None:
        self.query_one(CaptureLine).take_focus()

    def read(self, connection: sqlite3.Connection) -> Around:
        now = self.desk.now()
        names = Names(
            tuple((idea.slug, idea.title) for idea in ideas.ideas(connection, now)),
            tuple((person.handle, person.name) for person in people.people(connection)),
        )
        live = meetings.under_way(connection, now)
        return Around(names, live.name if live else "", drafts.kept(connection, PLACE))

    def show(self, found: Around) -> None:
        line = self.query_one(CaptureLine)
        line.names, line.today = found.names, self.desk.now().day
        where = f"Add a line to {found.meeting}" if found.meeting else "Add a line to the inbox"
        self.query_one("#add-title", Label).update(showing.line(where, "bold"))
        if draft := self._draft.begin(PLACE, found.draft):
            line.typed = draft
            self.tell("What you were typing is back")

    @on(CaptureLine.Captured)
    def _captured(self, event: CaptureLine.Captured) -> None:
        self.query_one(WaitingLines).enter([event.typed])

    @on(CaptureLine.Pasted)
    def _pasted(self, event: CaptureLine.Pasted) -> None:
        self.query_one(WaitingLines).enter(event.lines)

    @on(CaptureLine.Changed)
    def _keep_soon(self) -> None:
        self._draft.keep_soon()

    def _store(self, lines: Sequence[str]) -> list[tuple[str, Captured | Refused]]:
        now = self.desk.now()
        results = capture.capture(self.desk.settings.log, lines, Place(now, origin="tui"), now)
        return list(zip(lines, results, strict=True))

    async def _stored(self, results: Sequence[tuple[str, Captured | Refused]]) -> None:
        """Say what was stored, and what is to be known about it."""
        if not self.is_mounted:
            return
        for typed, result in results:
            sign = "✓ " if isinstance(result, Captured) else "✕ "
            self._told.append(showing.joined(showing.words(sign, showing.STRONG), showing.line(typed)))
            if isinstance(result, Captured):
                self._told += [showing.words(f"  {told}", showing.QUIET) for told in self._understood(result)]
                self._told += returns(result.returns_to)
        self.query_one("#added", Static).update(Content("\n").join(self._told[-SHOWN:]))

    def _understood(self, stored: Captured) -> list[str]:
        """The day that was understood, and what the log did not know."""
        told = [f"due {dates.echo(stored.due, self.desk.now().day)}"] if stored.due else []
        told += [dates.not_known(phrase) for phrase in stored.misread]
        new = ", ".join(f"{mention.mark}{mention.name}" for mention in stored.unknown)
        return [*told, f"not in the log yet: {new}"] if new else told

    async def rest(self) -> bool:
        """Store and keep all that was typed; no where a line can't be stored."""
        waiting = self.query_one(WaitingLines)
        await waiting.store()
        await self._draft.keep()
        return waiting.are_stored

    def action_dismiss_screen(self) -> None:
        self.later(self._leave)

    async def _leave(self) -> None:
        if await self.rest():
            self.leave()
        else:
            self.tell("A line is not stored yet, so this stays open")
