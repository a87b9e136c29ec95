"""One way to open the log: right settings, right version, and a clear line when it can't be opened.

This module is loaded by every hot command, so it holds to the standard library; what is rarely needed (creating
and migrating, which take SQLAlchemy and Alembic) is imported where it is needed.
"""

import os
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from advisorlog.domain.moments import Moment
from advisorlog.errors import LogError

APPLICATION_ID = 0x41444C47  # "ADLG": tells file(1), and us, whose database this is
SCHEMA_VERSION = 1


@contextmanager
def reading(path: Path) -> Generator[sqlite3.Connection]:
    """A connection for reading: one snapshot from start to end, whatever other processes write meanwhile.

    Raises LogError where there is no log, or none that this version can read.
    """
    if not path.exists():
        raise LogError(
            f"There is no log yet at {path}",
            "Start one with `advisorlog project new` or `advisorlog import FOLDER`; `advisorlog demo` shows a sample",
        )
    with _explained(path):
        connection = _connect_to_read(path)
        try:
            check_version(connection, path)
            connection.execute("BEGIN")
            yield connection
        finally:
            connection.close()


@contextmanager
def transaction(path: Path, command: str, now: Moment) -> Generator[sqlite3.Connection]:
    """A write: all of it or nothing, noted as one change (what `undo` takes back) under the name `command`.

    Creates the log when there is none. Raises LogError where it can't be written.
    """
    with _explained(path):
        connection = connect(path)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "INSERT INTO change (at, zone, command) VALUES (?, ?, ?)", (now.stored, now.zone, command)
            )
            yield connection
            connection.commit()
        except BaseException:
            if connection.in_transaction:
                connection.rollback()
            raise
        finally:
            connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """A connection for writing, to a log that is of this version (created or migrated first if need be)."""
    if not path.exists():
        _create(path)
    connection = _open(path, "rw")
    try:
        if check_version(connection, path) < SCHEMA_VERSION:
            connection.close()
            from advisorlog.store import schema

            schema.migrate(path)
            connection = _open(path, "rw")
        _settle(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def check_version(connection: sqlite3.Connection, path: Path) -> int:
    """The schema version of an open log.

    Raises LogError for a foreign database and for a log that a newer advisorlog has written.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise LogError(
            f"{path} is a SQLite database of another program",
            "Point --db or ADVISORLOG_DB at an advisorlog file; this one was not touched",
        )
    if version > SCHEMA_VERSION:
        raise LogError(
            f"{path} was written by a newer advisorlog (log version {version}, this program knows {SCHEMA_VERSION})",
            "Upgrade with `pip install --upgrade advisorlog`; the log was not touched",
        )
    return int(version)


def _connect_to_read(path: Path) -> sqlite3.Connection:
    try:
        connection = _open(path, "rw")
    except sqlite3.OperationalError:
        connection = _open(path, "ro")
    if check_version(connection, path) < SCHEMA_VERSION:
        connection.close()
        return connect(path)
    try:
        _settle(connection)
        connection.execute("SELECT 1 FROM person LIMIT 1").fetchone()
    except sqlite3.OperationalError:
        # A read-only folder: SQLite can't make the -shm file beside the log. Nobody can be writing there either.
        connection.close()
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
        connection.row_factory = sqlite3.Row
    return connection


def _open(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA busy_timeout = 5000")
    return connection


def _settle(connection: sqlite3.Connection) -> None:
    # FULL: in WAL mode only this keeps an acknowledged line through a power cut.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _create(path: Path) -> None:
    try:
        if not path.parent.exists():
            path.parent.mkdir(parents=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise LogError(
            f"The log can't be created at {path}: {error.strerror}", "Choose another place with --db"
        ) from error
    from advisorlog.store import schema

    schema.create(path)


@contextmanager
def _explained(path: Path) -> Generator[None]:
    if path.is_dir():
        raise LogError(f"{path} is a folder, not a log", "Name a file with --db or ADVISORLOG_DB")
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error


def explain(error: sqlite3.Error, path: Path) -> Exception:
    """SQLite's complaint as a LogError that says what to do; an error that is our own bug comes back as it is."""
    name: str = getattr(error, "sqlite_errorname", "") or ""
    for prefix, (what, mend) in _COMPLAINTS.items():
        if name.startswith(prefix):
            return LogError(what.format(path=path), mend)
    return error


_COMPLAINTS = {
    "SQLITE_FULL": ("The disk is full: nothing was written to {path}", "Free some space and try again"),
    "SQLITE_READONLY": (
        "{path} is read-only: nothing was written",
        "Give yourself write permission, or choose another log with --db",
    ),
    "SQLITE_BUSY": (
        "{path} is locked by another program",
        "Close what holds it (a sync client, another database tool) and try again",
    ),
    "SQLITE_LOCKED": ("{path} is locked by another program", "Close what holds it and try again"),
    "SQLITE_NOTADB": (
        "{path} is no SQLite database",
        "Point --db at the log, or bring back a backup with `advisorlog restore`; the file was not touched",
    ),
    "SQLITE_CORRUPT": (
        "{path} is damaged",
        "`advisorlog doctor` says how badly; `advisorlog restore` brings back the last backup",
    ),
    "SQLITE_CANTOPEN": ("{path} can't be opened", "Check that the folder exists and is yours to read"),
    "SQLITE_IOERR": (
        "{path} can't be read or written: the disk reports an error",
        "Check the disk's space and health, then `advisorlog doctor`",
    ),
    "SQLITE_PERM": ("{path} may not be opened", "Check the file's permissions"),
}
