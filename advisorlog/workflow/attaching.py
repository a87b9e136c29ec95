"""Attaching files: to a meeting, a line, an idea, a person or a project.

A file hangs on a meeting or on a line. What belongs to an idea, a person or a project hangs on a line that mentions
it, and so does a file with a caption: the caption is that line, found, edited and exported as any other.
"""

import errno
import os
import sqlite3
import stat
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from advisorlog.domain import grammar
from advisorlog.domain.grammar import Line
from advisorlog.domain.kinds import EntryKind, RecordKind, Visibility
from advisorlog.domain.marks import find_marks
from advisorlog.domain.media import media_type
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError, NotFound
from advisorlog.store import attachments as files
from advisorlog.store import names
from advisorlog.store.attachments import Kept
from advisorlog.store.connection import reading
from advisorlog.store.reading import attachments as reader
from advisorlog.store.reading import entries, meetings
from advisorlog.store.reading.rows import Attachment
from advisorlog.store.tables import Attachment as Row
from advisorlog.workflow import capture
from advisorlog.workflow.capture import Place
from advisorlog.workflow.changing import Change, changing


@dataclass(frozen=True, slots=True)
class Given:
    """A file to attach, and the name that it is to have."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How files are attached: to what (as typed; None: the meeting under way, else the last one), and for whom."""

    target: str | None = None
    caption: str | None = None
    visibility: Visibility = Visibility.PRIVATE
    origin: str = "cli"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that is attached now; not `is_new` where the same content was attached there before."""

    attachment: Attachment
    is_new: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not attached, by the name that it has, and why, in one line."""

    file: str
    why: str


@dataclass(frozen=True, slots=True)
class Target:
    """A record that files can be attached to."""

    record: RecordKind
    number: int
    name: str

    @property
    def is_line(self) -> bool:
        """Whether it is a line of the log, which is its own caption."""
        return self.record is RecordKind.ENTRY


_TRIED = (RecordKind.MEETING, RecordKind.IDEA, RecordKind.PERSON, RecordKind.PROJECT)
_MARKED = {"#": RecordKind.IDEA, "@": RecordKind.PERSON}


