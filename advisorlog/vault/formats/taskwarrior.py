"""Taskwarrior's JSON export (`task export`): a list of tasks, times in UTC."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast

from advisorlog.domain.kinds import ActionState, EntryKind, Visibility
from advisorlog.domain.moments import Moment, moment_of
from advisorlog.vault.formats.format import Format, Head, SourceFile
from advisorlog.vault.formats.json_items import BrokenJson, objects, shown
from advisorlog.vault.notes import Item, ListNote

_HEAD = re.compile(r"\s*\[?\s*\{")
_FIELDS = ('"uuid":', '"status":', '"description":')
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z", re.ASCII)
_OURS = {"uuid", "description", "entry", "end", "status"}
_BOOKKEEPING = {"id", "urgency", "modified", "mask", "imask", "parent", "rtype", "last", "template"}
_CLOSED = {"completed": ActionState.DONE, "deleted": ActionState.DROPPED}


def _claims(head: Head) -> bool:
    text = head.text.replace('" :', '":')
    return bool(_HEAD.match(text)) and all(field in text for field in _FIELDS)


def read(file: SourceFile) -> ListNote | None:
    """Tasks as TODOs with their history; what has no place in one stands in lines below its words.

    A task of the status `recurring` is only the pattern of others: it comes in as a note.
    """
    text = file.text_or_problem()
    if text is None:
        return None
    items: list[Item] = []
    lines: dict[str, int] = {}
    kept: Counter[str] = Counter()
    try:
        for line, task in objects(text, on_half=file.warn_of_half):
            item = _item(file, line, task, kept)
            if item is None:
                continue
            if (first := lines.setdefault(item.key, line)) != line:
                file.fail(line, f"the task of line {first} again (its `uuid`)", "Only the first came in: leave one out")
                continue
            items.append(item)
    except BrokenJson as broken:
        came_in = f"the {len(items)} tasks before it came in" if items else "nothing came in"
        file.fail(broken.line, f"{broken.message}; {came_in}", "Export it again: `task export > tasks.json`")
        if not items:
            return None
    return file.listing(FORMAT.name, items, kept)


def _item(file: SourceFile, line: int, task: dict[str, Any], kept: Counter[str]) -> Item | None:
    uuid, words = task.get("uuid"), task.get("description")
    if not isinstance(uuid, str) or not isinstance(words, str) or not words.strip():
        file.fail(line, "a task without `uuid` or `description`", "Left out: export it again from Taskwarrior")
        return None
    at = _moment(task.get("entry"), file.zone)
    due = _moment(task.get("due"), file.zone)
    status = task.get("status")
    fields = list(_fields(task, due, file.zone))
    kept.update({name for name, _ in fields})
    tags = _texts(task.get("tags"))
    return Item(
        uuid.lower(),
        line,
        "\n".join([words, *(f"{name}: {value}" for name, value in fields)]),
        EntryKind.NOTE if status == "recurring" else EntryKind.TODO,
        at,
        Visibility.PRIVATE if any(tag.lower() == "private" for tag in tags) else Visibility.OPEN,
        tags,
        project if isinstance(project := task.get("project"), str) else None,
        due.day if due else None,
        _CLOSED.get(str(status)),
        _moment(task.get("end"), file.zone),
    )


def _fields(task: dict[str, Any], due: Moment | None, zone: str) -> Iterator[tuple[str, str]]:
    """What a record has no place for, as (name, text), in the export's order."""
    for name, value in task.items():
        if name in _OURS or name in _BOOKKEEPING:
            continue
        if name == "annotations":
            yield from (("annotation", _annotation(each, zone)) for each in _list(value))
        elif name == "due" and due is not None and due.local.strftime("%H%M%S") == "000000":
            continue  # The day is the action's; only a time of the day has no place there.
        elif isinstance(value, list):
            yield name, " ".join(_texts(value)) or shown(value)
        else:
            yield name, _shown(value, zone)


def _annotation(value: Any, zone: str) -> str:
    if not isinstance(value, dict):
        return shown(value)
    said = cast("dict[str, Any]", value)
    when = _moment(said.get("entry"), zone)
    words = shown(said.get("description", ""))
    return f"{when.local:%Y-%m-%d %H:%M}: {words}" if when else words


def _list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _shown(value: Any, zone: str) -> str:
    when = _moment(value, zone)
    return f"{when.local:%Y-%m-%d %H:%M}" if when else shown(value)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(each for each in _list(value) if isinstance(each, str))


def _moment(value: Any, zone: str) -> Moment | None:
    """A time such as `20261201T050000Z`; None where it is none, or outside the years 1000 to 9998."""
    stamp = _STAMP.fullmatch(value) if isinstance(value, str) else None
    if stamp is None or not 1000 <= int(stamp[1]) <= 9998:
        return None
    try:
        return moment_of(datetime(*(int(part) for part in stamp.groups()), tzinfo=UTC), zone)
    except ValueError:
        return None


FORMAT = Format("taskwarrior", "Taskwarrior", frozenset({".json"}), _claims, read)
