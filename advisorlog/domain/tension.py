"""Pieces of advice and decisions that may conflict: candidates for a second look, never a verdict.

No rule of words finds a contradiction (a lexicon of opposites fails on the next log): so what is looked for is the
same matter in different meetings. Opposite words, recency and weight only order what was found. What a model of
language says of nearness (`Near`) may add pairs that share no word; it knows the matter, and nothing of contradiction.
"""

import heapq
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.matters import common, matter, share, shared
from advisorlog.domain.topics import stems

SAME_TOPIC = 0.4
"""So much of the shorter line's content words make two lines one topic, whatever idea they name."""
SAME_IDEA_TOPIC = 0.25
"""So much where both name the same idea."""
OTHER_IDEAS_TOPIC = 0.6
"""So much where each names ideas, and not the same."""
SHARED_ON_IDEA = 1.5
SHARED = 2
"""So much at least of what they share (a stem is 1, a common one less); a single word in common is the field's more
often than the matter's."""
SOON = 10
"""Days within which what two people advise on one idea is compared, whatever its words: they answer one question."""
NEAR = 0.55
"""From this nearness on (a cosine, as the shipped model puts it) two lines are on one matter, whatever their words."""
STEP_BACK = 0.2
"""What a pair loses in rank for each time that one of its lines was shown before."""
HALF_LIFE = 120.0
"""Days after which a pair's recency counts half."""

Near = Mapping[frozenset[int], float]
"""Pairs of lines, by number, that are near in meaning: each at `NEAR` or above."""
NONE_NEAR: Near = {}


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
    NEAR = "they are near in meaning, by a model"


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


Nearness = Callable[[Sequence[Point]], Near]
"""Says which of some lines are near in meaning."""


def not_asked(lines: Sequence[Point]) -> Near:
    """Without a model, words alone decide."""
    return NONE_NEAR


def candidates(
    points: Sequence[Point],
    linked: AbstractSet[frozenset[int]],
    today: date,
    since: date | None = None,
    names: Iterable[str] = (),
    projects: Iterable[str] = (),
    near: Near = NONE_NEAR,
) -> list[Candidate]:
    """The pairs that may conflict, the likeliest first. `linked` are pairs that were settled or are linked already.

    With `since`, the later line of each pair is from that day on. The `names` of people are on no matter, those of
    `projects` on little of one.
    """
    ordered = sorted(points, key=lambda point: (point.day, point.id))
    weights = common((point.text for point in ordered), names, projects)
    found = (
        compare(first, second, today, weights, near.get(frozenset((first.id, second.id)), 0.0))
        for first, second in _meeting_each_other(ordered, since, near)
        if frozenset((first.id, second.id)) not in linked
    )
    return _varied([each for each in found if each])


def _varied(found: Iterable[Candidate]) -> list[Candidate]:
    """By rank, where a line that was shown already steps back: many pairs hang on one line, and one says it."""
    waiting = [(-each.rank, -each.second.id, -each.first.id, 0, each) for each in found]
    heapq.heapify(waiting)
    shown: Counter[int] = Counter()
    ordered: list[Candidate] = []
    while waiting:
        _, second, first, penalised, each = waiting[0]
        times = shown[each.first.id] + shown[each.second.id]
        if times != penalised:
            heapq.heapreplace(waiting, (STEP_BACK * times - each.rank, second, first, times, each))
            continue
        heapq.heappop(waiting)
        shown.update((each.first.id, each.second.id))
        ordered.append(each)
    return ordered


def compare(
    first: Point, second: Point, today: date, weights: Mapping[str, float] | None = None, near: float = 0.0
) -> Candidate | None:
    """The pair, if it is on the same matter in different meetings. The older is `first`; `near` is from 0 to 1."""
    if _is_one_occasion(first, second):
        return None
    both, mass = shared(first.text, second.text, weights or {})
    same_idea = bool(first.ideas & second.ideas)
    is_enough = mass >= (SHARED_ON_IDEA if same_idea else SHARED)
    topic = share(mass, first.text, second.text, weights or {}) if is_enough else 0.0
    is_near = near >= NEAR
    if not (is_near or _is_same_matter(first, second, topic, same_idea)) or _repeats(first, second):
        return None
    by_model = (Why.NEAR,) if is_near else ()
    why = (*_whys(first, second, same_idea, bool(both)), *_pulling(first, second, weights), *by_model)
    rank = _rank(first, second, why, topic, today) + (near if is_near else 0.0)
    return Candidate(first, second, why, tuple(sorted(both)), topic, rank)


def _is_one_occasion(first: Point, second: Point) -> bool:
    if first.meeting_id is None or second.meeting_id is None:
        return first.meeting_id is second.meeting_id and first.day == second.day
    return first.meeting_id == second.meeting_id


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_same_matter(first: Point, second: Point, topic: float, same_idea: bool) -> bool:
    if topic >= _enough(first, second, same_idea):
        return True
    is_soon = abs((second.day - first.day).days) <= SOON
    return same_idea and is_soon and _is_by_two_advisers(first, second)


def _enough(first: Point, second: Point, same_idea: bool) -> float:
    if same_idea:
        return SAME_IDEA_TOPIC
    return OTHER_IDEAS_TOPIC if first.ideas and second.ideas else SAME_TOPIC


def _repeats(first: Point, second: Point) -> bool:
    """Whether the later line has the earlier's words, or says itself that it repeats it and pulls no other way."""
    if _folded(first.text) == _folded(second.text):
        return True
    return bool(_AGREEING.search(second.text)) and not pull_apart(first.text, second.text)


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


