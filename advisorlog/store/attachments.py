"""Attached files: each content kept once, under its hash, in a folder beside the log.

    log-attachments/ab/abcdef...     folders 0700, files 0600

A file gets its name when it is whole and on the disk, and before any row names it; it is never changed afterwards.
So a program that is killed on the way leaves at most a file that no row names, which `doctor` finds. A file stays as
long as a row, the undo history or a backup names it.
"""

import hashlib
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from advisorlog.domain.media import HEAD
from advisorlog.errors import AdvisorlogError, LogError
from advisorlog.store.files import sync_folder

CHUNK = 1 << 20
"""Bytes that are in memory at a time."""
SPARE = 50_000_000
"""Bytes that a disk keeps free for the log itself."""

_HASH = re.compile(r"[0-9a-f]{64}")
_NAMED = (
    "SELECT sha256 FROM attachment UNION "
    "SELECT json_extract(before, '$.sha256') FROM revision WHERE record = 'attachment' AND before IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A content that is in the folder now; `head` is its beginning."""

    sha256: str
    size: int
    head: bytes


def folder(log: Path) -> Path:
    return log.with_name(f"{log.stem}-attachments")


def log_of(connection: sqlite3.Connection) -> Path:
    """The log that a connection is to."""
    return Path(connection.execute("SELECT file FROM pragma_database_list WHERE name = 'main'").fetchone()[0])


def place(root: Path, sha256: str) -> Path:
    """Where a content lies below the folder of attachments."""
    return root / sha256[:2] / sha256


def is_hash(text: str) -> bool:
    return _HASH.fullmatch(text) is not None


def named(connection: sqlite3.Connection) -> set[str]:
    """The contents that the log's rows name, or named before a change that can be taken back."""
    return {row[0] for row in connection.execute(_NAMED) if row[0] is not None and is_hash(row[0])}


def keep(root: Path, source: BinaryIO, expected: int | None = None) -> Kept:
    """Copy a content into the folder, a piece at a time; one that is there already is not stored twice.

    `expected` is its size, where that is known before. Raises LogError where it can't be written whole,
    AdvisorlogError where it had another size; then nothing of it is left.
    """
    part: Path | None = None
    try:
        _make(root)
        if expected is not None and expected + SPARE > (free := shutil.disk_usage(root).free):
            raise LogError(
                f"The disk has {free // 1_000_000} MB left, too little for {expected // 1_000_000} MB more",
                "Free some space; nothing was stored",
            )
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=root)
        part = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            kept = _copied(source, file)
        if expected not in (None, kept.size):
            raise AdvisorlogError("it was changed while it was copied", "Try again when it is whole")
        _put(part, place(root, kept.sha256))
    except OSError as error:
        raise LogError(f"The file can't be stored in {root}: {error.strerror}", "Nothing of it was stored") from error
    finally:
        if part is not None:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    return kept


def _make(path: Path) -> None:
    if not path.is_dir():
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        sync_folder(path.parent)


def _copied(source: BinaryIO, file: BinaryIO) -> Kept:
    digest, size, head = hashlib.sha256(), 0, b""
    while piece := source.read(CHUNK):
        head = head or piece[:HEAD]
        digest.update(piece)
        file.write(piece)
        size += len(piece)
    file.flush()
    os.fsync(file.fileno())
    return Kept(digest.hexdigest(), size, head)


def _put(part: Path, target: Path) -> None:
    """Give a whole file its name. A damaged one that has it is replaced, which mends it."""
    if target.exists() and is_sound(target):
        with suppress(OSError):
            os.utime(target)  # to `prune` it is as young as the row that will name it
        return
    _make(target.parent)
    part.replace(target)
    sync_folder(target.parent)


def is_sound(path: Path) -> bool:
    """Whether a file's content is the one that its name says."""
    with path.open("rb") as file:
        return hash_of(file) == path.name


def hash_of(file: BinaryIO) -> str:
    """The SHA-256 of a content, in hexadecimal digits."""
    digest = hashlib.sha256()
    while piece := file.read(CHUNK):
        digest.update(piece)
    return digest.hexdigest()


def source_of(root: Path, sha256: str) -> Path:
    """The stored file of a content. Raises AdvisorlogError where it is gone."""
    found = place(root, sha256)
    if not found.is_file():
        raise AdvisorlogError(
            f"The attached file {sha256[:12]} is missing from {root}",
            "`advisorlog restore` brings it back if a backup has it; or attach it again",
        )
    return found


def carry(hashes: Iterable[str], source: Path, target: Path) -> list[str]:
    """Have the contents in another folder of attachments too, by a link where the disk allows; what was not there.

    Raises OSError where one can't be written.
    """
    missing: list[str] = []
    for sha256 in sorted(hashes):
        here, there = place(source, sha256), place(target, sha256)
        if not here.is_file():
            if not there.is_file():
                missing.append(sha256)
            continue
        if not (there.is_file() and there.stat().st_size == here.stat().st_size):
            _make(target)
            _make(there.parent)
            _link(here, there)
    return missing


def _link(here: Path, there: Path) -> None:
    part = there.with_name(f".{there.name}.{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)
        try:
            part.hardlink_to(here)
        except OSError:  # another disk, or one without links
            with here.open("rb") as source:
                descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
                with os.fdopen(descriptor, "wb") as file:
                    _copied(source, file)
        part.replace(there)
        sync_folder(there.parent)
    finally:
        part.unlink(missing_ok=True)


def stored(root: Path) -> Iterator[Path]:
    """Every whole file of the folder."""
    return (path for path in root.glob("??/*") if is_hash(path.name) and path.parent.name == path.name[:2])


def parts(root: Path) -> Iterator[Path]:
    """What copies that were killed on the way have left."""
    yield from root.glob(".*.part")
    yield from root.glob("??/.*.part")
