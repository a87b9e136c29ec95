"""Storing one captured line, with all that hangs on it. The one way in for `add`, the TUI and import.

Plain sqlite3, no SQLModel: `add` answers within the time that a shell takes (DESIGN.md, section 7).
"""

import sqlite3
from dataclasses import dataclass
from datetime import date

from advisorlog.domain import dates, promise
from advisorlog.domain.grammar import Line, Mention
from advisorlog.domain.kinds import ActionState, EntryKind, Role
from advisorlog.domain.moments import Moment
from advisorlog.store import names


@dataclass(frozen=True, slots=True)
class Said:
    """Where and when a line was said. `origin` says how it came in: `cli`, `tui`, `file`."""

    moment: Moment
    origin: str
    meeting_id: int | None = None
    project_id: int | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class StoredLine:
    """What became of a line: its record, and what the user should hear about it."""

    entry_id: int
    kind: EntryKind
    unknown: tuple[Mention, ...]
    due: date | None
    misread_dates: tuple[str, ...]
    action_id: int | None = None
    event_id: int | None = None


def store_line(connection: sqlite3.Connection, line: Line, said: Said) -> StoredLine:
    """Write the line and its mentions; a todo becomes an action, a confidence line an idea's event.

    Must run inside `connection.transaction`. Nothing is lost: an unknown tag is kept as a mention without a
    target, and takes effect when such a record is made (`adopt_idea`, `adopt_person`).
    """
    speaker = _speaker(connection, line, said)
    entry_id = _insert(
        connection,
        "entry",
        meeting_id=said.meeting_id,
        project_id=said.project_id or _project(connection, line, said),
        kind=line.kind,
        lead=line.lead,
        text=line.text,
        speaker_id=speaker,
        visibility=line.visibility,
        origin=said.origin,
        at=said.moment.stored,
        zone=said.moment.zone,
        position=said.position,
        answers_id=_question(connection, said) if line.kind is EntryKind.ANSWER else None,
    )
    known, unknown = _store_mentions(connection, entry_id, line)
    due, misread = _dates(line, said.moment.day)
    action_id = event_id = None
    if line.kind is EntryKind.TODO:
        named = promise.owner(line.text) if line.mentions else None
        owner = names.find_person(connection, named.name) if named else names.me(connection)
        action_id = _store_action(connection, entry_id, owner, due, line.checked, said)
    elif line.kind is EntryKind.CONFIDENCE:
        ideas = [target for mention, target in known if mention.mark == "#"]
        event_id = _store_confidence(connection, entry_id, ideas[0], line, said) if ideas else None
    return StoredLine(entry_id, line.kind, tuple(unknown), due, misread, action_id, event_id)


def adopt_idea(connection: sqlite3.Connection, idea_id: int, slug: str) -> int:
    """Point the waiting `#slug` mentions at an idea that has just been made; returns how many."""
    from advisorlog.domain import grammar
    from advisorlog.domain.moments import moment

    waiting = connection.execute(
        "SELECT DISTINCT e.id, e.lead, e.text, e.kind, e.at, e.zone, e.origin FROM mention m "
        "JOIN entry e ON e.id = m.entry_id WHERE m.mark = '#' AND m.name = ? AND m.idea_id IS NULL",
        (names.key(slug),),
    ).fetchall()
    connection.execute(
        "UPDATE mention SET idea_id = ? WHERE mark = '#' AND name = ? AND idea_id IS NULL",
        (idea_id, names.key(slug)),
    )
    for row in waiting:
        line = grammar.parse(row["lead"] + row["text"])
        first = next((mention for mention in line.mentions if mention.mark == "#"), None)
        if row["kind"] == EntryKind.CONFIDENCE and first and names.key(first.name) == names.key(slug):
            said = Said(moment(row["at"], row["zone"]), row["origin"])
            _store_confidence(connection, row["id"], idea_id, line, said)
    return len(waiting)


def adopt_person(connection: sqlite3.Connection, person_id: int, handle: str) -> int:
    """Point the waiting `@handle` mentions at a person that has just been made; returns how many."""
    found = connection.execute(
        "UPDATE mention SET person_id = ? WHERE mark = '@' AND name = ? AND person_id IS NULL RETURNING entry_id",
        (person_id, names.key(handle)),
    ).fetchall()
    for row in found:
        (text,) = connection.execute("SELECT text FROM entry WHERE id = ?", (row["entry_id"],)).fetchone()
        owner = promise.owner(text)
        if owner and names.key(owner.name) == names.key(handle):
            connection.execute(
                "UPDATE action SET owner_id = ? WHERE entry_id = ? AND owner_id IS NULL",
                (person_id, row["entry_id"]),
            )
    return len(found)


