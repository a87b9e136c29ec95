"""A folder of Markdown files and the log, brought to say the same: what changed on one side goes to the other.

For each record there are three versions: its file, the log, and what both said when they last agreed (`source`). Where
only one side has changed, it counts. Where both have, nothing is decided: the log's version is put beside the file, and
the record waits until that one is deleted. Nothing is deleted on one side because it is gone on the other, unless the
user says so.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from advisorlog.config import Settings
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError
from advisorlog.store.connection import reading
from advisorlog.store.reading import whole
from advisorlog.store.reading.sheets import Sheet
from advisorlog.store.reading.sources import Source, source_name, sources
from advisorlog.vault.calendar.notes import CalendarNote
from advisorlog.vault.finding import find, is_conflict, original_of
from advisorlog.vault.notes import FreeNote, ListNote, Note
from advisorlog.vault.problems import Problem, Severity
from advisorlog.vault.reading import ReadFile, read_file
from advisorlog.workflow.exporting import (
    Conflict,
    Exported,
    Planned,
    Unsaid,
    bytes_at,
    copy_attached,
    foretell,
    is_followed,
    messages,
    plan,
    put,
)
from advisorlog.workflow.importing import bases
from advisorlog.workflow.importing.agreeing import Agreed, agree
from advisorlog.workflow.importing.moved import is_as_before
from advisorlog.workflow.importing.removing import remove_records
from advisorlog.workflow.importing.report import Report
from advisorlog.workflow.importing.running import import_files
from advisorlog.workflow.importing.source_names import name_of


class Gone(StrEnum):
    """What is to become of a record whose file was deleted, and of a file whose record was removed."""

    ASK = "ask"
    RESTORE = "restore"
    REMOVE = "remove"


@dataclass
class Synced:
    """What a sync did, or with a dry run would do; files by their places below the folder."""

    dry_run: bool
    taken_in: list[str] = field(default_factory=list[str])
    written: list[str] = field(default_factory=list[str])
    in_step: int = 0
    conflicts: list[Conflict] = field(default_factory=list[Conflict])
    waiting: list[str] = field(default_factory=list[str])
    """Files whose conflict is not settled yet."""
    deleted_files: list[str] = field(default_factory=list[str])
    removed_records: list[str] = field(default_factory=list[str])
    refused: list[str] = field(default_factory=list[str])
    unsaid: list[Unsaid] = field(default_factory=list[Unsaid])
    problems: list[str] = field(default_factory=list[str])
    warnings: list[str] = field(default_factory=list[str])

    @property
    def needs_the_user(self) -> bool:
        return bool(self.conflicts or self.waiting or self.refused or self.problems)

    @property
    def did_something(self) -> bool:
        return bool(self.taken_in or self.written or self.conflicts)

    def lines(self) -> list[str]:
        """What to tell, the most pressing last."""
        would = "Would take" if self.dry_run else "Took"
        write = "Would write" if self.dry_run else "Wrote"
        told = [f"{would} in {place}" for place in self.taken_in] + [f"{write} {place}" for place in self.written]
        told += [*self.warnings, *self.problems]
        told += [f"{place}: its file is gone, the record stays: --gone restore|remove" for place in self.deleted_files]
        told += [f"{place}: its record is gone, the file stays: --gone remove" for place in self.removed_records]
        told += messages(Exported(conflicts=self.conflicts, refused=self.refused, unsaid=self.unsaid))
        told += [f"{place} waits: settle its conflict, then delete the .conflict file" for place in self.waiting]
        counts = f"{len(self.taken_in)} taken in, {len(self.written)} written, {self.in_step} in step"
        return [*told, f"{counts}{' (nothing was changed: --dry-run)' if self.dry_run else ''}."]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file of ours on disk."""

    file: ReadFile | None
    """None where the file is as it was: it is not read again."""
    place: str
    sha256: str


def sync(
    settings: Settings,
    folder: Path,
    now: Moment,
    *,
    dry_run: bool,
    gone: Gone,
    on_progress: Callable[[int, int], None],
) -> Synced:
    """Bring folder and log to the same state, as far as that needs no decision of the user's.

    Raises AdvisorlogError where the folder or the log can't be read or written.
    """
    if not folder.is_dir():
        raise AdvisorlogError(f"There is no folder {folder}", "Make it with `advisorlog export vault FOLDER`")
    return _Syncing(settings, folder, now, Synced(dry_run), gone, on_progress).run()


