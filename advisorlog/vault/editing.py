"""A file brought up to what the log says now: only what differs is touched, line by line."""

from dataclasses import dataclass

from advisorlog.store.reading.sheets import Sheet
from advisorlog.vault.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Edited:
    """The file's new bytes, and what of the record they can't say."""

    content: bytes
    unsaid: tuple[str, ...] = ()


def edited(content: bytes, before: Sheet | None, now: Sheet, around: Surroundings) -> Edited | None:
    """The file with what changed since `before`; the same bytes where nothing did. None: it must be written anew."""
    if before == now:
        return Edited(content)
    return None
