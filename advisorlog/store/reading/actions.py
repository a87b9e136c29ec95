"""Actions: promises, with their states as of a moment."""

import sqlite3
from collections.abc import Iterable

from advisorlog.domain.kinds import ActionState, Role, Visibility
from advisorlog.domain.moments import Moment, moment
from advisorlog.errors import NotFound
from advisorlog.store.reading.reach import Reach
from advisorlog.store.reading.rows import Action, ActionEvent
from advisorlog.store.reading.select import day, in_parts

_ACTION = "SELECT * FROM actions a"


def _action(row: sqlite3.Row, events: tuple[ActionEvent, ...]) -> Action:
    root_is_open = row["root_visibility"] != Visibility.PRIVATE
    return Action(
        row["id"],
        row["entry_id"],
        row["text"],
        Visibility(row["visibility"]),
        moment(row["opened_at"], row["zone"]),
        day(row["first_due"]),
        row["done_test"],
        row["root_id"],
        row["root"] if root_is_open else None,
        row["owner_id"],
        row["owner"],
        row["owner_name"],
        bool(row["is_mine"]),
        row["meeting_id"],
        row["meeting"],
        row["series_id"],
        row["series"],
        Role(row["role"]) if row["role"] else None,
        row["project_id"],
        events,
    )


def _with_events(connection: sqlite3.Connection, rows: list[sqlite3.Row], until: Moment) -> list[Action]:
    events = events_of(connection, [row["id"] for row in rows], until)
    return [_action(row, events.get(row["id"], ())) for row in rows]


def events_of(
    connection: sqlite3.Connection, action_ids: Iterable[int], until: Moment
) -> dict[int, tuple[ActionEvent, ...]]:
    query = "SELECT * FROM action_events WHERE action_id IN ({ids}) AND at <= ? ORDER BY at, id"
    found: dict[int, list[ActionEvent]] = {}
    for row in in_parts(connection, query, action_ids, until.stored):
        found.setdefault(row["action_id"], []).append(
            ActionEvent(
                row["id"],
                row["action_id"],
                ActionState(row["state"]),
                moment(row["at"], row["zone"]),
                day(row["due"]),
                row["because"],
                row["meeting_id"],
            )
        )
    return {action_id: tuple(events) for action_id, events in found.items()}


def action(connection: sqlite3.Connection, action_id: int, until: Moment) -> Action:
    """Raises NotFound where there is no such action."""
    row = connection.execute(f"{_ACTION} WHERE a.id = ?", (action_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no action {action_id}", "`advisorlog action list` shows the open ones")
    return _with_events(connection, [row], until)[0]


def open_actions(connection: sqlite3.Connection, until: Moment, series_id: int | None = None) -> list[Action]:
    """What is promised and open as of a moment, oldest first; of one series where one is given."""
    scope, values = ("a.series_id = ?", (series_id,)) if series_id is not None else ("1", ())
    return _open(connection, until, scope, values)


def open_within(connection: sqlite3.Connection, until: Moment, reach: Reach, owners: Iterable[int]) -> list[Action]:
    """What is open within reach of a series, or owed by some people; oldest first."""
    return _open(connection, until, *reach.condition("a", "owner_id", owners))


def _open(connection: sqlite3.Connection, until: Moment, scope: str, values: tuple[object, ...]) -> list[Action]:
    # The few open ones first, by their index: SQLite would rather go through all entries for the order.
    rows = connection.execute(
        f"{_ACTION} WHERE a.id IN (SELECT id FROM action WHERE closed_at IS NULL OR closed_at > ?) "
        f"AND +a.opened_at <= ? AND {scope} ORDER BY +a.opened_at, a.id",
        (until.stored, until.stored, *values),
    ).fetchall()
    return [found for found in _with_events(connection, rows, until) if found.is_open]


def closed_between(
    connection: sqlite3.Connection, after: Moment, until: Moment, series_id: int | None = None
) -> list[Action]:
    """What was done or dropped in (after, until], as it stood at `until`."""
    scope, values = ("a.series_id = ?", (series_id,)) if series_id is not None else ("1", ())
    return _closed(connection, after, until, scope, values)


def closed_within(
    connection: sqlite3.Connection, after: Moment, until: Moment, reach: Reach, owners: Iterable[int]
) -> list[Action]:
    """The same within reach of a series, or owed by some people."""
    return _closed(connection, after, until, *reach.condition("a", "owner_id", owners))


def _closed(
    connection: sqlite3.Connection, after: Moment, until: Moment, scope: str, values: tuple[object, ...]
) -> list[Action]:
    rows = connection.execute(
        f"{_ACTION} WHERE a.id IN (SELECT action_id FROM action_event v WHERE v.at > ? AND v.at <= ? "
        f"AND v.state IN ('done', 'dropped')) AND {scope} ORDER BY a.opened_at, a.id",
        (after.stored, until.stored, *values),
    ).fetchall()
    return [found for found in _with_events(connection, rows, until) if not found.is_open]


def of_meetings(connection: sqlite3.Connection, meeting_ids: Iterable[int], until: Moment) -> list[Action]:
    """The actions that some meetings gave rise to, in the order they were said."""
    rows = list(in_parts(connection, f"{_ACTION} WHERE a.meeting_id IN ({{ids}}) ORDER BY a.entry_id", meeting_ids))
    return _with_events(connection, rows, until)


def actions(connection: sqlite3.Connection, until: Moment, limit: int = 200) -> list[Action]:
    """The latest actions whatever their state, newest first."""
    rows = connection.execute(f"{_ACTION} ORDER BY a.opened_at DESC, a.id DESC LIMIT ?", (limit,)).fetchall()
    return _with_events(connection, rows, until)
