"""Which moves an idea can make, and what its history says at a day."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.kinds import IdeaStatus
from advisorlog.domain.lifecycle import (
    LIVING,
    RESTING,
    Change,
    LifecycleError,
    Readings,
    allowed_moves,
    check_move,
    confidence_at,
    dropped_by_mood,
    high_water_mark,
    last_change,
    status_at,
    status_before_rest,
    turning_points,
    until,
)


@pytest.mark.parametrize(("current", "new"), [(a, b) for a, b in product(LIVING, [*LIVING, *RESTING]) if a is not b])
def test_a_living_idea_goes_anywhere_with_a_because(current: IdeaStatus, new: IdeaStatus) -> None:
    check_move(current, new, "three seeds agree")
    with pytest.raises(LifecycleError, match="because"):
        check_move(current, new, "  ")


@pytest.mark.parametrize("rest", RESTING)
def test_a_resting_idea_is_revived_as_exploring_or_what_it_was(rest: IdeaStatus) -> None:
    check_move(rest, IdeaStatus.EXPLORING, "new GPUs")
    check_move(rest, IdeaStatus.PROMISING, "new GPUs", before=IdeaStatus.PROMISING)
    with pytest.raises(LifecycleError, match="it can become exploring or") as failure:
        check_move(rest, IdeaStatus.PUBLISHED, "new GPUs", before=IdeaStatus.EXPLORING)
    assert f"A {rest} idea can't become published at once" in str(failure.value)


def test_parked_can_be_killed_and_killed_parked() -> None:
    check_move(IdeaStatus.PARKED, IdeaStatus.KILLED, "no effect")
    check_move(IdeaStatus.KILLED, IdeaStatus.PARKED, "too early to tell")
    assert allowed_moves(IdeaStatus.PARKED, IdeaStatus.SPARK) == (
        IdeaStatus.SPARK,
        IdeaStatus.EXPLORING,
        IdeaStatus.KILLED,
    )


@pytest.mark.parametrize("status", IdeaStatus)
def test_no_move_to_where_it_is(status: IdeaStatus) -> None:
    with pytest.raises(LifecycleError, match=f"The idea is {status} already. It can become"):
        check_move(status, status, "because")


def test_a_new_idea_begins_anywhere() -> None:
    for status in LIVING:
        check_move(None, status, "")
    for status in RESTING:
        check_move(None, status, "known to fail")
        with pytest.raises(LifecycleError):
            check_move(None, status, "")


def test_killing_asks_for_the_reason() -> None:
    with pytest.raises(LifecycleError, match="killed for a reason"):
        check_move(IdeaStatus.PROMISING, IdeaStatus.KILLED, "")


def on(day: int) -> date:
    return date(2022, 9, day)


HISTORY = [
    Change(on(1), status=IdeaStatus.SPARK, confidence=30),
    Change(on(5), confidence=60),
    Change(on(9), confidence=90, mood=True),
    Change(on(12), status=IdeaStatus.PROMISING, confidence=60),
    Change(on(15), status=IdeaStatus.PROMISING),
    Change(on(20), confidence=20),
    Change(on(22), status=IdeaStatus.KILLED),
    Change(on(23)),
]


def test_the_history_at_a_day() -> None:
    assert status_at(HISTORY, date(2022, 8, 31)) is None
    assert status_at(HISTORY, on(11)) is IdeaStatus.SPARK
    assert status_at(HISTORY, on(22)) is IdeaStatus.KILLED
    assert status_before_rest(HISTORY, on(30)) is IdeaStatus.PROMISING
    assert confidence_at(HISTORY, on(10)) == Readings(said=90, from_evidence=60)
    assert confidence_at(HISTORY, on(30)) == Readings(20, 20)
    assert confidence_at(HISTORY, date(2022, 8, 31)) == Readings(None, None)


def test_what_earned_the_high_water_mark() -> None:
    assert high_water_mark(HISTORY, on(30)) is HISTORY[1]
    assert high_water_mark(HISTORY, on(4)) is HISTORY[0]
    assert high_water_mark([], on(4)) is None
    assert high_water_mark([Change(on(1), confidence=90, mood=True)], on(4)) is None


def test_last_change_and_turning_points() -> None:
    assert last_change(HISTORY, on(30)) is HISTORY[6]
    assert last_change([Change(on(1))], on(2)) is None
    assert turning_points(HISTORY, on(30)) == [HISTORY[number] for number in (0, 1, 2, 3, 5, 6)]


CHANGES = st.builds(
    Change,
    st.integers(0, 40).map(lambda days: on(1) + timedelta(days=days)),
    st.none() | st.sampled_from(IdeaStatus),
    st.none() | st.integers(0, 100),
    st.booleans(),
)


@given(st.lists(CHANGES), st.integers(0, 45).map(lambda days: on(1) + timedelta(days=days)), st.randoms())
def test_the_past_does_not_depend_on_what_came_later(changes: list[Change], day: date, order: object) -> None:
    known = until(changes, day)
    for ask in (status_at, confidence_at, high_water_mark, last_change, turning_points):
        assert ask(changes, day) == ask(known, day)
    highest = high_water_mark(changes, day)
    reached = confidence_at(changes, day).from_evidence
    assert (highest is None) == (reached is None)
    if highest is not None and reached is not None:
        assert highest.confidence is not None
        assert highest.confidence >= reached


def test_a_mood_below_the_evidence_is_a_drop_by_mood() -> None:
    earned, low = Change(date(2026, 1, 1), None, 70), Change(date(2026, 2, 1), None, 40, mood=True)
    assert dropped_by_mood([earned, low], date(2026, 3, 1)) is low
    assert dropped_by_mood([earned, low], date(2026, 1, 15)) is None
    for after in (Change(date(2026, 2, 2), None, 60), Change(date(2026, 2, 2), None, 70, mood=True)):
        assert dropped_by_mood([earned, low, after], date(2026, 3, 1)) is None
    assert dropped_by_mood([low], date(2026, 3, 1)) is None
