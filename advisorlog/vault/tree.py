"""YAML as a tree of text with line numbers: nothing is turned into a number, a date or a bool.

The tree is built from PyYAML's event stream, so a deep or self-referring document costs neither the stack nor the
memory, and no Python object is ever made from a tag.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import yaml

MAX_DEPTH = 32
MAX_NODES = 50_000
"""Nodes after aliases are expanded: an idea with some 5,000 steps of history."""

_QUOTE = "Put the value in quotes if it holds one of : # [ ] { } , & * ! | > ' \" % @"
_CORE_TAG = "tag:yaml.org,2002:"
_HASH_WORD = re.compile(r"[ \t]+(#[^\W\d_][\w.-]*)")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A value as typed; `quoted` where it stood in quotes or in a block (`|`, `>`); `exact` in double quotes."""

    line: int
    text: str
    quoted: bool = False
    exact: bool = False

    @property
    def is_missing(self) -> bool:
        return not self.quoted and self.text in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Sequence:
    line: int
    items: tuple["Value", ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping; each key knows its own line."""

    line: int
    pairs: tuple[tuple[Scalar, "Value"], ...] = ()


Value: TypeAlias = Scalar | Sequence | Table


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the front matter that is taken in, but not as it may have been meant."""

    line: int
    message: str
    what_to_do: str


class BrokenMatter(Exception):
    """Front matter that can't be read, with its line in the file."""

    def __init__(self, line: int, message: str, what_to_do: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.what_to_do = what_to_do


def read_tree(block: str, first_line: int) -> tuple[Table, list[Remark]]:
    """The mapping that a YAML text holds, its lines counted from `first_line`.

    Raises BrokenMatter for all that YAML or the limits above refuse.
    """
    import yaml

    growing = _Growing(block, first_line)
    try:
        for event in _events(block):
            growing.take(event)
    except yaml.MarkedYAMLError as failure:
        line = first_line + min(_line_of(failure), block.rstrip("\n").count("\n"))
        message = f"broken front matter: {failure.problem or failure.context}"
        raise BrokenMatter(line, message, _QUOTE) from failure
    except yaml.reader.ReaderError as failure:
        line = first_line + _line_of_character(block, failure)
        raise BrokenMatter(
            line, "the front matter holds a character that YAML forbids", "Remove the control character"
        ) from failure
    root = growing.root
    if root is None or (isinstance(root, Scalar) and root.is_missing):
        root = Table(first_line)
    if not isinstance(root, Table):
        raise BrokenMatter(root.line, "the front matter is not a list of `key: value` lines", "Give each line a key")
    return root, growing.remarks


def _events(block: str) -> Iterator[Any]:
    import yaml

    # Without libyaml the same events come slower from Python.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.parse(block, Loader=loader)


def _line_of(failure: "yaml.MarkedYAMLError") -> int:
    """The line to look at, from 0: where a quote or bracket was opened rather than where its end was missed."""
    opened = failure.context is not None and ("quoted" in failure.context or "flow" in failure.context)
    mark = failure.context_mark if opened else failure.problem_mark
    mark = mark or failure.problem_mark or failure.context_mark
    return int(mark.line) if mark else 0


def _line_of_character(block: str, failure: "yaml.reader.ReaderError") -> int:
    """Lines before the first forbidden character: libyaml counts bytes, PyYAML characters, so look for it."""
    code = failure.character
    character = chr(code) if isinstance(code, int) else ""
    at = block.find(character) if character else 0
    return block[: max(at, 0)].count("\n")


class _Sized(NamedTuple):
    """A finished node, with what it counts when it is repeated through an alias."""

    value: Value
    nodes: int
    height: int


class _Open:
    """A list or mapping whose end has not come yet."""

    def __init__(self, line: int, anchor: str | None, is_table: bool) -> None:
        self.line = line
        self.anchor = anchor
        self.is_table = is_table
        self.key: Scalar | None = None
        self.seen: dict[str, int] = {}
        self.pairs: list[tuple[Scalar, Value]] = []
        self.items: list[Value] = []
        self.nodes = 1
        self.height = 1

    def close(self) -> _Sized:
        whole = Table(self.line, tuple(self.pairs)) if self.is_table else Sequence(self.line, tuple(self.items))
        return _Sized(whole, self.nodes, self.height)


class _Growing:
    """A tree that takes one YAML event after the other."""

    def __init__(self, block: str, first_line: int) -> None:
        self._lines: list[str] = block.split("\n") if _HASH_WORD.search(block) else []
        self._first_line = first_line
        self._open: list[_Open] = []
        self._anchors: dict[str, _Sized | None] = {}
        self.root: Value | None = None
        self.remarks: list[Remark] = []

    def take(self, event: Any) -> None:
        step = _STEPS.get(type(event).__name__)
        if step is not None:
            step(self, event, self._first_line + event.start_mark.line)

    def scalar(self, event: Any, line: int) -> None:
        quoted = bool(event.style) or (event.tag is not None and event.implicit == (False, False))
        self._check_tag(event, line)
        if not quoted and self._lines:
            self._look_for_lost_hash(event.end_mark, line)
        value = _Sized(Scalar(line, event.value, quoted, event.style == '"'), 1, 0)
        if event.anchor is not None:
            self._anchors[event.anchor] = value
        self._add(value, line)

    def begin_list(self, event: Any, line: int) -> None:
        self._begin(event, line, _Open(line, event.anchor, is_table=False))

    def begin_table(self, event: Any, line: int) -> None:
        self._begin(event, line, _Open(line, event.anchor, is_table=True))

    def _begin(self, event: Any, line: int, opened: _Open) -> None:
        self._check_tag(event, line)
        if self._open and self._open[-1].is_table and self._open[-1].key is None:
            raise BrokenMatter(line, "a key of the front matter is a list or a mapping", _QUOTE)
        if len(self._open) >= MAX_DEPTH:
            raise BrokenMatter(line, f"the front matter is nested deeper than {MAX_DEPTH} levels", "Flatten it")
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        self._open.append(opened)

    def end(self, _event: Any, line: int) -> None:
        closed = self._open.pop()
        whole = closed.close()
        if closed.anchor is not None:
            self._anchors[closed.anchor] = whole
        self._add(whole, line)

    def alias(self, event: Any, line: int) -> None:
        if event.anchor not in self._anchors:
            raise BrokenMatter(line, f"*{event.anchor} refers to nothing", _QUOTE)
        target = self._anchors[event.anchor]
        if target is None:
            raise BrokenMatter(line, f"*{event.anchor} refers to itself", "Write the value out")
        self._add(target, line)

    def begin_document(self, event: Any, line: int) -> None:
        if self.root is not None:
            raise BrokenMatter(line, "the front matter holds more than one YAML document", "Keep one")

    def _add(self, node: _Sized, line: int) -> None:
        if not self._open:
            self.root = node.value
            return
        parent = self._open[-1]
        parent.nodes += node.nodes
        parent.height = max(parent.height, node.height + 1)
        if sum(opened.nodes for opened in self._open) > MAX_NODES:
            raise BrokenMatter(line, f"the front matter holds more than {MAX_NODES:,} values", "Split the file")
        if len(self._open) + node.height > MAX_DEPTH:
            raise BrokenMatter(line, f"the front matter is nested deeper than {MAX_DEPTH} levels", "Flatten it")
        if not parent.is_table:
            parent.items.append(node.value)
        elif parent.key is None:
            parent.key = self._key(parent, node.value, line)
        else:
            parent.pairs.append((parent.key, node.value))
            parent.key = None

    def _key(self, parent: _Open, key: Value, line: int) -> Scalar:
        if not isinstance(key, Scalar):
            raise BrokenMatter(line, "a key of the front matter is a list or a mapping", _QUOTE)
        if key.text in parent.seen:
            first = parent.seen[key.text]
            raise BrokenMatter(line, f"`{key.text}` stands here twice (first in line {first})", "Keep one of the two")
        parent.seen[key.text] = line
        if key.text == "<<":
            self.remarks.append(Remark(line, "`<<` (merge) is not followed", "Write the keys out"))
        return Scalar(line, key.text, key.quoted, key.exact)

    def _check_tag(self, event: Any, line: int) -> None:
        tag = event.tag
        if tag is None or tag == "!":
            return
        if not tag.startswith(_CORE_TAG) or ":python/" in tag:
            self.remarks.append(Remark(line, f"the tag {tag} is not followed", "The value is taken as text"))

    def _look_for_lost_hash(self, end: Any, line: int) -> None:
        """`because: see #zeus-batch` reads as `see` and a comment, which is hardly what was meant."""
        number = int(end.line)
        row = self._lines[number] if number < len(self._lines) else ""
        lost = _HASH_WORD.match(row, end.column) or _HASH_WORD.match(row, max(end.column - 1, 0))
        if lost:
            self.remarks.append(
                Remark(line, f"{lost[1]} begins a comment here and is not part of the value", "Quote the value")
            )


_STEPS: Mapping[str, Any] = {
    "ScalarEvent": _Growing.scalar,
    "SequenceStartEvent": _Growing.begin_list,
    "MappingStartEvent": _Growing.begin_table,
    "SequenceEndEvent": _Growing.end,
    "MappingEndEvent": _Growing.end,
    "AliasEvent": _Growing.alias,
    "DocumentStartEvent": _Growing.begin_document,
}
