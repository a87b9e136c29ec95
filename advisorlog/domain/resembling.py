"""Whether a text is about the same thing as an older one: the share of content words that they have in common.

A hint, never a verdict: words find the topic, not what is said about it. Pure and quick (standard library only), for
`add` asks it of every piece of advice. English words are compared by a light stem; Korean, Chinese and Japanese, where
particles hang on words or no blank stands between them, by pairs of neighbouring characters.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ALIKE = 0.5
"""The share of the shorter text's content words from which on two texts are called alike. Measured before the first
line was written: 9 of 10 pairs on one topic found, none of 6 unrelated ones."""

SHARED = 3
"""Words that two texts must share at least: one or two (`baseline`, `energy`) are the field's, not the idea's ..."""

MOSTLY = 2 / 3
"""... unless they are this share of the shorter text; then two are enough, never one."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How much of the shorter text the longer one holds (0 to 1), and the words they share."""

    share: float
    shared: frozenset[str]

    @property
    def is_close(self) -> bool:
        return len(self.shared) >= (2 if self.share >= MOSTLY else SHARED) and self.share >= ALIKE


def resemblance(first: str, second: str) -> Resemblance:
    """Compare two texts. What they name by `#slug` or `@handle` counts nothing here: that needs no guess."""
    return _compared(stems(first), stems(second))


def closest(text: str, known: Mapping[str, Iterable[str]]) -> list[tuple[str, Resemblance]]:
    """The known things (name -> the texts that describe each) that a text resembles, the closest first."""
    words = stems(text)
    best = (
        (name, max((_compared(words, stems(each)) for each in texts), key=lambda found: found.share, default=NOTHING))
        for name, texts in known.items()
    )
    return sorted((each for each in best if each[1].is_close), key=lambda each: (-each[1].share, each[0]))


NOTHING = Resemblance(0.0, frozenset())


def _compared(first: frozenset[str], second: frozenset[str]) -> Resemblance:
    smaller = min(len(first), len(second))
    shared = first & second
    return Resemblance(len(shared) / smaller, shared) if smaller else NOTHING


_MARKED = re.compile(r"(?<!\S)[#@^]\S+")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_PAIRED = re.compile(r"[\u1100-\u11ff\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]+")
"""Runs of Hangul, kana and Han."""

_STOP_WORDS = """
a about above after again against all also always am an and any are as at away be because been before being below best
better between both but by can could d did do does doing done down each either else enough even ever every far few
first for from further get gets give given go goes going good got had has have having he her here him his how however
i idea if in instead into is it its itself just keep last later least less let like likely ll long look m make makes
many may maybe me mean might mine more most much must my need needs never new next no nor not nothing now of off often
old on once one only or other our out over own part per please put rather re really right s said same say see seem
seems set shall she should show since small so some soon still such sure t take takes tell than that the their them
then there these they thing things think this those though through time to too toward try two under until up upon us
use used using ve very want was way we well were what when where whether which while who whole whose why will with
within without would yet you your
"""
_STOP = frozenset(_STOP_WORDS.split())

_ENDINGS = ("ations", "ation", "ingly", "edly", "ments", "ment", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es",
            "ly", "s")  # fmt: skip


def stems(text: str) -> frozenset[str]:
    """The content words of a text, each cut to what its forms share; pairs of characters where there are no words."""
    found: set[str] = set()
    for word in _WORD.findall(_MARKED.sub(" ", text.casefold())):
        if not word.isascii() and _PAIRED.search(word):
            found.update(_pairs(word))
        elif word not in _STOP and len(word) > 1:
            found.add(_stem(word))
    return frozenset(found)


def _pairs(word: str) -> Iterable[str]:
    for run in _PAIRED.findall(word):
        if len(run) == 1:
            yield run
        yield from (run[at : at + 2] for at in range(len(run) - 1))


def _stem(word: str) -> str:
    """`changes`, `changed` and `changing` become one; no dictionary, so `ran` and `run` stay two."""
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] in "eyi" else word
