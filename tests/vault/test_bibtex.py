"""Papers in BibTeX, and back."""

from hypothesis import given
from hypothesis import strategies as some

from advisorlog.vault.bibtex import Paper, Trouble, read, write

FILE = r"""
@string{osdi = "OSDI"}
@comment{not one}
@article{kim2024,
  title = {{DVFS} for {G}PUs: na{\"i}ve \& fast},
  author = {Kim, Min-Jun and {\'E}mile Zola and {The {CUDA} Team} and others},
  year = 2024, journal = osdi, volume = {3}, pages = {1--9},
  doi = {10.1145/3458817.3476223}, url = {https://example.org/a_b%20c?x=1&y=~z},
  keywords = {power, 배치}
}
@misc{broken, title={No end
@book{ok, title="Quoted", editor="A. B. C", date="2001-05-03"}
"""


def test_an_entry_is_read_as_plain_text() -> None:
    papers, _ = read(FILE)
    assert papers[0] == Paper(
        key="kim2024",
        title="DVFS for GPUs: naïve & fast",
        authors="Min-Jun Kim, Émile Zola, The CUDA Team, et al.",
        year=2024,
        url="https://example.org/a_b%20c?x=1&y=~z",
        doi="10.1145/3458817.3476223",
        keywords="power, 배치",
        venue="OSDI",
        line=4,
        left_out=("volume", "pages"),
    )


def test_a_broken_entry_stops_no_other_and_is_named_by_its_line() -> None:
    papers, troubles = read(FILE)
    assert [paper.key for paper in papers] == ["kim2024", "ok"]
    assert (papers[1].authors, papers[1].year) == ("A. B. C", 2001)
    assert troubles == [Trouble(11, "it is no whole entry: a brace or a quotation mark may be missing")]


def test_what_stands_twice_or_has_no_title_is_told() -> None:
    papers, troubles = read(
        "@misc{a, title={A}}\n@misc{a, title={B}}\n@misc{c, year={2020}}\n@misc{d, title={D}, title={E}}"
    )
    assert [paper.title for paper in papers] == ["A"]
    assert [(each.line, each.why) for each in troubles] == [
        (2, "its key “a” was used before"),
        (3, "“c” has no title"),
        (4, "a field stands twice in it: title"),
    ]


def test_what_is_no_bibtex_gives_nothing() -> None:
    assert read("") == ([], [])
    assert read("Dear all, see you on Tuesday (or so).") == ([], [])


_WORD = some.text(
    some.characters(exclude_categories=["C", "Z", "M"], exclude_characters=",\"`'ˆ"), min_size=1, max_size=12
).filter(lambda word: word not in ("and", "others"))
_WORDS = some.lists(_WORD, min_size=1, max_size=5).map(" ".join)


@given(
    title=_WORDS, keywords=_WORDS, authors=some.lists(_WORDS, max_size=3).map(", ".join), year=some.integers(1000, 9999)
)
def test_it_goes_round(title: str, keywords: str, authors: str, year: int) -> None:
    paper = Paper("key", title, authors, year, "https://example.org/a_b%20c#d", "10.1/a_b", keywords, "", 1)
    assert read(write([paper])) == ([paper], [])
