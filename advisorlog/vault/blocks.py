"""A Markdown body cut into blocks: headings, list items, paragraphs, and what must be kept whole.

As much of CommonMark as notes need. Two deviations, both on the side of what people mean: an item that is indented
by two columns is nested (also below `1. `), and a list item may be indented by any amount.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from advisorlog.domain.grammar import MARKER, PRIVATE_BEHIND


class SourceLine(NamedTuple):
    """A line without its end; `number` counts from 1 in the file."""

    number: int
    text: str


class BlockKind(Enum):
    HEADING = auto()
    ITEM = auto()
    PARAGRAPH = auto()
    LITERAL = auto()
    """Code, table, quote, comment, formula or rule: text that is not read for marks."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines in a row. `level` is a heading's; `width` is how far an item's content stands from the margin."""

    kind: BlockKind
    lines: tuple[SourceLine, ...]
    level: int = 0
    width: int = 0
    unclosed: str = ""
    """What was opened here and never closed, if so: "code block" or "comment"."""

    @property
    def number(self) -> int:
        return self.lines[0].number

    @property
    def text(self) -> str:
        """All lines, without white space behind the last one."""
        return "\n".join(line.text for line in self.lines).rstrip()

    @property
    def title(self) -> str:
        """A heading's text without its marks."""
        text = self.lines[0].text.strip().lstrip("#").strip()
        unclosed = text.rstrip("#")
        return unclosed.strip() if unclosed.endswith((" ", "\t")) else text

    @property
    def section(self) -> str:
        """A heading's text for comparing: lower case, without a colon at its end."""
        return self.title.casefold().removesuffix(":").rstrip()

    @property
    def content(self) -> tuple[SourceLine, ...]:
        """An item's lines without bullet and indentation; a blank first line is left out."""
        first = self.lines[0]
        bullet = _BULLET.match(first.text)
        inner = [SourceLine(first.number, first.text[bullet.end() :] if bullet else first.text)]
        inner += [SourceLine(line.number, dedent(line.text, self.width)) for line in self.lines[1:]]
        while inner and not inner[0].text.strip():
            inner.pop(0)
        return tuple(inner)


_TAB = 4
_BULLET = re.compile(r"(?P<margin>[ \t]*)(?:[-*+•]|[0-9]{1,3}[.)])(?:[ \t]+|\Z)")
_BULLET_SIGNS = frozenset("-*+•0123456789")
_INTERRUPTING_BULLET = re.compile(r"[ \t]*(?:[-*+•]|1[.)])[ \t]+\S")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]|\Z)")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-+)[ \t]*\Z")
_FENCE = re.compile(r"[ \t]*(`{3,}(?=[^`]*\Z)|~{3,})")
_RULE = re.compile(r"[ ]{0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}\Z")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*+:?-*+:?[ \t]*+)+\Z")
_FORMULAS = {"$$": "$$", "\\[": "\\]", "%%": "%%"}
"""What stands between two signs: formulas, and the comments of Obsidian."""
_LITERAL_STARTS = (">", "|", "<!--", *_FORMULAS)


