"""Asking with one's own guess: "Is it because of A and B that you asked me to do X?"

The reasons are lines of the log, quoted, so that the question is grammatical whatever they say. What was asked is put
as an infinitive where the advice is a plain command, and is quoted where it is anything else.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.topics import overlap, stems

MOST_REASONS = 3
PROPOSED = 2
"""So many reasons are proposed: a guess that names everything can't be wrong, and so teaches nothing."""
SAME_TOPIC = 0.34
"""So much of the shorter line's content words make a line a reason that may be meant, where no idea is shared."""
SHARED = 2


class Verdict(StrEnum):
    """What the advisor said of the guess."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log as a possible reason. `text` is readable (tags resolved); `owner` is who said it, for me."""

    id: int
    kind: EntryKind
    text: str
    day: date
    owner: str = "me"
    ideas: frozenset[int] = frozenset()
    in_same_meeting: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A guess that was put to the test: who knew, when, and how it came out."""

    adviser: str
    day: date
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Rate:
    """How many guesses about one adviser came out how in a span (`2026`, `2026-H1`); partly counts half."""

    adviser: str
    span: str
    right: int
    partly: int
    wrong: int

    @property
    def tested(self) -> int:
        return self.right + self.partly + self.wrong

    @property
    def share(self) -> float:
        return (self.right + self.partly / 2) / self.tested


REASONS = (EntryKind.RESULT, EntryKind.DECISION, EntryKind.ADVICE, EntryKind.ANSWER, EntryKind.NOTE, EntryKind.CONCERN)


def propose(advice: Line, lines: Iterable[Line]) -> list[Line]:
    """The lines of the record that may be its reasons, the likeliest first; none where nothing shares its matter."""
    ranked = [(_nearness(advice, each), each) for each in lines if each.kind in REASONS and each.id != advice.id]
    near = sorted((pair for pair in ranked if pair[0] > 0), key=lambda pair: (-pair[0], -pair[1].id))
    return [each for _, each in near][:PROPOSED]


_WEIGHT = {EntryKind.RESULT: 0.5, EntryKind.DECISION: 0.3, EntryKind.ANSWER: 0.2, EntryKind.ADVICE: 0.1}


def _nearness(advice: Line, line: Line) -> float:
    if line.text.rstrip().endswith(("?", "？")):
        return 0.0  # What was asked is no reason for what was advised.
    own, other = stems(advice.text), stems(line.text)
    topic = overlap(own, other) if len(own & other) >= SHARED else 0.0
    same_idea = bool(advice.ideas & line.ideas)
    if not same_idea and topic < SAME_TOPIC:
        return 0.0
    age = max(0, (advice.day - line.day).days)
    recent = 0.5 * 0.5 ** (age / 60)
    return topic + 0.4 * same_idea + recent + 0.4 * line.in_same_meeting + _WEIGHT.get(line.kind, 0.0)


def question(advice: Line, reasons: Sequence[Line]) -> str:
    """The question with one, two or three reasons, in the language of the advice (English or Korean).

    Raises ValueError for any other number of reasons.
    """
    if not 1 <= len(reasons) <= MOST_REASONS:
        raise ValueError(f"a guess rests on one to three reasons, not {len(reasons)}")
    if _HANGUL.search(advice.text):
        told = ", ".join(f"{_KOREAN.get(each.kind, '메모')} “{_quoted(each.text)}”" for each in reasons)
        return f"{told} 때문에 “{_quoted(advice.text)}”라고 하신 건가요?"
    return f"Is it because of {_listed([_reason(each) for each in reasons])} that you {asked(advice.text)}?"


_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_KOREAN = {
    EntryKind.RESULT: "결과",
    EntryKind.DECISION: "결정",
    EntryKind.ADVICE: "조언",
    EntryKind.ANSWER: "답",
    EntryKind.CONCERN: "걱정",
}


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


_NOUNS = {
    EntryKind.RESULT: "the result",
    EntryKind.DECISION: "our decision",
    EntryKind.ANSWER: "the answer",
    EntryKind.CONCERN: "the concern",
}


def _reason(line: Line) -> str:
    if line.kind is EntryKind.ADVICE:
        noun = (
            "your earlier advice" if line.owner == "you" else f"{line.owner}'s advice" if line.owner else "the advice"
        )
    else:
        noun = _NOUNS.get(line.kind, "the note")
    return f"{noun} “{_quoted(line.text)}”"


def _quoted(text: str) -> str:
    """Words within quotation marks: on one line, without the last full stop, inner quotes single."""
    plain = " ".join(text.split()).replace("“", "‘").replace("”", "’")
    plain = re.sub(r'"([^"]*)"', r"‘\1’", plain).replace('"', "’")
    return plain[:-1] if plain.endswith(".") and not plain.endswith("..") else plain


def asked(advice: str) -> str:
    """`asked me to lock the clocks`, `asked me not to touch ...`, or `said “...”` where it is no plain command."""
    for sentence in _sentences(advice):
        if command := _infinitive(sentence):
            return f"asked me {command}"
    return f"said “{_quoted(advice)}”"


_END = re.compile(r"(?<=[.!?;])\s+")
_OPENING = re.compile(
    r"^(?:(?:and|but|so|then|now|good|ok|okay|please|first|no|yes|right)[,.:]?\s+|either\s+)*", re.IGNORECASE
)
_NEGATED = re.compile(r"^(?:don't|do not)\s+", re.IGNORECASE)
_NEVER = re.compile(r"^never\s+", re.IGNORECASE)
_SUGGESTED = re.compile(r"^(?:why don't you|you should|you could|you must|i would|i'd|let's|let us)\s+", re.IGNORECASE)


def _sentences(advice: str) -> list[str]:
    return [part.strip() for part in _END.split(advice.replace("’", "'")) if part.strip()]


def _infinitive(sentence: str) -> str:
    """`to ...`, `not to ...` or `never to ...`; empty where the sentence is no command that can be turned so."""
    bare = _first_command(_OPENING.sub("", sentence).rstrip(".!;? "))
    for opening, turned in ((_NEGATED, "not to"), (_NEVER, "never to"), (_SUGGESTED, "to")):
        if match := opening.match(bare):
            rest = bare[match.end() :]
            return f"{turned} {_turned(rest)}" if _is_command(rest) or opening is not _SUGGESTED else ""
    if sentence.rstrip().endswith("?") or not _is_command(bare):
        return ""
    return f"to {_turned(bare)}"


_VERBS = frozenset(
    """
