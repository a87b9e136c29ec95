"""What may be sent: whole sentences of records, numbered, with their places. All else stays here.

Private records never; nothing that tags a private idea; nothing from a mentee's meetings and nothing that names a
mentee, except that mentee's own where the task is for them. When in doubt it stays, and is counted as withheld.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from advisorlog.documents.guard import Guard, guard_of
from advisorlog.domain import grammar
from advisorlog.domain.kinds import ActionState, EntryKind, RecordKind, Role, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.domain.proposing.turns import turns
from advisorlog.domain.spans import sentences
from advisorlog.store.reading import actions, entries, ideas, people
from advisorlog.store.reading.rows import Action, Entry, Idea, Person

MOST = 120
"""Sentences that go out at most: a prompt that a small local model still holds."""
LONGEST = 600
"""Characters of a sentence; a longer run is no sentence that anybody could check."""
PLANS = (EntryKind.TODO, EntryKind.QUESTION)
_ONLY_MARKS = re.compile(r"(?:[#@^]\S+\s*)+")
"""`#idea @person` behind a full stop: it files the line, and says nothing that could be quoted."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record to send from: which, and its text."""

    kind: RecordKind
    id: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """Sentence `number` of the material: text[start:end] of a record's own text, on one line.

    `is_planned`: it says what is to be done or asked, which is no evidence that it happened. `what` is the entry's
    kind, `by` who said it.
    """

    number: int
    record: Record
    start: int
    end: int
    text: str
    what: str = ""
    day: date | None = None
    by: str = ""
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """All that a task may send, and how many records were withheld from it."""

    sentences: tuple[Sentence, ...] = ()
    withheld: int = 0

    def numbered(self, number: int) -> Sentence | None:
        return self.sentences[number - 1] if 0 < number <= len(self.sentences) else None

    @property
    def longest(self) -> int:
        """Characters of its longest sentence."""
        return max((len(each.text) for each in self.sentences), default=0)


class Sending:
    """Decides, record by record, and builds the material."""

    def __init__(self, connection: sqlite3.Connection, until: Moment, mentee: Person | None = None) -> None:
        self.connection = connection
        self.until = until
        self.mentee = mentee
        every = people.all_series(connection)
        self.guard: Guard = guard_of(connection, every, mentee, until)
        self.own = {s.id for s in every if mentee and mentee.id in {person.id for person in s.people}}

    def material(self, records: Iterable[Record]) -> Material:
        """The sentences of these records, as far as they may be sent, in the order of the records."""
        wanted = list(dict.fromkeys(records))
        said = entries.by_ids(self.connection, [each.id for each in wanted if each.kind is RecordKind.ENTRY])
        known = {idea.id: idea for idea in ideas.ideas(self.connection, self.until)}
        found: list[Sentence] = []
        withheld = 0
        for each in wanted:
            match each.kind:
                case RecordKind.ENTRY if each.id in said:
                    part = self._entry(each, said[each.id])
                case RecordKind.ACTION:
                    part = self._action(each, actions.action(self.connection, each.id, self.until))
                case RecordKind.IDEA if each.id in known:
                    part = self._idea(each, known[each.id])
                case _:
                    continue
            withheld += part is None
            found.extend(part or ())
        return Material(tuple(_numbered(found[:MOST])), withheld)

    def whole(self, records: Iterable[Record]) -> set[Record]:
        """Those of some entries and ideas whose whole text may be sent; of other kinds, none."""
        wanted = set(records)
        said = entries.by_ids(self.connection, [each.id for each in wanted if each.kind is RecordKind.ENTRY])
        sent = {Record(RecordKind.ENTRY, each.id) for each in said.values() if self._lets_entry(each)}
        for idea in ideas.ideas(self.connection, self.until):
            if self._lets(idea.visibility, None, None, f"#{idea.slug}", idea.title, idea.claim):
                sent.add(Record(RecordKind.IDEA, idea.id))
        return sent & wanted

    def lets(self, text: str) -> bool:
        """Whether a text that the user typed may be sent: it names no mentee and no private idea."""
        return self.guard.lets("", Visibility.OPEN, text)

    def notes(self, notes: str) -> Material:
        """Free notes or a transcript that the user hands over: the sentences of its lines, offsets in the notes.

        Lines that are marked private stay; so does what names a mentee or tags a private idea.
        """
        found: list[Sentence] = []
        withheld = 0
        place = Record(RecordKind.DOCUMENT, 0)
        for turn in turns(notes):
            said = notes[turn.start : turn.end]
            line = grammar.parse(said)
            if not self.guard.lets("", line.visibility, said, turn.speaker):
                withheld += 1
                continue
            lead = len(line.lead)
            found.extend(
                replace(each, start=each.start + turn.start + lead, end=each.end + turn.start + lead)
                for each in _cut(place, said[lead:], "", None, turn.speaker, False)
            )
        return Material(tuple(_numbered(found[:MOST])), withheld)

    def text(self, text: str) -> Material:
        """A text of the user's own, sentence by sentence; what names a mentee or tags a private idea stays."""
        cut = _cut(Record(RecordKind.DOCUMENT, 0), text, "", None, "", False)
        sent = [each for each in cut if self.guard.lets("", Visibility.OPEN, each.text)]
        return Material(tuple(_numbered(sent[:MOST])), len(cut) - len(sent))

    def _entry(self, record: Record, entry: Entry) -> list[Sentence] | None:
        if not self._lets_entry(entry):
            return None
        by = "me" if entry.said_by_me else entry.speaker_name or ""
        return _cut(record, entry.text, str(entry.kind), entry.said.day, by, entry.kind in PLANS)

    def _action(self, record: Record, action: Action) -> list[Sentence] | None:
        if not self._lets(action.visibility, action.role, action.series_id, action.text, action.root):
            return None
        done = action.state is ActionState.DONE
        by = "me" if action.is_mine else action.owner_name or ""
        return _cut(record, action.text, "todo, done" if done else "todo, open", action.opened.day, by, not done)

    def _idea(self, record: Record, idea: Idea) -> list[Sentence] | None:
        if not self._lets(idea.visibility, None, None, f"#{idea.slug}", idea.title):
            return None
        return _cut(record, idea.title, "idea", None, "", False)

    def _lets_entry(self, entry: Entry) -> bool:
        return self._lets(entry.visibility, entry.role, entry.series_id, entry.lead, entry.text)

    def _lets(self, visibility: Visibility, role: Role | None, series: int | None, *texts: str | None) -> bool:
        if role is Role.MENTEE and series not in self.own:
            return False
        return self.guard.lets("", visibility, *texts)


def _cut(record: Record, text: str, what: str, day: date | None, by: str, is_planned: bool) -> list[Sentence]:
    return [
        Sentence(
            0, record, span.start, span.end, " ".join(text[span.start : span.end].split()), what, day, by, is_planned
        )
        for span in sentences(text)
        if span.end - span.start <= LONGEST and not _ONLY_MARKS.fullmatch(text, span.start, span.end)
    ]


def _numbered(found: Sequence[Sentence]) -> Iterable[Sentence]:
    return (replace(each, number=number) for number, each in enumerate(found, 1))
