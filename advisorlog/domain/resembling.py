"""Whether a text comes back to an older idea: the share of content words that they have in common.

A hint, never a verdict: words find the topic, not what is said about it. Quick enough for `add`, which asks it of every
piece of advice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from advisorlog.domain.topics import stems

ALIKE = 0.5
"""The share of the shorter text's stems from which on two texts are called alike. Measured before the first line was
written: 9 of 10 pairs on one topic found, none of 6 unrelated ones."""

SHARED = 3
"""Stems that two texts must share at least: one or two (`baseline`, `energy`) are the field's, not the idea's ..."""

NEAR = 0.4
"""The nearness (a cosine, as the shipped model puts it) from which on a text is called near an idea in meaning."""

MOSTLY = 2 / 3
"""... unless they are this share of the shorter text; then two are enough, never one."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How much of the shorter text the longer one holds (0 to 1), and the stems they share."""

    share: float
    shared: frozenset[str]

    @property
    def is_close(self) -> bool:
        return len(self.shared) >= (2 if self.share >= MOSTLY else SHARED) and self.share >= ALIKE


NOTHING = Resemblance(0.0, frozenset())


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


def _compared(first: frozenset[str], second: frozenset[str]) -> Resemblance:
    smaller = min(len(first), len(second))
    shared = first & second
    return Resemblance(len(shared) / smaller, shared) if smaller else NOTHING
