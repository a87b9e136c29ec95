"""Pieces of advice and decisions that may conflict: candidates for a second look, never a verdict.

No rule of words finds a contradiction (a lexicon of opposites fails on the next log): so what is looked for is the
same matter in different meetings. Opposite words, recency and weight only order what was found.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.topics import overlap, stems

SAME_TOPIC = 0.5
"""So much of the shorter line's content words make two lines of any ideas one topic."""
SAME_IDEA_TOPIC = 0.25
"""So much where both name the same idea."""
SOON = 28
"""Days within which two people's advice on one idea is compared, whatever its words: few stand the test of time."""
COMMON = 0.06
"""A stem that more than this share of all lines has says little about what one of them is on."""
LEAST_LINES = 50
"""Below so many lines no stem is called common."""
HALF_LIFE = 120.0
"""Days after which a pair's recency counts half."""


class Cause(StrEnum):
    """What the user found when comparing: why two lines that seemed to conflict were both said."""

    CONTEXT = "context"
    EVIDENCE = "evidence"
    REFINEMENT = "refinement"
    REVERSAL = "reversal"
    NONE = "none"


class Why(StrEnum):
    """What speaks for looking at a pair; each is a sentence's middle for a reader."""

    SAME_IDEA = "both are on the same idea"
    SAME_TOPIC = "they share their topic"
    OTHER_SPEAKER = "two people said it"
    SAME_SPEAKER = "the same person said both"
    AGAINST_DECISION = "new advice against an older decision"
    SUPERSEDED = "the later decision may supersede the earlier"
    OPPOSITE_WORDS = "their words pull opposite ways"


