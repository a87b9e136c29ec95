"""Names of files that every system takes, from names that people typed."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST_NAME = 150
"""Bytes of a file's name without its ending: what every file system and sync service takes."""

LONGEST_ENDING = 8
"""Letters behind the last dot of a file's name that still are its ending."""

# With the signs that turn the direction of writing: they make `gpj.exe` of an `exe.jpg`.
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f#^\[\]\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)


def file_name(slug: str) -> str:
    """A name, without ending, that Windows, macOS and Linux all take, and that Obsidian can link to."""
    name = _UNSAFE.sub("-", unicodedata.normalize("NFC", slug)).strip(" .") or "unnamed"
    if _RESERVED.match(name):
        name = f"_{name}"
    while len(name.encode()) > LONGEST_NAME:
        name = name[:-1]
    return name.rstrip(" .")


def safe_name(name: str) -> str:
    """The same for the name of a file that has its ending."""
    stem, ending = _parts(name)
    return f"{file_name(stem)}{ending}"


def attachment_name(sha256: str, name: str) -> str:
    """The file name of an attachment's copy: its own, with its ending, behind the beginning of its hash."""
    return f"{sha256[:12]}-{safe_name(name)}"


def apart(names: Iterable[str]) -> list[str]:
    """File names of which no two differ only in case: a second `board.jpg` is `board-2.jpg`."""
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        stem, ending = _parts(name)
        tried, number = name, 1
        while tried.casefold() in taken:
            number += 1
            tried = f"{stem}-{number}{ending}"
        taken.add(tried.casefold())
        found.append(tried)
    return found


def _parts(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending) > LONGEST_ENDING or not ending.isalnum():
        return name, ""
    return stem, dot + ending
