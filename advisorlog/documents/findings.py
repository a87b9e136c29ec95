"""*Findings* and *Ruled out*: results, how the confidence in ideas moved and what moved it, and which ideas died."""

import re

from advisorlog.documents.document import Cite, Curve, Item, Section
from advisorlog.documents.ranks import FINDINGS, MOVES, RULED_OUT, STEP
from advisorlog.documents.standing import RECENT, IdeaMove, Standing
from advisorlog.documents.wording import Wording
from advisorlog.domain.kinds import IdeaStatus, RecordKind
from advisorlog.store.reading.rows import Entry

_NUMBER = re.compile(r"\d")


def section(standing: Standing, wording: Wording) -> Section:
    """Results, those with a number first; then how the confidence in ideas moved, and what moved it."""
    new = sorted(standing.found_new, key=lambda e: (not _NUMBER.search(e.text), not standing.ideas_of.get(e.id)))
    old = [entry for entry in standing.found_before if not _was_told_lately(entry, standing)]
    old = [e for e in old if standing.last and e.series_id == standing.series.id][:4]
    items = [_finding(entry, standing, wording, FINDINGS - STEP * place) for place, entry in enumerate(new)]
    base = FINDINGS - STEP * (len(new) + 2)
    moved = [_moved(m, wording, MOVES - STEP * p) for p, m in enumerate(standing.moves) if not _has_died(m)]
    items += [_finding(entry, standing, wording, base - STEP * place) for place, entry in enumerate(old)]
    return Section("findings", "Findings", (*items, *(item for item in moved if item)))


def _was_told_lately(entry: Entry, standing: Standing) -> bool:
    told = standing.told.get((RecordKind.ENTRY, entry.id))
    return told is not None and standing.as_of.at - told.when.at < RECENT


def _finding(entry: Entry, standing: Standing, wording: Wording, rank: int) -> Item:
    return Item(
        wording.quote(entry.text, entry.said.day),
        rank,
        aside=wording.day(entry.said.day),
        is_quote=True,
        cites=(Cite(RecordKind.ENTRY, entry.id),),
        key=f"entry:{entry.id}",
    )


def _has_died(move: IdeaMove) -> bool:
    return move.idea.status in (IdeaStatus.KILLED, IdeaStatus.PARKED)


def _moved(move: IdeaMove, wording: Wording, rank: int) -> Item | None:
    """One idea: its confidence then and now, its new status, and the latest reason."""
    levels = [event.confidence for event in move.events if event.confidence is not None]
    status = next((event.status for event in reversed(move.events) if event.status), None)
    parts: list[str] = []
    if levels:
        before = f"{move.before}% → " if move.before is not None and move.before != levels[-1] else ""
        parts.append(f"confidence {before}{levels[-1]}%")
    if status:
        parts.append(f"now {status}")
    because = next((event.because for event in reversed(move.events) if event.because), "")
    if not parts:
        return None
    return Item(
        wording.plain(move.idea.title),
        rank,
        label="Idea",
        aside=", ".join(parts) + (f", because {_lower_first(wording.plain(because))}" if because else ""),
        cites=(Cite(RecordKind.IDEA, move.idea.id),),
        key=f"idea:{move.idea.id}",
        curve=Curve(move.idea, move.history, wording.today) if len(levels) + (move.before is not None) > 1 else None,
    )


def _lower_first(text: str) -> str:
    """Continue a sentence with words that may begin one; names and acronyms keep their capitals."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in _SENTENCE_STARTS else text


_SENTENCE_STARTS = frozenset(
    (
        "The", "A", "An", "It", "This", "That", "These", "Those", "There", "We", "Our", "My", "All", "Both", "No",
        "In", "On", "At", "With", "Without", "After", "Before", "Since", "When", "If", "Even", "Only", "Every",
    )
)  # fmt: skip


def ruled_out(standing: Standing, wording: Wording) -> Section:
    items: list[Item] = []
    for move in filter(_has_died, standing.moves):
        event = next(e for e in reversed(move.events) if e.status) if any(e.status for e in move.events) else None
        if event is None or event.status is None:
            continue
        again = event.revive_if or event.revisit_when
        verb = "Revive if" if event.revive_if else "Revisit when"
        details = (f"{verb} {_lower_first(wording.plain(again))}",) if again else ()
        items.append(
            Item(
                wording.plain(move.idea.title),
                RULED_OUT - STEP * len(items),
                label=event.status.capitalize(),
                aside=": ".join(p for p in (wording.day(event.when.day), wording.plain(event.because)) if p),
                details=details,
                cites=(Cite(RecordKind.IDEA, move.idea.id),),
                key=f"idea:{move.idea.id}",
            )
        )
    return Section("ruled-out", "Ruled out", tuple(items))
