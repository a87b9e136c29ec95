"""Reading notes: papers as evidence, in five parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import select

from advisorlog.domain.kinds import Visibility
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError
from advisorlog.store.tables import Reading, ReadingIdea, ReadingPerson
from advisorlog.workflow import people
from advisorlog.workflow.changing import Change, changing
from advisorlog.workflow.naming import chosen_slug

PARTS = ("motivation", "solution", "results", "detail", "thoughts")
"""What a reading is noted in: why, how, what came out, what to remember, and what one thinks of it."""


@dataclass(frozen=True, slots=True)
class ReadingFields:
    """What is to be said of a reading; None leaves it as it is, an empty text takes it out.

    `ideas` and `readers` add what it is evidence for, and whom it is for.
    """

    title: str | None = None
    authors: str | None = None
    year: int | None = None
    url: str | None = None
    doi: str | None = None
    keywords: str | None = None
    motivation: str | None = None
    solution: str | None = None
    results: str | None = None
    detail: str | None = None
    thoughts: str | None = None
    visibility: Visibility | None = None
    ideas: Sequence[str] = ()
    readers: Sequence[str] = ()


_TEXTS = ("authors", "url", "doi", "keywords", *PARTS)


def new(log: Path, now: Moment, title: str, slug: str | None, fields: ReadingFields) -> str:
    """Add a reading; returns its slug."""
    is_private = fields.visibility is Visibility.PRIVATE
    with changing(log, f"reading new {'(private)' if is_private else title}", now) as change:
        return add(change, title, slug, fields)


def add(change: Change, title: str, slug: str | None, fields: ReadingFields) -> str:
    """The same within a change that is under way."""
    taken = change.session.exec(select(Reading.slug)).all()
    chosen = chosen_slug("reading", title, slug, taken)
    row = Reading(slug=chosen, title=title.strip(), at=change.now.stored, zone=change.now.zone)
    fill(change, row, fields)
    return row.slug


def edit(log: Path, now: Moment, name: str, fields: ReadingFields) -> str:
    """Change what is said of a reading; returns its slug."""
    with changing(log, f"reading edit {name}", now) as change:
        row = change.get(Reading, change.resolve("reading", name))
        fill(change, row, fields)
        return row.slug


def remove(log: Path, now: Moment, name: str) -> str:
    """Take a reading out. Returns its slug."""
    with changing(log, f"reading rm {name}", now) as change:
        row = change.get(Reading, change.resolve("reading", name))
        change.remove(row)
        return row.slug


def fill(change: Change, row: Reading, fields: ReadingFields) -> None:
    """Say what the fields say of a reading, and write it."""
    if fields.title is not None:
        if not fields.title.strip():
            raise AdvisorlogError("A reading needs a title", "Give one, or leave it as it is")
        row.title = fields.title.strip()
    for name in _TEXTS:
        text: str | None = getattr(fields, name)
        if text is not None:
            setattr(row, name, text.strip() or None)
    if fields.year is not None:
        row.year = fields.year or None
    if fields.visibility is not None:
        row.visibility = fields.visibility
    reading_id = change.add(row)
    for slug in fields.ideas:
        _support(change, reading_id, change.resolve("idea", slug.removeprefix("#")))
    for name in fields.readers:
        _recommend(change, reading_id, people.known_or_new(change, name)[0])


def _support(change: Change, reading_id: int, idea_id: int) -> None:
    known = select(ReadingIdea).where(ReadingIdea.reading_id == reading_id, ReadingIdea.idea_id == idea_id)
    if change.session.exec(known).first() is None:
        change.add(ReadingIdea(reading_id=reading_id, idea_id=idea_id))


def _recommend(change: Change, reading_id: int, person_id: int) -> None:
    known = select(ReadingPerson).where(ReadingPerson.reading_id == reading_id, ReadingPerson.person_id == person_id)
    if change.session.exec(known).first() is None:
        change.add(ReadingPerson(reading_id=reading_id, person_id=person_id))
