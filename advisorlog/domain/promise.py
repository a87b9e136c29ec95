"""Whose a promise is, and when it must be settled: done, agreed anew, or dropped with a reason."""

import re
from collections.abc import Iterable

from advisorlog.domain.kinds import ActionState
from advisorlog.domain.marks import Mention, find_marks

NEEDS_REASON = 2
"""Put off so often, the next time needs its because."""
MUST_SETTLE = 3
"""Carried so often since it was agreed on, a promise is carried no more: what slips three times is no longer meant as
it was said."""


def carried_since_agreed(states: Iterable[ActionState]) -> int:
    """How often it was carried since it was made, or since it was last agreed anew or opened again."""
    carried = 0
    for state in states:
        carried = carried + 1 if state is ActionState.CARRIED else 0
    return carried


def must_settle(states: Iterable[ActionState]) -> bool:
    """Whether carrying it once more is out of the question."""
    return carried_since_agreed(states) >= MUST_SETTLE


_ABOUT = """
about after ask at before call cc cite consult contact convince credit e-mail email for from give help invite join mail
meet message of on pay per phone ping remind see show tell thank than to via visit with
"""
_SPOKEN_OF = frozenset(_ABOUT.split())
"""A `@person` behind one of these is what the promise is about (`send it to @ann`), not whose it is."""
_BETWEEN_TAGS = re.compile(r"(?:[\s.,;:!?()\[\]&]|\band\b)*")
_LAST_WORD = re.compile(r"([\w-]+)\s+[(\[]?$")


def owner(text: str) -> Mention | None:
    """The `@person` that owes what a line promises: one among the tags at its end, else one that it begins with.

    None where no such person stands: then it is the promise of who wrote it. Somebody in the midst of a sentence, or
    behind a word such as `to` or `ask`, is spoken of and owes nothing.
    """
    people = [mention for mention in find_marks(text).mentions if mention.mark == "@"]
    ending = [mention for mention in _at_the_end(text) if mention.mark == "@" and not _is_spoken_of(text, mention)]
    beginning = [mention for mention in people if not text[: mention.start].strip()]
    return next(iter((*ending, *beginning)), None)


def owed_by(text: str) -> str:
    """The name of who owes what a line promises; `me` where it names nobody."""
    named = owner(text)
    return named.name if named else "me"


def _at_the_end(text: str) -> list[Mention]:
    """The mentions of the tags that a line ends with, in order."""
    marks = find_marks(text)
    end = len(text)
    found: list[Mention] = []
    for mark in sorted((*marks.mentions, *marks.dates), key=lambda each: -each.start):
        if not _BETWEEN_TAGS.fullmatch(text, mark.end, end):
            break
        end = mark.start
        if isinstance(mark, Mention):
            found.insert(0, mark)
    return found


def _is_spoken_of(text: str, mention: Mention) -> bool:
    before = _LAST_WORD.search(text[: mention.start])
    return before is not None and before[1].casefold() in _SPOKEN_OF
