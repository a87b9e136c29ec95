"""Taking changes back, and bringing them back. Standard library only: it must work when all else is slow or broken."""

from pathlib import Path

from advisorlog.domain.moments import Moment
from advisorlog.store import backup, undo
from advisorlog.store.connection import transaction


def take_back(log: Path, now: Moment, change_id: int | None) -> undo.Change:
    """Undo a change, the last one where none is named; returns what it was."""
    with transaction(log, f"undo {change_id or ''}".strip(), now) as connection:
        taken = undo.undo(connection, change_id)
    backup.daily_behind(log, now)
    return taken


def bring_back(log: Path, now: Moment) -> undo.Change:
    """Redo what the last undo took; returns what it was."""
    with transaction(log, "redo", now) as connection:
        brought = undo.redo(connection)
    backup.daily_behind(log, now)
    return brought
