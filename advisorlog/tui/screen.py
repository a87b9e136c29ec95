"""What the screens have in common: they read in a worker, show what was read, and read again when the log changes."""

import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

from textual.app import App
from textual.dom import DOMNode
from textual.screen import Screen

from advisorlog.domain.inert import inert_line
from advisorlog.errors import AdvisorlogError
from advisorlog.tui import showing
from advisorlog.tui.desk import Desk

if TYPE_CHECKING:
    from advisorlog.tui.app import AdvisorlogApp

SCREENS_CSS = str(Path(__file__).with_name("screens.tcss"))
T = TypeVar("T")
R = TypeVar("R")


def app_of(node: DOMNode) -> App[Any]:
    """The application that a widget is in, with a type: Textual leaves its result open."""
    return cast("App[Any]", node.app)  # pyright: ignore[reportUnknownMemberType]


class RecordScreen(Screen[None], Generic[T]):
    """A screen on records. `read` runs in a thread, on one snapshot of the log; `show` on the event loop."""

    AUTO_FOCUS = ""
    CSS_PATH = SCREENS_CSS
    title_text = ""
    _shown_since = 0
    """How often something was shown that no reading had brought."""

    @property
    def advisorlog(self) -> "AdvisorlogApp":
        return cast("AdvisorlogApp", app_of(self))

    @property
    def desk(self) -> Desk:
        return self.advisorlog.desk

    def key(self, name: str, where: "type[Screen[Any]] | None" = None) -> str:
        """What the key for something is called (`undo`, `line.edit`): here, on another screen, in the whole program."""
        return self.advisorlog.key(name, where or type(self))

    def undo_key(self) -> str:
        """The key that takes back what was just done, where the cursor is."""
        return self.key("undo")

    def shown_record(self) -> str | None:
        """The record that the screen is about, as one would type it (`12`, a meeting, `#idea`, `@person`)."""
        return None

    def read(self, connection: sqlite3.Connection) -> T:
        raise NotImplementedError

    def show(self, found: T) -> None:
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        self.come_forward()

    def come_forward(self) -> None:
        """The screen is in front now, for the first time or again."""
        self.reload()

    def leave(self) -> None:
        """Go back to the screen behind; a second Escape that comes too fast changes nothing."""
        if self.is_current:
            self.dismiss()

    async def rest(self) -> bool:
        """Bring everything that is under way to its end before the program quits; whether all is safe."""
        return True

    def reload(self) -> None:
        """Read and show again; a reading that is overtaken by a newer one is dropped."""
        self.run_worker(self._load, group="load", exclusive=True)

    def has_shown_more(self) -> None:
        """Something newer is on the screen than what is being read now: that reading must not take it away again."""
        self._shown_since += 1

    async def _load(self) -> None:
        before = self._shown_since
        try:
            found = await self.desk.read(self.read)
        except AdvisorlogError as error:
            self.complain(error)
            return
        if before != self._shown_since:
            self.reload()
            return
        if self.is_mounted and self.advisorlog.is_running:  # at the end the widgets go before the screen does
            self.show(found)
            self.advisorlog.show_time()

    def change(
        self, work: Callable[[], R], then: Callable[[R], None] | None = None, said: str | Callable[[R], str] = ""
    ) -> None:
        """Change the log in a worker; show what is new, and say what was done, or why it was not."""

        async def run() -> None:
            try:
                result = await self.desk.do(work)
            except AdvisorlogError as error:
                self.complain(error)
                return
            message = said(result) if callable(said) else said
            if message:
                self.tell(message)
            if then is not None:
                then(result)
            self.reload()

        self.run_worker(run, group="change")

    def later(self, work: Callable[[], Awaitable[None]]) -> None:
        """Run something that waits (for a dialog's answer, for the log) in a worker.

        A function, not what it would return: the program may quit before the worker's turn comes, and a coroutine that
        nobody awaits is a warning on the user's terminal.
        """

        async def run() -> None:
            try:
                await work()
            except AdvisorlogError as error:
                self.complain(error)

        self.run_worker(run, group="later")

    def complain(self, error: AdvisorlogError) -> None:
        """One clear line: what failed and what to do."""
        self.notify(showing.trouble(error), severity="error", timeout=8, markup=False)

    def tell(self, message: str) -> None:
        self.notify(inert_line(message), timeout=4, markup=False)
