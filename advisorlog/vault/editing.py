"""A file brought up to what the log says now: only what differs is touched, key by key and line by line.

What changed is found by writing both the older record and the present one as a page, and comparing: where the pages
say the same, the file keeps its own way of saying it, with its comments, unknown keys and free text. The result is
read again before it is trusted.
"""

from dataclasses import dataclass
from pathlib import Path

from advisorlog.store.reading.sheets import (
    DocumentSheet,
    InboxSheet,
    MeetingSheet,
    PersonSheet,
    ReadingSheet,
    Sheet,
)
from advisorlog.vault import pages
from advisorlog.vault.decoding import NotText, decode
from advisorlog.vault.edit_lines import Way, edit_agenda, edit_entries
from advisorlog.vault.edit_matter import edit_matter
from advisorlog.vault.file_text import FileText
from advisorlog.vault.notes import FreeNote, InboxNote, MeetingNote
from advisorlog.vault.reading import read_source
from advisorlog.vault.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Edited:
    """The file's new bytes, and what of the record they can't say."""

    content: bytes
    unsaid: tuple[str, ...] = ()


def edited(content: bytes, before: Sheet | None, now: Sheet, around: Surroundings) -> Edited | None:
    """The file with what changed since `before`; the same bytes where nothing did.

    None where it must be written anew: it was never agreed upon, or it is not text.
    """
    if before == now:
        return Edited(content)
    if before is None or type(before) is not type(now):
        return None
    try:
        decoded = decode(content)
    except NotText:
        return None
    file = FileText.of(decoded.text, content, decoded.encoding)
    unsaid = edit_matter(file, pages.keys(before, around), pages.keys(now, around))
    if not _edit_body(file, content, before, now, around):
        unsaid.append("the file's text can't take what changed in the log: the log has it")
        return Edited(content, tuple(unsaid))
    return Edited(file.encoded(), tuple(unsaid))


def _edit_body(file: FileText, content: bytes, before: Sheet, now: Sheet, around: Surroundings) -> bool:
    """Whether the body could be brought up to date."""
    match before, now:
        case (MeetingSheet(), MeetingSheet()) | (InboxSheet(), InboxSheet()):
            return _edit_lines(file, content, before, now, around)
        case PersonSheet(), PersonSheet():
            if before.note != now.note:
                file.replace_body(pages.body(now, around))
            return True
        case ReadingSheet(), ReadingSheet():
            return pages.body(before, around) == pages.body(now, around) or _edit_sections(file, before, now, around)
        case DocumentSheet(), DocumentSheet():
            return pages.body(before, around) == pages.body(now, around)
        case _:
            return True


def _edit_lines(
    file: FileText,
    content: bytes,
    before: MeetingSheet | InboxSheet,
    now: MeetingSheet | InboxSheet,
    around: Surroundings,
) -> bool:
    note = read_source(Path(f"{now.slug}.md"), content).note
    if not isinstance(note, MeetingNote | FreeNote | InboxNote):
        return False
    if isinstance(before, MeetingSheet) and isinstance(now, MeetingSheet) and before.agenda != now.agenda:
        edit_agenda(file, pages.agenda(now))
    for way in Way:
        tried = file.branch()
        if edit_entries(tried, note, before, now, around, way) and _says(tried, now):
            file.take(tried)
            return True
    return False


def _says(file: FileText, now: MeetingSheet | InboxSheet) -> bool:
    """Whether the file reads as the lines of the record."""
    again = read_source(Path(f"{now.slug}.md"), file.encoded()).note
    if not isinstance(again, MeetingNote | FreeNote | InboxNote):
        return False
    said = [(e.line.kind, e.line.visibility, e.line.text) for e in again.entries]
    answers = [(e.line.kind, e.line.visibility, a.text) for e in again.entries for a in e.answers]
    wanted = [(e.kind, e.visibility, e.text) for e in now.entries]
    return sorted([*said, *(("answer", visibility, text) for _, visibility, text in answers)]) == sorted(wanted)


def _edit_sections(file: FileText, before: ReadingSheet, now: ReadingSheet, around: Surroundings) -> bool:
    """The parts of a reading that changed, each below its own heading; a part without one is added at the end."""
    for name in pages.READING_SECTIONS:
        old, new = (pages.plain_sections(sheet).get(name) for sheet in (before, now))
        if old != new and not file.replace_section(name, (new or "").split("\n") if new else []):
            return False
    return True
