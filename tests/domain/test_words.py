"""Counting and cutting words, in every script."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.words import CUT, LONGEST_CLUSTER, LONGEST_WORD, count_words, excerpt

SENTENCES = ("word ", "two. ", "e.g. ", "Mr. ", "\n", "- ", "**", "…", "3.5 ", "x" * 90, "$a b$ ", "`x y` ")
SIGNS = (
    "한국어 ",
    "中文",
    "カナ",
    "é",
    "e\u0301",
    "👩‍👩‍👧",
    "🇰🇷",
    "👍🏽",
    "\u1112\u1161\u11ab",
    "\u200d",
    "\u0301",
    "\ud800",
)
PIECES = st.sampled_from([*SENTENCES, *SIGNS])
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(st.characters(codec=None), max_size=200))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Compare against DVFS.", 3),
        ("## - **bold** _claim_ > --- [ ]", 2),
        ("12% less, 3.5 W", 4),
        ("power-limit don't x=1", 3),
        ("전력 제한을 비교", 3),
        ("比较能耗", 4),
        ("GPU的能耗 is high", 6),
        ("カタカナ。ひらがな", 8),
        ("e\u0301te\u0301", 1),
        ("…‽ !!! 👍", 0),
        ("$E = mc^2$", 2),
    ],
)
def test_count(text: str, count: int) -> None:
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("text", "words", "cut"),
    [
        ("fits as it is ", 4, "fits as it is "),
        ("One two three four five.", 3, "One two three […]"),
        ("One two three four. Five six seven eight.", 6, "One two three four. […]"),
        ("One. Two three four five six seven.", 6, "One. Two three four five six […]"),
        ("We compared it, e.g. With the baseline of Fig. Three today.", 6, "We compared it, e.g. With the […]"),
        ("We meet on Mon. 9 Mar. At noon in the lab.", 8, "We meet on Mon. 9 Mar. At noon […]"),
        ("一二三四。五六七八九十", 6, "一二三四。 […]"),
        ("한국어 문장을 자른다 여기서", 2, "한국어 문장을 […]"),
        ("The whole bound is $a + b + c + d$ here", 6, "The whole bound is […]"),
        ("anything", 0, "[…]"),
        ("", 0, ""),
    ],
)
def test_excerpt(text: str, words: int, cut: str) -> None:
    assert excerpt(text, words) == cut


@pytest.mark.parametrize("sign", ["e\u0301", "👩‍👩‍👧", "👍🏽", "🇰🇷", "\u1112\u1161\u11ab", "か\u3099", "क्"])
def test_a_run_is_cut_between_signs(sign: str) -> None:
    for words in range(1, 6):
        cut = excerpt(sign * 3000, words).removesuffix(CUT)
        assert cut == sign * (len(cut) // len(sign))
        assert 0 < len(cut) <= words * LONGEST_WORD


@pytest.mark.parametrize("unit", ["x", "한", "e\u0301", "\u0301", "- ", "$a ", "a. ", "`", "\n", "🇰🇷"])
def test_a_very_long_text_is_cut_short(unit: str) -> None:
    assert len(excerpt(unit * (100_000 // len(unit)), 10)) <= 10 * LONGEST_WORD + len(CUT)


@given(TEXTS, st.integers(1, 40))
def test_an_excerpt_is_a_verbatim_beginning_within_its_bound(text: str, words: int) -> None:
    cut = excerpt(text, words)
    if cut == text:
        assert count_words(text) <= words
        return
    assert cut.endswith(CUT.strip())
    kept = cut.removesuffix(CUT) if cut.endswith(CUT) else ""
    assert text.startswith(kept)
    assert len(kept) < len(text)
    assert count_words(cut) <= words
    if 0 < len(kept) < words * LONGEST_WORD - LONGEST_CLUSTER:
        assert unicodedata.category(text[len(kept)])[0] != "M"


@given(TEXTS)
def test_what_fits_is_unchanged(text: str) -> None:
    assert excerpt(text, max(count_words(text), len(text))) == text
