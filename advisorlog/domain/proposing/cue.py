"""A pattern that speaks for a kind of entry, and what was found by it."""

import re
from dataclasses import dataclass

from advisorlog.domain.kinds import EntryKind


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that speak for a kind, unless `but` stands in the same sentence.

    In speech a cue counts only in a main clause, unless it `is_anywhere`; a group `who` in it must be a name as it was
    written, or several people.
    """

    kind: EntryKind
    words: re.Pattern[str]
    but: re.Pattern[str] | None = None
    is_anywhere: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The kind that a sentence seems to be, and the words that say so."""

    kind: EntryKind
    words: str


def cue(kind: EntryKind, words: str, but: str = "", *, is_anywhere: bool = False) -> Cue:
    """A cue by its patterns, which see a sentence as `plain` makes it."""
    return Cue(kind, re.compile(words), re.compile(but) if but else None, is_anywhere)


TAG_QUESTION = re.compile(r"(?:,|\b(?:or|and|is that)) ?(?:right|ok|okay|yeah|no|huh|or what|make sense)\s?\?$")
"""A question that only asks for a nod."""
