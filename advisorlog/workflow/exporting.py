"""The whole log as a folder of Markdown files: what each file should hold, and writing it there with care.

A file that the log has not changed since it came in is written byte for byte as it was. One that it has changed is
edited in place. A record without a file gets a new one. Nothing is ever written over a file that is not ours, or that
was changed since the log last saw it: then both versions are kept, side by side.
"""

import hashlib
import os
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from advisorlog.config import Settings
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError
from advisorlog.store.connection import reading
from advisorlog.store.reading import whole
from advisorlog.store.reading.sheets import InboxSheet, JudgementsSheet, Link, MeetingSheet, Sheet
from advisorlog.store.reading.sources import Source, source_name, sources
from advisorlog.vault import withholding
from advisorlog.vault.editing import Edited, edited
from advisorlog.vault.pages import page
from advisorlog.vault.records import slug_of
from advisorlog.vault.surroundings import file_names, surroundings
from advisorlog.workflow.importing import bases
from advisorlog.workflow.importing.agreeing import Agreed, agree


@dataclass(frozen=True, slots=True)
class Planned:
    """What one file should hold. `place` is its path below the folder; `name` that of its source."""

    name: str
    sheet: Sheet
    place: str
    content: bytes
    source: Source | None
    unsaid: tuple[str, ...] = ()
    """What of the record the file can't say."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file that was changed on both sides, and where the log's version was put, beside it."""

    place: str
    version: str


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What a file could not be made to say."""

    place: str
    what: str


@dataclass
class Exported:
    """What an export did, by places below the folder."""

    written: list[str] = field(default_factory=list[str])
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list[Conflict])
    refused: list[str] = field(default_factory=list[str])
    """Files in our way that are not ours."""
    unsaid: list[Unsaid] = field(default_factory=list[Unsaid])
    withheld: int = 0


def messages(done: Exported) -> list[str]:
    """What the user should know of an export, a line each."""
    told = [
        f"{each.place} was changed on both sides: the log's version is beside it, in {each.version}"
        for each in done.conflicts
    ]
    told += [f"{place} is a file that is not ours: it was left as it is" for place in done.refused]
    told += [f"{each.place}: {each.what}" for each in done.unsaid]
    if done.withheld:
        told.append(f"{done.withheld} private records and lines, and what refers to them, were withheld")
    return told


def plan(
    connection: sqlite3.Connection, folder: Path, settings: Settings, *, with_private: bool = True
) -> list[Planned]:
    """Every file of the log, in order of place. Without what is private, no file is taken from its older bytes."""
    sheets = whole.sheets(connection)
    if not with_private:
        sheets = withholding.open_only(sheets)
    known = bases.complete(sources(connection), settings) if with_private else sources(connection)
    places = _places(sheets, known, folder)
    stems = {link: place.rpartition(".")[0] for link, place in places.items()}
    around = surroundings(sheets, stems)
    planned: list[Planned] = []
    for sheet in sheets:
        name = source_name(sheet, known)
        source = known.get(name) if with_private else None
        made = None
        if source is not None:
            made = Edited(source.content) if source.says(sheet) else edited(source.content, source.sheet, sheet, around)
        if made is None:
            made = Edited(page(sheet, around).encode("utf-8", "surrogatepass"))
        planned.append(Planned(name, sheet, places[whole.link_to(sheet)], made.content, source, made.unsaid))
    return sorted(planned, key=lambda each: each.place)


def _places(sheets: Sequence[Sheet], known: dict[str, Source], folder: Path) -> dict[Link, str]:
    """Where each file goes: where it lies, if it is in the folder; else its own name; else a new one."""
    places = file_names(sheets)
    taken = Counter(place.casefold() for place in places.values())
    root = folder.resolve()
    for sheet in sheets:
        link = whole.link_to(sheet)
        source = known.get(source_name(sheet, known))
        place = _own_place(sheet, source, root) if source else None
        if place is None:
            continue
        is_same = place.casefold() == places[link].casefold()
        if is_same or not taken[place.casefold()]:
            taken[place.casefold()] += 0 if is_same else 1
            places[link] = place
    return places


def _own_place(sheet: Sheet, source: Source, root: Path) -> str | None:
    path = Path(source.path)
    if path.is_relative_to(root):
        return path.relative_to(root).as_posix()
    if b"\nid:" in source.content[:2000]:
        return None
    slug = sheet.slug if isinstance(sheet, InboxSheet) else whole.link_to(sheet).rpartition("/")[2]
    parts = path.parts
    for count in range(1, len(parts)):
        place = Path(*parts[-count:])
        if slug_of(place.with_suffix("").as_posix()) == slug:
            return place.as_posix()
    return path.name


def export(
    settings: Settings, folder: Path, now: Moment, *, with_private: bool, on_progress: Callable[[int, int], None]
) -> Exported:
    """Write the whole log into a folder, file by file: what was written stays written if it is interrupted.

    The folder becomes the log's vault, whose files `vault sync` follows, unless the records have files elsewhere or
    what is private stays out. Raises AdvisorlogError where the folder can't be written.
    """
    done = Exported()
    with reading(settings.log) as connection:
        planned = plan(connection, folder, settings, with_private=with_private)
        if not with_private:
            done.withheld = sum(map(_size, whole.sheets(connection))) - sum(_size(each.sheet) for each in planned)
    agreed: list[Agreed] = []
    try:
        for number, each in enumerate(planned, start=1):
            if put(folder, each, now, done) and with_private and is_followed(each, folder):
                agreed.append(Agreed(each.name, folder / each.place, each.content, each.sheet))
            on_progress(number, len(planned))
        copy_attached(settings.log, planned, folder, done)
    finally:
        if agreed:
            agree(settings.log, now, agreed)
    return done


def copy_attached(log: Path, planned: Sequence[Planned], folder: Path, done: Exported) -> None:
    """Have the attached files that the vault lists beside it, under their own names."""
    from advisorlog.workflow.attached_files import copy_out

    listed = [each for plan in planned if isinstance(plan.sheet, JudgementsSheet) for each in plan.sheet.attachments]
    copied = copy_out(log, listed, folder)
    done.written += copied.written
    done.unchanged += copied.unchanged
    done.refused += copied.refused
    done.unsaid += [Unsaid(place, "the attached file is missing from the log's own folder") for place in copied.missing]


def is_followed(planned: Planned, folder: Path) -> bool:
    """Whether the record's file is in this folder, or nowhere yet."""
    return planned.source is None or Path(planned.source.path).is_relative_to(folder.resolve())


