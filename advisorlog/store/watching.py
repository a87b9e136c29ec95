"""Noticing that the log was changed, by whichever process."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path


class Watch:
    """Knows whether a log has changed since it was last asked.

    Counts on SQLite's `data_version`, which changes for this connection when any other one commits; nothing is ever
    written through it. A log that can't be asked (not there yet, locked, moved away) has not changed.
    """

    def __init__(self, log: Path) -> None:
        self._log = log
        self._connection: sqlite3.Connection | None = None
        self._version: int | None = None
        # Asked in one thread and closed in another: SQLite crashes where both happen at once.
        self._one_at_a_time = threading.Lock()

    def has_changed(self) -> bool:
        """Whether anything was committed since the last time; the first answer is no."""
        with self._one_at_a_time:
            before, self._version = self._version, self._ask()
            return before is not None and self._version is not None and before != self._version

    def close(self) -> None:
        with self._one_at_a_time:
            self._let_go()

    def _let_go(self) -> None:
        if self._connection is not None:
            with closing(self._connection):
                self._connection = None

    def _ask(self) -> int | None:
        try:
            if self._connection is None:
                if not self._log.exists():
                    return 0
                uri = f"{self._log.resolve().as_uri()}?mode=ro"
                self._connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            return int(version)
        except sqlite3.Error:
            self._let_go()
            return None
