"""The application: its modes, its keys, and the tick that notices what other processes write."""

import asyncio
import gc
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.binding import Binding
from textual.command import Provider
from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import Screen

from advisorlog.config import SAMPLE_FOLDER, Settings
from advisorlog.domain.inert import inert_line
from advisorlog.errors import AdvisorlogError
from advisorlog.tui import going, showing, theme
from advisorlog.tui.desk import Desk
from advisorlog.tui.keys import binding_of
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.screens.today import Today
from advisorlog.tui.widgets.top_bar import TopBar


def _records() -> type[Provider]:
    from advisorlog.tui.palette import RecordProvider

    return RecordProvider


def _actions() -> type[Provider]:
    from advisorlog.tui.palette import ActionProvider

    return ActionProvider


def _shell() -> type[Provider]:
    from advisorlog.tui.palette import ShellProvider

    return ShellProvider


def _places() -> type[Provider]:
    from advisorlog.tui.palette import PlaceProvider

    return PlaceProvider


def _ideas() -> Screen[None]:
    from advisorlog.tui.screens.ideas import Ideas

    return Ideas()


def _log() -> Screen[None]:
    from advisorlog.tui.screens.log import Log

    return Log()


def _people() -> Screen[None]:
    from advisorlog.tui.screens.people import People

    return People()


def _advice() -> Screen[None]:
    from advisorlog.tui.screens.advice import Advice

    return Advice()


TICK = 1.0
"""Seconds between two looks at the log: another process's change shows within two."""
LOOK_THROUGH = 10_000, 20, 20
"""New objects after which the garbage collector looks through the youngest; how many such looks make a larger one."""
WARM_UP_AFTER = 0.5
"""Seconds after the start at which what changes the log is loaded: the first paint comes first."""


