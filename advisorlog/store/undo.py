"""Taking changes back: the history that the triggers keep, replayed backwards.

A change's revisions, taken in reverse, lead through the same states as its writes did, so every constraint that held
on the way there holds on the way back, and the triggers (search, closed actions) keep what is derived. Taking back
is itself a change with revisions of its own: redo is the undo of an undo.
"""

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from advisorlog.domain.kinds import RecordKind
from advisorlog.domain.moments import Moment, moment
from advisorlog.errors import AdvisorlogError, NotFound


class Op(StrEnum):
    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Touched:
    """How many rows of a table a change inserted, updated or deleted."""

    record: str
    op: Op
    rows: int


@dataclass(frozen=True, slots=True)
class Change:
    """One command that wrote. `undoes_id` names the change that it took back, `undone` says that it was taken back."""

    id: int
    moment: Moment
    command: str
    undoes_id: int | None
    undone: bool
    touched: tuple[Touched, ...]


def history(connection: sqlite3.Connection, limit: int, record: tuple[RecordKind, int] | None = None) -> list[Change]:
    """The latest changes, newest first; only those that touched one record (its kind and number) where it is given."""
    where, values = "1", []
    if record is not None:
        where = "id IN (SELECT change_id FROM revision WHERE record = ? AND record_id = ?)"
        values = [record[0].value, record[1]]
    rows = connection.execute(f"SELECT * FROM change WHERE {where} ORDER BY id DESC LIMIT ?", (*values, limit))
    undone = _undone(connection)
    return [_change(connection, row, undone) for row in rows.fetchall()]


def undo(connection: sqlite3.Connection, change_id: int | None = None) -> Change:
    """Take back the newest change that is neither an undo nor undone already, or the one named; returns it as it was.

    Must run inside `connection.transaction`, whose change is marked as the undo. Raises NotFound where there is
    nothing to take back, AdvisorlogError where later changes stand on it or where it sent a document.
    """
    undone = _undone(connection)
    target = _last_undoable(connection, undone) if change_id is None else _named(connection, change_id, undone)
    return _take_back(connection, target, undone)


def redo(connection: sqlite3.Connection) -> Change:
    """Take back the latest undo that stands; returns the change that is in force again.

    Must run inside `connection.transaction`. Raises as `undo` does.
    """
    undone = _undone(connection)
    rows = connection.execute(
        "SELECT u.* FROM change u JOIN change c ON c.id = u.undoes_id WHERE c.undoes_id IS NULL ORDER BY u.id DESC"
    )
    target = next((row for row in rows if row["id"] not in undone), None)
    if target is None:
        raise NotFound("There is nothing to redo", "`advisorlog history` shows what was changed and undone")
    _take_back(connection, target, undone)
    return _change(connection, _row(connection, target["undoes_id"]), _undone(connection))


def _change(connection: sqlite3.Connection, row: sqlite3.Row, undone: Collection[int]) -> Change:
    counts = connection.execute(
        "SELECT record, op, count(*) AS rows FROM revision WHERE change_id = ? GROUP BY record, op ORDER BY min(id)",
        (row["id"],),
    )
    touched = tuple(Touched(count["record"], Op(count["op"]), count["rows"]) for count in counts)
    said = moment(row["at"], row["zone"])
    return Change(row["id"], said, row["command"], row["undoes_id"], row["id"] in undone, touched)


def _undone(connection: sqlite3.Connection) -> set[int]:
    """The changes that are taken back: by an undo that was not taken back itself."""
    undone: set[int] = set()
    for row in connection.execute("SELECT id, undoes_id FROM change WHERE undoes_id IS NOT NULL ORDER BY id DESC"):
        if row["id"] not in undone:
            undone.add(row["undoes_id"])
    return undone


def _present(connection: sqlite3.Connection) -> int:
    """The running change: the newest, as writes are serialised."""
    return int(connection.execute("SELECT max(id) AS id FROM change").fetchone()["id"])


def _row(connection: sqlite3.Connection, change_id: int) -> sqlite3.Row:
    row = connection.execute("SELECT * FROM change WHERE id = ?", (change_id,)).fetchone()
    if row is None or row["id"] == _present(connection):
        raise NotFound(f"There is no change {change_id}", "`advisorlog history` shows them with their numbers")
    return row


def _last_undoable(connection: sqlite3.Connection, undone: Collection[int]) -> sqlite3.Row:
    rows = connection.execute(
        "SELECT * FROM change WHERE undoes_id IS NULL AND id < ? ORDER BY id DESC", (_present(connection),)
    )
    for row in rows:
        if row["id"] not in undone:
            return row
    raise NotFound("There is nothing to undo", "`advisorlog history` shows what was changed and undone")


def _named(connection: sqlite3.Connection, change_id: int, undone: Collection[int]) -> sqlite3.Row:
    row = _row(connection, change_id)
    if change_id in undone:
        raise AdvisorlogError(
            f"Change {change_id} ({row['command']}) is undone already", "`advisorlog redo` repeats it"
        )
    return row


