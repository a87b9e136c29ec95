"""Backups: whole, checked copies of the log, and the way back to one.

Three kinds, told apart by their names: `manual` (asked for; never removed), `daily` (made after the first write of a
day) and `before-upgrade`. Kept are the newest copy of each of the last 7 days that have one, the newest of each of
the 4 weeks before those, and the last 3 from before an upgrade. Attached files lie once, by their hashes, in a folder
beside the backups: links to the log's own where the disk allows, so that a backup a day costs nothing for them.
"""

import os
import re
import sqlite3
import sys
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from advisorlog.domain.moments import Moment
from advisorlog.errors import LogError, NotFound
from advisorlog.store.connection import APPLICATION_ID, SCHEMA_VERSION, explain
from advisorlog.store.files import sync_folder

if TYPE_CHECKING:
    from subprocess import Popen

DAYS_KEPT = 7
WEEKS_KEPT = 4
UPGRADES_KEPT = 3

_DAILY = re.compile(r"-(\d{4}-\d{2}-\d{2})-daily\.db")


def folder(log: Path) -> Path:
    return log.with_name(f"{log.stem}-backups")


def attachments_beside(backup: Path) -> Path:
    """Where the attached files of all backups of a folder lie."""
    return backup.with_name("advisorlog-attachments")


def attachments_named(backup: Path) -> set[str]:
    """The contents that a backup, or a log that was set aside, names. Raises sqlite3.Error where it can't be read."""
    from advisorlog.store import attachments  # every `add` loads this module, and has no use for that one

    with closing(sqlite3.connect(f"{backup.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        return attachments.named(connection)


def write(log: Path, label: str, to: Path | None = None) -> Path:
    """Copy the log with its attached files, check the copy, and only then give it its name.

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
        _carry_out(log, part, target)
        part.replace(target)
        sync_folder(target.parent)
    except sqlite3.Error as error:
        raise explain(error, log) from error
    except OSError as error:
        raise LogError(f"The backup can't be written to {target}: {error.strerror}", "Choose another place") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def _carry_out(log: Path, part: Path, target: Path) -> None:
    """Have the attached files that the copy names beside it; one that the log misses stops nothing: `doctor` tells."""
    from advisorlog.store import attachments

    attachments.carry(attachments_named(part), attachments.folder(log), attachments_beside(target))


def _carry_in(log: Path, part: Path, chosen: Path) -> None:
    from advisorlog.store import attachments

    attachments.carry(attachments_named(part), attachments_beside(chosen), attachments.folder(log))


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


def daily(log: Path, now: Moment) -> Path | None:
    """Back the log up unless that was done today, and make room; None where today's copy is there already.

    Costs one look at the disk on every call but a day's first. Raises LogError as `write` does.
    """
    target = _daily_name(log, now)
    if target.exists():
        return None
    write(log, "daily", target)
    rotate(log)
    return target


def daily_behind(log: Path, now: Moment) -> "Popen[bytes] | None":
    """Have another process do `daily`, so that nobody waits for it; None where there is nothing to do.

    To be called after a write is acknowledged: a look at the disk, and once a day the start of a process.
    `ADVISORLOG_BACKUP=off` switches it off. What goes wrong there is silent here: `doctor` tells the last backup's age.
    """
    if os.environ.get("ADVISORLOG_BACKUP") == "off" or _daily_name(log, now).exists():
        return None
    import subprocess  # 10 ms that only a day's first write pays

    try:
        return subprocess.Popen(
            [sys.executable, "-m", "advisorlog.store.backup", str(log.resolve()), now.stored, now.zone],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return None


def _daily_name(log: Path, now: Moment) -> Path:
    return folder(log) / f"{log.stem}-{now.day.isoformat()}-daily.db"


def rotate(log: Path) -> None:
    """Remove the automatic backups that need not be kept any more."""
    dailies = {day: path for path in listed(log) if (day := _day(path))}
    upgrades = [path for path in listed(log) if path.name.endswith("-before-upgrade.db")]
    spare = [dailies[day] for day in dailies.keys() - _days_to_keep(set(dailies))]
    for path in (*spare, *upgrades[UPGRADES_KEPT:], *_left_behind(log)):
        path.unlink(missing_ok=True)


def _left_behind(log: Path) -> list[Path]:
    """Parts of backups that were killed on the way, more than a day before the newest backup."""
    newest = next((path.stat().st_mtime for path in listed(log)), 0.0)
    parts = folder(log).glob(f".{log.stem}-*.part")
    return [part for part in parts if part.stat().st_mtime < newest - 86400]


def _day(backup: Path) -> date | None:
    found = _DAILY.search(backup.name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def _days_to_keep(days: set[date]) -> set[date]:
    newest = sorted(days, reverse=True)
    last_of_week: dict[tuple[int, int], date] = {}
    for day in newest[DAYS_KEPT:]:
        year, week, _ = day.isocalendar()
        last_of_week.setdefault((year, week), day)
    return {*newest[:DAYS_KEPT], *list(last_of_week.values())[:WEEKS_KEPT]}


def restore(log: Path, chosen: Path | None) -> tuple[Path, Path | None]:
    """Put a backup in the log's place, and its attached files where they are missing; the newest when none is chosen.

    Returns the backup used and where the log that was there before is kept (whatever its state: a damaged file
    may still be worth a look). Raises NotFound where there is no backup, LogError where it is not sound or where
    another program has the log open (what that one writes would be lost); then nothing was changed.
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
    try:
        part.unlink(missing_ok=True)
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(chosen, part)
        _carry_in(log, part, chosen)
        _be_sure_nobody_has_it_open(log)
        kept = _set_aside(log)
        part.replace(log)
        sync_folder(log.parent)
    except sqlite3.Error as error:
        raise explain(error, chosen) from error
    except OSError as error:
        raise LogError(
            f"The backup can't be put in place of {log}: {error.strerror}", "Check the disk and the permissions"
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return chosen, kept


def _be_sure_nobody_has_it_open(log: Path) -> None:
    """Raise LogError where another connection is open. A log that can't be opened at all passes: nobody writes to it.

    In exclusive mode SQLite locks the file itself, which every open connection holds; this also empties the journal.
    """
    if not log.exists():
        return
    try:
        with closing(
            sqlite3.connect(f"{log.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
        ) as connection:
            connection.execute("PRAGMA busy_timeout = 500")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise LogError(
                f"{log} is open in another program", "Close it there and restore again; nothing was changed"
            ) from error
    except sqlite3.DatabaseError:
        return


def _first_sound(backups: list[Path]) -> Path:
    for path in backups:
        try:
            check(path)
        except LogError:
            continue
        return path
    raise LogError(
        f"None of the {len(backups)} backups is sound",
        "Name another file: `advisorlog restore FILE`; nothing was changed",
    )


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


if __name__ == "__main__":
    from advisorlog.domain.moments import moment

    daily(Path(sys.argv[1]), moment(sys.argv[2], sys.argv[3]))
