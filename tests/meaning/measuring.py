"""How well what may conflict, and what comes back to a dead idea, is found: by words alone, and with a model's help."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from advisorlog.domain import resembling, tension
from tests.domain import labels

if TYPE_CHECKING:
    from advisorlog.meaning.embedder import Embedder

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Measured:
    """`told` of which `right`, of `expected`; `average` is the average precision of the order (0 where none is)."""

    right: int
    told: int
    expected: int
    average: float = 0.0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.told)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.expected)

    def __str__(self) -> str:
        ordered = f", average precision {self.average:.2f}" if self.average else ""
        return (
            f"precision {self.precision:.2f} ({self.right}/{self.told}), "
            f"recall {self.recall:.2f} ({self.right}/{self.expected}){ordered}"
        )


def nearness(model: "Embedder", one: str, other: str) -> float:
    """The cosine of two texts; 0 where the model doesn't read one of them."""
    if not (model.reads(one) and model.reads(other)):
        return 0.0
    return float(_vector(model, one) @ _vector(model, other))


_vectors: dict[tuple[str, str], Any] = {}


def _vector(model: "Embedder", text: str) -> Any:
    """Made once: the same texts are compared with many others."""
    key = (model.fingerprint, text)
    if key not in _vectors:
        _vectors[key] = model.embed([text])[0]
    return _vectors[key]


def tensions(part: str, model: "Embedder | None" = None) -> Measured:
    """The labelled pairs of a part. What is not told counts as missed in the average, too."""
    told: list[tuple[float, bool]] = []
    pairs = labels.pairs(part)
    for label, first, second in pairs:
        near = nearness(model, first.text, second.text) if model else 0.0
        if found := tension.compare(first, second, TODAY, near=near):
            told.append((found.rank, label))
    order = [label for _, label in sorted(told, key=lambda each: -each[0])]
    expected = sum(label for label, _, _ in pairs)
    return Measured(sum(order), len(order), expected, _average(order, expected))


def _average(order: Sequence[bool], expected: int) -> float:
    """Average precision: at each right one, the share of right ones so far."""
    hits = [place for place, label in enumerate(order, 1) if label]
    return sum(number / place for number, place in enumerate(hits, 1)) / expected


def returning(part: str, *ways: Callable[[labels.Returning, str], str | None]) -> Measured:
    """The labelled texts of a part; the first way that names an idea is what is told."""
    cases = labels.returning(part)
    told = [(next(filter(None, (way(cases, text) for way in ways)), None), idea) for text, idea in cases.texts]
    right = sum(named == idea for named, idea in told if named)
    return Measured(right, sum(named is not None for named, _ in told), sum(idea is not None for _, idea in told))


def by_words(cases: labels.Returning, text: str) -> str | None:
    """The idea that the rules would name first."""
    found = resembling.closest(text, cases.ideas)
    return found[0][0] if found else None


def by(model: "Embedder") -> Callable[[labels.Returning, str], str | None]:
    """The idea that is nearest, if it is near enough; as it is kept: title, slug and claim."""

    def nearest(cases: labels.Returning, text: str) -> str | None:
        best = max(
            (nearness(model, text, f"{title} {slug} {claim}"), slug) for slug, (title, claim) in cases.ideas.items()
        )
        return best[1] if best[0] >= resembling.NEAR else None

    return nearest
