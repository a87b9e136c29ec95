"""A calendar in the log: its series and meetings, again, changed there, changed here."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from advisorlog.domain.kinds import MeetingStatus, Role
from advisorlog.domain.moments import Moment
from advisorlog.store import doctor
from advisorlog.store.connection import reading
from advisorlog.workflow import exporting, history, live, meetings, people, series
from advisorlog.workflow.importing import import_paths
from advisorlog.workflow.meetings import MeetingFields
from advisorlog.workflow.series import SeriesFields
from tests.conftest import NOW
from tests.vault.test_calendars import CALENDARS, calendar
from tests.workflow.conftest import Calendars, Vault

ALL = sorted(path.name for path in CALENDARS.glob("*.ics"))
ME = "ORGANIZER;CN=Mina:mailto:mina@x.example\n"
ANN = "ATTENDEE;CN=Ann Advisor:mailto:ann@x.example\n"


def _lines(more: tuple[str, ...]) -> str:
    return "".join(f"{line}\n" for line in more)


def weekly(*more: str, uid: str = "w@x", title: str = "Cap weekly", start: str = "20261103T140000", at: int = 0) -> str:
    """Tuesdays at 14:00 in Detroit."""
    return (
        f"BEGIN:VEVENT\nUID:{uid}\nSEQUENCE:{at}\nDTSTART;TZID=America/Detroit:{start}\nDURATION:PT50M\n"
        f"RRULE:FREQ=WEEKLY;BYDAY=TU\nSUMMARY:{title}\n{ME}{ANN}{_lines(more)}END:VEVENT\n"
    )


def one_date(slot: str, start: str, *more: str, uid: str = "w@x", at: int = 0) -> str:
    """One date of the rule."""
    return (
        f"BEGIN:VEVENT\nUID:{uid}\nSEQUENCE:{at}\nRECURRENCE-ID;TZID=America/Detroit:{slot}\n"
        f"DTSTART;TZID=America/Detroit:{start}\nDURATION:PT50M\nSUMMARY:Cap weekly\n{ME}{ANN}"
        f"{_lines(more)}END:VEVENT\n"
    )


def single(uid: str = "s@x", start: str = "20261203T100000Z", *more: str) -> str:
    return f"BEGIN:VEVENT\nUID:{uid}\nDTSTART:{start}\nSUMMARY:Committee\n{ME}{ANN}{_lines(more)}END:VEVENT\n"


def test_a_recurring_event_becomes_a_series_and_its_dates_follow_from_the_rule(
    calendars: Calendars, now: Moment
) -> None:
    report = calendars.take(weekly())
    assert (report.new, report.problems, report.warnings) == ({"person": 1, "series": 1}, [], [])
    (found,) = calendars.series()
    assert (found.title, found.rrule, found.minutes, found.role) == (
        "Cap weekly",
        "FREQ=WEEKLY;BYDAY=TU",
        50,
        Role.PEER,
    )
    assert found.starts == Moment(found.starts.at, "America/Detroit") if found.starts else False
    assert [(each.name, each.email) for each in found.people] == [("Ann Advisor", "ann@x.example")]
    assert calendars.meetings() == []
    assert calendars.coming(now) == ["2026-11-24T19:00:00Z series:cap-weekly"]
    assert "next Tue 2026-11-24 14:00" in "\n".join(report.lines())
    assert "--role advisor" in "\n".join(report.lines())


def test_exceptions_and_cancelled_dates(calendars: Calendars, now: Moment) -> None:
    report = calendars.take(
        weekly("EXDATE;TZID=America/Detroit:20261124T140000,20261117T140000"),
        one_date("20261201T140000", "20261203T093000", "DESCRIPTION:- numbers\\n\\n- plots"),
        one_date("20261208T140000", "20261208T140000", "STATUS:CANCELLED"),
        one_date("20261110T140000", "20261111T140000"),
    )
    assert report.left_out == {"past": 1}
    assert [(each.starts.stored, each.status, each.agenda, each.title) for each in calendars.meetings()] == [
        ("2026-11-24T19:00:00Z", MeetingStatus.CANCELLED, (), None),
        ("2026-12-03T14:30:00Z", MeetingStatus.PLANNED, ("- numbers", "- plots"), None),
        ("2026-12-08T19:00:00Z", MeetingStatus.CANCELLED, (), None),
    ]
    assert calendars.coming(now) == ["2026-12-03T14:30:00Z meeting:2026-12-03-cap-weekly"]
    planned = meetings.new(calendars.settings.log, now, MeetingFields(series="cap-weekly"))
    assert planned.starts.stored == "2026-12-15T19:00:00Z"


def test_the_wall_clock_stays_when_the_clocks_change(calendars: Calendars, now: Moment) -> None:
    calendars.take(weekly(start="20261027T140000"))
    later = Moment(now.at.replace(month=3, day=10, year=2027), "UTC")
    assert calendars.coming(later) == ["2027-03-16T18:00:00Z series:cap-weekly"]


@pytest.mark.parametrize("name", ALL)
def test_a_calendar_of_another_program_comes_in_once(calendars: Calendars, name: str, now: Moment) -> None:
    path = calendars.write(name, (CALENDARS / name).read_bytes())
    only = ("Zeus",) if name in ("khal.ics", "calcurse.ics", "emacs.ics") else ()
    tried = calendars.take_file(path, only=only, dry_run=True)
    assert calendars.series() == []
    first = calendars.take_file(path, only=only)
    assert first.problems == []
    assert tried.new == first.new
    assert first.new["series"] == (2 if name == "outlook.ics" else 1)
    before = calendars.dump()
    again = calendars.take_file(path, only=only)
    assert (again.new.total(), again.changed.total(), again.unchanged) == (0, 0, 1)
    assert calendars.dump() == before
    assert not [each for each in doctor.examine(calendars.settings.log, now) if each.severity is doctor.Severity.ERROR]
    history.take_back(calendars.settings.log, now, None)
    assert calendars.series() == []


def test_all_following_meetings_changed_in_google_are_one_series(calendars: Calendars, now: Moment) -> None:
    """The first half has one date left: it is planned; the second half is the series' rule."""
    report = calendars.take_file(CALENDARS / "google.ics")
    (found,) = calendars.series()
    assert (found.slug, found.rrule) == ("zeus-weekly", "FREQ=WEEKLY;BYDAY=TU")
    assert calendars.coming(now) == [
        "2026-11-24T19:00:00Z meeting:2026-11-24-zeus-weekly",
        "2026-12-03T01:00:00Z meeting:2026-12-03-서민지-심사",
    ]
    assert report.new["meeting"] == 4


