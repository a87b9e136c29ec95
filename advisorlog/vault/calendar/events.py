"""One event of a calendar, understood: when, how often, with whom. What can't be is said with its line."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NoReturn, cast

from advisorlog.domain.moments import Moment
from advisorlog.vault.calendar.components import Component, Line
from advisorlog.vault.calendar.notes import EventNote, Invited
from advisorlog.vault.calendar.zones import Zone, Zones

_YEARS = range(1900, 2201)
_LONGEST_NAME = 400
"""Characters of a UID that is kept; a longer one is hashed."""
_KEPT = {"LOCATION": "location", "URL": "url", "CONFERENCE": "conference", "X-GOOGLE-CONFERENCE": "conference"}
"""What has no place in a meeting, and stands below its description."""
_READ = {
    "UID", "SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "EXRULE", "EXDATE",
    "RDATE", "ATTENDEE", "ORGANIZER", "STATUS", "CLASS", "SEQUENCE", *_KEPT,
}  # fmt: skip
_PRIVATE = ("PRIVATE", "CONFIDENTIAL")
_THINGS = ("ROOM", "RESOURCE", "GROUP")
_OF_A_CALENDAR = "calendar.google.com"
"""Where the addresses of Google's rooms and shared calendars end: nobody reads them."""


class Unread(Exception):
    """An event that can't be understood, for what stands in line `number`."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(message)
        self.number = number
        self.message = message


@dataclass(frozen=True, slots=True)
class _Property:
    """One property's value, raw, and its parameters by their names in capitals."""

    number: int
    value: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class Understood:
    """An event, and what of it wants a look: (line, message, what to do)."""

    note: EventNote
    remarks: tuple[tuple[int, str, str], ...] = ()


def understand(event: Component, source: str, zones: Zones) -> Understood:
    """What a VEVENT says. Raises Unread."""
    return _Event(event, source, zones).understood()


