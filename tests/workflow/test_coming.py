"""What is coming, and which brief was sent for it."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from advisorlog import config
from advisorlog.domain.kinds import Role
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading
from advisorlog.store.reading import people as all_people
from advisorlog.workflow import live, meetings, people, preparing, series
from advisorlog.workflow.coming import coming, sent_for
from advisorlog.workflow.series_dates import dates_to_come


def _at(now: Moment, monkeypatch: pytest.MonkeyPatch, **later: float) -> Moment:
    """The clock, moved on."""
    moved = Moment(now.at + timedelta(**later), now.zone)
    monkeypatch.setenv("ADVISORLOG_NOW", moved.at.isoformat())
    return moved


def _send(log: Path) -> int:
    settings = config.load(str(log))
    return preparing.send(settings, preparing.brief(settings, "zeus-weekly", None, None, False), "md").id


@pytest.fixture
def weekly(log: Path, now: Moment) -> Path:
    people.new(log, now, "Ann Advisor", "ann", people.PersonFields())
    fields = series.SeriesFields(people=["Ann Advisor"], role=Role.ADVISOR)
    series.new(log, now, "Zeus weekly", None, fields)
    return log


def _found(log: Path, slug: str, now: Moment) -> int | None:
    with reading(log) as connection:
        sent = sent_for(connection, slug, now)
    return sent.id if sent else None


def test_a_brief_sent_before_the_meeting_was_begun_is_that_meeting_s(
    weekly: Path, now: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    _at(now, monkeypatch, seconds=24)
    number = _send(weekly)
    slug = live.begin_with(weekly, _at(now, monkeypatch, seconds=50), "zeus-weekly")  # it begins at a whole minute
    assert _found(weekly, slug, _at(now, monkeypatch, minutes=30)) == number
    live.begin_with(weekly, _at(now, monkeypatch, days=7), "zeus-weekly")
    assert _found(weekly, "2026-12-01-zeus-weekly", _at(now, monkeypatch, days=7)) is None
    assert _found(weekly, slug, _at(now, monkeypatch, days=90)) == number


def test_a_brief_of_last_week_is_not_this_week_s_and_the_other_way_round(
    weekly: Path, now: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_brief = _send(weekly)
    first = live.begin_with(weekly, _at(now, monkeypatch, minutes=5), "zeus-weekly")
    second = live.begin_with(weekly, _at(now, monkeypatch, days=7), "zeus-weekly")
    assert _found(weekly, second, _at(now, monkeypatch, days=7, minutes=5)) is None
    _at(now, monkeypatch, days=7, minutes=20)
    _send(weekly)
    assert _found(weekly, first, _at(now, monkeypatch, days=8)) == first_brief
    assert _found(weekly, second, _at(now, monkeypatch, days=8)) is None  # sent behind its beginning


@pytest.fixture
def every_tuesday(log: Path, now: Moment) -> Path:
    """Tuesdays at 14:00 from 3 November on; it is Tuesday 24 November, 9:00."""
    people.new(log, now, "Ann Advisor", "ann", people.PersonFields())
    fields = series.SeriesFields(people=["Ann Advisor"], every="tue", at=time(14), since=date(2026, 11, 3), minutes=60)
    series.new(log, now, "Zeus weekly", None, fields)
    return log


def _coming(log: Path, now: Moment) -> list[str]:
    with reading(log) as connection:
        return [f"{each.starts.stored[:16]} {each.key}" for each in coming(connection, now)]


def test_a_cancelled_date_is_not_announced(every_tuesday: Path, now: Moment) -> None:
    planned = meetings.new(every_tuesday, now, meetings.MeetingFields(series="zeus-weekly"))
    meetings.cancel(every_tuesday, now, planned.slug)
    assert _coming(every_tuesday, now) == ["2026-12-01T14:00 series:zeus-weekly"]


def test_a_meeting_that_was_moved_stands_for_its_date(every_tuesday: Path, now: Moment) -> None:
    planned = meetings.new(every_tuesday, now, meetings.MeetingFields(series="zeus-weekly"))
    meetings.edit(every_tuesday, now, planned.slug, meetings.MeetingFields(when="2026-11-26 10:00"))
    assert _coming(every_tuesday, now) == ["2026-11-26T10:00 meeting:2026-11-24-zeus-weekly"]
    with reading(every_tuesday) as connection:
        found = dates_to_come(connection, all_people.series(connection, "zeus-weekly"), now, 2)
    assert [each.stored for each in found] == ["2026-11-26T10:00:00Z", "2026-12-01T14:00:00Z"]
    again = meetings.new(every_tuesday, now, meetings.MeetingFields(series="zeus-weekly"))
    assert again.starts.stored == "2026-12-01T14:00:00Z"


def test_a_meeting_planned_for_later_does_not_hide_the_next_date(every_tuesday: Path, now: Moment) -> None:
    later = meetings.MeetingFields(when="2026-12-15 14:00", series="zeus-weekly")
    meetings.new(every_tuesday, now, later)
    assert _coming(every_tuesday, now) == ["2026-11-24T14:00 series:zeus-weekly"]


def test_a_meeting_moved_before_that_was_kept_stands_for_the_date_before_it(every_tuesday: Path, now: Moment) -> None:
    between = meetings.MeetingFields(when="2026-11-26 10:00", series="zeus-weekly")
    meetings.new(every_tuesday, now, between)
    assert _coming(every_tuesday, now) == ["2026-11-26T10:00 meeting:2026-11-26-zeus-weekly"]


def test_a_meeting_begun_early_is_not_announced_once_more(
    every_tuesday: Path, now: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = _at(now, monkeypatch, hours=4, minutes=50)  # ten minutes before it
    slug = live.begin_with(every_tuesday, early, "zeus-weekly")
    live.end(every_tuesday, early, slug)
    assert _coming(every_tuesday, early) == ["2026-12-01T14:00 series:zeus-weekly"]


def test_a_meeting_that_should_have_begun_just_now_is_still_the_next_one(
    every_tuesday: Path, now: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = _at(now, monkeypatch, hours=5, minutes=10)
    assert _coming(every_tuesday, late) == ["2026-11-24T14:00 series:zeus-weekly"]
    assert _coming(every_tuesday, _at(now, monkeypatch, hours=6, minutes=10)) == ["2026-12-01T14:00 series:zeus-weekly"]
    slug = live.begin_with(every_tuesday, late, "zeus-weekly")
    live.end(every_tuesday, late, slug)
    assert _coming(every_tuesday, late) == ["2026-12-01T14:00 series:zeus-weekly"]
