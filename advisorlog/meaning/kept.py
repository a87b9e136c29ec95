"""The vectors, in a file of their own beside the log: what was made of which text, by which model.

It holds no word of the log, yet a vector tells what a text was about: it has the log's own permissions, and what is
taken out of it is overwritten. Each batch is one transaction, so a run that was interrupted goes on where it stopped.
It can be made anew at any time; nothing in the log refers to it.
"""

import hashlib
import os
import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from advisorlog.errors import AdvisorlogError

APPLICATION_ID = 0x41444C56  # "ADLV"
FORMAT = 1
_TABLES = """
CREATE TABLE model (fingerprint TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE vector (
  record TEXT NOT NULL, id INTEGER NOT NULL, digest BLOB NOT NULL, numbers BLOB NOT NULL, PRIMARY KEY (record, id)
) WITHOUT ROWID;
"""

Key = tuple[str, int]
"""A record: its kind as the search index names it, and its number."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One vector: the digest of its text, and its numbers as 16-bit floats, little end first (3 digits of a cosine)."""

    key: Key
    digest: bytes
    numbers: bytes


def digest(text: str) -> bytes:
    """What a text is known again by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


class VectorFile:
    """The file beside a log. Raises AdvisorlogError, with what to do, where it can't be read or written."""

    def __init__(self, log: Path) -> None:
        self.file = log.with_name(f"{log.name}-vectors")

    @property
    def exists(self) -> bool:
        return self.file.exists()

    def model(self) -> tuple[str, str]:
        """Fingerprint and name of the model that made them; empty where there are none."""
        if not self.exists:
            return "", ""
        with self._open() as file:
            row = file.execute("SELECT fingerprint, name FROM model").fetchone()
        return (row[0], row[1]) if row else ("", "")

    def begin(self, fingerprint: str, name: str) -> None:
        """Make the file if there is none, and empty it where another model filled it."""
        self._create()
        with self._open() as file:
            row = file.execute("SELECT fingerprint FROM model").fetchone()
            if row is None or row[0] != fingerprint:
                file.execute("DELETE FROM vector")
                file.execute("DELETE FROM model")
                file.execute("INSERT INTO model VALUES (?, ?)", (fingerprint, name))

    def digests(self) -> dict[Key, bytes]:
        if not self.exists:
            return {}
        with self._open() as file:
            return {(row[0], row[1]): row[2] for row in file.execute("SELECT record, id, digest FROM vector")}

    def all(self, record: str = "") -> list[Kept]:
        """Every vector, or those of one kind of record."""
        if not self.exists:
            return []
        query = "SELECT record, id, digest, numbers FROM vector WHERE ?1 = '' OR record = ?1"
        with self._open() as file:
            return [Kept((row[0], row[1]), row[2], row[3]) for row in file.execute(query, (record,))]

    def put(self, vectors: Iterable[Kept]) -> None:
        """All of them or none, each in the place of an older one."""
        rows = [(*each.key, each.digest, each.numbers) for each in vectors]
        with self._open() as file:
            file.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?, ?, ?)", rows)

    def drop(self, keys: Sequence[Key]) -> None:
        if keys:
            with self._open() as file:
                file.executemany("DELETE FROM vector WHERE record = ? AND id = ?", keys)

    def clear(self) -> bool:
        """Remove the file, damaged or not; whether there was one."""
        was_there = self.exists
        try:
            self.file.unlink(missing_ok=True)
        except OSError as error:
            raise AdvisorlogError(f"{self.file} can't be removed: {error.strerror}", "Remove it yourself") from error
        return was_there

    def _create(self) -> None:
        if self.exists:
            return
        try:
            os.close(os.open(self.file, os.O_CREAT | os.O_WRONLY, 0o600))
        except OSError as error:
            raise AdvisorlogError(
                f"The vectors can't be written beside the log: {error.strerror} ({self.file})",
                "Check the permissions of its folder",
            ) from error
        with self._opened() as file:
            file.executescript(
                f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}; BEGIN; {_TABLES} COMMIT;"
            )

    @contextmanager
    def _open(self) -> Generator[sqlite3.Connection]:
        """One transaction. A file of another program, or of another format, is not touched."""
        with self._opened() as file:
            (application,) = file.execute("PRAGMA application_id").fetchone()
            (version,) = file.execute("PRAGMA user_version").fetchone()
            if (application, version) != (APPLICATION_ID, FORMAT):
                raise AdvisorlogError(
                    f"{self.file} holds no vectors that this version reads",
                    "`advisorlog meaning clear` removes it, `advisorlog meaning rebuild` makes it anew",
                )
            file.execute("BEGIN")
            yield file
            file.execute("COMMIT")

    @contextmanager
    def _opened(self) -> Generator[sqlite3.Connection]:
        try:
            file = sqlite3.connect(self.file, isolation_level=None, timeout=5)
            try:
                file.execute("PRAGMA secure_delete = ON")
                yield file
            finally:
                file.close()
        except sqlite3.Error as error:
            raise AdvisorlogError(
                f"{self.file} can't be used: {error}",
                "`advisorlog meaning clear` removes it, `advisorlog meaning rebuild` makes it anew",
            ) from error
