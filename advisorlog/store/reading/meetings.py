"""Meetings: one by name, a series' last and next, and lists."""

import sqlite3
from collections.abc import Iterable, Sequence

from advisorlog.domain.kinds import MeetingStatus, Role
from advisorlog.domain.moments import Moment, moment
from advisorlog.store import names
from advisorlog.store.reading.rows import Meeting
from advisorlog.store.reading.select import in_parts

_MEETING = (
    "SELECT id, slug, title, starts_at, zone, minutes, status, agenda, ended_at, series_id, series, series_title, "
    "role, project_id, people, expect FROM meetings"
)


def _meeting(row: sqlite3.Row) -> Meeting:
    return Meeting(
        row["id"],
        row["slug"],
        row["title"],
        moment(row["starts_at"], row["zone"]),
        row["minutes"],
        MeetingStatus(row["status"]),
        tuple(line for line in row["agenda"].split("\n") if line.strip()),
        moment(row["ended_at"], row["zone"]) if row["ended_at"] else None,
        row["series_id"],
        row["series"],
        row["series_title"],
        Role(row["role"]) if row["role"] else None,
        row["project_id"],
        tuple(row["people"].split(", ")) if row["people"] else (),
        row["expect"],
    )


def meeting(connection: sqlite3.Connection, name: str) -> Meeting:
    """A meeting by its slug, title, or number. Raises NotFound where there is none."""
    return by_id(connection, names.resolve(connection, "meeting", name))


def by_id(connection: sqlite3.Connection, meeting_id: int) -> Meeting:
    return _meeting(connection.execute(f"{_MEETING} WHERE id = ?", (meeting_id,)).fetchone())


def meetings(
    connection: sqlite3.Connection, series_id: int | None = None, since: Moment | None = None, limit: int = 50
) -> list[Meeting]:
    """The latest meetings, newest first."""
    where = ["1"]
    values: list[object] = []
    if series_id is not None:
        where.append("series_id = ?")
        values.append(series_id)
    if since is not None:
        where.append("starts_at >= ?")
        values.append(since.stored)
    query = f"{_MEETING} WHERE {' AND '.join(where)} ORDER BY starts_at DESC, id DESC LIMIT ?"
    return [_meeting(row) for row in connection.execute(query, (*values, limit))]


def titles_of_series(connection: sqlite3.Connection, series_ids: Iterable[int]) -> list[tuple[str, str]]:
    """Title (empty where it is its series') and short name of every meeting of some series."""
    query = "SELECT coalesce(title, '') AS title, slug FROM meeting WHERE series_id IN ({ids})"
    return [(row["title"], row["slug"]) for row in in_parts(connection, query, series_ids)]


def last_held(connection: sqlite3.Connection, series_id: int | None, before: Moment, count: int = 1) -> list[Meeting]:
    """The latest meetings that were held before a moment, newest first; of any series where none is given."""
    scope, values = ("series_id = ?", [series_id]) if series_id is not None else ("1", [])
    query = f"{_MEETING} WHERE {scope} AND status = 'held' AND starts_at < ? ORDER BY starts_at DESC, id DESC LIMIT ?"
    return [_meeting(row) for row in connection.execute(query, (*values, before.stored, count))]


def next_after(connection: sqlite3.Connection, series_id: int | None, after: Moment) -> Meeting | None:
    """The first meeting from a moment on that was not cancelled, whether planned or (looking back) held."""
    scope, values = ("series_id = ?", [series_id]) if series_id is not None else ("1", [])
    row = connection.execute(
        f"{_MEETING} WHERE {scope} AND status <> 'cancelled' AND starts_at >= ? ORDER BY starts_at, id LIMIT 1",
        (*values, after.stored),
    ).fetchone()
    return None if row is None else _meeting(row)


def count_held(connection: sqlite3.Connection, series_id: int, before: Moment) -> int:
    """How many meetings of a series were held before a moment."""
    query = "SELECT count(*) AS n FROM meeting WHERE series_id = ? AND status = 'held' AND starts_at < ?"
    return int(connection.execute(query, (series_id, before.stored)).fetchone()["n"])


def first_held(connection: sqlite3.Connection, series_id: int, before: Moment) -> Meeting | None:
    row = connection.execute(
        f"{_MEETING} WHERE series_id = ? AND status = 'held' AND starts_at < ? ORDER BY starts_at, id LIMIT 1",
        (series_id, before.stored),
    ).fetchone()
    return None if row is None else _meeting(row)


def between(
    connection: sqlite3.Connection, start: Moment, end: Moment, statuses: Sequence[MeetingStatus]
) -> list[Meeting]:
    """Meetings that start in [start, end), oldest first."""
    query = (
        f"{_MEETING} WHERE starts_at >= ? AND starts_at < ? AND status IN ({', '.join('?' * len(statuses))}) "
        "ORDER BY starts_at, id"
    )
    return [_meeting(row) for row in connection.execute(query, (start.stored, end.stored, *statuses))]


def under_way(connection: sqlite3.Connection, now: Moment, grace_minutes: int = 30) -> Meeting | None:
    """The meeting that is taking place: it has started, and not ended (or not more than `grace_minutes` ago)."""
    from datetime import timedelta

    earliest = Moment(now.at - timedelta(hours=12), now.zone)
    for found in reversed(between(connection, earliest, Moment(now.at + timedelta(seconds=1), now.zone), _LIVE)):
        length = timedelta(minutes=(found.minutes or 60) + grace_minutes)
        if found.ended is None and found.starts.at + length >= now.at:
            return found
    return None


_LIVE = (MeetingStatus.PLANNED, MeetingStatus.HELD)
