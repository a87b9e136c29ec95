"""Front matter of a note: found, bounded, and read without changing what was typed.

python-frontmatter finds and hands over the block; its YAML handler is replaced, because the usual one loses line
numbers, lets a duplicate key win silently and changes values (`12:30:45`, `yes`, `1_000`).
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from advisorlog.vault.tree import BrokenMatter, Remark, Table, read_tree

MAX_CHARACTERS = 1_000_000

_MAPPING_LINE = re.compile(r"(?:[ \t]*(?:#[^\n\r]*)?[\n\r])*[ \t]*(?:\{|[^\s#:\-][^:\n\r]*:(?:\s|\Z))")
"""Blank lines and comments, then a line that begins like `key: value`."""


@dataclass(frozen=True, slots=True)
class Matter:
    """The front matter (None where the file has none) and where the body begins in the text."""

    fields: Table | None
    body_start: int
    body_line: int
    remarks: tuple[Remark, ...] = ()


_OPENING = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*(-{3,})[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"(?:^|(?<=[\r\n]))(?:-{3,}|\.{3})[ \t]*(?:\r\n|\n|\r|\Z)")
_LINE_END = re.compile(r"\r\n|\n|\r")


def count_lines(text: str) -> int:
    """Line ends in a text: CRLF, LF and a lone CR each count one."""
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def read_matter(text: str) -> Matter:
    """The front matter of a note.

    Raises BrokenMatter where it is broken or too large. A rule (`---`) with plain text below is no front matter.
    """
    none = Matter(None, 0, 1)
    opening = _OPENING.match(text)
    if opening is None:
        return none
    closing = _CLOSING.search(text, opening.end(), opening.end() + MAX_CHARACTERS)
    first_line = count_lines(opening[0]) + 1
    if closing is None:
        return _unclosed(text[opening.end() : opening.end() + MAX_CHARACTERS], first_line, none)
    block = text[opening.end() : closing.start()]
    if block.strip() and not _MAPPING_LINE.match(block):
        return none
    fields, remarks = _load(block, first_line)
    body_line = first_line + count_lines(text[opening.end() : closing.end()])
    return Matter(fields, closing.end(), body_line, remarks)


def _unclosed(rest: str, first_line: int, none: Matter) -> Matter:
    """`---` as a rule at the top of free text is fine; keys below it say that a front matter was meant."""
    if not _MAPPING_LINE.match(rest):
        return none
    raise BrokenMatter(
        first_line - 1,
        f"the front matter that begins here has no end within {MAX_CHARACTERS:,} characters",
        "Close it with a line that holds only ---",
    )


def _load(block: str, first_line: int) -> tuple[Table, tuple[Remark, ...]]:
    import frontmatter

    handler = _handler_class()(first_line)
    normal = _LINE_END.sub("\n", block)
    metadata, _ = frontmatter.parse(f"---\n{normal}\n---\n", handler=handler)
    fields = metadata.get(_WHOLE)
    assert isinstance(fields, Table)
    return fields, tuple(handler.remarks)


_WHOLE = "front matter"


@cache
def _handler_class() -> Any:
    """The handler's class, made when a front matter is first read: PyYAML is not loaded before."""
    from frontmatter.default_handlers import YAMLHandler

    class TreeHandler(YAMLHandler):
        """Gives python-frontmatter the tree in the place of a dict of Python objects."""

        def __init__(self, first_line: int) -> None:
            super().__init__()
            self.first_line = first_line
            self.remarks: list[Remark] = []

        def split(self, text: str) -> tuple[str, str]:
            return text.removeprefix("---\n").removesuffix("---"), ""

        def load(self, fm: str, **kwargs: object) -> dict[str, Any]:
            fields, self.remarks = read_tree(fm, self.first_line)
            return {_WHOLE: fields}

    return TreeHandler
