"""How far a reading for one series has to look."""

from collections.abc import Iterable
from dataclasses import dataclass

from advisorlog.store.reading.select import marks


@dataclass(frozen=True, slots=True)
class Reach:
    """What was said in a series, or about its projects: all that can concern it, in a log with many others.

    Only a net: whether it may be told to the series' readers is for the caller to say.
    """

    series_id: int
    project_ids: frozenset[int]

    def condition(self, alias: str, also: str = "", more: Iterable[object] = ()) -> tuple[str, tuple[object, ...]]:
        """SQL on the columns of a view under `alias`, and its values; `also` widens it by a column in some values."""
        wanted = tuple(more)
        return (
            f"({alias}.series_id = ? OR {alias}.project_id IN ({marks(tuple(self.project_ids))})"
            + (f" OR {alias}.{also} IN ({marks(wanted)}))" if also else ")"),
            (self.series_id, *self.project_ids, *wanted),
        )
