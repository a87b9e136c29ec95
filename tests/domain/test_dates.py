"""Days as people write them. Today is Tuesday, 24 November 2026, unless said otherwise."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.dates import ago, day_month_year, echo, span, understand, understand_past, understand_spoken

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("2026/12/1", date(2026, 12, 1)),
        ("2026-12-01T14:00", date(2026, 12, 1)),
        ("2026-12-01 14:00:00+09:00", date(2026, 12, 1)),
        ("2026-04-02", date(2026, 4, 2)),
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 25)),
        ("yesterday", date(2026, 11, 23)),
        ("fri", date(2026, 11, 27)),
        ("FRIDAY", date(2026, 11, 27)),
        ("tue", date(2026, 12, 1)),
        ("thurs", date(2026, 11, 26)),
        ("on monday", date(2026, 11, 30)),
        ("this-tue", TODAY),
        ("this fri", date(2026, 11, 27)),
        ("next-fri", date(2026, 12, 4)),
        ("next_tue", date(2026, 12, 1)),
        ("last-tue", date(2026, 11, 17)),
        ("last fri", date(2026, 11, 20)),
        ("tuesday of last week", date(2026, 11, 17)),
        ("mon next week", date(2026, 11, 30)),
        ("2w", date(2026, 12, 8)),
        ("+2w", date(2026, 12, 8)),
        ("3d", date(2026, 11, 27)),
        ("0d", TODAY),
        ("1m", date(2026, 12, 24)),
        ("1y", date(2027, 11, 24)),
        ("in two weeks", date(2026, 12, 8)),
        ("in-3-days", date(2026, 11, 27)),
        ("a week from now", date(2026, 12, 1)),
        ("3 weeks ago", date(2026, 11, 3)),
        ("a year ago", date(2025, 11, 24)),
        ("2w ago", date(2026, 11, 10)),
        ("next week", date(2026, 12, 1)),
        ("last month", date(2026, 10, 24)),
        ("end of next week", date(2026, 12, 4)),
        ("end of the week", date(2026, 11, 27)),
        ("eom", date(2026, 11, 30)),
        ("end of next month", date(2026, 12, 31)),
        ("end of year", date(2026, 12, 31)),
        ("2026-W50", date(2026, 12, 11)),
        ("2026w01", date(2026, 1, 2)),
        ("w50", date(2026, 12, 11)),
        ("W2", date(2027, 1, 15)),
        ("12-Dec", date(2026, 12, 12)),
        ("Dec-12", date(2026, 12, 12)),
        ("24-nov", TODAY),
        ("23 Nov", date(2027, 11, 23)),
        ("12-Dec-2026", date(2026, 12, 12)),
        ("Dec 12, 2025", date(2025, 12, 12)),
        ("3rd of November 2025", date(2025, 11, 3)),
        ("Tue, 3 Nov 2026", date(2026, 11, 3)),
        ("29-Feb", date(2028, 2, 29)),
    ],
)
def test_understood(phrase: str, day: date) -> None:
    assert understand(phrase, TODAY) == day
    assert understand_spoken(phrase, TODAY) == day


NO_DATES = """
soon|31-nov|2026-13-01|2026-02-30|02/03/2026|03-04-2026|12|2026|march|9999y|Mon, 3 Nov 2026|2026-W54|w0|am|ad|12/11
may need 3 more runs|3 weeks ago or so|2026-04-02 maybe|1.2|5pm|내일|2w3|fri fri
"""


@pytest.mark.parametrize("phrase", ["", " ", *NO_DATES.strip().replace("\n", "|").split("|"), "9" * 10_000, "\ud800"])
def test_not_a_date(phrase: str) -> None:
    assert understand(phrase, TODAY) is None
    assert understand_spoken(phrase, TODAY) is None
    assert understand_past(phrase, TODAY) is None


def test_months_end_where_the_month_ends() -> None:
    assert understand("1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert understand("end of month", date(2028, 2, 3)) == date(2028, 2, 29)
    assert understand("1m", date(2026, 12, 31)) == date(2027, 1, 31)


def test_the_next_friday_over_a_week() -> None:
    monday = date(2026, 11, 23)
    said = [understand("fri", monday + timedelta(days=n)) for n in range(7)]
    assert said == [date(2026, 11, 27)] * 4 + [date(2026, 12, 4)] * 3
    assert {understand("next-fri", monday + timedelta(days=n)) for n in range(7)} == {date(2026, 12, 4)}


@pytest.mark.parametrize(
    ("phrase", "day"),
    [("the day after tomorrow", date(2026, 11, 26)), ("a fortnight ago", date(2026, 11, 10))],
)
def test_spoken(phrase: str, day: date) -> None:
    assert understand(phrase, TODAY) is None
    assert understand_spoken(phrase, TODAY) == day


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("fri", date(2026, 11, 20)),
        ("tue", TODAY),
        ("12-Dec", date(2025, 12, 12)),
        ("24 Nov", TODAY),
        ("w50", date(2025, 12, 12)),
        ("2w", date(2026, 11, 10)),
        ("in 2w", date(2026, 12, 8)),
        ("2 weeks from now", date(2026, 12, 8)),
        ("next-fri", date(2026, 12, 4)),
        ("2026-12-01", date(2026, 12, 1)),
    ],
)
def test_looking_back(phrase: str, day: date) -> None:
    assert understand_past(phrase, TODAY) == day


def test_dateparser_is_loaded_only_where_it_is_needed() -> None:
    program = (
        "import sys; from datetime import date; from advisorlog.domain import dates, display, grammar\n"
        "assert dates.understand_spoken('3 weeks ago', date(2026, 11, 24))\n"
        "assert 'dateparser' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@given(st.text(st.characters(codec=None), max_size=30), DAYS)
def test_understand_never_raises(phrase: str, today: date) -> None:
    understand(phrase, today)


PHRASE_WORDS = st.sampled_from(
    [
        "next",
        "last",
        "end of",
        "fri",
        "week",
        "month",
        "3",
        "ago",
        "in",
        "-",
        "dec",
        "2026",
        "w",
        "+",
        "9999",
        "year",
        "29",
        "feb",
    ]
)


@given(st.lists(PHRASE_WORDS, max_size=5).map(" ".join), st.sampled_from([date.min, TODAY, date.max]))
def test_understand_stays_within_the_calendar(phrase: str, today: date) -> None:
    understand(phrase, today)
    understand_past(phrase, today)


@given(DAYS, DAYS)
def test_every_day_can_be_written_and_read_back(day: date, today: date) -> None:
    assert understand(day.isoformat(), today) == day
    assert understand(day_month_year(day), today) == day
    assert understand(f"{(today - day).days} days ago" if day < today else f"in {(day - today).days} days", today) in (
        day,
        None if abs((today - day).days) > 9999 else day,
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "yesterday"),
        (2, "2 days ago"),
        (7, "1 week ago"),
        (8, "8 days ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (59, "8 weeks ago"),
        (60, "2 months ago"),
        (340, "11 months ago"),
        (365, "a year ago"),
        (500, "16 months ago"),
        (730, "two years ago"),
        (3650, "ten years ago"),
        (5000, "14 years ago"),
        (-1, "tomorrow"),
        (-3, "in 3 days"),
        (-14, "in 2 weeks"),
        (-365, "in a year"),
    ],
)
def test_ago(days: int, said: str) -> None:
    assert ago(TODAY - timedelta(days=days), TODAY) == said


def test_echo() -> None:
    assert echo(date(2026, 11, 27), TODAY) == "Fri 27 Nov 2026 (in 3 days)"
    assert echo(TODAY, TODAY) == "Tue 24 Nov 2026 (today)"


def test_span() -> None:
    assert span(date(2026, 11, 3), date(2026, 11, 9)) == "3–9 Nov 2026"
    assert span(date(2026, 12, 4), date(2026, 11, 28)) == "28 Nov – 4 Dec 2026"
    assert span(date(2026, 12, 30), date(2027, 1, 2)) == "30 Dec 2026 – 2 Jan 2027"
    assert span(TODAY, TODAY) == "24 Nov 2026"
