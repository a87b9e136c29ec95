"""Marks inside a line: `#idea`, `@person`, `^date`.

A mark counts at the start of the text, after white space, or after an opening bracket, and nowhere else: `a@b.c`,
`x^2` and `C#` are plain text. `#` and `@` need a letter next (`#3` is plain). A name may hold letters of any
script with their accents, digits, and `-`, `_`, `.` inside it; a full stop that ends a sentence is not part of it.
`^` needs one token (`^fri`, `^+2w`, `^2026-12-01`) or braces (`^{end of next week}`) on one line.

Plain text, whatever it looks like: what stands in backticks or between `$...$` (opening `$` directly before
something, closing `$` directly after something and not before a digit, so `$5 and $6` is money); what a backslash
precedes (`\\#`, `\\@`, `\\^`); the target of a Markdown link, `[text](#anchor)` and `[text]: #anchor`; a footnote,
`[^1]`, and a citation, `[@rose2022]`; a colour, `#1e90ff`; the block id that Obsidian gives a line, six hexadecimal
digits at its end (`... ^37066d`).
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mention:
    """`#name` or `@name` at text[start:end]; `name` is as typed, without the mark."""

    mark: Literal["#", "@"]
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateMark:
    """`^phrase` or `^{phrase}` at text[start:end]. Whether the phrase is a date, only `dates` can say."""

    phrase: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Marks:
    """All that a text marks, in the order of the text."""

    mentions: tuple[Mention, ...]
    dates: tuple[DateMark, ...]
    open_braces: tuple[int, ...] = ()
    """Where a `^{` stands that nothing closes."""
    escapes: tuple[int, ...] = ()
    """Where a backslash stands that keeps a `#`, `@` or `^` from being a mark."""


LONGEST_PHRASE = 120
"""Characters between `^{` and `}`; a date is never longer, and a stray brace must not swallow a page."""

_TOKEN = re.compile(r"\\[!-/:-@\[-`{-~]|`+|\$\$?|[#@^]")
_TICKS = re.compile(r"`+")
_DOLLARS = re.compile(r"\\.|\$\$?", re.DOTALL)
_DATE = re.compile(r"\+?[^\W_][\w+\-./:]*")
_COLOUR = re.compile(r"#(?=[a-f]*[0-9])[0-9a-f]{6}", re.IGNORECASE)
_CITED = re.compile(r"@[^\W\d][\w\-.]*[0-9]{4}[\w\-.]*")
_BLOCK_ID = re.compile(r"\^[0-9a-f]{6}[ \t]*(?=[\r\n]|\Z)")
_BRACED = re.compile(rf"\{{([^{{}}\r\n]{{1,{LONGEST_PHRASE}}})\}}")


def find_marks(text: str) -> Marks:
    """Every mark of a text, in one pass; never raises."""
    found: list[Mention | DateMark] = []
    open_braces: list[int] = []
    escapes: list[int] = []
    verbatim = _Verbatim(text)
    at = 0
    while token := _TOKEN.search(text, at):
        at = token.end()
        start = token.start()
        sign = text[start]
        if sign == "\\":
            if text[start + 1] in "#@^":
                escapes.append(start)
        elif sign in "`$":
            at = verbatim.end(start, at)
        elif _may_stand(text, start):
            mark = _date(text, start) if sign == "^" else _mention(text, start)
            if mark is not None:
                found.append(mark)
                at = mark.end
            elif text.startswith("^{", start):
                open_braces.append(start)
    return Marks(
        tuple(mark for mark in found if isinstance(mark, Mention)),
        tuple(mark for mark in found if isinstance(mark, DateMark)),
        tuple(open_braces),
        tuple(escapes),
    )


def name_end(text: str, start: int) -> int:
    """Where the name that begins at `start` ends; `start` itself where none begins there."""
    if not text[start : start + 1].isalpha():
        return start
    at = start + 1
    while at < len(text) and _in_name(text[at]):
        at += 1
    while text[at - 1] in "-_.":
        at -= 1
    return at


def _in_name(character: str) -> bool:
    return character.isalnum() or character in "-_." or unicodedata.category(character)[0] == "M"


def _may_stand(text: str, start: int) -> bool:
    if start == 0:
        return True
    before = text[start - 1]
    if before == "(" and text[start - 2 : start - 1] == "]":
        return False
    if before == "[" and text[start] == "^":
        return False
    if before == " " and text[start] == "#" and text[max(start - 3, 0) : start - 1] == "]:":
        return False
    return before.isspace() or unicodedata.category(before) == "Ps"


def _mention(text: str, start: int) -> Mention | None:
    end = name_end(text, start + 1)
    if end == start + 1 or _COLOUR.fullmatch(text, start, end):
        return None
    if text[start - 1 : start] == "[" and _CITED.fullmatch(text, start, end):
        return None
    return Mention("#" if text[start] == "#" else "@", text[start + 1 : end], start, end)


def _date(text: str, start: int) -> DateMark | None:
    if braced := _BRACED.match(text, start + 1):
        phrase = braced[1].strip()
        return DateMark(phrase, start, braced.end()) if phrase else None
    token = _DATE.match(text, start + 1)
    if token is None or _BLOCK_ID.match(text, start):
        return None
    phrase = token[0].rstrip("+-./:_")
    return DateMark(phrase, start, start + 1 + len(phrase))


class _Verbatim:
    """Finds where code and formulas end. Everything is listed once, so that hostile text stays linear."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._ticks: dict[int, list[int]] | None = None
        self._dollars: dict[int, list[int]] | None = None

    def end(self, start: int, after: int) -> int:
        """The end of the code or formula whose opening is text[start:after]; `after` where nothing closes it."""
        size = after - start
        if self._text[start] == "`":
            if self._ticks is None:
                self._ticks = self._tick_runs()
            return _next(self._ticks.get(size, []), after, size)
        if self._text[after : after + 1].isspace():
            return after
        if self._dollars is None:
            self._dollars = self._closing_dollars()
        return _next(self._dollars.get(size, []), after + 1, size, after)

    def _tick_runs(self) -> dict[int, list[int]]:
        runs: dict[int, list[int]] = {}
        for run in _TICKS.finditer(self._text):
            runs.setdefault(len(run[0]), []).append(run.start())
        return runs

    def _closing_dollars(self) -> dict[int, list[int]]:
        closing: dict[int, list[int]] = {}
        for token in _DOLLARS.finditer(self._text):
            start, end = token.span()
            if token[0][0] == "\\" or self._text[max(start - 1, 0)].isspace():
                continue
            if not self._text[end : end + 1].isdecimal():
                closing.setdefault(end - start, []).append(start)
        return closing


def _next(starts: list[int], least: int, size: int, otherwise: int | None = None) -> int:
    """The end of the first delimiter that starts at `least` or later."""
    place = bisect_left(starts, least)
    if place < len(starts):
        return starts[place] + size
    return least if otherwise is None else otherwise


_OPENINGS = re.compile(r"\\[!-/:-@\[-`{-~]|`+|\$\$?")


def verbatim_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where code and formulas stand, delimiters included, in order."""
    verbatim = _Verbatim(text)
    at = 0
    while token := _OPENINGS.search(text, at):
        at = token.end()
        if token[0][0] != "\\":
            at = verbatim.end(token.start(), token.end())
            if at > token.end():
                yield token.start(), at
