"""Front matter edited key by key: only the lines of a key that changed."""

import re
from difflib import SequenceMatcher

from advisorlog.vault.file_text import FileText
from advisorlog.vault.pages import Keys
from advisorlog.vault.tree import Scalar, Sequence, Table, Value

_COMMENT = re.compile(r"[ \t]+#[^'\"]*\Z")
_ITEM = re.compile(r"([ \t]*)-([ \t]+)")
OURS = ("mentions",)
"""Keys that only repeat what the lines say: a file that never had them does not get them."""


def edit_matter(file: FileText, before: Keys, now: Keys) -> list[str]:
    """Bring every key up to date that differs between two records; returns what the file has no place for."""
    changed = [key for key in dict.fromkeys([*before, *now]) if before.get(key) != now.get(key)]
    if not changed:
        return []
    if file.matter is None:
        return [f"`{key}` changed in the log, and the file has no front matter" for key in changed if key not in OURS]
    spans = _spans(file, file.matter)
    end = file.body_line - 1
    behind = end - 1
    while behind > 1 and not file.lines[behind - 1].strip():
        behind -= 1
    for key in changed:
        lines = now.get(key, [])
        if key in spans:
            _edit_key(file, spans[key], before.get(key, []), lines)
        elif lines and key not in OURS:
            file.insert(behind, lines)
    return []


class _Span:
    """Where a key stands: its lines, and its value."""

    def __init__(self, numbers: list[int], value: Value) -> None:
        self.numbers = numbers
        self.value = value


def _spans(file: FileText, table: Table) -> dict[str, _Span]:
    spans: dict[str, _Span] = {}
    starts = [key.line for key, _ in table.pairs] + [file.body_line - 1]
    for (key, value), end in zip(table.pairs, starts[1:], strict=True):
        numbers = list(range(key.line, end))
        while len(numbers) > 1 and _is_apart(file.lines[numbers[-1] - 1]):
            numbers.pop()
        spans[key.text.strip().lower().replace("_", "-")] = _Span(numbers, value)
    return spans


def _is_apart(line: str) -> bool:
    """A blank line or a comment behind a value belongs to what follows."""
    return not line.strip() or line.startswith("#")


def _edit_key(file: FileText, span: _Span, before: list[str], now: list[str]) -> None:
    if isinstance(span.value, Sequence) and len(now) > 1 and _edit_items(file, span, before, now):
        return
    if len(now) == 1 and len(span.numbers) == 1 and isinstance(span.value, Scalar):
        old = file.lines[span.numbers[0] - 1]
        comment = None if span.value.quoted else _COMMENT.search(old)
        key = old[: old.index(":")]
        now = [key + now[0][now[0].index(":") :] + (comment[0] if comment else "")]
    file.replace(span.numbers, now)


def _edit_items(file: FileText, span: _Span, before: list[str], now: list[str]) -> bool:
    """The items of a list one by one, where the file has as many as the record had; else the list is replaced."""
    assert isinstance(span.value, Sequence)
    old, new = _tables(before), _tables(now)
    starts = [item.line for item in span.value.items]
    if len(starts) != len(old) or len(set(starts)) != len(starts) or not starts or starts[0] == span.numbers[0]:
        return False
    margin = _ITEM.match(file.lines[starts[0] - 1])
    if margin is None:
        return False
    ends = [*starts[1:], span.numbers[-1] + 1]
    ranges = [list(range(start, end)) for start, end in zip(starts, ends, strict=True)]
    for tag, a, z, b, y in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        lines = [_indented(line, margin[1]) for table in new[b:y] for line in table]
        if a < z:
            file.replace([number for one in ranges[a:z] for number in one], lines)
        else:
            file.insert(ranges[a - 1][-1] if a else starts[0] - 1, lines)
    return True


def _tables(lines: list[str]) -> list[tuple[str, ...]]:
    """The items of a list as we write it, each with its lines."""
    tables: list[list[str]] = []
    for line in lines[1:]:
        if line.startswith("  - ") or not tables:
            tables.append([])
        tables[-1].append(line)
    return [tuple(table) for table in tables]


def _indented(line: str, margin: str) -> str:
    """Our two columns as the file's own margin."""
    return margin + line[2:]
