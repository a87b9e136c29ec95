"""Whose a promise is; and it is put off so often and no more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain import promise
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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Run the baseline @me ^fri", "me"),
        ("Sign the letter @ruth ^2026-12-01 #slack", "ruth"),
        ("Send @ruth the plots @me ^fri", "me"),
        ("@ann: run it ^fri", "ann"),
        ("Introduce me to Elif @ruth.", "ruth"),
        ("Read section 2 (@tomas)", "tomas"),
        ("Write it up @ann and @bo", "ann"),
        ("보고서 보내기 @지민 ^fri", "지민"),
    ],
)
def test_who_stands_among_the_tags_at_the_end_or_begins_the_line_owes_it(text: str, name: str) -> None:
    found = promise.owner(text)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text",
    [
        "Run the baseline ^fri",
        "Ask @sam for the new daemon ^fri",
        "Ask @sam ^fri",
        "Send the plots to @ruth ^fri #slack",
        "Go through the draft with @tomas",
        "Read what @ann and @bo wrote",
        "Write `x @ann`",
    ],
)
def test_who_is_only_spoken_of_owes_nothing(text: str) -> None:
    assert promise.owner(text) is None


WORDS = st.lists(st.sampled_from(["run", "send", "the", "plots", "ask", "결과", "보내기"]), min_size=1, max_size=5)
TAGS = st.lists(st.sampled_from(["^fri", "^2026-12-01", "#slack"]), max_size=2)


@given(WORDS, TAGS, TAGS, st.sampled_from(["me", "ann", "지민"]), st.booleans())
def test_tags_around_a_name_change_nothing(
    words: list[str], before: list[str], after: list[str], name: str, stops: bool
) -> None:
    text = " ".join([*words, "it", *before, f"@{name}", *after]) + ("." if stops and not after else "")
    found = promise.owner(text)
    assert found is not None
    assert found.name == name
