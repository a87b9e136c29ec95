"""What is still being typed: it comes back after a crash, and is no part of the history."""

import sqlite3

from advisorlog.domain.moments import Moment


def keep(connection: sqlite3.Connection, place: str, text: str, now: Moment) -> None:
    """Remember the text typed at a place (`capture:42`, `wrap-up:42`) instead of what was there; empty forgets it."""
    if not text:
        forget(connection, place)
        return
    connection.execute(
        "INSERT INTO draft (place, text, at) VALUES (?, ?, ?) "
        "ON CONFLICT (place) DO UPDATE SET text = excluded.text, at = excluded.at",
        (place, text, now.stored),
    )


def kept(connection: sqlite3.Connection, place: str) -> str:
    """What was being typed at a place; empty where nothing was."""
    row = connection.execute("SELECT text FROM draft WHERE place = ?", (place,)).fetchone()
    return "" if row is None else str(row["text"])


def forget(connection: sqlite3.Connection, place: str) -> None:
    connection.execute("DELETE FROM draft WHERE place = ?", (place,))
