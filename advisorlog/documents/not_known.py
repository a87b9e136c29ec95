"""*You may not know*: what a brief's readers were never told, or long ago, or otherwise than it is, or than others."""

from advisorlog.documents.document import Cite, Item, Section
from advisorlog.documents.ledger import Correction, Difference
from advisorlog.documents.standing import Standing
from advisorlog.documents.wording import Wording
from advisorlog.domain.kinds import EntryKind, RecordKind
from advisorlog.store.reading.rows import Entry

FEW = 4
"""Words that stand for themselves: `9.0%`, where 8.3% is said now."""


def section(standing: Standing, wording: Wording, rank: int, step: int) -> Section:
    """What these readers can't know: what they heard otherwise than it is now, what others heard otherwise since, what
    was decided, advised or found where they were not and no document has told them, and what an idea rests on that
    they heard of long ago. The first of each kind gets this rank in the budget, each later one a step less.
    """
    ranked = _unheard(standing)
    repeated = (*ranked, *standing.found_new, *standing.found_before, *standing.said)
    shown = {entry.id for entry in (*repeated, *(each.entry for each in standing.corrected))}
    forgotten = [entry for entry in standing.told_long_ago if entry.id not in shown]
    items = (
        *(_corrected(each, wording, rank - step * place) for place, each in enumerate(standing.corrected)),
        *(_told_otherwise(each, wording, rank - step * place) for place, each in enumerate(standing.told_otherwise)),
        *(_said_elsewhere(each, wording, rank - step * place) for place, each in enumerate(ranked)),
        *(_forgotten(each, standing, wording, rank - step * (place + 1)) for place, each in enumerate(forgotten)),
    )
    return Section("not-known", "You may not know", items)


def _unheard(standing: Standing) -> list[Entry]:
    """What was said where the readers were not, and no document has told them: what is new first, decisions first."""
    untold = [e for e in standing.elsewhere if (RecordKind.ENTRY, e.id) not in standing.told]
    found = [
        e for e in standing.found_before
        if e.series_id != standing.series.id and (RecordKind.ENTRY, e.id) not in standing.told
    ]  # fmt: skip
    since = standing.last.starts.at if standing.last else standing.as_of.at
    return sorted(
        [*untold, *found],
        key=lambda e: (e.said.at < since, e.kind is not EntryKind.DECISION, -e.said.at.timestamp()),
    )


def _said_elsewhere(entry: Entry, wording: Wording, rank: int) -> Item:
    return _quoted(entry, wording, rank, _elsewhere_label(entry, wording), wording.day(entry.said.day))


def _forgotten(entry: Entry, standing: Standing, wording: Wording, rank: int) -> Item:
    told = standing.told[RecordKind.ENTRY, entry.id].when
    return _quoted(entry, wording, rank, "Told long ago", wording.day(told.day))


def _quoted(entry: Entry, wording: Wording, rank: int, label: str, aside: str) -> Item:
    return Item(
        wording.quote(entry.text, entry.said.day),
        rank,
        label=label,
        aside=aside,
        is_quote=True,
        cites=(Cite(RecordKind.ENTRY, entry.id),),
        key=f"entry:{entry.id}",
    )


def _corrected(each: Correction, wording: Wording, rank: int) -> Item:
    aside = f"you were told “{_before(each, wording)}” on {wording.day(each.told.day)}"
    return _quoted(each.entry, wording, rank, "Corrected", aside)


def _before(each: Correction, wording: Wording) -> str:
    """The words that are others now, where they are few; else all that was said."""
    day = each.entry.said.day
    before, now = (wording.quote(text, day).split() for text in (each.before, each.entry.text))
    replaced = [word for word in before if word not in now]
    return " ".join(replaced if 0 < len(replaced) <= FEW else before)


def _told_otherwise(each: Difference, wording: Wording, rank: int) -> Item:
    return Item(
        wording.plain(each.idea.title),
        rank,
        label="Told differently",
        aside=f"you were told {each.mine}% on {wording.day(each.told.day)}, "
        f"{wording.plain(each.other)} {each.theirs}% on {wording.day(each.told_other.day)}",
        cites=(Cite(RecordKind.IDEA, each.idea.id),),
        key=f"told:{each.idea.id}",
    )


def _elsewhere_label(entry: Entry, wording: Wording) -> str:
    if entry.kind is EntryKind.ADVICE and entry.speaker_name and not entry.said_by_me:
        return f"{wording.plain(entry.speaker_name)} advised"
    where = wording.plain(entry.series_title) if entry.series_title else ""
    verb = "Decided" if entry.kind is EntryKind.DECISION else "Found"
    return f"{verb} in {where}" if where else verb
