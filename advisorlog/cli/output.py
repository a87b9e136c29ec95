"""What commands print: aligned text for people, one JSON document for programs.

JSON, promised: UTF-8; a list command prints an array, a show command an object. Keys are the names of the records'
fields. A moment `x` is two keys: `x`, ISO local time with its offset (`2022-09-13T14:00:00-04:00`), and `x_zone`
(IANA name or offset); both are null where there is none. A day is `2022-09-20`; an enum its word. Texts are as they
were typed. Keys may be added in later versions; none is renamed or removed without a new major version.

Text: everything that comes out of the log is made inert first, so that no note can act on the terminal.
"""

import dataclasses
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum, StrEnum, auto
from pathlib import Path
from typing import Any

import click

from advisorlog.domain.inert import inert, inert_line
from advisorlog.domain.moments import Moment


class Form(Enum):
    """How a reading command answers."""

    TEXT = auto()
    JSON = auto()


def plain(record: object, *properties: str, **more: object) -> dict[str, Any]:
    """A record as JSON keys: its fields, some of its properties, and what is known besides."""
    assert dataclasses.is_dataclass(record)
    values = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    values |= {name: getattr(record, name) for name in properties}
    found = _plain_mapping({**values, **more})
    for field in dataclasses.fields(record):
        if field.type == Moment | None:
            found.setdefault(f"{field.name}_zone", None)
    return found


def _plain_mapping(values: Mapping[str, object]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in values.items():
        found[name] = _plain_value(value)
        if isinstance(value, Moment):
            found[f"{name}_zone"] = value.zone
    return found


def _plain_value(value: Any) -> Any:
    if isinstance(value, Moment):
        return value.local.isoformat()
    if isinstance(value, StrEnum | Path):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _plain_mapping({str(key): each for key, each in value.items()})  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if isinstance(value, list | tuple):
        return [_plain_value(each) for each in value]  # pyright: ignore[reportUnknownVariableType]
    if dataclasses.is_dataclass(value):
        return plain(value)
    return value


def print_json(document: object) -> None:
    """One document, as UTF-8 bytes whatever the terminal's encoding is."""
    import json

    text = json.dumps(_plain_value(document), ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "replace"))


def print_text(text: str) -> None:
    """Text of ours or already made inert."""
    click.echo(text)


def one_line(text: str) -> str:
    """A text out of the log (or out of a message about it) on one line that can't act on the terminal."""
    return inert_line(text)


def many_lines(text: str, indent: str = "") -> str:
    """A text out of the log with its lines, each indented."""
    return "\n".join(f"{indent}{line}".rstrip() for line in inert(text).split("\n"))


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Aligned columns under their headings; nothing at all where there is no row."""
    shown = [[one_line(cell) for cell in row] for row in rows]
    if not shown:
        return
    widths = [max(map(width, column)) for column in zip(headings, *shown, strict=True)]
    click.secho(_aligned(headings, widths), bold=True)
    for row in shown:
        click.echo(_aligned(row, widths))


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (wide - width(cell)) for cell, wide in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def print_facts(facts: Iterable[tuple[str, str]]) -> None:
    """`name  value` lines; what is empty is left out, and a value of several lines stands below its name."""
    told = [(name, inert(value)) for name, value in facts if value]
    wide = max((width(name) for name, _ in told), default=0)
    for name, value in told:
        label = click.style(name + " " * (wide - width(name)), bold=True)
        click.echo(f"{label}  {value}" if "\n" not in value else f"{label}\n{many_lines(value, '  ')}")


def print_heading(text: str) -> None:
    click.echo()
    click.secho(one_line(text), bold=True)


def width(text: str) -> int:
    """The columns that a text takes on a terminal: Korean, Chinese and emoji take two, accents none."""
    if text.isascii():
        return len(text)
    columns = 0
    joined = False
    for character in text:
        if not joined and unicodedata.category(character) not in ("Mn", "Me", "Cf"):
            columns += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        joined = character == "\u200d"
    return columns


def when(moment: Moment | None) -> str:
    """A moment in a list: local date and time."""
    return moment.local.strftime("%Y-%m-%d %H:%M") if moment else ""


def day(found: date | None) -> str:
    return found.isoformat() if found else ""


def percent(confidence: int | None) -> str:
    return "" if confidence is None else f"{confidence}%"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 line`, `3 lines`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
