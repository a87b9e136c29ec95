"""Making the vectors of the log, and keeping them up to date with it."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisorlog import config
from advisorlog.config import Settings
from advisorlog.domain.kinds import RecordKind
from advisorlog.errors import AdvisorlogError
from advisorlog.meaning.kept import Kept, Key, VectorFile, digest
from advisorlog.store import search
from advisorlog.store.connection import reading

if TYPE_CHECKING:
    from advisorlog.meaning.embedder import Embedder

BATCH = 32
"""Texts of which the vectors are made and kept in one step; an interrupted run does not make again what it has kept."""
FEW = 200
"""So many new or changed texts are caught up with on the way (about a second); more, by `meaning rebuild`."""

Say = Callable[[str], None]
Progress = Callable[[int, int], None]


def silent(text: str) -> None:
    """Nobody listens."""


def unseen(done: int, total: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How the vectors stand to the log: whose are to be made (with the text), whose record is gone, how many are good.

    `left_out` counts the records in a language that the model doesn't read, and those that may not be sent.
    """

    missing: dict[Key, str]
    gone: tuple[Key, ...]
    good: int
    left_out: int


def standing(settings: Settings, model: "Embedder") -> Standing:
    """Compare the log with what is kept of it. Nothing is made or sent."""
    with reading(settings.log) as connection:
        texts = {(record, number): text for _, record, number, text in search.texts(connection)}
        wanted = {key: text for key, text in texts.items() if model.reads(text)}
        if model.host:
            wanted = _sendable(connection, settings, wanted)
    file = VectorFile(settings.log)
    kept = file.digests() if file.model()[0] == model.fingerprint else {}
    missing = {key: text for key, text in wanted.items() if kept.get(key) != digest(text)}
    gone = tuple(key for key in kept if key not in wanted)
    return Standing(missing, gone, len(wanted) - len(missing), len(texts) - len(wanted))


def _sendable(connection: sqlite3.Connection, settings: Settings, texts: dict[Key, str]) -> dict[Key, str]:
    from advisorlog.assist.material import Record, Sending

    records = {key: Record(RecordKind(key[0]), key[1]) for key in texts}
    sent = Sending(connection, config.now(settings.zone)).whole(records.values())
    return {key: text for key, text in texts.items() if records[key] in sent}


def rebuild(settings: Settings, model: "Embedder", say: Say = silent, progress: Progress = unseen) -> Standing:
    """Make every vector that is missing, and take out those whose record is gone. Gives how it stood before.

    What is made is kept batch by batch, also when it is interrupted. Raises AdvisorlogError.
    """
    found = standing(settings, model)
    notice(settings, model, say)
    file = VectorFile(settings.log)
    file.begin(model.fingerprint, model.name)
    _make(file, model, found, progress)
    return found


def _make(file: VectorFile, model: "Embedder", found: Standing, progress: Progress) -> None:
    from advisorlog.meaning.nearest import packed

    file.drop(found.gone)
    # A batch is as long as its longest text, so texts of a length go together.
    waiting = sorted(found.missing.items(), key=lambda each: len(each[1]))
    for start in range(0, len(waiting), BATCH):
        batch = waiting[start : start + BATCH]
        made = packed(model.embed([text for _, text in batch]))
        file.put(Kept(key, digest(text), numbers) for (key, text), numbers in zip(batch, made, strict=True))
        progress(start + len(batch), len(waiting))


def ready(settings: Settings, model: "Embedder") -> VectorFile:
    """The vectors of this model. Raises AdvisorlogError, with what to do, where there are none."""
    file = VectorFile(settings.log)
    fingerprint, name = file.model()
    if not fingerprint:
        raise AdvisorlogError(
            "There are no vectors of this log yet, and nothing makes them by itself",
            f"`advisorlog meaning rebuild` makes them, by {model.name}",
        )
    if fingerprint != model.fingerprint:
        raise AdvisorlogError(
            f"The vectors of this log are those of another model, {name}",
            f"`advisorlog meaning rebuild` makes those of {model.name}",
        )
    return file


def catch_up(settings: Settings, model: "Embedder", say: Say) -> Standing:
    """Make the vectors of the few texts that are new or changed; where they are many, say so and leave them.
    Gives how it stood before.

    Where they can't be written (a read-only folder), that is said too, and what is there is what is searched.
    """
    found = standing(settings, model)
    if len(found.missing) > FEW:
        say(f"{len(found.missing):,} new or changed texts are left out: `advisorlog meaning rebuild` takes them in.")
    elif found.missing or found.gone:
        try:
            _make(VectorFile(settings.log), model, found, unseen)
        except AdvisorlogError as error:
            say(f"What is new is left out: {error}.")
    return found


def notice(settings: Settings, model: "Embedder", say: Say) -> None:
    """Named once: where the texts go, if they go anywhere."""
    if not model.host:
        return
    from advisorlog.assist.cache import Cache
    from advisorlog.assist.endpoint import of_settings

    if not Cache(settings.log).knows(f"{model.host} (meaning)"):
        where = "on this machine" if of_settings(settings.assist).is_local else "NOT on this machine"
        say(
            f"The texts of lines and ideas are sent to {model.host}, {where}; nothing private, no mentee's. "
            "`advisorlog meaning rebuild --dry-run` shows exactly which. (Said once for each address.)"
        )