def _insert(connection: sqlite3.Connection, table: str, **values: object) -> int:
    """Insert a row; table and column names are ours, never a user's."""
    columns = ", ".join(values)
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values()))
    if cursor.lastrowid is None:
        raise sqlite3.DatabaseError(f"no row id for {table}")
    return cursor.lastrowid


def _speaker(connection: sqlite3.Connection, line: Line, said: Said) -> int | None:
    if line.speaker:
        return names.find_person(connection, line.speaker)
    if line.kind is not EntryKind.ADVICE:
        return names.me(connection)
    if said.meeting_id is None:
        return None
    role, other = names.other_side(connection, said.meeting_id)
    return names.me(connection) if role == Role.MENTEE else other


def _project(connection: sqlite3.Connection, line: Line, said: Said) -> int | None:
    """Outside a meeting, a line belongs to the project of the first idea that it names."""
    if said.meeting_id is not None:
        return None
    for mention in line.mentions:
        if mention.mark == "#" and (idea_id := names.find_idea(connection, mention.name)) is not None:
            row = connection.execute("SELECT project_id FROM idea WHERE id = ?", (idea_id,)).fetchone()
            return None if row is None else row["project_id"]
    return None


def _question(connection: sqlite3.Connection, said: Said) -> int | None:
    """The question that an answer answers: the latest one in this meeting that has none yet."""
    if said.meeting_id is None:
        return None
    row = connection.execute(
        "SELECT q.id FROM entry q WHERE q.meeting_id = ? AND q.kind = 'question' "
        "AND NOT EXISTS (SELECT 1 FROM entry a WHERE a.answers_id = q.id) ORDER BY q.position DESC, q.id DESC LIMIT 1",
        (said.meeting_id,),
    ).fetchone()
    return None if row is None else int(row["id"])


def _store_mentions(
    connection: sqlite3.Connection, entry_id: int, line: Line
) -> tuple[list[tuple[Mention, int]], list[Mention]]:
    known: list[tuple[Mention, int]] = []
    unknown: list[Mention] = []
    for mention in line.mentions:
        is_idea = mention.mark == "#"
        target = (names.find_idea if is_idea else names.find_person)(connection, mention.name)
        _insert(
            connection,
            "mention",
            entry_id=entry_id,
            mark=mention.mark,
            name=names.key(mention.name),
            idea_id=target if is_idea else None,
            person_id=None if is_idea else target,
        )
        if target is None:
            unknown.append(mention)
        else:
            known.append((mention, target))
    return known, unknown


def _dates(line: Line, today: date) -> tuple[date | None, tuple[str, ...]]:
    understood = [(mark.phrase, dates.understand_spoken(mark.phrase, today)) for mark in line.dates]
    due = next((day for _, day in understood if day), None)
    return due, tuple(phrase for phrase, day in understood if day is None)


def _store_action(
    connection: sqlite3.Connection,
    entry_id: int,
    owner: int | None,
    due: date | None,
    checked: bool,
    said: Said,
) -> int:
    action_id = _insert(connection, "action", entry_id=entry_id, owner_id=owner, due=due.isoformat() if due else None)
    for state in (ActionState.OPEN, ActionState.DONE) if checked else (ActionState.OPEN,):
        store_action_event(connection, action_id, state, said)
    return action_id


def store_action_event(
    connection: sqlite3.Connection,
    action_id: int,
    state: ActionState,
    said: Said,
    due: date | None = None,
    because: str = "",
) -> int:
    """Add a state to an action's history."""
    return _insert(
        connection,
        "action_event",
        action_id=action_id,
        state=state,
        at=said.moment.stored,
        zone=said.moment.zone,
        due=due.isoformat() if due else None,
        because=because,
        meeting_id=said.meeting_id,
        origin=said.origin,
    )


def _store_confidence(
    connection: sqlite3.Connection, entry_id: int, idea_id: int, line: Line, said: Said
) -> int | None:
    mark = line.confidence
    if mark is None:
        return None
    return _insert(
        connection,
        "idea_event",
        idea_id=idea_id,
        at=said.moment.stored,
        zone=said.moment.zone,
        confidence=mark.percent,
        because=mark.because,
        mood=int(mark.mood),
        entry_id=entry_id,
        by_id=names.me(connection),
        origin=said.origin,
    )
