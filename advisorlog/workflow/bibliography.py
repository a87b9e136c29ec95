"""Readings from a BibTeX file, and as one."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import select

from advisorlog.domain.kinds import Visibility
from advisorlog.domain.moments import Moment
from advisorlog.domain.slug import slugify
from advisorlog.store.reading import readings as reader
from advisorlog.store.reading.rows import Reading as Read
from advisorlog.store.tables import Reading
from advisorlog.vault import bibtex
from advisorlog.vault.bibtex import Paper
from advisorlog.workflow import readings
from advisorlog.workflow.changing import Change, changing
from advisorlog.workflow.readings import ReadingFields


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """A paper that is a reading now; not `is_new` where one with its key or its DOI was there."""

    slug: str
    is_new: bool


def bring_in(log: Path, now: Moment, papers: Sequence[Paper], fields: ReadingFields) -> list[BroughtIn]:
    """Make readings of papers, as one change; what is noted of one that is there already stays, gaps are filled.

    `fields` say what they are evidence for, whom they are for, and whether they are private. Raises NotFound where
    such an idea is not there.
    """
    with changing(log, f"reading new, {len(papers)} from BibTeX", now) as change:
        return [_bring_in(change, paper, fields) for paper in papers]


def _bring_in(change: Change, paper: Paper, fields: ReadingFields) -> BroughtIn:
    known = _known(change, paper)
    told = replace(
        fields,
        authors=paper.authors or None,
        year=paper.year,
        url=paper.url or None,
        doi=paper.doi or None,
        keywords=paper.keywords or None,
        detail=f"In: {paper.venue}" if paper.venue else None,
    )
    if known is None:
        return BroughtIn(readings.add(change, paper.title, _slug(change, paper.key), told), is_new=True)
    gaps = {name: getattr(told, name) for name in _FILLED if not getattr(known, name)}
    readings.fill(change, known, replace(fields, visibility=None, **gaps))
    return BroughtIn(known.slug, is_new=False)


_FILLED = ("authors", "year", "url", "doi", "keywords")


def _known(change: Change, paper: Paper) -> Reading | None:
    """The reading with the paper's DOI, else with its key as short name and the same title."""
    rows = change.session.exec(select(Reading)).all()
    doi = plain_doi(paper.doi)
    for row in rows:
        if doi and plain_doi(row.doi or "") == doi:
            return row
    same = (
        row for row in rows if row.slug == _short_name(paper.key) and row.title.casefold() == paper.title.casefold()
    )
    return next(same, None)


def plain_doi(said: str) -> str:
    """`10.1145/3458817.3476223`, whether it was said alone or as an address."""
    doi = said.strip().casefold()
    for lead in ("https://", "http://", "dx.doi.org/", "doi.org/", "doi:"):
        doi = doi.removeprefix(lead).strip()
    return doi


def _slug(change: Change, key: str) -> str | None:
    """The paper's key as a short name, where that is free and can be one."""
    slug = _short_name(key)
    taken = change.connection.execute("SELECT 1 FROM reading WHERE slug = ?", (slug,)).fetchone()
    return slug if slug and taken is None else None


def _short_name(key: str) -> str:
    try:
        return slugify(key)
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """Readings as a BibTeX file, and how many private ones it is without."""

    text: str
    count: int
    withheld: int


def written(connection: sqlite3.Connection) -> Bibliography:
    """The open readings: what they are and where they are, without a word of what is noted of them."""
    found = reader.readings(connection)
    told = sorted((each for each in found if each.visibility is Visibility.OPEN), key=lambda each: each.slug)
    return Bibliography(bibtex.write(map(_paper, told)), len(told), len(found) - len(told))


def _paper(found: Read) -> Paper:
    venue = (found.detail or "").split("\n")[0]
    return Paper(
        found.slug,
        found.title,
        found.authors or "",
        found.year,
        found.url or "",
        found.doi or "",
        found.keywords or "",
        venue.removeprefix("In: ") if venue.startswith("In: ") else "",
        1,
    )


def left_out(papers: Iterable[Paper]) -> Counter[str]:
    """The fields that a reading has no place for, and how often each stands in a file."""
    return Counter(name for paper in papers for name in paper.left_out)
