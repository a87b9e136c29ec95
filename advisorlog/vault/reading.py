"""Files in, notes out: finding them, reading them, and looking at them together. Nothing here raises for a file."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from advisorlog.vault import formats
from advisorlog.vault.blocks import split_lines
from advisorlog.vault.decoding import Decoded, NotText, decode
from advisorlog.vault.fields import Fields
from advisorlog.vault.finding import SUFFIXES, Found, find
from advisorlog.vault.formats import Format, SourceFile
from advisorlog.vault.formats.format import MAX_BYTES as MAX_BYTES_OF_OTHERS
from advisorlog.vault.frontmatter import BrokenMatter, Matter, read_matter
from advisorlog.vault.notes import FreeNote, MeetingNote, Note, PersonNote
from advisorlog.vault.page import Page
from advisorlog.vault.problems import Problem, Severity
from advisorlog.vault.records import build
from advisorlog.vault.tree import Table
from advisorlog.vault.unfilled import is_unfilled

MAX_BYTES = 5_000_000
"""A note of a thousand pages. Larger Markdown files are no notes, and are left unread, but for our own."""

_OURS = re.compile(rb"(?:\xef\xbb\xbf)?---\r?\n(?:[\w-]+:.*\n){0,3}?kind: *[a-z]+\r?\n")
"""How the files begin that we write: an inbox of years is larger than any note."""

_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What came of one path. `note` is None where nothing could be taken in; then a problem says why."""

    path: Path
    note: Note | None
    problems: tuple[Problem, ...] = ()
    id_line: int | None = None
    format: Format | None = None
    """The other tool's, if it is no Markdown."""
    is_template: bool = False
    """An editor's template, which is no note: then there is no problem either."""


def find_files(paths: Iterable[Path]) -> Iterator[Path | Problem]:
    """Markdown and text files below the paths, in order; a path that the user names is taken as it is."""
    for found in find(paths):
        yield found.path if isinstance(found, Found) else found


def read_paths(paths: Iterable[Path], *, zone: str = "UTC", wanted: str | None = None) -> Iterator[ReadFile]:
    """Every file that `find_files` gives, read; ids of free notes are relative to the path they were found under.

    `wanted` is the name of the format that all of them are in; without it, each file's text says what it is.
    """
    for found in find(paths):
        if isinstance(found, Problem):
            yield ReadFile(found.path, None, (found,))
        else:
            file = read_file(found.path, place=found.place, zone=zone, wanted=wanted)
            if found.is_named and file.note is None and not file.problems and not file.is_template:
                unknown = Problem(found.path, None, "no format that I know", "Name it with `--as`, if it is one")
                file = ReadFile(found.path, None, (unknown,))
            yield file


def read_file(path: Path, *, place: str | None = None, zone: str = "UTC", wanted: str | None = None) -> ReadFile:
    """Read one file. Never raises for what the file is or holds.

    `place` is the file's path below the folder that is read, without its suffix (default: its name); `zone` counts
    for times that name none. A file with another tool's ending, but not its text, has no note and no problem, and so
    has a template.
    """
    problems: list[Problem] = []
    opened = _open(path, wanted, problems)
    if opened is None:
        return ReadFile(path, None, tuple(problems))
    source, form = opened
    if form is not None:
        file = SourceFile(path, source, path.stem if place is None else place, zone)
        note = form.read(file)
        return ReadFile(path, note, tuple(sorted(file.problems, key=lambda problem: problem.line or 0)), format=form)
    if is_unfilled(source):
        return ReadFile(path, None, is_template=True)
    return read_source(path, source, place=place, zone=zone)


def read_source(path: Path, source: bytes, *, place: str | None = None, zone: str = "UTC") -> ReadFile:
    """Read bytes as if they were the file at `path`."""
    problems: list[Problem] = []
    decoded = _decode(path, source, problems)
    matter = _matter(path, decoded, problems) if decoded else None
    if decoded is None or matter is None:
        return ReadFile(path, None, tuple(problems))
    lines = tuple(split_lines(decoded.text[matter.body_start :], matter.body_line))
    fields = Fields(path, matter.fields or Table(1), zone, problems)
    body = decoded.text[matter.body_start :]
    note = build(Page(path, source, path.stem if place is None else place, lines, body), fields)
    problems.sort(key=lambda problem: problem.line or 0)
    return ReadFile(path, note, tuple(problems), fields.line_of("id"))


