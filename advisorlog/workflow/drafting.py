"""What is still being typed, kept so that it comes back after a crash. Light enough for every pause in typing."""

from pathlib import Path

from advisorlog.domain.moments import Moment
from advisorlog.store import drafts
from advisorlog.store.connection import transaction


def keep(log: Path, now: Moment, place: str, text: str) -> None:
    """Remember the text typed at a place instead of what was there; an empty one forgets it."""
    with transaction(log, "draft", now) as connection:
        drafts.keep(connection, place, text, now)
