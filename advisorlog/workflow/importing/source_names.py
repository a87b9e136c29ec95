"""Under which names files are kept: the kind of their record, and its id."""

from advisorlog.store import names
from advisorlog.vault.calendar.notes import CalendarNote
from advisorlog.vault.notes import (
    DocumentNote,
    FreeNote,
    IdeaNote,
    InboxNote,
    JudgementsNote,
    ListNote,
    MeetingNote,
    Note,
    PersonNote,
    ProjectNote,
    ReadingNote,
    SeriesNote,
)

_KINDS: dict[type, str] = {
    PersonNote: "person",
    ProjectNote: "project",
    SeriesNote: "series",
    IdeaNote: "idea",
    ReadingNote: "reading",
    MeetingNote: "meeting",
    FreeNote: "meeting",
    ListNote: "list",
    CalendarNote: "ics",
    InboxNote: "inbox",
    DocumentNote: "document",
    JudgementsNote: "judgements",
}


def kind_of(note: Note) -> str:
    """The kind of the record that a note becomes."""
    return _KINDS[type(note)]


def name_of(note: Note) -> str:
    """The name of a note's file, such as `meeting:2026-01-13-ruth-weekly`."""
    return f"{kind_of(note)}:{names.key(note.id)}"
