"""From the names that people type to records: handles, slugs, titles, and unambiguous beginnings of them."""

import sqlite3
import unicodedata
from collections.abc import Sequence

from advisorlog.errors import AdvisorlogError, NotFound


def key(name: str) -> str:
    """The form in which names are compared: composed, without regard to case."""
    return unicodedata.normalize("NFC", name).casefold()


def me(connection: sqlite3.Connection) -> int:
    """The owner of the log."""
    return int(connection.execute("SELECT id FROM person WHERE is_me").fetchone()["id"])


def find_person(connection: sqlite3.Connection, name: str) -> int | None:
    """The person that a handle, a full name or an unambiguous first part of a handle stands for."""
    wanted = key(name)
    if wanted == "me":
        return me(connection)
    row = connection.execute("SELECT id FROM person WHERE handle = ?", (wanted,)).fetchone()
    if row is not None:
        return int(row["id"])
    rows = connection.execute("SELECT id, handle, name FROM person").fetchall()
    place = one_of([(row["handle"], row["name"]) for row in rows], name)
    return None if place is None else int(rows[place]["id"])


def one_of(people: Sequence[tuple[str, str]], name: str) -> int | None:
    """The place of the one whom a name stands for, among people by handle and name."""
    wanted = key(name)
    exact = [place for place, (handle, _) in enumerate(people) if key(handle) == wanted]
    by_name = [place for place, (_, full) in enumerate(people) if key(full) == wanted]
    near = (
        exact
        or by_name
        or [
            place
            for place, (handle, full) in enumerate(people)
            if key(handle).startswith(wanted + "-") or _first_word(full) == wanted
        ]
    )
    return near[0] if len(near) == 1 else None


def _first_word(name: str) -> str:
    return key(name.split()[0]) if name.split() else ""


def find_idea(connection: sqlite3.Connection, slug: str) -> int | None:
    row = connection.execute("SELECT id FROM idea WHERE slug = ?", (key(slug),)).fetchone()
    return None if row is None else int(row["id"])


def other_side(connection: sqlite3.Connection, meeting_id: int) -> tuple[str | None, int | None]:
    """The role of a meeting's other side, and its first person."""
    row = connection.execute(
        "SELECT coalesce(m.role, s.role) AS role, coalesce("
        "(SELECT person_id FROM meeting_person mp JOIN person p ON p.id = mp.person_id "
        " WHERE mp.meeting_id = m.id AND NOT p.is_me ORDER BY mp.id LIMIT 1),"
        "(SELECT person_id FROM series_person sp WHERE sp.series_id = m.series_id ORDER BY sp.id LIMIT 1)) AS person "
        "FROM meeting m LEFT JOIN series s ON s.id = m.series_id WHERE m.id = ?",
        (meeting_id,),
    ).fetchone()
    return (None, None) if row is None else (row["role"], row["person"])


_NAMED = {
    "project": ("slug", "name"),
    "person": ("handle", "name"),
    "series": ("slug", "title"),
    "meeting": ("slug", "title"),
    "idea": ("slug", "title"),
    "reading": ("slug", "title"),
}


def resolve(connection: sqlite3.Connection, record: str, name: str) -> int:
    """The id of the one record that a name stands for: its slug, number, title, or an unambiguous beginning of them.

    Raises NotFound, with the nearest names, where there is none; AdvisorlogError where there are several.
    """
    slug, title = _NAMED[record]
    if record == "person" and (found := find_person(connection, name)) is not None:
        return found
    wanted = key(name.strip())
    row = connection.execute(f"SELECT id FROM {record} WHERE {slug} = ?", (wanted,)).fetchone()
    if row is not None:
        return int(row["id"])
    if wanted.isdecimal():
        row = connection.execute(f"SELECT id FROM {record} WHERE id = ?", (min(int(wanted), 2**62),)).fetchone()
        if row is not None:
            return int(row["id"])
    rows = connection.execute(f"SELECT id, {slug} AS slug, coalesce({title}, '') AS title FROM {record}").fetchall()
    exact = [row for row in rows if key(row["slug"]) == wanted or key(row["title"]) == wanted]
    near = exact or [
        row for row in rows if wanted and (key(row["slug"]).startswith(wanted) or key(row["title"]).startswith(wanted))
    ]
    if len(near) == 1:
        return int(near[0]["id"])
    if near:
        names = ", ".join(sorted(str(row["slug"]) for row in near)[:6])
        raise AdvisorlogError(f"“{name}” could be several: {names}", "Give more of the name")
    raise NotFound(f"There is no {record} “{name}”", _suggestion(record, wanted, [str(row["slug"]) for row in rows]))


def _suggestion(record: str, wanted: str, slugs: list[str]) -> str:
    from difflib import get_close_matches

    if near := get_close_matches(wanted, slugs, n=3, cutoff=0.5):
        return f"Did you mean {', '.join(near)}?"
    if not slugs:
        return f"There is none yet: `advisorlog {record} new`"
    return f"`advisorlog {record} list` shows them all"
