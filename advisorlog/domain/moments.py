"""Moments: when something was said, in UTC, beside the zone it was said in."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

STORED = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """An instant (aware, UTC, whole seconds) and the zone of the person who spoke (IANA name or `+09:00`)."""

    at: datetime
    zone: str = "UTC"

    @property
    def stored(self) -> str:
        """The text that the log keeps: sortable, `2022-09-13T18:00:00Z`."""
        return self.at.astimezone(UTC).strftime(STORED)

    @property
    def local(self) -> datetime:
        """The same instant on the clock of the zone it was said in."""
        return self.at.astimezone(zone_of(self.zone))

    @property
    def day(self) -> date:
        return self.local.date()


def moment(stored: str, zone: str) -> Moment:
    """Read back what `Moment.stored` wrote.

    Raises ValueError on any other text.
    """
    if len(stored) != len("2022-09-13T18:00:00Z") or stored[-1] != "Z":
        raise ValueError(f"not a stored moment: {stored}")
    return Moment(datetime.fromisoformat(stored), zone)


def moment_of(instant: datetime, zone: str) -> Moment:
    """A moment from an aware instant; fractions of a second are dropped."""
    return Moment(instant.astimezone(UTC).replace(microsecond=0), zone)


_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")


def zone_of(name: str) -> tzinfo:
    """The zone of an IANA name or an offset such as `-04:00`; UTC where the name is unknown here.

    A log may come from a machine with newer zone data: its moments stay right (they are UTC), so an unknown
    zone costs only the local rendering and must not stop a document.
    """
    if name in ("UTC", "Z"):
        return UTC
    if offset := _OFFSET.fullmatch(name):
        sign = -1 if offset[1] == "-" else 1
        return timezone(sign * timedelta(hours=int(offset[2]), minutes=int(offset[3])))
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def is_zone(name: str) -> bool:
    """Whether `zone_of` would know this name."""
    zone = zone_of(name)
    return name in ("UTC", "Z") or zone is not UTC or _OFFSET.fullmatch(name) is not None


def noon(day: date, zone: str) -> Moment:
    """A day without a time counts as its noon: after the morning's meetings, before the afternoon's."""
    return moment_of(datetime(day.year, day.month, day.day, 12, tzinfo=zone_of(zone)), zone)


def end_of_day(day: date, zone: str) -> Moment:
    """The last second of a day in a zone: "as of Tuesday" includes all of Tuesday."""
    last = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=zone_of(zone))
    return moment_of(last, zone)
