"""From links to records: what a file names may be in this import, or in the log from before."""

import sqlite3
from collections.abc import Callable

from advisorlog.store import names
from advisorlog.store.reading import whole
from advisorlog.store.reading.sheets import Link
from advisorlog.vault.exactly import link_in


class References:
    """Lines by their links. What needs them waits in `later` until every file is in."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._named: dict[Link, int] = {}
        self._in_log: dict[Link, int] | None = None
        self.later: list[Callable[[], None]] = []

    def name(self, container: Link, anchor: str | None, entry_id: int) -> None:
        """Remember that a file calls a line so."""
        if anchor:
            self._named[f"{container}#^{anchor}"] = entry_id

    def settle(self) -> None:
        """Do all that waited for the lines."""
        for step in self.later:
            step()
        self.later.clear()

    def entry(self, text: str | None) -> int | None:
        """The line that a link names (`[[meetings/x#^log-1a2b3c4d]]`, or the same without brackets)."""
        link = _bare(text)
        if link is None:
            return None
        folder, _, rest = link.rpartition("/")
        link = f"{folder}/{names.key(rest)}" if folder else names.key(rest)
        if link in self._named:
            return self._named[link]
        if self._in_log is None:
            self._in_log = whole.entry_links(self._connection)
        return self._in_log.get(link)

    def record(self, text: str | None) -> tuple[str, int] | None:
        """The table and number of any record that a citation or a pin names."""
        if not text:
            return None
        kind, _, link = text.partition(" ") if text.startswith(("action ", "event ")) else ("", "", text)
        if "#^log-" in link:
            return self._of_line(kind, self.entry(link))
        folder, _, slug = link.rpartition("/")
        if kind == "event":
            return self._event(slug)
        table, column = _TABLES.get(folder, ("", ""))
        if not table:
            return None
        row = self._connection.execute(f"SELECT id FROM {table} WHERE {column} = ?", (names.key(slug),)).fetchone()
        return (table, row[0]) if row else None

    def _of_line(self, kind: str, entry_id: int | None) -> tuple[str, int] | None:
        if entry_id is None:
            return None
        if not kind:
            return "entry", entry_id
        table = "action" if kind == "action" else "idea_event"
        row = self._connection.execute(f"SELECT id FROM {table} WHERE entry_id = ?", (entry_id,)).fetchone()
        return (table, row[0]) if row else None

    def _event(self, text: str) -> tuple[str, int] | None:
        slug, _, at = text.rpartition("@")
        at, _, later = at.partition("+")
        rows = self._connection.execute(
            "SELECT v.id FROM idea_event v JOIN idea i ON i.id = v.idea_id "
            "WHERE i.slug = ? AND v.at = ? AND v.entry_id IS NULL ORDER BY v.id",
            (names.key(slug), at),
        ).fetchall()
        number = int(later) if later.isdecimal() else 0
        return ("idea_event", rows[number][0]) if number < len(rows) else None


_TABLES = {
    "people": ("person", "handle"),
    "projects": ("project", "slug"),
    "series": ("series", "slug"),
    "meetings": ("meeting", "slug"),
    "ideas": ("idea", "slug"),
    "readings": ("reading", "slug"),
}


def _bare(text: str | None) -> Link | None:
    if not text:
        return None
    link = link_in(text)
    return link[0] if link else text
