"""Small pieces that the reading functions share: lists of marks, days, and texts that may be missing."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date

MANY = 500
"""How many values one IN list takes; SQLite's own limit is higher, but a plan with more gains nothing."""


def marks(values: Sequence[object]) -> str:
    """As many `?` as there are values."""
    return ", ".join("?" * len(values))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def in_parts(connection: sqlite3.Connection, query: str, ids: Iterable[int], *rest: object) -> Iterable[sqlite3.Row]:
    """Run a query that holds `{ids}` for any number of ids; `rest` fills the marks behind the list."""
    wanted = list(ids)
    for start in range(0, len(wanted), MANY):
        part = wanted[start : start + MANY]
        yield from connection.execute(query.format(ids=marks(part)), (*part, *rest))
