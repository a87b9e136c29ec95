"""Sheets as JSON, for keeping one beside a file's bytes."""

import json
from dataclasses import fields
from functools import cache
from typing import Any, cast

from advisorlog.store.reading.sheets import (
    ActionSheet,
    ActionStepSheet,
    AttachmentSheet,
    DocumentSheet,
    EntrySheet,
    GuessSheet,
    IdeaSheet,
    InboxSheet,
    JudgementsSheet,
    MeetingSheet,
    PersonSheet,
    PinSheet,
    ProjectSheet,
    ReadingSheet,
    SeriesSheet,
    Sheet,
    StepSheet,
    TensionSheet,
)

_KINDS: dict[str, type[Sheet]] = {
    kind.__name__: kind
    for kind in (
        PersonSheet, ProjectSheet, SeriesSheet, IdeaSheet, ReadingSheet, MeetingSheet, InboxSheet, DocumentSheet,
        JudgementsSheet,
    )
}  # fmt: skip
_PARTS: dict[tuple[str, str], type] = {
    ("IdeaSheet", "history"): StepSheet,
    ("MeetingSheet", "entries"): EntrySheet,
    ("InboxSheet", "entries"): EntrySheet,
    ("EntrySheet", "action"): ActionSheet,
    ("EntrySheet", "step"): StepSheet,
    ("ActionSheet", "steps"): ActionStepSheet,
    ("JudgementsSheet", "tensions"): TensionSheet,
    ("JudgementsSheet", "guesses"): GuessSheet,
    ("JudgementsSheet", "pins"): PinSheet,
    ("JudgementsSheet", "attachments"): AttachmentSheet,
}


def dump(sheet: Sheet) -> str:
    """The sheet as JSON that `load` reads."""
    return json.dumps([type(sheet).__name__, sheet], ensure_ascii=False, separators=(",", ":"), default=_named_fields)


def _named_fields(part: Any) -> dict[str, Any]:
    """A part of a sheet as a mapping; `dataclasses.asdict` would copy every value that it holds first."""
    return {name: getattr(part, name) for name in _names(part.__class__)}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def load(text: str | None) -> Sheet | None:
    """The sheet that `dump` wrote; None where there is none, or another version wrote it."""
    if not text:
        return None
    try:
        kind, values = json.loads(text)
        return _built(_KINDS[kind], values)
    except (ValueError, KeyError, TypeError):
        return None


def _built(kind: type, values: dict[str, Any]) -> Any:
    return kind(**{name: _value(kind, name, value) for name, value in values.items()})


def _value(kind: type, name: str, value: Any) -> Any:
    part = _PARTS.get((kind.__name__, name))
    if isinstance(value, list):
        items = cast(list[Any], value)
        return tuple(_tuples(each) if part is None else _built(part, each) for each in items)
    return value if part is None or value is None else _built(part, value)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in cast(list[Any], value)) if isinstance(value, list) else value
