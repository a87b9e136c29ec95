"""Whether the attached files are there, whole, and named by something."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from advisorlog.domain.moments import Moment
from advisorlog.errors import LogError
from advisorlog.store import attachments, backup
from advisorlog.store.connection import reading, transaction
from advisorlog.store.findings import Finding, Severity

YOUNGEST = timedelta(hours=1)
"""A file younger than this may be about to be named by another program: it is no orphan yet."""
SHOWN = 5
"""Findings of one kind that are named one by one."""

_MEND = "`advisorlog restore` brings the file back if a backup has it; or attach it again, which mends it"


def look(connection: sqlite3.Connection, log: Path) -> Iterator[Finding]:
    """What is missing, of another size than it was, or named by nothing: a look at every file, none is read."""
    root = attachments.folder(log)
    rows = connection.execute("SELECT id, sha256, size FROM attachment ORDER BY id").fetchall()
    wrong = [(row, trouble) for row in rows if (trouble := _trouble(root, row))]
    for row, trouble in wrong[:SHOWN]:
        yield Finding(Severity.ERROR, f"Attachment {row['id']} {trouble}", _MEND)
    if len(wrong) > SHOWN:
        yield Finding(Severity.ERROR, f"{len(wrong) - SHOWN} more attached files are missing or damaged", _MEND)
    named = attachments.named(connection)
    size = [path.stat().st_size for path in attachments.stored(root) if path.name not in named]
    if size:
        yield Finding(
            Severity.NOTE,
            f"{len(size)} stored files ({sum(size) // 1000} kB) belong to no attachment",
            "`advisorlog doctor --prune` removes those that no backup names either",
        )


def _trouble(root: Path, row: sqlite3.Row) -> str:
    if not attachments.is_hash(row["sha256"]):
        return "has no proper hash"
    try:
        size = attachments.place(root, row["sha256"]).stat().st_size
    except OSError:
        return "is missing"
    return "" if size == row["size"] else f"is damaged: {size} bytes instead of {row['size']}"


def damaged(log: Path, on_progress: Callable[[int, int], None]) -> list[Finding]:
    """Read every attached file and compare it with its hash; missing ones are `look`'s. (done, in all) is told.

    Findings hold numbers and no names: what `doctor` says may be shown to others.
    """
    with reading(log) as connection:
        rows = connection.execute("SELECT sha256, min(id) AS id FROM attachment GROUP BY sha256 ORDER BY id")
        wanted = {row["sha256"]: row["id"] for row in rows if attachments.is_hash(row["sha256"])}
    found: list[Finding] = []
    for number, (sha256, number_of) in enumerate(wanted.items(), start=1):
        path = attachments.place(attachments.folder(log), sha256)
        try:
            is_sound = not path.exists() or attachments.is_sound(path)
        except OSError:
            is_sound = False
        if not is_sound:
            found.append(Finding(Severity.ERROR, f"Attachment {number_of} is not what was stored", _MEND))
        on_progress(number, len(wanted))
    return found


def prune(log: Path, now: Moment) -> tuple[int, int]:
    """Remove the stored files that neither the log (with its undo history) nor any backup names; how many, and bytes.

    While it runs nobody else writes to the log, so no file can be named meanwhile. Raises LogError where a backup
    can't be read: what it names is not known then.
    """
    with transaction(log, "doctor --prune", now) as connection:
        named = attachments.named(connection) | _named_in_backups(log)
        removed = [
            size
            for root in (attachments.folder(log), backup.attachments_beside(backup.folder(log) / "any"))
            for path in [*attachments.stored(root), *attachments.parts(root)]
            if path.name not in named and (size := _removed(path)) is not None
        ]
    return len(removed), sum(removed)


def _named_in_backups(log: Path) -> set[str]:
    named: set[str] = set()
    for path in sorted(backup.folder(log).glob("*.db")):
        try:
            named |= backup.attachments_named(path)
        except sqlite3.Error as error:
            raise LogError(
                f"{path} can't be read, so it is not known which files it needs",
                "Move it out of that folder if you don't need it; nothing was removed",
            ) from error
    return named


def _removed(path: Path) -> int | None:
    """Remove a file if it is old enough; its size, where it was."""
    found = path.stat()
    if datetime.now(UTC) - datetime.fromtimestamp(found.st_mtime, UTC) < YOUNGEST:
        return None
    path.unlink()
    return found.st_size
