"""The prep sheet's part about ideas at rest: whose day has come, which came up again, and what the others wait for."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from advisorlog.documents.document import Cite, Item, Section
from advisorlog.documents.wording import Wording
from advisorlog.domain.kinds import EntryKind, RecordKind
from advisorlog.domain.moments import Moment
from advisorlog.store.reading import entries, graveyard
from advisorlog.store.reading.graveyard import Resting
from advisorlog.store.reading.rows import Entry

DUE, AGAIN, WAITING = 1010, 910, 760
STEP = 30
NAMING = (EntryKind.ADVICE, EntryKind.NOTE, EntryKind.QUESTION, EntryKind.RESULT, EntryKind.CONCERN)
"""Lines that bring an idea back by naming it; of those that only resemble one, advice alone is told."""


@dataclass(frozen=True, slots=True)
class Reviving:
    """Ideas at rest, those whose day has come first; and recent lines with the resting idea that each comes back to."""

    resting: tuple[Resting, ...]
    again: tuple[tuple[Entry, Resting], ...]


def read(
    connection: sqlite3.Connection, recent: Sequence[Entry], until: Moment, project_ids: Sequence[int]
) -> Reviving:
    """Read the resting ideas of some projects; `recent` are the lines that may come back to one, of whatever project:
    dead ideas return in new clothes."""
    known = graveyard.resting(connection, until)
    if not known:
        return Reviving((), ())
    lines = [entry for entry in recent if entry.kind in NAMING]
    named = entries.ideas_of(connection, [entry.id for entry in lines])
    again = [(entry, each) for entry in lines for each in _come_back(entry, known, named.get(entry.id, ()))]
    # The newest line for each idea says enough.
    newest = {each.idea.id: (entry, each) for entry, each in sorted(again, key=lambda found: found[0].said.at)}
    # A day that has come is worth a line in any meeting's sheet; what merely waits, in its own project's.
    ours = tuple(each for each in known if each.is_due(until.day) or each.idea.project_id in project_ids)
    return Reviving(ours, tuple(newest.values()))


def _come_back(entry: Entry, known: Sequence[Resting], named: Sequence[int]) -> list[Resting]:
    """Ideas that had been at rest for a day at least: what was said on the day itself laid them there."""
    before = [each for each in known if each.event.day < entry.said.day]
    text = entry.text if entry.kind is EntryKind.ADVICE else ""
    return graveyard.returned_to(text, before, named)


def sections(reviving: Reviving, wording: Wording) -> tuple[Section, ...]:
    """What is due comes first, in a section of its own."""
    due = [each for each in reviving.resting if each.is_due(wording.today)]
    waiting = [each for each in reviving.resting if each not in due and each.condition]
    return (
        Section("due", "Resting ideas whose day has come", tuple(_due(due, wording))),
        Section("again", "Came up again, though it rests", tuple(_again(reviving, wording))),
        Section("revive", "Resting ideas: is it time?", tuple(_waiting(waiting, wording))),
    )


def _due(due: Sequence[Resting], wording: Wording) -> Iterator[Item]:
    for place, each in enumerate(due):
        since = f"due {wording.day(each.due)}" if each.due else ""
        yield Item(
            wording.plain(each.idea.title),
            DUE - place,
            label=str(each.idea.status or "").capitalize(),
            aside="; ".join(part for part in (wording.plain(each.asks), since) if part),
            details=_why(each, wording),
            cites=_cites(each),
        )


def _again(reviving: Reviving, wording: Wording) -> Iterator[Item]:
    for place, (entry, each) in enumerate(reviving.again):
        asks = (wording.plain(each.asks),) if each.asks else ()
        yield Item(
            wording.quote(entry.text, entry.said.day),
            AGAIN - STEP * place,
            label=f"Like {wording.plain(each.idea.title)}",
            aside=wording.day(entry.said.day),
            details=(*_why(each, wording), *asks),
            is_quote=True,
            cites=(Cite(RecordKind.ENTRY, entry.id), *_cites(each)),
        )


def _waiting(waiting: Sequence[Resting], wording: Wording) -> Iterator[Item]:
    for place, each in enumerate(waiting):
        yield Item(
            wording.plain(each.idea.title),
            WAITING - STEP * place,
            label=str(each.idea.status or "").capitalize(),
            aside=wording.plain(each.asks),
            cites=_cites(each),
        )


def _why(each: Resting, wording: Wording) -> tuple[str, ...]:
    """`Killed 29 Oct 2024: a clock change takes 38 ms (Ruth Adeyemi)`."""
    if not each.event.because:
        return ()
    by = f" ({wording.plain(each.event.by_name)})" if each.event.by_name else ""
    verb = str(each.idea.status or "").capitalize()
    return (f"{verb} {wording.day(each.event.day)}: {wording.plain(each.event.because)}{by}",)


def _cites(each: Resting) -> tuple[Cite, ...]:
    return (Cite(RecordKind.IDEA, each.idea.id),)
