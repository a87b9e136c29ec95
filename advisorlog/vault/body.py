"""The body of a note as agenda items and entries. No line of it is lost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from advisorlog.domain.grammar import Line, parse
from advisorlog.domain.kinds import EntryKind, Visibility
from advisorlog.domain.marks import find_marks
from advisorlog.vault.blocks import Block, BlockKind, SourceLine, is_marked, split_blocks
from advisorlog.vault.details import DoneTest, Doubt, Root, read_detail
from advisorlog.vault.exactly import Told, shown, split_anchor, take_comment
from advisorlog.vault.notes import ActionEventNote, AgendaItem, AnswerNote, NoteEntry
from advisorlog.vault.obsidian_tasks import as_task
from advisorlog.vault.problems import Problem, Severity

AGENDA_HEADINGS = frozenset({"agenda", "안건"})
NOTES_HEADINGS = frozenset({"notes", "메모"})
MAX_NESTING = 20
"""Items nested deeper than this are text of the entry above them, whatever they say."""

_SIGILS = "!=?>+*%"


@dataclass(frozen=True, slots=True)
class Body:
    """What stands below the front matter, in the file's order."""

    agenda: tuple[AgendaItem, ...]
    entries: tuple[NoteEntry, ...]
    problems: tuple[Problem, ...]


def read_body(path: Path, lines: Sequence[SourceLine], zone: str) -> Body:
    """Agenda items below `Agenda` (or 안건), entries everywhere else; `path` is only named in problems."""
    reader = _BodyReader(path, zone)
    for block in split_blocks(lines):
        reader.take(block)
    return Body(tuple(reader.agenda), tuple(reader.entries), tuple(reader.problems))


@dataclass(slots=True)
class _Found:
    """What the nested items of one entry say, and the lines that are said thereby."""

    done_test: str | None = None
    root: str | None = None
    events: list[ActionEventNote] = field(default_factory=list[ActionEventNote])
    answers: list[AnswerNote] = field(default_factory=list[AnswerNote])
    children: list[NoteEntry] = field(default_factory=list[NoteEntry])
    taken: set[int] = field(default_factory=set[int])
    theirs: set[int] = field(default_factory=set[int])
    """Those of the taken lines that are entries of their own."""

    @property
    def is_empty(self) -> bool:
        return not (self.done_test or self.root or self.events or self.answers)


@dataclass(frozen=True, slots=True)
class _Above:
    """Where an item stands: below which entry, how deep, and whether that entry is private."""

    number: int | None = None
    depth: int = 0
    visibility: Visibility = Visibility.OPEN


class _BodyReader:
    """Takes the blocks of one body in order."""

    def __init__(self, path: Path, zone: str) -> None:
        self._path = path
        self._zone = zone
        self._agenda_level = 0
        self.agenda: list[AgendaItem] = []
        self.entries: list[NoteEntry] = []
        self.problems: list[Problem] = []

    def take(self, block: Block) -> None:
        if block.unclosed:
            self._warn(
                block.number,
                f"the {block.unclosed} that begins here is never closed",
                "Close it: all text below it was taken as part of it",
            )
        if block.kind is BlockKind.HEADING:
            self._heading(block)
        elif self._agenda_level:
            self._agenda_item(block)
        elif block.kind is BlockKind.ITEM:
            self.entries += self._item(block, _Above())
        elif block.kind is BlockKind.PARAGRAPH:
            self._add_plainly(block, _paragraph_line(block.text))
        else:
            self._add_plainly(block, _literal_line(block.text))

    def _heading(self, block: Block) -> None:
        if block.section in AGENDA_HEADINGS:
            self._agenda_level = block.level
        elif block.section in NOTES_HEADINGS:
            self._agenda_level = 0
        elif self._agenda_level and block.level > self._agenda_level:
            self._agenda_item(block)
        else:
            self._agenda_level = 0
            self._add_plainly(block, _note_line(block.text))

    def _agenda_item(self, block: Block) -> None:
        content = block.content if block.kind is BlockKind.ITEM else block.lines
        text = _joined(content)
        if text:
            self.agenda.append(AgendaItem(block.number, text))

    def _add_plainly(self, block: Block, line: Line) -> None:
        self._report_troubles(block.number, line)
        if not line.is_empty:
            own = tuple(line.number for line in block.lines)
            self.entries.append(NoteEntry(block.number, block.text, line, own=own))

    def _item(self, block: Block, above: _Above) -> list[NoteEntry]:
        """The entry that an item is, then the entries nested below it.

        A quote has two lines at least: in one alone, `>` is the sigil of an answer.
        """
        content = block.content
        if not content:
            return []
        number, first = content[0]
        is_quote = len(content) > 1 and first.startswith(">") and content[1].text.startswith(">")
        read = _literal_line if is_quote else _item_line
        head = _untagged(read(first), take_comment(content)[1])
        if head.visibility is Visibility.PRIVATE:
            above = replace(above, visibility=Visibility.PRIVATE)
        inner = _inner(content, head)
        below = (block for block in inner if block.number != number)
        found = self._nested(below, head.kind, _Above(number, above.depth + 1, above.visibility))
        words = [line for line in content if line.number not in found.taken]
        comment, told = take_comment(tuple(words))
        if comment is not None:
            words.remove(comment)
        text, anchor = split_anchor(_joined(words)) if len(words) == 1 else (_joined(words), told.get("anchor"))
        line = _untagged(_exactly(head if text == first else read(text), told), told)
        if inner and inner[0].kind is BlockKind.LITERAL:
            line = replace(line, mentions=(), dates=())
        if above.visibility is Visibility.PRIVATE:
            line = replace(line, visibility=Visibility.PRIVATE)
        self._report_troubles(number, line)
        if line.is_empty and found.is_empty:
            return [replace(child, under=above.number) for child in found.children]
        entry = NoteEntry(
            number,
            text,
            line,
            found.done_test,
            found.root,
            tuple(found.events),
            tuple(found.answers),
            above.number,
            anchor,
            told,
            tuple(line.number for line in content if line.number not in found.taken and line.text.strip()),
            tuple(sorted(found.taken - found.theirs)),
        )
        return [entry, *found.children]

    def _nested(self, blocks: Iterable[Block], kind: EntryKind, above: _Above) -> _Found:
        found = _Found()
        for block in blocks:
            if block.kind is BlockKind.ITEM and (
                self._take_detail(block, kind, found) or self._take_child(block, found, above)
            ):
                found.taken.update(line.number for line in block.lines)
        return found

    def _take_detail(self, block: Block, kind: EntryKind, found: _Found) -> bool:
        content = block.content
        if not content:
            return False
        number = content[0].number
        detail = read_detail(kind, number, _joined(content), self._zone)
        match detail:
            case DoneTest(text) if found.done_test is None:
                found.done_test = text
            case Root(text) if found.root is None:
                found.root = text
            case ActionEventNote():
                found.events.append(detail)
            case AnswerNote():
                found.answers.append(detail)
            case Doubt(message, what_to_do):
                self._warn(number, message, what_to_do)
                return False
            case _:
                return False
        return True

    def _take_child(self, block: Block, found: _Found, above: _Above) -> bool:
        """An entry of its own, where the nested item says its kind; else look for such items inside it."""
        content = block.content
        if not content or above.depth > MAX_NESTING:
            return False
        if is_marked(content[0].text):
            found.children += self._item(block, above)
            found.theirs.update(line.number for line in block.lines)
            return True
        inner = list(split_blocks(content))[1:] if len(content) > 1 else []
        deeper = replace(above, depth=above.depth + 1)
        for nested in inner:
            if nested.kind is BlockKind.ITEM and self._take_child(nested, found, deeper):
                found.taken.update(line.number for line in nested.lines)
                found.theirs.update(line.number for line in nested.lines)
        return False

    def _report_troubles(self, number: int, line: Line) -> None:
        """A bare `- [ ]` or `- ?` is a form that nobody has filled in yet: nothing is wrong with it."""
        for trouble in () if line.is_empty else line.troubles:
            self._warn(number, trouble.message, "")

    def _warn(self, number: int, message: str, what_to_do: str) -> None:
        self.problems.append(Problem(self._path, number, message, what_to_do, Severity.WARNING))


