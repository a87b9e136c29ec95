"""JSON Schema (draft 2020-12) of what `output.plain` makes of a record: read off the dataclass itself.

So a schema can't promise what the code doesn't print. Records that a record holds are named once, under `$defs`.
"""

import dataclasses
import types
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from advisorlog.domain.moments import Moment

Shape = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOMENT: Shape = {"type": "string", "format": "date-time"}
ZONE: Shape = {"type": "string", "description": "IANA name, or an offset"}
_PLAIN: dict[Any, Shape] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    Path: {"type": "string"},
    Moment: MOMENT,
    type(None): {"type": "null"},
}


def whole(title: str, shape: Shape) -> Shape:
    """A shape as a schema that stands alone, with the definitions that it refers to."""
    known: dict[str, Shape] = {}
    body = _named(shape, known)
    return {"$schema": DIALECT, "title": title, **body, **({"$defs": dict(sorted(known.items()))} if known else {})}


def listed(item: Shape) -> Shape:
    return {"type": "array", "items": item}


def obj(**keys: Any) -> Shape:
    """An object that has all of these keys, each a shape or a type."""
    shapes: dict[str, Shape] = {}
    for name, each in keys.items():
        shapes |= _key(name, each)
    return {"type": "object", "properties": shapes, "required": list(shapes)}


def record(kind: type, *properties: str, **more: Any) -> Shape:
    """What `plain(record, *properties, **more)` prints."""
    assert dataclasses.is_dataclass(kind)
    hints = get_type_hints(kind)
    keys: dict[str, Any] = {field.name: hints[field.name] for field in dataclasses.fields(kind)}
    for name in properties:
        keys[name] = get_type_hints(getattr(kind, name).fget)["return"]
    return obj(**{**keys, **more})


def of(annotation: Any) -> Shape:
    """The shape of a type, or the shape itself where it is one already."""
    if isinstance(annotation, dict):
        return cast("Shape", annotation)
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return _any_of([of(each) for each in inside])
    if origin is tuple and inside[-1] is not Ellipsis:
        return {"type": "array", "prefixItems": [of(each) for each in inside], "items": False, "minItems": len(inside)}
    if origin is not None and issubclass(origin, Mapping):
        counted = len(inside) == 1  # Counter[str] names its keys alone.
        return {"type": "object", "additionalProperties": of(int if counted else inside[1])}
    if origin is not None and issubclass(origin, Sequence):
        return listed(of(inside[0]))
    return _simple(annotation)


def _simple(kind: Any) -> Shape:
    if kind in _PLAIN:
        return dict(_PLAIN[kind])
    if issubclass(kind, StrEnum):
        return {"type": "string", "enum": [word.value for word in kind]}
    assert dataclasses.is_dataclass(kind), kind
    return {"x-record": kind}


def _key(name: str, annotation: Any) -> dict[str, Shape]:
    """A key; a moment is two: its local time and its zone."""
    if annotation is Moment:
        return {name: MOMENT, f"{name}_zone": ZONE}
    if get_origin(annotation) in (Union, types.UnionType) and Moment in get_args(annotation):
        null: Shape = {"type": "null"}
        return {name: _any_of([MOMENT, null]), f"{name}_zone": _any_of([ZONE, null])}
    return {name: of(annotation)}


def _any_of(shapes: list[Shape]) -> Shape:
    """`{"type": ["string", "null"]}` where that says it; `anyOf` where it doesn't."""
    null = [shape for shape in shapes if shape == {"type": "null"}]
    others = [shape for shape in shapes if shape != {"type": "null"}]
    if null and len(others) == 1 and isinstance(others[0].get("type"), str) and "enum" not in others[0]:
        return {**others[0], "type": [others[0]["type"], "null"]}
    return {"anyOf": shapes}


def _named(shape: Any, known: dict[str, Shape]) -> Any:
    """The shape with every record replaced by a reference to its definition."""
    if isinstance(shape, list):
        return [_named(each, known) for each in cast("list[Any]", shape)]
    if not isinstance(shape, dict):
        return shape
    keys = cast("Shape", shape)
    if (kind := keys.get("x-record")) is None:
        return {key: _named(each, known) for key, each in keys.items()}
    name = kind.__name__
    if name not in known:
        known[name] = {}
        known[name] = _named(record(kind), known)
    return {"$ref": f"#/$defs/{name}"}
