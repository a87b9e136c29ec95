"""What the prep sheet says is unsettled between me and the other side: tensions still open, and guesses to test."""

import sqlite3
from dataclasses import dataclass

from advisorlog.documents import comparison
from advisorlog.documents.document import Cite, Item, Section
from advisorlog.documents.standing import RECENT
from advisorlog.documents.wording import Wording
from advisorlog.domain.kinds import EntryKind, RecordKind
from advisorlog.domain.moments import Moment
from advisorlog.domain.tension import Why
from advisorlog.store.reading import entries, guesses, tensions
from advisorlog.store.reading.guesses import Guess
from advisorlog.store.reading.rows import Entry, Series

SHOWN = 3
"""Tensions on one sheet: the likeliest; `tension list` has all."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines that may conflict, the older first, why they are paired, and whether the brief asks about them."""

    first: Entry
    second: Entry
    why: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Unsettled:
    pairs: tuple[Pair, ...]
    more_pairs: int
    guesses: tuple[Guess, ...]


NOTHING = Unsettled((), 0, ())


def read(connection: sqlite3.Connection, series: Series, until: Moment) -> Unsettled:
    """Pairs of which one line was said in the series and the later one of late, and guesses about its advice.

    Of the pairs only those whose words pull opposite ways, and those that are asked about: the likeliest.
    """
    since = (until.at - RECENT).date()
    asked = {each.pair for each in tensions.tensions(connection, until) if each.question_id and not each.cause}
    found = comparison.open_candidates(connection, until, since, with_private=True)
    lines = entries.by_ids(connection, {point.id for each in found for point in (each.first, each.second)})
    pairs = [
        Pair(first, second, "; ".join(each.why), frozenset((first.id, second.id)) in asked)
        for each in found
        for first, second in [(lines[each.first.id], lines[each.second.id])]
        if series.id in (first.series_id, second.series_id)
        and (Why.OPPOSITE_WORDS in each.why or frozenset((first.id, second.id)) in asked)
    ]
    pairs.sort(key=lambda pair: not pair.is_asked)
    open_guesses = [g for g in guesses.guesses(connection, until) if g.verdict is None and g.series_id == series.id]
    return Unsettled(tuple(pairs[:SHOWN]), max(0, len(pairs) - SHOWN), tuple(open_guesses))


def sections(unsettled: Unsettled, wording: Wording) -> tuple[Section, Section]:
    pairs = tuple(_pair(pair, wording, 980 - 20 * place) for place, pair in enumerate(unsettled.pairs))
    tested = tuple(_guess(guess, wording, 970 - 20 * place) for place, guess in enumerate(unsettled.guesses))
    return (
        Section("tensions", "May conflict", pairs, unsettled.more_pairs, "more: `advisorlog tension list`"),
        Section("guesses", "Guesses to test", tested),
    )


def _pair(pair: Pair, wording: Wording, rank: int) -> Item:
    told = "; ".join(_told(entry, wording) for entry in (pair.first, pair.second))
    asked = "The brief asks about it. " if pair.is_asked else ""
    command = f"`advisorlog tension compare {pair.first.id} {pair.second.id}`"
    return Item(
        told,
        rank,
        aside=pair.why,
        details=(f"{asked}{command}",),
        cites=tuple(Cite(RecordKind.ENTRY, entry.id) for entry in (pair.first, pair.second)),
        key=f"tension:{pair.first.id}-{pair.second.id}",
    )


def _told(entry: Entry, wording: Wording) -> str:
    decided = entry.kind is EntryKind.DECISION
    who = "decided" if decided else wording.plain(entry.speaker_name or "advice")
    return f"{wording.day(entry.said.day)}, {who}: “{wording.quote(entry.text, entry.said.day)}”"


def _guess(guess: Guess, wording: Wording, rank: int) -> Item:
    return Item(
        wording.plain(guess.question),
        rank,
        label=f"Ask {wording.plain(guess.adviser_name)}" if guess.adviser_name else "",
        details=(f"`advisorlog guess answer {guess.id} right|partly|wrong --because TEXT`",),
        cites=tuple(Cite(RecordKind.ENTRY, number) for number in (guess.advice_id, *guess.reasons)),
        key=f"guess:{guess.id}",
    )
