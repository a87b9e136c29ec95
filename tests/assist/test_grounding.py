"""The gate: what of a model's line is shown, and why not."""

import pytest

from advisorlog.assist.grounding import Shown, ground, share_dropped
from advisorlog.assist.material import Material, Record, Sentence
from advisorlog.assist.paraphrase import objection
from advisorlog.domain.kinds import RecordKind

ADVICE = "Compare with DVFS on 3 GPUs before you claim a win, unless Ann says otherwise."
PLAN = "Run the baseline on A40."
MATERIAL = Material(
    (
        Sentence(1, Record(RecordKind.ENTRY, 7), 0, len(ADVICE), ADVICE),
        Sentence(2, Record(RecordKind.ACTION, 3), 0, len(PLAN), PLAN, is_planned=True),
    )
)


def test_a_whole_sentence_is_shown_in_the_records_own_words() -> None:
    line = ground(MATERIAL, 1, "Compare with DVFS  on 3 GPUs before you claim a win, unless Ann says otherwise.")
    assert (line.shown, line.text, line.sentence) == (Shown.QUOTE, ADVICE, MATERIAL.sentences[0])


def test_a_wrong_number_with_the_right_sentence_is_put_right() -> None:
    line = ground(MATERIAL, 1, PLAN)
    assert line.sentence == MATERIAL.sentences[1]


@pytest.mark.parametrize(
    ("number", "quote"),
    [
        (1, "Compare with DVFS on 3 GPUs"),
        (1, "Compare with DVFS on 4 GPUs before you claim a win, unless Ann says otherwise."),
        (1, ""),
        (9, PLAN),
        (0, PLAN),
        (2, "It ran on A40."),
    ],
)
def test_anything_else_is_dropped_and_says_why(number: int, quote: str) -> None:
    line = ground(MATERIAL, number, quote)
    assert (line.shown, line.sentence) == (Shown.DROPPED, None)
    assert line.why


def test_a_faithful_paraphrase_stands() -> None:
    line = ground(MATERIAL, 1, ADVICE, "Compare with DVFS before you claim a win, unless Ann says otherwise")
    assert line.shown is Shown.PARAPHRASE


@pytest.mark.parametrize(
    ("worded", "why"),
    [
        ("Compare with DVFS before you claim a win", "conditions"),
        ("Compare with DVFS on 5 GPUs before you claim a win, unless Ann says otherwise", "numbers"),
        ("Don't compare with DVFS before you claim a win, unless Ann says otherwise", "negations"),
        ("Compare with DVFS before I claim a win, unless Ann says otherwise", "people"),
        ("Compare with DVFS before you claim a win, unless Bob says otherwise", "Bob"),
        ("You should compare with DVFS before you claim a win, unless Ann says otherwise", "may, should"),
        ("Compare with DVFS before you claim a win, unless Ann says otherwise by Friday", "days"),
        ("Compare with DVFS before you claim a win, unless Ann says otherwise; drop the sweep", "sweep"),
        ("Skip DVFS before you claim a win, unless Ann says otherwise", "Skip"),
    ],
)
def test_a_paraphrase_that_says_something_else_falls_back_to_the_quote(worded: str, why: str) -> None:
    line = ground(MATERIAL, 1, ADVICE, worded)
    assert (line.shown, line.text) == (Shown.FELL_BACK, ADVICE)
    assert why in line.why


def test_names_and_numbers_in_another_order_do_not_stand() -> None:
    assert objection("Ann beats Bob by 3 to 5.", "Bob beats Ann by 3 to 5.", is_planned=False)
    assert objection("It went from 12 to 9 W.", "It went from 9 to 12 W.", is_planned=False)


def test_what_is_planned_did_not_happen() -> None:
    line = ground(MATERIAL, 2, PLAN, "The baseline run on A40 was done")
    assert line.shown is Shown.FELL_BACK
    assert "planned" in line.why


def test_a_script_without_stems_is_only_quoted() -> None:
    assert objection("실험을 다시 돌리기로 했다.", "실험을 그만두기로 했다.", is_planned=False)


def test_the_share_that_was_dropped() -> None:
    assert share_dropped([ground(MATERIAL, 1, ADVICE), ground(MATERIAL, 1, "no")]) == 0.5
    assert share_dropped([]) == 0
