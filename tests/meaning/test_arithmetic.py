"""From tokens to vectors, and from vectors to what is near."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.meaning import nearest
from advisorlog.meaning.embedder import is_mostly_latin
from advisorlog.meaning.kept import Kept
from advisorlog.meaning.pooling import pooled, unit


def test_a_text_is_the_mean_of_its_tokens_without_the_padding() -> None:
    tokens = np.array([[[2.0, 0.0], [4.0, 6.0], [100.0, -100.0]]])
    assert np.allclose(pooled(tokens, np.array([[1, 1, 0]])), [[2**-0.5, 2**-0.5]])


def test_nothing_at_all_stays_nothing() -> None:
    assert pooled(np.ones((1, 2, 3)), np.zeros((1, 2))).tolist() == [[0, 0, 0]]
    assert unit(np.array([[0.0, 0.0], [0.0, 3.0]])).tolist() == [[0, 0], [0, 1]]


def test_the_nearest_come_first_and_equals_in_their_order() -> None:
    rows = unit(np.array([[0, 1], [1, 1], [1, 0], [1, 1]]))
    found = nearest.by_nearness(unit(np.array([[1, 0]]))[0], rows)
    assert [place for place, _ in found] == [2, 1, 3, 0]
    assert found[0][1] == 1


def test_each_pair_is_told_once_across_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = unit(np.array([[1, 0], [0, 1], [1, 0.01], [0.01, 1], [-1, 0]]))
    everything = sorted((one, other) for one, other, _ in nearest.pairs(rows, 0.9))
    monkeypatch.setattr(nearest, "AT_ONCE", 2)
    assert sorted((one, other) for one, other, _ in nearest.pairs(rows, 0.9)) == everything == [(0, 2), (1, 3)]


@given(st.lists(st.lists(st.floats(-9, 9), min_size=3, max_size=3), min_size=1, max_size=9))
def test_what_is_kept_comes_back_nearly_as_it_was(numbers: list[list[float]]) -> None:
    rows = unit(np.array(numbers))
    kept = [Kept(("entry", place), b"", packed) for place, packed in enumerate(nearest.packed(rows))]
    assert np.abs(nearest.unpacked(kept) - rows).max() < 0.001


@pytest.mark.parametrize(
    ("text", "is_latin"),
    [
        ("Compare with DVFS.", True),
        ("Prüfe es, s'il vous plaît", True),
        ("전력 제한을 비교하세요", False),
        ("GPU 전력 제한을 비교하세요", False),
        ("Lower the power limit (전력) first", True),
        ("14.2 %", False),
        ("", False),
    ],
)
def test_english_is_told_by_its_letters(text: str, is_latin: bool) -> None:
    assert is_mostly_latin(text) is is_latin
