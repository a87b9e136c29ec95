"""Lines of notes: what marks them, whose turn they are in a transcript, under which heading they stand."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from advisorlog.domain import grammar
from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.proposing.headings import UNDERLINED, Heading, Under, heading_of, kind_of_title, label_of
from advisorlog.domain.spans import Span, lines

_STAMP = r"(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?\s*[-–]?\s*)?"
_NAME = r"(?P<name>[A-Z][\w.'-]*(?:[ \t][A-Z0-9][\w.'-]*){0,3}|me|ME)"
_TURN = re.compile(rf"\s*(?:[-*•]\s+)?{_STAMP}\**{_NAME}\**[ \t]?:\**[ \t]+(?=\S)")
_BULLET = re.compile(r"\s*(?:[-*•–▪○]|\d{1,3}[.)])[ \t]+")
SPOKEN_LINES = 0.25
"""The share of a transcript's lines that begin with who speaks, at the least."""
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
    """What the heading above it says of it."""


def turns(notes: str) -> Iterator[Turn]:
    """The lines of notes that say something, in order; headings aside."""
    names = _speakers(notes)
    speaker, under = "", Under()
    for line in lines(notes):
        said = notes[line.start : line.end]
        depth = _depth(notes, line)
        bullet = _BULLET.match(said)
        heading = heading_of(said[bullet.end() :] if bullet else said, is_item=bullet is not None)
        if heading is None and UNDERLINED.match(notes, line.end):
            heading = Heading(kind_of_title(said.casefold()), is_section=True)
        if heading is not None:
            under, speaker = under.headed(heading, depth), ""
            continue
        turn = _TURN.match(said)
        if turn and turn["name"] in names:
            speaker, start = turn["name"], line.start + turn.end()
            yield Turn(start, line.end, speaker, None)
            continue
        start = line.start + (bullet.end() if bullet else 0)
        speaker = speaker if not bullet else ""
        under = under.at(depth, is_item=bullet is not None)
        kind = under.kind_at(depth)
        words = notes[start : line.end]
        if not speaker and not grammar.parse(words).is_marked and (label := label_of(words)) is not None:
            start, kind = start + label.end, label.kind
        yield Turn(start, line.end, speaker, None if speaker else kind)


def _depth(notes: str, line: Span) -> int:
    """Columns of white space before a line."""
    begin = notes.rfind("\n", 0, line.start) + 1
    return len(notes[begin : line.start].expandtabs(4))


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
    """Names that begin more than one line with a colon; where two do, it is a transcript, and all such names count.

    Where they begin few of the lines ("Time spent: 1 h"), they are no speakers.
    """
    said = [_said(notes, line) for line in lines(notes)]
    found = [turn["name"] for line in said if (turn := _TURN.match(line))]
    counted = {name: count for name, count in Counter(found).items() if _is_name(name)}
    if sum(counted.values()) < SPOKEN_LINES * len(said):
        return set()
    often = {name for name, count in counted.items() if count > 1}
    return set(counted) if len(often) > 1 else often


def _is_name(word: str) -> bool:
    return word.lower() not in _NO_NAMES and kind_of_title(word) is None


def _said(notes: str, line: Span) -> str:
    return notes[line.start : line.end]
