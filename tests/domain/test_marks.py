"""Marks inside a text, and that finding them takes linear time."""

import sys
from types import FrameType

import pytest

from advisorlog.domain import grammar, marks
from advisorlog.domain.grammar import parse
from advisorlog.domain.marks import find_marks


def names(text: str) -> list[str]:
    return [mention.mark + mention.name for mention in find_marks(text).mentions]


def phrases(text: str) -> list[str]:
    return [mark.phrase for mark in find_marks(text).dates]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#zeus-batch and @ann", ["#zeus-batch", "@ann"]),
        ("see (#zeus), [@ann] {#b} 「#c」", ["#zeus", "@ann", "#b", "#c"]),
        ("ends in #zeus. And @ann...", ["#zeus", "@ann"]),
        ("v#1 #3 a@b.c C# @3pm # @", []),
        ("#zeus_v1.2 @j.lee", ["#zeus_v1.2", "@j.lee"]),
        ("#제우스 @김교수 #е́lise #cafe\u0301", ["#제우스", "@김교수", "#е́lise", "#cafe\u0301"]),
        ("\\#no \\@no #yes", ["#yes"]),
        ("`#no` ``a ` #no`` #yes", ["#yes"]),
        ("a ` #yes", ["#yes"]),
        ("`C:\\` #yes `", ["#yes"]),
        ("\\` #yes `", ["#yes"]),
        ("$x #no$ #yes $$ a #no $$", ["#yes", "#no"]),
        ("$$a #no$$ #yes", ["#yes"]),
        ("it costs $5 @ann and $6", ["@ann"]),
        ("$a \\$ #no b$ #yes", ["#yes"]),
        ("[text](#anchor) (#yes)", ["#yes"]),
        ("https://x.org/#frag x/@y ##no", []),
        ("line\n#yes", ["#yes"]),
        ("[a page]: #anchor\n[#yes]: is none", ["#yes"]),
        ("shade #1e90ff or #FF0000, not #facade", ["#facade"]),
        ("[@rose2022, p. 3] [see @rose2022b] [@lee]", ["@rose2022b", "@lee"]),
    ],
)
def test_mentions(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("^fri ^2026-12-01 ^2w ^+3d ^2026-W50 ^12-Dec", ["fri", "2026-12-01", "2w", "+3d", "2026-W50", "12-Dec"]),
        ("by ^fri, or (^mon). ^{end of next week}!", ["fri", "mon", "end of next week"]),
        ("x^2 $a ^2$ `^fri` \\^fri ^ ^{} ^{ } ^-", []),
        ("^내일 ^{다음 주}", ["내일", "다음 주"]),
        ("^{never closed", []),
        ("^{two\nlines}", []),
        ("said before[^1] and [^fri]\n[^1]: there", []),
        ("one ^37066d\ntwo ^5d5d5d  \nthree ^fri", ["fri"]),
        ("^37066d in the middle", ["37066d"]),
    ],
)
def test_dates(text: str, found: list[str]) -> None:
    assert phrases(text) == found


def test_an_open_brace_is_reported() -> None:
    assert "needs a }" in parse("[ ] x ^{end of").troubles[0].message
    assert not parse("[ ] x ^{end of May}").troubles


def test_a_date_mark_covers_its_braces() -> None:
    text = "do it ^{next week} now"
    (mark,) = find_marks(text).dates
    assert text[mark.start : mark.end] == "^{next week}"


ADVERSARIAL = {
    "backslashes": "\\",
    "name": "#a-",
    "tags": "#a ",
    "ticks": "`",
    "ticks apart": "` ``",
    "dollars": "$a ",
    "closing dollars": " a$",
    "braces": " ^{",
    "dates": " ^a.",
    "private": "~ ",
    "boxes": "[ ] ",
    "bullets": "- ",
    "escapes": "\\! ",
    "percent": "% 1",
    "mood": "% 70 #z mood ",
    "blank": " \t",
    "surrogate": "\ud800",
    "korean": "한 ",
}


def calls(text: str) -> int:
    """Lines executed while the text is parsed, a measure of work that no busy machine disturbs."""
    executed = 0
    watched = {grammar.__file__, marks.__file__}

    def trace(frame: FrameType, event: str, _: object) -> object:
        nonlocal executed
        if frame.f_code.co_filename not in watched:
            return None
        executed += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # pyright: ignore[reportArgumentType]
    try:
        parse(text)
    finally:
        sys.settrace(before)
    return executed


@pytest.mark.parametrize("unit", ADVERSARIAL.values(), ids=ADVERSARIAL.keys())
@pytest.mark.parametrize("lead", ["", "x ", "! ", "@"])
def test_work_grows_no_faster_than_the_line(lead: str, unit: str) -> None:
    short, long = (calls(lead + unit * n) for n in (200, 2000))
    assert long <= 12 * short


@pytest.mark.parametrize("unit", ADVERSARIAL.values(), ids=ADVERSARIAL.keys())
def test_a_very_long_line_is_kept(unit: str) -> None:
    typed = unit * (100_000 // len(unit))
    line = parse(typed)
    assert line.lead + line.text == typed
