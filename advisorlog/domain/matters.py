"""What a line of advice is about, as far as a second line can be on the same: its stems, and what each counts.

A report's own words ("the group decided", "it was suggested") and the names of those who speak are on no matter. The
parts of a compound (`belief-net`, `20,000`) are one word of the matter between them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from advisorlog.domain.topics import LEAST, stems

COMMON = 0.06
"""A stem that more than this share of all lines has says little about what one of them is on."""
OFTEN = 4
"""Up to so many lines no stem is called common, however few lines there are."""
LITTLE = 0.5
"""What a common stem counts."""

_REPORTING_WORDS = """
address advise agree announce argue clarify comment conclude consensus consider decide decision describe discuss
explain group idea insist meeting member mention moreover opinion participant propose proposal recommend refer remark
remind suggest suggestion team topic wonder
"""
_COMPOUND = re.compile(r"[^\W_]+(?:[-‐‑,.'’/][^\W_]+)+")


@lru_cache(maxsize=1)
def _reporting() -> frozenset[str]:
    return stems(_REPORTING_WORDS)


@lru_cache(maxsize=16384)
def matter(text: str) -> Mapping[str, float]:
    """The stems of a text's matter, each with what it counts: 1, or its share of a compound."""
    counts = dict.fromkeys(stems(text) - _reporting(), 1.0)
    for compound in _COMPOUND.findall(text):
        parts = stems(compound) & counts.keys()
        counts |= {stem: min(counts[stem], 1 / len(parts)) for stem in parts}
    return counts


def common(texts: Iterable[str], names: Iterable[str] = (), projects: Iterable[str] = ()) -> dict[str, float]:
    """What stems count that say little of what a line is on: those that many of these lines have and those of the
    projects' names `LITTLE`, those of people's names nothing.
    """
    every = [matter(text) for text in texts]
    often = max(OFTEN, COMMON * len(every))
    counts = Counter(stem for each in every for stem in each)
    found = {stem: LITTLE for stem, count in counts.items() if count > often}
    found |= {stem: LITTLE for name in projects for stem in stems(name)}
    return found | {stem: 0.0 for name in names for stem in stems(name)}


def shared(first: str, second: str, weights: Mapping[str, float]) -> tuple[frozenset[str], float]:
    """The stems that two lines share, and what they count together."""
    own, other = matter(first), matter(second)
    both = own.keys() & other.keys()
    return frozenset(both), round(sum(min(own[stem], other[stem]) * weights.get(stem, 1.0) for stem in both), 6)


def share(mass: float, first: str, second: str, weights: Mapping[str, float]) -> float:
    """How much of the shorter line's matter is what they share, 0 to 1."""
    whole = (sum(count * weights.get(stem, 1.0) for stem, count in matter(text).items()) for text in (first, second))
    return mass / max(LEAST, min(whole))
