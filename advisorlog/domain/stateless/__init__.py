"""The stateless check: what a reader who remembers nothing can't follow in a text.

`check(text, glossary, rules)` is all of it: pure, deterministic, a brief in a few milliseconds. It prefers few, right
findings: what stands in quotation marks or in a blockquote is somebody's words and only its terms are looked at; code,
formulas and addresses are left alone; text in other languages than English meets only the rules that hold for it.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator

from advisorlog.domain.stateless import asks, claims, references, sentences, terms
from advisorlog.domain.stateless.findings import ALL, LANGUAGE, Finding, Rule, Spot
from advisorlog.domain.stateless.layout import Layout, read

__all__ = ["ALL", "LANGUAGE", "Finding", "Rule", "check"]

_RULES: dict[Rule, Callable[[Layout], Iterator[Spot]]] = {
    Rule.REFERENCE: references.references,
    Rule.PRONOUN: references.pronouns,
    Rule.ASK: asks.asks,
    Rule.CLAIM: claims.claims,
    Rule.LENGTH: sentences.too_long,
}


def check(text: str, glossary: Iterable[str] = (), rules: Collection[Rule] = ALL) -> list[Finding]:
    """The findings of the given rules in the order of the text. `glossary` holds the terms that the reader knows.

    Never raises, whatever the text is.
    """
    layout = read(text)
    spots = [spot for rule, found in _RULES.items() if rule in rules for spot in found(layout)]
    if Rule.TERM in rules:
        spots += terms.terms(layout, glossary)
    starts = [0, *(at + 1 for at, character in enumerate(text) if character == "\n")]
    return [_placed(text, starts, spot) for spot in sorted(spots, key=lambda spot: (spot.start, spot.end, spot.rule))]


def _placed(text: str, starts: list[int], spot: Spot) -> Finding:
    line = bisect_right(starts, spot.start)
    begin = starts[line - 1]
    end = min(spot.end, starts[line] - 1 if line < len(starts) else len(text))
    words = " ".join(text[spot.start : spot.end].split())
    return Finding(line, spot.start - begin, end - begin, spot.rule, words, spot.why, spot.suggestion)
