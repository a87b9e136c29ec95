"""What the stateless check says about a place in a text."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """What a cold reader stumbles over."""

    REFERENCE = "reference"
    """Points at something that the text doesn't hold: "as discussed", "the bug", "last time" without a date."""
    PRONOUN = "pronoun"
    """A passage that begins with "it", "this" or "they", and nothing before it that it could stand for."""
    TERM = "term"
    """An acronym or a short name that is neither in the glossary nor spelt out."""
    ASK = "ask"
    """Something wanted from the reader, without its kind or without what the writer recommends."""
    CLAIM = "claim"
    """A claim without its number, its baseline or its evidence."""
    LENGTH = "length"
    """A sentence that has to be read twice."""


ALL: frozenset[Rule] = frozenset(Rule)
LANGUAGE: frozenset[Rule] = frozenset({Rule.CLAIM, Rule.LENGTH})
"""The rules that judge how something is said; who doesn't want them leaves them out."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place to mend. `line` counts from 1; `start` and `end` are characters of that line, from 0, end exclusive.

    Where the words run on into the next line, the span ends with its first line and `words` holds all of them.
    """

    line: int
    start: int
    end: int
    rule: Rule
    words: str
    why: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A finding by its place in the whole text, before its line is known."""

    start: int
    end: int
    rule: Rule
    why: str
    suggestion: str
