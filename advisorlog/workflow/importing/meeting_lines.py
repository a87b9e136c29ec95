"""A file's lines into entries; when the file comes again, only what changed in it.

Lines are the same by what they mean: kind, visibility, who said it, and the words. A line that the user has since
edited, added or deleted in the log is left alone: the file's older version (kept byte for byte) tells which lines
the file has had.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher

from advisorlog.domain import grammar
from advisorlog.domain.kinds import ActionState, EntryKind
from advisorlog.domain.moments import Moment, moment_of, noon, zone_of
from advisorlog.store import names
from advisorlog.store.lines import Said, StoredLine, store_action_event, store_line
from advisorlog.store.reading.sheets import INBOX
from advisorlog.vault.exactly import link_in
from advisorlog.vault.notes import ActionEventNote, AnswerNote, FreeNote, InboxNote, MeetingNote, NoteEntry
from advisorlog.vault.obsidian_tasks import read_marks
from advisorlog.vault.times import read_when
from advisorlog.workflow.changing import Change
from advisorlog.workflow.importing import boxes
from advisorlog.workflow.importing import told as told_rows
from advisorlog.workflow.importing.references import References
from advisorlog.workflow.importing.rows import upsert

LineNote = MeetingNote | FreeNote | InboxNote


@dataclass
class Written:
    """What became of a file's lines. `warnings` are (line, message, what to do)."""

    new: int = 0
    changed: int = 0
    removed: int = 0
    unknown: Counter[str] = field(default_factory=Counter[str])
    kept: Counter[str] = field(default_factory=Counter[str])
    warnings: list[tuple[int, str, str]] = field(default_factory=list[tuple[int, str, str]])


_Meaning = tuple[str, str, str, str]
"""Kind, visibility, who said it as a handle, and the words: lines that agree in these are the same line."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A line of the file: an entry, or an `answered ...` below one."""

    entry: NoteEntry
    answer: AnswerNote | None = None

    @property
    def meaning(self) -> _Meaning:
        if self.answer is not None:
            return EntryKind.ANSWER, self.entry.line.visibility, "", self.answer.text
        line = self.entry.line
        return line.kind, line.visibility, names.key(line.speaker or ""), line.text


def _wanted(note: LineNote | None) -> list[_Wanted]:
    found: list[_Wanted] = []
    for entry in note.entries if note else ():
        found.append(_Wanted(entry))
        found += [_Wanted(entry, answer) for answer in entry.answers]
    return found


def write(
    change: Change,
    note: LineNote,
    origin: str,
    meeting_id: int | None,
    start: Moment,
    before: LineNote | None,
    references: References,
) -> Written:
    """Write the lines of a file that is new, or that has changed since `before` (what it said when it last came in)."""
    return _Writing(change, note, Said(start, origin, meeting_id), before, references).run()


