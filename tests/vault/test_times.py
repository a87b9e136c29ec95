"""Days and times as files give them."""

from datetime import UTC, date, datetime

import pytest

from advisorlog.domain.moments import Moment
from advisorlog.vault.times import When, find_day, midnight, read_day, read_when

DAY = date(2022, 9, 13)


def at(hour: int, zone: str) -> When:
    return When(DAY, Moment(datetime(2022, 9, 13, hour, tzinfo=UTC), zone))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-09-13", When(DAY)),
        ("2022-09-13T14:00-04:00", at(18, "-04:00")),
        ("2022-09-13 14:00:00 -0400", at(18, "-04:00")),
        ("2022-09-13T14:00:00.5-04", at(18, "-04:00")),
        ("2022-09-13T18:00Z", at(18, "UTC")),
        ("2022-09-13T14:00", at(18, "America/Detroit")),
        (" 2022-09-13 ", When(DAY)),
        ("2022-13-45", None),
        ("2022-09-13T25:00", None),
        ("2022-09-13T14:00+99:00", None),
        ("0001-01-01T00:00+14:00", None),
        ("9999-12-31T23:00-12:00", None),
        ("12:30:45", None),
        ("tomorrow", None),
        ("２０２２-09-13", None),
    ],
)
def test_read_when(text: str, expected: When | None):
    assert read_when(text, "America/Detroit") == expected


def test_read_day():
    assert read_day("2022-09-13") == DAY
    assert read_day("2022-09-13T14:00") is None


def test_midnight_is_that_of_the_zone():
    assert midnight(DAY, "Asia/Seoul") == Moment(datetime(2022, 9, 12, 15, tzinfo=UTC), "Asia/Seoul")


@pytest.mark.parametrize(
    "text",
    [
        "2022-09-13-zeus.md",
        "zeus 20220913",
        "2022_09_13",
        "Notes of Sep 13, 2022",
        "13th September 2022",
        "2022년 9월 13일 회의",
        "2022年9月13日",
    ],
)
def test_days_are_found(text: str):
    assert find_day(text) == DAY


@pytest.mark.parametrize("text", ["9/13/22", "03-04-2022", "120220913", "v2022.9", "2022-13-45", "20221345", "Mayor 3"])
def test_what_could_be_two_days_is_none(text: str):
    assert find_day(text) is None
