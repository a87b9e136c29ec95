"""When a promise may still be put off, and when it must be settled: done, agreed anew, or dropped with a reason."""

from collections.abc import Iterable

from advisorlog.domain.kinds import ActionState

NEEDS_REASON = 2
"""Put off so often, the next time needs its because."""
MUST_SETTLE = 3
"""Carried so often since it was agreed on, a promise is carried no more: what slips three times is no longer meant as
it was said."""


def carried_since_agreed(states: Iterable[ActionState]) -> int:
    """How often it was carried since it was made, or since it was last agreed anew or opened again."""
    carried = 0
    for state in states:
        carried = carried + 1 if state is ActionState.CARRIED else 0
    return carried


def must_settle(states: Iterable[ActionState]) -> bool:
    """Whether carrying it once more is out of the question."""
    return carried_since_agreed(states) >= MUST_SETTLE
