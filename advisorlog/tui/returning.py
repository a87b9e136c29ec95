"""What a line or a new idea comes back to: the idea at rest that it resembles, and how that one ended."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from advisorlog.tui import showing

if TYPE_CHECKING:
    from advisorlog.store.reading.graveyard import Resting


def returns(found: "Iterable[Resting]") -> list[Content]:
    """A line each, so that nobody walks the same way twice without knowing."""
    return [showing.line(returning(each), "$warning") for each in found]


def returning(each: "Resting", begins: str = "Like") -> str:
    """`Like #cap, killed 2026-11-12: the baseline saves as much. Revive if ...`, made inert by whoever shows it."""
    because = f": {each.event.because.rstrip('.')}" if each.event.because else ""
    asks = f". {each.asks}" if each.asks else ""
    return f"{begins} #{each.idea.slug}, {each.idea.status} {each.event.day}{because}{asks}"