def given(path: Path) -> Given:
    """A file under its own name, in characters that can be stored: bytes that are no UTF-8 are read as Latin-1."""
    raw = os.fsencode(path.name)
    try:
        return Given(path, raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Given(path, raw.decode("latin-1"))


def attach(log: Path, now: Moment, wanted: Sequence[Given], manner: Manner) -> list[Attached | Refused]:
    """Store files and attach them, as one change; a bad one is refused, the others are attached all the same.

    Raises NotFound where there is nothing to attach them to, LogError where the log can't be written.
    """
    _check(log, now, manner)
    kept = [_kept(log, each) for each in wanted]
    return _write(log, now, list(zip(wanted, kept, strict=True)), manner)


def attach_stream(log: Path, now: Moment, source: BinaryIO, name: str, manner: Manner) -> list[Attached | Refused]:
    """Attach what comes on a stream, under a name. Raises as `attach`."""
    _check(log, now, manner)
    found = files.keep(files.folder(log), source)
    result = Refused(name, "it is empty") if not found.size else found
    return _write(log, now, [(Given(Path(name), name), result)], manner)


def _check(log: Path, now: Moment, manner: Manner) -> None:
    """Raise what is wrong with the target before anything is copied."""
    with reading(log) as connection:
        target = resolve(connection, manner.target, now)
    if manner.caption is not None:
        if target.is_line:
            raise _is_its_own_caption(target)
        _line([], target, manner)


def resolve(connection: sqlite3.Connection, typed: str | None, now: Moment) -> Target:
    """The record that a name stands for: a line's number, `#idea`, `@person`, or the name of any that can have files.

    Without a name: the meeting under way, else the last one that was held.
    """
    if typed is None:
        return _present_meeting(connection, now)
    wanted = typed.strip()
    if wanted.isdecimal():
        entry = entries.entry(connection, min(int(wanted), 2**62))
        return Target(RecordKind.ENTRY, entry.id, wanted)
    marked = _MARKED.get(wanted[:1])
    tried = (marked,) if marked else _TRIED
    return _named(connection, wanted[1:] if marked else wanted, tried)


def _present_meeting(connection: sqlite3.Connection, now: Moment) -> Target:
    found = meetings.under_way(connection, now) or next(iter(meetings.last_held(connection, None, now)), None)
    if found is None:
        raise NotFound("There is no meeting to attach to yet", "Name what it belongs to: --to IDEA, --to @PERSON")
    return Target(RecordKind.MEETING, found.id, found.slug)


def _named(connection: sqlite3.Connection, name: str, tried: Sequence[RecordKind]) -> Target:
    """The record with that short name; else the first kind in which the name stands for one."""
    for record in tried:
        column = "handle" if record is RecordKind.PERSON else "slug"
        row = connection.execute(f"SELECT id FROM {record} WHERE {column} = ?", (names.key(name),)).fetchone()
        if row is not None:
            return Target(record, row["id"], names.key(name))
    trouble: NotFound | None = None
    for record in tried:
        try:
            number = names.resolve(connection, record, name)
        except NotFound as error:
            trouble = trouble or error
            continue
        column = "handle" if record is RecordKind.PERSON else "slug"
        slug = connection.execute(f"SELECT {column} FROM {record} WHERE id = ?", (number,)).fetchone()[0]
        return Target(record, number, slug)
    if len(tried) == 1 and trouble is not None:
        raise trouble
    raise NotFound(f"“{name}” is no meeting, idea, person or project", "A line is named by its number, as in --to 12")


@contextmanager
def opened(path: Path) -> Generator[tuple[BinaryIO, int]]:
    """An ordinary file that is not empty, and its size. Raises AdvisorlogError, with why it can't be attached."""
    try:
        # Without waiting: to open a pipe would wait for a writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise AdvisorlogError(_why(path, error)) from error
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_size == 0:
        os.close(descriptor)
        raise AdvisorlogError(_NO_FILE.get(stat.S_IFMT(found.st_mode), "it is no ordinary file"))
    with os.fdopen(descriptor, "rb") as file:
        yield file, found.st_size


_NO_FILE = {stat.S_IFREG: "it is empty", stat.S_IFDIR: "it is a folder: name the files in it"}
_UNREADABLE = {
    errno.EACCES: "you may not read it",
    errno.EPERM: "you may not read it",
    errno.ELOOP: "it is a link that leads back to itself",
}


def _why(path: Path, error: OSError | ValueError) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOENT:
        return "it is a link that leads nowhere" if path.is_symlink() else "there is no such file"
    return _UNREADABLE.get(number or 0, f"it can't be read ({os.strerror(number) if number else error})")


def _kept(log: Path, wanted: Given) -> Kept | Refused:
    try:
        with opened(wanted.path) as (source, size):
            return files.keep(files.folder(log), source, size)
    except AdvisorlogError as error:
        return Refused(wanted.name, str(error))
    except OSError as error:
        return Refused(wanted.name, f"it can't be read ({error.strerror})")


def _write(
    log: Path, now: Moment, found: Sequence[tuple[Given, Kept | Refused]], manner: Manner
) -> list[Attached | Refused]:
    """Name the stored files in the log, as one change. They lie there already: no row is ever without its file."""
    good = [(each.name, kept) for each, kept in found if isinstance(kept, Kept)]
    results: list[Attached] = []
    if good:
        with changing(log, f"attach {len(good)} files" if len(good) > 1 else "attach a file", now) as change:
            results = _attach_all(change, files.folder(log), good, manner)
    attached = iter(results)
    return [next(attached) if isinstance(kept, Kept) else kept for _, kept in found]


def _attach_all(change: Change, root: Path, good: Sequence[tuple[str, Kept]], manner: Manner) -> list[Attached]:
    target = resolve(change.connection, manner.target, change.now)
    there = {each.sha256 for each in reader.attached_to(change.connection, target.record, target.number)}
    fresh = [name for name, kept in good if kept.sha256 not in there]
    place = _place(change, target, fresh, manner) if fresh else {}
    results: list[Attached] = []
    for name, kept in good:
        files.source_of(root, kept.sha256)  # nobody can have removed it since: a prune waits for this change
        if is_new := kept.sha256 not in there:
            there.add(kept.sha256)
            _add(change, name, kept, place, manner)
        known = reader.attached_to(change.connection, target.record, target.number)
        results.append(Attached(next(each for each in known if each.sha256 == kept.sha256), is_new))
    return results


def _add(change: Change, name: str, kept: Kept, place: dict[str, int], manner: Manner) -> None:
    change.add(
        Row(
            sha256=kept.sha256,
            name=name,
            media_type=media_type(kept.head, name),
            size=kept.size,
            visibility=manner.visibility,
            at=change.now.stored,
            zone=change.now.zone,
            **place,
        )
    )


def _place(change: Change, target: Target, named: Sequence[str], manner: Manner) -> dict[str, int]:
    """The column and number of what the files hang on: the meeting, the line, or a line that is made for them."""
    if target.record is RecordKind.ENTRY:
        return {"entry_id": target.number}
    if target.record is RecordKind.MEETING and manner.caption is None:
        return {"meeting_id": target.number}
    meeting = target.name if target.record is RecordKind.MEETING else None
    project = target.name if target.record is RecordKind.PROJECT else None
    line = _line(named, target, manner)
    return {
        "entry_id": capture.store(change.connection, line, Place(change.now, meeting, project, manner.origin)).entry_id
    }


def _line(named: Sequence[str], target: Target, manner: Manner) -> Line:
    """The caption as it was typed, else the files' names as plain words; with a mention of the target.

    It is private as long as the files are: it tells of them.
    """
    line = Line(EntryKind.NOTE, Visibility.OPEN, "", _plainly(named))
    if manner.caption is not None:
        line = grammar.parse(manner.caption)
        if line.is_empty or line.kind is EntryKind.CONFIDENCE:
            raise AdvisorlogError("That caption is no line that a file can hang on", "Write it as a note")
    mark = next((mark for mark, record in _MARKED.items() if record is target.record), "")
    tags = {f"{mention.mark}{names.key(mention.name)}" for mention in line.mentions}
    tagged = not mark or f"{mark}{target.name}" in tags
    is_private = Visibility.PRIVATE in (manner.visibility, line.visibility)
    typed = grammar.compose_sigil(
        line.kind,
        line.text if tagged else f"{line.text} {mark}{target.name}",
        visibility=Visibility.PRIVATE if is_private else Visibility.OPEN,
        speaker=line.speaker,
        checked=line.checked,
    )
    return grammar.parse(typed)


def _plainly(named: Sequence[str]) -> str:
    """Names of files as words in which nothing counts as a mark."""
    plain = ", ".join(" ".join(name.split()) for name in named)
    marks = find_marks(plain)
    return f"`{plain.replace('`', chr(39))}`" if marks.mentions or marks.dates or marks.open_braces else plain


@dataclass(frozen=True, slots=True)
class AttachmentFields:
    """What is to be said of an attachment; None leaves it as it is.

    A caption is a new line that the file hangs on from then on; a target is what it belongs to from then on.
    """

    name: str | None = None
    caption: str | None = None
    target: str | None = None
    visibility: Visibility | None = None


def edit(log: Path, now: Moment, number: int, fields: AttachmentFields) -> Attachment:
    """Change what is said of an attachment; the file itself never changes."""
    with changing(log, f"attachment edit {number}", now) as change:
        before = reader.attachment(change.connection, number)
        row = change.get(Row, number)
        if fields.name is not None:
            if not fields.name.strip():
                raise AdvisorlogError("An attachment needs a name", "Give one, or leave it as it is")
            row.name = fields.name.strip()
        if fields.visibility is not None:
            row.visibility = fields.visibility
        if fields.target is not None or fields.caption is not None:
            _move(change, row, before, fields)
        change.add(row)
        return reader.attachment(change.connection, number)


def _move(change: Change, row: Row, before: Attachment, fields: AttachmentFields) -> None:
    if fields.target is None and before.entry_id is not None:
        raise AdvisorlogError(
            f"Its caption is line {before.entry_id}", f"`advisorlog entry edit {before.entry_id}` changes its words"
        )
    target = resolve(change.connection, fields.target or before.meeting, change.now)
    if target.record is RecordKind.ENTRY and fields.caption is not None:
        raise _is_its_own_caption(target)
    manner = Manner(fields.target, fields.caption, Visibility(row.visibility))
    place = _place(change, target, [row.name], manner)
    row.meeting_id, row.entry_id = place.get("meeting_id"), place.get("entry_id")


def _is_its_own_caption(target: Target) -> AdvisorlogError:
    return AdvisorlogError(
        f"Line {target.number} is the caption of what is attached to it",
        f"Leave --caption out; `advisorlog entry edit {target.number}` changes its words",
    )


def remove(log: Path, now: Moment, number: int) -> None:
    """Take an attachment out. Its line stays; its file stays as long as this can be undone."""
    with changing(log, f"attachment rm {number}", now) as change:
        reader.attachment(change.connection, number)
        change.remove(change.get(Row, number))
