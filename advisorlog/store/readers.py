"""Connections for reading that are kept open, for a program that asks the log many times.

To open one, SQLite reads the whole schema (2 to 3 ms with our triggers): longer than most questions take.
"""

import sqlite3
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from advisorlog.store.connection import SCHEMA_VERSION, check_version, connect_to_read, explained

KEPT = 3
"""Connections that wait for the next question; more at once are opened, and closed again."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """A connection, and the file (device, number) that it has open."""

    connection: sqlite3.Connection
    file: tuple[int, int]


class Readers:
    """Reads a log in any thread; each reading is one snapshot, on a connection that nobody else uses meanwhile."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._idle: list[_Reader] = []
        self._is_closed = False
        self._one_at_a_time = threading.Lock()

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """As `connection.reading`: one snapshot from start to end. Raises LogError where the log can't be read."""
        with explained(self._log):
            reader = self._take()
            try:
                reader.connection.execute("BEGIN")
                yield reader.connection
                reader.connection.execute("ROLLBACK")
            except BaseException:
                reader.connection.close()
                raise
            self._put_back(reader)

    def close(self) -> None:
        """Close those that wait now, and those in use when their reading is over."""
        with self._one_at_a_time:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for reader in idle:
            reader.connection.close()

    def _take(self) -> _Reader:
        """One that waits, if the log is still the file that it has open (a restored backup is another) and ours."""
        file = _file(self._log)
        while (reader := self._next()) is not None:
            is_good = False
            try:
                is_good = reader.file == file and check_version(reader.connection, self._log) == SCHEMA_VERSION
            finally:
                if not is_good:
                    reader.connection.close()
            if is_good:
                return reader
        connection = connect_to_read(self._log)
        return _Reader(connection, _file(self._log))

    def _next(self) -> _Reader | None:
        with self._one_at_a_time:
            return self._idle.pop() if self._idle else None

    def _put_back(self, reader: _Reader) -> None:
        with self._one_at_a_time:
            is_kept = not self._is_closed and len(self._idle) < KEPT
            if is_kept:
                self._idle.append(reader)
        if not is_kept:
            reader.connection.close()


def _file(path: Path) -> tuple[int, int]:
    """Which file a path stands for; (0, 0) where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_dev, found.st_ino