class _Event:
    def __init__(self, event: Component, source: str, zones: Zones) -> None:
        self._event = event
        self._source = source
        self._zones = zones
        self._found: dict[str, list[_Property]] = {}
        for line in event.lines:
            if line.name in _READ:
                self._found.setdefault(line.name, []).append(_property(line))
        self._remarks: list[tuple[int, str, str]] = []

    def understood(self) -> Understood:
        begin = self._first("DTSTART")
        if begin is None:
            raise Unread(self._event.number, "an event without DTSTART")
        zone, wall = self._zone_of(begin), self._time(begin)
        starts = self._moment(begin, zone, wall)
        if starts.zone == "UTC" and not self._found.keys() & {"RRULE", "RDATE"}:
            starts = Moment(starts.at, self._zones.own.name)  # An instant, on the user's own clock.
        slot = self._first("RECURRENCE-ID")
        text, kept = self._text()
        rule = self._rule(begin)
        if slot is not None and slot.parameters.get("RANGE", "").upper() == "THISANDFUTURE":
            mend = "Only that one is moved: change the series here, with `advisorlog series edit`"
            self._remark(slot, "it changes all later meetings too (RANGE=THISANDFUTURE)", mend)
        note = EventNote(
            self._event.number,
            self._uid(),
            " ".join(self._said("SUMMARY").split()),
            starts,
            is_all_day=not isinstance(wall, datetime),
            minutes=self._minutes(starts),
            slot=self._at(slot, starts) if slot is not None else None,
            rule=rule if slot is None else None,
            away=tuple(self._all("EXDATE", starts)),
            extra=tuple(self._all("RDATE", starts)),
            people=tuple(self._people()),
            text=text,
            kept=kept,
            is_cancelled=self._said("STATUS").strip().upper() == "CANCELLED",
            is_private=self._said("CLASS").strip().upper() in _PRIVATE,
            sequence=self._sequence(),
            source=self._source,
        )
        return Understood(note, tuple(self._remarks))

    def _first(self, name: str) -> _Property | None:
        found = self._found.get(name)
        return found[0] if found else None

    def _said(self, name: str) -> str:
        found = self._first(name)
        return "" if found is None else _unescaped(found.value)

    def _remark(self, at: _Property, message: str, mend: str) -> None:
        self._remarks.append((at.number, message, mend))

    def _uid(self) -> str:
        """The event's name; one without is known by its words, one that is too long by their hash."""
        uid = self._said("UID").strip()
        if uid and len(uid) <= _LONGEST_NAME:
            return uid
        begin = self._first("DTSTART")
        said = uid or f"{self._said('SUMMARY')}\0{begin.value if begin else ''}"
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def _rule(self, begin: _Property) -> str | None:
        rules = self._found.get("RRULE", [])
        if len(rules) > 1:
            self._remark(rules[1], "a second RRULE", "Only the first counts: make it an event of its own")
        if (without := self._first("EXRULE")) is not None:
            self._remark(without, "EXRULE is not understood", "Cancel those meetings: `advisorlog meeting cancel`")
        if not rules:
            return None
        return rules[0].value.strip().upper() or self._fail(rules[0], "an RRULE without a rule")

    def _minutes(self, starts: Moment) -> int | None:
        end, length = self._first("DTEND"), self._first("DURATION")
        if end is not None:
            took = self._moment(end, self._zone_of(end), self._time(end)).at - starts.at
        elif length is not None:
            value = _value_of(length)
            took = value if isinstance(value, timedelta) else self._fail(length, "no length of time")
        else:
            return None
        minutes = round(took.total_seconds() / 60)
        return minutes if minutes > 0 else None

    def _sequence(self) -> int:
        said = self._said("SEQUENCE").strip()
        return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0

    def _text(self) -> tuple[str, tuple[str, ...]]:
        parts = [self._said("DESCRIPTION").replace("\r\n", "\n").strip()]
        kept: list[str] = []
        for name, label in _KEPT.items():
            for each in self._found.get(name, []):
                said = each.value.strip() if name == "URL" else " ".join(_unescaped(each.value).split())
                if said and f"{label}: {said}" not in parts:
                    parts.append(f"{label}: {said}")
                    kept.append(label)
        return "\n".join(part for part in parts if part), tuple(kept)

    def _people(self) -> Iterable[Invited]:
        """Everybody once; who stands there as organizer and as attendee has the longer of the two names."""
        found: dict[str, Invited] = {}
        for each in [*self._found.get("ORGANIZER", []), *self._found.get("ATTENDEE", [])]:
            if each.parameters.get("CUTYPE", "").upper() in _THINGS:
                continue
            value = each.value.strip()
            address = value[7:] if value.lower().startswith("mailto:") else each.parameters.get("EMAIL", "")
            address = address.strip().casefold() if "@" in address else ""
            name = " ".join(each.parameters.get("CN", "").split()).strip("'\"")
            if address.endswith(_OF_A_CALENDAR) or not (name or address):
                continue
            name = "" if "@" in name else name
            has_declined = each.parameters.get("PARTSTAT", "").upper() == "DECLINED"
            before = found.get(address or name, Invited("", address))
            found[address or name] = Invited(
                max(before.name, name, key=len), address, before.has_declined or has_declined
            )
        return found.values()

    def _all(self, name: str, starts: Moment) -> Iterator[Moment]:
        for each in self._found.get(name, []):
            for value in each.value.split(","):
                if value.strip():
                    yield self._at(_Property(each.number, value.strip().partition("/")[0], each.parameters), starts)

    def _at(self, of: _Property, starts: Moment) -> Moment:
        """A date of the rule; one that is only a day is at the time at which the event begins."""
        zone, wall = self._zone_of(of), self._time(of)
        if isinstance(wall, datetime):
            return Moment(self._moment(of, zone, wall).at, starts.zone)
        begin = self._first("DTSTART")
        assert begin is not None
        usual = self._time(begin)
        at = usual.time() if isinstance(usual, datetime) else datetime.min.time()
        return self._moment(of, self._zone_of(begin), datetime.combine(wall, at))

    def _zone_of(self, of: _Property) -> Zone:
        if of.value.strip().upper().endswith("Z"):
            return self._zones.utc
        tzid = of.parameters.get("TZID", "").strip().strip('"')
        return self._zones.named(tzid, of.number) if tzid else self._zones.own

    def _time(self, of: _Property) -> date:
        """A day, or a day with its time on a wall clock."""
        value = _value_of(of)
        if not isinstance(value, date) or value.year not in _YEARS:
            self._fail(of, f"“{of.value[:40]}” is no time")
        return value.replace(tzinfo=None) if isinstance(value, datetime) else value

    def _moment(self, of: _Property, zone: Zone, wall: date) -> Moment:
        if not isinstance(wall, datetime):
            wall = datetime.combine(wall, datetime.min.time())
        try:
            return zone.moment(wall)
        except (OverflowError, ValueError):
            self._fail(of, f"“{of.value[:40]}” is no time in that zone")

    def _fail(self, at: _Property, message: str) -> NoReturn:
        raise Unread(at.number, message)


def _property(line: Line) -> _Property:
    from icalendar.parser import Contentline

    try:
        _, parameters, value = cast("Any", Contentline)(line.text).raw_parts()
    except ValueError as error:
        raise Unread(line.number, f"{line.name} is no property: {str(error)[:80]}") from error
    return _Property(line.number, str(value), {str(name).upper(): _joined(said) for name, said in parameters.items()})


def _joined(said: Any) -> str:
    return ",".join(map(str, cast("list[Any]", said))) if isinstance(said, list) else str(said)


def _value_of(of: _Property) -> Any:
    """What the library makes of a date, a time or a length; None where it is none."""
    from icalendar.prop import vDDDTypes

    try:
        return cast("Any", vDDDTypes).from_ical(of.value.strip().upper())
    except Exception:  # it raises anything at all for a broken value
        return None


def _unescaped(value: str) -> str:
    from icalendar.parser import unescape_backslash

    return unescape_backslash(value)