class _Writing:
    def __init__(
        self, change: Change, note: LineNote, said: Said, before: LineNote | None, references: References
    ) -> None:
        self._change = change
        self._connection = change.connection
        self._note = note
        self._said = said
        self._is_dated = isinstance(note, MeetingNote) or (isinstance(note, FreeNote) and note.start is not None)
        self._before = {wanted.meaning: wanted for wanted in _wanted(before)}
        self._had = Counter(wanted.meaning for wanted in _wanted(before))
        self._references = references
        self._written = Written()
        self._ids: dict[int, int] = {}

    def run(self) -> Written:
        present = self._present()
        wanted = _wanted(self._note)
        meanings = [_meaning(row) for row in present]
        places: dict[int, sqlite3.Row] = {}
        gone: list[sqlite3.Row] = []
        for tag, a, z, b, y in _steps(meanings, [each.meaning for each in wanted]):
            if tag == "equal":
                places.update(zip(range(b, y), present[a:z], strict=True))
            else:
                left = self._pair(list(present[a:z]), wanted, range(b, y), places)
                gone += left
        self._remove(gone)
        for position, each in enumerate(wanted):
            self._put(each, position, places.get(position))
        self._link()
        return self._written

    def _present(self) -> Sequence[sqlite3.Row]:
        """The lines that are in: all of the meeting's, all of the inbox, or those of an undated file."""
        if self._said.meeting_id is not None:
            where, values = "meeting_id = ?", (self._said.meeting_id,)
        elif self._said.origin == f"file:{INBOX}":
            where, values = "meeting_id IS NULL AND (origin = ? OR origin NOT LIKE 'file:%')", (self._said.origin,)
        else:
            where, values = "meeting_id IS NULL AND origin = ?", (self._said.origin,)
        return self._connection.execute(f"SELECT * FROM entry WHERE {where} ORDER BY position, id", values).fetchall()

    def _pair(
        self,
        gone: list[sqlite3.Row],
        wanted: Sequence[_Wanted],
        new: range,
        places: dict[int, sqlite3.Row],
    ) -> list[sqlite3.Row]:
        """A line that the file had, with other words now, stays the same line; returns those that are left over."""
        left = list(gone)
        for position in new:
            each = wanted[position]
            kind = EntryKind.ANSWER if each.answer else each.entry.line.kind
            if kind is EntryKind.CONFIDENCE:
                continue
            row = next((row for row in left if row["kind"] == kind and self._had[_meaning(row)] > 0), None)
            if row is not None:
                left.remove(row)
                self._had[_meaning(row)] -= 1
                places[position] = row
                self._reword(row, each)
        return left

    def _reword(self, row: sqlite3.Row, each: _Wanted) -> None:
        from advisorlog.workflow.entries import rewrite

        line = each.entry.line if each.answer is None else None
        if line is None:
            assert each.answer is not None
            line = grammar.Line(EntryKind.ANSWER, each.entry.line.visibility, "", each.answer.text)
        self._change.session.expire_all()
        rewrite(self._change, row["id"], line)
        self._change.session.flush()
        self._written.changed += 1

    def _remove(self, gone: Sequence[sqlite3.Row]) -> None:
        """Lines that left the file go; those that the file never had are the log's own, and stay."""
        for row in gone:
            if self._had[_meaning(row)] > 0:
                self._had[_meaning(row)] -= 1
                self._connection.execute("DELETE FROM entry WHERE id = ?", (row["id"],))
                self._written.removed += 1

    def _put(self, each: _Wanted, position: int, row: sqlite3.Row | None) -> None:
        said = replace(self._said, position=position)
        if each.answer is not None:
            self._put_answer(each.entry, each.answer, said, row)
            return
        entry = each.entry
        told_at = read_when(entry.told.get("at") or "", self._said.moment.zone)
        if told_at is not None and told_at.at is not None:
            said = replace(said, moment=told_at.at)
        if row is not None:
            entry_id = int(row["id"])
            keeps_time = not told_at and (not self._is_dated or row["origin"] != self._said.origin)
            when = (row["at"], row["zone"]) if keeps_time else (said.moment.stored, said.moment.zone)
            if (row["position"], row["at"], row["zone"]) != (position, *when):
                self._connection.execute(
                    "UPDATE entry SET position = ?, at = ?, zone = ? WHERE id = ?", (position, *when, entry_id)
                )
        else:
            entry_id = self._store(entry, said).entry_id
        self._ids[entry.line_number] = entry_id
        self._references.name(self._container, entry.anchor, entry_id)
        self._write_details(entry, entry_id, said, is_new=row is None)
        told_rows.write(self._connection, entry, entry_id, said, self._references)

    @property
    def _container(self) -> str:
        if self._said.meeting_id is None:
            return names.key(self._note.id)
        return f"meetings/{names.key(self._note.id)}"

    def _store(self, entry: NoteEntry, said: Said) -> StoredLine:
        line = replace(entry.line, checked=False) if entry.line.checked else entry.line
        if line.kind is EntryKind.TODO and not self._is_dated:
            said = replace(said, moment=boxes.promised(entry, said.moment))
        stored = store_line(self._connection, line, said)
        if stored.action_id is not None:
            marks = read_marks(line.text)
            self._written.kept.update(marks.kept)
            boxes.close_new(self._connection, stored.action_id, stored.due or marks.due, entry, said)
        self._written.new += 1
        self._written.unknown.update(f"{mention.mark}{mention.name}" for mention in stored.unknown)
        for phrase in stored.misread_dates if stored.kind is EntryKind.TODO else ():
            message = f"“^{phrase}” is no date that I know"
            self._written.warnings.append((entry.line_number, message, "Write it like ^2026-12-01"))
        return stored

    def _put_answer(self, entry: NoteEntry, answer: AnswerNote, said: Said, row: sqlite3.Row | None) -> None:
        when = answer.at or (_late(answer.day, said.moment.zone) if answer.day else said.moment)
        upsert(
            self._connection,
            "entry",
            {"id": row["id"]} if row is not None else {"id": None},
            answers_id=self._ids[entry.line_number],
            origin=row["origin"] if row is not None else said.origin,
            text=answer.text,
            meeting_id=said.meeting_id,
            kind=EntryKind.ANSWER,
            at=max(when, said.moment).stored,
            zone=when.zone,
            position=said.position,
            visibility=entry.line.visibility,
        )
        if row is None:
            self._written.new += 1

    def _write_details(self, entry: NoteEntry, entry_id: int, said: Said, *, is_new: bool) -> None:
        if entry.line.kind is not EntryKind.TODO:
            return
        action = self._connection.execute("SELECT id FROM action WHERE entry_id = ?", (entry_id,)).fetchone()
        before = self._before.get(_Wanted(entry).meaning)
        if is_new or before is None or before.entry.done_test != entry.done_test:
            test = entry.told.get("done_test") or entry.done_test
            if test is not None or not is_new:
                upsert(self._connection, "action", {"id": action["id"]}, done_test=test)
        boxes.set_due(self._connection, action["id"], entry.line)
        if not is_new:
            line = before.entry.line if before else None
            boxes.follow(self._connection, action["id"], entry, line, said, self._change.now)
        if "steps" not in entry.told:
            for number, event in enumerate(entry.events):
                self._write_event(action["id"], event, number, said)

    def _write_event(self, action_id: int, event: ActionEventNote, number: int, said: Said) -> None:
        """What was done counts from its noon on; what was agreed on a day, from that day's end (after the meeting)."""
        if event.at:
            when = event.at
        else:
            day = (noon if event.state is ActionState.DONE else _late)(event.day, said.moment.zone)
            shifted = Moment(day.at + timedelta(seconds=number), day.zone)
            when = max(shifted, Moment(said.moment.at, day.zone))
        known = self._connection.execute(
            "SELECT 1 FROM action_event WHERE action_id = ? AND state = ? AND at = ?",
            (action_id, event.state, when.stored),
        ).fetchone()
        if known is None:
            meeting = self._connection.execute("SELECT id FROM meeting WHERE slug = ?", (event.meeting,)).fetchone()
            moved = replace(said, moment=when, meeting_id=meeting["id"] if meeting else None)
            store_action_event(self._connection, action_id, event.state, moved, event.due, event.because)

    def _link(self) -> None:
        """Roots of todos, and answers to the questions that they stand below."""
        for entry in self._note.entries:
            if entry.root is not None and entry.line.kind is EntryKind.TODO:
                self._link_root(entry, entry.root)
            if entry.line.kind is EntryKind.ANSWER and entry.under in self._ids and "answers" not in entry.told:
                self._connection.execute(
                    "UPDATE entry SET answers_id = ? WHERE id = ? AND answers_id IS NOT ?",
                    (self._ids[entry.under], self._ids[entry.line_number], self._ids[entry.under]),
                )

    def _link_root(self, entry: NoteEntry, quoted: str) -> None:
        action_of = self._ids[entry.line_number]
        if link_in(quoted):
            self._references.later.append(
                lambda: told_rows.set_root(self._connection, action_of, self._references.entry(quoted))
            )
            return
        root = _root(self._note, quoted)
        if root is None:
            message = "`root:` quotes no takeaway of this file"
            self._written.warnings.append((entry.line_number, message, "Copy the takeaway's words"))
        else:
            told_rows.set_root(self._connection, action_of, self._ids[root.line_number])


def _steps(present: list[_Meaning], wanted: list[_Meaning]) -> Iterator[tuple[str, int, int, int, int]]:
    if present == wanted:
        return iter([("equal", 0, len(present), 0, len(wanted))])
    return iter(SequenceMatcher(a=present, b=wanted, autojunk=False).get_opcodes())


def _meaning(row: sqlite3.Row) -> _Meaning:
    speaker = grammar.parse(f"{row['lead']}x").speaker if "@" in row["lead"] else None
    return row["kind"], row["visibility"], names.key(speaker or ""), row["text"]


def _late(day: date, zone: str) -> Moment:
    return moment_of(datetime(day.year, day.month, day.day, 23, 30, tzinfo=zone_of(zone)), zone)


def _root(note: LineNote, quoted: str) -> NoteEntry | None:
    wanted = _bare(quoted)
    found = [e for e in note.entries if _bare(e.line.text).startswith(wanted)]
    found.sort(key=lambda entry: entry.line.kind is not EntryKind.TAKEAWAY)
    return found[0] if wanted and found else None


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()
