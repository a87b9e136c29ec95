"""Today: the next meetings, what is promised, which ideas moved, and what waits in the inbox."""

import sqlite3
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Horizontal, Vertical
from textual.widgets import Static

from advisorlog.errors import AdvisorlogError
from advisorlog.tui import showing
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList
from advisorlog.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from advisorlog.tui.desk import Desk
    from advisorlog.tui.dialogs import Choice
    from advisorlog.tui.standing import Standing
    from advisorlog.workflow.readiness import Readiness


class Today(RecordScreen["Standing"]):
    """The screen that advisorlog opens with."""

    CSS_PATH = None
    BINDINGS = [
        # What a promise can be asked for stands first at the foot, while the cursor is on one.
        Binding("d", "done", "Done", id="action.done", tooltip="kept, and what shows it"),
        Binding("c", "carry", "Carry", id="action.carry", tooltip="put off to another day, and why"),
        Binding("x", "drop", "Drop", id="action.drop", tooltip="given up, and why"),
        Binding("m", "meet", "Meeting", id="today.meet", tooltip="begin, plan or go on with one"),
        Binding("b", "brief", "Brief", id="today.brief", tooltip="the next one, as it will read"),
        Binding("w", "wrap_up", "Wrap up", id="today.wrap_up", tooltip="of the last meeting"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Standing | None = None
        self._ready: dict[str, Readiness] = {}

    def compose(self) -> ComposeResult:
        yield TopBar("today")
        with Container(id="today"):
            yield Static("Coming", classes="heading -first")
            yield RecordList(
                f"No meeting is planned. {self.key('today.meet')} begins one with a series of yours.", id="coming"
            )
            with Horizontal(id="today-columns"):
                with Vertical(id="promised"):
                    yield Static("Promised", classes="heading", id="promised-heading")
                    yield RecordList(
                        "Nothing is promised. `[] text @who ^fri` in a meeting makes a TODO.", id="promises"
                    )
                with Vertical(id="beside"):
                    yield Static("Ideas that moved", classes="heading")
                    yield RecordList("No idea moved in the last two weeks.", id="moved")
                    yield Static("Inbox", classes="heading")
                    yield RecordList(f"Empty. {self.key('add')} adds a line outside any meeting.", id="inbox")
        yield KeyBar()

    def come_forward(self) -> None:
        """The frame first, then the log: what reading loads must not hold up the first paint."""
        self.call_after_refresh(self.reload)

    def reload(self) -> None:
        if self.desk.has_log:  # else the first run stands in front
            super().reload()

    def read(self, connection: sqlite3.Connection) -> "Standing":
        from advisorlog.tui import standing

        return standing.read(connection, self.desk.now())

    def show(self, found: "Standing") -> None:
        from advisorlog.tui import standing

        self._found = found
        looked_at = standing.to_prepare(found, self.desk.now())
        # What a brief was like before its meeting says nothing of the next one.
        self._ready = {series: ready for series, ready in self._ready.items() if series == looked_at}
        self._show_coming()
        self.query_one("#promises", RecordList).fill(found.promises)
        self.query_one("#moved", RecordList).fill(found.moved)
        self.query_one("#inbox", RecordList).fill(found.inbox)
        self.query_one("#promised-heading", Static).update(showing.words(found.promised))
        self.run_worker(self._look_at_brief, group="readiness", exclusive=True)
        if self.focused is None:
            self.query_one("#promises" if found.promises else "#coming", RecordList).focus()
        self.refresh_bindings()

    def _show_coming(self) -> None:
        from advisorlog.tui import standing

        assert self._found is not None
        now = self.desk.now()
        rows = [
            standing.meeting(each, now, self._ready.get(each.series.slug if each.series else ""))
            for each in self._found.coming
        ]
        self.query_one("#coming", RecordList).fill(rows)

    async def _look_at_brief(self) -> None:
        """How ready the next brief is: it is written and checked behind all else."""
        from advisorlog.tui import standing

        series = standing.to_prepare(self._found, self.desk.now()) if self._found is not None else None
        if series is None:
            return
        try:
            self._ready[series] = await self.desk.do(lambda: _readiness(self.desk, series))
        except AdvisorlogError:
            return  # opening it says why it can't be written
        if self.is_mounted and self.advisorlog.is_running:
            self._show_coming()

    @on(RecordList.Opened, "#coming")
    def _open_meeting(self, event: RecordList.Opened) -> None:
        self._begin(event.key)

    @on(RecordList.Opened, "#moved")
    def _open_idea(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_idea(event.key)

    @on(RecordList.Opened, "#promises")
    def _open_promise(self, event: RecordList.Opened) -> None:
        from advisorlog.tui import promises

        promises.choose(self, int(event.key))

    @on(RecordList.Opened, "#inbox")
    def _open_line(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_entry(int(event.key))

    def action_meet(self) -> None:
        chosen = self.query_one("#coming", RecordList).chosen
        if self.query_one("#coming", RecordList).has_focus and chosen:
            self._begin(chosen)
            return
        self.later(self._choose_meeting)

    async def _choose_meeting(self) -> None:
        from advisorlog.tui.dialogs import Choose

        choices = await self.desk.read(self._series_to_meet)
        if not choices:
            self.tell("There is no series yet: ctrl+p, “New series”, makes one")
            return
        chosen: str | None = choices[0].key
        if len(choices) > 1:
            chosen = await self.advisorlog.push_screen_wait(Choose("Begin a meeting", choices))
        if chosen:
            self._begin(chosen)

    def _series_to_meet(self, connection: sqlite3.Connection) -> "list[Choice]":
        from advisorlog.tui import standing

        return standing.to_meet(connection, self.desk.now())

    def _begin(self, key: str) -> None:
        record, _, name = key.partition(":")
        if record == "meeting":
            self.advisorlog.show_meeting(name)
        else:
            self.advisorlog.begin_with(name)

    def action_brief(self) -> None:
        chosen = self.query_one("#coming", RecordList)
        self.advisorlog.show_brief(chosen.chosen if chosen.has_focus else None)

    def action_wrap_up(self) -> None:
        self.advisorlog.wrap_up(None)

    def _promise(self) -> int | None:
        chosen = self.query_one("#promises", RecordList)
        return int(chosen.chosen) if chosen.has_focus and chosen.chosen else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("done", "carry", "drop"):
            return self._promise() is not None
        return True

    def action_done(self) -> None:
        from advisorlog.tui import promises

        if (number := self._promise()) is not None:
            promises.done(self, number)

    def action_carry(self) -> None:
        from advisorlog.tui import promises

        if (number := self._promise()) is not None:
            promises.carry(self, number)

    def action_drop(self) -> None:
        from advisorlog.tui import promises

        if (number := self._promise()) is not None:
            promises.drop(self, number)


def _readiness(desk: "Desk", series: str) -> "Readiness":
    from advisorlog.workflow import readiness

    return readiness.of_brief(desk.settings, series)
