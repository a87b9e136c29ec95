"""Calendars as every calendar program exports them (iCalendar, RFC 5545): meetings and series."""

import re
from collections import Counter

from advisorlog.vault.calendar import components
from advisorlog.vault.calendar.components import Component
from advisorlog.vault.calendar.events import Unread, understand
from advisorlog.vault.calendar.notes import CalendarNote, EventNote
from advisorlog.vault.calendar.zones import Zones
from advisorlog.vault.formats.format import Format, Head, SourceFile

_BEGIN = re.compile(r"\s*BEGIN:VCALENDAR\s", re.IGNORECASE)
_OTHERS = {"VTODO": "todo", "VJOURNAL": "journal", "VFREEBUSY": "free-busy", "VALARM": "alarm"}
_OWNER = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _claims(head: Head) -> bool:
    return bool(_BEGIN.match(head.text))


def read(file: SourceFile) -> CalendarNote | None:
    """Every event; one that can't be understood is reported, and left out. Todos and alarms are counted."""
    text = file.text_or_problem()
    if text is None:
        return None
    found, faults = components.read(text)
    for fault in faults:
        file.fail(fault.number, fault.message, "Export the calendar again")
    calendars = [each for each in found if each.name == "VCALENDAR"]
    parts = [part for calendar in calendars for part in calendar.parts]
    if not calendars:
        file.fail(1, "no calendar: BEGIN:VCALENDAR is missing", "Export it again, in the iCalendar format")
        return None
    blocks = [part for part in parts if part.name == "VTIMEZONE"]
    zones = Zones(blocks, file.zone, _said(calendars, "X-WR-TIMEZONE"), file.warn)
    lines = text.split("\n")
    events: list[EventNote] = []
    for part in parts:
        if part.name == "VEVENT":
            events += _event(file, part, lines, zones)
    others = Counter(_OTHERS[each.name] for part in parts for each in (part, *part.parts) if each.name in _OTHERS)
    note_id = f"ics:{file.scope}"
    return CalendarNote(file.path, file.source, note_id, tuple(events), tuple(others.items()), _owner(calendars))


def _event(file: SourceFile, part: Component, lines: list[str], zones: Zones) -> list[EventNote]:
    source = "\n".join(lines[part.number - 1 : part.end])
    try:
        understood = understand(part, source, zones)
    except Unread as unread:
        file.fail(unread.number, f"{unread.message}: the event of line {part.number} was left out", "Correct it there")
        return []
    for line, message, mend in understood.remarks:
        file.warn(line, message, mend)
    return [understood.note]


def _owner(calendars: list[Component]) -> str:
    """Google names the calendar of a person by their address."""
    named = _said(calendars, "X-WR-CALNAME")
    return named.casefold() if _OWNER.fullmatch(named) else ""


def _said(calendars: list[Component], name: str) -> str:
    lines = (line for calendar in calendars for line in calendar.lines if line.name == name)
    return next((line.text.partition(":")[2].strip() for line in lines), "")


FORMAT = Format("ics", "calendar", frozenset({".ics", ".ical"}), _claims, read)
