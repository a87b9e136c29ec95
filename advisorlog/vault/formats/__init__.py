"""The formats of other tools: one module each, listed once, here.

A new format is one module with a `FORMAT`, and its name in `_MODULES`. What a format needs beyond the standard
library it loads inside its `read`.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from advisorlog.vault.formats.format import Format, Head, SourceFile
from advisorlog.vault.notes import Note
from advisorlog.vault.problems import Problem

__all__ = ["MARKDOWN", "Format", "Head", "SourceFile", "known", "names", "read_as", "recognise", "suffixes"]

MARKDOWN = "markdown"
"""The name of our own format, for those who force it."""

_MODULES = ("ics", "taskwarrior", "jrnl", "todotxt", "org", "jekyll", "transcript")
"""In the order in which they are asked whether a file is theirs: the surest signs first."""

_HEAD = 64 * 1024


@cache
def known() -> tuple[Format, ...]:
    """Every format, in the order of asking."""
    return tuple(import_module(f"{__name__}.{module}").FORMAT for module in _MODULES)


def names() -> tuple[str, ...]:
    """What a user may force a format by."""
    return (MARKDOWN, *(form.name for form in known()))


@cache
def suffixes() -> frozenset[str]:
    """Endings by which files of other tools are found in a folder; whether they are such files, their text says."""
    return frozenset(suffix for form in known() for suffix in form.suffixes)


def recognise(path: Path, beginning: bytes, wanted: str | None = None) -> Format | None:
    """The format of a file by its name and the beginning of its bytes; None where it is Markdown or no note at all.

    `wanted` is the name of the format that the user said it is, if so.
    """
    if wanted is not None:
        return next((form for form in known() if form.name == wanted), None)
    head = Head(path.parent.name, path.name, path.suffix.lower(), _text(beginning[:_HEAD]))
    return next((form for form in known() if form.claims(head)), None)


def read_as(name: str, path: Path, source: bytes, *, place: str, zone: str) -> tuple[Note | None, list[Problem]]:
    """Bytes as the file at `path` in the format of that name. Never raises for what they hold."""
    form = next(_of_name(name))
    file = SourceFile(path, source, place, zone)
    return form.read(file), file.problems


def _of_name(name: str) -> Iterator[Format]:
    return (form for form in known() if form.name == name)


def _text(beginning: bytes) -> str:
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return beginning[: len(beginning) & ~1].decode("utf-16", "replace")
    return beginning.decode("utf-8-sig", "replace")
