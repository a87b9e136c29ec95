"""Free notes whose files were renamed or moved: their place is their id, unless they give one."""

import sqlite3
from dataclasses import replace
from pathlib import Path

from advisorlog.vault.notes import FreeNote
from advisorlog.vault.reading import read_source


def is_as_before(note: FreeNote, path: str, content: bytes) -> bool:
    """Whether the note is the file that lay at `path`, and its new name says no other day."""
    before = read_source(Path(path), content).note
    return bool(content.strip()) and content == note.source and isinstance(before, FreeNote) and before.day == note.day


class Places:
    """Where the files of notes were before an import, and what they held."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        rows = connection.execute("SELECT name, path, sha256 FROM source WHERE record = 'meeting'").fetchall()
        self._at = {row["path"]: row["name"] for row in rows}
        self._holding = {row["sha256"]: row["name"] for row in rows}

    def followed(self, note: FreeNote, digest: str) -> FreeNote:
        """The note under the id of the record that it is already: that of its path, or of a lost file just like it.

        So it stays one record when it is read from another folder, or its file has another name now.
        """
        path = str(Path(note.path).resolve())
        name = self._at.get(path) or self._lost(note, digest)
        if name is None:
            return note
        self._connection.execute("UPDATE source SET path = ? WHERE name = ?", (path, name))
        return replace(note, id=name.partition(":")[2])

    def _lost(self, note: FreeNote, digest: str) -> str | None:
        name = self._holding.get(digest)
        row = self._connection.execute("SELECT path, content FROM source WHERE name = ?", (name,)).fetchone()
        if row is None or Path(row["path"]).exists() or not is_as_before(note, row["path"], row["content"]):
            return None
        return name