@pytest.mark.parametrize("is_one_file", [True, False])
def test_the_half_that_begins_is_taken_for_the_series_that_ended(
    calendars: Calendars, now: Moment, is_one_file: bool
) -> None:
    calendars.take(weekly())
    ended = weekly(at=1).replace("BYDAY=TU", "BYDAY=TU;UNTIL=20261110T190000Z")
    goes_on = weekly(uid="w_R20261117T190000@x", start="20261117T150000", at=1)
    if is_one_file:
        assert calendars.take(ended, goes_on).changed["series"] == 1
    else:
        calendars.take(ended)
        assert calendars.coming(now) == []
        assert calendars.take(goes_on).changed["series"] == 1
    assert calendars.coming(now) == ["2026-11-24T20:00:00Z series:cap-weekly"]
    assert calendars.take(ended, goes_on).changed.total() == 0
    assert calendars.take(ended).changed.total() == 0
    assert calendars.coming(now) == ["2026-11-24T20:00:00Z series:cap-weekly"]


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (single().replace("20261203T100000Z", "20251203T100000Z"), "past"),
        (weekly().replace("BYDAY=TU", "BYDAY=TU;COUNT=2"), "past"),
        (single().replace("DTSTART:20261203T100000Z", "DTSTART;VALUE=DATE:20261203"), "all day"),
        (single().replace(ANN, ""), "with nobody else"),
        (single("s", "20261203T100000Z", "CLASS:PRIVATE"), "private in the calendar"),
        (single("s", "20261203T100000Z", "STATUS:CANCELLED"), "cancelled"),
        (single("s", "20261203T100000Z", "ATTENDEE;PARTSTAT=DECLINED:mailto:mina@x.example"), "that you declined"),
        (single("s", "20261203T100000Z", "DURATION:P2D"), "longer than a day"),
        (weekly().replace("FREQ=WEEKLY", "FREQ=SECONDLY"), "with a rule for no meeting"),
        (weekly().replace("FREQ=WEEKLY;BYDAY=TU", "FREQ=DAILY;INTERVAL=7;BYDAY=MO"), "with a rule for no meeting"),
    ],
)
def test_what_is_no_meeting_is_left_out_and_said(calendars: Calendars, event: str, why: str) -> None:
    report = calendars.take(event)
    assert report.new.total() == 0
    (said,) = report.left_out
    assert said.startswith(why)
    assert said in "\n".join(report.lines())