class _Syncing:
    def __init__(
        self,
        settings: Settings,
        folder: Path,
        now: Moment,
        done: Synced,
        gone: Gone,
        on_progress: Callable[[int, int], None],
    ) -> None:
        self._settings = settings
        self._folder = folder
        self._root = folder.resolve()
        self._now = now
        self._done = done
        self._gone = gone
        self._on_progress = on_progress
        self._seen: dict[str, _Seen] = {}
        self._others: list[ReadFile] = []
        self._known: dict[str, Source] = {}
        self._sheets: dict[str, Sheet] = {}
        self._unsettled: set[str] = set()

    def run(self) -> Synced:
        self._look_at_log()
        self._look_at_files()
        if self._gone is Gone.REMOVE and not self._done.dry_run:
            self._remove_records()
        self._take_in()
        self._write()
        return self._done

    def _look_at_files(self) -> None:
        """Every file of ours by the name of its record; only those that are not as they were left are understood."""
        left = {source.path: source for source in self._known.values()}
        for found in find([self._folder]):
            if isinstance(found, Problem):
                if is_conflict(found.path.name):
                    self._unsettled.add(original_of(found.path.resolve().relative_to(self._root)).as_posix())
                    continue  # Its file waits, and that is told.
                (self._done.problems if _is_error(found) else self._done.warnings).append(str(found))
                continue
            path = found.path.resolve()
            place = path.relative_to(self._root).as_posix()
            source = left.get(str(path))
            if source is not None and bytes_at(found.path) == source.content:
                self._see(source.name, _Seen(None, place, source.sha256))
            else:
                record = source.name.partition(":")[2] if source is not None else found.place
                self._read(read_file(found.path, place=record, zone=self._settings.zone), place)

    def _read(self, file: ReadFile, place: str) -> None:
        if file.note is None:
            self._done.problems += [str(problem) for problem in file.problems if _is_error(problem)]
        elif isinstance(file.note, ListNote | CalendarNote):
            self._others.append(file)
        elif (source := self._renamed_from(file.note)) is not None:
            self._see(source.name, _Seen(None, place, source.sha256))
        else:
            self._see(name_of(file.note), _Seen(file, place, hashlib.sha256(file.note.source).hexdigest()))

    def _renamed_from(self, note: Note) -> Source | None:
        """What a free note is the file of, where only its name or folder has changed: those are all its id."""
        if not isinstance(note, FreeNote) or name_of(note) in self._known:
            return None
        source = self._without_file.get(hashlib.sha256(note.source).hexdigest())
        return source if source is not None and is_as_before(note, source.path, source.content) else None

    @cached_property
    def _without_file(self) -> dict[str, Source]:
        """What has no file any more where it was, by its content."""
        return {
            source.sha256: source
            for source in self._known.values()
            if Path(source.path).is_relative_to(self._root) and not Path(source.path).exists()
        }

    def _see(self, name: str, seen: _Seen) -> None:
        first = self._seen.setdefault(name, seen)
        if first is not seen:
            self._done.problems.append(f"{seen.place} has the same id as {first.place}: left alone")

    def _look_at_log(self) -> None:
        if not self._settings.log.exists():
            return
        with reading(self._settings.log) as connection:
            self._known = bases.complete(sources(connection), self._settings)
            self._sheets = {source_name(sheet, self._known): sheet for sheet in whole.sheets(connection)}

    def _base(self, name: str) -> Source | None:
        """What file and log last agreed on, if that was in this folder."""
        source = self._known.get(name)
        return source if source and Path(source.path).is_relative_to(self._root) else None

    def _is_waiting(self, place: str) -> bool:
        return place in self._unsettled

    def _take_in(self) -> None:
        """Files that are new, or that alone have changed, in one import."""
        files: list[ReadFile] = list(self._others)
        for name, seen in sorted(self._seen.items()):
            if self._is_waiting(seen.place):
                self._done.waiting.append(seen.place)
            elif seen.file is not None and self._is_to_take(name, seen):
                files.append(seen.file)
                self._done.taken_in.append(seen.place)
        if not files:
            return
        report = import_files(self._settings, files, self._done.dry_run, self._on_progress)
        self._tell(report)

    def _tell(self, report: Report) -> None:
        self._done.problems += [str(problem) for problem in report.problems]
        self._done.warnings += [str(problem) for problem in report.warnings]

    def _is_to_take(self, name: str, seen: _Seen) -> bool:
        sheet, base = self._sheets.get(name), self._base(name)
        if base is None:
            # A record that the log has and no agreement on it: only equal versions are in step.
            return sheet is None and not (name in self._known and seen.sha256 == self._known[name].sha256)
        if seen.sha256 == base.sha256:
            return False
        return sheet is not None and base.says(sheet)

    def _remove_records(self) -> None:
        """Records whose files were deleted, as one change that `undo` takes back."""
        lost = [
            name
            for name, sheet in self._sheets.items()
            if name not in self._seen
            and (base := self._base(name)) is not None
            and base.says(sheet)
            and not Path(base.path).exists()
        ]
        if not lost:
            return
        self._done.deleted_files += [Path(self._known[name].path).relative_to(self._root).as_posix() for name in lost]
        remove_records(self._settings.log, self._now, lost)
        self._look_at_log()

    def _write(self) -> None:
        """Records that are new, or that alone have changed, each to its file."""
        if not self._settings.log.exists():
            return
        self._sheets = {}  # Not twice in memory.
        with reading(self._settings.log) as connection:
            planned = plan(connection, self._folder, self._settings)
            if self._done.taken_in or self._others:
                self._known = bases.complete(sources(connection), self._settings)
        exported = Exported()
        agreed: list[Agreed] = []
        lost: list[str] = []
        try:
            for number, each in enumerate(planned, start=1):
                if not self._is_left(each):
                    self._put(each, exported, agreed)
                self._on_progress(number, len(planned))
            lost = self._records_gone({each.name for each in planned})
            if not self._done.dry_run:
                copy_attached(self._settings.log, planned, self._folder, exported)
        finally:
            if (agreed or lost) and not self._done.dry_run:
                agree(self._settings.log, self._now, agreed, lost)
        self._done.written = exported.written
        self._done.conflicts = exported.conflicts
        self._done.refused = exported.refused
        self._done.unsaid = exported.unsaid
        self._done.in_step = exported.unchanged

    def _is_left(self, planned: Planned) -> bool:
        """Whether a file is not to be touched: it waits, was only just (not) taken in, or was deleted."""
        if planned.place in self._done.waiting or (self._done.dry_run and planned.place in self._done.taken_in):
            return True
        base = self._base(planned.name)
        is_missing = base is not None and planned.name not in self._seen and not (self._folder / planned.place).exists()
        if not is_missing or self._gone is Gone.RESTORE:
            return False
        self._done.deleted_files.append(planned.place)
        return True

    def _put(self, planned: Planned, exported: Exported, agreed: list[Agreed]) -> None:
        seen = self._seen.get(planned.name)
        original = planned.source
        if seen is not None and seen.place != planned.place:
            planned = _moved(planned, seen, self._folder)
        before = len(exported.conflicts)
        if self._done.dry_run:
            foretell(self._folder, planned, exported)
            return
        fits = put(self._folder, planned, self._now, exported)
        if (fits or len(exported.conflicts) > before) and is_followed(planned, self._folder):
            path = self._folder / planned.place
            if not fits or _differs(original, planned, path):
                agreed.append(Agreed(planned.name, path, planned.content, planned.sheet))

    def _records_gone(self, names_of_log: Iterable[str]) -> list[str]:
        """Files whose record was removed in the log; the names of those whose file went too."""
        present = set(names_of_log)
        lost: list[str] = []
        for name, seen in sorted(self._seen.items()):
            base = self._base(name)
            if name in present or base is None or seen.sha256 != base.sha256:
                continue
            if base.said is None:
                continue  # A file without a line made no record.
            self._done.removed_records.append(seen.place)
            if self._gone is Gone.REMOVE and not self._done.dry_run:
                (self._folder / seen.place).unlink()
                lost.append(name)
        return lost


def _is_error(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR


def _moved(planned: Planned, seen: _Seen, folder: Path) -> Planned:
    """The user has moved or renamed the file: it stays where it is now."""
    source = planned.source
    if source is not None:
        source = replace(source, path=str((folder / seen.place).resolve()))
    return replace(planned, place=seen.place, source=source)


def _differs(source: Source | None, planned: Planned, path: Path) -> bool:
    """Whether what is noted of the file is not yet so."""
    return (
        source is None
        or source.content != planned.content
        or not source.says(planned.sheet)
        or Path(source.path) != path.resolve()
    )
