"""Three versions of a record's fields brought together: what a file said before, what it says now, and the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Merged:
    """What to write into the log, and the fields that were changed on both sides: the log's words stay."""

    updates: Values
    conflicts: tuple[str, ...]


def merge(before: Mapping[str, Any] | None, now: Mapping[str, Any], log: Mapping[str, Any]) -> Merged:
    """Field by field. Without `before`, what the log has not said yet is filled in, and any other difference stays."""
    updates: Values = {}
    conflicts: list[str] = []
    for name, value in now.items():
        held = log[name]
        was = before.get(name, held) if before is not None else _unsaid(held)
        if value in (was, held):
            continue
        if held == was:
            updates[name] = value
        else:
            conflicts.append(name)
    return Merged(updates, tuple(conflicts))


def _unsaid(held: Any) -> Any:
    """What an earlier version is taken to have said where there was none: nothing, so only empty fields are filled."""
    return held if held in (None, "", [], ()) else None
