"""Front matter and body of one file, made into the note that its kind says."""

import re
import unicodedata
from enum import StrEnum

from advisorlog.domain.kinds import IdeaStatus, MeetingStatus, Role, Visibility
from advisorlog.vault import kept
from advisorlog.vault.blocks import Block, BlockKind, SourceLine, split_blocks
from advisorlog.vault.body import AGENDA_HEADINGS, NOTES_HEADINGS, Body, read_body
from advisorlog.vault.fields import Fields
from advisorlog.vault.notes import (
    FreeNote,
    IdeaEventNote,
    IdeaNote,
    InboxNote,
    MeetingNote,
    Note,
    PersonNote,
    ProjectNote,
    ReadingNote,
    SeriesNote,
)
from advisorlog.vault.page import Page
from advisorlog.vault.times import When, find_day, midnight, moment_in, read_when


class NoteKind(StrEnum):
    """The kinds that front matter can name."""

    PROJECT = "project"
    PERSON = "person"
    SERIES = "series"
    MEETING = "meeting"
    IDEA = "idea"
    READING = "reading"
    INBOX = "inbox"
    DOCUMENT = "document"
    JUDGEMENTS = "judgements"


READING_SECTIONS = ("motivation", "solution", "results", "detail", "thoughts")
_PRESENT = ("with", "attendees", "participants", "참석자")
"""The keys under which other people's notes say who was there, ours first."""

_LONGEST_MEETING = 7 * 24 * 60
_SPACE = re.compile(r"\s")
_NOT_IN_A_NAME = re.compile(r"[^\w.]+")


def build(page: Page, fields: Fields) -> Note | None:
    """The note of a page. What is wrong goes to `fields.problems`; a kind that is not ours gives a free note.

    None for a document that is not as it was sent.
    """
    if fields.text("kind") is None:
        return build_free(page, fields)
    match fields.word("kind", NoteKind):
        case NoteKind.PROJECT:
            return _project(page, fields)
        case NoteKind.PERSON:
            return _person(page, fields)
        case NoteKind.SERIES:
            return _series(page, fields)
        case NoteKind.MEETING:
            return _meeting(page, fields)
        case NoteKind.IDEA:
            return _idea(page, fields)
        case NoteKind.READING:
            return _reading(page, fields)
        case NoteKind.INBOX:
            return InboxNote(page.path, page.source, _id(page, fields), _body(page, fields, page.lines).entries)
        case NoteKind.DOCUMENT:
            return kept.document(page, fields)
        case NoteKind.JUDGEMENTS:
            return kept.judgements(page, fields)
        case None:
            return build_free(page, fields)


def slug_of(text: str) -> str:
    """A text as an id: lower case, composed letters of any script, everything else as `-`.

    Not shortened, unlike a slug for people to type: two files with long names must stay two ids.
    """
    composed = unicodedata.normalize("NFC", text).lower()
    return _NOT_IN_A_NAME.sub("-", composed).strip("-._") or "note"


def _id(page: Page, fields: Fields) -> str:
    given = fields.text("id")
    if given is not None:
        return given
    stem = slug_of(page.path.stem)
    fields.warn(fields.line, "there is no `id`: the file's name stands for it", f"Add `id: {stem}`")
    return stem


def _name(page: Page, fields: Fields) -> str:
    """The id of what is named inside lines, as `#slug` or `@handle`."""
    name = _id(page, fields)
    if _SPACE.search(name):
        fields.warn(
            fields.line_of("id"),
            f"`{name}` can't be named in a line: it holds a blank",
            f"Use `{slug_of(name)}`",
        )
    return name


def _project(page: Page, fields: Fields) -> ProjectNote:
    ident = _name(page, fields)
    return ProjectNote(
        page.path,
        page.source,
        ident,
        fields.text("name") or ident,
        fields.text("pitch"),
        fields.text("goal"),
        fields.pairs("glossary"),
        page.text,
    )


def _person(page: Page, fields: Fields) -> PersonNote:
    ident = _name(page, fields)
    return PersonNote(
        page.path,
        page.source,
        ident,
        fields.text("name") or ident,
        fields.text("email"),
        fields.truth("me") or False,
        fields.text("note") or page.text,
    )


def _series(page: Page, fields: Fields) -> SeriesNote:
    ident = _id(page, fields)
    zone = fields.own_zone("zone")
    since = fields.when("since")
    return SeriesNote(
        page.path,
        page.source,
        ident,
        fields.text("title") or ident,
        fields.names("with"),
        fields.word("role", Role),
        fields.name("project"),
        fields.text("rrule"),
        zone,
        (since.at or midnight(since.day, fields.zone)) if since else None,
        fields.whole_number("minutes", 1, _LONGEST_MEETING),
        page.text,
    )


def _meeting(page: Page, fields: Fields) -> MeetingNote | FreeNote:
    fields.own_zone("zone")
    when = fields.when("date")
    if when is None:
        if not fields.has("date"):
            fields.report(fields.line_of("date"), "this meeting has no date", "Add `date: 2022-09-13T14:00-04:00`")
        return build_free(page, fields)
    body = _body(page, fields, page.lines)
    return MeetingNote(
        page.path,
        page.source,
        _id(page, fields),
        when.at or midnight(when.day, fields.zone),
        fields.text("title"),
        fields.name("series"),
        fields.names("with"),
        fields.word("role", Role),
        fields.name("project"),
        fields.whole_number("minutes", 1, _LONGEST_MEETING),
        fields.word("status", MeetingStatus) or MeetingStatus.HELD,
        body.agenda,
        body.entries,
        moment_in(fields.when("ended"), fields.zone),
        fields.text("expect"),
        fields.text("agenda"),
        moment_in(fields.when("stands-for"), fields.zone),
    )


