"""Another tool's file into the log: the meeting that it records, if it does, and its items."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from advisorlog.domain.kinds import MeetingStatus
from advisorlog.domain.moments import Moment
from advisorlog.store import names
from advisorlog.vault import formats
from advisorlog.vault.notes import ListNote
from advisorlog.vault.problems import Problem, Severity
from advisorlog.vault.records import slug_of
from advisorlog.workflow.changing import Change
from advisorlog.workflow.importing import items
from advisorlog.workflow.importing.report import Report
from advisorlog.workflow.importing.rows import upsert
from advisorlog.workflow.naming import free_name


class ListWriter:
    """Writes the files of other tools; what each tool said before is read again once, from the files kept here."""

    def __init__(self, change: Change, report: Report, zone: str, link_people: Callable[[int, tuple[str, ...]], None]):
        self._connection: sqlite3.Connection = change.connection
        self._now = change.now
        self._report = report
        self._zone = zone
        self._link_people = link_people
        self._earlier: dict[str, items.Earlier] = {}

    def has(self, note: ListNote, digest: str) -> bool:
        """Whether a file with the same bytes came in as this format, from wherever it lay then."""
        row = self._connection.execute(
            "SELECT 1 FROM source WHERE record = 'list' AND sha256 = ? AND name LIKE ?",
            (digest, f"list:{note.format}:%"),
        ).fetchone()
        return row is not None

    def write(self, note: ListNote, on_item: Callable[[int], None]) -> int:
        """Write what is new or has changed; returns the meeting's id, or 0. `on_item` is told how many are done."""
        meeting_id = self._meeting(note)
        earlier = self._said_earlier(note.format)
        place = items.Place(meeting_id or None, self._handle_named, self._now, on_item)
        outcome = items.write(self._connection, note, earlier, place)
        earlier.add(note)
        self._report.new.update(outcome.new)
        if outcome.changed:
            self._report.changed["entry"] += outcome.changed
        self._report.no_longer_listed += outcome.gone
        self._report.kept.update(dict(note.kept))
        for line, message, mend in outcome.warnings:
            self._report.warnings.append(Problem(note.path, line, message, mend, Severity.WARNING))
        return meeting_id

    def _meeting(self, note: ListNote) -> int:
        if note.start is None:
            return 0
        known = self._connection.execute(
            "SELECT s.record_id, m.id FROM source s LEFT JOIN meeting m ON m.id = s.record_id WHERE s.name = ?",
            (f"list:{names.key(note.id)}",),
        ).fetchone()
        if known is not None and known["id"] is None:
            return 0  # The user has removed it.
        taken = (row["slug"] for row in self._connection.execute("SELECT slug FROM meeting"))
        meeting_id, is_new = upsert(
            self._connection,
            "meeting",
            {"id": known["id"]} if known else {"slug": free_name(_slug(note.start, note.path.stem), taken)},
            title=note.title,
            starts_at=note.start.stored,
            zone=note.start.zone,
            status=MeetingStatus.HELD,
        )
        (self._report.new if is_new else self._report.changed)["meeting"] += 1
        self._link_people(meeting_id, note.people)
        return meeting_id

    def _said_earlier(self, form: str) -> items.Earlier:
        if form not in self._earlier:
            self._earlier[form] = items.Earlier()
            for row in self._connection.execute(
                "SELECT path, content FROM source WHERE record = 'list' AND name LIKE ? ORDER BY imported_at, id",
                (f"list:{form}:%",),
            ):
                path = Path(row["path"])
                note, _ = formats.read_as(form, path, row["content"], place=path.stem, zone=self._zone)
                if isinstance(note, ListNote):
                    self._earlier[form].add(note)
        return self._earlier[form]

    def _handle_named(self, name: str) -> str | None:
        person = names.find_person(self._connection, name)
        row = self._connection.execute("SELECT handle FROM person WHERE id = ?", (person,)).fetchone()
        return str(row["handle"]) if row else None


def _slug(start: Moment, stem: str) -> str:
    """The day, and what the file's name says beside it."""
    return slug_of(f"{start.day}-{stem.replace(str(start.day), '')}")
