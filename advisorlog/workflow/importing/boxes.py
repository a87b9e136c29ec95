"""What a todo's box and the dates beside it say in a file: until when, and that it is over."""

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

from advisorlog.domain.grammar import Line
from advisorlog.domain.kinds import ActionState
from advisorlog.domain.moments import Moment, moment, noon
from advisorlog.store.lines import Said, store_action_event
from advisorlog.vault.notes import NoteEntry
from advisorlog.vault.obsidian_tasks import closed_as, read_marks
from advisorlog.workflow.importing.rows import upsert


def promised(entry: NoteEntry, now: Moment) -> Moment:
    """When a todo of a note without a date was promised: before now, as far as the days beside it say so."""
    marks = read_marks(entry.line.text)
    closed = closed_as(entry.line)
    day = marks.created or (marks.closed_on(closed) if closed else None)
    known = [noon(day, now.zone)] if day else []
    steps = (event.at or noon(event.day, now.zone) for event in entry.events)
    known += [Moment(step.at - timedelta(seconds=1), now.zone) for step in steps]
    return min([*known, now], key=lambda moment: moment.at)


def close_new(connection: sqlite3.Connection, action_id: int, due: date | None, entry: NoteEntry, said: Said) -> None:
    """Close a todo that comes in with its box closed.

    The box says that it is over, not when: on the day that is written beside it, by its due day, or in the meeting.
    """
    closed = closed_as(entry.line)
    if closed is None or _is_told(entry):
        return
    day = read_marks(entry.line.text).closed_on(closed) or due
    over = noon(day, said.moment.zone) if day else said.moment
    store_action_event(connection, action_id, closed, replace(said, moment=max(over, said.moment)))


def follow(
    connection: sqlite3.Connection, action_id: int, entry: NoteEntry, before: Line | None, said: Said, now: Moment
) -> None:
    """A box ticked or unticked in the file since it last came in (`before`, where the words are the same)."""
    closed, was = closed_as(entry.line), closed_as(before) if before else None
    if _is_told(entry) or closed == was:
        return
    last = connection.execute(
        "SELECT state, at, zone FROM action_event WHERE action_id = ? ORDER BY at DESC, id DESC LIMIT 1", (action_id,)
    ).fetchone()
    if ActionState(last["state"]).is_closed == (closed is not None):
        return
    day = read_marks(entry.line.text).closed_on(closed) if closed else None
    after = moment(last["at"], last["zone"])
    when = max(noon(day, said.moment.zone) if day else now, Moment(after.at + timedelta(seconds=1), after.zone))
    store_action_event(connection, action_id, closed or ActionState.OPEN, replace(said, moment=when, meeting_id=None))


def set_due(connection: sqlite3.Connection, action_id: int, line: Line) -> None:
    """The day that Obsidian's marks give, where the line has none of ours."""
    due = read_marks(line.text).due
    if due is not None and not line.dates:
        upsert(connection, "action", {"id": action_id}, due=due.isoformat())


def _is_told(entry: NoteEntry) -> bool:
    """Whether the file gives the todo's steps themselves."""
    return any(event.state.is_closed for event in entry.events) or "steps" in entry.told
