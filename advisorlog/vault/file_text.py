"""A file's text as lines that can be replaced, with its line ends, byte order mark and encoding kept."""

import codecs
from dataclasses import dataclass, field, replace

from advisorlog.vault.blocks import BlockKind, split_blocks, split_lines
from advisorlog.vault.frontmatter import read_matter
from advisorlog.vault.tree import Table


@dataclass(slots=True)
class FileText:
    """Lines are numbered from 1, as everywhere; edits are collected and take effect when the text is asked for."""

    lines: list[str]
    line_end: str
    encoding: str
    mark: bytes
    matter: Table | None
    body_line: int
    body: str
    _replaced: dict[int, list[str]] = field(default_factory=dict[int, list[str]])
    _behind: dict[int, list[str]] = field(default_factory=dict[int, list[str]])

    @classmethod
    def of(cls, text: str, content: bytes, encoding: str) -> "FileText":
        matter = read_matter(text)
        line_end = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
        mark = next((m for m in _MARKS if content.startswith(m)), b"")
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        body = text[matter.body_start :]
        return cls(lines, line_end, encoding, mark, matter.fields, matter.body_line, body)

    def branch(self) -> "FileText":
        """The same text with the edits so far, to try more on."""
        return replace(
            self, _replaced=dict(self._replaced), _behind={at: list(put) for at, put in self._behind.items()}
        )

    def take(self, tried: "FileText") -> None:
        """Have the edits that a branch has."""
        self._replaced, self._behind = tried._replaced, tried._behind

    def replace(self, numbers: list[int], lines: list[str]) -> None:
        """Put lines in the place of others, at the first of their numbers."""
        for number in numbers:
            self._replaced[number] = []
        self._replaced[numbers[0]] = lines

    def insert(self, behind: int, lines: list[str]) -> None:
        """Put lines behind a line (0: at the very top)."""
        self._behind.setdefault(behind, []).extend(lines)

    def replace_body(self, lines: list[str]) -> None:
        """Another text below the front matter."""
        last = len(self.lines)
        numbers = [number for number in range(self.body_line, last + 1) if number < last or self.lines[-1]]
        if numbers:
            self.replace(numbers, lines)
        else:
            self.insert(self.body_line - 1, lines)

    def replace_section(self, name: str, lines: list[str]) -> bool:
        """Another text below a heading, or the heading with its text at the end. False where it stands twice."""
        blocks = [b for b in split_blocks(split_lines(self.body, self.body_line)) if b.kind is BlockKind.HEADING]
        found = [number for number, block in enumerate(blocks) if block.section == name]
        if len(found) > 1:
            return False
        if not found:
            self.insert(self._last(), ["", f"## {name.capitalize()}", "", *lines])
            return True
        heading = blocks[found[0]]
        later = [block.number for block in blocks[found[0] + 1 :] if block.level <= heading.level]
        end = later[0] if later else self._last() + 1
        start = heading.lines[-1].number
        inner = list(range(start + 1, end))
        gap = [""] if later else []
        if inner:
            self.replace(inner, [*([""] if lines else []), *lines, *gap])
        else:
            self.insert(start, ["", *lines, *gap])
        return True

    def _last(self) -> int:
        return len(self.lines) - (1 if self.lines and not self.lines[-1] else 0)

    def append(self, lines: list[str]) -> None:
        """Put lines at the end."""
        self.insert(self._last(), lines)

    def text(self) -> str:
        """The whole text with every edit in it."""
        made: list[str] = list(self._behind.get(0, []))
        for number, line in enumerate(self.lines, start=1):
            made += self._replaced.get(number, [line])
            made += self._behind.get(number, [])
        return self.line_end.join(made)

    def encoded(self) -> bytes:
        """The bytes, in the file's own encoding; in UTF-8 where that lacks a letter of ours."""
        text = self.text()
        if self.encoding == "utf-16":
            little = self.mark == codecs.BOM_UTF16_LE
            return self.mark + text.encode("utf-16-le" if little else "utf-16-be", "surrogatepass")
        try:
            return self.mark + text.encode({"Windows-1252": "cp1252", "Latin-1": "latin-1"}.get(self.encoding, "utf-8"))
        except UnicodeEncodeError:
            return text.encode("utf-8", "surrogatepass")


_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
