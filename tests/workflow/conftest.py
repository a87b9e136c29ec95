"""Logs made the way users make them: from a folder of Markdown notes."""

from dataclasses import replace
from pathlib import Path

import pytest

from advisorlog import config
from advisorlog.config import Settings
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading
from advisorlog.store.reading import meetings as reading_meetings
from advisorlog.store.reading import people as reading_people
from advisorlog.store.reading.rows import Meeting, Series
from advisorlog.workflow import people
from advisorlog.workflow.coming import coming
from advisorlog.workflow.importing import import_paths
from advisorlog.workflow.importing.report import Report
from tests.vault.test_calendars import calendar

SERIES = """---
kind: series
id: zeus-weekly
title: Zeus weekly
with: [Ann Advisor]
role: advisor
project: zeus
zone: UTC
---
"""
PROJECT = """---
kind: project
id: zeus
name: Zeus
pitch: GPUs waste energy. We cap them.
---
"""
MEETING = """---
kind: meeting
id: {day}-zeus-weekly
series: zeus-weekly
date: {day}T14:00+00:00
status: {status}
---
## Agenda
- planned things
## Notes
{notes}
"""


class Vault:
    """A folder of notes, and the log that they are brought into."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.settings = settings
        self.write("zeus.md", PROJECT)
        self.write("zeus-weekly.md", SERIES)

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def meeting(self, day: str, *notes: str, status: str = "held") -> Path:
        lines = "\n".join(note if note.startswith(("-", " ")) else f"- {note}" for note in notes)
        return self.write(f"{day}.md", MEETING.format(day=day, notes=lines, status=status))

    def bring_in(self, *, dry_run: bool = False) -> Report:
        return import_paths(self.settings, [self.folder], dry_run, lambda done, total: None)


@pytest.fixture
def vault(log: Path, tmp_path: Path) -> Vault:
    folder = tmp_path / "notes"
    folder.mkdir()
    return Vault(folder, replace(config.load(str(log))))


class Calendars(Vault):
    """The log, and a calendar beside it."""

    def take(self, *events: str, only: tuple[str, ...] = (), dry_run: bool = False) -> Report:
        return self.take_file(self.write("cal.ics", calendar(*events)), only=only, dry_run=dry_run)

    def take_file(self, path: Path, *, only: tuple[str, ...] = (), dry_run: bool = False) -> Report:
        return import_paths(self.settings, [path], dry_run, lambda done, total: None, None, only)

    def series(self) -> list[Series]:
        with reading(self.settings.log) as connection:
            return reading_people.all_series(connection)

    def meetings(self) -> list[Meeting]:
        with reading(self.settings.log) as connection:
            return reading_meetings.meetings(connection)[::-1]

    def coming(self, now: Moment) -> list[str]:
        with reading(self.settings.log) as connection:
            return [f"{each.starts.stored} {each.key}" for each in coming(connection, now)]

    def dump(self) -> list[str]:
        with reading(self.settings.log) as connection:
            return [line for line in connection.iterdump() if "sqlite_sequence" not in line]


@pytest.fixture
def calendars(vault: Vault, now: Moment) -> Calendars:
    people.edit(vault.settings.log, now, "me", people.PersonFields(email="mina@x.example"))
    return Calendars(vault.folder, vault.settings)