accept add agree aim allow analyse analyze annotate answer apply argue ask assume attach avoid back beat begin
block book break bring build bury buy calculate call cancel celebrate change check choose cite clean close cluster
collect combine compare compute confirm consider contact control convince copy correct count cover cut decide define
delete derive describe design discuss draft draw drop email end estimate evaluate explain explore fill find finish fit
fix focus follow forget freeze gather get give go hide hold improve include increase interview invent invite join keep
kill learn leave let limit link list listen lock log look lower make measure meet mention merge mind model move name
normalise normalize note open order organise organize pair park pay pick plan plot polish postpone prepare present print
prove publish pull push put quote raise reach read recruit reduce remove repeat replace replan reply report reproduce
request rerun restart restrict revise revive rewrite run save say scale schedule search see select send separate set
shift show shorten sketch skip solve sort spend split start state stay stop store study submit suppose switch table take
talk teach tell test thank think throw time train treat try tune turn understand use validate vary verify visit wait
walk watch weigh work write
""".split()  # noqa: SIM905
)
_FINITE = frozenset("is are was were has have had will would can could does did won't isn't aren't".split())  # noqa: SIM905
_SAID_BY = re.compile(r"\b(?:i|you|i'm|you're|you'd|you'll|you've|i've|i'd|i'll|we|us|our)\b", re.IGNORECASE)


_BESIDE = re.compile(
    r":\s|,\s+(?:that|this|it|there)\s|,\s+(?=don't\b)|\s+and\s+(?=(?:don't|do not|never)\b)", re.IGNORECASE
)
"""Where a command ends and its explanation, or a second command of the other sort, begins."""
_POINTING = frozenset(("it", "that", "this", "them", "so", "those", "these"))


def _first_command(text: str) -> str:
    """The command alone; the next one behind a comma (`keep this page, put ...`) is left out too."""
    head = _BESIDE.split(text, maxsplit=1)[0]
    parts = head.split(", ")
    until = next((at for at, part in enumerate(parts) if at and part.split(" ", 1)[0].casefold() in _VERBS), len(parts))
    return ", ".join(parts[:until])


def _is_command(text: str) -> bool:
    words = text.split()
    if len(words) <= 4 and any(word.strip(",").casefold() in _POINTING for word in words):
        return False  # `leave it`: without what was said before, nobody knows what.
    if not words or words[0].casefold().strip(",:") not in _VERBS:
        return False
    return not any(word.casefold().strip(",:") in _FINITE for word in words[1:3]) and not _SAID_BY.search(text)


_MINE = {"your": "my", "yours": "mine", "yourself": "myself", "me": "you", "my": "your", "mine": "yours",
         "myself": "yourself"}  # fmt: skip


def _turned(command: str) -> str:
    """A command as I repeat it to the one who gave it: your figure is my figure."""
    said = re.sub(r"\b[A-Za-z]+\b", lambda word: _MINE.get(word[0].lower(), word[0]), command)
    return said[:1].lower() + said[1:]


def rates(tested: Iterable[Answered]) -> list[Rate]:
    """Per adviser and half-year, in order of time: how often the guesses were right."""
    counts: dict[tuple[str, str], list[Verdict]] = {}
    for each in sorted(tested, key=lambda one: (one.adviser, one.day)):
        span = f"{each.day.year}-H{1 if each.day.month <= 6 else 2}"
        counts.setdefault((each.adviser, span), []).append(each.verdict)
    return [
        Rate(adviser, span, found.count(Verdict.RIGHT), found.count(Verdict.PARTLY), found.count(Verdict.WRONG))
        for (adviser, span), found in counts.items()
    ]
