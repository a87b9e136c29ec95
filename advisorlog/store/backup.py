"""Backups: whole, checked copies of the log, and the way back to one."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from advisorlog.errors import LogError, NotFound
from advisorlog.store.connection import APPLICATION_ID, SCHEMA_VERSION, explain

KEPT = 20
"""Automatic backups that stay; older ones make room. Backups that the user asked for are never removed."""


def folder(log: Path) -> Path:
    return log.with_name(f"{log.stem}-backups")


def write(log: Path, label: str, to: Path | None = None) -> Path:
    """Copy the log, check the copy, and only then give it its name.

    `label` goes into the file name (`manual`, `before-upgrade`, `daily`). Raises LogError where the log can't be
    read, the place can't be written, or the copy is not sound.
    """
    if not log.is_file():
        raise LogError(f"There is no log at {log}", "There is nothing to back up yet")
    target = to or _free_name(log, label)
    if target.exists():
        raise LogError(f"{target} exists already", "Choose another name; backups are never overwritten")
    part = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        part.unlink(missing_ok=True)
        _copy(log, part)
        part.replace(target)
    except sqlite3.Error as error:
        part.unlink(missing_ok=True)
        raise explain(error, log) from error
    except OSError as error:
        part.unlink(missing_ok=True)
        raise LogError(f"The backup can't be written to {target}: {error.strerror}", "Choose another place") from error
    return target


def _copy(log: Path, part: Path) -> None:
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = sqlite3.connect(f"{log.resolve().as_uri()}?mode=rw", uri=True)
    try:
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("VACUUM INTO ?", (str(part),))
    finally:
        connection.close()
    check(part)
    with part.open("rb") as copied:
        os.fsync(copied.fileno())


def check(path: Path) -> None:
    """Raise LogError unless the file is a sound advisorlog database that this version can read."""
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            (verdict,) = connection.execute("PRAGMA quick_check").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise explain(error, path) from error
    if application != APPLICATION_ID:
        raise LogError(f"{path} is no advisorlog backup", "Nothing was changed")
    if version > SCHEMA_VERSION:
        raise LogError(f"{path} comes from a newer advisorlog", "Upgrade advisorlog first; nothing was changed")
    if verdict != "ok":
        raise LogError(f"{path} is damaged: {verdict}", "Try another backup; nothing was changed")


def listed(log: Path) -> list[Path]:
    """All backups of this log, newest first."""
    found = folder(log).glob(f"{log.stem}-*.db")
    return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def rotate(log: Path) -> None:
    """Remove the oldest automatic backups beyond `KEPT`."""
    automatic = [path for path in listed(log) if not path.name.endswith("-manual.db")]
    for path in automatic[KEPT:]:
        path.unlink(missing_ok=True)


def restore(log: Path, chosen: Path | None) -> tuple[Path, Path | None]:
    """Put a backup in the log's place; the newest one when none is chosen.

    Returns the backup used and where the log that was there before is kept (whatever its state: a damaged file
    may still be worth a look). Raises NotFound where there is no backup, LogError where it is not sound.
    """
    if chosen is None:
        backups = listed(log)
        if not backups:
            raise NotFound(f"There is no backup of {log}", f"Backups would be in {folder(log)}")
        chosen = _first_sound(backups)
    if not chosen.is_file():
        raise NotFound(f"There is no file {chosen}", "`advisorlog restore --list` shows the backups")
    check(chosen)
    part = log.with_name(f".{log.name}.restoring")
    part.unlink(missing_ok=True)
    _copy(chosen, part)
    kept = _set_aside(log)
    part.replace(log)
    return chosen, kept


def _first_sound(backups: list[Path]) -> Path:
    for path in backups:
        try:
            check(path)
        except LogError:
            continue
        return path
    raise LogError("No backup is sound", "Name an older one: `advisorlog restore FILE`")


def _set_aside(log: Path) -> Path | None:
    """Move the present log, with the journal that belongs to it, out of the way."""
    if not log.exists():
        return None
    folder(log).mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = folder(log) / f"replaced-{_stamp()}-{log.name}"
    number = 1
    while kept.exists():
        number += 1
        kept = folder(log) / f"replaced-{_stamp()}-{number}-{log.name}"
    for suffix in ("-wal", "-shm", ""):
        beside = log.with_name(log.name + suffix)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + suffix))
    return kept


def _free_name(log: Path, label: str) -> Path:
    path = folder(log) / f"{log.stem}-{_stamp()}-{label}.db"
    number = 1
    while path.exists():
        number += 1
        path = folder(log) / f"{log.stem}-{_stamp()}-{number}-{label}.db"
    return path


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
