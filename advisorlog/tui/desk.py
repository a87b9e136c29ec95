"""What every screen works at: the settings, the clock, and the log, which is never touched on the event loop."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from advisorlog import config
from advisorlog.config import Settings
from advisorlog.domain.moments import Moment

if TYPE_CHECKING:
    from advisorlog.store.readers import Readers
    from advisorlog.store.watching import Watch

T = TypeVar("T")


@dataclass
class Desk:
    """The log as the screens use it."""

    settings: Settings

    @cached_property
    def _watch(self) -> "Watch":
        from advisorlog.store.watching import Watch

        return Watch(self.settings.log)

    @cached_property
    def _readers(self) -> "Readers":
        from advisorlog.store.readers import Readers  # behind the first paint: it loads SQLite

        return Readers(self.settings.log)

    @property
    def has_log(self) -> bool:
        return self.settings.log.exists()

    def now(self) -> Moment:
        return config.now(self.settings.zone)

    async def read(self, ask: Callable[[sqlite3.Connection], T]) -> T:
        """Ask the log in a thread: one snapshot. Raises LogError where it can't be read."""
        return await asyncio.to_thread(self.ask, ask)

    def ask(self, ask: Callable[[sqlite3.Connection], T]) -> T:
        """As `read`, for work that is in a thread already."""
        with self._readers.reading() as connection:
            return ask(connection)

    async def do(self, work: Callable[[], T]) -> T:
        """Do something that takes its time (a change, a document) in a thread."""
        return await asyncio.to_thread(work)

    async def was_changed(self) -> bool:
        """Whether any process has changed the log since this was last asked."""
        return await asyncio.to_thread(self._has_changed)

    def close(self) -> None:
        self._watch.close()
        self._readers.close()

    def _has_changed(self) -> bool:
        return self._watch.has_changed()
