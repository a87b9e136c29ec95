"""What the schema derives from its tables: the undo triggers, the search index and the reading views.

All of it is dropped and made anew at every migration, so it always fits the tables.
"""

import sqlite3
from pathlib import Path

from advisorlog.store import search_index

VIEWS = Path(__file__).with_name("views.sql")

UNRECORDED = {"change", "revision", "draft", "alembic_version"}
"""Tables that keep the history itself, and what is still being typed; all others write a revision at every change."""


def install(connection: sqlite3.Connection) -> None:
    for table in _tables(connection):
        for trigger in _undo_triggers(connection, table):
            connection.execute(trigger)
    for statement in (*search_index.statements(), *_statements(VIEWS.read_text("utf-8"))):
        connection.execute(statement)


def remove(connection: sqlite3.Connection) -> None:
    """Drop every view, trigger and virtual table; the records stay."""
    for kind in ("trigger", "view"):
        rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = ?", (kind,)).fetchall()
        for (name,) in rows:
            connection.execute(f'DROP {kind.upper()} "{name}"')
    virtual = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%' ORDER BY name DESC"
    ).fetchall()
    for (name,) in virtual:
        connection.execute(f'DROP TABLE "{name}"')


def _tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'")
    names = [str(row[0]) for row in rows]
    return [name for name in names if not name.startswith("sqlite_") and name not in UNRECORDED]


def _undo_triggers(connection: sqlite3.Connection, table: str) -> list[str]:
    """Three triggers that keep what a row was before each change.

    An insert needs no image: taking it back is a delete, which keeps its own. The running change is the newest:
    writes are serialised by BEGIN IMMEDIATE, and each begins by adding its row to `change`.
    """
    columns = connection.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
    pairs = ", ".join(f"'{name}', {_kept(name, kind)}" for name, kind in columns)
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name, _ in columns)
    insert = "INSERT INTO revision (change_id, record, record_id, op, before) VALUES ((SELECT max(id) FROM change)"
    return [
        f"CREATE TRIGGER {table}_inserted AFTER INSERT ON {table} BEGIN "
        f"{insert}, '{table}', NEW.id, 'insert', NULL); END",
        f"CREATE TRIGGER {table}_updated AFTER UPDATE ON {table} WHEN {changed} BEGIN "
        f"{insert}, '{table}', OLD.id, 'update', json_object({pairs})); END",
        f"CREATE TRIGGER {table}_deleted AFTER DELETE ON {table} BEGIN "
        f"{insert}, '{table}', OLD.id, 'delete', json_object({pairs})); END",
    ]


def _kept(column: str, kind: str) -> str:
    """A column's old value as JSON can hold it: bytes as hexadecimal digits."""
    return f"CASE WHEN OLD.{column} IS NOT NULL THEN hex(OLD.{column}) END" if kind == "BLOB" else f"OLD.{column}"


def _statements(script: str) -> list[str]:
    """Split a script at the semicolons that end a statement (a trigger's body holds some that do not)."""
    statements: list[str] = []
    pending = ""
    for line in script.splitlines():
        pending += line + "\n"
        if sqlite3.complete_statement(pending):
            statements.append(pending.strip())
            pending = ""
    return [statement for statement in statements if statement]
