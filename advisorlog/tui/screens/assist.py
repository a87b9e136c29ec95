"""The settings of the language model: where it is, what it may do, whether it answers."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from advisorlog import config
from advisorlog.config import ASSIST_TASKS
from advisorlog.errors import AdvisorlogError
from advisorlog.tui import showing
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList, Row

ABOUT = (
    "Optional, and off until you switch a task on. Nothing private and no other mentee's lines go out; every line that "
    "comes back is traceable to a sentence of your records, and you accept it. Enter switches a task."
)


class AssistScreen(RecordScreen[list[tuple[str, str]]]):
    """Find a model on this machine, and switch on what it may help with."""

    BINDINGS = [
        Binding("escape", "dismiss_screen", "Back", id="assist.leave"),
        Binding("s", "set_up", "Find one on this machine", id="assist.set_up"),
        Binding("c", "clear", "Forget answers", id="assist.clear"),
    ]

    def compose(self) -> ComposeResult:
        yield Static(showing.words(" Language model", "bold"), id="meeting-bar")
        yield Static(showing.words(ABOUT, showing.QUIET), id="assist-about")
        yield RecordList(id="assist-tasks")
        yield Static(id="assist-facts")
        yield KeyBar()

    def read(self, connection: sqlite3.Connection) -> list[tuple[str, str]]:
        from advisorlog.workflow.assisting import setting_up

        return setting_up.facts(self.desk.settings)

    def show(self, found: list[tuple[str, str]]) -> None:
        from advisorlog.workflow.assisting.helper import NAMES

        on = self.desk.settings.assist.tasks
        rows = [
            Row(
                task,
                showing.words(f"[{'x' if task in on else ' '}] {NAMES[task]}", showing.STRONG if task in on else ""),
            )
            for task in ASSIST_TASKS
        ]
        self.query_one(RecordList).fill(rows)
        told = [(name, value) for name, value in found if not name.startswith("may ")]
        self.query_one("#assist-facts", Static).update(showing.lines("\n".join(f"{n}: {v}" for n, v in told)))
        if self.focused is None:
            self.query_one(RecordList).focus()

    @on(RecordList.Opened)
    def _switch(self, event: RecordList.Opened) -> None:
        from advisorlog.workflow.assisting import setting_up

        self.later(lambda: self._changed(lambda: setting_up.switch(self.desk.settings, event.key), ""))

    def action_set_up(self) -> None:
        self.tell("Looking for a model on this machine …")
        self.later(lambda: self._changed(self._found, "Found, tried, and written to your settings."))

    def _found(self) -> object:
        from advisorlog.workflow.assisting import setting_up

        found = setting_up.find(None, None)
        if found is None:
            raise AdvisorlogError(
                "No language model answers on this machine", "Start one, for example `llama-server -m MODEL.gguf`"
            )
        tried = setting_up.attempt(found)
        if not tried.works:
            raise AdvisorlogError(tried.answer.rstrip("."), "Your settings are as they were")
        return setting_up.write(self.desk.settings, found, (), ())

    def action_clear(self) -> None:
        from advisorlog.assist.cache import Cache

        self.later(lambda: self._changed(lambda: Cache(self.desk.settings.log).clear(), "The answers are forgotten."))

    async def _changed(self, work: Callable[[], object], said: str) -> None:
        await self.desk.do(work)
        loaded = await self.desk.do(lambda: config.load(str(self.desk.settings.log)))
        self.desk.settings = replace(self.desk.settings, assist=loaded.assist)
        if said:
            self.tell(said)
        self.reload()

    def action_dismiss_screen(self) -> None:
        self.leave()
