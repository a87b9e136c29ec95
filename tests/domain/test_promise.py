"""A promise is put off so often and no more."""

import pytest

from advisorlog.domain.kinds import ActionState
from advisorlog.domain.promise import carried_since_agreed, must_settle

OPEN, CARRIED, AGREED = ActionState.OPEN, ActionState.CARRIED, ActionState.RENEGOTIATED


@pytest.mark.parametrize(
    ("states", "carried"),
    [
        ((), 0),
        ((OPEN,), 0),
        ((OPEN, CARRIED, CARRIED), 2),
        ((OPEN, CARRIED, CARRIED, AGREED), 0),
        ((OPEN, CARRIED, CARRIED, AGREED, CARRIED), 1),
        ((OPEN, CARRIED, CARRIED, CARRIED, ActionState.DROPPED, OPEN), 0),
    ],
)
def test_what_counts_is_since_it_was_agreed_on(states: tuple[ActionState, ...], carried: int) -> None:
    assert carried_since_agreed(states) == carried


def test_the_third_time_is_the_last() -> None:
    assert not must_settle((OPEN, CARRIED, CARRIED))
    assert must_settle((OPEN, CARRIED, CARRIED, CARRIED))
