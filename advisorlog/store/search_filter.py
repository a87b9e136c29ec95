"""Which matches a search keeps: as conditions on a row's number `n` in the index."""

import sqlite3
from dataclasses import dataclass

from advisorlog.domain.kinds import EntryKind, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.store.search_index import SECOND

_ID = f"((n & {SECOND - 1}) >> 2)"
_ANY_TIME = 1 << 62

Condition = tuple[str, tuple[object, ...]]
"""SQL and the values of its marks."""


@dataclass(frozen=True, slots=True)
class Filter:
    """No kinds: every record; with kinds: entries of those only. `since` and `until` are both included."""

    kinds: frozenset[EntryKind]
    since: Moment | None
    until: Moment | None
    project_id: int | None
    include_private: bool

    def numbers(self) -> tuple[int, int]:
        """The first and the last row number of the stretch of time."""
        first = int(self.since.at.timestamp()) * SECOND if self.since else -_ANY_TIME
        last = (int(self.until.at.timestamp()) + 1) * SECOND - 1 if self.until else _ANY_TIME
        return first, last

    def passes(self) -> Condition:
        """Whether the record has a time and is kept, looked up record by record."""
        if not self.kinds and self.project_id is None and self.include_private:
            return "(n & 3) <> 1", ()
        entry, values = self._entry()
        reading, more = self._reading()
        meeting, rest = self._meeting()
        return f"CASE n & 3 WHEN 0 THEN {entry} WHEN 2 THEN {reading} WHEN 3 THEN {meeting} ELSE 0 END", (
            *values,
            *more,
            *rest,
        )

    def inside(self) -> Condition:
        """A wider net than `passes`, made of the ids that an index alone can tell, read once and before the matches.

        Of kinds and project the kinds are taken: they are the narrower net, but for the commonest.
        """
        if self.kinds:
            ids = f"SELECT id FROM entry WHERE kind IN ({self._kind_marks()})"
            return f"(n & 3) = 0 AND {_ID} IN ({ids})", tuple(sorted(self.kinds))
        if self.project_id is not None:
            ids = (
                "SELECT id FROM entry WHERE project_id = ? UNION ALL "
                "SELECT e.id FROM meeting m LEFT JOIN series s ON s.id = m.series_id "
                "JOIN entry e ON e.meeting_id = m.id WHERE coalesce(m.project_id, s.project_id) = ?"
            )
            return f"((n & 3) <> 0 OR {_ID} IN ({ids}))", (self.project_id, self.project_id)
        return "1", ()

    def keeps_idea(self, row: sqlite3.Row) -> bool:
        """The same for an idea, by its columns `project_id`, `visibility` and `at` (of its last event, if any)."""
        at = row["at"] or ""
        return (
            (self.project_id is None or row["project_id"] == self.project_id)
            and (self.include_private or row["visibility"] == Visibility.OPEN)
            and (self.since is None or at >= self.since.stored)
            and (self.until is None or "" < at <= self.until.stored)
        )

    def _kind_marks(self) -> str:
        return ", ".join("?" * len(self.kinds))

    def _entry(self) -> Condition:
        wanted = [f"e.id = {_ID}"]
        values: list[object] = []
        if self.kinds:
            wanted.append(f"e.kind IN ({self._kind_marks()})")
            values += sorted(self.kinds)
        if not self.include_private:
            wanted.append("e.visibility = 'open'")
        if self.project_id is not None:
            wanted.append("coalesce(e.project_id, m.project_id, s.project_id) = ?")
            values.append(self.project_id)
        return (
            "EXISTS (SELECT 1 FROM entry e LEFT JOIN meeting m ON m.id = e.meeting_id "
            f"LEFT JOIN series s ON s.id = m.series_id WHERE {' AND '.join(wanted)})"
        ), tuple(values)

    def _reading(self) -> Condition:
        """A reading belongs to no project, though its ideas may."""
        if self.kinds or self.project_id is not None:
            return "0", ()
        return f"EXISTS (SELECT 1 FROM reading WHERE id = {_ID} AND visibility = 'open')", ()

    def _meeting(self) -> Condition:
        if self.kinds:
            return "0", ()
        if self.project_id is None:
            return "1", ()
        return (
            "EXISTS (SELECT 1 FROM meeting m LEFT JOIN series s ON s.id = m.series_id "
            f"WHERE m.id = {_ID} AND coalesce(m.project_id, s.project_id) = ?)"
        ), (self.project_id,)