def split_lines(text: str, first_number: int = 1) -> list[SourceLine]:
    """The lines of a text; only CRLF, LF and CR end one (not a form feed, not U+2028)."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return [SourceLine(number, line) for number, line in enumerate(plain.split("\n"), first_number)]


def indent_of(text: str) -> int:
    """Columns of white space before the text; a tab reaches to the next multiple of four."""
    if text[:1] not in (" ", "\t"):
        return 0
    margin = text[: len(text) - len(text.lstrip(" \t"))]
    if "\t" not in margin:
        return len(margin)
    columns = 0
    for character in margin:
        columns += 1 if character == " " else _TAB - columns % _TAB
    return columns


def dedent(text: str, columns: int) -> str:
    """The text moved left by up to `columns`; what is left of a tab that is cut becomes spaces."""
    stripped = text.lstrip(" \t")
    whole = indent_of(text)
    if whole <= columns:
        return stripped
    if "\t" not in text[:columns]:
        return text[columns:]
    return " " * (whole - columns) + stripped


def split_blocks(lines: Sequence[SourceLine]) -> Iterator[Block]:
    """Every block in order; blank lines between blocks belong to none."""
    return _Splitting(lines).blocks()


def is_marked(text: str) -> bool:
    """Whether a line says its kind with a word or a box: `advice: ...`, `[ ] ...`, `private: ...`."""
    stripped = text.lstrip()
    marker = MARKER.match(stripped)
    return bool((marker and not marker["sigil"]) or PRIVATE_BEHIND.match(stripped))


class _Splitting:
    """One pass over some lines; each line is looked at a bounded number of times."""

    def __init__(self, lines: Sequence[SourceLine]) -> None:
        self._lines = lines
        self._unclosed_formulas: set[str] = set()

    def blocks(self) -> Iterator[Block]:
        at = 0
        while at < len(self._lines):
            if not self._lines[at].text.strip():
                at += 1
                continue
            block = self._block(at)
            yield block
            at += len(block.lines)

    def _block(self, at: int) -> Block:
        text = self._lines[at].text
        stripped = text.lstrip()
        sign = stripped[0]
        if sign in "`~" and (fence := _FENCE.match(text)):
            return self._fenced(at, fence[1])
        if stripped.startswith("<!--"):
            return self._comment(at)
        if sign in "$\\%" and (block := self._formula(at, stripped[:2])):
            return block
        if sign in "-*_" and _RULE.match(text):
            return self._take(BlockKind.LITERAL, at, at + 1)
        if sign == "#" and (heading := _HEADING.match(text)):
            return Block(BlockKind.HEADING, (self._lines[at],), level=len(heading[1]))
        if sign in _BULLET_SIGNS and (bullet := _BULLET.match(text)):
            return self._item(at, bullet)
        if sign in ">|":
            return self._while_leading(at, sign)
        return self._paragraph(at)

    def _take(self, kind: BlockKind, begin: int, end: int) -> Block:
        return Block(kind, tuple(self._lines[begin:end]))

    def _fenced(self, at: int, fence: str) -> Block:
        closing = re.compile(rf"[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*\Z")
        for end in range(at + 1, len(self._lines)):
            if closing.match(self._lines[end].text):
                return self._take(BlockKind.LITERAL, at, end + 1)
        return Block(BlockKind.LITERAL, tuple(self._lines[at:]), unclosed="code block")

    def _comment(self, at: int) -> Block:
        for end in range(at, len(self._lines)):
            text = self._lines[end].text
            if "-->" in (text.lstrip()[4:] if end == at else text):
                return self._take(BlockKind.LITERAL, at, end + 1)
        return Block(BlockKind.LITERAL, tuple(self._lines[at:]), unclosed="comment")

    def _formula(self, at: int, opening: str) -> Block | None:
        """A formula of its own; None where nothing opens or closes it: then the sign is plain text."""
        closing = _FORMULAS.get(opening)
        if closing is None:
            return None
        if closing in self._lines[at].text.lstrip()[len(opening) :]:
            alone = self._lines[at].text.rstrip().endswith(closing)
            return self._take(BlockKind.LITERAL, at, at + 1) if alone else None
        if opening in self._unclosed_formulas:
            return None
        for end in range(at + 1, len(self._lines)):
            if closing in self._lines[end].text:
                return self._take(BlockKind.LITERAL, at, end + 1)
        self._unclosed_formulas.add(opening)
        return None

    def _while_leading(self, at: int, sign: str) -> Block:
        end = at + 1
        while end < len(self._lines) and self._lines[end].text.lstrip().startswith(sign):
            end += 1
        return self._take(BlockKind.LITERAL, at, end)

    def _paragraph(self, at: int) -> Block:
        end = at + 1
        while end < len(self._lines) and self._lines[end].text.strip():
            text = self._lines[end].text
            if end == at + 1 and (block := self._underlined(at) or self._table(at)):
                return block
            if _interrupts(text) or is_marked(text):
                break
            end += 1
        return self._take(BlockKind.PARAGRAPH, at, end)

    def _underlined(self, at: int) -> Block | None:
        """A line with === or --- below it; but what is marked stays an entry, with a rule below."""
        underline = _UNDERLINE.match(self._lines[at + 1].text)
        if underline is None or is_marked(self._lines[at].text):
            return None
        level = 1 if underline[1][0] == "=" else 2
        return Block(BlockKind.HEADING, tuple(self._lines[at : at + 2]), level=level)

    def _table(self, at: int) -> Block | None:
        """A table without bars at its sides."""
        if "|" not in self._lines[at].text or not _TABLE_RULE.match(self._lines[at + 1].text):
            return None
        end = at + 2
        while end < len(self._lines) and "|" in self._lines[end].text:
            end += 1
        return self._take(BlockKind.LITERAL, at, end)

    def _item(self, at: int, bullet: re.Match[str]) -> Block:
        margin = indent_of(bullet["margin"]) if bullet["margin"] else 0
        width = indent_of(_BLANKED.sub(" ", bullet[0]))
        if bullet.end() == len(self._lines[at].text) or width - margin > _TAB + 3:
            width = margin + 2
        nested_from = min(width, margin + 2)
        end = at + 1
        kept = end
        while end < len(self._lines):
            text = self._lines[end].text
            if text.strip():
                if indent_of(text) < nested_from and not self._continues(end, text):
                    break
                kept = end + 1
            end += 1
        return Block(BlockKind.ITEM, tuple(self._lines[at:kept]), width=width)

    def _continues(self, at: int, text: str) -> bool:
        """Whether an unindented line still belongs to the paragraph of the item above it."""
        if _BULLET.match(text):
            return False
        before = self._lines[at - 1].text
        inner = _BULLET.sub("", before, count=1)
        return bool(
            before.strip()
            and not _interrupts(text)
            and not _UNDERLINE.match(text)
            and not is_marked(text)
            and inner.strip()
            and not _is_literal(inner)
        )


_BLANKED = re.compile(r"[^ \t]")


def _is_literal(text: str) -> bool:
    stripped = text.lstrip()
    return bool(stripped.startswith((">", "|", "<!--", *_FORMULAS)) or _FENCE.match(text) or _HEADING.match(text))


def _interrupts(text: str) -> bool:
    """Whether this line ends the paragraph above it."""
    return bool(_is_literal(text) or _RULE.match(text) or _INTERRUPTING_BULLET.match(text))
