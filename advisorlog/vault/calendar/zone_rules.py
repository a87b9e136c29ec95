"""A zone as a calendar describes it: two rules a year, where that is what it does, as every program understands it."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

_YEARS = range(2026, 2038)
"""The years whose changes the rules are read off."""
_FIRST = 1970
"""Where the rules begin, as those of other programs do."""
_LAST = date(2061, 1, 1)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Change:
    """One change of a zone's clock: what it showed at that moment, before it was put forward or back."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str


def described(zone: tzinfo, name: str, first: date) -> Any:
    """The VTIMEZONE of a zone; `first` is earlier than anything in the calendar."""
    from icalendar import Timezone

    changes = list(_changes(zone))
    rules = _rules(changes)
    if rules is None and not isinstance(zone, timezone):
        return Timezone.from_tzinfo(zone, tzid=name, first_date=first, last_date=_LAST)
    made: Any = Timezone()
    made.add("tzid", name)
    if not rules:
        start = datetime(_FIRST, 1, 1, tzinfo=UTC).astimezone(zone)
        offset = datetime(_YEARS[0], 1, 1, tzinfo=UTC).astimezone(zone).utcoffset() or timedelta()
        made.add_component(_part(_Change(start.replace(tzinfo=None), offset, offset, start.tzname() or name), None))
    for change, rule in rules or ():
        made.add_component(_part(change, rule))
    return made


def _changes(zone: tzinfo) -> Iterator[_Change]:
    day, end = datetime(_YEARS.start, 1, 1, tzinfo=UTC), datetime(_YEARS.stop, 1, 1, tzinfo=UTC)
    while day < end:
        if _offset(zone, day) != _offset(zone, day + _DAY):
            at = day
            while _offset(zone, at) == _offset(zone, at + _MINUTE):
                at += _MINUTE
            at += _MINUTE
            before, after = _offset(zone, at - _MINUTE), _offset(zone, at)
            yield _Change((at + before).replace(tzinfo=None), before, after, at.astimezone(zone).tzname() or "")
        day += _DAY


def _offset(zone: tzinfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _rules(changes: list[_Change]) -> list[tuple[_Change, str]] | None:
    """Each kind of change with its yearly rule; None where the zone does not keep to such rules."""
    kinds: dict[tuple[timedelta, timedelta, int, datetime], list[_Change]] = {}
    for change in changes:
        key = change.before, change.after, change.wall.month, change.wall.replace(2000, 1, 1)
        kinds.setdefault(key, []).append(change)
    found: list[tuple[_Change, str]] = []
    for same in kinds.values():
        rule = _yearly([each.wall.date() for each in same])
        if rule is None:
            return None
        found.append((same[0], rule))
    return found


def _yearly(days: list[date]) -> str | None:
    if [day.year for day in days] != list(_YEARS) or len({day.weekday() for day in days}) > 1:
        return None
    weeks = {(day.day - 1) // 7 + 1 for day in days}
    are_last = all(day.day + 7 > monthrange(day.year, day.month)[1] for day in days)
    if len(weeks) > 1 and not are_last:
        return None
    return f"FREQ=YEARLY;BYMONTH={days[0].month};BYDAY={-1 if are_last else weeks.pop()}{_DAYS[days[0].weekday()]}"


def _part(change: _Change, rule: str | None) -> Any:
    from dateutil.rrule import rrulestr
    from icalendar import TimezoneDaylight, TimezoneStandard
    from icalendar.prop import vRecur

    begins = change.wall
    if rule is not None:
        begins = next(iter(rrulestr(rule, dtstart=begins.replace(year=_FIRST, month=1, day=1))))
    part: Any = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    part.add("dtstart", begins)
    part.add("tzoffsetfrom", change.before)
    part.add("tzoffsetto", change.after)
    part.add("tzname", change.name)
    if rule is not None:
        part.add("rrule", vRecur.from_ical(rule))
    return part
