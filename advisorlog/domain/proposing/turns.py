"""Lines of notes: what marks them, whose turn they are in a transcript, under which heading they stand."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.spans import Span, lines

_STAMP = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?\s*[-–]?\s*)?"
_NAME = r"(?P<name>[A-Z][\w.'-]*(?:[ \t][A-Z0-9][\w.'-]*){0,3}|me|ME)"
_TURN = re.compile(rf"\s*(?:[-*•]\s+)?{_STAMP}\**{_NAME}\**[ \t]?:\**[ \t]+(?=\S)")
_HEADING = re.compile(
    r"\s*(?:#{1,6}[ \t]+|\*\*)?(?P<title>[A-Za-z][A-Za-z /&-]{2,30}?)(?:\*\*)?[ \t]*:?(?:\*\*)?[ \t]*"
)
_BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,3}[.)])[ \t]+")
_KIND_OF_TITLE = (
    (re.compile(r"(?i)action items?|actions|to-?dos?|tasks|next steps?|homework"), EntryKind.TODO),
    (re.compile(r"(?i)decisions?|decided|agreed|agreements?"), EntryKind.DECISION),
    (re.compile(r"(?i)advice|feedback|suggestions?|recommendations?|comments"), EntryKind.ADVICE),
    (re.compile(r"(?i)(?:key )?(?:take-?aways?|lessons?(?: learned)?)"), EntryKind.TAKEAWAY),
    (re.compile(r"(?i)(?:open )?questions?"), EntryKind.QUESTION),
    (re.compile(r"(?i)results?|findings?"), EntryKind.RESULT),
)
_NO_NAMES_WORDS = """
note notes todo decision decisions advice result results question questions answer takeaway takeaways agenda date time
attendees present next action actions summary update updates status plan plans goal goals re fwd example warning
private concern win confidence http https fig figure table section step
"""
_NO_NAMES = frozenset(_NO_NAMES_WORDS.split())


@dataclass(frozen=True, slots=True)
class Turn:
    """A line of the notes: its own words at notes[start:end], behind the bullet and the name of who speaks."""

    start: int
    end: int
    speaker: str
    kind: EntryKind | None
    """What the heading above it says of a bullet below it."""


def turns(notes: str) -> Iterator[Turn]:
    """The lines of notes that say something, in order; headings aside."""
    names = _speakers(notes)
    speaker, kind = "", None
    for line in lines(notes):
        said = notes[line.start : line.end]
        heading = _heading(said)
        if heading is not None:
            kind, speaker = heading.kind, ""
            continue
        turn = _TURN.match(said)
        if turn and turn["name"] in names:
            speaker, start = turn["name"], line.start + turn.end()
        else:
            bullet = _BULLET.match(said)
            start = line.start + (bullet.end() if bullet else 0)
            kind = kind if bullet else None
            speaker = speaker if not bullet else ""
        yield Turn(start, line.end, speaker, kind)


@dataclass(frozen=True, slots=True)
class SaidBy:
    """A name before the words, which begin at `end`."""

    name: str
    end: int


def said_by(sentence: str) -> SaidBy | None:
    """Who seems to have said a sentence of notes, as in `Ann: compare with the cap first`."""
    turn = _TURN.match(sentence)
    if turn is None or turn["name"].lower() in _NO_NAMES:
        return None
    return SaidBy(turn["name"], turn.end())


def _speakers(notes: str) -> set[str]:
    """Names that begin more than one line with a colon; where two do, it is a transcript, and all such names count."""
    found = [turn["name"] for line in lines(notes) if (turn := _TURN.match(_said(notes, line)))]
    counted = {name: count for name, count in Counter(found).items() if name.lower() not in _NO_NAMES}
    often = {name for name, count in counted.items() if count > 1}
    return set(counted) if len(often) > 1 else often


def _said(notes: str, line: Span) -> str:
    return notes[line.start : line.end]


@dataclass(frozen=True, slots=True)
class _Heading:
    kind: EntryKind | None


def _heading(said: str) -> _Heading | None:
    """What a heading says about the bullets below it; None where the line is no heading."""
    found = _HEADING.fullmatch(said)
    if found is None or not (said.lstrip().startswith(("#", "**")) or said.rstrip().endswith(":")):
        return _Heading(None) if said.lstrip().startswith("#") and " " in said else None
    kind = next((kind for title, kind in _KIND_OF_TITLE if title.fullmatch(found["title"].strip())), None)
    return _Heading(kind)