def test_what_is_asked_for_by_its_title_comes_in_alone(calendars: Calendars) -> None:
    report = calendars.take(
        weekly(), single().replace(ANN, ""), single("p", "20261204T100000Z", "CLASS:PRIVATE"), only=("commit",)
    )
    assert (report.new, report.left_out) == ({"meeting": 2, "person": 1}, {"not asked for": 1})
    assert calendars.take(weekly()).new["series"] == 1


def test_todos_and_alarms_are_counted(calendars: Calendars) -> None:
    alarm = "BEGIN:VALARM\nTRIGGER:-PT5M\nEND:VALARM\n"
    report = calendars.take(weekly().replace("END:VEVENT", f"{alarm}END:VEVENT"), "BEGIN:VTODO\nUID:t\nEND:VTODO\n")
    assert report.ignored == {"alarm": 1, "todo": 1}


def test_a_later_version_changes_what_the_log_left_as_it_was(calendars: Calendars, now: Moment) -> None:
    calendars.take(weekly(), single(), one_date("20261201T140000", "20261203T093000"))
    calendars.take(
        weekly(title="Cap fortnightly", start="20261103T150000", at=1).replace("BYDAY=TU", "BYDAY=TU;INTERVAL=2"),
        single("s@x", "20261204T100000Z", "LOCATION:Room 5", "SEQUENCE:1"),
        one_date("20261201T140000", "20261204T093000", at=1),
    )
    (found,) = calendars.series()
    assert (found.title, found.rrule) == ("Cap fortnightly", "FREQ=WEEKLY;BYDAY=TU;INTERVAL=2")
    assert found.starts is not None
    assert found.starts.local.hour == 15
    assert [(each.starts.stored, each.agenda) for each in calendars.meetings()] == [
        ("2026-12-04T10:00:00Z", ("location: Room 5",)),
        ("2026-12-04T14:30:00Z", ()),
    ]
    history.take_back(calendars.settings.log, now, None)
    assert calendars.series()[0].title == "Cap weekly"


def test_an_older_version_changes_nothing(calendars: Calendars) -> None:
    calendars.take(weekly(title="New", at=5))
    assert calendars.take(weekly(title="Old", at=4)).changed.total() == 0
    assert calendars.series()[0].title == "New"
    assert calendars.take(weekly(title="Newer", at=5)).changed["series"] == 1


def test_of_two_versions_in_one_file_the_later_counts(calendars: Calendars) -> None:
    calendars.take(weekly(title="Later", at=2), weekly(title="Earlier", at=1))
    assert [each.title for each in calendars.series()] == ["Later"]


def test_what_was_changed_on_both_sides_stays_as_the_log_has_it(calendars: Calendars, now: Moment) -> None:
    log = calendars.settings.log
    calendars.take(weekly(), single())
    series.edit(log, now, "cap-weekly", SeriesFields(title="Mine", minutes=30))
    meetings.edit(log, now, "2026-12-03-committee", MeetingFields(when="2026-12-05 10:00"))
    report = calendars.take(weekly(title="Theirs", start="20261103T150000"), single("s@x", "20261206T100000Z"))
    told = [str(each) for each in report.warnings]
    assert "cal.ics:3: warning: “Mine” was changed here and in the calendar (title): the log's words stay" in told[0]
    assert "“Committee” was changed here and in the calendar (time)" in told[1]
    (found,) = calendars.series()
    assert found.starts is not None
    assert (found.title, found.minutes, found.starts.local.hour) == ("Mine", 30, 15), "the time alone was theirs"
    assert calendars.meetings()[0].starts.stored == "2026-12-05T10:00:00Z"
    assert (
        calendars.take(weekly(title="Theirs", start="20261103T150000"), single("s@x", "20261206T100000Z")).warnings
        == []
    )


def test_a_meeting_that_was_held_is_left_alone(calendars: Calendars, now: Moment) -> None:
    calendars.take(single("s@x", "20261124T100000Z"))
    slug = live.begin(calendars.settings.log, now, "2026-11-24-committee")
    report = calendars.take(single("s@x", "20261224T100000Z"))
    assert "was held already" in str(report.warnings[0])
    (held,) = calendars.meetings()
    assert (held.slug, held.starts.stored, held.status) == (slug, "2026-11-24T09:00:00Z", MeetingStatus.HELD)


