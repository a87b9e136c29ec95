"""The laws of fitting into a budget: never over it, nothing lost uncounted, what ranks higher stays longer."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.documents.budget import fit
from advisorlog.documents.document import Document, Item, Section
from advisorlog.domain.kinds import DocumentKind
from advisorlog.domain.words import count_words
from advisorlog.errors import AdvisorlogError

items = st.builds(
    Item,
    text=st.integers(1, 30).map(lambda number: " ".join(["word"] * number)),
    rank=st.integers(0, 900),
    is_extra=st.booleans(),
)
sections = st.builds(
    Section,
    key=st.just("found"),
    title=st.sampled_from(["Findings", "Last time", "약속한 것"]),
    items=st.lists(items, min_size=1, max_size=6).map(tuple),
    more=st.integers(0, 3),
)
documents = st.builds(
    Document,
    kind=st.just(DocumentKind.BRIEF),
    title=st.just("Brief"),
    subtitle=st.just(""),
    as_of=st.just(date(2026, 11, 24)),
    budget=st.integers(60, 200),
    sections=st.lists(sections, max_size=5).map(tuple),
)


def words(document: Document) -> int:
    """A rendering in small: title, headings, items, what is more, what is left out."""
    parts = [document.title, document.left_out]
    for section in document.sections:
        parts += [section.title, section.more_line, *(item.text for item in section.items)]
    return sum(count_words(part) for part in parts)


def counted(document: Document) -> int:
    """The items that a reader misses if they are cut, and what was cut or unshown before."""
    return sum(
        section.more + sum(not item.is_extra for item in section.items) for section in document.sections
    )  # fmt: skip


def named(document: Document) -> int:
    """What `left_out` counts: `Findings (3); Last time (1)`."""
    return sum(int(part.rpartition("(")[2].rstrip(").")) for part in document.left_out.split(";") if "(" in part)


@given(documents)
def test_a_fitted_document_is_never_over_its_budget(document: Document) -> None:
    assert words(fit(document, words)) <= document.budget


@given(documents)
def test_nothing_is_cut_without_being_counted(document: Document) -> None:
    fitted = fit(document, words)
    assert counted(fitted) + named(fitted) == counted(document)


@given(documents)
def test_what_fits_stays_as_it_is_and_in_its_order(document: Document) -> None:
    roomy = replace(document, budget=words(document) + 200)
    fitted = fit(roomy, words)
    assert fitted.sections == roomy.sections
    assert not fitted.left_out


@given(documents)
def test_what_stays_stays_in_the_order_it_had(document: Document) -> None:
    before = [id(item) for section in document.sections for item in section.items]
    after = [id(item) for section in fit(document, words).sections for item in section.items]
    assert after == [each for each in before if each in set(after)]


@given(documents)
def test_of_two_items_as_long_as_each_other_the_higher_rank_stays(document: Document) -> None:
    """Within a section; across sections the heading's own words count as well."""
    fitted = fit(document, words)
    kept = {id(item) for section in fitted.sections for item in section.items}
    for section in document.sections:
        for higher in section.items:
            for lower in section.items:
                if higher.rank > lower.rank and higher.words <= lower.words and id(lower) in kept:
                    assert id(higher) in kept


def test_a_budget_that_the_frame_alone_exceeds_is_refused() -> None:
    empty = Document(DocumentKind.BRIEF, "Brief", "", date(2026, 11, 24), 60, ())
    with pytest.raises(AdvisorlogError, match="60 words are too few"):
        fit(empty, lambda document: 61)
