"""Hostile text becomes visible, harmless, and stays what it was otherwise."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisorlog.domain.inert import inert, inert_line

ANY_TEXT = st.text(st.characters(codec=None))
TRICKS = st.text(
    st.sampled_from("a \t\r\n\x1b\x00\x9b\u202e\u2066\u200b\u200d\ufe0f\U000e0100\U0001f3f4\U000e0067\U000e007f\ud800")
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]8;;http://x\x07link", "␛]8;;http://x␇link"),
        ("a\x00b\x7f", "a␀b␡"),
        ("\x9b31m\x85", "\ufffd31m\ufffd"),
        ("abc\u202edcba\u2069", "abc⟨RLO⟩dcba⟨PDI⟩"),
        ("pay\u200bpal \ufeffx\u00ad", "pay⟨ZWSP⟩pal ⟨BOM⟩x⟨SHY⟩"),
        ("a\tb", "a    b"),
        ("a\r\nb\rc\nd", "a\nb␍c\nd"),
        ("a\u2028b\u2029c", "a␤b␤c"),
        ("\ud800\udc00\uffff", "\ufffd\ufffd\ufffd"),
        ("hi\U000e0041\U000e0042", "hi\ufffd\ufffd"),
        ("a\ufe00\ufe01\ufe02", "a\ufe00\ufffd\ufffd"),
    ],
)
def test_made_visible(text: str, shown: str) -> None:
    assert inert(text) == shown


SCRIPTS = ("전력 제한 \u1112\u1161\u11ab", "中文。カナ", "می‌خواهم", "क्‍ष", "葛\U000e0100", "e\u0301")
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
SIGNS = ("👩‍👩‍👧 ❤️ 👍🏽 🇰🇷", SCOTLAND, "$\\alpha \\le x^2$ — ∑∫", "a [/] [b] <b>", "two\nlines")


@pytest.mark.parametrize("text", [*SCRIPTS, *SIGNS])
def test_what_scripts_need_stays(text: str) -> None:
    assert inert(text) == text


@given(ANY_TEXT | TRICKS)
@example("\r\r\n")
@example("\ufe0f\ufe0f\ufe0f")
def test_inert_is_harmless_and_idempotent(text: str) -> None:
    for shown in (inert(text), inert_line(text)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]", shown)
        assert not any(unicodedata.category(character) == "Cs" for character in shown)
        shown.encode()
    assert inert(inert(text)) == inert(text)
    assert inert_line(inert_line(text)) == inert_line(text)
    assert "\n" not in inert_line(text)


def test_lines_are_joined() -> None:
    assert inert_line("a\n\n  b \n") == "a ⏎ b"
    assert inert_line("  one ") == "  one "
    assert inert_line("\n\n") == ""
