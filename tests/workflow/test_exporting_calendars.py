"""The log as a calendar: read back by the library, expanded by another one, taken in by another log and by itself."""

import shutil
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
import recurring_ical_events
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from advisorlog import config
from advisorlog.domain.moments import Moment, zone_of
from advisorlog.store.connection import reading
from advisorlog.store.reading import people as reading_people
from advisorlog.vault.calendar.zone_rules import described
from advisorlog.workflow import calendar_export, live, meetings, people, preparing, series
from advisorlog.workflow.coming import coming
from advisorlog.workflow.meetings import MeetingFields
from advisorlog.workflow.people import PersonFields
from advisorlog.workflow.series import SeriesFields
from advisorlog.workflow.series_dates import dates_to_come
from tests.vault.test_calendars import CALENDARS
from tests.workflow.conftest import Calendars
from tests.workflow.test_importing_calendars import one_date, weekly

UNTIL = datetime(2027, 6, 1, tzinfo=UTC)


def exported(log: Path, now: Moment, **options: Any) -> str:
    return calendar_export.export(config.load(str(log)), now, **options).text


def parsed(text: str) -> list[dict[str, Any]]:
    """Each event's properties as text, by name."""
    calendar = Calendar.from_ical(text.encode())
    return [dict(event.items()) for event in cast("Any", calendar).walk("VEVENT")]


def dates(text: str, after: Moment) -> list[tuple[str, str]]:
    """When and what, as another library expands it."""
    found = recurring_ical_events.of(Calendar.from_ical(text.encode())).between(after.at, UNTIL)
    # It gives the one under way as well.
    kept = [each for each in found if str(each.get("STATUS")) != "CANCELLED" and each.start > after.at]
    return sorted((f"{each.start.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", str(each["SUMMARY"])) for each in kept)


def expected(log: Path, now: Moment) -> list[str]:
    """When the log itself says that something is: the rules' dates, and the meetings that were planned."""
    with reading(log) as connection:
        found = {
            each.stored
            for one in reading_people.all_series(connection)
            for each in dates_to_come(connection, one, now, 500)
        }
        rows = connection.execute(
            "SELECT starts_at FROM meeting WHERE status = 'planned' AND starts_at >= ?", (now.stored,)
        )
        found |= {row["starts_at"] for row in rows}
    return sorted(each for each in found if each < Moment(UNTIL).stored)


@pytest.fixture
def log_of_ann(log: Path, now: Moment) -> Path:
    """Tuesdays at 14:00 in Detroit with Ann."""
    people.new(log, now, "Ann Advisor", "ann", PersonFields(email="ann@x.example"))
    fields = SeriesFields(
        people=["Ann Advisor"], every="tue", at=time(14), since=date(2026, 11, 3), zone="America/Detroit", minutes=50
    )
    series.new(log, now, "Zeus weekly", None, fields)
    return log


def test_a_series_is_one_event_with_its_rule_and_zone(log_of_ann: Path, now: Moment) -> None:
    text = exported(log_of_ann, now)
    assert text.count("BEGIN:VEVENT") == 1
    (event,) = parsed(text)
    assert event["DTSTART"].to_ical() == b"20261103T140000"
    assert event["DTSTART"].params["TZID"] == "America/Detroit"
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=TU"
    assert "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3" in text
    assert [at for at, _ in dates(text, now)] == expected(log_of_ann, now)
    assert "2027-03-09T19:00:00Z" in expected(log_of_ann, now)
    assert "2027-03-16T18:00:00Z" in expected(log_of_ann, now)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")


def test_moved_cancelled_and_extra_meetings(log_of_ann: Path, now: Moment) -> None:
    first = meetings.new(log_of_ann, now, MeetingFields(series="zeus-weekly"))
    second = meetings.new(log_of_ann, now, MeetingFields(series="zeus-weekly"))
    third = meetings.new(log_of_ann, now, MeetingFields(series="zeus-weekly"))
    meetings.new(
        log_of_ann, now, MeetingFields(when="2026-12-17 10:00", zone="UTC", series="zeus-weekly", title="Extra")
    )
    meetings.new(log_of_ann, now, MeetingFields(when="2026-12-18 10:00", zone="UTC", title="Committee"))
    meetings.edit(log_of_ann, now, first.slug, MeetingFields(when="2026-11-26 09:30", title="Early"))
    meetings.cancel(log_of_ann, now, second.slug)
    text = exported(log_of_ann, now)
    assert [at for at, _ in dates(text, now)] == expected(log_of_ann, now)
    assert dates(text, now)[:4] == [
        ("2026-11-26T14:30:00Z", "Early"),
        ("2026-12-08T19:00:00Z", "Zeus weekly"),
        ("2026-12-15T19:00:00Z", "Zeus weekly"),
        ("2026-12-17T10:00:00Z", "Extra"),
    ]
    events = parsed(text)
    assert [each["SUMMARY"] for each in events] == ["Zeus weekly", "Early", "Extra", "Committee"]
    assert events[1]["RECURRENCE-ID"].to_ical() == b"20261124T140000"
    assert events[1]["UID"] == events[0]["UID"]
    assert len({each["UID"] for each in events}) == 3
    meetings.edit(log_of_ann, now, third.slug, MeetingFields(minutes=20))
    assert [each["SUMMARY"] for each in parsed(exported(log_of_ann, now))] == [
        "Zeus weekly", "Early", "Zeus weekly", "Extra", "Committee",
    ]  # fmt: skip