def test_what_was_removed_here_does_not_come_back(calendars: Calendars, now: Moment) -> None:
    log = calendars.settings.log
    calendars.take(weekly(), single(), one_date("20261201T140000", "20261203T093000"))
    series.remove(log, now, "cap-weekly")
    meetings.remove(log, now, "2026-12-03-committee")
    report = calendars.take(weekly(title="Again", at=1), single("s@x", "20261205T100000Z"))
    assert report.new.total() == 0
    assert report.left_out == {"that you removed here": 2}


def test_a_date_that_was_cancelled_and_takes_place_after_all(calendars: Calendars, now: Moment) -> None:
    calendars.take(weekly("EXDATE;TZID=America/Detroit:20261124T140000"))
    assert calendars.coming(now) == ["2026-12-01T19:00:00Z series:cap-weekly"]
    calendars.take(weekly(at=1))
    assert calendars.coming(now) == ["2026-11-24T19:00:00Z meeting:2026-11-24-cap-weekly"]


def test_a_series_that_was_cancelled_as_a_whole_ends(calendars: Calendars, now: Moment) -> None:
    calendars.take(weekly())
    report = calendars.take(weekly("STATUS:CANCELLED", at=1))
    assert report.changed["series"] == 1
    assert calendars.coming(now) == []
    assert calendars.take(weekly("STATUS:CANCELLED", at=1)).changed.total() == 0


def test_a_series_made_by_hand_is_the_calendar_s_and_keeps_its_words(calendars: Calendars, now: Moment) -> None:
    log = calendars.settings.log
    series.new(log, now, "Cap weekly", None, SeriesFields(people=["Ann Advisor"], role=Role.ADVISOR, every="tue"))
    report = calendars.take(
        weekly(),
        weekly(uid="b@x", title="1:1"),
        weekly(uid="c@x", title="1:1").replace("Ann Advisor:mailto:ann", "Bo:mailto:bo"),
    )
    assert [(each.slug, each.role) for each in calendars.series()] == [
        ("1-1", Role.PEER),
        ("1-1-2", Role.PEER),
        ("cap-weekly", Role.ADVISOR),
    ]
    assert "“Cap weekly” was changed here and in the calendar (time, zone)" in str(report.warnings[0])
    assert calendars.series()[2].minutes == 50, "the log had no word on that"


def test_a_meeting_planned_here_is_moved_by_the_calendar(calendars: Calendars, now: Moment) -> None:
    calendars.take(weekly())
    planned = meetings.new(calendars.settings.log, now, MeetingFields(series="cap-weekly"))
    meetings.add_to_agenda(calendars.settings.log, now, planned.slug, ["mine"])
    report = calendars.take(weekly(at=1), one_date("20261124T140000", "20261124T160000", at=1))
    assert len(calendars.meetings()) == 1
    assert "changed here and in the calendar (time)" in str(report.warnings)
    assert calendars.coming(now) == ["2026-11-24T19:00:00Z meeting:2026-11-24-cap-weekly"]


def test_a_meeting_is_begun_at_its_date(calendars: Calendars, now: Moment) -> None:
    calendars.take(weekly(), one_date("20261124T140000", "20261124T043000"))
    slug = live.begin_with(calendars.settings.log, now, "cap-weekly")
    assert slug == "2026-11-24-cap-weekly"
    live.end(calendars.settings.log, now, slug)
    assert calendars.coming(now) == ["2026-12-01T19:00:00Z series:cap-weekly"]


def test_who_is_me_is_found_out_or_asked_for(vault: Vault) -> None:
    calendars = Calendars(vault.folder, vault.settings)
    report = calendars.take(weekly(), dry_run=True)
    assert "person edit me --email" in str(report.warnings[0])
    calendars.take(weekly(), single().replace("Ann Advisor:mailto:ann", "Bo:mailto:bo"))
    assert [each.name for found in calendars.series() for each in found.people] == ["Ann Advisor"]


def test_people_are_known_by_address_then_by_name(calendars: Calendars, now: Moment) -> None:
    log = calendars.settings.log
    people.new(log, now, "Prof. Advisor", "boss", people.PersonFields(email="ANN@x.example"))
    people.new(log, now, "Bo Kim", None, people.PersonFields())
    people.new(log, now, "Noor Haddad", None, people.PersonFields(email="noor@elsewhere.example"))
    calendars.take(
        weekly(),
        weekly(uid="b", title="Bo").replace("Ann Advisor:mailto:ann", "Bo Kim:mailto:bo"),
        weekly(uid="c", title="Noor").replace("Ann Advisor:mailto:ann", "Noor Haddad:mailto:noor"),
        weekly(uid="d", title="Cy").replace("CN=Ann Advisor:mailto:ann", "CN=cy.lee@x.example:mailto:cy.lee"),
    )
    found = {
        each.title: (each.people[0].handle, each.people[0].name, each.people[0].email) for each in calendars.series()
    }
    assert found == {
        "Cap weekly": ("boss", "Prof. Advisor", "ANN@x.example"),
        "Bo": ("bo-kim", "Bo Kim", "bo@x.example"),
        "Noor": ("noor-haddad-2", "Noor Haddad", "noor@x.example"),
        "Cy": ("cy-lee", "cy.lee", "cy.lee@x.example"),
    }


