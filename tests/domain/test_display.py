"""A captured text for a reader who knows no tags."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.display import promised, readable

SAID_ON = date(2026, 11, 24)
IDEAS = {"zeus-batch": "Batch size search", "전력": "전력 제한"}
PEOPLE = {"ann": "Ann Advisor", "me": "Sam Student"}


def read(text: str) -> str:
    return readable(text, IDEAS, PEOPLE, SAID_ON)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Compare against DVFS before claiming a win. #zeus-batch", "Compare against DVFS before claiming a win."),
        ("Run the DVFS baseline @me ^2022-09-20 #zeus-batch", "Run the DVFS baseline 20 Sep 2022"),
        ("We aim for ASPLOS, deadline ^2026-12-10", "We aim for ASPLOS, deadline 10 Dec 2026"),
        ("We aim for ASPLOS, deadline ^12-10", "We aim for ASPLOS, deadline 12-10"),
        ("Run it   #zeus-batch  ", "Run it"),
        (
            "#Zeus-Batch needs @ann by ^fri, not ^{next week}",
            "Batch size search needs Ann Advisor by 27 Nov 2026, not 1 Dec 2026",
        ),
        ("#전력 is #unknown-idea of @nobody for ^soon.", "전력 제한 is unknown-idea of nobody for soon."),
        ("Talk to @ann", "Talk to Ann Advisor"),
        ("Talk to @ann #zeus-batch", "Talk to Ann Advisor"),
        ("Submit by ^2026-12-01", "Submit by 1 Dec 2026"),
        ("Ask Bob, @ann", "Ask Bob, Ann Advisor"),
        ("#zeus-batch", "Batch size search"),
        ("#zeus-batch @ann", "Batch size search Ann Advisor"),
        ("One #zeus-batch\nTwo @ann\n\n#zeus-batch is third", "One\nTwo\n\nBatch size search is third"),
        (
            "Escaped \\#zeus-batch, \\@ann, \\^fri; \\alpha \\* stay",
            "Escaped #zeus-batch, @ann, ^fri; \\alpha \\* stay",
        ),
        ("`#zeus-batch` and $#zeus-batch$", "`#zeus-batch` and $#zeus-batch$"),
        ("(#zeus-batch) works", "(Batch size search) works"),
        ("Nothing to do  ", "Nothing to do  "),
    ],
)
def test_readable(text: str, shown: str) -> None:
    assert read(text) == shown


@given(st.text(st.characters(exclude_characters="#@^")))
def test_text_without_marks_is_untouched(text: str) -> None:
    assert read(text) == text


@given(st.text(st.sampled_from("a #@^\\\n${}`.([1é한") | st.characters(codec=None)))
def test_readable_never_raises_and_never_empties(text: str) -> None:
    assert bool(read(text).strip()) == bool(text.strip())


def test_many_tags_take_linear_time() -> None:
    assert read("word #x\n" * 20_000) == "word\n" * 20_000
    assert read("word" + " #x" * 30_000) == "word"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Run the DVFS baseline @me ^2022-09-20 #zeus-batch", "Run the DVFS baseline"),
        ("@ann sign the letter ^fri", "sign the letter"),
        ("@Ann: sign the letter for @me", "sign the letter for Sam Student"),
        ("@ann and @me look at it ^fri", "Ann Advisor and Sam Student look at it"),
        ("@ann, @me look at it", "Ann Advisor, Sam Student look at it"),
        ("@ann's letter is signed", "Ann Advisor's letter is signed"),
        ("@ann - sign it", "sign it"),
        ("@ann ^fri", "Ann Advisor 27 Nov 2026"),
        ("Talk to @ann ^fri", "Talk to Ann Advisor"),
        ("Ask @ann and run it", "Ask Ann Advisor and run it"),
        ("Sign it @ann ^soon", "Sign it soon"),
        ("@ann", "Ann Advisor"),
    ],
)
def test_a_promise_is_told_without_who_owes_it_and_until_when(text: str, shown: str) -> None:
    assert promised(text, IDEAS, PEOPLE, SAID_ON) == shown
