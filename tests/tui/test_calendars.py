"""A series that came from a calendar, on the screens."""

from pathlib import Path

from advisorlog import config
from advisorlog.domain.kinds import MeetingStatus
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading
from advisorlog.store.reading import meetings
from advisorlog.tui.screens.meeting import MeetingScreen
from advisorlog.workflow import people
from advisorlog.workflow.importing import import_paths
from tests.tui.conftest import Opening
from tests.vault.test_calendars import calendar
from tests.workflow.test_importing_calendars import one_date, weekly


def _taken(log: Path, now: Moment, *events: str) -> None:
    people.edit(log, now, "me", people.PersonFields(email="mina@x.example"))
    path = log.with_name("cal.ics")
    path.write_text(calendar(*events), encoding="utf-8")
    report = import_paths(config.load(str(log)), [path], False, lambda done, total: None)
    assert report.problems == []


async def test_it_stands_on_today_and_among_people(log: Path, now: Moment, opened: Opening) -> None:
    _taken(log, now, weekly("EXDATE;TZID=America/Detroit:20261124T140000"))
    async with opened(log, size=(100, 30)) as desktop:
        (row,) = desktop.rows("#coming")
        assert "Cap weekly" in row
        assert "1 Dec" in row or "12-01" in row, "the date that was cancelled is passed over"
        await desktop.press("4")
        assert "Ann Advisor" in desktop.text()
        (series,) = desktop.rows("#series")
        assert "Cap weekly" in series
        assert "next 2026-12-01" in series


async def test_its_meeting_is_begun_at_its_date(log: Path, now: Moment, opened: Opening) -> None:
    """Moved from 14:00 to 4:30 in the morning in Detroit: half an hour from now."""
    _taken(log, now, weekly(), one_date("20261124T140000", "20261124T043000"))
    async with opened(log) as desktop:
        await desktop.press("m")
        assert "Planned for 04:30, in 30 min." in desktop.text()
        await desktop.press("enter")
        assert isinstance(desktop.app.screen, MeetingScreen)
        await desktop.say("! Compare with DVFS first")
    with reading(log) as connection:
        (held,) = meetings.meetings(connection)
        assert (held.slug, held.status, held.series) == ("2026-11-24-cap-weekly", MeetingStatus.HELD, "cap-weekly")
