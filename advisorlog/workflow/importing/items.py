"""What another tool's file lists, into entries; when the file comes again, only what changed in it.

Three versions meet: what the tool's files said when they last came in, what this file says now, and the log. What
the user has since edited or deleted in the log is left as the log has it. Nothing is removed because a file no longer
lists it: exports are filtered and lists are archived.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from difflib import SequenceMatcher

from advisorlog.domain import grammar
from advisorlog.domain.dates import understand_spoken
from advisorlog.domain.grammar import DateMark, Line, Mention
from advisorlog.domain.kinds import ActionState, EntryKind
from advisorlog.domain.marks import find_marks
from advisorlog.domain.moments import Moment, moment
from advisorlog.store import names
from advisorlog.store.lines import Said, store_action_event, store_line
from advisorlog.vault.notes import Item, ListNote

_MOST_TO_COMPARE = 20_000_000
"""Edited items times listed ones, from which on edits are no longer told from new items: it would take minutes."""

_OFTEN = 100
"""Items between two reports of how far the writing is."""


@dataclass
class Earlier:
    """The items of one format as they last came in: by key, and the keys of each file in its order."""

    items: dict[str, Item] = field(default_factory=dict[str, Item])
    of_file: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def add(self, note: ListNote) -> None:
        """Remember what a file says; the latest word on an item counts."""
        self.items.update((item.key, item) for item in note.items)
        self.of_file[note.id] = [item.key for item in note.items]


@dataclass
class Outcome:
    """What became of the items. `warnings` are (line, message, what to do)."""

    new: Counter[str] = field(default_factory=Counter[str])
    changed: int = 0
    gone: int = 0
    warnings: list[tuple[int, str, str]] = field(default_factory=list[tuple[int, str, str]])


@dataclass(frozen=True, slots=True)
class Place:
    """Where items are written: the meeting that their file records, if it does, and how its speakers are named."""

    meeting_id: int | None
    handle_of: Callable[[str], str | None]
    now: Moment
    on_item: Callable[[int], None]
    """Told how many items are done."""


def write(connection: sqlite3.Connection, note: ListNote, earlier: Earlier, place: Place) -> Outcome:
    """Write what is new or has changed in a file since it, or another file with the same items, last came in."""
    outcome = Outcome()
    present = {
        row["origin"]: row
        for row in connection.execute(
            "SELECT id, origin, kind, lead, text FROM entry WHERE origin >= ? AND origin < ?",
            (f"{note.format}:", f"{note.format};"),
        )
    }
    now_listed = [item.key for item in note.items]
    formerly = _renamed(earlier.of_file.get(note.id, []), now_listed)
    writer = _ItemWriter(connection, note, place, outcome)
    for position, item in enumerate(note.items):
        key = item.key if item.key in earlier.items else formerly.get(item.key, item.key)
        writer.take(position, item, earlier.items.get(key), present.get(f"{note.format}:{key}"))
        if position % _OFTEN == 0:
            place.on_item(position)
    outcome.gone = len(set(earlier.of_file.get(note.id, [])) - set(now_listed) - set(formerly.values()))
    return outcome


def _renamed(before: Sequence[str], now: Sequence[str]) -> dict[str, str]:
    """Which new key stands where an old one stood, between the same neighbours: an item whose words were edited."""
    start = 0
    while start < min(len(before), len(now)) and before[start] == now[start]:
        start += 1
    end = 0
    while end < min(len(before), len(now)) - start and before[-1 - end] == now[-1 - end]:
        end += 1
    old, new = before[start : len(before) - end], now[start : len(now) - end]
    found: dict[str, str] = {}
    if len(set(old) - set(new)) * len(new) > _MOST_TO_COMPARE:
        return found
    for tag, first, last, low, high in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "replace" and last - first == high - low:
            found.update(zip(new[low:high], old[first:last], strict=True))
    still_there = set(now)
    return {key: former for key, former in found.items() if former not in still_there}


class _ItemWriter:
    """Writes the items of one file, one after another."""

    def __init__(self, connection: sqlite3.Connection, note: ListNote, place: Place, outcome: Outcome) -> None:
        self._connection = connection
        self._format = note.format
        self._place = place
        self._outcome = outcome
        self._projects = {
            names.key(name): int(row["id"])
            for row in connection.execute("SELECT id, slug, name FROM project")
            for name in (row["slug"], row["name"])
        }

    def take(self, position: int, item: Item, before: Item | None, row: sqlite3.Row | None) -> None:
        if row is None:
            if before is None:
                self._store(position, item)
            return
        if before is not None and _same(before, item):
            return
        if before is not None and not _as_it_came(row["lead"] + row["text"], before):
            if before.text != item.text:
                message = "changed here and in the log: the log's words stay"
                self._outcome.warnings.append((item.line_number, message, f"See: advisorlog history entry {row['id']}"))
        elif before is not None:
            self._rewrite(position, item, row)
        self._move(item, before, row["id"])
        if before is not None and row["origin"] != self._origin(item):
            self._connection.execute("UPDATE entry SET origin = ? WHERE id = ?", (self._origin(item), row["id"]))
        self._outcome.changed += before is not None

    def _origin(self, item: Item) -> str:
        return f"{self._format}:{item.key}"

    def _said(self, position: int, item: Item) -> Said:
        project = self._projects.get(names.key(item.project)) if item.project else None
        at = item.at or self._place.now
        return Said(at, self._origin(item), self._place.meeting_id, project, position)

    def _store(self, position: int, item: Item) -> None:
        stored = store_line(self._connection, self._line(item), self._said(position, item))
        self._outcome.new["todo" if item.kind is EntryKind.TODO else "entry"] += 1
        if stored.action_id is not None and item.closed is not None:
            self._close(stored.action_id, item)

    def _rewrite(self, position: int, item: Item, row: sqlite3.Row) -> None:
        """New words, and what hangs on them, in the place of the old; an action keeps its history."""
        if row["kind"] != item.kind:
            self._connection.execute("DELETE FROM entry WHERE id = ?", (row["id"],))
            self._store(position, item)
            return
        line = self._line(item)
        self._connection.execute(
            "UPDATE entry SET lead = ?, text = ?, visibility = ? WHERE id = ?",
            (line.lead, line.text, line.visibility, row["id"]),
        )
        self._connection.execute("DELETE FROM mention WHERE entry_id = ?", (row["id"],))
        for mention in line.mentions:
            is_idea = mention.mark == "#"
            target = (names.find_idea if is_idea else names.find_person)(self._connection, mention.name)
            self._connection.execute(
                "INSERT INTO mention (entry_id, mark, name, idea_id, person_id) VALUES (?, ?, ?, ?, ?)",
                (
                    row["id"],
                    mention.mark,
                    names.key(mention.name),
                    target if is_idea else None,
                    None if is_idea else target,
                ),
            )

    def _move(self, item: Item, before: Item | None, entry_id: int) -> None:
        """A promise whose day or state has changed in the tool."""
        action = self._connection.execute("SELECT id, due FROM action WHERE entry_id = ?", (entry_id,)).fetchone()
        if action is None or before is None:
            return
        if item.due != before.due:
            due = item.due.isoformat() if item.due else None
            self._connection.execute("UPDATE action SET due = ? WHERE id = ?", (due, action["id"]))
        if item.closed is not None and item.closed != before.closed:
            self._close(action["id"], item)
        elif item.closed is None and before.closed is not None:
            self._reopen(action["id"], item)

    def _close(self, action_id: int, item: Item) -> None:
        assert item.closed is not None
        opened = item.at or self._place.now
        ended = max(item.closed_at or self._place.now, opened)
        store_action_event(self._connection, action_id, item.closed, Said(ended, self._origin(item)))

    def _reopen(self, action_id: int, item: Item) -> None:
        """Open again from now on; the tool does not say since when, only that it was after the last step."""
        last = self._connection.execute(
            "SELECT at, zone FROM action_event WHERE action_id = ? ORDER BY at DESC, id DESC LIMIT 1", (action_id,)
        ).fetchone()
        after = moment(last["at"], last["zone"])
        when = max(self._place.now, Moment(after.at + timedelta(seconds=1), after.zone))
        store_action_event(self._connection, action_id, ActionState.OPEN, Said(when, self._origin(item)))

    def _line(self, item: Item) -> Line:
        """The item as our grammar has it: its words, and in their first line marks for what it names."""
        ideas = [slug for tag in item.tags if (slug := self._idea(tag)) and f"#{slug}" not in item.text.split()]
        marks = [*(f"#{slug}" for slug in dict.fromkeys(ideas)), *self._due_mark(item)]
        first, end, rest = item.text.partition("\n")
        text = " ".join([first, *marks]) + end + rest
        handle = self._place.handle_of(item.speaker) if item.speaker else None
        compose = grammar.compose_words if item.kind is EntryKind.TODO else grammar.compose_sigil
        typed = compose(item.kind, text, visibility=item.visibility, speaker=handle)
        found = [mention for mention in find_marks(text).mentions if self._counts(mention, item.kind)]
        named = {mention.name for mention in found}
        at = len(first)
        found += [Mention("#", slug, at, at) for slug in dict.fromkeys(ideas) if slug not in named]
        dates = (DateMark(str(item.due), at, at),) if item.due else ()
        lead = typed.removesuffix(text)
        return Line(item.kind, item.visibility, lead, text, handle, mentions=tuple(found), dates=dates)

    def _due_mark(self, item: Item) -> list[str]:
        """`^2026-12-01`, unless the words say that day in our way already."""
        said = (item.at or self._place.now).day
        days = [understand_spoken(mark.phrase, said) for mark in find_marks(item.text).dates]
        return [f"^{item.due}"] if item.due and item.due not in days else []

    def _idea(self, tag: str) -> str | None:
        """The slug of the idea that a tag names; tools that allow no dash in a tag have `_` for it."""
        for slug in (names.key(tag), names.key(tag).replace("_", "-")):
            if names.find_idea(self._connection, slug) is not None:
                return slug
        return None

    def _counts(self, mention: Mention, kind: EntryKind) -> bool:
        """Other tools' `#` and `@` mean many things: they count where there is such an idea or person.

        In a TODO, `@ann` would say whose it is; a list of one's own has contexts there, `@phone`.
        """
        if mention.mark == "#":
            return names.find_idea(self._connection, mention.name) is not None
        return kind is not EntryKind.TODO and names.find_person(self._connection, mention.name) is not None


def _same(before: Item, now: Item) -> bool:
    """Whether the tool says the same of an item, wherever in its file it stands now."""
    return replace(before, line_number=0, key="") == replace(now, line_number=0, key="")


def _as_it_came(typed: str, before: Item) -> bool:
    """Whether the log still has the item's words, with or without the marks that came with them."""
    first, end, rest = before.text.partition("\n")
    slugs = {form for tag in before.tags for form in (names.key(tag), names.key(tag).replace("_", "-"))}
    marks = "|".join(re.escape(mark) for mark in [*(f"#{slug}" for slug in slugs), f"^{before.due}"])
    words = rf"{re.escape(first)}(?: (?:{marks}))*{re.escape(end + rest)}\Z"
    return re.search(words, typed) is not None
