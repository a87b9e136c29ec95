"""A captured text for a cold reader: tags become names, or go where they only filed the line."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from advisorlog.domain import promise
from advisorlog.domain.dates import day_month_year, understand
from advisorlog.domain.marks import DateMark, Mention, find_marks

_LEANING_WORDS = """
a about against all an and as ask asked at because before after by call called cc cf compare contact discuss drop
email emailed for from help if in into is it's like meet met near not of on onto or over per ping plus read remind
revive see show since tell than thank that the this to told toward towards try under until use using via vs vs.
was with within without write
"""
_LEANING = frozenset(_LEANING_WORDS.split())
"""Words that lean on what follows: a tag behind one of them is part of the sentence (`talk to @ann`)."""
_LEANING_SIGNS = ("", *",&/+:=-–—([{")
_BEHIND_OWNER = re.compile(r"[ \t]*[,:;–—-]?[ \t]+(?=\S)(?!(?:and|or)\b|[&@+/^])")
"""What goes with `@ann` at the beginning of her promise. `@ann and @ben`, `@ann's` are the beginning of a sentence."""
Files = Callable[[Mention | DateMark], bool]
"""Whether a mark at the end of a line only files it."""


def readable(text: str, idea_titles: Mapping[str, str], people: Mapping[str, str], today: date) -> str:
    """The text with its marks resolved: `#slug` gives the idea's title, `@handle` the name, `^phrase` the date.

    Tags at the end of a line that only file it (`... #zeus-batch @me`) are dropped, unless the sentence leans on
    them; a date says something and stays. Unknown names stay, without their mark; a phrase that is no date stays as
    it is. `\\#` becomes `#`. Keys of the mappings are slugs and handles, composed and casefolded. `today` is the day
    on which the text was said.
    """
    return _resolved_in(text, idea_titles, people, today, _is_tag)


def promised(text: str, idea_titles: Mapping[str, str], people: Mapping[str, str], today: date) -> str:
    """What is to be done, out of a promise's text: as `readable`, without who owes it and until when.

    Both are told beside it. A phrase that is no date stays: nothing else tells it.
    """
    owner = promise.owner(text)
    if owner is not None and not text[: owner.start].strip() and (said := _BEHIND_OWNER.match(text, owner.end)):
        text = text[said.end() :]
    return _resolved_in(text, idea_titles, people, today, lambda mark: _is_tag(mark) or _day(mark, today) is not None)


def _is_tag(mark: Mention | DateMark) -> bool:
    return isinstance(mark, Mention)


def _day(mark: Mention | DateMark, today: date) -> date | None:
    return understand(mark.phrase, today) if isinstance(mark, DateMark) else None


def _resolved_in(text: str, ideas: Mapping[str, str], people: Mapping[str, str], today: date, files: Files) -> str:
    marks = find_marks(text)
    if not (marks.mentions or marks.dates or marks.escapes):
        return text
    found = sorted((*marks.mentions, *marks.dates), key=lambda mark: mark.start)
    edits = [(start, end, "") for start, end in _filing(text, found, files)]
    dropped = [*edits, (len(text), len(text), "")]
    place = 0
    for mark in found:
        while dropped[place][1] <= mark.start:
            place += 1
        if mark.start < dropped[place][0]:
            edits.append((mark.start, mark.end, _resolved(mark, ideas, people, today)))
    edits += [(start, start + 1, "") for start in marks.escapes]
    return _edited(text, edits)


def _filing(text: str, found: list[Mention | DateMark], files: Files) -> list[tuple[int, int]]:
    """What to drop of each line, in order: the marks at its end that only file it, each with the blanks before it."""
    left = list(found)
    drops: list[tuple[int, int]] = []
    end = len(text)
    while left and end >= 0:
        start = text.rfind("\n", 0, end) + 1
        in_line: list[Mention | DateMark] = []
        while left and left[-1].start >= start:
            in_line.append(left.pop())
        kept = _without_blanks(text, start, end)
        of_line: list[tuple[int, int]] = []
        for mark in in_line:
            if mark.end != kept or _is_leaned_on(text, start, mark.start):
                break
            kept = _without_blanks(text, start, mark.start)
            if files(mark):
                of_line.append((kept, mark.end if of_line or mark is not in_line[0] else end))
        if of_line and not _is_only_tags(text, start, kept, in_line):
            drops += of_line
        end = start - 1
    return drops[::-1]


def _is_only_tags(text: str, start: int, kept: int, in_line: list[Mention | DateMark]) -> bool:
    """Whether a line has nothing to say besides its tags: then they are what it says."""
    first = in_line[-1]
    return first.end >= kept and not text[start : first.start].strip()


def _without_blanks(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _is_leaned_on(text: str, start: int, mark: int) -> bool:
    before = text[max(start, mark - 24) : mark].rstrip()
    if before[-1:] in _LEANING_SIGNS:
        return True
    words = before.split()
    return not words or words[-1].strip("\"'“”‘’()[]*_").lower() in _LEANING


def _resolved(mark: Mention | DateMark, ideas: Mapping[str, str], people: Mapping[str, str], today: date) -> str:
    if isinstance(mark, DateMark):
        day = _day(mark, today)
        return day_month_year(day) if day else mark.phrase
    named = ideas if mark.mark == "#" else people
    return named.get(unicodedata.normalize("NFC", mark.name).casefold()) or mark.name


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end, replacement in sorted(edits):
        parts += (text[at:start], replacement)
        at = end
    return "".join((*parts, text[at:]))