def foretell(folder: Path, planned: Planned, done: Exported) -> None:
    """What `put` would do, without doing it."""
    path = folder / planned.place
    present = bytes_at(path)
    if present == planned.content:
        done.unchanged += 1
    elif present is None or _is_as_we_left_it(path, present, planned.source):
        done.written.append(planned.place)
    elif _is_of_record(path, present, planned):
        done.conflicts.append(Conflict(planned.place, f"{path.stem}.conflict-DATE{path.suffix}"))
    else:
        done.refused.append(planned.place)


def put(folder: Path, planned: Planned, now: Moment, done: Exported) -> bool:
    """Write one file if it is missing or ours to change, and say otherwise what was done instead.

    Returns whether the file now holds what was planned.
    """
    path = folder / planned.place
    done.unsaid += [Unsaid(planned.place, what) for what in planned.unsaid]
    present = bytes_at(path)
    if present == planned.content:
        done.unchanged += 1
        return True
    if present is None or _is_as_we_left_it(path, present, planned.source):
        write_whole(path, planned.content)
        done.written.append(planned.place)
        return True
    if _is_of_record(path, present, planned):
        beside = _beside(path, now, planned.content)
        if bytes_at(beside) != planned.content:
            write_whole(beside, planned.content)
        done.conflicts.append(Conflict(planned.place, beside.name))
    else:
        done.refused.append(planned.place)
    return False


def bytes_at(path: Path) -> bytes | None:
    """A file's bytes; None where there is none. Raises AdvisorlogError where it can't be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise AdvisorlogError(f"{path} can't be read: {error.strerror}", "Move it away and try again") from error


def _is_as_we_left_it(path: Path, present: bytes, source: Source | None) -> bool:
    return (
        source is not None
        and hashlib.sha256(present).hexdigest() == source.sha256
        and Path(source.path) == path.resolve()
    )


def _is_of_record(path: Path, present: bytes, planned: Planned) -> bool:
    from advisorlog.vault.reading import read_source
    from advisorlog.workflow.importing.source_names import name_of

    place = Path(planned.place).with_suffix("").as_posix()
    if planned.source is not None and Path(planned.source.path) == path.resolve():
        place = planned.name.partition(":")[2]  # It may have been renamed since it gave the record its id.
    note = read_source(path, present, place=place).note
    return note is not None and name_of(note) == planned.name


def _beside(path: Path, now: Moment, content: bytes) -> Path:
    """`NAME.conflict-2026-11-24.md`, with a number where another version has that name."""
    number = 1
    while True:
        suffix = f"-{number}" if number > 1 else ""
        beside = path.with_name(f"{path.stem}.conflict-{now.day.isoformat()}{suffix}{path.suffix}")
        if bytes_at(beside) in (None, content):
            return beside
        number += 1


def write_whole(path: Path, content: bytes) -> None:
    """A reader finds the old file or the new one, never half of one. Raises AdvisorlogError."""
    part = ""
    try:
        if not path.parent.exists():
            path.parent.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.parent.mkdir(exist_ok=True, mode=0o700)
        descriptor, part = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(part).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o600)
        Path(part).replace(path)
    except OSError as error:
        raise AdvisorlogError(f"{path} can't be written: {error.strerror}", "Choose another folder") from error
    finally:
        if part:
            Path(part).unlink(missing_ok=True)


def _size(sheet: Sheet) -> int:
    """A record, and its lines."""
    return 1 + (len(sheet.entries) if isinstance(sheet, MeetingSheet | InboxSheet) else 0)
