"""Search by meaning: what is near a text, nearest first. Near is not the same, and no match is no proof."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisorlog import config
from advisorlog.config import Settings
from advisorlog.errors import AdvisorlogError
from advisorlog.meaning import choosing
from advisorlog.meaning.kept import Kept, VectorFile, digest
from advisorlog.store import search
from advisorlog.store.connection import reading
from advisorlog.store.search import Hit
from advisorlog.store.search_filter import Filter
from advisorlog.workflow.meaning.making import Say, catch_up, notice, ready, silent

if TYPE_CHECKING:
    from advisorlog.meaning.embedder import Embedder, Vectors

LEAST = 0.2
"""The nearness below which nothing is shown. Of texts and ideas of different fields (the labelled ones for tuning) one
pair in 12 lies above it, of those that belong together 14 in 15; by the shipped model."""
WALKED = 500
"""How many of the nearest are read at a time, until enough of them pass the filter."""


@dataclass(frozen=True, slots=True)
class Near:
    """A record, and how near it is in meaning: a cosine, 1 where it says the same."""

    hit: Hit
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, the name of the model that found it, and how many records it doesn't know at all."""

    model: str
    near: tuple[Near, ...]
    left_out: int


def like(settings: Settings, text: str, only: Filter, limit: int, say: Say = silent) -> Answer:
    """What is near a text, nearest first. Raises AdvisorlogError where there are no vectors, with what to do."""
    model = choosing.embedder(settings)
    file = ready(settings, model)
    _check(settings, model, text)
    notice(settings, model, say)
    left_out = catch_up(settings, model, say).left_out
    question = model.embed([text])[0]
    with reading(settings.log) as connection:
        found: list[Near] = []
        for part in _nearest(connection, file, question):
            hits = search.hits_of(connection, list(part), only)
            found += [Near(hit, part[number]) for number, hit in hits.items()]
            if len(found) >= limit:
                break
    return Answer(model.name, tuple(found[:limit]), left_out)


def _check(settings: Settings, model: "Embedder", text: str) -> None:
    """Raises AdvisorlogError where the model can't read the question, or may not be sent it."""
    if not model.reads(text):
        raise AdvisorlogError(f"{model.name} does not read this", "Search for the words themselves, without --like")
    if model.host:
        from advisorlog.assist.material import Sending

        with reading(settings.log) as connection:
            is_open = Sending(connection, config.now(settings.zone)).lets(text)
        if not is_open:
            raise AdvisorlogError(
                f"This names a mentee or a private idea, and is not sent to {model.host}", "Ask without the name"
            )


def _nearest(connection: sqlite3.Connection, file: VectorFile, question: "Vectors") -> Iterator[dict[int, float]]:
    """Row numbers of the search index with their nearness, nearest first, a part at a time.

    A record whose text has changed since, or that is gone, has no vector that counts.
    """
    from advisorlog.meaning.nearest import by_nearness, packed, unpacked

    now = {(record, number): (row, digest(text)) for row, record, number, text in search.texts(connection)}
    kept: list[Kept] = [each for each in file.all() if now.get(each.key, (0, b""))[1] == each.digest]
    if not kept:
        return
    asked = Kept(("", 0), b"", packed(question[None])[0])  # Among them, so that another model's vectors are noticed.
    rows = unpacked([asked, *kept])
    ranked = [(place, near) for place, near in by_nearness(rows[0], rows[1:]) if near >= LEAST]
    for start in range(0, len(ranked), WALKED):
        yield {now[kept[place].key][0]: near for place, near in ranked[start : start + WALKED]}
