"""`advisorlog import CALENDAR` and `export ics`, as a user runs them."""

import json
from pathlib import Path

from tests.cli.conftest import Cli, Process
from tests.vault.test_calendars import CALENDARS


def test_a_calendar_made_by_another_program_becomes_a_series(cli: Cli, process: Process, tmp_path: Path) -> None:
    """And goes out again, for that program to take back."""
    cli("person", "edit", "me", "--email", "mina@uni.example")
    tried = cli("import", str(CALENDARS / "libical.ics"), "--dry-run")
    assert tried.code == 0, tried.err
    assert "Series: “Zeus weekly” with Ann Advisor, Prof.; every Tuesday at 14:00 America/Detroit;" in tried.out
    assert "Would bring in 1 person, 1 series, 4 meetings." in tried.out
    assert "zeus-weekly" not in cli("series", "list").out
    cli("import", str(CALENDARS / "libical.ics"))
    shown = json.loads(cli("series", "show", "zeus-weekly", "--json").out)
    assert (shown["next"], shown["role"], shown["minutes"]) == ("2026-11-24T14:00:00-05:00", "peer", 60)
    assert cli("series", "edit", "zeus-weekly", "--role", "advisor").code == 0
    ran = cli("export", "ics", "-o", str(tmp_path / "out.ics"))
    assert "1 series, 1 single meeting." in ran.err
    assert (tmp_path / "out.ics").read_bytes() == process("export", "ics").stdout
    assert b"UID:20260901T140000-weekly@evolution" in (tmp_path / "out.ics").read_bytes()
    again = json.loads(cli("import", str(tmp_path / "out.ics"), "--json").out)
    assert (again["new"], again["changed"], again["unchanged"]) == ({}, {}, 1)


def test_events_with_nobody_invited_are_asked_for_by_title(cli: Cli) -> None:
    ran = cli("import", str(CALENDARS / "calcurse.ics"))
    assert "Events left out: 2 with nobody else (--only TITLE takes them)." in ran.out
    assert "Brought in 1 series" in cli("import", str(CALENDARS / "calcurse.ics"), "--only", "zeus").out


def test_a_broken_calendar_is_said_with_its_line(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "cut.ics"
    path.write_bytes((CALENDARS / "libical.ics").read_bytes()[:-60])
    ran = cli("import", str(path))
    assert ran.code == 1
    assert "cut.ics:161: error: VEVENT is cut off" in ran.out
    assert "1 series, 3 meetings." in ran.out


def test_a_series_that_is_not_there_and_a_file_that_can_not_be_written(cli: Cli, tmp_path: Path) -> None:
    cli("series", "new", "Weekly", "--every", "tue")
    assert "There is no series" in cli("export", "ics", "--series", "nope").err
    ran = cli("export", "ics", "-o", str(tmp_path / "no" / "out.ics"))
    assert ran.code == 1
    assert "can't be written" in ran.err
