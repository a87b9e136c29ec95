"""Writing a row that may be there already."""

import sqlite3
from typing import Any


def upsert(connection: sqlite3.Connection, table: str, by: dict[str, Any], **values: Any) -> tuple[int, bool]:
    """Update the row that `by` finds, or insert it; returns its id and whether it is new.

    Table and column names are ours, never a file's. A row that already says the same is not written.
    """
    found = connection.execute(
        f"SELECT * FROM {table} WHERE {' AND '.join(f'{name} = ?' for name in by)}", tuple(by.values())
    ).fetchone()
    if found is None:
        columns = {**by, **values}
        marks = ", ".join("?" * len(columns))
        cursor = connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", tuple(columns.values())
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid, True
    changed = {name: value for name, value in values.items() if found[name] != value}
    if changed:
        sets = ", ".join(f"{name} = ?" for name in changed)
        connection.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*changed.values(), found["id"]))
    return int(found["id"]), False
