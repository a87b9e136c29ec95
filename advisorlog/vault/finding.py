"""Which files of a folder are notes. Links are followed only inside it; nothing stops the search."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from advisorlog.vault.formats import suffixes
from advisorlog.vault.problems import Problem, Severity
from advisorlog.vault.surroundings import ATTACHMENTS

SUFFIXES = frozenset({".md", ".markdown", ".txt"})
"""What is read as Markdown, unless its text says that another tool wrote it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read; `place` is its path below the folder that was named, with `/`, without its suffix.

    `is_named`: the user named the file itself, so it is meant, whatever it is.
    """

    path: Path
    place: str
    is_named: bool = False


def find(paths: Iterable[Path]) -> Iterator[Found | Problem]:
    """Every note below the paths, each real file once, sorted by name within its folder.

    Hidden files and folders (`.git`, `.obsidian`, `.trash`) are passed over, unless named themselves.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _below(path):
            if isinstance(found, Found):
                real = os.path.realpath(found.path)
                if real in seen:
                    continue
                seen.add(real)
            yield found


def _below(path: Path) -> Iterator[Found | Problem]:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as failure:
        yield _unreadable(path, failure)
        return
    if stat.S_ISDIR(mode):
        yield from _walk(path)
    elif stat.S_ISREG(mode):
        yield Found(path, path.stem, is_named=True)
    else:
        yield Problem(path, None, "not a regular file", "Leave it out, or save a copy as a file")


def _walk(root: Path) -> Iterator[Found | Problem]:
    """The tree below a folder, without recursion: a folder can be nested deeper than Python's stack."""
    real_root = os.path.realpath(root)
    waiting: list[os.DirEntry[str] | Path] = [root]
    links: list[os.DirEntry[str]] = []
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as failure:
            yield _unreadable(Path(folder), failure)
            continue
        folders: list[os.DirEntry[str]] = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                links.append(entry)
            elif _is_folder(entry):
                if _is_note_name(entry.name):
                    yield _folder_like_a_note(Path(entry.path))
                folders.append(entry)
            elif is_conflict(entry.name):
                yield _unsettled(Path(entry.path))
            elif _may_be_a_note(entry.name) and not _is_attached(Path(entry.path)):
                yield _file(entry, root)
        waiting += reversed(folders)
    for link in links:
        yield from _link(link, root, real_root)


_ATTACHED = re.compile(r"[0-9a-f]{12}-.")


def _is_attached(path: Path) -> bool:
    """Whether a file is the copy of an attached one that an export made: Markdown that is attached is no note."""
    return path.parent.name == ATTACHMENTS and _ATTACHED.match(path.name) is not None


_CONFLICT = re.compile(r"\.conflict-\d{4}-\d{2}-\d{2}(?:-\d+)?\.\w+\Z")


def is_conflict(name: str) -> bool:
    """Whether a file is the other version of one that was changed on both sides."""
    return _CONFLICT.search(name) is not None


def original_of(path: Path) -> Path:
    """The file that a conflict is about."""
    return path.with_name(_CONFLICT.sub("", path.name) + path.suffix)


def _unsettled(path: Path) -> Problem:
    message = "the log's version of a file that was changed on both sides: not read"
    what_to_do = "Take over what you want into the file itself, then delete this one"
    return Problem(path, None, message, what_to_do, Severity.WARNING)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_note_name(name: str) -> bool:
    return _suffix(name) in SUFFIXES


def _may_be_a_note(name: str) -> bool:
    """Whether a file may be one of another tool's: then its text decides."""
    return _suffix(name) in SUFFIXES or _suffix(name) in suffixes()


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 (a Path for each name costs too much)


def _file(entry: os.DirEntry[str], root: Path) -> Found | Problem:
    path = Path(entry.path)
    try:
        is_file = entry.is_file()
    except OSError as failure:
        return _unreadable(path, failure)
    if not is_file:
        return Problem(path, None, "not a regular file", "Leave it out, or save a copy as a file")
    return Found(path, path.relative_to(root).with_suffix("").as_posix())


def _link(entry: os.DirEntry[str], root: Path, real_root: str) -> Iterator[Found | Problem]:
    """A link to a file inside the folder is read; a folder inside it is found at its real place anyway."""
    path = Path(entry.path)
    target = os.path.realpath(path)
    is_inside = target == real_root or target.startswith(real_root.rstrip(os.sep) + os.sep)
    try:
        mode = path.stat().st_mode
    except OSError as failure:
        if _is_note_name(entry.name):
            yield _unreadable(path, failure)
        return
    if stat.S_ISDIR(mode):
        if not is_inside:
            yield _outside(path)
    elif _may_be_a_note(entry.name):
        yield _file(entry, root) if is_inside else _outside(path)


def _outside(path: Path) -> Problem:
    message = "a link that leads out of the folder: not followed"
    return Problem(path, None, message, "Name its target itself to read it", Severity.WARNING)


def _folder_like_a_note(path: Path) -> Problem:
    message = "a folder with the name of a note: only what it holds is read"
    return Problem(path, None, message, "Rename it if it was meant as a note", Severity.WARNING)


def _unreadable(path: Path, failure: OSError | ValueError) -> Problem:
    reason = getattr(failure, "strerror", None) or str(failure)
    return Problem(path, None, f"can't be read: {reason}", "Check that it exists and may be read")