def _open(path: Path, wanted: str | None, problems: list[Problem]) -> tuple[bytes, Format | None] | None:
    """A regular file's bytes, and its format; None, mostly with a problem, where it is not to be read.

    A FIFO or a device is not waited for: it is opened without blocking, and left.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
    try:
        with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 (a descriptor, not a path)
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                problems.append(Problem(path, None, "not a regular file", "Leave it out, or save a copy as a file"))
                return None
            beginning = file.read(_PIECE)
            form = formats.recognise(path, beginning, wanted)
            if form is None and wanted is None and path.suffix.lower() in formats.suffixes() - SUFFIXES:
                return None
            limit = MAX_BYTES if form is None and not _OURS.match(beginning) else MAX_BYTES_OF_OTHERS
            source = _bounded(file, beginning, limit)
    except (OSError, ValueError) as failure:
        reason = getattr(failure, "strerror", None) or str(failure)
        problems.append(Problem(path, None, f"can't be read: {reason}", "Check its permissions"))
        return None
    if len(source) > limit:
        problems.append(Problem(path, None, f"larger than {limit:,} bytes", "Split it into several notes"))
        return None
    return source, form


def _bounded(file: BinaryIO, beginning: bytes, limit: int) -> bytes:
    """All bytes, or just more than the limit. In pieces: a buffer of the limit's size for each note is slow."""
    pieces = [beginning]
    size = len(beginning)
    while size <= limit and (piece := file.read(_PIECE)):
        pieces.append(piece)
        size += len(piece)
    return b"".join(pieces)


def _decode(path: Path, source: bytes, problems: list[Problem]) -> Decoded | None:
    try:
        decoded = decode(source)
    except NotText as failure:
        problems.append(Problem(path, failure.line, "this is not text", "Leave it out, or save it as UTF-8"))
        return None
    if decoded.bad_line is not None:
        message = f"not UTF-8: read as {decoded.encoding}"
        what_to_do = "If accents or letters look wrong, save the file as UTF-8"
        problems.append(Problem(path, decoded.bad_line, message, what_to_do, Severity.WARNING))
    return decoded


def _matter(path: Path, decoded: Decoded, problems: list[Problem]) -> Matter | None:
    try:
        matter = read_matter(decoded.text)
    except BrokenMatter as broken:
        problems.append(Problem(path, broken.line, broken.message, broken.what_to_do))
        return None
    problems += [
        Problem(path, remark.line, remark.message, remark.what_to_do, Severity.WARNING) for remark in matter.remarks
    ]
    return matter


def check_together(files: Iterable[ReadFile]) -> list[Problem]:
    """What is wrong only when the files are seen side by side: an id used twice, two owners of the log.

    The problem names the later file; the earlier one stands. Meetings and free notes share their ids.
    """
    problems: list[Problem] = []
    first_of: dict[tuple[str, str], Path] = {}
    owner: Path | None = None
    for file in files:
        if file.note is None:
            continue
        first = first_of.setdefault((_namespace(file.note), file.note.id.casefold()), file.path)
        if first != file.path:
            message = f"the id `{file.note.id}` is also that of {first}"
            problems.append(Problem(file.path, file.id_line, message, "Give one of the two another `id`"))
        if isinstance(file.note, PersonNote) and file.note.is_me:
            if owner is not None:
                message = f"`me: true` also stands in {owner}"
                problems.append(Problem(file.path, file.id_line, message, "A log has one owner: keep one"))
            owner = owner or file.path
    return problems


def _namespace(note: Note) -> str:
    return "meeting" if isinstance(note, MeetingNote | FreeNote) else type(note).__name__
