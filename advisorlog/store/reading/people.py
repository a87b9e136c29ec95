"""People, projects and series."""

import sqlite3
from collections.abc import Iterable

from advisorlog.domain.kinds import Role
from advisorlog.domain.moments import moment
from advisorlog.store import names
from advisorlog.store.reading.rows import Person, Project, Series
from advisorlog.store.reading.select import in_parts

_PERSON = "SELECT p.id, p.handle, p.name, p.email, p.is_me, p.note FROM person p"


def _person(row: sqlite3.Row) -> Person:
    return Person(row["id"], row["handle"], row["name"], row["email"], bool(row["is_me"]), row["note"])


def me(connection: sqlite3.Connection) -> Person:
    return _person(connection.execute(f"{_PERSON} WHERE p.is_me").fetchone())


def people(connection: sqlite3.Connection) -> list[Person]:
    return [_person(row) for row in connection.execute(f"{_PERSON} ORDER BY p.is_me DESC, p.name")]


def person(connection: sqlite3.Connection, name: str) -> Person:
    """Raises NotFound where the name stands for nobody."""
    person_id = names.resolve(connection, "person", name)
    return _person(connection.execute(f"{_PERSON} WHERE p.id = ?", (person_id,)).fetchone())


def project(connection: sqlite3.Connection, name: str) -> Project:
    return projects_by_id(connection, [names.resolve(connection, "project", name)])[0]


def projects(connection: sqlite3.Connection) -> list[Project]:
    return projects_by_id(connection, [row["id"] for row in connection.execute("SELECT id FROM project ORDER BY name")])


def projects_by_id(connection: sqlite3.Connection, ids: Iterable[int]) -> list[Project]:
    """The projects in the order asked for."""
    wanted = list(dict.fromkeys(ids))
    terms: dict[int, list[tuple[str, str]]] = {}
    for row in in_parts(
        connection,
        "SELECT project_id, term, meaning FROM term WHERE project_id IN ({ids}) ORDER BY id",
        wanted,
    ):
        terms.setdefault(row["project_id"], []).append((row["term"], row["meaning"]))
    found = {
        row["id"]: Project(
            row["id"], row["slug"], row["name"], row["pitch"], row["goal"], tuple(terms.get(row["id"], ()))
        )
        for row in in_parts(connection, "SELECT id, slug, name, pitch, goal FROM project WHERE id IN ({ids})", wanted)
    }
    return [found[project_id] for project_id in wanted if project_id in found]


def series(connection: sqlite3.Connection, name: str) -> Series:
    """Raises NotFound where the name stands for no series."""
    return series_by_id(connection, names.resolve(connection, "series", name))


def all_series(connection: sqlite3.Connection) -> list[Series]:
    ids = [row["id"] for row in connection.execute("SELECT id FROM series ORDER BY title, id")]
    return [series_by_id(connection, series_id) for series_id in ids]


def series_by_id(connection: sqlite3.Connection, series_id: int) -> Series:
    row = connection.execute("SELECT * FROM series WHERE id = ?", (series_id,)).fetchone()
    with_whom = connection.execute(
        f"{_PERSON} JOIN series_person sp ON sp.person_id = p.id WHERE sp.series_id = ? ORDER BY sp.id",
        (series_id,),
    )
    starts = moment(row["starts_at"], row["zone"] or "UTC") if row["starts_at"] else None
    return Series(
        row["id"],
        row["slug"],
        row["title"],
        Role(row["role"]),
        row["project_id"],
        row["rrule"],
        starts,
        row["minutes"],
        tuple(_person(each) for each in with_whom),
    )


def of_meeting(connection: sqlite3.Connection, meeting_id: int) -> list[Person]:
    """Who was, or will be, at a meeting."""
    query = f"{_PERSON} JOIN meeting_person mp ON mp.person_id = p.id WHERE mp.meeting_id = ? ORDER BY mp.id"
    return [_person(row) for row in connection.execute(query, (meeting_id,))]