@dataclass(frozen=True, slots=True)
class Point:
    """One piece of advice or one decision: what the rules look at. `ideas` are the numbers of those it names."""

    id: int
    kind: EntryKind
    text: str
    day: date
    meeting_id: int | None
    speaker_id: int | None
    ideas: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two lines that may conflict, the older first, with what speaks for it. `rank` orders; it measures nothing."""

    first: Point
    second: Point
    why: tuple[Why, ...]
    shared: tuple[str, ...]
    topic: float
    rank: float


def candidates(
    points: Sequence[Point], linked: AbstractSet[frozenset[int]], today: date, since: date | None = None
) -> list[Candidate]:
    """The pairs that may conflict, the likeliest first. `linked` are pairs that were settled or are linked already.

    With `since`, the later line of each pair is from that day on.
    """
    ordered = sorted(points, key=lambda point: (point.day, point.id))
    weights = _weights(ordered)
    found = (
        compare(first, second, today, weights)
        for first, second in _meeting_each_other(ordered, since)
        if frozenset((first.id, second.id)) not in linked
    )
    return sorted((each for each in found if each), key=lambda each: (-each.rank, -each.second.id, -each.first.id))


def compare(first: Point, second: Point, today: date, weights: Mapping[str, float] | None = None) -> Candidate | None:
    """The pair, if it is on the same matter in different meetings. The older is `first`."""
    if _is_one_occasion(first, second) or _folded(first.text) == _folded(second.text):
        return None
    own, other = stems(first.text), stems(second.text)
    topic = overlap(own, other, weights)
    same_idea = bool(first.ideas & second.ideas)
    if not _is_same_matter(first, second, topic, same_idea):
        return None
    shared = tuple(sorted(own & other))
    why = tuple(_whys(first, second, same_idea, bool(shared)))
    return Candidate(first, second, why, shared, topic, _rank(first, second, why, topic, today))


def _is_one_occasion(first: Point, second: Point) -> bool:
    if first.meeting_id is None or second.meeting_id is None:
        return first.meeting_id is second.meeting_id and first.day == second.day
    return first.meeting_id == second.meeting_id


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_same_matter(first: Point, second: Point, topic: float, same_idea: bool) -> bool:
    if topic >= (SAME_IDEA_TOPIC if same_idea else SAME_TOPIC):
        return True
    is_soon = abs((second.day - first.day).days) <= SOON
    return same_idea and is_soon and _is_by_two_advisers(first, second)


def _is_by_two_advisers(first: Point, second: Point) -> bool:
    both = first.kind is second.kind is EntryKind.ADVICE
    return both and None not in (first.speaker_id, second.speaker_id) and first.speaker_id != second.speaker_id


def _whys(first: Point, second: Point, same_idea: bool, shares_words: bool) -> Iterator[Why]:
    if same_idea:
        yield Why.SAME_IDEA
    if shares_words:
        yield Why.SAME_TOPIC
    if first.kind is second.kind is EntryKind.DECISION:
        yield Why.SUPERSEDED
    elif first.kind is EntryKind.DECISION:
        yield Why.AGAINST_DECISION
    elif _is_by_two_advisers(first, second):
        yield Why.OTHER_SPEAKER
    elif second.kind is EntryKind.ADVICE and first.speaker_id == second.speaker_id:
        yield Why.SAME_SPEAKER
    if direction(first.text) * direction(second.text) < 0:
        yield Why.OPPOSITE_WORDS


_WEIGHT = {
    Why.SAME_IDEA: 0.25,
    Why.OTHER_SPEAKER: 0.2,
    Why.AGAINST_DECISION: 0.1,
    Why.SUPERSEDED: 0.1,
    Why.OPPOSITE_WORDS: 0.5,
}


def _rank(first: Point, second: Point, why: Iterable[Why], topic: float, today: date) -> float:
    age = max(0, (today - second.day).days)
    recency = 0.4 * math.exp2(-age / HALF_LIFE)
    return min(topic, 1.0) + recency + sum(_WEIGHT.get(each, 0.0) for each in why)


_ONWARD = """
accept add adopt begin both cite combine double enlarge expand extend finish include increase keep launch lock merge
more move now publish release restore revive run scale send start submit switch test train tune use
늘리 늘려 시작 제출 추가 유지 먼저 진행 확대 공개 쓰세요 하세요
"""
_HALT = """
avoid ban bury cancel cap close closed cut dead delay don't drop fewer forget freeze hold isn't kill leave less never
no nobody not nothing only out park pause postpone reduce reject remove shelve skip stay stays stop too wait without
말고 마세요 말자 중단 취소 기다리 기다려 줄이 줄여 미루 보류 빼 제외 그만 나중
"""
_ONWARD_WORDS, _HALT_WORDS = frozenset(_ONWARD.split()), frozenset(_HALT.split())
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def direction(text: str) -> int:
    """Whether a line says go on (1), hold back (-1) or neither (0), by its first word of either sort.

    A hint for the order of a list, no reading of the line.
    """
    for word in _WORDS.findall(text.casefold().replace("’", "'")):
        if _is_among(word, _HALT_WORDS) or word.endswith("n't"):
            return -1
        if _is_among(word, _ONWARD_WORDS):
            return 1
    return 0


def _is_among(word: str, words: AbstractSet[str]) -> bool:
    return word in words or (not word.isascii() and any(word.startswith(each) for each in words if len(each) > 1))


def _weights(points: Sequence[Point]) -> dict[str, float]:
    """Half for the stems that many lines have, where there are enough lines to say so."""
    if len(points) < LEAST_LINES:
        return {}
    counts = Counter(stem for point in points for stem in stems(point.text))
    return {stem: 0.5 for stem, count in counts.items() if count > COMMON * len(points)}


def _meeting_each_other(points: Sequence[Point], since: date | None) -> Iterator[tuple[Point, Point]]:
    """Pairs that share an idea or a stem at all, each once, by an index: most lines have nothing in common."""
    by_key: dict[object, list[int]] = {}
    for place, point in enumerate(points):
        keys: list[object] = [*point.ideas, *stems(point.text)]
        if since is None or point.day >= since:
            for earlier in sorted({earlier for key in keys for earlier in by_key.get(key, ())}):
                yield points[earlier], point
        for key in keys:
            by_key.setdefault(key, []).append(place)
