"""What a question asks of its reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.ask import Ask, parse, print_ask
from advisorlog.domain.kinds import AskKind


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        (
            "decide: Which deadline? | options: spring / fall | rec: spring 70%",
            Ask(AskKind.DECIDE, "Which deadline?", ("spring", "fall"), "spring", 70),
        ),
        ("Why?", Ask(None, "Why?")),
        ("", Ask(None, "")),
        ("Unblock : need 2 GPUs", Ask(AskKind.UNBLOCK, "need 2 GPUs")),
        ("sanity-check: is 3% real?", Ask(AskKind.CHECK, "is 3% real?")),
        ("Sanity check: x | Options: a/b", Ask(AskKind.CHECK, "x", ("a", "b"))),
        ("Is P(a | b) right | and | why?", Ask(None, "Is P(a | b) right | and | why?")),
        ("x | options: A/B test / none", Ask(None, "x", ("A/B test", "none"))),
        ("x | options: 1/2 /", Ask(None, "x", ("1/2",))),
        ("x | options: /", Ask(None, "x")),
        ("x | rec: a, as B said (80%)", Ask(None, "x", (), "a, as B said", 80)),
        ("x | recommendation: a, 80 % sure", Ask(None, "x", (), "a", 80)),
        ("x | rec: a 170%", Ask(None, "x", (), "a 170%")),
        ("x | rec: a70%", Ask(None, "x", (), "a70%")),
        ("x | rec: 70%", Ask(None, "x", (), None, 70)),
        ("x | rec: 0%", Ask(None, "x", (), None, 0)),
        ("x | rec: a | options: b / c", Ask(None, "x", ("b", "c"), "a")),
        ("| options: a / b", Ask(None, "", ("a", "b"))),
        (
            "decide: 어느 마감? | options: 봄 / 가을 | rec: 봄 60%",
            Ask(AskKind.DECIDE, "어느 마감?", ("봄", "가을"), "봄", 60),
        ),
    ],
)
def test_parse(text: str, ask: Ask) -> None:
    assert parse(text) == ask
    assert parse(print_ask(ask)) == ask


def test_print() -> None:
    text = "decide: Which deadline? | options: spring / fall | rec: spring 70%"
    assert print_ask(parse(text)) == text


PIECES = st.sampled_from(
    [
        "decide:",
        "check:",
        "| options:",
        "| rec:",
        " | ",
        " / ",
        "/",
        "a",
        "b c",
        "70%",
        "170%",
        "(5%)",
        "sure",
        " ",
        "\n",
        "%",
        ":",
        "|",
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(st.characters(codec=None)))
def test_printing_and_parsing_are_inverse(text: str) -> None:
    ask = parse(text)
    assert parse(print_ask(ask)) == ask


WORD = st.from_regex(r"[A-Za-z가-힣]{1,8}( [a-z]{1,5})?", fullmatch=True).filter(lambda word: not word.endswith("sure"))


@given(
    st.none() | st.sampled_from(AskKind),
    WORD.map(lambda word: f"{word}?"),
    st.lists(WORD, max_size=4).map(tuple),
    WORD,
    st.none() | st.integers(0, 100),
)
def test_every_ask_can_be_written(
    kind: AskKind | None, question: str, options: tuple[str, ...], recommendation: str, sure: int | None
) -> None:
    ask = Ask(kind, question, options, recommendation, sure)
    assert parse(print_ask(ask)) == ask


@pytest.mark.parametrize("unit", [" / ", "| rec: 7% ", "| options: a", " ", "9", "sure) ", "|", "decide:"])
def test_long_asks_are_understood(unit: str) -> None:
    ask = parse("x | rec: " + unit * 20_000)
    assert parse(print_ask(ask)) == ask
