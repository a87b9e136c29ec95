"""What a line is about, and how much of it two lines share."""

import pytest

from advisorlog.domain import matters


@pytest.mark.parametrize("text", ["the belief-net", "belief-nets", "20,000"])
def test_a_compound_is_one_word_of_the_matter(text: str) -> None:
    assert round(sum(matters.matter(text).values()), 6) == 1


def test_a_compound_still_meets_its_parts() -> None:
    both, mass = matters.shared("Draw the belief-net.", "The net has no loops.", {})
    assert (both, mass) == ({"net"}, 0.5)


def test_a_reports_own_words_are_no_matter() -> None:
    assert matters.matter("The group discussed the proposal, and it was decided and suggested.") == {}
    assert "figur" in matters.matter("The team suggested a figure.")


def test_words_that_many_lines_have_and_projects_count_less_and_names_nothing() -> None:
    lines = [f"The sensor in room {word}" for word in ("amber", "blue", "copper", "dust", "ember")]
    weights = matters.common([*lines, "Ann asks for the map"], ["Ann Lee"], ["Slackline"])
    assert weights["sensor"] == matters.LITTLE
    assert weights["ann"] == 0
    assert weights["slacklin"] == matters.LITTLE
    assert "map" not in weights
    assert "sensor" not in matters.common(lines[:4])
    assert matters.shared("Ann moved the sensor", "Ann broke the sensor", weights)[1] == matters.LITTLE