def test_hostile_words_are_kept_as_they_are(calendars: Calendars) -> None:
    text = "{{ 7*7 }} [red]x[/] <script>"
    calendars.take(single("s@x", "20261203T100000Z", f"DESCRIPTION:{text}").replace("SUMMARY:Committee", "SUMMARY:📅"))
    (found,) = calendars.meetings()
    assert (found.title, found.slug, found.agenda) == ("📅", "2026-12-03-meeting", (text,))


def test_two_events_with_a_broken_one_between(calendars: Calendars) -> None:
    report = calendars.take(
        single("a"), single("b").replace("DTSTART:2026", "DTSTART:26"), single("c", "20261204T100000Z")
    )
    assert report.new["meeting"] == 2
    assert "cal.ics:12: error: " in str(report.problems[0])


def test_a_calendar_in_a_vault_s_folder_is_taken_with_it(calendars: Calendars) -> None:
    calendars.write("cal.ics", calendar(weekly()))
    report = calendars.bring_in()
    assert (report.new["series"], report.read_as) == (2, {"calendar": 1})
    before = calendars.dump()
    calendars.bring_in()
    assert calendars.dump() == before


def test_the_source_keeps_the_event_s_own_words(calendars: Calendars) -> None:
    calendars.take(weekly("X-OWN:kept"))
    with reading(calendars.settings.log) as connection:
        row = connection.execute("SELECT content, sheet FROM source WHERE name = 'ics:w@x'").fetchone()
    assert b"X-OWN:kept" in row["content"]
    assert json.loads(row["sheet"])["rrule"] == "FREQ=WEEKLY;BYDAY=TU"


def test_a_log_that_was_restored_from_its_vault_is_not_doubled(calendars: Calendars, tmp_path: Path, log: Path) -> None:
    """The vault knows no UIDs: series and meetings are known by what they are."""
    events = (weekly(), single(), one_date("20261201T140000", "20261203T093000"))
    calendars.take(*events)
    planned = meetings.new(calendars.settings.log, NOW, MeetingFields(series="cap-weekly"))
    meetings.edit(calendars.settings.log, NOW, planned.slug, MeetingFields(when="2026-11-25 9:00"))
    exporting.export(
        calendars.settings, tmp_path / "vault", NOW, with_private=True, on_progress=lambda done, total: None
    )
    other = Calendars(tmp_path, replace(calendars.settings, log=tmp_path / "other.db"))
    import_paths(other.settings, [tmp_path / "vault"], False, lambda done, total: None)
    assert other.coming(NOW) == calendars.coming(NOW)
    path = calendars.write("cal.ics", calendar(*events))
    report = other.take_file(path)
    assert (report.new.total(), report.changed.total(), report.warnings) == (0, 0, [])
    assert [each.starts.stored for each in other.meetings()] == [
        "2026-11-25T14:00:00Z",
        "2026-12-03T10:00:00Z",
        "2026-12-03T14:30:00Z",
    ]
    for day in (25, 26, 30):
        later = Moment(NOW.at.replace(day=day), "UTC")
        assert other.coming(later) == calendars.coming(later), "the dates that were moved are known"


def test_thousands_of_dates_take_no_time_to_speak_of(calendars: Calendars) -> None:
    """Every date of twenty years is cancelled, and ten thousand are beside the rule; the work is bounded."""
    day = datetime(2026, 11, 24, 14)  # noqa: DTZ001  # on the wall clock
    away = ",".join(f"{day + timedelta(weeks=count):%Y%m%dT%H%M%S}" for count in range(1000))
    extra = ",".join(f"{day + timedelta(hours=count):%Y%m%dT%H%M%S}" for count in range(10_000))
    report = calendars.take(weekly(f"EXDATE;TZID=America/Detroit:{away}", f"RDATE;TZID=America/Detroit:{extra}"))
    assert report.new["meeting"] == 1000 + 2000
    assert calendars.settings.log.stat().st_size < 5_000_000, "the event's own words are kept once"
