"""A record as a whole Markdown file: front matter key by key, then its body. Pure: a sheet in, text out."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from advisorlog.domain.file_names import attachment_name
from advisorlog.domain.moments import moment
from advisorlog.store.reading.sheets import (
    DocumentSheet,
    IdeaSheet,
    InboxSheet,
    JudgementsSheet,
    MeetingSheet,
    PersonSheet,
    ProjectSheet,
    ReadingSheet,
    SeriesSheet,
    Sheet,
    StepSheet,
)
from advisorlog.vault.blocks import split_lines
from advisorlog.vault.body import read_body
from advisorlog.vault.exactly import linked
from advisorlog.vault.lines_out import LinesOut, is_simple
from advisorlog.vault.records import READING_SECTIONS, sections
from advisorlog.vault.surroundings import ATTACHMENTS, Surroundings
from advisorlog.vault.times import stamp
from advisorlog.vault.yaml_out import inline, scalar

_NOWHERE = Path("page.md")
Keys = dict[str, list[str]]
"""The lines of each key of a front matter, in order; a key without lines is not written."""


def page(sheet: Sheet, around: Surroundings) -> str:
    """The file of a record that has none yet."""
    matter = [line for lines in keys(sheet, around).values() for line in lines]
    return "\n".join(["---", *matter, "---", *body(sheet, around)]) + "\n"


def keys(sheet: Sheet, around: Surroundings) -> Keys:
    """The front matter of a record."""
    return _KEYS[type(sheet)](sheet, around)


def body(sheet: Sheet, around: Surroundings) -> list[str]:
    """The lines below the front matter."""
    match sheet:
        case MeetingSheet():
            lines = LinesOut(sheet, around).all()
            return [*agenda(sheet), *(["## Notes", *lines] if lines else [])]
        case InboxSheet():
            return LinesOut(sheet, around).all()
        case PersonSheet():
            return sheet.note.split("\n") if sheet.note and _is_plain_body(sheet.note) else []
        case ReadingSheet():
            plain = plain_sections(sheet)
            return [line for name in READING_SECTIONS if name in plain for line in _section(name, plain[name])]
        case DocumentSheet():
            return sheet.body.split("\n") if _is_plain_document(sheet) else []
        case JudgementsSheet():
            return ["What the log keeps beside its meetings and ideas: each item links to the lines that it is about."]
        case _:
            return []


def agenda(sheet: MeetingSheet) -> list[str]:
    """The agenda below its heading, where a list reads back to the same text."""
    if not sheet.agenda:
        return []
    lines = ["## Agenda", *(f"- {line}" for line in sheet.agenda.split("\n"))]
    if "\r" in sheet.agenda or "\0" in sheet.agenda:
        return []
    read = read_body(_NOWHERE, split_lines("\n".join([*lines, "## Notes", "- end"])), "UTC")
    same = "\n".join(item.text for item in read.agenda) == sheet.agenda and len(read.entries) == 1
    return lines if same else []


def _is_plain_body(text: str) -> bool:
    return text == text.strip("\n") and not set(text) & set("\r\0\ufeff") and bool(text.strip())


def _is_plain_document(sheet: DocumentSheet) -> bool:
    return "\0" not in sheet.body and not sheet.body.startswith("\ufeff") and "\r" not in sheet.body


def plain_sections(sheet: ReadingSheet) -> dict[str, str]:
    """The parts that read back from below their headings; others stand in the front matter."""
    wanted = {name: text for name in READING_SECTIONS if (text := getattr(sheet, name))}
    plain = {name: text for name, text in wanted.items() if not set(text) & set("\r\0\ufeff")}
    while plain:
        lines = [line for name, text in plain.items() for line in _section(name, text)]
        found, rest = sections(tuple(split_lines("\n".join(lines))))
        if found == plain and not rest.strip():
            return plain
        wrong = next((name for name in plain if found.get(name) != plain[name]), next(iter(plain)))
        del plain[wrong]
    return {}


def _section(name: str, text: str) -> list[str]:
    return [f"## {name.capitalize()}", "", *text.split("\n"), ""]


class _Matter:
    """Front matter under construction."""

    def __init__(self, kind: str, ident: str) -> None:
        self.keys: Keys = {"kind": [f"kind: {kind}"], "id": [f"id: {scalar(ident)}"]}

    def text(self, key: str, value: str | int | None) -> None:
        if value is not None and value != "":
            self.keys[key] = [f"{key}: {value if isinstance(value, int) else scalar(value)}"]

    def bare(self, key: str, value: str | None) -> None:
        """A word, a day or a number of ours."""
        if value is not None:
            self.keys[key] = [f"{key}: {value}"]

    def list(self, key: str, values: Iterable[str]) -> None:
        if items := list(values):
            self.keys[key] = [f"{key}: {inline(items)}"]

    def tables(self, key: str, tables: Sequence[Sequence[str]]) -> None:
        if tables:
            lines = [f"{'  - ' if n == 0 else '    '}{line}" for table in tables for n, line in enumerate(table)]
            self.keys[key] = [f"{key}:", *lines]


def _person(sheet: PersonSheet, around: Surroundings) -> Keys:
    matter = _Matter("person", sheet.handle)
    matter.text("name", sheet.name)
    matter.text("email", sheet.email)
    matter.bare("me", "true" if sheet.is_me else None)
    matter.text("note", sheet.note if sheet.note and not _is_plain_body(sheet.note) else None)
    return matter.keys


def _project(sheet: ProjectSheet, around: Surroundings) -> Keys:
    matter = _Matter("project", sheet.slug)
    matter.text("name", sheet.name)
    matter.text("pitch", sheet.pitch)
    matter.text("goal", sheet.goal)
    if sheet.glossary:
        terms = [f"  {scalar(term)}: {scalar(meaning)}" for term, meaning in sheet.glossary]
        matter.keys["glossary"] = ["glossary:", *terms]
    return matter.keys


def _people(people: Iterable[str], around: Surroundings) -> list[str]:
    return [around.link(f"people/{handle}") or handle for handle in people]


def _series(sheet: SeriesSheet, around: Surroundings) -> Keys:
    matter = _Matter("series", sheet.slug)
    matter.text("title", sheet.title)
    matter.list("with", _people(sheet.people, around))
    matter.bare("role", sheet.role)
    matter.text("project", around.link(sheet.project and f"projects/{sheet.project}"))
    matter.text("rrule", sheet.rrule)
    matter.text("zone", sheet.zone)
    zone = sheet.zone or "UTC"
    matter.bare("since", stamp(moment(sheet.starts_at, zone), zone) if sheet.starts_at else None)
    matter.text("minutes", sheet.minutes)
    return matter.keys


def _idea(sheet: IdeaSheet, around: Surroundings) -> Keys:
    matter = _Matter("idea", sheet.slug)
    matter.text("title", sheet.title)
    matter.text("claim", sheet.claim)
    matter.bare("resolve-by", sheet.resolve_by)
    matter.bare("outcome", None if sheet.outcome is None else str(sheet.outcome).lower())
    matter.bare("resolved", sheet.resolved_at)
    matter.text("project", around.link(sheet.project and f"projects/{sheet.project}"))
    matter.bare("visibility", sheet.visibility if sheet.visibility != "open" else None)
    zone = sheet.history[0].zone if sheet.history else "UTC"
    matter.text("zone", zone if sheet.history else None)
    matter.tables("history", [_step(step, zone, around) for step in sheet.history])
    return matter.keys


def _step(step: StepSheet, zone: str, around: Surroundings) -> list[str]:
    matter = _Matter("", "")
    matter.keys.clear()
    matter.bare("on", stamp(moment(step.at, step.zone), zone))
    matter.bare("status", step.status)
    matter.bare("confidence", None if step.confidence is None else str(step.confidence))
    matter.text("because", step.because)
    matter.list("evidence", [evidence_out(each, around) for each in step.evidence])
    matter.bare("mood", "true" if step.mood else None)
    matter.text("revive-if", step.revive_if)
    matter.text("revisit-when", step.revisit_when)
    if step.by != around.me:
        matter.text("by", (around.link(f"people/{step.by}") if step.by else None) or "nobody")
    return [line for lines in matter.keys.values() for line in lines]


def evidence_out(evidence: str, around: Surroundings) -> str:
    """Links and words; a backslash before words that would be read as a link or as a line of the log."""
    head, _, words = evidence.partition(": ") if ": " in evidence else (evidence.rstrip(":"), "", "")
    links = " ".join(linked(link) for link in head.split())
    if links:
        escape = "\\" if words.startswith(("[[", "\\")) else ""
        return f"{links} {escape}{words}" if words else links
    looks = words.startswith(("[[", "\\")) or words != words.strip() or f"readings/{words.casefold()}" in around.titles
    return f"\\{words}" if looks or around.begins_a_line(words) else words


def _reading(sheet: ReadingSheet, around: Surroundings) -> Keys:
    matter = _Matter("reading", sheet.slug)
    plain = plain_sections(sheet)
    matter.text("title", sheet.title)
    matter.list("authors", _parts(sheet.authors))
    matter.text("year", sheet.year)
    matter.text("url", sheet.url)
    matter.text("doi", sheet.doi)
    matter.list("keywords", _parts(sheet.keywords))
    matter.list("ideas", [around.link(f"ideas/{slug}") or slug for slug in sheet.ideas])
    matter.list("for", _people(sheet.people, around))
    matter.bare("visibility", sheet.visibility if sheet.visibility != "open" else None)
    matter.text("zone", sheet.zone)
    matter.bare("date", stamp(moment(sheet.at, sheet.zone), sheet.zone))
    for name in READING_SECTIONS:
        matter.text(name, getattr(sheet, name) if name not in plain else None)
    return matter.keys


def _parts(text: str | None) -> list[str]:
    """A text that names several, as a list where that joins to the same text."""
    parts = text.split(", ") if text else []
    return parts if all(part and is_simple(part) for part in parts) else [text or ""]


def _meeting(sheet: MeetingSheet, around: Surroundings) -> Keys:
    matter = _Matter("meeting", sheet.slug)
    matter.text("title", sheet.title)
    matter.text("series", around.link(sheet.series and f"series/{sheet.series}"))
    matter.list("with", _people(sheet.people, around))
    matter.bare("role", sheet.role)
    matter.text("project", around.link(sheet.project and f"projects/{sheet.project}"))
    matter.bare("date", stamp(moment(sheet.starts_at, sheet.zone), sheet.zone))
    matter.text("zone", sheet.zone)
    matter.text("minutes", sheet.minutes)
    matter.bare("status", sheet.status)
    moved = moment(sheet.stands_for, sheet.zone) if sheet.stands_for else None
    matter.bare("stands-for", stamp(moved, sheet.zone) if moved else None)
    matter.bare("ended", stamp(moment(sheet.ended_at, sheet.zone), sheet.zone) if sheet.ended_at else None)
    matter.text("expect", sheet.expect)
    matter.text("agenda", sheet.agenda if not agenda(sheet) else None)
    tagged = dict.fromkeys(
        target for entry in sheet.entries for mark, _, target in entry.tags if mark == "#" and target
    )
    matter.list("mentions", [around.link(f"ideas/{slug}") or slug for slug in tagged])
    return matter.keys


def _inbox(sheet: InboxSheet, around: Surroundings) -> Keys:
    return _Matter("inbox", sheet.slug).keys


def _document(sheet: DocumentSheet, around: Surroundings) -> Keys:
    matter = _Matter("document", sheet.slug)
    matter.bare("document", sheet.kind)
    matter.text("title", sheet.title)
    matter.text("format", sheet.format)
    matter.text("series", around.link(sheet.series and f"series/{sheet.series}"))
    matter.text("meeting", around.link(sheet.meeting and f"meetings/{sheet.meeting}"))
    matter.list("to", _people(sheet.to, around))
    matter.text("zone", sheet.zone)
    matter.bare("as-of", sheet.as_of)
    matter.bare("sent", stamp(moment(sheet.sent_at, sheet.zone), sheet.zone))
    matter.text("supersedes", around.link(sheet.supersedes and f"documents/{sheet.supersedes}"))
    matter.text("sha256", sheet.sha256)
    cites = [[f"record: {scalar(link)}", f"section: {scalar(section)}"] for link, section in sheet.cites]
    matter.tables("cites", cites)
    matter.text("body", sheet.body if not _is_plain_document(sheet) else None)
    return matter.keys


def _judgements(sheet: JudgementsSheet, around: Surroundings) -> Keys:
    matter = _Matter("judgements", sheet.slug)
    matter.tables("tensions", [_table(
        first=linked(each.first), second=linked(each.second), found=_said(each.found_at, each.zone), cause=each.cause,
        because=each.because, resolved=each.resolved_at, question=each.question and linked(each.question),
    ) for each in sheet.tensions])  # fmt: skip
    guesses: list[list[str]] = []
    for each in sheet.guesses:
        table = _table(
            advice=linked(each.advice), question=each.question, asked=_said(each.asked_at, each.zone),
            verdict=each.verdict, real_reason=each.real_reason, resolved=each.resolved_at,
        )  # fmt: skip
        guesses.append([*table, f"reasons: {inline(linked(reason) for reason in each.reasons)}"])
    matter.tables("guesses", guesses)
    matter.tables("pins", [
        _table(meeting=around.link(f"meetings/{each.meeting}"), record=each.record, choice=each.choice)
        for each in sheet.pins
    ])  # fmt: skip
    matter.tables("attachments", [_table(
        file=linked(f"{ATTACHMENTS}/{attachment_name(each.sha256, each.name)}"), sha256=each.sha256, name=each.name,
        media_type=each.media_type, size=str(each.size), of=each.belongs_to and linked(each.belongs_to),
        visibility=each.visibility, at=_said(each.at, each.zone),
    ) for each in sheet.attachments])  # fmt: skip
    return matter.keys


def _said(at: str, zone: str) -> str:
    return stamp(moment(at, zone), "")


def _table(**texts: str | None) -> list[str]:
    return [f"{key.replace('_', '-')}: {scalar(text)}" for key, text in texts.items() if text]


_KEYS: dict[type, Callable[[Any, Surroundings], Keys]] = {
    PersonSheet: _person,
    ProjectSheet: _project,
    SeriesSheet: _series,
    IdeaSheet: _idea,
    ReadingSheet: _reading,
    MeetingSheet: _meeting,
    InboxSheet: _inbox,
    DocumentSheet: _document,
    JudgementsSheet: _judgements,
}
