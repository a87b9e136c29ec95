"""Days and times as people say them."""

from datetime import date

import pytest

from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError
from advisorlog.workflow.recurring import next_dates, rule_said
from advisorlog.workflow.times import at_wall_clock, moment_said, time_of_day


@pytest.mark.parametrize(
    ("phrase", "zone", "stored"),
    [
        ("now", "Asia/Seoul", "2026-11-24T09:00:00Z"),
        ("2026-12-01 14:00", "America/Detroit", "2026-12-01T19:00:00Z"),
        ("2026-12-01T14:00", "UTC", "2026-12-01T14:00:00Z"),
        ("2026-12-01T14:00-05:00", "Asia/Seoul", "2026-12-01T19:00:00Z"),
        ("fri at 2pm", "UTC", "2026-11-27T14:00:00Z"),
        ("tomorrow 9:30", "Asia/Seoul", "2026-11-25T00:30:00Z"),
        ("12:15 am", "UTC", "2026-11-24T00:15:00Z"),
        ("16h30", "UTC", "2026-11-24T16:30:00Z"),
    ],
)
def test_a_time_is_read_on_the_wall_clock_of_its_zone(now: Moment, phrase: str, zone: str, stored: str) -> None:
    assert moment_said(phrase, now, zone).stored == stored


@pytest.mark.parametrize("phrase", ["fri", "soon", "25:00", "fri 13pm", "2026-02-30 10:00", "02/03/2026 10:00", ""])
def test_what_is_no_time_is_refused_with_how_to_write_one(now: Moment, phrase: str) -> None:
    with pytest.raises(AdvisorlogError, match="Write it like"):
        moment_said(phrase, now, "UTC")


def test_the_time_left_out_is_the_usual_one(now: Moment) -> None:
    assert moment_said("fri", now, "UTC", time_of_day("14:00")).stored == "2026-11-27T14:00:00Z"


@pytest.mark.parametrize(
    ("phrase", "rule"),
    [
        ("tue", "FREQ=WEEKLY;BYDAY=TU"),
        ("Mon, thursday", "FREQ=WEEKLY;BYDAY=MO,TH"),
        ("week", "FREQ=WEEKLY"),
        ("every 2 weeks", "FREQ=WEEKLY;INTERVAL=2"),
        ("month", "FREQ=MONTHLY"),
        ("rrule:freq=monthly;byday=1fr", "FREQ=MONTHLY;BYDAY=1FR"),
    ],
)
def test_rules_as_people_say_them(phrase: str, rule: str) -> None:
    assert rule_said(phrase) == rule


@pytest.mark.parametrize("phrase", ["sometimes", "FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;NO=1", ""])
def test_what_is_no_rule_is_refused(phrase: str) -> None:
    with pytest.raises(AdvisorlogError):
        rule_said(phrase)


def test_the_wall_clock_stays_when_summer_time_ends() -> None:
    starts = at_wall_clock(_day("2026-10-27"), time_of_day("14:00"), "America/Detroit")
    found = next_dates("FREQ=WEEKLY;BYDAY=TU", starts, starts, 2)
    assert [each.stored for each in found] == ["2026-11-03T19:00:00Z", "2026-11-10T19:00:00Z"]
    assert starts.stored == "2026-10-27T18:00:00Z"


def test_a_time_that_the_clock_skips_or_shows_twice_is_still_a_moment() -> None:
    skipped = at_wall_clock(_day("2026-03-08"), time_of_day("2:30"), "America/Detroit")
    assert skipped.stored == "2026-03-08T07:30:00Z"
    twice = at_wall_clock(_day("2026-11-01"), time_of_day("1:30"), "America/Detroit")
    assert twice.stored == "2026-11-01T05:30:00Z"


def test_a_rule_with_an_end_in_utc_ends(now: Moment) -> None:
    starts = at_wall_clock(_day("2026-11-03"), time_of_day("14:00"), "Asia/Seoul")
    assert next_dates("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261130T000000Z", starts, now, 5) == []
    assert len(next_dates("FREQ=WEEKLY;BYDAY=TU;COUNT=6", starts, now, 9)) == 2


def test_an_end_in_utc_is_an_instant_whatever_the_wall_clock_says(now: Moment) -> None:
    """The clock in Seoul shows nine when it is midnight in UTC: the meeting at that very instant is the last one."""
    starts = at_wall_clock(_day("2026-11-17"), time_of_day("9:00"), "Asia/Seoul")
    found = next_dates("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261208T000000Z", starts, now, 9)
    assert [each.stored for each in found] == ["2026-12-01T00:00:00Z", "2026-12-08T00:00:00Z"]
    assert len(next_dates("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261207T235959Z", starts, now, 9)) == 1


def test_a_rule_that_ends_on_a_day_takes_that_day_in(now: Moment) -> None:
    starts = at_wall_clock(_day("2026-11-17"), time_of_day("14:00"), "America/Detroit")
    assert len(next_dates("FREQ=WEEKLY;UNTIL=20261208", starts, now, 9)) == 3


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=1,2;BYSECOND=0,1,2",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20991231",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;UNTIL=20260230T000000Z",
        "FREQ=MONTHLY;INTERVAL=99999999999999999999",
        "FREQ=YEARLY;BYMONTHDAY=" + ",".join(["1"] * 400),
    ],
)
def test_a_rule_made_to_keep_the_program_busy_is_refused(rule: str) -> None:
    with pytest.raises(AdvisorlogError):
        rule_said(rule)


def test_a_rule_that_never_moves_on_ends_all_the_same(now: Moment) -> None:
    """One that an older version let in."""
    starts = at_wall_clock(_day("2026-11-03"), time_of_day("14:00"), "UTC")
    assert next_dates("FREQ=DAILY;INTERVAL=0", starts, now, 1) == []


def _day(text: str) -> date:
    return date.fromisoformat(text)