def _pulling(first: Point, second: Point, weights: Mapping[str, float] | None) -> tuple[Why, ...]:
    return (Why.OPPOSITE_WORDS,) if pull_apart(first.text, second.text, weights) else ()


_WEIGHT = {
    Why.SAME_IDEA: 0.25,
    Why.OTHER_SPEAKER: 0.2,
    Why.AGAINST_DECISION: 0.1,
    Why.SUPERSEDED: 0.1,
    Why.OPPOSITE_WORDS: 0.5,
}


def _rank(first: Point, second: Point, why: Iterable[Why], topic: float, today: date) -> float:
    age = max(0, (today - second.day).days)
    recency = 0.3 * math.exp2(-age / HALF_LIFE)
    return min(topic, 1.0) + recency + sum(_WEIGHT.get(each, 0.0) for each in why)


_AGREEING = re.compile(r"(?:\bas|,) agreed\b|동의", re.IGNORECASE)
_ONWARD = """
accept add adopt begin build combine double enlarge expand extend finish include increase interview keep launch lock
merge pre-train publish put release restore revive run scale send start submit switch test train tune use write
늘리 늘려 시작 제출 추가 유지 진행 확대 공개 쓰세요
"""
_HALT = """
avoid ban bury cancel cap close cut delay don't drop forget freeze hold kill leave limit never no not pause park
postpone reduce reject remove shelve skip stop wait without
마세요 말고 말자 중단 취소 기다리 기다려 줄이 줄여 미루 미뤄 보류 빼고 빼세요 제외 그만
"""
_AGAINST = """
against avoid ban bury cancel can't cannot closed dead don't doesn't drop dropped few fewer forget hardly instead isn't
kill killed less never no nobody not nothing only out parked postpone reject remove shelve skip stop too wait without
won't wrong 마세요 말고 말자 중단 취소 기다리 기다려 미루 미뤄 보류 제외 그만 않
"""
_ONWARD_WORDS, _HALT_WORDS = frozenset(_ONWARD.split()), frozenset(_HALT.split())
_AGAINST_WORDS = frozenset(_AGAINST.split())
_WORDS = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_CLAUSE = re.compile(r"[.;:,!?()\n]+\s|\s(?=(?:not|but|instead|before)\s)|[.!?]$")
_QUESTION = re.compile(r"(?:^|(?<=[.!?;:]\s))(?!why (?:don't|not)\b)[^.!?;:]*\?(?=\s|$)", re.IGNORECASE)
"""A question that is no suggestion: it is for nothing and against nothing."""
_SUGGESTING = re.compile(r"\bwhy (?:don't|not)\b|\bnot only\b|\btoo\s*$")


def pull_apart(first: str, second: str, weights: Mapping[str, float] | None = None) -> bool:
    """Whether two lines seem to pull opposite ways: one is for what the other is against, or go against wait.

    A hint for the order of a list, no reading of the lines. What weighs less than 1 (the log's common words) is
    nothing to be for or against.
    """
    own, other = _stances(first), _stances(second)
    weighty = (stem for stem in own.keys() & other.keys() if (weights or {}).get(stem, 1.0) >= 1)
    if any(own[stem] != other[stem] for stem in weighty):
        return True
    return _direction(first) * _direction(second) < 0


def _clauses(text: str) -> list[str]:
    plain = _QUESTION.sub(" ", text.casefold().replace("’", "'"))
    return [_SUGGESTING.sub(" ", part) for part in _CLAUSE.split(plain) if part and part.strip()]


def _stances(text: str) -> dict[str, bool]:
    """For each stem, whether the first clause that has it is free of words against something."""
    found: dict[str, bool] = {}
    for clause in _clauses(text):
        is_for = not any(_is_among(word, _AGAINST_WORDS) for word in _WORDS.findall(clause))
        for stem in stems(clause):
            found.setdefault(stem, is_for)
    return found


def _direction(text: str) -> int:
    """1 where a line begins by saying go on, -1 where it begins by holding back; 0 for neither.

    Of each clause only the first word counts (in Korean, any: its verbs stand last), and the first clause that says.
    """
    for clause in _clauses(text):
        words = _WORDS.findall(clause)
        for word in words[:1] if clause.isascii() else words:
            if _is_among(word, _HALT_WORDS):
                return -1
            if _is_among(word, _ONWARD_WORDS):
                return 1
    return 0


def _is_among(word: str, words: AbstractSet[str]) -> bool:
    """Whether a word is in a list; a Korean one by how it begins, for its endings are many."""
    return word in words or (not word.isascii() and any(word.startswith(each) for each in words if not each.isascii()))


def _meeting_each_other(points: Sequence[Point], since: date | None, near: Near) -> Iterator[tuple[Point, Point]]:
    """Pairs that share an idea or a stem or are near, each once, by an index: most lines have nothing in common."""
    by_key: dict[object, list[int]] = {}
    near_ones: dict[int, list[frozenset[int]]] = {}
    for pair in near:
        for number in pair:
            near_ones.setdefault(number, []).append(pair)
    for place, point in enumerate(points):
        keys: list[object] = [*point.ideas, *matter(point.text), *near_ones.get(point.id, ())]
        if since is None or point.day >= since:
            for earlier in sorted({earlier for key in keys for earlier in by_key.get(key, ())}):
                yield points[earlier], point
        for key in keys:
            by_key.setdefault(key, []).append(place)
