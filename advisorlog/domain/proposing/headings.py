"""Headings of notes, and the words before a colon: what they say of the lines below them and behind them."""

import re
from dataclasses import dataclass, replace

from advisorlog.domain.kinds import EntryKind

_KIND_OF_TITLE = (
    (re.compile(r"\b(?:done|did|completed|finished|accomplish\w*|achieve\w*|since (?:the )?last)\b"), EntryKind.RESULT),
    (re.compile(r"\b(?:decisions?|decided|agreed|agreements?|resolutions?)\b"), EntryKind.DECISION),
    (re.compile(r"\b(?:actions?|to[- ]?dos?|tasks?|next|homework|(?:work ?)?plans?|deliverables|goals?)\b"),
     EntryKind.TODO),
    (re.compile(r"\b(?:advice|feedback|suggestions?|suggested|recommendations?|comments|improvements?)\b"),
     EntryKind.ADVICE),
    (re.compile(r"\bquestions?\b"), EntryKind.QUESTION),
    (re.compile(r"\b(?:take-?aways?|lessons?|learned|insights?|conclusions?)\b"), EntryKind.TAKEAWAY),
    (re.compile(r"\b(?:results?|findings?|outcomes?|progress)\b"), EntryKind.RESULT),
)  # fmt: skip
"""What a heading says of the lines below it, by the first that it has one of the words of."""
LONGEST_TITLE = 8
"""Words: a longer heading is a sentence of its own."""
MOST_KINDS = 2
"""A title that names more ("Insights, outcomes, to dos") says nothing of what a line below it is."""
_NEXT_TIME = re.compile(r"(?i)next (?:meeting|session|call|time)")
"""Before a colon it mostly says when that is."""
LONGEST_LABEL = 3
"""Words before a colon that say what the line is; more are a sentence."""
_WITH_DETAILS = (EntryKind.RESULT, EntryKind.TAKEAWAY, EntryKind.DECISION)
"""Of these the lines below the first ones are details, and no entries."""
UNDERLINED = re.compile(r"[ \t]*\n[ \t]*(?:={3,}|-{3,})[ \t]*(?:\n|$)")
_HASHES = re.compile(r"\s*#{1,6}[ \t]*")
_LABEL = re.compile(r"\s*\**(?P<title>[A-Za-z][A-Za-z' /&-]{2,30}?)\**:\**[ \t]+(?=\S)")
_TITLE = re.compile(r"[A-Za-z][\w' /&?().,-]{2,60}")
_KNOWN = re.compile(
    r"(?i)action items?|actions|to[ -]?dos?|next steps?|decisions?|questions?|feedback|results?|take-?aways?|progress|"
    r"tasks|homework|suggestions?|comments"
)


@dataclass(frozen=True, slots=True)
class Heading:
    kind: EntryKind | None
    is_section: bool = False
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A line's own heading, as in `**To do:** write it up`; the rest of the line begins at `end`."""

    kind: EntryKind | None
    end: int


def heading_of(said: str, *, is_item: bool) -> Heading | None:
    """What a heading says about the lines below it; None where the line is no heading."""
    hashes = _HASHES.match(said)
    is_section = hashes is not None and not is_item
    title = said[hashes.end() :] if hashes else said
    is_marked = is_section or title.lstrip().startswith("**") or title.rstrip(" \t*_").endswith(":")
    bare = title.strip(" \t*_:")
    if not is_marked and _KNOWN.fullmatch(bare) is None:
        return None
    if not is_section and (not _TITLE.fullmatch(bare) or (title.strip().startswith("**") and ":** " in title)):
        return None
    return Heading(kind_of_title(bare), is_section, is_item)


def kind_of_title(title: str) -> EntryKind | None:
    words = title.casefold().replace("’", "'")
    if len(words.split()) > LONGEST_TITLE or ". " in words:
        return None
    kinds = [kind for pattern, kind in _KIND_OF_TITLE if pattern.search(words)]
    return kinds[0] if kinds and len(kinds) <= MOST_KINDS else None


def label_of(said: str) -> Label | None:
    """What a line says of itself before a colon; None where that is no kind of entry."""
    found = _LABEL.match(said)
    if found is None or len(found["title"].split()) > LONGEST_LABEL:
        return None
    kind = None if _NEXT_TIME.search(found["title"]) else kind_of_title(found["title"])
    is_bold = said.lstrip().startswith("**")
    return Label(kind, found.end()) if kind is not None or is_bold else None


@dataclass(frozen=True, slots=True)
class Under:
    """The heading that a line stands under, and that of the item that it stands below ("- Goals:")."""

    title: EntryKind | None = None
    is_section: bool = False
    """Whether it is a heading of its own, which holds for the text below it too; a line that only ends in a colon
    holds for the list below it."""
    first_depth: int | None = None
    """How deep the first item of its list is."""
    item: EntryKind | None = None
    item_depth: int = -1

    def headed(self, heading: Heading, depth: int) -> "Under":
        if heading.is_item:
            return replace(self, item=heading.kind, item_depth=depth)
        return Under(heading.kind, heading.is_section)

    def at(self, depth: int, *, is_item: bool) -> "Under":
        """Under what the lines stand from one of this depth on."""
        above = self if depth > self.item_depth else replace(self, item=None, item_depth=-1)
        if is_item and above.first_depth is None:
            return replace(above, first_depth=depth)
        if is_item or above.item is not None:
            return above
        return above if above.is_section and above.first_depth is None else Under()

    def kind_at(self, depth: int) -> EntryKind | None:
        """The kind of a line: below a result, finding or decision stand its details, which are none."""
        kind = self.item or self.title
        is_detail = self.item is None and self.first_depth is not None and depth > self.first_depth
        return None if is_detail and kind in _WITH_DETAILS else kind
