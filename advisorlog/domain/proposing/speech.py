"""What speech does to sentences: other people's words are played, sentences break off and begin anew."""

import re

_PLAYED = re.compile(r"[\"“”][^\"“”]*(?:[\"“”]|$)")
_PLAYED_BEFORE = re.compile(r"^[^\"“”]*[\"“”](?=\s*(?:[.,;:!?]|$))")
_FIRST_TO_LAST = re.compile(r"[\"“”].*[\"“”]")
_OPEN_WORDS = """
a an the this these those my our your their his her its of to for from with in on at by as into about like than or and
but so because cuz if when that which who we i you they he she it's we're i'm is are was be been have has had do does
can could will would should not very really just
"""
PLAYED = "…"
"""What stands for the words that somebody only played."""
SHORT = 8
"""Words: a longer part that ends in a comma was said, even if its speaker goes on in the next line."""
_LEFT_HANGING = frozenset(_OPEN_WORDS.split())


def own_words(sentence: str) -> str:
    """The sentence without what stands in quotation marks: a part that is played promises and asks nothing.

    Often the other mark is in the sentence before or behind: then a mark before a full stop or a comma is the last.
    """
    is_odd = len(re.findall(r"[\"“”]", sentence)) % 2
    said = _PLAYED_BEFORE.sub(f" {PLAYED} ", _FIRST_TO_LAST.sub(f" {PLAYED} ", sentence)) if is_odd else sentence
    return " ".join(_PLAYED.sub(f" {PLAYED} ", said).split())


def breaks_off(sentence: str) -> bool:
    """Whether it has no end: no full stop, and a last word after which more must come."""
    said = sentence.rstrip()
    if not said or said[-1] in ".!?":
        return False
    words = said.rstrip(",;:-–… ").casefold().split()
    is_short = len(words) < SHORT and said[-1] in ",;:"
    return is_short or not words or words[-1] in _LEFT_HANGING
