"""The scores, against published worked examples and a reference implementation."""

from datetime import date, timedelta
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain import calibration
from advisorlog.domain.calibration import Forecast, forecast, parts, score, settled_on, table
from advisorlog.domain.kinds import IdeaStatus
from advisorlog.domain.lifecycle import Change

SETTLED = date(2026, 6, 30)

FORECASTS = st.lists(
    st.builds(Forecast, st.integers(0, 100).map(lambda percent: percent / 100), st.booleans()), min_size=1, max_size=80
)


def near(found: float, expected: float) -> bool:
    return isclose(found, expected, rel_tol=1e-7, abs_tol=1e-9)


def forecasts(probabilities: list[float], outcomes: list[int]) -> list[Forecast]:
    return [Forecast(each, bool(came)) for each, came in zip(probabilities, outcomes, strict=True)]


def test_brier_s_own_example() -> None:
    """Brier (1950), table 1: ten forecasts of rain. He sums over both classes, rain and none: 0.19 is twice ours."""
    said = [0.7, 0.9, 0.8, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0, 0.1]
    rained = [0, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert near(2 * score(forecasts(said, rained)).mean, 0.19)


def test_the_example_of_scikit_learn() -> None:
    """sklearn.metrics.brier_score_loss([0, 1, 1, 0], [0.1, 0.9, 0.8, 0.3]) is 0.0375 in its documentation."""
    assert near(score(forecasts([0.1, 0.9, 0.8, 0.3], [0, 1, 1, 0])).mean, 0.0375)


def test_the_interval_is_wilson_s() -> None:
    """scipy.stats.binomtest(3, 12) and (0, 10), proportion_ci(method="wilson"), computed once with scipy."""
    three = score(forecasts([1.0] * 12, [0] * 3 + [1] * 9))
    assert (three.n, three.mean) == (12, 0.25)
    assert near(three.low, 0.08894166839405471)
    assert near(three.high, 0.5323053349335657)
    none = score(forecasts([1.0] * 10, [1] * 10))
    assert near(none.low, 0)
    assert near(none.high, 0.27753279986288926)


SAID = [0.12, 0.18, 0.35, 0.35, 0.48, 0.55, 0.62, 0.62, 0.66, 0.71, 0.78, 0.85, 0.85, 0.93, 0.97]
CAME = [0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("groups", "reliability", "resolution", "uncertainty"),
    [(5, 0.0373913333, 0.0933333333, 0.24), (10, 0.0824188889, 0.1288888889, 0.24)],
)
def test_the_parts_are_those_of_the_reference(
    groups: int, reliability: float, resolution: float, uncertainty: float
) -> None:
    """Figures of BrierDecomp of the R package SpecsVerification 0.5 (its formulas, run in numpy on the same data)."""
    found = parts(forecasts(SAID, CAME), groups)
    assert near(found.reliability, reliability)
    assert near(found.resolution, resolution)
    assert near(found.uncertainty, uncertainty)
    assert near(reliability - resolution + uncertainty + found.within, 0.19816)


def test_same_forecasts_leave_nothing_within() -> None:
    said = [0.2, 0.2, 0.2, 0.4, 0.4, 0.6, 0.6, 0.6, 0.8, 0.8, 0.8, 0.8]
    found = parts(forecasts(said, [0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0, 1]))
    # SpecsVerification's figures again.
    assert near(found.reliability, 0.0080555556)
    assert near(found.resolution, 0.0277777778)
    assert near(found.uncertainty, 0.2430555556)
    assert near(found.within, 0)


@given(FORECASTS, st.integers(1, 20))
def test_the_parts_add_up_to_the_score(made: list[Forecast], groups: int) -> None:
    found, whole = parts(made, groups), score(made)
    assert near(found.reliability - found.resolution + found.uncertainty + found.within, whole.mean)
    assert min(found.reliability, found.resolution, found.uncertainty) >= 0
    # Siegert (2017): resolution is what the score gains when each group is told its own frequency.
    recalibrated = parts([Forecast(each.came_true, each.came_true) for each in made]).uncertainty
    assert near(recalibrated, found.uncertainty)
    assert found.resolution <= found.uncertainty + 1e-12
    assert 0 <= whole.low <= whole.mean <= whole.high <= 1


@given(FORECASTS)
def test_a_table_needs_enough_and_counts_every_forecast_once(made: list[Forecast]) -> None:
    found = table(made)
    assert (found is None) == (len(made) < calibration.ENOUGH)
    if found is not None:
        assert sum(row.n for row in found) == len(made)
        for row in found:
            assert row.low / 100 - 1e-9 <= row.said <= row.high / 100 + 1e-9


def test_a_percent_on_an_edge_belongs_to_the_row_above() -> None:
    rows = table([Forecast(percent / 100, True) for percent in (0, 20, 40, 60, 80, 100) for _ in range(5)])
    assert rows is not None
    assert [(row.low, row.n) for row in rows] == [(0, 5), (20, 5), (40, 5), (60, 5), (80, 10)]


def test_nothing_to_score_is_said_so() -> None:
    for measure in (score, parts):
        with pytest.raises(ValueError, match="no forecast"):
            measure([])


def said(days_before: int, confidence: int, *, mood: bool = False) -> Change:
    return Change(SETTLED - timedelta(days=days_before), None, confidence, mood)


def test_being_sure_late_earns_nothing() -> None:
    changes = [said(100, 60), said(6, 99), said(0, 100)]
    for days in calibration.HORIZONS:
        assert forecast(changes, SETTLED, days, True) == Forecast(0.6, True)


def test_a_mood_is_no_forecast() -> None:
    assert forecast([said(100, 60), said(40, 10, mood=True)], SETTLED, 30, False) == Forecast(0.6, False)
    assert forecast([said(40, 10, mood=True)], SETTLED, 30, False) is None


def test_what_was_not_said_in_time_is_not_scored() -> None:
    assert forecast([said(29, 60)], SETTLED, 30, True) is None
    assert forecast([said(30, 60)], SETTLED, 30, True) == Forecast(0.6, True)


TODAY = date(2026, 12, 31)


def test_a_claim_is_settled_when_its_outcome_was_seen_or_due() -> None:
    early, late = date(2026, 5, 1), date(2026, 9, 1)
    assert settled_on(SETTLED, None, [], TODAY) == SETTLED
    assert settled_on(SETTLED, early, [], TODAY) == early
    assert settled_on(SETTLED, late, [], TODAY) == SETTLED, "waiting for the outcome can't move the day"
    assert settled_on(None, late, [], TODAY) == late
    assert settled_on(None, None, [], TODAY) is None


def test_where_nobody_kept_the_day_the_last_verdict_stands_for_it() -> None:
    validated = Change(date(2026, 3, 1), IdeaStatus.VALIDATED)
    published = Change(date(2026, 4, 1), IdeaStatus.PUBLISHED)
    killed, revived = Change(date(2026, 1, 1), IdeaStatus.KILLED), Change(date(2026, 2, 1), IdeaStatus.EXPLORING)
    assert settled_on(SETTLED, None, [killed, revived, validated, published], TODAY) == validated.day
    assert settled_on(SETTLED, None, [killed, revived], TODAY) == SETTLED
