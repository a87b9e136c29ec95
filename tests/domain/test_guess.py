"""Asking with a guess of one's own: which reasons are proposed, how the question reads, and how often one is right."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain import guess
from advisorlog.domain.guess import Answered, Line, Verdict
from advisorlog.domain.kinds import EntryKind

DAY = date(2026, 11, 17)
ADVICE = Line(1, EntryKind.ADVICE, "Finish 16 H100 before 64 of anything.", DAY, "you", frozenset({3}))
RESULT = Line(2, EntryKind.RESULT, "One seed gains 4.4 points.", DAY - timedelta(7), "me", frozenset({3}))
DECISION = Line(3, EntryKind.DECISION, "January is fixed.", DAY - timedelta(14), "me", frozenset({3}))
EARLIER = Line(4, EntryKind.ADVICE, "Have the number for a plain cap.", DAY - timedelta(40), "you", frozenset({3}))
OTHER = Line(5, EntryKind.ADVICE, "Stop scaling.", DAY - timedelta(40), "Tomas Lindqvist", frozenset({3}))


@pytest.mark.parametrize(
    ("reasons", "asked"),
    [
        ([RESULT], "Is it because of the result “One seed gains 4.4 points” that you asked me to finish 16 H100"),
        ([RESULT, DECISION], "of the result “One seed gains 4.4 points” and our decision “January is fixed” that you"),
        (
            [RESULT, DECISION, EARLIER],
            "“One seed gains 4.4 points”, our decision “January is fixed” and your earlier advice “Have the number",
        ),
        ([OTHER], "Is it because of Tomas Lindqvist's advice “Stop scaling” that you asked me to"),
    ],
)
def test_the_question_is_grammatical_for_one_two_and_three_reasons(reasons: list[Line], asked: str) -> None:
    said = guess.question(ADVICE, reasons)
    assert asked in said
    assert said.endswith("before 64 of anything?")


@pytest.mark.parametrize("number", [0, 4])
def test_no_reason_and_more_than_three_are_no_guess(number: int) -> None:
    with pytest.raises(ValueError, match="one to three"):
        guess.question(ADVICE, [RESULT] * number)


@pytest.mark.parametrize(
    ("advice", "asked"),
    [
        ("Lock the clocks.", "asked me to lock the clocks"),
        ("Don't touch the batch size. It changes convergence.", "asked me not to touch the batch size"),
        ("Never plan with a rumour.", "asked me never to plan with a rumour"),
        ("Why don't you tune the batch size too?", "asked me to tune the batch size too"),
        ("You should show your figure first.", "asked me to show my figure first"),
        ("Good. Write section 5 now, keep figure 1.", "asked me to write section 5 now"),
        ("Why 97?", "said “Why 97?”"),
        ("A number is a promise.", "said “A number is a promise”"),
        ("Leave it.", "said “Leave it”"),
        ('Write "about 11", not "over 10".', 'asked me to write "about 11", not "over 10"'),
    ],
)
def test_advice_is_an_infinitive_where_it_is_a_command_and_a_quote_elsewhere(advice: str, asked: str) -> None:
    assert guess.asked(advice) == asked


def test_korean_advice_is_asked_about_in_korean() -> None:
    advice = Line(1, EntryKind.ADVICE, "배치 크기는 건드리지 마세요.", DAY, "you")
    said = guess.question(advice, [Line(2, EntryKind.RESULT, "정확도가 0.9 떨어졌다.", DAY)])
    assert said == "결과 “정확도가 0.9 떨어졌다” 때문에 “배치 크기는 건드리지 마세요”라고 하신 건가요?"


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=40)
LINES = st.builds(
    Line, st.integers(2, 9), st.sampled_from(guess.REASONS), TEXT, st.just(DAY), st.sampled_from(["me", "you", "Bo"])
)


@given(TEXT, st.lists(LINES, min_size=1, max_size=3))
def test_whatever_was_said_the_question_is_one_line_that_asks(advice: str, reasons: list[Line]) -> None:
    said = guess.question(Line(1, EntryKind.ADVICE, advice, DAY, "you"), reasons)
    assert said.endswith("?")
    assert said == said.strip()
    assert "\n" not in said


def test_the_likeliest_reasons_share_the_idea_and_are_recent_results() -> None:
    old = Line(6, EntryKind.RESULT, "It was slow.", DAY - timedelta(400), "me", frozenset({3}))
    found = guess.propose(ADVICE, [EARLIER, old, DECISION, RESULT, ADVICE])
    assert [each.id for each in found] == [RESULT.id, DECISION.id]


def test_what_shares_neither_idea_nor_words_is_no_reason() -> None:
    away = Line(7, EntryKind.RESULT, "The scope is calibrated.", DAY, "me", frozenset({9}))
    assert guess.propose(ADVICE, [away]) == []
    near = Line(8, EntryKind.RESULT, "16 H100 run at 1,980 MHz.", DAY, "me")
    assert guess.propose(ADVICE, [away, near]) == [near]


def test_what_was_asked_and_what_is_no_fact_are_no_reasons() -> None:
    asked = Line(9, EntryKind.ADVICE, "What do you get first: H100 or 64?", DAY, "you", frozenset({3}))
    takeaway = Line(10, EntryKind.TAKEAWAY, "H100 first, then 64.", DAY, "me", frozenset({3}))
    assert guess.propose(ADVICE, [asked, takeaway]) == []


def test_the_rate_counts_partly_as_half_by_adviser_and_half_year() -> None:
    def at(adviser: str, day: date, verdict: Verdict) -> Answered:
        return Answered(adviser, day, verdict)

    found = guess.rates(
        [
            at("Ruth", date(2026, 7, 1), Verdict.PARTLY),
            at("Ruth", date(2026, 6, 30), Verdict.WRONG),
            at("Ruth", date(2026, 12, 1), Verdict.RIGHT),
            at("Ann", date(2026, 2, 1), Verdict.RIGHT),
        ]
    )
    assert [(each.adviser, each.span, each.tested, each.share) for each in found] == [
        ("Ann", "2026-H1", 1, 1.0),
        ("Ruth", "2026-H1", 1, 0.0),
        ("Ruth", "2026-H2", 2, 0.75),
    ]
