"""Where sentences begin and end, and which of them are too long."""

from collections.abc import Iterator
from dataclasses import dataclass

from advisorlog.domain.stateless.findings import Rule, Spot
from advisorlog.domain.stateless.layout import Block, Layout
from advisorlog.domain.stateless.patterns import compiled

LONGEST = 35
"""Words between two full stops or semicolons; 25 is what guides to plain language ask for, so this is beyond doubt."""

SHORT_LINE = 60
"""A line that ends before this column and is followed by a capital ends its sentence; longer ones were wrapped."""

_END = r"[.!?…]++[\"'”’)\]*_]*+(?=\s|$)|[。！？]++[」』”’）]*+|\n"
_ABBREVIATION = (
    r"(?:\b(?:e\.g|i\.e|cf|vs|figs?|eqs?|secs?|nos?|et al|al|etc|dr|prof|mrs?|ms|st|approx|"
    r"resp|ca|dept|univ|ref|vol|pp?"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)|(?:^|\s)[A-Za-z])\.$"
)
_WORD = r"[\u3041-\u30ff\u3400-\u9fff]|[^\W_\u3041-\u30ff\u3400-\u9fff][^\s\u3041-\u30ff\u3400-\u9fff]*+"


@dataclass(frozen=True, slots=True)
class Sentence:
    """text[start:end] of a block, without the white space around it; `first` of its block or not."""

    start: int
    end: int
    block: Block
    is_first: bool


def sentences(layout: Layout, block: Block) -> Iterator[Sentence]:
    """The sentences of a block, from the writer's own words."""
    text = layout.own
    start = block.start
    is_first = True
    for stop in compiled(_END).finditer(text, block.start, block.end):
        if stop.end() < block.end and not _ends(text, start, stop.start(), stop.end()):
            continue
        if found := _trimmed(text, start, stop.end(), block, is_first):
            yield found
            is_first = False
        start = stop.end()
    if found := _trimmed(text, start, block.end, block, is_first):
        yield found


def too_long(layout: Layout) -> Iterator[Spot]:
    """Sentences beyond `LONGEST`; what is quoted doesn't count, and a semicolon gives breath as a full stop does."""
    for block in layout.prose():
        for sentence in sentences(layout, block):
            if max(map(_weight, layout.own[sentence.start : sentence.end].split(";"))) > LONGEST:
                words = round(_weight(layout.own[sentence.start : sentence.end]))
                why = f"{words} words in one sentence; a reader who is new to it loses the thread"
                yield Spot(sentence.start, sentence.end, Rule.LENGTH, why, "Make two or three sentences of it")


def _weight(text: str) -> float:
    """Words, where two characters of a script without spaces count as one."""
    return sum(0.5 if "\u3040" < word[0] < "\ua000" else 1 for word in compiled(_WORD).findall(text))


def _trimmed(text: str, start: int, end: int, block: Block, is_first: bool) -> Sentence | None:
    said = text[start:end]
    kept = said.strip()
    if not any(character.isalnum() for character in kept):
        return None
    begin = start + said.index(kept)
    return Sentence(begin, begin + len(kept), block, is_first)


def _ends(text: str, start: int, at: int, behind: int) -> bool:
    following = text[behind : behind + 40].lstrip("\n")
    if text[at] == "\n":
        line = text.rfind("\n", start, at) + 1
        return at - max(line, start) < SHORT_LINE and following[:1].isupper()
    if text[at:behind].strip("\"'”’)]*_") != ".":
        return True
    if following.lstrip()[:1].islower():
        return False
    return compiled(_ABBREVIATION).search(text[max(start, at - 12) : at + 1]) is None
