"""Keeping, beside a file's bytes, what the log said when the two agreed."""

import hashlib
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from advisorlog.domain.moments import Moment
from advisorlog.store import names
from advisorlog.store.connection import transaction
from advisorlog.store.reading import sheet_json, whole
from advisorlog.store.reading.sheets import Sheet
from advisorlog.store.reading.sources import source_name, sources
from advisorlog.workflow.importing.rows import upsert


@dataclass(frozen=True, slots=True)
class Agreed:
    """A file that says exactly what the log says."""

    name: str
    path: Path
    content: bytes
    sheet: Sheet


def keep_sheets(connection: sqlite3.Connection, taken: Collection[str]) -> None:
    """Note the records of these files as they are now."""
    if not taken:
        return
    known = sources(connection)
    for sheet in whole.sheets(connection):
        name = source_name(sheet, known)
        if name in taken:
            connection.execute("UPDATE source SET sheet = ? WHERE name = ?", (sheet_json.dump(sheet), name))


def agree(log: Path, now: Moment, agreed: Iterable[Agreed], gone: Collection[str] = ()) -> None:
    """Note which files stand for which records from now on; `gone` are names of files that no longer do.

    This is about files, not about what was said: it is no change that history shows or that `undo` takes back.
    """
    with transaction(log, "export", now) as connection:
        for each in agreed:
            record, _, slug = each.name.partition(":")
            digest = hashlib.sha256(each.content).hexdigest()
            upsert(
                connection,
                "source",
                {"name": each.name},
                record=record,
                record_id=_number(connection, record, slug),
                path=str(each.path.resolve()),
                sha256=digest,
                content=each.content,
                imported_at=now.stored,
                sheet=sheet_json.dump(each.sheet),
            )
        connection.executemany("DELETE FROM source WHERE name = ?", [(name,) for name in gone])
        connection.execute("DELETE FROM revision WHERE change_id = (SELECT max(id) FROM change)")


def _number(connection: sqlite3.Connection, record: str, slug: str) -> int:
    column = {"person": "handle"}.get(record, "slug")
    if record not in ("person", "project", "series", "idea", "reading", "meeting"):
        return 0
    row = connection.execute(f"SELECT id FROM {record} WHERE {column} = ?", (names.key(slug),)).fetchone()
    return int(row["id"]) if row else 0
