"""The lines of a meeting edited one by one: a line that says the same stays as the file has it."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import Enum, auto

from advisorlog.domain.kinds import EntryKind, Visibility
from advisorlog.store.reading.sheets import EntrySheet, InboxSheet, MeetingSheet
from advisorlog.vault.blocks import BlockKind, split_blocks, split_lines
from advisorlog.vault.body import AGENDA_HEADINGS, NOTES_HEADINGS
from advisorlog.vault.file_text import FileText
from advisorlog.vault.lines_out import LinesOut
from advisorlog.vault.notes import AnswerNote, FreeNote, InboxNote, MeetingNote, NoteEntry
from advisorlog.vault.surroundings import Surroundings


class Way(Enum):
    """How a line that changed is put into its file; the plainest that reads back is taken."""

    AS_IT_WAS = auto()
    """A heading stays a heading, a paragraph a paragraph."""
    AS_ITEM = auto()
    APART = auto()
    """As an item, with blank lines where the text around would run into it, or together without it."""


_BULLET = re.compile(r"[ \t]*(?:[-*+•]|[0-9]{1,3}[.)])[ \t]+")
_BOX = re.compile(r"\[[ xX]\]")


def edit_entries(
    file: FileText,
    note: MeetingNote | FreeNote | InboxNote,
    before: MeetingSheet | InboxSheet,
    now: MeetingSheet | InboxSheet,
    around: Surroundings,
    way: Way,
) -> bool:
    """Bring the lines up to date; False where the file is not what `before` says, so that none can be told apart."""
    held: list[NoteEntry | tuple[NoteEntry, AnswerNote]] = []
    for entry in note.entries:
        held += [entry, *((entry, answer) for answer in entry.answers)]
    if [_text(each) for each in held] != [entry.text for entry in before.entries]:
        return False
    return _Lines(file, note, held, before, now, around, way).run()


def _text(held: NoteEntry | tuple[NoteEntry, AnswerNote]) -> str:
    return held[1].text if isinstance(held, tuple) else held.line.text


class _Lines:
    def __init__(
        self,
        file: FileText,
        note: MeetingNote | FreeNote | InboxNote,
        held: Sequence[NoteEntry | tuple[NoteEntry, AnswerNote]],
        before: MeetingSheet | InboxSheet,
        now: MeetingSheet | InboxSheet,
        around: Surroundings,
        way: Way,
    ) -> None:
        self._file = file
        self._way = way
        self._note = note
        self._held = held
        self._before, self._now = before.entries, now.entries
        self._old, self._new = LinesOut(before, around), LinesOut(now, around)

    def run(self) -> bool:
        keys = [[(e.kind, e.visibility, e.said_by, e.text) for e in entries] for entries in (self._before, self._now)]
        steps = SequenceMatcher(a=keys[0], b=keys[1], autojunk=False).get_opcodes()
        for tag, a, z, b, y in steps:
            pairs = list(zip(range(a, z), range(b, y), strict=False))
            if tag != "equal":
                pairs = [(i, j) for i, j in pairs if _is_one_line(self._before[i], self._now[j])]
            if not all(self._edit(i, self._before[i], self._now[j]) for i, j in pairs):
                return False
            gone = [i for i in range(a, z) if i not in {i for i, _ in pairs}]
            if not all(self._remove(i) for i in gone):
                return False
            added = [j for j in range(b, y) if j not in {j for _, j in pairs}]
            if added and not self._add(z, [self._now[j] for j in added]):
                return False
        return True

    def _edit(self, at: int, before: EntrySheet, now: EntrySheet) -> bool:
        old, new = self._old.item(before), self._new.item(now)
        if old == new:
            return True
        held = self._held[at]
        if isinstance(held, tuple):
            return self._edit_answer(held[1], before, now)
        heads = [_head(lines) for lines in (old, new)]
        if old[: heads[0]] != new[: heads[1]]:
            self._edit_head(held, now, old[: heads[0]], new[: heads[1]])
        self._edit_details(held, old[heads[0] :], new[heads[1] :])
        return True

    def _edit_head(self, held: NoteEntry, now: EntrySheet, old: list[str], new: list[str]) -> None:
        first = held.own[0]
        line = self._file.lines[first - 1]
        if old[1:] == new[1:] and _BOX.sub("[ ]", old[0], count=1) == _BOX.sub("[ ]", new[0], count=1):
            box = _BOX.search(new[0])
            self._file.replace([first], [_BOX.sub(box[0] if box else "[ ]", line, count=1)])
            return
        bullet = _BULLET.match(line)
        lines = self._with_bullet(line, bullet, new) if bullet else self._without_bullet(held, now, new)
        self._file.replace(list(held.own), lines)

    def _without_bullet(self, held: NoteEntry, now: EntrySheet, lines: list[str]) -> list[str]:
        """Our item in the place of a heading, a paragraph or a block."""
        match self._way:
            case Way.AS_IT_WAS:
                words = now.text.split("\n")
                is_bare = (now.kind, now.visibility) == (EntryKind.NOTE, Visibility.OPEN) and len(words) == len(lines)
                return words if is_bare else [line[2:] for line in lines]
            case Way.AS_ITEM:
                return lines
            case Way.APART:
                above, below = self._gap(held.own[0] - 1), self._gap(held.own[-1] + 1)
                return [*above, *lines, *below]

    def _gap(self, number: int) -> list[str]:
        """A blank line, if that line of the file is there and not blank."""
        inside = self._file.body_line <= number <= len(self._file.lines)
        return [""] if inside and self._file.lines[number - 1].strip() else []

    def _with_bullet(self, line: str, bullet: re.Match[str], lines: list[str]) -> list[str]:
        """Our item with the file's own bullet and margin."""
        margin = _blanked(bullet)
        return [bullet[0] + lines[0][2:], *(margin + each[2:] if each else "" for each in lines[1:])]

    def _edit_details(self, held: NoteEntry, old: list[str], new: list[str]) -> None:
        if old == new:
            return
        first = self._file.lines[held.own[0] - 1]
        bullet = _BULLET.match(first)
        margin = _blanked(bullet) if bullet else "  "
        if held.details:
            present = self._file.lines[held.details[0] - 1]
            margin = present[: len(present) - len(present.lstrip())]
        kept = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
        is_longer = all(tag in ("equal", "insert") for tag, *_ in kept)
        added = [margin + line[2:] for tag, _, _, b, y in kept if tag == "insert" for line in new[b:y]]
        last = max([*held.own, *held.details])
        if is_longer:
            self._file.insert(last, added)
        elif held.details:
            self._file.replace(list(held.details), [margin + line[2:] for line in new])

    def _edit_answer(self, answer: AnswerNote, before: EntrySheet, now: EntrySheet) -> bool:
        """An `answered 2026-01-13: ...` keeps its place and its day; only its words are edited."""
        line = self._file.lines[answer.line_number - 1]
        if before.text not in line or "\n" in now.text or before.answers != now.answers:
            return False
        self._file.replace([answer.line_number], [line.replace(before.text, now.text)])
        return True

    def _remove(self, at: int) -> bool:
        held = self._held[at]
        if isinstance(held, tuple):
            self._file.replace([held[1].line_number], [])
            return True
        if any(entry.under == held.line_number for entry in self._note.entries):
            return False
        answered = {answer.line_number for answer in held.answers}
        left = self._gap(held.own[0] - 1) if self._way is Way.APART else []
        self._file.replace([*held.own, *(number for number in held.details if number not in answered)], left)
        return True

    def _add(self, at: int, entries: list[EntrySheet]) -> bool:
        """New lines behind the line before them, at the margin."""
        lines = [line for entry in entries for line in self._new.item(entry)]
        last = self._last_of(at - 1) if at else None
        if last is not None:
            if self._way is Way.APART:
                lines = [*self._gap(last), *lines, *self._gap(last + 1)]
            self._file.insert(last, lines)
        elif self._note.entries:
            self._file.insert(self._note.entries[0].own[0] - 1, lines)
        elif isinstance(self._note, MeetingNote) and not _heading(self._file, NOTES_HEADINGS):
            self._file.append(["## Notes", *lines])
        else:
            self._file.append(lines)
        return True

    def _last_of(self, at: int) -> int:
        """The last line of the item at the margin that holds an entry."""
        held = self._held[at]
        entry = held[0] if isinstance(held, tuple) else held
        within = [e for e in self._note.entries if e.line_number >= entry.line_number]
        last = max([*entry.own, *entry.details])
        for each in within[1:]:
            if each.under is None:
                break
            last = max([last, *each.own, *each.details])
        return last


