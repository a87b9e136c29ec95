"""Events as the text of a calendar (RFC 5545): the same events give the same bytes, in any program and at any time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from advisorlog.domain.inert import inert, inert_line
from advisorlog.domain.moments import Moment, zone_of
from advisorlog.vault.calendar.zone_rules import described

PRODUCT = "-//advisorlog//advisorlog//EN"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One event.

    `rule` has its end in UTC; `slot` is the date of the rule that this event is for, `away` are those at which nothing
    takes place. `people` are names, each with what stands for an address. `stamp` is when the record was last changed,
    `sequence` grows with it.
    """

    uid: str
    title: str
    starts: Moment
    stamp: Moment
    sequence: int = 0
    minutes: int | None = None
    rule: str | None = None
    slot: Moment | None = None
    away: tuple[Moment, ...] = ()
    people: tuple[tuple[str, str], ...] = ()
    text: str = ""
    is_cancelled: bool = False


def calendar_text(events: Iterable[CalendarEvent]) -> str:
    """The whole file, with the zones that it uses."""
    from icalendar import Calendar

    found = list(events)
    calendar: Any = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    first = min((each.starts.at.year for each in found), default=2000)
    for name in sorted({each.starts.zone for each in found}):
        if zone_of(name) is not UTC:
            calendar.add_component(described(zone_of(name), _tzid(name), date(first - 1, 1, 1)))
    for each in found:
        calendar.add_component(_event(each))
    return str(calendar.to_ical().decode("utf-8", "replace"))


def _event(said: CalendarEvent) -> Any:
    from icalendar import Event
    from icalendar.prop import vRecur

    event: Any = Event()
    event.add("uid", said.uid)
    event.add("dtstamp", said.stamp.at)
    event.add("sequence", said.sequence)
    event.add("summary", inert_line(said.title))
    event.add("dtstart", _on_clock(said.starts, said.starts.zone))
    if said.minutes:
        event.add("dtend", _on_clock(_later(said.starts, said.minutes), said.starts.zone))
    if said.rule is not None:
        event.add("rrule", vRecur.from_ical(said.rule))
    if said.slot is not None:
        event.add("recurrence-id", _on_clock(said.slot, said.starts.zone))
    for each in said.away:
        event.add("exdate", _on_clock(each, said.starts.zone))
    for name, address in said.people:
        event.add("attendee", address, parameters={"CN": inert_line(name)})
    if said.text:
        event.add("description", inert(said.text))
    event.add("status", "CANCELLED" if said.is_cancelled else "CONFIRMED")
    return event


def _later(moment: Moment, minutes: int) -> Moment:
    return Moment(moment.at + timedelta(minutes=minutes), moment.zone)


def _on_clock(moment: Moment, zone: str) -> datetime:
    return moment.at.astimezone(zone_of(zone))


def _tzid(name: str) -> str:
    """An offset alone as the library names it in the times that it writes."""
    return f"UTC{name}" if name[0] in "+-" else name