class AdvisorlogApp(App[None]):
    """advisorlog on the whole terminal."""

    TITLE = "advisorlog"
    CSS_PATH = "styles.tcss"
    COMMANDS = App.COMMANDS | {_records, _actions, _places, _shell}
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "ideas": _ideas,
        "log": _log,
        "people": _people,
        "advice": _advice,
    }
    DEFAULT_MODE = "today"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]
    BINDINGS = [
        Binding("1", "go('today')", "Today", show=False, id="go.today"),
        Binding("2", "go('ideas')", "Ideas", show=False, id="go.ideas"),
        Binding("3", "go('log')", "Log", show=False, id="go.log"),
        Binding("4", "go('people')", "People", show=False, id="go.people"),
        Binding("5", "go('advice')", "Advice", show=False, id="go.advice"),
        Binding("a", "add_line", "Add a line", id="add"),
        Binding("u", "undo", "Undo", show=False, id="undo"),
        Binding("U", "redo", "Redo", show=False, id="redo"),
        Binding(
            "f8",
            "attach",
            "Attach a file",
            show=False,
            id="attach",
            tooltip="to the meeting, line or idea shown, else the last meeting",
        ),
        Binding("f9", "assist", "Language model", show=False, id="assist", tooltip="its settings: which one, for what"),
        Binding("question_mark", "help", "Help", key_display="?", id="help"),
        Binding("f1", "help", "Help", show=False, id="help.while_typing"),
        Binding("q", "quit", "Quit", id="quit"),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True, id="quit.always"),
    ]

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.desk = Desk(settings)
        self.left: dict[str, dict[str, str]] = {}
        """What was typed into questions that were left by Escape, by the question."""
        self._asked_to_quit = False
        for each in (theme.DARK, theme.LIGHT):
            self.register_theme(each)
        wanted = settings.theme or theme.DARK.name
        # Before the first style is read: changing the theme later would have all of them read again.
        self.set_reactive(App.theme, wanted if wanted in self.available_themes else theme.DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What our styles need and other themes don't have."""
        return theme.needed(self.current_theme)

    def key(self, name: str, *where: type[Screen[Any]]) -> str:
        """What the key for something is called (`undo`, `line.edit`), as the footer calls it."""
        return self.get_key_display(binding_of(name, (*where, type(self)), self.desk.settings.keys))

    def get_default_screen(self) -> Screen[Any]:
        return Today()

    def on_mount(self) -> None:
        # Only now: a mode's first screen has all styles read a second time, the default screen has not.
        self.add_mode("today", Today)  # pyright: ignore[reportUnknownMemberType]
        self.set_keymap(self.desk.settings.keys)
        if not self.desk.has_log:
            from advisorlog.tui.screens.first_run import FirstRun

            self.push_screen(FirstRun())
        self.set_interval(TICK, self._look)
        self.set_timer(WARM_UP_AFTER, self._warm_up)

    def _warm_up(self) -> None:
        """SQLAlchemy takes half a second to load: behind the first paint, not in front of the first change.

        What is loaded then stays until the end. The garbage collector need not look through it again and again: that
        takes 80 ms, in which no key is answered. It looks through the rest less often than is usual: what a screen
        leaves behind is small, and a look takes as long as to paint an answer.
        """

        def load() -> None:
            from advisorlog.workflow import changing, live

            assert changing
            assert live
            gc.freeze()
            gc.set_threshold(*LOOK_THROUGH)

        self.run_worker(partial(asyncio.to_thread, load), group="warm-up", exit_on_error=False)

    async def _look(self) -> None:
        self.show_time()
        if await self.desk.was_changed():
            self.reload()

    def reload(self) -> None:
        """The log has changed: the screen in front reads again (the others do when they come back)."""
        if isinstance(self.screen, RecordScreen):
            self.screen.reload()

    def show_time(self) -> None:
        """Put the time into the top line of the screen in front, where it has one."""
        try:
            bar = self.screen.query_one(TopBar)
        except NoMatches:
            return
        now = self.desk.now()
        time = Content.styled(f"{showing.short_day(now.day, now.day)}  {showing.clock(now)}", showing.QUIET)
        bar.right = showing.joined(showing.words("the sample  ", showing.STRONG), time) if self.is_sample else time

    @property
    def is_sample(self) -> bool:
        """Whether it is the sample that is worked at: what is written there is gone with it."""
        return self.desk.settings.log.parent.name.startswith(SAMPLE_FOLDER)

    def open_log(self, log: Path) -> None:
        """Work at another log from now on (the sample, or the one that was just begun)."""
        self.desk.close()
        self.desk = Desk(replace(self.desk.settings, log=log))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be added, undone or gone to before there is a log."""
        return action not in ("go", "add_line", "attach", "undo", "redo") or self.desk.has_log

    def action_go(self, place: str) -> None:
        if self.desk.has_log:
            self.switch_mode(place)

    def action_help(self) -> None:
        from advisorlog.tui.screens.help import Help

        self.push_screen(Help(self.screen))

    def action_assist(self) -> None:
        from advisorlog.tui.screens.assist import AssistScreen

        if self.desk.has_log:
            self.push_screen(AssistScreen())

    def action_add_line(self) -> None:
        from advisorlog.tui.screens.add_line import AddLine

        if self.desk.has_log:
            self.push_screen(AddLine())

    def action_attach(self) -> None:
        from advisorlog.tui.attaching import attach

        if isinstance(screen := self.screen, RecordScreen):
            screen.later(lambda: attach(screen, screen.shown_record()))

    async def action_quit(self) -> None:
        """Quit when all that was typed is stored; a second time, whatever is not."""
        stacks = [screen for stack in self._screen_stacks.values() for screen in stack]
        resting = [await screen.rest() for screen in stacks if isinstance(screen, RecordScreen)]
        if all(resting) or self._asked_to_quit:
            self.exit()
        else:
            self._asked_to_quit = True
            key = self.key("quit.always")
            self.notify(f"A line is not stored yet. {key} again quits without it", severity="error", timeout=8)

    def action_undo(self) -> None:
        from advisorlog.workflow import history

        if isinstance(self.screen, RecordScreen):
            desk = self.desk
            self.screen.change(
                lambda: history.take_back(desk.settings.log, desk.now(), None),
                said=lambda done: f"Undone: {done.command}",
            )

    def action_redo(self) -> None:
        from advisorlog.workflow import history

        if isinstance(self.screen, RecordScreen):
            desk = self.desk
            self.screen.change(
                lambda: history.bring_back(desk.settings.log, desk.now()), said=lambda done: f"Redone: {done.command}"
            )

    # where one can go

    def show_meeting(self, slug: str) -> None:
        """Open a meeting; one that is due is begun, if that is wanted."""
        self._later(lambda: going.to_meeting(self, slug))

    def begin_with(self, series: str) -> None:
        """Go on with a series' meeting, begin one, plan one, or write its brief."""
        self._later(lambda: going.to_series(self, series))

    def wrap_up(self, slug: str | None) -> None:
        """End a meeting and wrap it up: the one named, else the last one that was held."""
        self._later(lambda: going.to_wrap_up(self, slug))

    def show_brief(self, key: str | None) -> None:
        """The next brief: of a series, of a meeting's series, or of the next meeting."""
        self._later(lambda: going.to_brief(self, key))

    def show_sent_brief(self, slug: str) -> None:
        """The brief as it was sent for a meeting; the next one as it would read, where none was sent."""
        self._later(lambda: going.to_sent_brief(self, slug))

    def show_sent(self, document_id: int) -> None:
        from advisorlog.tui.screens.brief import SentScreen

        self.push_screen(SentScreen(document_id))

    def show_idea(self, slug: str) -> None:
        from advisorlog.tui.screens.idea import IdeaPage

        self.push_screen(IdeaPage(slug))

    def show_idea_by_id(self, idea_id: int) -> None:
        self.show_idea(str(idea_id))

    def show_entry(self, number: int) -> None:
        from advisorlog.tui.screens.entry import EntryPage

        self.push_screen(EntryPage(number))

    def show_attachment(self, number: int) -> None:
        from advisorlog.tui.screens.attachment import AttachmentPage

        self.push_screen(AttachmentPage(number))

    def show_person(self, handle: str) -> None:
        from advisorlog.tui.screens.people import PersonPage

        self.push_screen(PersonPage(handle))

    def show_series(self, slug: str) -> None:
        from advisorlog.tui.screens.people import SeriesPage

        self.push_screen(SeriesPage(slug))

    def _later(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run something that waits; what it can't do, it says."""

        async def run() -> None:
            try:
                await work()
            except AdvisorlogError as error:
                if isinstance(self.screen, RecordScreen):
                    self.screen.complain(error)
                else:
                    self.notify(inert_line(str(error)), severity="error", markup=False)

        self.run_worker(run, group="going")

    def on_unmount(self) -> None:
        self.desk.close()


def main(settings: Settings) -> None:
    """Run until the user quits."""
    AdvisorlogApp(settings).run()
