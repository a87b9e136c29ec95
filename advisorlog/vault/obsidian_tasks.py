"""What the Tasks plugin of Obsidian writes into a task's line: dates behind signs, or as `[due:: 2026-12-01]`.

<https://publish.obsidian.md/tasks/Reference/Task+Formats/About+Task+Formats>. The words stay as they are; what has a
place in a record is read out of them, the rest is named so that a report can count it.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from advisorlog.domain.grammar import Line, parse
from advisorlog.domain.kinds import ActionState, EntryKind, Visibility
from advisorlog.vault.times import read_day

_SIGNS = {
    "📅": "due",
    "📆": "due",
    "🗓": "due",
    "⏳": "scheduled",
    "⌛": "scheduled",
    "🛫": "start",
    "➕": "created",
    "✅": "completion",
    "❌": "cancelled",
    "🔁": "repeat",
    "🔺": "priority",
    "⏫": "priority",
    "🔼": "priority",
    "🔽": "priority",
    "⏬": "priority",
    "🆔": "id",
    "⛔": "dependsOn",
    "🏁": "onCompletion",
}
_FIELDS = {name.lower(): name for name in _SIGNS.values()}
_SIGN = re.compile(rf"({'|'.join(_SIGNS)})\ufe0f?[ \t]*(\d{{4}}-\d\d-\d\d)?", re.ASCII)
_FIELD = re.compile(r"[\[(][ \t]?([A-Za-z]{2,12})::[ \t]?([^\[\]()\n]{1,120})[\])]")
_DATED = frozenset({"due", "completion", "cancelled", "created"})
_BOX = re.compile(r"\[([-/])\][ \t]+(?=\S)")


@dataclass(frozen=True, slots=True)
class TaskMarks:
    """The dates of a task that a record has a place for, and the names of the marks that only its words keep."""

    due: date | None = None
    done: date | None = None
    dropped: date | None = None
    kept: tuple[str, ...] = ()
    created: date | None = None

    def closed_on(self, state: ActionState) -> date | None:
        return self.done if state is ActionState.DONE else self.dropped


def read_marks(text: str) -> TaskMarks:
    """The marks of a task's words, in either form; the first of each name counts."""
    days: dict[str, date] = {}
    kept: dict[str, None] = {}
    found = [(_SIGNS[sign[1]], sign[2]) for sign in _SIGN.finditer(text)]
    found += [(_FIELDS.get(field[1].lower(), ""), field[2].strip()) for field in _FIELD.finditer(text)]
    for name, value in found:
        if not name:
            continue
        day = read_day(value) if value else None
        if name in _DATED and day is not None:
            days.setdefault(name, day)
        else:
            kept.setdefault(name)
    return TaskMarks(days.get("due"), days.get("completion"), days.get("cancelled"), tuple(kept), days.get("created"))


def as_task(line: Line) -> Line:
    """A line with a box of this plugin as a TODO: `[/]` is begun, `[-]` is dropped. Any other line as it is."""
    if line.kind is not EntryKind.NOTE or line.lead or (box := _BOX.match(line.text)) is None:
        return line
    marked = parse(f"[ ] {line.text[box.end() :]}")
    if marked.is_empty:
        return line
    is_private = Visibility.PRIVATE in (line.visibility, marked.visibility)
    visibility = Visibility.PRIVATE if is_private else Visibility.OPEN
    return replace(marked, lead=box[0] + marked.lead.removeprefix("[ ] "), visibility=visibility)


def closed_as(line: Line) -> ActionState | None:
    """How a TODO's box says that it is over; None where it is open."""
    if line.kind is not EntryKind.TODO:
        return None
    if line.checked:
        return ActionState.DONE
    return ActionState.DROPPED if line.lead.startswith("[-]") else None