def _take_back(connection: sqlite3.Connection, target: sqlite3.Row, undone: Collection[int]) -> Change:
    present = _present(connection)
    taken = _change(connection, target, undone)
    if any(each.record == RecordKind.DOCUMENT and each.op is Op.INSERT for each in taken.touched):
        raise AdvisorlogError(
            f"Change {taken.id} ({taken.command}) sent a document, and a sent document stays as sent",
            "Send a new one, which supersedes it; `advisorlog undo NUMBER` takes back another change",
        )
    _refuse_if_changed_later(connection, taken, present)
    try:
        _replay(connection, taken.id)
    except sqlite3.IntegrityError as error:
        raise AdvisorlogError(
            f"Change {taken.id} ({taken.command}) can't be taken back: the log has moved on ({error})",
            "Undo the later changes first; `advisorlog history` shows them",
        ) from error
    _refuse_if_more_was_touched(connection, taken, present)
    connection.execute("UPDATE change SET undoes_id = ? WHERE id = ?", (taken.id, present))
    return taken


def _refuse_if_changed_later(connection: sqlite3.Connection, taken: Change, present: int) -> None:
    later = connection.execute(
        "SELECT DISTINCT l.record, l.record_id, c.id, c.command FROM revision t "
        "CROSS JOIN revision l ON l.record = t.record AND l.record_id = t.record_id "
        "JOIN change c ON c.id = l.change_id "
        "WHERE t.change_id = :taken AND l.change_id > :taken AND l.change_id < :present "
        "AND l.change_id NOT IN (SELECT value FROM json_each(:cancelled)) ORDER BY c.id DESC, l.record, l.record_id",
        {"taken": taken.id, "present": present, "cancelled": json.dumps(_cancelled_after(connection, taken.id))},
    ).fetchall()
    if later:
        newest = later[0]
        raise AdvisorlogError(
            f"Change {taken.id} ({taken.command}) can't be taken back: change {newest['id']} ({newest['command']}) "
            f"came later and touched {_names(later)}",
            f"Undo that one first: `advisorlog undo {newest['id']}`",
        )


def _cancelled_after(connection: sqlite3.Connection, change_id: int) -> list[int]:
    """The later changes that left nothing: each one that was taken back, with the undo that did it."""
    cancelled: set[int] = set()
    rows = connection.execute(
        "SELECT id, undoes_id FROM change WHERE id > ? AND undoes_id > ? ORDER BY id DESC", (change_id, change_id)
    )
    for row in rows:
        if row["id"] not in cancelled and row["undoes_id"] not in cancelled:
            cancelled |= {row["id"], row["undoes_id"]}
    return sorted(cancelled)


def _refuse_if_more_was_touched(connection: sqlite3.Connection, taken: Change, present: int) -> None:
    """Taking back a record takes what hangs on it; what others have hung on it since must not go unasked."""
    others = connection.execute(
        "SELECT record, record_id FROM revision WHERE change_id = ? EXCEPT "
        "SELECT record, record_id FROM revision WHERE change_id = ? ORDER BY record, record_id",
        (present, taken.id),
    ).fetchall()
    if others:
        raise AdvisorlogError(
            f"Change {taken.id} ({taken.command}) can't be taken back: {_names(others)} came later and stand on it",
            "Undo or remove those first; `advisorlog history` shows the changes",
        )


def _names(rows: list[sqlite3.Row]) -> str:
    shown = list(dict.fromkeys(f"{row['record'].replace('_', ' ')} {row['record_id']}" for row in rows))
    rest = len(shown) - 5
    return ", ".join(shown[:5]) + (f" and {rest} more" if rest > 0 else "")


def _replay(connection: sqlite3.Connection, change_id: int) -> None:
    revisions = connection.execute(
        "SELECT record, record_id, op, before FROM revision WHERE change_id = ? ORDER BY id DESC", (change_id,)
    ).fetchall()
    columns: dict[str, dict[str, str]] = {}
    for revision in revisions:
        table = revision["record"]
        if table not in columns:
            columns[table] = _columns(connection, table)
        if revision["op"] == Op.INSERT:
            connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (revision["record_id"],))
            continue
        image = _image(revision["before"], columns[table])
        if revision["op"] == Op.UPDATE:
            _put_back(connection, table, revision["record_id"], image)
        else:
            marks = ", ".join("?" * len(image))
            names = ", ".join(f'"{name}"' for name in image)
            connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(image.values()))


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """A table's columns and their types; IntegrityError where a later version has no such table."""
    columns = {row["name"]: row["type"] for row in connection.execute("SELECT * FROM pragma_table_info(?)", (table,))}
    if not columns:
        raise sqlite3.IntegrityError(f"there is no {table} any more")
    return columns


def _image(before: str, columns: dict[str, str]) -> dict[str, Any]:
    """What a row held, in the columns that there still are."""
    image: dict[str, Any] = json.loads(before)
    return {
        name: bytes.fromhex(value) if columns[name] == "BLOB" and value is not None else value
        for name, value in image.items()
        if name in columns
    }


def _put_back(connection: sqlite3.Connection, table: str, row_id: int, image: dict[str, Any]) -> None:
    """Write only what differs: a frozen document's words can't be set, not even to what they are."""
    row = connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row_id,)).fetchone()
    if row is None:
        raise sqlite3.IntegrityError(f"{table} {row_id} is gone")
    changed = {name: value for name, value in image.items() if row[name] != value}
    if changed:
        pairs = ", ".join(f'"{name}" = ?' for name in changed)
        connection.execute(f'UPDATE "{table}" SET {pairs} WHERE id = ?', (*changed.values(), row_id))
