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
SCHEMA_VERSION = 4
SMALLEST_FILE = 512
"""Bytes of SQLite's smallest page; it takes a shorter file for a new database."""


@contextmanager
def reading(path: Path) -> Generator[sqlite3.Connection]:
    """A connection for reading: one snapshot from start to end, whatever other processes write meanwhile.

    Raises LogError where there is no log, or none that this version can read.
    """
    with explained(path):
        connection = connect_to_read(path)
        try:
            connection.execute("BEGIN")
            yield connection
        finally:
            connection.close()


@contextmanager
def transaction(path: Path, command: str, now: Moment) -> Generator[sqlite3.Connection]:
    """A write: all of it or nothing, noted as one change (what `undo` takes back) under the name `command`.

    Creates the log when there is none. A command that writes nothing leaves no change behind. Raises LogError where
    the log can't be written.
    """
    with explained(path):
        connection = connect(path)
        try:
            connection.execute("BEGIN IMMEDIATE")
            change = connection.execute(
                "INSERT INTO change (at, zone, command) VALUES (?, ?, ?)", (now.stored, now.zone, command)
            ).lastrowid
            yield connection
            connection.execute(
                "DELETE FROM change WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM revision WHERE change_id = ?1)",
                (change,),
            )
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
        _journal(connection)
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
    if application == 0 and path.stat().st_size < SMALLEST_FILE:
        # A log is never made in place, so this is not ours half-made: something has emptied or cut the file.
        raise LogError(
            f"{path} is {'cut short' if path.stat().st_size else 'an empty file'}, not a log",
            "Bring back a backup with `advisorlog restore`, or remove the file to start a new log there",
        )
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


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection for reading, to a log that is there and of this version. Raises LogError where there is none."""
    if not path.exists():
        raise LogError(
            f"There is no log yet at {path}",
            "Start one with `advisorlog project new` or `advisorlog import FOLDER`; `advisorlog demo` shows a sample",
        )
    connection = _open(path, "rw")
    try:
        version = check_version(connection, path)
        if version == SCHEMA_VERSION:
            _settle(connection)
            return connection
    except sqlite3.OperationalError as error:
        connection.close()
        if not _cannot_write_beside(error, path):
            raise
        return _open_unchanging(path)
    except BaseException:
        connection.close()
        raise
    connection.close()
    return connect(path)


def _cannot_write_beside(error: sqlite3.OperationalError, path: Path) -> bool:
    """Whether SQLite failed only because it can't make its -shm file beside a log that is whole without it."""
    journal = path.with_name(path.name + "-wal")
    return (
        error.sqlite_errorname.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY"))
        and os.access(path, os.R_OK)
        and not (journal.exists() and journal.stat().st_size)
    )


def _open_unchanging(path: Path) -> sqlite3.Connection:
    """Read a log in a read-only folder, where nobody can be writing either."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    connection.row_factory = sqlite3.Row
    try:
        if check_version(connection, path) < SCHEMA_VERSION:
            raise LogError(
                f"{path} is of an older version, and its folder is read-only",
                "Copy it to a folder of yours and open it there; it is upgraded then",
            )
    except BaseException:
        connection.close()
        raise
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


def _journal(connection: sqlite3.Connection) -> None:
    """A backup that was put in place of the log has SQLite's own journal; readers and a writer need ours."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")


def _create(path: Path) -> None:
    try:
        if not path.parent.exists():
            path.parent.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise LogError(
            f"The log can't be created at {path}: {error.strerror}", "Choose another place with --db"
        ) from error
    from advisorlog.store import schema

    schema.create(path)


@contextmanager
def explained(path: Path) -> Generator[None]:
    """What goes wrong with the log in here is raised as a LogError that says what to do."""
    try:
        if path.is_dir():
            raise LogError(f"{path} is a folder, not a log", "Name a file with --db or ADVISORLOG_DB")
        path.exists()
    except OSError as error:
        raise LogError(f"{path} can't be reached: {error.strerror}", "Check the permissions of its folder") from error
    try:
        yield
    except sqlite3.Error as error:
        explained = explain(error, path)
        if explained is error:
            raise
        raise explained from error


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
