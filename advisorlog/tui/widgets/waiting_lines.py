"""The lines that were entered and are not stored yet. None is lost: what can't be stored stays in sight, and is tried
again until it is."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

from textual.content import Content
from textual.widgets import Static

from advisorlog.errors import AdvisorlogError
from advisorlog.tui import showing
from advisorlog.tui.desk import Desk
from advisorlog.tui.screen import app_of

RETRY = 3.0
"""Seconds after which a line that could not be stored is tried again."""
SLOW = 0.2
"""Seconds after which a line that is not stored yet is shown as one that waits. Most are stored long before; to show
each for a moment would lay out the whole screen twice."""
SHOWN = 4


class WaitingLines(Static):
    """Stores lines in the order in which they were entered; takes no room while there is none.

    `store` runs in a thread, with all lines that wait; `stored` then gets what it returned.
    """

    def __init__(
        self, desk: Desk, store: Callable[[Sequence[str]], Any], stored: Callable[[Any], Awaitable[None]]
    ) -> None:
        super().__init__(id="waiting")
        self._desk = desk
        self._store = store
        self._stored = stored
        self._lines: list[str] = []
        self._count = 0
        """Lines that were entered so far, stored or not."""
        self._trouble = ""
        self._storing = asyncio.Lock()

    @property
    def are_stored(self) -> bool:
        return not self._lines

    def enter(self, lines: Sequence[str]) -> None:
        self._lines += lines
        self._count += len(lines)
        self._store_soon()
        self.set_timer(SLOW, partial(self._show_slow, self._count))

    def _show_slow(self, number: int) -> None:
        """Show what waits, if the line of this number is among it: those that came after it may yet be fast."""
        if self._count - len(self._lines) < number:
            self._show()

    def _store_soon(self) -> None:
        app_of(self).run_worker(self.store, group="store")  # the app's: it goes on when this screen is left

    async def store(self) -> None:
        """Store what waits."""
        async with self._storing:
            lines = tuple(self._lines)
            if not lines:
                return
            try:
                result = await self._desk.do(lambda: self._store(lines))
            except (AdvisorlogError, OSError) as error:
                why = error.message if isinstance(error, AdvisorlogError) else str(error)
                self._trouble = f"Not stored: {why}. It is tried again"
                self._show()
                self.set_timer(RETRY, self._store_soon)
                return
            del self._lines[: len(lines)]
            self._trouble = ""
            self._show()
            await self._stored(result)

    def _show(self) -> None:
        if not self._lines and not self.display:
            return
        shown = [showing.line(f"… {typed}", showing.QUIET) for typed in self._lines[:SHOWN]]
        if len(self._lines) > SHOWN:
            shown.append(showing.words(f"… and {len(self._lines) - SHOWN} more", showing.QUIET))
        if self._trouble:
            shown.insert(0, showing.line(self._trouble, showing.LATE))
        self.display = bool(shown)
        self.update(Content("\n").join(shown))
