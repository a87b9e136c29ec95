"""Writing the pack for a mentee, and the list of what was withheld, into a folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from advisorlog import config
from advisorlog.config import Settings
from advisorlog.documents import mentee
from advisorlog.documents.guard import Withheld
from advisorlog.domain.moments import Moment, end_of_day
from advisorlog.errors import AdvisorlogError
from advisorlog.store.connection import reading
from advisorlog.workflow import enclosing, preparing, writing_out
from advisorlog.workflow.preparing import Prepared

PACK_WORDS = 500
"""A mentee reads it at a desk, not at a door: longer than a brief, still two pages."""
_ENDING = {"md": "md", "text": "txt", "html": "html", "json": "json"}


@dataclass(frozen=True, slots=True)
class Packed:
    """The pack, ready to be rendered, what it may be called, and what was withheld from it."""

    prepared: Prepared
    name: str
    withheld: tuple[Withheld, ...]
    manifest: str


def pack(
    settings: Settings,
    name: str,
    words: int | None = None,
    since: date | None = None,
    reuse: Sequence[int] = (),
    suggested: Sequence[str] = (),
) -> Packed:
    """The pack for a mentee; `suggested` are search keywords of a language model. Raises NotFound, AdvisorlogError."""
    now = config.now(settings.zone)
    start = Moment(end_of_day(since, settings.zone).at - timedelta(days=1), settings.zone) if since else None
    with reading(settings.log) as connection:
        found = mentee.read(connection, name, now, start, reuse)
    prepared = preparing.fitted(settings, mentee.write(found, words or PACK_WORDS, suggested), now)
    named = found.mentee.handle.lstrip(".").replace("/", "-") or "mentee"
    return Packed(prepared, f"{named}-{now.day}", found.withheld, mentee.manifest(found))


def write(log: Path, packed: Packed, folder: Path, form: str) -> tuple[Path, Path]:
    """Write the pack with its files, and beside it the list for the mentor alone; the paths of pack and list.

    Raises AdvisorlogError where something of it can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AdvisorlogError(f"{folder} can't be made: {error.strerror}", "Choose another place") from error
    sent, kept = folder / f"{packed.name}.{_ENDING[form]}", folder / f"DO-NOT-SEND-{packed.name}-withheld.md"
    writing_out.write(kept, packed.manifest)
    kept.chmod(0o600)
    enclosing.write(log, packed.prepared, sent, form)
    return sent, kept
