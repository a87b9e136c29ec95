"""A confidence over time as one line of bars, for where a picture is too much."""

from collections.abc import Sequence

BARS = "▁▂▃▅▇"
"""Five heights that stay apart in every font; a bar stands for 20 points."""

LONGEST = 12


def sparkline(percents: Sequence[int]) -> str:
    """The latest confidences (percent), oldest first, a bar each; nothing for fewer than two, which show no way."""
    if len(percents) < 2:
        return ""
    return "".join(BARS[min(len(BARS) - 1, max(0, percent) * len(BARS) // 100)] for percent in percents[-LONGEST:])
