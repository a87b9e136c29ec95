"""A Markdown or plain text as the check sees it: blocks, and views of the text that hide what isn't to be judged.

Every view has the length of the text, so that a place in one is a place in all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from re import Match

from advisorlog.domain.stateless.patterns import compiled


class Form(Enum):
    """What a block is."""

    PROSE = auto()
    ITEM = auto()
    HEADING = auto()
    QUOTE = auto()
    TABLE = auto()


@dataclass(slots=True)
class Block:
    """A paragraph, list item, heading, quotation or table row at text[start:end]; `indent` in columns."""

    form: Form
    start: int
    end: int
    indent: int = 0
    section: str = ""
    """The heading above it."""


@dataclass(frozen=True)
class Layout:
    """A text, its blocks in order, and what of it is the writer's own prose."""

    text: str
    blocks: list[Block] = field(default_factory=list[Block])
    hidden: str = ""
    """The text without marks of Markdown, code, formulas, addresses and comments: blanks or `x` stand for them."""

    @cached_property
    def own(self) -> str:
        """`hidden` without what is quoted: the words of others, and words that are only mentioned."""
        return compiled(_QUOTED).sub(_blank_inside, self.hidden)

    @cached_property
    def first_uses(self) -> dict[str, int]:
        """Where each word (lower case, without a plural's s) stands first, quoted or not."""
        found: dict[str, int] = {}
        for word in compiled(r"[^\W\d_]+").finditer(self.hidden):
            found.setdefault(word[0].lower().rstrip("s"), word.start())
        return found

    def prose(self) -> Iterator[Block]:
        """The blocks that the writer has to answer for."""
        return (block for block in self.blocks if block.form in (Form.PROSE, Form.ITEM))


_QUOTED = r"“[^“”]{1,2000}+”|(?<![\w\"])\"(?=\S)[^\"\n]{1,400}(?<=\S)\"(?!\w)|«[^«»]{1,2000}+»|「[^「」]{1,2000}+」"
_FENCE = r"[ \t]{0,3}(`{3,}|~{3,})"
_ITEM = r"([ \t]*)(?:[-*+•]|\d{1,3}[.)]|(?=\[[ xX]?\]))[ \t]+(?:\[[ xX]?\][ \t]+)?"
_HEADING = r"[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t#]*$"
_OTHERS = r"[ \t]*(?:>|!\s|advice\s?:)"
_RULE = r"[ \t]*(?:-{2,}|={2,}|\*{3,}|_{3,})[ \t]*\r?$"
_ANSWERED = r"[ \t]*\?[ \t]+"
_VERBATIM = (
    r"<!--.*?-->|(`+)(?!`)[^`].*?(?<!`)\1(?!`)|\$\$.+?\$\$|(?<!\$)\$(?=\S)[^$\n]{1,300}(?<=\S)\$(?!\d)"
    r"|(?<=\])\([^()\s]{1,500}(?:\s\"[^\"\n]{0,200}\")?\)|<?https?://[^\s<>]++>?|\S+@\S+\.\w+"
    r"|(?<![\w/])(?:[\w.~-]*+/)[\w./~-]*\.\w{1,5}\b"
)
_MARKS = (
    r"\*+|(?<!\w)_+(?=\w)|(?<=[\w.,:;!?])_+(?!\w)|\\(?=[!-/:-@\[-`{-~])|(?<!\w)\[(?=[^\]\n]"
    r"{1,200}\]\s{2,})|</?\w{1,10}>"
)


def read(text: str) -> Layout:
    """The layout of a text. Never raises; what isn't Markdown is paragraphs."""
    blocks: list[Block] = []
    covered = list[tuple[int, int]]()
    fence = ""
    section = ""
    open_block: Block | None = None
    at = _front_matter(text)
    if at:
        covered.append((0, at))
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        if fenced := compiled(_FENCE).match(line):
            opens = not fence
            fence = fenced[1] if opens else "" if fenced[1].startswith(fence) else fence
            covered.append((at, end))
            open_block = None
        elif fence:
            covered.append((at, end))
        elif not line.strip() or compiled(_RULE).match(line):
            open_block = None
        else:
            begun, mark = _begun(line, at, end, open_block)
            if mark:
                covered.append((at, at + mark))
            if begun is None:
                assert open_block is not None
                open_block.end = end
            else:
                if begun.form is Form.HEADING:
                    section = text[begun.start : end].strip(" \t#\r")
                begun.section = section
                blocks.append(begun)
                open_block = None if begun.form in (Form.HEADING, Form.TABLE) else begun
        at = end + 1
    return Layout(text, blocks, _hidden(text, covered))


def _front_matter(text: str) -> int:
    found = compiled(r"\ufeff?---\r?\n(?:(?!---).*\n){0,200}---[ \t]*\r?(?:\n|$)").match(text)
    return found.end() if found else 0


def _begun(line: str, at: int, end: int, open_block: Block | None) -> tuple[Block | None, int]:
    """The block that a line begins (None: it goes on with the open one), and how many characters only mark it."""
    if heading := compiled(_HEADING).match(line):
        return Block(Form.HEADING, at + heading.start(1), end), heading.start(1)
    if others := compiled(_OTHERS).match(line):
        if open_block is not None and open_block.form is Form.QUOTE:
            return None, others.end()
        return Block(Form.QUOTE, at + others.end(), end), others.end()
    if item := compiled(_ITEM).match(line):
        return Block(Form.ITEM, at + item.end(), end, len(item[1].expandtabs(4))), item.end()
    if line.lstrip().startswith("|"):
        return Block(Form.TABLE, at, end), 0
    if open_block is not None:
        return None, 0
    question = compiled(_ANSWERED).match(line)
    mark = question.end() if question else 0
    return Block(Form.PROSE, at + mark, end), mark


def _hidden(text: str, covered: list[tuple[int, int]]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end in covered:
        pieces += [text[at:start], " " * (end - start)]
        at = end
    shown = "".join((*pieces, text[at:]))
    shown = compiled(_VERBATIM).sub(_covered, shown)
    return compiled(_MARKS).sub(lambda found: " " * len(found[0]), shown)


def _covered(found: Match[str]) -> str:
    """Code and formulas keep their digits: a claim with `p < 0.01` has its number. Comments and addresses vanish."""
    if found[0].startswith(("<!--", "(")):
        return "".join("\n" if character == "\n" else " " for character in found[0])
    return "".join(c if c.isdigit() or c in "%\n" else "x" for c in found[0])


def _blank_inside(found: Match[str]) -> str:
    quoted = found[0]
    return quoted[0] + "".join("\n" if c == "\n" else " " for c in quoted[1:-1]) + quoted[-1]
