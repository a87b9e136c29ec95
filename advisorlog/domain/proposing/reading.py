"""From notes to proposals: marked lines as they say, other sentences by their cues, todos with owner and day."""

import re
from collections.abc import Iterator
from dataclasses import replace

from advisorlog.domain import grammar
from advisorlog.domain.dates import MONTHS, WEEKDAYS
from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.proposing.cues import kind_of
from advisorlog.domain.proposing.plain import plain
from advisorlog.domain.proposing.proposal import Proposal
from advisorlog.domain.proposing.turns import Turn, said_by, turns
from advisorlog.domain.spans import sentences

MOST = 500
"""Proposals out of one text: more than anybody goes through."""
LONGEST = 1000
"""Characters of one proposal; a longer run without a full stop is no sentence."""

PROPOSED = (
    EntryKind.ADVICE, EntryKind.DECISION, EntryKind.RESULT, EntryKind.TAKEAWAY, EntryKind.QUESTION, EntryKind.TODO,
)  # fmt: skip


def propose(notes: str) -> list[Proposal]:
    """What the notes seem to hold, in their order. Never raises; nothing is read as an instruction."""
    found: list[Proposal] = []
    for turn in turns(notes):
        found.extend(_of_turn(notes, turn))
        if len(found) >= MOST:
            return found[:MOST]
    return found


def _of_turn(notes: str, turn: Turn) -> Iterator[Proposal]:
    said = notes[turn.start : turn.end]
    line = grammar.parse(said)
    if line.is_marked:
        start = turn.start + len(line.lead)
        if not line.is_empty:
            text = " ".join(line.text.split())
            speaker = line.speaker or turn.speaker
            yield Proposal(line.kind, text, start, turn.end, "", "", speaker, "marked", line.visibility, is_marked=True)
        return
    if turn.kind is not None and not _SAYS_NOTHING.match(said):
        yield _proposal(notes, turn, turn.start, turn.end, turn.kind, "its heading")
        return
    if boxless := _BOXLESS.match(said):
        yield _proposal(notes, turn, turn.start + boxless.end(), turn.end, EntryKind.TODO, f"“{boxless[0].strip()}”")
        return
    for span in sentences(said):
        start, end = turn.start + span.start, turn.start + span.end
        if end - start > LONGEST:
            continue
        found = kind_of(notes[start:end], is_spoken=bool(turn.speaker))
        if found is None and not turn.speaker and (by := said_by(notes[start:end])) is not None:
            start += by.end
            found = kind_of(notes[start:end], is_spoken=False)
            if found is not None:
                yield _proposal(notes, replace(turn, speaker=by.name), start, end, found.kind, f"“{found.words}”")
        elif found is not None:
            yield _proposal(notes, turn, start, end, found.kind, f"“{found.words}”")


_DAYS = "|".join((*WEEKDAYS, "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))
_MONTH_NAMES = "|".join(
    (*MONTHS, "January", "February", "March", "April", "June", "July", "August", "September", "October", "November",
     "December", "Sept")
)  # fmt: skip
_DAY_OR_TIME = rf"(?:{_DAYS}|{_MONTH_NAMES}|of|at|am|pm)\b|\d[\w.:/-]*+"
_SAYS_NOTHING = re.compile(
    rf"(?i)(?:e\.g\.|i\.e\.|for example|discuss(?:ed|ion)|talked|went over|agenda|none\b|n/a|tbd)|"
    rf"(?:{_DAY_OR_TIME}|[\s,()-])++$"
)
"""An example, what was only talked about, or a mere date: no task, result or advice, whatever its heading says."""
_BOXLESS = re.compile(r"(?:TODO|To-?do|FIXME|Action item|ACTION)\b[ \t]*[:–—-]?[ \t]+(?=\S)")
"""How people mark a task where they make no box; with a small letter and no colon it is a word as any other."""


def _proposal(notes: str, turn: Turn, start: int, end: int, kind: EntryKind, why: str) -> Proposal:
    text = " ".join(notes[start:end].split())
    is_todo = kind is EntryKind.TODO
    owner = _owner(text, turn.speaker) if is_todo else ""
    return Proposal(kind, text, start, end, owner, _due(text) if is_todo else "", turn.speaker, why)


_OWNER = re.compile(
    r"(?:^|[,;:.]\s+|\band\s+)(?P<name>[A-Z][\w'-]+(?: [A-Z]\w*)?)(?:,? (?:will|to|should|can|could|has to|"
    r"needs to|is going to)\b|:|, (?:can|could) you)"
)
_ASSIGNED = re.compile(r"\b(?:assigned to|owner:?|for:)\s+@?(?P<name>[A-Z][\w'-]+)")
_I = re.compile(r"^i(?:'ll| will| need| have|'m| am| should| can)\b|\bi(?:'ll| will|'m going to| need to| have to)\b")
_NO_NAMES = """
The This That There It We You They He She Need And But So Also What Let Then A An In On At If Please
"""
_NOT_NAMES = frozenset(_NO_NAMES.split())


def _owner(text: str, speaker: str) -> str:
    """Whose task it seems to be: the one named, the one who says “I”; empty where the words don't say."""
    for pattern in (_ASSIGNED, _OWNER):
        found = pattern.search(text)
        if found and found["name"].split()[0] not in _NOT_NAMES:
            return found["name"]
    if _I.search(plain(text)):
        return speaker or "me"
    return ""


_WHEN = re.compile(
    r"\d{4}-\d{2}-\d{2}"
    rf"|(?i:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH_NAMES})\b\.?(?:,? \d{{4}})?)"
    rf"|(?i:\b(?:{_MONTH_NAMES})\.? \d{{1,2}}\b(?:st|nd|rd|th)?(?:,? \d{{4}})?)"
    r"|(?i:\b(?:the )?end of (?:next |this |the )?(?:week|month|year))"
    rf"|(?i:\b(?:(?:next|this) )?(?:{_DAYS})\b)"
    r"|(?i:\bnext (?:week|month)\b|\btomorrow\b|\btoday\b|\bin (?:\d{1,2}|two|three|four|a) (?:day|week|month)s?\b)"
)
_CERTAIN = ("sun", "mon", "sat", "wed", "march", "mar", "may")


def _due(text: str) -> str:
    """The phrase for a day in a todo, as it stands there; empty where there is none, or two."""
    found = [when[0] for when in _WHEN.finditer(text) if when[0].casefold() not in _CERTAIN]
    return found[0].removeprefix("the ").strip(".") if len(found) == 1 else ""
