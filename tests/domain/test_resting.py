"""Which day a condition waits for."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.resting import due_day
from advisorlog.domain.sparkline import sparkline

SAID = date(2026, 3, 18)


@pytest.mark.parametrize(
    ("condition", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("after 2026-12-01, when the nodes are up", date(2026, 12, 1)),
        ("the new nodes are up ^2026-10-01", date(2026, 10, 1)),
        ("the reviews are back ^{end of month}", date(2026, 3, 31)),
        ("in 6 months", date(2026, 9, 18)),
        ("after next week", date(2026, 3, 25)),
        ("the visit of 12 May 2027 is over", date(2027, 5, 12)),
        ("from March 2027", date(2027, 3, 1)),
        ("2027년 3월 이후", date(2027, 3, 1)),
        ("2027년 3월 2일", date(2027, 3, 2)),
    ],
)
def test_a_named_day_is_found(condition: str, day: date) -> None:
    assert due_day(condition, SAID) == day


@pytest.mark.parametrize(
    "condition",
    [
        "there is a second, cleaner signal to learn the window from",
        "it needs 3 more runs",
        "a GPU changes clocks in under 1 ms",
        "12 of 24 pairs fail",
        "somebody may want it",
        "the marathon 2026 is over",
        "2027년 13월",
        "",
    ],
)
def test_what_waits_for_something_else_has_no_day(condition: str) -> None:
    assert due_day(condition, SAID) is None


@given(st.text(max_size=150))
def test_no_condition_breaks_it(condition: str) -> None:
    due_day(condition, SAID)


def test_a_line_of_bars() -> None:
    assert sparkline([0, 20, 40, 60, 80, 100]) == "▁▂▃▅▇▇"
    assert sparkline([70]) == ""
    assert len(sparkline([50] * 40)) == 12
