"""What is being typed and not entered yet: kept beside the log's history, so that it comes back after a crash."""

from collections.abc import Callable
from typing import Any

from textual.timer import Timer

from advisorlog.errors import AdvisorlogError
from advisorlog.tui.screen import RecordScreen

PAUSE = 0.4
"""Seconds without a key after which what is being typed is kept."""


class Draft:
    """The text being typed at a place of a screen (`capture:42`); `typed` says how it reads now."""

    def __init__(self, screen: RecordScreen[Any], typed: Callable[[], str]) -> None:
        self._screen = screen
        self._typed = typed
        self._place = ""
        self._kept = ""
        self._pause: Timer | None = None

    def begin(self, place: str, kept: str) -> str:
        """What is to be brought back at a place: once, and only where nothing is typed already."""
        if self._place:
            return ""
        self._place, self._kept = place, kept
        return "" if self._typed() else kept

    def keep_soon(self) -> None:
        """Keep it at the next pause."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self._screen.set_timer(PAUSE, self.keep_behind)

    def keep_behind(self) -> None:
        self._screen.run_worker(self.keep, group="keep", exclusive=True)

    async def keep(self) -> None:
        from advisorlog.workflow import drafting

        desk, place, text = self._screen.desk, self._place, self._typed()
        if not place or text == self._kept:
            return
        try:
            await desk.do(lambda: drafting.keep(desk.settings.log, desk.now(), place, text))
            self._kept = text
        except AdvisorlogError:
            return  # it is still on the screen, and kept at the next pause
