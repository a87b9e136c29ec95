"""What a page must know of the other records: how they are called, which lines are linked to, and who is who."""

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from advisorlog.domain.file_names import file_name
from advisorlog.store.reading.sheets import (
    DocumentSheet,
    EntrySheet,
    IdeaSheet,
    InboxSheet,
    JudgementsSheet,
    Link,
    MeetingSheet,
    PersonSheet,
    ProjectSheet,
    Sheet,
)
from advisorlog.store.reading.whole import link_to
from advisorlog.vault.exactly import linked

ATTACHMENTS = "attachments"
"""The folder of a vault in which the attached files lie."""


def file_names(sheets: Iterable[Sheet]) -> dict[Link, str]:
    """Each sheet's place below the folder, such as `meetings/2026-01-13-ruth-weekly.md`; no two differ only in case."""
    taken: Counter[str] = Counter()
    names: dict[Link, str] = {}
    for sheet in sheets:
        link = link_to(sheet)
        folder, _, slug = link.rpartition("/") if not isinstance(sheet, InboxSheet) else ("", "", link)
        place = f"{folder}/{file_name(slug)}" if folder else file_name(slug)
        key = unicodedata.normalize("NFC", place).casefold()
        taken[key] += 1
        while taken[key] > 1:
            again = f"{place}-{taken[key]}"
            if not taken[again.casefold()]:
                taken[again.casefold()] += 1
                place = again
                break
            taken[key] += 1
        names[link] = f"{place}.md"
    return names


@dataclass(frozen=True, slots=True)
class Surroundings:
    """See the module. `anchored` are the lines that something links to."""

    me: str
    titles: dict[Link, str]
    projects_of_ideas: dict[str, str | None]
    anchored: frozenset[Link]
    texts: Sequence[str]
    places: Mapping[Link, str] = field(default_factory=dict[Link, str])
    """Where each record's file is, below the folder and without its ending, if elsewhere than its link says."""

    def link(self, target: Link | None) -> str | None:
        """A record as a link; its plain id where no file can have that name."""
        if target is None:
            return None
        slug = target.rpartition("/")[2]
        place = self.places.get(target, target)
        if file_name(slug) != slug or place.rpartition("/")[2] != slug:
            return slug
        return linked(place, self.titles.get(target))

    def begins_a_line(self, text: str) -> bool:
        """Whether some line of the log begins with these words: quoting them would be read as that line."""
        wanted = text.lower()
        at = bisect_left(self.texts, wanted)
        return at < len(self.texts) and self.texts[at].startswith(wanted)


def surroundings(sheets: Sequence[Sheet], places: Mapping[Link, str] | None = None) -> Surroundings:
    """Gathered from all sheets at once."""
    me = next((sheet.handle for sheet in sheets if isinstance(sheet, PersonSheet) and sheet.is_me), "me")
    titles = {link_to(sheet): title for sheet in sheets if (title := _title(sheet))}
    projects = {sheet.slug: sheet.project for sheet in sheets if isinstance(sheet, IdeaSheet)}
    anchored: set[Link] = set()
    texts: list[str] = []
    for sheet in sheets:
        anchored.update(_links(sheet))
        if isinstance(sheet, MeetingSheet | InboxSheet):
            texts += [entry.text.lower() for entry in sheet.entries]
    return Surroundings(me, titles, projects, frozenset(anchored), sorted(texts), places or {})


def _title(sheet: Sheet) -> str | None:
    match sheet:
        case PersonSheet() | ProjectSheet():
            return sheet.name
        case InboxSheet() | JudgementsSheet():
            return None
        case _:
            return sheet.title


def _links(sheet: Sheet) -> Iterable[Link]:
    """The lines that a sheet names. Roots and answers in their own meeting are quoted where they can be."""
    match sheet:
        case MeetingSheet() | InboxSheet():
            for entry in sheet.entries:
                yield from _entry_links(entry)
        case IdeaSheet():
            for step in sheet.history:
                yield from (link for each in step.evidence for link in line_links(each))
        case DocumentSheet():
            yield from (link for cite, _ in sheet.cites for link in line_links(cite))
        case JudgementsSheet():
            for tension in sheet.tensions:
                yield from (link for link in (tension.first, tension.second, tension.question) if link)
            for guess in sheet.guesses:
                yield from (guess.advice, *guess.reasons)
            yield from (link for pin in sheet.pins for link in line_links(pin.record))
            yield from (each.belongs_to for each in sheet.attachments if each.belongs_to)
        case _:
            return


def _entry_links(entry: EntrySheet) -> Iterable[Link]:
    if entry.answers:
        yield entry.answers
    if entry.action and entry.action.root:
        yield entry.action.root
    if entry.step:
        yield from (link for each in entry.step.evidence for link in line_links(each))


def line_links(text: str) -> list[Link]:
    """The line that `event meetings/x#^log-1a2b3c4d: words` names, if it names one."""
    return [word.rstrip(":") for word in text.split(": ")[0].split() if "#^log-" in word]