def _idea(page: Page, fields: Fields) -> IdeaNote:
    ident = _name(page, fields)
    fields.own_zone("zone")
    events = tuple(_idea_event(step) for step in fields.tables("history"))
    resolved = fields.when("resolved")
    return IdeaNote(
        page.path,
        page.source,
        ident,
        fields.text("title") or ident,
        fields.text("claim"),
        fields.day("resolve-by"),
        fields.truth("outcome"),
        fields.name("project"),
        fields.word("visibility", Visibility) or Visibility.OPEN,
        tuple(event for event in events if event is not None),
        page.text,
        resolved.day if resolved else None,
        resolved.at if resolved else None,
    )


def _idea_event(step: Fields) -> IdeaEventNote | None:
    """One step of the history; None, with a problem, where it has no day or says neither status nor confidence."""
    when = step.when("on")
    status = step.word("status", IdeaStatus)
    confidence = step.percent("confidence")
    if when is None:
        if not step.has("on"):
            step.report(step.line, "this step of the history has no day", "Add `on: 2022-09-13`")
        return None
    if status is None and confidence is None:
        step.report(step.line, "this step of the history has neither status nor confidence", "Add one of the two")
        return None
    return IdeaEventNote(
        step.line,
        when.day,
        status,
        confidence,
        step.text("because") or "",
        step.texts("evidence"),
        step.truth("mood") or False,
        step.text("revive-if"),
        step.text("revisit-when"),
        step.name("by"),
        when.at,
    )


def _reading(page: Page, fields: Fields) -> ReadingNote:
    fields.own_zone("zone")
    ident = _id(page, fields)
    when = fields.when("date")
    parts, rest = sections(page.lines)
    return ReadingNote(
        page.path,
        page.source,
        ident,
        fields.text("title") or ident,
        fields.texts("authors"),
        fields.whole_number("year", 1000, 2999),
        fields.text("url"),
        fields.text("doi"),
        fields.texts("keywords"),
        fields.names("ideas"),
        fields.names("for"),
        when.day if when else None,
        when.at if when else None,
        fields.word("visibility", Visibility) or Visibility.OPEN,
        *(fields.text(name) or parts.get(name) for name in READING_SECTIONS),
        rest=rest,
    )


def sections(lines: tuple[SourceLine, ...]) -> tuple[dict[str, str], str]:
    """The five parts of a reading, and all lines outside them. A part that comes twice is joined."""
    parts: dict[str, list[str]] = {name: [] for name in READING_SECTIONS}
    rest: list[str] = []
    current, level = rest, 0
    headings = {block.number: block for block in split_blocks(lines) if block.kind is BlockKind.HEADING}
    underline = 0
    for line in lines:
        block = headings.get(line.number)
        if block is not None and block.section in parts:
            current, level = parts[block.section], block.level
            underline = line.number + 1 if len(block.lines) > 1 else 0
            _end_with_blank(current)
            continue
        if line.number == underline:
            continue
        if block is not None and block.level <= level:
            current, level = rest, 0
        current.append(line.text)
    return {name: text for name, text in _joined(parts).items() if text}, "\n".join(rest).strip("\n")


def _end_with_blank(part: list[str]) -> None:
    while part and not part[-1].strip():
        part.pop()
    if part:
        part.append("")


def _joined(parts: dict[str, list[str]]) -> dict[str, str]:
    return {name: "\n".join(lines).strip("\n").rstrip() for name, lines in parts.items()}


def build_free(page: Page, fields: Fields) -> FreeNote:
    """Markdown without our front matter. A heading at its very top is its title, if it has no other."""
    fields.own_zone("zone")
    title = fields.text("title")
    lines = page.lines
    heading = _top_heading(lines)
    if title is None and heading is not None:
        title = heading.title
        last = heading.lines[-1].number
        lines = tuple(line for line in lines if line.number > last)
    body = _body(page, fields, lines)
    when = fields.when("date") or _said_in_body(page.lines, fields.zone)
    day = when.day if when else find_day(page.path.name) or (find_day(heading.title) if heading else None)
    start = when.at if when and when.at else midnight(day, fields.zone) if day else None
    return FreeNote(
        page.path,
        page.source,
        fields.text("id") or slug_of(page.place),
        title,
        day,
        start,
        body.agenda,
        body.entries,
        next((people for key in _PRESENT if (people := fields.loose_names(key))), ()),
    )


def _body(page: Page, fields: Fields, lines: tuple[SourceLine, ...]) -> Body:
    body = read_body(page.path, lines, fields.zone)
    fields.problems += body.problems
    return body


def _top_heading(lines: tuple[SourceLine, ...]) -> Block | None:
    first = next(split_blocks(lines), None)
    if first is None or first.kind is not BlockKind.HEADING or not first.title:
        return None
    return None if first.section in AGENDA_HEADINGS | NOTES_HEADINGS else first


_DATE_LINE = re.compile(r"\W{0,6}(?:date|when|날짜|일시|日期)\W{0,3}[:：]\W{0,4}(\d\S*(?:[ ]\d\S*)?)", re.IGNORECASE)
_LINES_FOR_A_DATE = 10


def _said_in_body(lines: tuple[SourceLine, ...], zone: str) -> When | None:
    """A line such as `Date: 2022-09-13` or `**Date:** 2022-09-13 14:00` near the top."""
    for line in [line for line in lines[:50] if line.text.strip()][:_LINES_FOR_A_DATE]:
        if (said := _DATE_LINE.match(line.text[:200])) and (when := _when(said[1], zone)):
            return when
    return None


def _when(text: str, zone: str) -> When | None:
    return read_when(text.rstrip("*_.,;)"), zone) or read_when(text.split()[0].rstrip("*_.,;)"), zone)
