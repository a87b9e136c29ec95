"""The files that records came from, as they were when file and log last said the same."""

import sqlite3
from dataclasses import dataclass

from advisorlog.store import names
from advisorlog.store.reading import sheet_json
from advisorlog.store.reading.sheets import (
    DocumentSheet,
    IdeaSheet,
    InboxSheet,
    JudgementsSheet,
    MeetingSheet,
    PersonSheet,
    ProjectSheet,
    ReadingSheet,
    SeriesSheet,
    Sheet,
)

_KINDS = {
    PersonSheet: "person",
    ProjectSheet: "project",
    SeriesSheet: "series",
    IdeaSheet: "idea",
    ReadingSheet: "reading",
    MeetingSheet: "meeting",
    InboxSheet: "inbox",
    DocumentSheet: "document",
    JudgementsSheet: "judgements",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file's bytes, where it lay, and the record as it was then, as JSON (None: an older version did not keep it)."""

    name: str
    path: str
    sha256: str
    content: bytes
    said: str | None

    @property
    def sheet(self) -> Sheet | None:
        """The record as it was when the file and the log agreed."""
        return sheet_json.load(self.said)

    def says(self, sheet: Sheet) -> bool:
        """Whether the record is still as it was then."""
        return self.said is not None and (self.said == sheet_json.dump(sheet) or self.sheet == sheet)


def source_name(sheet: Sheet, known: dict[str, Source] | None = None) -> str:
    """The name under which a record's file is kept: `meeting:2026-01-13-ruth-weekly`.

    An undated free note's lines are kept under `meeting:` too, as the file might become one.
    """
    slug = names.key(sheet.handle if isinstance(sheet, PersonSheet) else sheet.slug)
    name = f"{_KINDS[type(sheet)]}:{slug}"
    if isinstance(sheet, InboxSheet) and known is not None and name not in known and f"meeting:{slug}" in known:
        return f"meeting:{slug}"
    return name


def sources(connection: sqlite3.Connection) -> dict[str, Source]:
    """Every file that is known, by name. What calendars say of single dates (`store.slots`) is no file."""
    rows = connection.execute(
        "SELECT name, path, sha256, content, sheet FROM source WHERE name NOT LIKE 'ics:%' AND name NOT LIKE 'slot:%'"
    )
    return {row["name"]: Source(row["name"], row["path"], row["sha256"], row["content"], row["sheet"]) for row in rows}
