"""What to type into a search box, out of questions."""

from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.keywords import candidates, keywords


def test_candidates_are_the_runs_between_empty_words() -> None:
    assert candidates("Why is the deconvolution ill-posed when noise is white?") == [
        ("deconvolution", "ill-posed"),
        ("noise",),
        ("white",),
    ]


def test_tags_and_dates_are_filing_and_no_keywords() -> None:
    found = keywords(["Does #window-unmix need the Wiener filter @noor ^fri"], 5)
    assert "Wiener filter" in found
    assert not {"window-unmix", "noor", "fri"} & set(" ".join(found).split())


def test_words_that_stand_with_others_come_first() -> None:
    assert keywords(["Is the Wiener filter enough?", "Is it noise?"], 1) == ["Wiener filter"]


def test_korean_words_are_kept_as_they_were_typed() -> None:
    assert "전력 제한" in keywords(["왜 전력 제한, 그리고 잡음?"], 3)


@given(st.lists(st.text(max_size=80), max_size=4), st.integers(0, 6))
def test_there_are_never_more_than_asked_for_nor_one_twice(texts: list[str], most: int) -> None:
    found = keywords(texts, most)
    assert len(found) <= most
    assert len({word.casefold() for word in found}) == len(found)
