"""What is coming, and which brief was sent for it."""

from datetime import timedelta
from pathlib import Path

import pytest

from advisorlog import config
from advisorlog.domain.kinds import Role
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading
from advisorlog.workflow import live, people, preparing, series
from advisorlog.workflow.coming import sent_for


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
