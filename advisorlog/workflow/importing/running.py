"""One run of an import: read all files, then write what is new in one change."""

import tempfile
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from advisorlog import config
from advisorlog.config import Settings
from advisorlog.vault.calendar.notes import CalendarNote
from advisorlog.vault.notes import (
    DocumentNote,
    FreeNote,
    IdeaNote,
    InboxNote,
    JudgementsNote,
    ListNote,
    MeetingNote,
    Note,
    PersonNote,
    ProjectNote,
    ReadingNote,
    SeriesNote,
)
from advisorlog.vault.problems import Problem, Severity
from advisorlog.vault.reading import ReadFile, check_together, read_paths
from advisorlog.workflow.importing.report import Report

_ORDER: tuple[type, ...] = (
    PersonNote,
    ProjectNote,
    SeriesNote,
    IdeaNote,
    ReadingNote,
    MeetingNote,
    FreeNote,
    ListNote,
    CalendarNote,
    InboxNote,
    DocumentNote,
    JudgementsNote,
)
"""What must stand before what: a meeting's lines mention ideas and people."""


class _OnlyTried(Exception):
    """Ends a dry run: the change is rolled back."""


def import_paths(
    settings: Settings,
    paths: list[Path],
    dry_run: bool,
    on_progress: Callable[[int, int], None],
    wanted: str | None = None,
    only: Sequence[str] = (),
) -> Report:
    """Bring files and folders in; `wanted` names the format of them all, where their text is not to say it.

    `only` are parts of the titles of a calendar's events: then no other comes in.

    `on_progress` is told (done, in all): files that are read and written, and the items of other tools' files.

    All or nothing is written, as one change that `undo` takes back. A broken file is reported and stops no other.
    Raises LogError where the log can't be written.
    """
    return import_files(settings, list(_read(paths, settings.zone, wanted, on_progress)), dry_run, on_progress, only)


def import_files(
    settings: Settings,
    files: list[ReadFile],
    dry_run: bool,
    on_progress: Callable[[int, int], None],
    only: Sequence[str] = (),
) -> Report:
    """Bring in files that were read already. Raises as `import_paths`."""
    report = Report(dry_run, sum(file.note is not None or bool(file.problems) for file in files))
    report.read_as.update(file.format.title for file in files if file.format is not None and file.note is not None)
    report.templates = [file.path.name for file in files if file.is_template]
    twice = check_together(files)
    _tell(report, [problem for file in files for problem in file.problems])
    _tell(report, twice)
    rejected = {problem.path for problem in twice}
    notes = [file.note for file in files if file.note is not None and file.path not in rejected]
    if not notes:
        return report
    notes.sort(key=_place)
    with _log_to_write(settings, dry_run) as log, suppress(_OnlyTried):
        _write(log, settings, notes, report, on_progress, only)
    return report


def _read(
    paths: Iterable[Path], zone: str, wanted: str | None, on_progress: Callable[[int, int], None]
) -> Iterable[ReadFile]:
    for number, file in enumerate(read_paths(paths, zone=zone, wanted=wanted), start=1):
        on_progress(0, 2 * number)
        yield file


def _add(on_progress: Callable[[int, int], None], done: int, total: int, more: int) -> None:
    on_progress(done + more, total)


def _tell(report: Report, problems: Iterable[Problem]) -> None:
    for problem in problems:
        (report.problems if problem.severity is Severity.ERROR else report.warnings).append(problem)


def _place(note: Note) -> tuple[int, str, str]:
    start = note.start.stored if isinstance(note, MeetingNote | FreeNote) and note.start else ""
    if isinstance(note, DocumentNote):
        start = note.sent.stored
    return _ORDER.index(type(note)), start, note.id


def _size(note: Note) -> int:
    match note:
        case ListNote():
            return len(note.items)
        case CalendarNote():
            return len(note.events)
        case _:
            return 1


@contextmanager
def _log_to_write(settings: Settings, dry_run: bool) -> Generator[Path]:
    """The log, or where a dry run has none to try on, one that is thrown away."""
    if not dry_run or settings.log.exists():
        yield settings.log
        return
    with tempfile.TemporaryDirectory(prefix="advisorlog-") as folder:
        yield Path(folder) / "log.db"


def _write(
    log: Path,
    settings: Settings,
    notes: list[Note],
    report: Report,
    on_progress: Callable[[int, int], None],
    only: Sequence[str],
) -> None:
    from advisorlog.workflow.changing import changing
    from advisorlog.workflow.importing.writing import Writer

    with changing(log, "import", config.now(settings.zone)) as change:
        writer = Writer(change, report, settings.zone, only)
        sizes = [_size(note) for note in notes]
        done, total = len(notes), len(notes) + sum(sizes)
        for note, size in zip(notes, sizes, strict=True):
            writer.on_item = partial(_add, on_progress, done, total)
            writer.take_in(note)
            done += size
            on_progress(done, total)
        writer.finish()
        if report.dry_run:
            raise _OnlyTried
