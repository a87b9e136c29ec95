"""What a text is about: stems, and how far two texts share them."""

import pytest

from advisorlog.domain.topics import overlap, stems


@pytest.mark.parametrize(
    "words",
    [
        ("scale", "scaling", "scales", "scaled"),
        ("submit", "submitted", "submission"),
        ("query", "queries"),
        ("GPU", "GPUs"),
        ("decide", "decision"),
        ("batch", "batches", "batch's"),
        ("배치를", "배치는", "배치"),
        ("제출하세요", "제출하기", "제출"),
    ],
)
def test_forms_of_one_word_are_one_stem(words: tuple[str, ...]) -> None:
    assert len({stems(word) for word in words}) == 1
    assert stems(words[0])


def test_tags_and_empty_words_are_no_content() -> None:
    assert stems("Then do it now, before we say so. #knee-cap @ann ^fri") == frozenset()
    assert stems("status of the class") == {"status", "class"}


def test_chinese_is_compared_by_pairs_of_characters() -> None:
    assert overlap(stems("先做消融实验"), stems("消融实验太多了")) > 0.5


def test_one_shared_word_of_few_is_no_common_topic() -> None:
    assert overlap({"a"}, {"a", "b", "c", "d"}) == 1 / 3
    assert overlap({"a", "b", "c"}, {"a", "b", "c", "d"}) == 1
    assert overlap({"a", "b", "c"}, {"a", "d", "e"}, {"a": 0.5}) == 0.5 / 3