def test_the_same_log_gives_the_same_bytes_and_a_change_counts_on(
    log_of_ann: Path, now: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = meetings.new(log_of_ann, now, MeetingFields(series="zeus-weekly"))
    before = exported(log_of_ann, now)
    later = Moment(now.at + timedelta(minutes=5))
    assert exported(log_of_ann, later) == before
    steps = [
        lambda: meetings.edit(log_of_ann, later, planned.slug, MeetingFields(when="2026-11-25 9:00")),
        lambda: series.edit(log_of_ann, later, "zeus-weekly", SeriesFields(minutes=30)),
        lambda: meetings.remove(log_of_ann, later, planned.slug),
        lambda: people.edit(log_of_ann, later, "ann", PersonFields(name="Ann B. Advisor")),
    ]
    for step in steps:
        old = {str(each["UID"]): int(each["SEQUENCE"]) for each in parsed(exported(log_of_ann, later))}
        step()
        new = parsed(exported(log_of_ann, later))
        assert all(int(each["SEQUENCE"]) > old[str(each["UID"])] for each in new)
    before_that = parsed(exported(log_of_ann, later))
    people.new(log_of_ann, later, "Somebody Else", None, PersonFields())
    assert parsed(exported(log_of_ann, later))[0]["SEQUENCE"] == before_that[0]["SEQUENCE"]


def test_the_brief_is_the_description_as_it_was_sent(log_of_ann: Path, now: Moment) -> None:
    settings_ = config.load(str(log_of_ann))
    assert "DESCRIPTION" not in exported(log_of_ann, now)
    preparing.send(settings_, preparing.brief(settings_, "zeus-weekly", None, None, False), "md")
    with reading(log_of_ann) as connection:
        body = str(connection.execute("SELECT body FROM document").fetchone()["body"])
    _, briefed = parsed(exported(log_of_ann, now))
    assert str(briefed["DESCRIPTION"]) == body.strip()
    assert briefed["RECURRENCE-ID"].to_ical() == b"20261124T140000"
    planned = meetings.new(log_of_ann, now, MeetingFields(series="zeus-weekly", agenda=["a private plan"]))
    _, briefed = parsed(exported(log_of_ann, now))
    assert str(briefed["DESCRIPTION"]) == body.strip(), planned
    assert "a private plan" not in exported(log_of_ann, now)
    preparing.send(settings_, preparing.brief(settings_, "zeus-weekly", None, None, False), "html")
    made = calendar_export.export(settings_, now)
    assert made.unreadable == 1
    assert "DESCRIPTION" not in made.text


def test_no_address_leaves(log_of_ann: Path, now: Moment) -> None:
    text = exported(log_of_ann, now)
    assert "Ann Advisor" in text
    assert "@" not in text.replace("@advisorlog", "")


def test_what_was_held_is_in_it_only_when_asked_for(log_of_ann: Path, now: Moment) -> None:
    meetings.new(log_of_ann, now, MeetingFields(when="2026-11-18 10:00", series="zeus-weekly"))
    meetings.new(log_of_ann, now, MeetingFields(when="2026-11-20 10:00", title="Alone"))
    assert len(parsed(exported(log_of_ann, now))) == 1
    assert [str(each["SUMMARY"]) for each in parsed(exported(log_of_ann, now, since=date(2026, 11, 1)))] == [
        "Zeus weekly", "Zeus weekly", "Alone",
    ]  # fmt: skip
    assert len(parsed(exported(log_of_ann, now, series="zeus", since=date(2026, 11, 19)))) == 1


def test_a_meeting_begun_early_does_not_take_its_date_out_of_the_calendar(log_of_ann: Path, now: Moment) -> None:
    live.begin_with(log_of_ann, Moment(now.at + timedelta(hours=9, minutes=50)), "zeus-weekly")
    assert ("2026-11-24T19:00:00Z", "Zeus weekly") in dates(exported(log_of_ann, now), now)


def test_a_single_meeting_that_was_cancelled_is_cancelled_there(log: Path, now: Moment) -> None:
    planned = meetings.new(log, now, MeetingFields(when="2026-12-18 10:00", title="Committee"))
    uid = parsed(exported(log, now))[0]["UID"]
    meetings.cancel(log, now, planned.slug)
    (event,) = parsed(exported(log, now))
    assert (str(event["STATUS"]), event["UID"]) == ("CANCELLED", uid)


HOSTILE = 'a, b; c\\n \\\nEND:VEVENT\r\nBEGIN:VALARM\x00\x1b[2J\u202e "q" é 서민지 😀' + "x" * 200


def test_hostile_words_stay_words(log: Path, now: Moment) -> None:
    people.new(log, now, HOSTILE, "h", PersonFields())
    meetings.new(log, now, MeetingFields(when="2026-12-18 10:00", title=HOSTILE, people=["@h"]))
    text = exported(log, now)
    (event,) = parsed(text)
    assert event["SUMMARY"].startswith("a, b; c\\n \\ ⏎ END:VEVENT")
    assert text.count("BEGIN:VALARM") == text.count("BEGIN:VALARM␀")
    assert not set(text) & {"\x00", "\x1b", "\u202e"}
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "서민지 😀" in event["SUMMARY"]


ZONES = (
    "UTC",
    "America/Detroit",
    "Europe/Zurich",
    "Asia/Seoul",
    "Australia/Lord_Howe",
    "America/Santiago",
    "+09:00",
    "-03:30",
)
RULES = (
    "mon",
    "tue,fri",
    "2 weeks",
    "FREQ=MONTHLY;BYDAY=-1TH",
    "FREQ=WEEKLY;BYDAY=SU;UNTIL=20270411",
    "FREQ=DAILY;COUNT=40",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270316T150000Z",
)


@given(
    zone=st.sampled_from(ZONES),
    rule=st.sampled_from(RULES),
    hour=st.integers(5, 22),
    minute=st.sampled_from([0, 15, 45]),
    since=st.dates(date(2026, 1, 1), date(2026, 12, 20)),
    cancelled=st.sets(st.integers(0, 5), max_size=2),
    moved=st.dictionaries(st.integers(0, 5), st.integers(1, 71), max_size=2),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_another_log_that_takes_it_in_has_the_same_dates(
    empty_log: Path, now: Moment, zone: str, rule: str, hour: int, minute: int, since: date, cancelled: set[int],
    moved: dict[int, int],
) -> None:  # fmt: skip
    """Across summer time, in any zone; and another library expands the file to these dates."""
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder) / "one.db", Path(folder) / "other.db"
        for path in (one, other):
            shutil.copyfile(empty_log, path)
        fields = SeriesFields(
            people=["Ann Advisor"], every=rule, at=time(hour, minute), since=since, zone=zone, minutes=30
        )
        series.new(one, now, "Zeus weekly", None, fields)
        with reading(one) as connection:
            (found,) = reading_people.all_series(connection)
            slots = dates_to_come(connection, found, now, 6)  # none is planned yet
        for number, slot in enumerate(slots):
            if number in cancelled or number in moved:
                fields_ = MeetingFields(when=slot.local.isoformat(), zone=zone, series="zeus-weekly")
                slug = meetings.new(one, now, fields_).slug
                if number in cancelled:
                    meetings.cancel(one, now, slug)
                else:
                    to = Moment(slot.at + timedelta(hours=moved[number]), zone)
                    meetings.edit(one, now, slug, MeetingFields(when=to.local.isoformat()))
        text = exported(one, now)
        wanted = expected(one, now)
        assert sorted({at for at, _ in dates(text, now)}) == wanted
        calendar = Path(folder) / "cal.ics"
        calendar.write_bytes(text.encode())
        report = Calendars(Path(folder), config.load(str(other))).take_file(calendar)
        assert report.problems == []
        assert expected(other, now) == wanted
        again = Calendars(Path(folder), config.load(str(one))).take_file(calendar)
        assert (again.new.total(), again.changed.total(), again.warnings) == (0, 0, [])


@pytest.mark.parametrize("was_taken_before", [True, False])
def test_our_own_calendar_that_comes_back_changes_what_was_changed_there(
    log_of_ann: Path, now: Moment, tmp_path: Path, was_taken_before: bool
) -> None:
    meetings.new(log_of_ann, now, MeetingFields(when="2026-12-18 10:00", zone="UTC", title="Committee"))
    text = exported(log_of_ann, now)
    mine = Calendars(tmp_path, config.load(str(log_of_ann)))
    path = tmp_path / "back.ics"
    path.write_bytes(text.encode())
    if was_taken_before:
        assert mine.take_file(path).unchanged == 1
    path.write_bytes(text.replace("20261218T10", "20261218T11").replace("SUMMARY:Zeus weekly", "SUMMARY:Zeus").encode())
    report = mine.take_file(path)
    assert (report.changed, report.warnings) == ({"series": 1, "meeting": 1}, [])
    assert [each.title for each in mine.series()] == ["Zeus"]
    assert mine.meetings()[0].starts.stored == "2026-12-18T11:00:00Z"


def test_our_own_calendar_that_comes_back_late_changes_nothing_that_was_changed_here(
    log_of_ann: Path, now: Moment, tmp_path: Path
) -> None:
    old = exported(log_of_ann, now)
    series.edit(log_of_ann, now, "zeus-weekly", SeriesFields(title="Renamed"))
    path = tmp_path / "back.ics"
    path.write_bytes(old.encode())
    report = Calendars(tmp_path, config.load(str(log_of_ann))).take_file(path)
    assert "the log's words stay" in str(report.warnings[0])
    with reading(log_of_ann) as connection:
        assert [each.title for each in reading_people.all_series(connection)] == ["Renamed"]


def test_a_brief_that_comes_back_is_no_agenda(log_of_ann: Path, now: Moment, tmp_path: Path) -> None:
    settings_ = config.load(str(log_of_ann))
    meetings.new(log_of_ann, now, MeetingFields(series="zeus-weekly", agenda=["sweep"]))
    preparing.send(settings_, preparing.brief(settings_, "zeus-weekly", None, None, False), "md")
    path = tmp_path / "back.ics"
    path.write_bytes(exported(log_of_ann, now).encode())
    mine = Calendars(tmp_path, settings_)
    assert mine.take_file(path).changed.total() == 0
    assert mine.meetings()[0].agenda == ("sweep",)


@pytest.mark.parametrize("name", ["libical.ics", "google.ics", "outlook.ics", "apple.ics"])
def test_what_came_from_a_calendar_goes_back_under_its_own_name(
    calendars: Calendars,
    name: str,
    now: Moment,
    tmp_path: Path,
) -> None:
    calendars.take_file(CALENDARS / name)
    text = exported(calendars.settings.log, now)
    theirs = {str(each["UID"]) for each in parsed((CALENDARS / name).read_text("utf-8"))}
    assert {str(each["UID"]) for each in parsed(text)} <= theirs
    path = tmp_path / "back.ics"
    path.write_bytes(text.encode())
    report = calendars.take_file(path)
    assert (report.new.total(), report.changed.total(), report.warnings) == (0, 0, [])
    assert calendars.take_file(CALENDARS / name).changed.total() == 0


def test_a_later_version_of_theirs_still_counts_after_an_export_came_back(
    calendars: Calendars,
    now: Moment,
    tmp_path: Path,
) -> None:
    calendars.take(weekly(at=2), one_date("20261201T140000", "20261203T093000", at=2))
    path = tmp_path / "back.ics"
    path.write_bytes(exported(calendars.settings.log, now).encode())
    calendars.take_file(path)
    assert calendars.take(
        weekly(at=3, title="Theirs"), one_date("20261201T140000", "20261204T093000", at=3)
    ).changed == {
        "series": 1,
        "meeting": 1,
    }


@pytest.mark.parametrize(
    "zone",
    [
        "America/Detroit",
        "Europe/London",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Asia/Jerusalem",
        "Asia/Kathmandu",
        "Pacific/Apia",
    ],
)
def test_a_zone_as_it_is_described_shows_the_same_time(zone: str) -> None:
    """Every six hours for two years, by the description alone."""
    block = described(zone_of(zone), zone, date(2026, 1, 1))
    clock = block.to_tz(lookup_tzid=False)
    moments = [datetime(2027, 1, 2, 0, 30, tzinfo=UTC) + timedelta(hours=6 * count) for count in range(4 * 730)]
    wrong = [
        each for each in moments if each.astimezone(clock).utcoffset() != each.astimezone(zone_of(zone)).utcoffset()
    ]
    assert len(wrong) <= (0 if "COMMENT" not in block else 6)


def test_what_today_says_is_in_the_calendar(log_of_ann: Path, now: Moment) -> None:
    with reading(log_of_ann) as connection:
        said = [each.starts.stored for each in coming(connection, now)]
    assert said[0] == dates(exported(log_of_ann, now), now)[0][0]
