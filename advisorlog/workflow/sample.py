"""The sample log: made from the Markdown files that ship with the program, in a place of its own."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from advisorlog import config
from advisorlog.config import Settings
from advisorlog.documents.document import Document
from advisorlog.domain.kinds import DocumentKind, Role
from advisorlog.domain.moments import Moment, moment_of
from advisorlog.errors import AdvisorlogError
from advisorlog.store.reading.rows import Meeting, Series

FILES = Path(__file__).parent.parent / "sample"
NOW = "2026-11-23T22:00:00-05:00"
"""When the sample is read: the evening of its last day, whenever `demo` is run."""
CORRECTED_AT = "2026-11-18T16:40:00-05:00"
CORRECTED = "H100, 2,000 steps, 1 seed: 9.0% less energy", "H100, 2,000 steps, 1 seed: 8.3% less energy"
"""What a result said and says since its double correction was found: not before it had been told."""
BRIEF_WORDS, SUMMARY_WORDS = 350, 150
BRIEF_BEFORE = timedelta(hours=18)
SUMMARY_AFTER = timedelta(hours=3)
"""How long before a meeting begins its brief goes out, and how long after it began its summary."""


def log(settings: Settings) -> Path:
    """A fresh log of the sample, in a folder for temporary files; nothing of the user's is touched.

    Raises AdvisorlogError where no such folder can be made.
    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=config.SAMPLE_FOLDER))
    except OSError as error:
        raise AdvisorlogError(
            f"The sample can't be made: {error.strerror}", "Set TMPDIR to a folder of yours"
        ) from error
    path = folder / "log.db"
    os.environ["ADVISORLOG_NOW"] = NOW
    os.environ["ADVISORLOG_BACKUP"] = "off"
    build(settings, path)
    return path


def build(settings: Settings, path: Path) -> None:
    """Make the sample at a path: its records, then what was sent of them, each as it was then and when it was then."""
    from advisorlog.workflow.importing import import_paths

    import_paths(replace(settings, log=path), [FILES], False, lambda done, total: None)
    now, corrected = config.now(settings.zone), moment_of(datetime.fromisoformat(CORRECTED_AT), settings.zone)
    _send(path, now, lambda at: at.at < corrected.at)
    _correct(path, corrected)
    _send(path, now, lambda at: at.at >= corrected.at)


def _correct(log: Path, now: Moment) -> None:
    from advisorlog.store.connection import reading
    from advisorlog.workflow import entries

    with reading(log) as connection:
        row = connection.execute(
            "SELECT id, lead, text FROM entry WHERE instr(text, ?) ORDER BY id LIMIT 1", (CORRECTED[0],)
        ).fetchone()
    entries.edit(log, now, row["id"], row["lead"] + row["text"].replace(*CORRECTED))


@dataclass(frozen=True, slots=True)
class _Sending:
    """One document to be sent, and when; the meeting is the one that it is written around."""

    series: Series
    meeting: Meeting
    at: Moment
    kind: DocumentKind


def _send(log: Path, now: Moment, is_wanted: Callable[[Moment], bool]) -> None:
    """What the student sent her advisors: a brief before and a summary after each meeting, in our own wording."""
    from advisorlog.documents import budget
    from advisorlog.documents.rendering import Renderer
    from advisorlog.store.connection import transaction
    from advisorlog.workflow import templates
    from advisorlog.workflow.sending import freeze_in

    renderer = Renderer([templates.shipped()], config.cache_folder() / "templates")
    with transaction(log, "demo", now) as connection:
        wanted = (each for each in _sendings(connection, now) if is_wanted(each.at))
        for sending in sorted(wanted, key=lambda each: each.at.at):
            document = budget.fit(_written(connection, sending), renderer.count)
            freeze_in(connection, document, renderer.render(document, "md"), "md", sending.at, sending.at)


def _sendings(connection: sqlite3.Connection, now: Moment) -> Iterator[_Sending]:
    from advisorlog.store.reading import meetings, people

    for series in people.all_series(connection):
        if series.role is not Role.ADVISOR:
            continue
        held = meetings.count_held(connection, series.id, now)
        for meeting in meetings.last_held(connection, series.id, now, count=held):
            start = meeting.starts
            yield _Sending(series, meeting, Moment(start.at - BRIEF_BEFORE, start.zone), DocumentKind.BRIEF)
            yield _Sending(series, meeting, Moment(start.at + SUMMARY_AFTER, start.zone), DocumentKind.TODO)


def _written(connection: sqlite3.Connection, sending: _Sending) -> Document:
    from advisorlog.documents import summary
    from advisorlog.workflow import preparing

    if sending.kind is DocumentKind.BRIEF:
        return preparing.brief_in(connection, sending.series, sending.at, BRIEF_WORDS)
    return summary.write(summary.read(connection, sending.meeting, sending.at), SUMMARY_WORDS)
