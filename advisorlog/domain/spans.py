"""Whole sentences of a text, with where they stand in it: what is quoted, and what a proposal came from."""

import re
from dataclasses import dataclass

from advisorlog.domain.words import STOP, ends_sentence

WRAPPED = 50
"""Characters: a line at least this long may have been wrapped, and go on in the next one."""

_LIST_MARK = re.compile(r"\s*(?:[-*+•–]|\d{1,3}[.)]|#{1,6})\s")


@dataclass(frozen=True, slots=True)
class Span:
    """text[start:end], without the white space around it."""

    start: int
    end: int


def sentences(text: str) -> list[Span]:
    """The sentences of a text, in order. What holds no letter and no digit is none."""
    found: list[Span] = []
    start = 0
    for stop in STOP.finditer(text):
        if not _ends(text, stop):
            continue
        _add(found, text, start, stop.end())
        start = stop.end()
    _add(found, text, start, len(text))
    return found


def lines(text: str) -> list[Span]:
    """Lines as they were meant: one that was wrapped goes on in the next."""
    found: list[Span] = []
    start = 0
    for newline in re.finditer(r"\n", text):
        if not _is_wrapped(text, newline.start()):
            _add(found, text, start, newline.start())
            start = newline.end()
    _add(found, text, start, len(text))
    return found


def normalised(text: str) -> str:
    """The text on one line, with plain quotes, hyphens and blanks: how quotes are compared."""
    return " ".join(text.translate(_PLAIN).split())


_PLAIN = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‐": "-", "‑": "-", "–": "-", "—": "-"}
    | {"…": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " "}
)


def _ends(text: str, stop: re.Match[str]) -> bool:
    if stop[0] == "\n":
        return not _is_wrapped(text, stop.start())
    return ends_sentence(text, stop)


def _is_wrapped(text: str, newline: int) -> bool:
    """Whether the line that ends here goes on in the next: it is long, and the next begins small and is no list."""
    line = newline - (text.rfind("\n", 0, newline) + 1)
    following = text[newline + 1 : newline + 80]
    return line >= WRAPPED and following.lstrip(" \t")[:1].islower() and _LIST_MARK.match(following) is None


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    said = text[start:end]
    kept = said.strip()
    if any(character.isalnum() for character in kept):
        begin = start + said.index(kept)
        found.append(Span(begin, begin + len(kept)))
