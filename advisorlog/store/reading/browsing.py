"""Going through all lines, newest first, a page at a time, through a sieve."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.moments import Moment
from advisorlog.store import search
from advisorlog.store.reading import entries
from advisorlog.store.reading.rows import Entry
from advisorlog.store.reading.select import in_parts

NEAR = "near in meaning"
MOST_HITS = 500
"""Hits of a search that are listed; more than anybody scrolls through."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which lines to show. Numbers are those of the records; `told` says it in words.

    `near` are lines that are near in meaning to the words, nearest first; then the words need not match.
    """

    words: str = ""
    kind: EntryKind | None = None
    person: int | None = None
    project: int | None = None
    idea: int | None = None
    since: Moment | None = None
    near: tuple[int, ...] = ()
    told: tuple[str, ...] = ()

    def only(self, by: str, value: str, label: str) -> "Sieve":
        """Narrower by one more condition; another one of the same sort takes its place."""
        told = (*(each for each in self.told if not each.startswith(f"{by}: ")), f"{by}: {label}")
        match by:
            case "kind":
                return replace(self, kind=EntryKind(value), told=told)
            case "person":
                return replace(self, person=int(value), told=told)
            case "project":
                return replace(self, project=int(value), told=told)
            case "idea":
                return replace(self, idea=int(value), told=told)
            case _:
                raise ValueError(f"nothing is sifted by {by}")

    def from_day(self, since: Moment, label: str) -> "Sieve":
        """Only what was said from a moment on."""
        told = (*(each for each in self.told if not each.startswith("since ")), label)
        return replace(self, since=since, told=told)

    def worded(self, words: str) -> "Sieve":
        """With other words; what was near the old ones is forgotten."""
        return replace(self, words=words, near=(), told=tuple(each for each in self.told if not each.startswith(NEAR)))

    def near_to(self, near: tuple[int, ...], model: str) -> "Sieve":
        """Lines that a model finds near in meaning to the words, nearest first."""
        return replace(self, near=near, told=(*self.told, f"{NEAR}, nearest first, by {model}; no match is no proof"))


@dataclass(frozen=True, slots=True)
class Sifted:
    """The lines that pass a sieve: how many, and, where words are searched for, their numbers in order."""

    sieve: Sieve
    total: int
    numbers: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of those lines, with the spans that match the words searched for, by the lines' numbers."""

    entries: tuple[Entry, ...]
    spans: dict[int, tuple[tuple[int, int], ...]]


def sift(connection: sqlite3.Connection, sieve: Sieve) -> Sifted:
    """What passes a sieve; the lines themselves are read page by page."""
    if not sieve.words.strip():
        return Sifted(sieve, count(connection, sieve))
    numbers = _passing(connection, sieve, sieve.near) if sieve.near else _numbers_found(connection, sieve)
    return Sifted(sieve, len(numbers), numbers)


def page_of(connection: sqlite3.Connection, sifted: Sifted, start: int, size: int) -> Page:
    """The lines from place `start` on, newest first, with what matches marked."""
    if sifted.numbers is None:
        return Page(tuple(page(connection, sifted.sieve, start, size)), {})
    found = tuple(in_order(connection, sifted.numbers[start : start + size]))
    spans = search.spans_as_typed([entry.text for entry in found], sifted.sieve.words)
    return Page(found, {entry.id: each for entry, each in zip(found, spans, strict=True)})


def count(connection: sqlite3.Connection, sieve: Sieve) -> int:
    """How many lines pass, words aside."""
    where, values = _where(sieve)
    (number,) = connection.execute(f"SELECT count(*) FROM entry e WHERE {where}", values).fetchone()
    return int(number)


def page(connection: sqlite3.Connection, sieve: Sieve, start: int, size: int) -> list[Entry]:
    """Lines from place `start` on, newest first."""
    where, values = _where(sieve)
    ids = [
        row["id"]
        for row in connection.execute(
            f"SELECT e.id FROM entry e WHERE {where} ORDER BY e.at DESC, e.id DESC LIMIT ? OFFSET ?",
            (*values, size, start),
        )
    ]
    return in_order(connection, ids)


def in_order(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Entry]:
    """Lines in the order of their numbers as given."""
    found = entries.by_ids(connection, ids)
    return [found[each] for each in ids if each in found]


def _numbers_found(connection: sqlite3.Connection, sieve: Sieve) -> tuple[int, ...]:
    """The lines that match the words of the sieve, and pass the rest of it."""
    kinds = [sieve.kind] if sieve.kind else list(EntryKind)
    numbers = search.entries_as_typed(connection, sieve.words, kinds, sieve.since, sieve.project, MOST_HITS)
    return tuple(numbers) if sieve.person is None and sieve.idea is None else _passing(connection, sieve, numbers)


def _passing(connection: sqlite3.Connection, sieve: Sieve, numbers: Sequence[int]) -> tuple[int, ...]:
    """Those of some lines that pass the sieve, words aside, in their order."""
    where, values = _where(replace(sieve, words=""))
    query = f"SELECT e.id FROM entry e WHERE e.id IN ({{ids}}) AND {where}"
    passing = {row["id"] for row in in_parts(connection, query, numbers, *values)}
    return tuple(number for number in numbers if number in passing)


def _where(sieve: Sieve) -> tuple[str, tuple[object, ...]]:
    conditions: list[str] = []
    values: list[object] = []
    if sieve.kind is not None:
        conditions.append("e.kind = ?")
        values.append(str(sieve.kind))
    if sieve.person is not None:
        conditions.append("e.speaker_id = ?")
        values.append(sieve.person)
    if sieve.project is not None:
        conditions.append("coalesce(e.project_id, (SELECT m.project_id FROM meetings m WHERE m.id = e.meeting_id)) = ?")
        values.append(sieve.project)
    if sieve.idea is not None:
        conditions.append("e.id IN (SELECT entry_id FROM mention WHERE idea_id = ?)")
        values.append(sieve.idea)
    if sieve.since is not None:
        conditions.append("e.at >= ?")
        values.append(sieve.since.stored)
    return " AND ".join(conditions) or "1", tuple(values)
