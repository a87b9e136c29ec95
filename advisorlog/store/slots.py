"""Which date of its series' rule a meeting stands for, where it begins at another time than that.

Such a date is kept in the name of a `source`: `ics:UID/DATE` for what a calendar said of it, `slot:MEETING/DATE` where
the meeting was moved here. DATE is a stored moment.
"""

import sqlite3

from advisorlog.domain.moments import Moment

_DATE = len("2022-09-13T18:00:00Z")
_KEPT = (
    f"SELECT m.id, substr(s.name, -{_DATE}) AS slot "
    "FROM meeting m CROSS JOIN source s ON s.record = 'meeting' AND s.record_id = m.id "
    "WHERE (s.name LIKE 'ics:%/____-__-__T__:__:__Z' OR s.name LIKE 'slot:%') "
)


def kept(connection: sqlite3.Connection, series_id: int) -> dict[int, str]:
    """The dates of a series by the meetings that stand for them, where that was kept."""
    rows = connection.execute(f"{_KEPT} AND m.series_id = ? ORDER BY s.id DESC", (series_id,))
    return {row["id"]: row["slot"] for row in rows}


def moved(connection: sqlite3.Connection) -> dict[int, str]:
    """The dates by the meetings that were moved away from them, of all series."""
    rows = connection.execute(f"{_KEPT} AND m.starts_at <> slot ORDER BY s.id DESC")
    return {row["id"]: row["slot"] for row in rows}


def taken(connection: sqlite3.Connection, series_id: int) -> set[str]:
    """The dates that need no further meeting: there is one (held, planned or cancelled), then or moved from there."""
    rows = connection.execute("SELECT starts_at FROM meeting WHERE series_id = ?", (series_id,))
    return {row["starts_at"] for row in rows} | set(kept(connection, series_id).values())


def called_off(connection: sqlite3.Connection, series_id: int) -> set[str]:
    """The dates at which nothing takes place: their meeting was cancelled, or moved to another time."""
    rows = connection.execute("SELECT id, starts_at, status FROM meeting WHERE series_id = ?", (series_id,)).fetchall()
    moved = kept(connection, series_id)
    return {row["starts_at"] for row in rows if row["status"] == "cancelled"} | {
        moved[row["id"]] for row in rows if moved.get(row["id"], row["starts_at"]) != row["starts_at"]
    }


def keep(connection: sqlite3.Connection, meeting_id: int, slot: Moment) -> None:
    """Note the date that a meeting stands for, before it is moved; the first one counts."""
    known = connection.execute(f"{_KEPT} AND m.id = ?", (meeting_id,)).fetchone()
    if known is None:
        connection.execute(
            "INSERT INTO source (record, record_id, name, path, sha256, content, imported_at) "
            "VALUES ('meeting', ?, ?, '', '', x'', ?)",
            (meeting_id, f"slot:{meeting_id}/{slot.stored}", slot.stored),
        )
