"""Writes of every sort, drawn at random, for the laws that must hold whatever was written."""

import sqlite3
from collections.abc import Callable
from random import Random

Write = Callable[[sqlite3.Connection, Random], None]

WORDS = (
    "baseline",
    "DVFS",
    "running",
    "sweep",
    "저전력",
    "실험을",
    "基线",
    "naïve",
    "𠮷野家",
    "x^2",
    '"quoted"',
    "\x00",
)
TABLES = ("person", "project", "series", "meeting", "entry", "idea", "action", "action_event", "idea_event", "reading")
DUMPED_NOT = ("change", "revision", "alembic_version", "draft")


def dump(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but those that hold the history."""
    tables = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    names = [row[0] for row in tables.fetchall() if row[0] not in DUMPED_NOT]
    return {name: [tuple(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY id")] for name in names}


def search_is_sound(connection: sqlite3.Connection) -> bool:
    """Whether the index is whole and holds exactly the words of the records."""
    for index in ("search_words", "search_runs"):
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
    texts = connection.execute("SELECT number, text FROM searchable").fetchall()
    wanted = {row[0] for row in texts if "baseline" in row[1]}
    return wanted == {row[0] for row in connection.execute("SELECT rowid FROM search_words('baseline')")}


def text(draw: Random) -> str:
    return " ".join(draw.choice(WORDS) for _ in range(draw.randint(1, 5)))


def a_moment(draw: Random) -> str:
    return f"20{draw.randint(10, 26)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}T{draw.randint(0, 23):02}:00:00Z"


def some(connection: sqlite3.Connection, draw: Random, table: str) -> int | None:
    ids = [row[0] for row in connection.execute(f"SELECT id FROM {table} ORDER BY id")]
    return draw.choice(ids) if ids else None


def add_project(connection: sqlite3.Connection, draw: Random) -> None:
    connection.execute("INSERT INTO project (slug, name) VALUES (?, ?)", (f"p{draw.random()}", text(draw)))


def add_person(connection: sqlite3.Connection, draw: Random) -> None:
    connection.execute("INSERT INTO person (handle, name) VALUES (?, ?)", (f"h{draw.random()}", text(draw)))


def add_meeting(connection: sqlite3.Connection, draw: Random) -> None:
    meeting = connection.execute(
        "INSERT INTO meeting (slug, project_id, title, starts_at, zone, status) VALUES (?, ?, ?, ?, 'UTC', 'held')",
        (f"m{draw.random()}", some(connection, draw, "project"), text(draw), a_moment(draw)),
    ).lastrowid
    connection.execute(
        "INSERT INTO meeting_person (meeting_id, person_id) VALUES (?, ?)", (meeting, some(connection, draw, "person"))
    )


def add_entry(connection: sqlite3.Connection, draw: Random) -> None:
    entry = connection.execute(
        "INSERT INTO entry (meeting_id, project_id, kind, text, speaker_id, origin, at, zone, answers_id) "
        "VALUES (?, ?, 'note', ?, ?, 'cli', ?, 'UTC', ?)",
        (
            some(connection, draw, "meeting"),
            some(connection, draw, "project"),
            text(draw),
            some(connection, draw, "person"),
            a_moment(draw),
            some(connection, draw, "entry"),
        ),
    ).lastrowid
    connection.execute(
        "INSERT INTO mention (entry_id, mark, name, idea_id) VALUES (?, '#', 'x', ?)",
        (entry, some(connection, draw, "idea")),
    )
    if draw.random() < 0.5:
        action = connection.execute(
            "INSERT INTO action (entry_id, root_id) VALUES (?, ?)", (entry, some(connection, draw, "entry"))
        ).lastrowid
        _add_event(connection, draw, action)


def _add_event(connection: sqlite3.Connection, draw: Random, action: int | None) -> None:
    connection.execute(
        "INSERT INTO action_event (action_id, state, at, zone) VALUES (?, ?, ?, 'UTC')",
        (action, draw.choice(("open", "carried", "done", "dropped")), a_moment(draw)),
    )


def add_event(connection: sqlite3.Connection, draw: Random) -> None:
    if action := some(connection, draw, "action"):
        _add_event(connection, draw, action)


def add_idea(connection: sqlite3.Connection, draw: Random) -> None:
    idea = connection.execute(
        "INSERT INTO idea (slug, title, claim, project_id) VALUES (?, ?, ?, ?)",
        (f"i{draw.random()}", text(draw), text(draw), some(connection, draw, "project")),
    ).lastrowid
    event = connection.execute(
        "INSERT INTO idea_event (idea_id, at, zone, confidence, entry_id) VALUES (?, ?, 'UTC', ?, ?)",
        (idea, a_moment(draw), draw.randint(0, 100), some(connection, draw, "entry")),
    ).lastrowid
    connection.execute(
        "INSERT INTO evidence (event_id, entry_id, text) VALUES (?, ?, ?)",
        (event, some(connection, draw, "entry"), text(draw)),
    )


def add_reading(connection: sqlite3.Connection, draw: Random) -> None:
    connection.execute(
        "INSERT INTO reading (slug, title, solution, at, zone) VALUES (?, ?, ?, ?, 'UTC')",
        (f"r{draw.random()}", text(draw), text(draw), a_moment(draw)),
    )


def add_source(connection: sqlite3.Connection, draw: Random) -> None:
    connection.execute(
        "INSERT INTO source (record, record_id, name, path, sha256, content, imported_at) "
        "VALUES ('entry', 1, ?, 'p', 'h', ?, '')",
        (f"s{draw.random()}", draw.randbytes(draw.randint(0, 40))),
    )


def edit(connection: sqlite3.Connection, draw: Random) -> None:
    table, column, value = draw.choice(
        (
            ("entry", "text", text(draw)),
            ("entry", "at", a_moment(draw)),
            ("entry", "meeting_id", some(connection, draw, "meeting")),
            ("idea", "title", text(draw)),
            ("idea", "outcome", draw.choice((None, 0, 1))),
            ("meeting", "agenda", text(draw)),
            ("meeting", "starts_at", a_moment(draw)),
            ("reading", "thoughts", text(draw)),
            ("action_event", "state", draw.choice(("open", "done"))),
            ("action_event", "at", a_moment(draw)),
            ("source", "content", draw.randbytes(8)),
        )
    )
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (value, some(connection, draw, table)))


def remove(connection: sqlite3.Connection, draw: Random) -> None:
    table = draw.choice(TABLES)
    connection.execute(
        f"DELETE FROM {table} WHERE id = ?{' AND NOT is_me' if table == 'person' else ''}",
        (some(connection, draw, table),),
    )


WRITES: tuple[Write, ...] = (
    add_project, add_person, add_meeting, add_meeting, add_entry, add_entry, add_entry, add_event, add_event,
    add_idea, add_reading, add_source, edit, edit, edit, remove,
)  # fmt: skip


def write(connection: sqlite3.Connection, draw: Random) -> None:
    """One change's worth of writes."""
    for _ in range(draw.randint(1, 6)):
        draw.choice(WRITES)(connection, draw)
