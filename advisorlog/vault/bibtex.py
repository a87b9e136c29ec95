"""Papers in BibTeX, read and written with bibtexparser: LaTeX's accents and braces become plain text, and back."""

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, Field, ParsingFailedBlock
from bibtexparser.writer import BibtexFormat
from bibtexparser.writer import write as write_library

TOLD = ("title", "author", "editor", "year", "date", "url", "doi", "keywords")
VENUES = ("journal", "journaltitle", "booktitle", "publisher", "school", "institution", "howpublished")
"""Where a paper appeared: the first of these that it has."""
LONGEST_YEAR = 9999
_YEAR = re.compile(r"\d{4}")
_ESCAPED = {"\\": r"\textbackslash{}", "{": r"\lbrace{}", "}": r"\rbrace{}", "~": r"\textasciitilde{}"} | {
    each: f"\\{each}" for each in "&%$#_"
}
_LIGATURE = re.compile(r"(?<=[-`'?!])(?=[-`'])")
"""Where LaTeX would make one sign of two."""
_VERBATIM = ("url", "doi")
"""What is no LaTeX: a percent sign in an address begins no comment."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What an entry says, in plain text; authors as `Min-Jun Kim, Émile Zola`. `line` counts from 1."""

    key: str
    title: str
    authors: str
    year: int | None
    url: str
    doi: str
    keywords: str
    venue: str
    line: int
    left_out: tuple[str, ...] = ()
    """The names of its other fields."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What could not be read, and in which line."""

    line: int
    why: str


def read(text: str) -> tuple[list[Paper], list[Trouble]]:
    """The papers of a BibTeX file in their order, and what could not be read; a broken entry stops no other."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would log is told as a trouble
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    verbatim = {entry.key: entry for entry in parse_string(text).entries}
    papers: list[Paper] = []
    troubles = [Trouble(_line(block.start_line), _why(block)) for block in library.failed_blocks]
    for entry in library.entries:
        paper = _paper(entry, verbatim.get(entry.key, entry))
        if paper.title:
            papers.append(paper)
        else:
            troubles.append(Trouble(paper.line, f"“{entry.key}” has no title"))
    return papers, sorted(troubles, key=lambda each: each.line)


def _paper(entry: Entry, verbatim: Entry) -> Paper:
    told = {field.key.lower(): _plain(str(field.value)) for field in entry.fields}
    told |= {
        field.key.lower(): re.sub(r"\\([_%&#$~])(?:\{\})?", r"\1", _plain(str(field.value)))
        for field in verbatim.fields
        if field.key.lower() in _VERBATIM
    }
    year = _YEAR.search(told.get("year") or told.get("date") or "")
    venue = next((told[name] for name in VENUES if told.get(name)), "")
    return Paper(
        key=entry.key,
        title=told.get("title", ""),
        authors=_authors(told.get("author") or told.get("editor") or ""),
        year=int(year[0]) if year else None,
        url=told.get("url", ""),
        doi=told.get("doi", ""),
        keywords=told.get("keywords", ""),
        venue=venue,
        line=_line(entry.start_line),
        left_out=tuple(name for name in told if name not in (*TOLD, *VENUES)),
    )


def _plain(value: str) -> str:
    return " ".join(value.split())


def _authors(text: str) -> str:
    """`Kim, Min-Jun and Émile Zola` as `Min-Jun Kim, Émile Zola`."""
    names: list[str] = []
    for name in re.split(r"\s+and\s+", text):
        last, comma, first = name.partition(",")
        names.append("et al." if name == "others" else f"{first.strip()} {last.strip()}".strip() if comma else name)
    return ", ".join(name for name in names if name)


def _line(start: int | None) -> int:
    return (start or 0) + 1


def _why(block: ParsingFailedBlock) -> str:
    match block:
        case DuplicateFieldKeyBlock():
            return f"a field stands twice in it: {', '.join(sorted(block.duplicate_keys))}"
        case DuplicateBlockKeyBlock():
            return f"its key “{block.key}” was used before"
        case _:
            return "it is no whole entry: a brace or a quotation mark may be missing"


def write(papers: Iterable[Paper]) -> str:
    """The papers as a BibTeX file, in UTF-8; signs that LaTeX would act on are written as plain ones."""
    library = Library([Entry("misc", paper.key, _fields(paper)) for paper in papers])
    form = BibtexFormat()
    form.indent = "  "
    form.trailing_comma = True
    return write_library(library, form)


def _fields(paper: Paper) -> list[Field]:
    author = paper.authors if " and " in paper.authors else " and ".join(paper.authors.split(", "))
    told = {
        "title": paper.title,
        "author": author.replace(" and et al.", " and others"),
        "year": str(paper.year or ""),
        "howpublished": paper.venue,
        "url": paper.url,
        "doi": paper.doi,
        "keywords": paper.keywords,
    }
    return [Field(name, f"{{{_verbatim(value) if name in _VERBATIM else _escaped(value)}}}")
            for name, value in told.items() if value]  # fmt: skip


def _escaped(text: str) -> str:
    return _LIGATURE.sub("{}", "".join(_ESCAPED.get(sign, sign) for sign in text))


def _verbatim(address: str) -> str:
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
