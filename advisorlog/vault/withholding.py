"""Sheets without anything private, for a copy that others may see. When in doubt, left out."""

from collections.abc import Iterable
from dataclasses import replace

from advisorlog.domain.kinds import DocumentKind, Visibility
from advisorlog.store.reading.sheets import (
    DocumentSheet,
    EntrySheet,
    IdeaSheet,
    InboxSheet,
    JudgementsSheet,
    Link,
    MeetingSheet,
    PersonSheet,
    ReadingSheet,
    Sheet,
    StepSheet,
)
from advisorlog.store.reading.whole import link_to


def open_only(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Every sheet that is open, without its private lines and without what refers to those.

    Notes on people and the user's judgements are for the user alone; so are prep sheets and what is expected.
    """
    sheets = list(sheets)
    hidden = set(_hidden(sheets))
    found = (_opened(sheet, hidden) for sheet in sheets if link_to(sheet) not in hidden)
    return [sheet for sheet in found if sheet is not None]


def _hidden(sheets: Iterable[Sheet]) -> Iterable[Link]:
    for sheet in sheets:
        if isinstance(sheet, IdeaSheet | ReadingSheet) and sheet.visibility == Visibility.PRIVATE:
            yield link_to(sheet)
        if isinstance(sheet, MeetingSheet | InboxSheet):
            for entry in sheet.entries:
                if entry.visibility == Visibility.PRIVATE:
                    yield f"{link_to(sheet)}#^{entry.anchor}"


def _opened(sheet: Sheet, hidden: set[Link]) -> Sheet | None:
    match sheet:
        case PersonSheet():
            return replace(sheet, note=None)
        case MeetingSheet():
            return replace(sheet, entries=_lines(sheet, hidden), expect="")
        case InboxSheet():
            return replace(sheet, entries=_lines(sheet, hidden))
        case IdeaSheet():
            return replace(sheet, history=tuple(_step(step, hidden) for step in sheet.history))
        case ReadingSheet():
            return replace(sheet, ideas=tuple(slug for slug in sheet.ideas if f"ideas/{slug}" not in hidden))
        case DocumentSheet():
            if sheet.kind == DocumentKind.PREP:
                return None
            return replace(sheet, cites=tuple(cite for cite in sheet.cites if not _names(cite[0], hidden)))
        case JudgementsSheet():
            return None
        case _:
            return sheet


def _lines(sheet: MeetingSheet | InboxSheet, hidden: set[Link]) -> tuple[EntrySheet, ...]:
    found: list[EntrySheet] = []
    for entry in sheet.entries:
        if entry.visibility == Visibility.PRIVATE:
            continue
        action, step = entry.action, entry.step
        if action and action.root in hidden:
            action = replace(action, root=None)
        answers = None if entry.answers in hidden else entry.answers
        tags = tuple(tag for tag in entry.tags if not (tag[0] == "#" and f"ideas/{tag[2]}" in hidden))
        if len(tags) != len(entry.tags):
            continue  # A line about a private idea would tell that there is one.
        step = _step(step, hidden) if step else None
        found.append(replace(entry, action=action, answers=answers, step=step))
    return tuple(found)


def _step(step: StepSheet, hidden: set[Link]) -> StepSheet:
    return replace(step, evidence=tuple(each for each in step.evidence if not _names(each, hidden)))


def _names(text: str, hidden: set[Link]) -> bool:
    return any(word.rstrip(":") in hidden for word in text.partition(": ")[0].split())
