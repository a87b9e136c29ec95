"""Which zone a calendar means: by its name, by another program's name for it, or by the rules that come with it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, cast

from advisorlog.domain.moments import Moment, is_zone, moment_of, zone_of
from advisorlog.vault.calendar.components import Component

_OFFSET = re.compile(r"\(?(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?(?:\)|\Z)", re.ASCII)
_LONGEST_RULES = 20_000
"""Characters of a VTIMEZONE that is made sense of; one with every change since 1900 has fewer."""
_SAMPLES = [datetime(2025, 1, 1, 12, tzinfo=UTC) + timedelta(days=5 * count) for count in range(150)]
"""Two years: they tell apart zones whose summer begins a week later."""


@dataclass(frozen=True, slots=True)
class Zone:
    """The name that a moment is kept with, and what its clock shows."""

    name: str
    clock: tzinfo

    def moment(self, wall: datetime) -> Moment:
        """What the zone's clock shows, as a moment. Raises OverflowError at the ends of the calendar."""
        return moment_of(wall.replace(tzinfo=self.clock), self.name)


class Zones:
    """The zones of one file; `warn` is told (line, message, what to do) of one that can't be found, once.

    `own` is the user's: it counts for times without a zone. Times in UTC are shown in the zone that the calendar
    names for itself (X-WR-TIMEZONE), if it does.
    """

    def __init__(self, blocks: list[Component], own: str, shown: str, warn: Callable[[int, str, str], None]) -> None:
        self.own = Zone(own, zone_of(own))
        self.utc = Zone(shown if is_zone(shown) else "UTC", UTC)
        self._blocks = {_tzid(block): block for block in reversed(blocks)}
        self._warn = warn
        self._known: dict[str, Zone] = {}

    def named(self, tzid: str, line_number: int) -> Zone:
        """The zone of a TZID; the user's own, with a warning, where nothing says which it is."""
        if tzid not in self._known:
            found = self._known[tzid] = self._found(tzid) or self._unknown(tzid, line_number)
            if found.clock != zone_of(found.name):
                message = f"the time zone “{tzid}” has rules of its own: a series of it is kept in {found.name}"
                self._warn(line_number, message, "Look at its times after the next change of the clocks")
        return self._known[tzid]

    def _unknown(self, tzid: str, line_number: int) -> Zone:
        mend = f"Its times are read as {self.own.name}; if that is wrong, undo, and say the zone in the calendar"
        self._warn(line_number, f"the time zone “{tzid}” is unknown", mend)
        return self.own

    def _found(self, tzid: str) -> Zone | None:
        name = next((name for name in _names(tzid) if is_zone(name)), None)
        block = self._blocks.get(tzid)
        if name is None and block is not None:
            place = next((_value(line.text) for line in block.lines if line.name == "X-LIC-LOCATION"), "")
            name = place if place and is_zone(place) else None
        if name is not None:
            return Zone(name, zone_of(name))
        if block is not None and (clock := _clock(block)) is not None:
            return self._like(clock)
        return _by_offset(tzid)

    def _like(self, clock: tzinfo) -> Zone | None:
        """The zone that has shown the same time for two years; a fixed offset is itself."""
        offsets = [clock.utcoffset(moment.replace(tzinfo=clock)) for moment in _walls(clock)]
        if len(set(offsets)) == 1 and offsets[0] is not None:
            name = _offset_name(offsets[0])
            return Zone(name, zone_of(name))
        for name in dict.fromkeys((self.own.name, *_windows().values())):
            candidate = zone_of(name)
            if all(_same(clock, candidate, moment) for moment in _SAMPLES):
                return Zone(name, candidate)
        return Zone(self.own.name, clock)


def _walls(clock: tzinfo) -> Iterator[datetime]:
    return (moment.astimezone(clock).replace(tzinfo=None) for moment in _SAMPLES)


def _same(one: tzinfo, other: tzinfo, moment: datetime) -> bool:
    return moment.astimezone(one).utcoffset() == moment.astimezone(other).utcoffset()


def _names(tzid: str) -> Iterator[str]:
    """What a TZID may name: itself, Windows' name for a zone, or the end of a path of Mozilla's or Evolution's."""
    yield tzid
    if (windows := _windows().get(tzid)) is not None:
        yield windows
    parts = [part for part in tzid.split("/") if part]
    for count in (3, 2, 1):
        if len(parts) > count:
            yield "/".join(parts[-count:])


def _windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return WINDOWS_TO_OLSON


def _by_offset(tzid: str) -> Zone | None:
    """`GMT-0500`, `(UTC+01:00) ...`, `UTC+9`: the offset alone."""
    found = _OFFSET.match(tzid)
    if found is None or int(found[2]) > 14 or int(found[3] or 0) > 59:
        return None
    name = f"{found[1]}{int(found[2]):02}:{found[3] or '00'}"
    return Zone(name, zone_of(name))


def _offset_name(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}" if minutes else "UTC"


def _clock(block: Component) -> tzinfo | None:
    """What a VTIMEZONE describes; None where it is broken, or too much to be a zone."""
    from icalendar import Timezone

    lines = [f"BEGIN:{block.name}", *(line.text for line in block.lines)]
    for part in block.parts:
        if any(line.name == "RRULE" and not _once_a_year(line.text) for line in part.lines):
            return None
        lines += [f"BEGIN:{part.name}", *(line.text for line in part.lines), f"END:{part.name}"]
    text = "\r\n".join([*lines, f"END:{block.name}", ""])
    if len(text) > _LONGEST_RULES:
        return None
    try:
        clock = cast("Any", Timezone).from_ical(text).to_tz(lookup_tzid=False)
        list(_walls(clock))
    except Exception:  # the libraries below raise anything at all for a broken zone
        return None
    return clock


def _once_a_year(rule: str) -> bool:
    return "FREQ=YEARLY" in rule.upper() and len(rule) < 120 and not re.search(r"BY(?:HOUR|MINUTE|SECOND)", rule)


def _tzid(block: Component) -> str:
    return next((_value(line.text) for line in block.lines if line.name == "TZID"), "")


def _value(text: str) -> str:
    return text.partition(":")[2].strip()
