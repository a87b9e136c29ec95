"""Names of files that every system takes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.file_names import LONGEST_NAME, file_name
from advisorlog.store.reading.sheets import IdeaSheet
from advisorlog.vault.surroundings import file_names


def idea(slug: str) -> IdeaSheet:
    return IdeaSheet(slug, slug, None, None, None, None, "open", None, ())


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("knee-cap", "knee-cap"),
        ("전력-제한", "전력-제한"),
        ("a/b: c?", "a-b- c-"),
        ("con", "_con"),
        ("LPT1.txt", "_LPT1.txt"),
        ("..", "unnamed"),
        ("ends. ", "ends"),
        ("", "unnamed"),
    ],
)
def test_a_name_that_windows_takes_too(slug: str, name: str) -> None:
    assert file_name(slug) == name


@given(st.text(max_size=300))
def test_any_slug_makes_a_safe_name(slug: str) -> None:
    name = file_name(slug.encode("utf-8", "ignore").decode())
    assert name
    assert len(name.encode()) <= LONGEST_NAME
    assert not set(name) & set('<>:"/\\|?*\0\n')
    assert name == name.rstrip(". ")
    assert unicodedata.normalize("NFC", name) == name


def test_no_two_names_differ_in_case_or_composition_alone() -> None:
    slugs = ["Cap", "cap", "CAP", "전력", unicodedata.normalize("NFD", "전력"), "a:b", "a?b"]
    places = [place.casefold() for place in file_names([idea(slug) for slug in slugs]).values()]
    assert len({unicodedata.normalize("NFC", place) for place in places}) == len(slugs)
