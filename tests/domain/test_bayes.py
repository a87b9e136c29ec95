"""Bayes' rule for odds, and what it says in words."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.bayes import RatioError, ratio_said, update


def near(found: float, expected: float) -> bool:
    return isclose(found, expected, rel_tol=1e-7, abs_tol=1e-9)


def test_the_textbook_example() -> None:
    """Gigerenzer and Hoffrage (1995): 1% have it, 80% of them and 9.6% of the others test positive: 7.8%."""
    assert round(update(1, 0.8 / 0.096).posterior, 1) == 7.8


@pytest.mark.parametrize(("prior", "ratio", "percent"), [(50, 3, 75), (40, 3, 67), (75, 1 / 3, 50), (20, 4, 50)])
def test_odds_are_multiplied(prior: int, ratio: float, percent: int) -> None:
    assert update(prior, ratio).percent == percent


def test_certainty_can_not_be_moved_and_says_why() -> None:
    assert [update(prior, 1000).percent for prior in (0, 100)] == [0, 100]
    assert "say 1% first" in update(0, 3).meaning
    assert "say 99% first" in update(100, 3).meaning


def test_finite_evidence_makes_nothing_certain() -> None:
    assert update(90, 1e308).percent == 99
    assert update(10, 1e-308).percent == 1


def test_a_plain_sentence() -> None:
    assert update(40, 3).meaning == (
        "The evidence is 3 times as likely if the claim is true as if it's false, a weak sign: "
        "from 40% you move to 67%."
    )
    assert "5 times as likely if the claim is false" in update(40, 0.2).meaning
    assert "tells nothing" in update(40, 1).meaning


@given(st.integers(1, 99), st.floats(1e-6, 1e6))
def test_evidence_for_raises_and_evidence_against_lowers(prior: int, ratio: float) -> None:
    found = update(prior, ratio)
    assert 0 <= found.posterior <= 100
    assert (found.posterior > prior) == (ratio > 1) or near(found.posterior, prior)
    assert near(update(prior, ratio).posterior, 100 - update(100 - prior, 1 / ratio).posterior)


@pytest.mark.parametrize("ratio", [0, -1, float("inf"), float("nan")])
def test_no_ratio_is_refused(ratio: float) -> None:
    with pytest.raises(RatioError):
        update(50, ratio)


def test_a_ratio_as_people_write_it() -> None:
    assert [ratio_said(text) for text in ("3", "0.5", "1/4", "3:1", " 2 : 4 ")] == [3, 0.5, 0.25, 3, 0.5]
    for text in ("", "x", "1/0", "..", "-3", "3/"):
        with pytest.raises(RatioError):
            ratio_said(text)