def _inner(content: Sequence[SourceLine], head: Line) -> list[Block]:
    """The blocks inside an item, behind its marker: `- note: ```c` begins with code. None for a single line."""
    if len(content) == 1:
        return []
    return list(split_blocks([SourceLine(content[0].number, head.text), *content[1:]]))


def _joined(lines: Iterable[SourceLine]) -> str:
    return "\n".join(line.text for line in lines).rstrip()


def _exactly(line: Line, told: Told) -> Line:
    """The line with its exact text, where the file's words are still those that this text is shown as."""
    exact = told.get("text")
    if exact is None or shown(exact) != line.text:
        return line
    marks = find_marks(exact)
    return replace(line, text=exact, mentions=marks.mentions, dates=marks.dates, troubles=())


def _untagged(line: Line, told: Told) -> Line:
    """The line without what the words alone would be taken for: tags in code, a comment that is meant to be seen."""
    if told.get("visibility") == Visibility.OPEN and parse(line.lead + line.text).visibility is Visibility.OPEN:
        line = replace(line, visibility=Visibility.OPEN)
    return replace(line, mentions=(), dates=()) if told.get("tags") == "none" else line


def _item_line(text: str) -> Line:
    """A list item as the capture grammar reads it."""
    return _hidden(as_task(parse(text)))


def _paragraph_line(text: str) -> Line:
    """A free paragraph: only a word or a box says a kind; `> quoted`, `* * *` or `% remark` is no capture."""
    line = parse(text)
    marker = line.lead.strip().removeprefix("~").lstrip()
    if marker[:8].lower() == "private:":
        marker = marker[8:].lstrip()
    is_text = bool(line.troubles) and line.text.startswith("%")
    if is_text or (marker[:1] and marker[0] in _SIGILS):
        line = replace(_note_line(text), visibility=line.visibility)
    return _hidden(line)


def _note_line(text: str) -> Line:
    marks = find_marks(text)
    return Line(EntryKind.NOTE, Visibility.OPEN, "", text, mentions=marks.mentions, dates=marks.dates)


def _literal_line(text: str) -> Line:
    """Code, a table, a quote, a formula: `#include` in it is no idea."""
    return _hidden(Line(EntryKind.NOTE, Visibility.OPEN, "", text))


def _hidden(line: Line) -> Line:
    """A comment of HTML or Obsidian is out of sight in the file, so it must not come into sight in a document."""
    if line.text.lstrip().startswith("<!--") or (not line.lead and line.text.lstrip().startswith("%%")):
        return replace(line, visibility=Visibility.PRIVATE)
    return line
