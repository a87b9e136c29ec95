"""Fitting a document into its budget of words. Pure: it neither reads nor renders."""

from collections.abc import Callable
from dataclasses import replace

from advisorlog.documents.document import Document, Item, Section
from advisorlog.domain.words import count_words
from advisorlog.errors import AdvisorlogError

MORE_WORDS = 5
"""What the line "4 more in the log" costs."""


def fit(document: Document, count: Callable[[Document], int]) -> Document:
    """Keep the items of the highest rank that the budget holds; count, section by section, what was cut.

    `count` gives the words of the rendered document, so that headings and whatever a user's own template adds are
    in the budget too. Raises AdvisorlogError where even the frame alone is longer than the budget.
    """
    kept = _choose(document)
    fitted = _with_items(document, kept)
    while count(fitted) > document.budget:
        if not kept:
            raise AdvisorlogError(
                f"{document.budget} words are too few: the {document.kind} without any content has {count(fitted)}",
                "Give it more with --words",
            )
        kept.remove(min(kept, key=lambda place: _item(document, place).rank))
        fitted = _with_items(document, kept)
    return fitted


Place = tuple[int, int]
"""Section number, item number."""


def _item(document: Document, place: Place) -> Item:
    return document.sections[place[0]].items[place[1]]


def _choose(document: Document) -> list[Place]:
    """The items of the highest ranks, by their own word counts; a first approximation for `fit`."""
    places = [(s, i) for s, section in enumerate(document.sections) for i in range(len(section.items))]
    places.sort(key=lambda place: (-_item(document, place).rank, place))
    left = document.budget - count_words(f"{document.title} {document.subtitle} {document.closing}")
    kept: list[Place] = []
    opened: set[int] = set()
    for place in places:
        section = document.sections[place[0]]
        cost = _item(document, place).words
        if place[0] not in opened:
            cost += count_words(section.title) + (MORE_WORDS if len(section.items) > 1 or section.more else 0)
        if cost <= left:
            left -= cost
            opened.add(place[0])
            kept.append(place)
    return kept


def _with_items(document: Document, kept: list[Place]) -> Document:
    """The document with the items that were kept; sections left with none are only named, with their number."""
    chosen = set(kept)
    sections: list[Section] = []
    left_out: list[str] = []
    for number, section in enumerate(document.sections):
        items = tuple(item for place, item in enumerate(section.items) if (number, place) in chosen)
        cut = sum(not item.is_extra for item in section.items) - sum(not item.is_extra for item in items)
        more = section.more + cut
        if items:
            sections.append(replace(section, items=items, more=more))
        elif more:
            left_out.append(f"{section.title} ({more})")
    named = f"Left out for length: {'; '.join(left_out)}." if left_out else ""
    return replace(document, sections=tuple(sections), left_out=named)
