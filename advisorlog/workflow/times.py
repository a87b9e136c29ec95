"""Days and times as the user says them, or an error that says how to write them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time

from advisorlog.domain.moments import Moment, is_zone, moment_of, zone_of
from advisorlog.errors import AdvisorlogError

HOW_DAY = "Write it like 2026-12-01, fri, 2w or “end of next week”"
HOW_TIME = "Write it like “fri 14:00”, “2026-12-01 9:30” or “tomorrow 2pm”"


def day_to_come(phrase: str, today: date) -> date:
    """A day that lies ahead where the phrase leaves it open: a deadline, a date to resolve by."""
    from advisorlog.domain.dates import understand_spoken

    return _known(understand_spoken(phrase, today), phrase)


def day_gone(phrase: str, today: date) -> date:
    """A day that lies behind where the phrase leaves it open: `--since`, `--as-of`."""
    from advisorlog.domain.dates import understand_past

    return _known(understand_past(phrase, today), phrase)


def _known(day: date | None, phrase: str) -> date:
    if day is None:
        raise AdvisorlogError(f"“{phrase}” is no date that I know", HOW_DAY)
    return day


_TIME = re.compile(
    r"(?:^|[\sT,]\s*)(?:at\s+)?(?P<hour>[0-9]{1,2})(?:(?::|h)(?P<minute>[0-9]{2}))?\s*(?P<half>[ap]m)?$", re.IGNORECASE
)


def time_of_day(phrase: str) -> time:
    """`14:00`, `9:30`, `2pm`."""
    found = _TIME.fullmatch(phrase.strip())
    read = _time(found) if found else None
    if read is None:
        raise AdvisorlogError(f"“{phrase}” is no time of day", "Write it like 14:00 or 2pm")
    return read


def moment_said(
    phrase: str,
    now: Moment,
    zone: str,
    otherwise: time | None = None,
    read_day: Callable[[str, date], date] = day_to_come,
) -> Moment:
    """A day with its time, in a zone; `otherwise` is the time where the phrase gives none.

    `read_day` says which way a day is looked for that names no year or week: `day_to_come` or `day_gone`.

    A phrase with an offset of its own (`2026-12-01T14:00-05:00`) is that instant. Raises AdvisorlogError where it
    is no time, or none is given and there is no other.
    """
    said = phrase.strip()
    if said.lower() == "now":
        return Moment(now.at, zone)
    if (exact := _with_offset(said)) is not None:
        return moment_of(exact, zone)
    today = now.at.astimezone(zone_of(zone)).date()
    at, day_phrase = otherwise, said
    if (found := _TIME.search(said)) and (read := _time(found)):
        at, day_phrase = read, said[: found.start()].strip(" ,")
    if not day_phrase:
        day_phrase = "today"
    try:
        day = read_day(day_phrase, today)
    except AdvisorlogError as error:
        raise AdvisorlogError(f"“{phrase}” is no time that I know", HOW_TIME) from error
    if at is None:
        raise AdvisorlogError(f"“{phrase}” names no time of day", HOW_TIME)
    return at_wall_clock(day, at, zone)


def at_wall_clock(day: date, at: time, zone: str) -> Moment:
    """What the clock on the wall of a zone shows, as a moment.

    A time that the clock skips (spring) is the same distance behind the change; of one that it shows twice
    (autumn), the first.
    """
    try:
        return moment_of(datetime.combine(day, at, tzinfo=zone_of(zone)), zone)
    except OverflowError as error:
        raise AdvisorlogError(f"{day} is at the end of the calendar", HOW_TIME) from error


def start_of_day(day: date, zone: str) -> Moment:
    """The first second of a day in a zone: "since Tuesday" includes all of Tuesday."""
    return at_wall_clock(day, time(), zone)


def known_zone(name: str) -> str:
    """The name itself, where it is a time zone."""
    if not is_zone(name):
        raise AdvisorlogError(f"There is no time zone “{name}”", "Write it like Asia/Seoul or America/New_York")
    return name


def _with_offset(phrase: str) -> datetime | None:
    try:
        read = datetime.fromisoformat(phrase)
        return read.astimezone(UTC) if read.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _time(found: re.Match[str]) -> time | None:
    """None where a bare number stands for something else (the 3 of `3 Dec 3`)."""
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "").lower()
    if not half and found["minute"] is None:
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
