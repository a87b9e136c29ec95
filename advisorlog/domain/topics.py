"""What a text is about: its content words, cut to their stems, and how far two texts share them.

For finding texts on the same matter; it knows nothing of what they say about it. English by a light suffix rule,
Korean by its particles and endings, Han and kana by pairs of characters. Everything else counts as it is written.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache

from advisorlog.domain.marks import find_marks

LEAST = 3.0
"""A text of fewer stems than this is measured as if it had so many: one shared word of two is no common topic."""

_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_EACH = re.compile(r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_SPLIT = re.compile(
    r"[\uac00-\ud7a3]+|[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[^\W_]+(?:(?:['’.]|(?<=\d),(?=\d{3}))[^\W_]+)*"
)

_EMPTY_WORDS = """
a about above after again all almost also always am an and another any anybody anyone anything are as ask at away back
be because been before being below best better between big both but by call came can cannot come could day did do does
doing don done down each either else enough even ever every everything exactly far few find first for from full get
give go going good got had half has have he her here him his how i if in instead into is it its itself just keep kind
know last late later least leave less let like little look lot make many matter may me mean might mine more most much
must my myself need neither never new next no nobody none nor not nothing now of off often ok on once one only or other
our out over own per perhaps please put quite rather really reason right said same say see seem sentence several she
should show simply since so some somebody something soon still stop such sure take tell than that the their them then
there these they thing think this those though through thus time to today together told too toward try two under until
up upon us use very want was way we well were what whatever when where whether which while who whole whom whose why
will with within without word work would write yes yet you your yourself three
already ago anyway around best bring during everybody instead maybe month week year tomorrow yesterday
january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
"""
_KOREAN_EMPTY_WORDS = """
것 수 등 및 더 안 못 잘 왜 그 이 저 좀 꼭 먼저 다시 아직 지금 이제 하지 말고 마세요 말자 마라
하세요 합시다 하자 한다 합니다 그냥 정말 너무 모두 매우 또 또는 그리고 하지만 그러나 때문 때문에
위해 대해 우리 나 너 제 내 걸 게 뭐 무엇 어떻게 있다 없다 있는 없는 된다 되는 않는다 않다 않기
말기 이번 다음 지난
"""
_KOREAN_PARTICLES = """
에서부터 으로부터 이라는 에게서 까지는 에서는 으로는 이라도 보다는 부터 까지 에서 에게 으로 이나 보다
처럼 마다 조차 밖에 이란 라는 하고 은 는 이 가 을 를 에 의 로 와 과 도 만 나
"""
_KOREAN_ENDINGS = """
하겠습니다 했습니다 하십시오 해야한다 합시다 합니다 하세요 해야 하지만 했다 하자 하기로 하기 하라 해라
하지 하는 하면 한다 할 한 해 세요 습니다 십시오 네요 지요 어요 아요 니다 지 자 다
"""
_KOREAN_EMPTY = frozenset(_KOREAN_EMPTY_WORDS.split())
_PARTICLES = tuple(_KOREAN_PARTICLES.split())
_ENDINGS = tuple(_KOREAN_ENDINGS.split())


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """The stems of a text's content words. Tags (`#idea`, `@person`, `^date`) are filing, and no content."""
    found: set[str] = set()
    for run in _SPLIT.findall(unicodedata.normalize("NFC", _without_marks(text)).casefold()):
        found.update(_stems_of(run))
    return frozenset(found)


def overlap(first: Collection[str], second: Collection[str], weights: Mapping[str, float] | None = None) -> float:
    """How much of the shorter one's stems the other has too, 0 to 1. A stem weighs 1 unless `weights` says less."""
    weigh = weights or {}
    total = [sum(weigh.get(stem, 1.0) for stem in each) for each in (first, second)]
    common = sum(weigh.get(stem, 1.0) for stem in set(first) & set(second))
    return common / max(LEAST, min(total))


def _without_marks(text: str) -> str:
    marks = find_marks(text)
    for mark in sorted((*marks.mentions, *marks.dates), key=lambda each: -each.start):
        text = text[: mark.start] + " " + text[mark.end :]
    return text


def _stems_of(run: str) -> list[str]:
    if _HANGUL.fullmatch(run):
        stem = _korean(run)
        return [stem] if len(stem) > 1 and stem not in _KOREAN_EMPTY else []
    if _EACH.fullmatch(run):
        return [run[at : at + 2] for at in range(len(run) - 1)] or [run]
    if any(character.isdigit() for character in run):
        return [run] if len(run) > 1 else []
    word = re.sub(r"[’']s?$|n['’]t$", "", run)
    stem = _english(word)
    return [stem] if len(stem) > 1 and word not in _EMPTY and stem not in _EMPTY else []


_ENGLISH = (
    ("ission", "it"), ("issions", "it"), ("cisions", "cid"), ("cision", "cid"), ("ations", "at"), ("ation", "at"),
    ("ities", ""), ("ity", ""), ("iness", "i"), ("ness", ""), ("ments", ""), ("ment", ""), ("ingly", ""), ("edly", ""),
    ("ings", ""), ("ing", ""), ("ies", "i"), ("ied", "i"), ("ers", ""), ("er", ""), ("ed", ""), ("ly", ""),
    ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip


def _english(word: str) -> str:
    """A word without its ending; never shorter than three letters, and `class` keeps its `ss`."""
    for ending, instead in _ENGLISH:
        stem = word.removesuffix(ending) + instead
        if word.endswith(ending) and len(stem) >= 3 and _VOWEL.search(stem) and not _is_kept(word, ending):
            word = stem
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return f"{word[:-1]}i" if len(word) > 2 and word.endswith("y") else word


def _is_kept(word: str, ending: str) -> bool:
    return ending == "s" and (word.endswith(("ss", "is")) or (word.endswith("us") and len(word) > 4))


_VOWEL = re.compile(r"[aeiouy]")
_EMPTY = frozenset(_EMPTY_WORDS.split()) | {_english(word) for word in _EMPTY_WORDS.split()}


def _korean(run: str) -> str:
    for ending in (*_ENDINGS, *_PARTICLES):
        if run.endswith(ending) and len(run) - len(ending) >= 2:
            return _without_particle(run.removesuffix(ending))
    return run


def _without_particle(run: str) -> str:
    for particle in _PARTICLES:
        if len(particle) == 1 and run.endswith(particle) and len(run) >= 4:
            return run.removesuffix(particle)
    return run