def _is_one_line(before: EntrySheet, now: EntrySheet) -> bool:
    """Whether a line may be edited into another: an answer may stand in the details of its question."""
    return before.kind == now.kind or EntryKind.ANSWER not in (before.kind, now.kind)


def _blanked(bullet: re.Match[str]) -> str:
    """White space as wide as a bullet with its margin, tabs kept."""
    return re.sub(r"[^\t]", " ", bullet[0])


def _head(lines: list[str]) -> int:
    """How many of an item's lines are its words and comment; its details follow."""
    return next((n for n, line in enumerate(lines) if n and _is_detail(line)), len(lines))


_DETAIL = re.compile(
    r"  - (?:done test: |root: |\d{4}-\d{2}-\d{2}\S* (?:reopened|carried|renegotiated|done|dropped)\b)"
)


def _is_detail(line: str) -> bool:
    return _DETAIL.match(line) is not None


def edit_agenda(file: FileText, lines: list[str]) -> None:
    """Another agenda (with its heading) in the place of the one that stands there."""
    heading = _heading(file, AGENDA_HEADINGS)
    if heading is None:
        file.insert(file.body_line - 1, lines)
        return
    start, end = heading
    while end > start + 1 and not file.lines[end - 2].strip():
        end -= 1
    file.replace(list(range(start, end)), [file.lines[start - 1], *lines[1:]] if lines else [])


def _heading(file: FileText, names: frozenset[str]) -> tuple[int, int] | None:
    """The first line of a section, and that of what follows it."""
    last = len(file.lines) + (0 if file.lines and not file.lines[-1] else 1)
    blocks = [b for b in split_blocks(split_lines(file.body, file.body_line)) if b.kind is BlockKind.HEADING]
    for number, block in enumerate(blocks):
        if block.section in names:
            later = [each.number for each in blocks[number + 1 :] if each.level <= block.level]
            return block.number, later[0] if later else last
    return None
