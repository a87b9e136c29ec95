"""Names for machines out of names for people."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.marks import find_marks
from advisorlog.domain.slug import LONGEST, handle_for, idea_slug, slugify


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Power-limit sweep", "power-limit-sweep"),
        ("  Zeus:  batch_size / power!  ", "zeus-batch-size-power"),
        ("Ann's résumé", "anns-résumé"),
        ("Re\u0301sume\u0301", "résumé"),
        ("전력 제한 실험", "전력-제한-실험"),
        ("能耗 比较", "能耗-比较"),
        ("3D reconstruction", "3d-reconstruction"),
        ("İstanbul", "i̇stanbul"),
        ("x" * 100, "x" * LONGEST),
        ("word " * 40, "-".join(["word"] * 12)),
    ],
)
def test_slugify(title: str, slug: str) -> None:
    assert slugify(title) == slug


@pytest.mark.parametrize("title", ["", " ", "!!!", "—", "👍", "\u0301", "\ud800"])
def test_nothing_to_make_a_slug_of(title: str) -> None:
    for make in (slugify, idea_slug, handle_for):
        with pytest.raises(ValueError, match="no letter or digit"):
            make(title)


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Ann Advisor", "ann-advisor"),
        ("Prof. Dr. Ann Advisor <ann@x.edu>", "ann-advisor"),
        ("Dr", "dr"),
        ("<ann@x.edu>", "ann-x-edu"),
        ("김 교수", "김-교수"),
        ("007", "person-007"),
        ("Conan O’Neil", "conan-oneil"),
    ],
)
def test_handles(name: str, handle: str) -> None:
    assert handle_for(name) == handle


def test_an_idea_slug_begins_with_a_letter() -> None:
    assert idea_slug("5 seeds") == "seeds-5"
    assert idea_slug("3D and 2D scans") == "and-2d-scans-3d"
    assert idea_slug("2022") == "idea-2022"


@given(st.text(st.characters(codec=None)))
def test_slugs_are_stable_and_can_be_tagged(title: str) -> None:
    try:
        slug = slugify(title)
    except ValueError:
        return
    assert slugify(slug) == slug
    assert unicodedata.is_normalized("NFC", slug)
    for mark, name in (("#", idea_slug(title)), ("@", handle_for(title))):
        (mention,) = find_marks(f"see {mark}{name}.").mentions
        assert mention.name == name
