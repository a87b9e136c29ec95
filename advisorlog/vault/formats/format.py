"""What a format is: how its files are known, and how one is read."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypedDict, Unpack

from advisorlog.domain.moments import Moment
from advisorlog.vault.decoding import NotText, decode
from advisorlog.vault.notes import Item, ListNote, Note
from advisorlog.vault.problems import Problem, Severity

MAX_BYTES = 100_000_000
"""Ten years of a journal have a tenth of it. Larger files are left unread."""


@dataclass(frozen=True, slots=True)
class Head:
    """What tells a file's format: its folder's name, its own, its ending (lower case, with the dot), its first text."""

    folder: str
    name: str
    suffix: str
    text: str

    @property
    def lines(self) -> list[str]:
        """The lines that are whole; blank ones are left out."""
        return [line for line in self.text.splitlines()[:200] if line.strip()]


class Meeting(TypedDict, total=False):
    """What a file says of the meeting that it records."""

    title: str | None
    start: Moment | None
    people: tuple[str, ...]


@dataclass
class SourceFile:
    """One file to read; a reader adds what is wrong to `problems`.

    `place` is its path below the folder that was named, without its ending; `zone` counts for times without one.
    """

    path: Path
    source: bytes
    place: str
    zone: str
    problems: list[Problem] = field(default_factory=list[Problem])

    @cached_property
    def text(self) -> str:
        """The file's text with `\\n` at the ends of lines. Raises NotText."""
        decoded = decode(self.source)
        if decoded.bad_line is not None:
            self.warn(decoded.bad_line, f"not UTF-8: read as {decoded.encoding}", "Save it as UTF-8 if letters differ")
        return decoded.text.replace("\r\n", "\n").replace("\r", "\n")

    def text_or_problem(self) -> str | None:
        """The text; None, with a problem, where the bytes are none."""
        try:
            return self.text
        except NotText as failure:
            self.fail(failure.line, "this is not text", "Leave it out, or export it again")
            return None

    @cached_property
    def scope(self) -> str:
        """What tells this file from others with the same words: its place on this machine, hashed."""
        return hashlib.sha256(os.fsencode(self.path.resolve())).hexdigest()[:16]

    def listing(
        self, form: str, items: Iterable[Item], kept: Mapping[str, int], **meeting: Unpack[Meeting]
    ) -> ListNote:
        """The note of this file's items. It is known again by its `scope`."""
        return ListNote(
            self.path, self.source, f"{form}:{self.scope}", form, tuple(items), tuple(kept.items()), **meeting
        )

    def fail(self, line: int | None, message: str, what_to_do: str = "") -> None:
        self.problems.append(Problem(self.path, line, message, what_to_do))

    def warn_of_half(self, line: int) -> None:
        """Something of an export that is no character."""
        self.warn(line, "half a character, as in a text that was cut", "\ufffd stands for it")

    def warn(self, line: int | None, message: str, what_to_do: str = "") -> None:
        self.problems.append(Problem(self.path, line, message, what_to_do, Severity.WARNING))


@dataclass(frozen=True, slots=True)
class Format:
    """One tool's way of writing notes.

    `name` is what a user forces it by, `title` how a report calls it; `claims` says whether a file is surely in this
    format. `read` never raises for what a file holds, and gives None where nothing of it could be taken.
    """

    name: str
    title: str
    suffixes: frozenset[str]
    claims: Callable[[Head], bool]
    read: Callable[[SourceFile], Note | None]
