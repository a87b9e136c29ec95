"""Bayes' rule in its form for odds: how far one piece of evidence should move a confidence.

posterior odds = prior odds x likelihood ratio, where the ratio says how many times as likely the evidence is if the
claim is true as if it is false. (Good 1950, Probability and the weighing of evidence; Jeffreys' grades of evidence.)
"""

import re
from dataclasses import dataclass
from math import inf, isfinite

from advisorlog.errors import AdvisorlogError


class RatioError(AdvisorlogError):
    """A likelihood ratio that says nothing."""


@dataclass(frozen=True, slots=True)
class Update:
    """One step of learning: percent before, the ratio of the evidence, percent after (not rounded)."""

    prior: int
    ratio: float
    posterior: float

    @property
    def percent(self) -> int:
        """The posterior as a whole percent to keep. Only a prior of 0 or 100 stays there: finite evidence leaves
        at least 1% of doubt, since nothing could ever move a 0 or a 100 again."""
        if self.prior in (0, 100):
            return self.prior
        return min(99, max(1, round(self.posterior)))

    @property
    def meaning(self) -> str:
        """The step in a plain sentence or two."""
        if self.prior in (0, 100):
            return (
                f"At {self.prior}% no evidence can move you: that is what certainty means. "
                f"If you could be wrong, say {1 if self.prior == 0 else 99}% first, and weigh the evidence then."
            )
        if self.ratio == 1:
            return (
                f"The evidence is just as likely if the claim is true as if it's false, so it tells nothing: "
                f"you stay at {self.prior}%."
            )
        return f"{_likely(self.ratio)}, {_strength(self.ratio)}: from {self.prior}% you move to {self.percent}%."


def update(prior: int, ratio: float) -> Update:
    """Move a prior (percent) by a likelihood ratio.

    Raises RatioError unless the ratio is a finite number above 0: evidence that could not occur at all under one of
    the two would make certain, and there is none such outside of mathematics.
    """
    if not 0 <= prior <= 100:
        raise RatioError(f"{prior}% is no confidence", "It lies between 0 and 100")
    if not isfinite(ratio) or ratio <= 0:
        raise RatioError(f"{ratio:g} is no likelihood ratio", "It is above 0: 3 for, 1/3 against, 1 for neither")
    if prior in (0, 100):
        return Update(prior, ratio, float(prior))
    odds = prior / (100 - prior) * ratio
    return Update(prior, ratio, 100.0 if odds == inf else 100 * odds / (1 + odds))


_RATIO = re.compile(r"\s*([0-9.]+)\s*(?:[:/]\s*([0-9.]+))?\s*")


def ratio_said(text: str) -> float:
    """`3`, `0.5`, `1/3`, `3:1`. Raises RatioError for anything else."""
    said = _RATIO.fullmatch(text)
    try:
        if said is None:
            raise ValueError
        return float(said[1]) / float(said[2] or 1)
    except (ValueError, ZeroDivisionError) as error:
        raise RatioError(f"“{text}” is no likelihood ratio", "Write 3, 0.5, 1/3 or 3:1") from error


def _likely(ratio: float) -> str:
    if ratio > 1:
        return f"The evidence is {_number(ratio)} times as likely if the claim is true as if it's false"
    return f"The evidence is {_number(1 / ratio)} times as likely if the claim is false as if it's true"


def _number(ratio: float) -> str:
    return f"{ratio:.1f}".removesuffix(".0") if ratio < 100 else f"{ratio:.0f}"


def _strength(ratio: float) -> str:
    """Jeffreys (1961), Theory of probability, appendix B: grades at 10^(1/2), 10 and 100."""
    weight = max(ratio, 1 / ratio)
    if weight < 10**0.5:
        return "a weak sign"
    if weight < 10:
        return "a fair sign"
    return "strong evidence" if weight < 100 else "decisive evidence"
