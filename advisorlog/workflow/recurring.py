"""When a series meets: its rule, as people say it or as an RRULE, and its next date on the wall clock of its zone."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from advisorlog.domain.moments import Moment, zone_of
from advisorlog.errors import AdvisorlogError
from advisorlog.workflow.times import at_wall_clock

HOW = "Write it like tue, “mon,thu”, week, “2 weeks”, month, or an RRULE such as FREQ=WEEKLY;BYDAY=TU"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_EVERY = re.compile(r"(?:every\s+)?(?:(?P<count>\d{1,3})\s+)?(?P<unit>day|week|month|year)s?")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_ONCE_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_LONGEST = 300
"""Characters of a rule: no meeting needs as many."""
_MOST = 100_000
"""Dates of a rule that are looked at: two centuries of days."""
_LATE = datetime(9955, 1, 1, 9, 0)  # noqa: DTZ001  # on a wall clock without a zone
"""Whether a rule ever comes is looked up from here to the end of the calendar: 45 years hold every kind of year."""


def rule_said(phrase: str) -> str:
    """The RRULE that a phrase means: `tue`, `mon,thu`, `week`, `2 weeks`, `month`, or an RRULE itself.

    Raises AdvisorlogError where it is none, or one that never comes.
    """
    said = phrase.strip()
    words = [word for word in re.split(r"[,\s]+", said.lower().removeprefix("every ")) if word]
    days = [day for day in map(_weekday, words) if day]
    if days and len(days) == len(words):
        return f"FREQ=WEEKLY;BYDAY={','.join(dict.fromkeys(days))}"
    if found := _EVERY.fullmatch(said.lower()):
        count = int(found["count"] or 1)
        interval = f";INTERVAL={count}" if count > 1 else ""
        return f"FREQ={_UNITS[found['unit']]}{interval}"
    return _checked(said.upper().removeprefix("RRULE:"), said)


def as_said(rule: str) -> str:
    """A rule as one would say it, where `rule_said` makes the same of it again: `tue`, `mon,thu`; else the RRULE."""
    names = {day[:2].upper(): day[:3] for day in _DAYS}
    days = rule.removeprefix("FREQ=WEEKLY;BYDAY=").split(",")
    return ",".join(names[day] for day in days) if all(day in names for day in days) else rule


def _weekday(word: str) -> str | None:
    """`TU` for `tue`, `tues`, `tuesday`."""
    return next((day[:2].upper() for day in _DAYS if len(word) > 2 and day.startswith(word.removesuffix("."))), None)


def _checked(rule: str, said: str) -> str:
    parts = [part.partition("=") for part in rule.split(";")]
    given = {name: value for name, _, value in parts}
    if given.get("FREQ") not in _FREQUENCIES or len(given) < len(parts) or len(rule) > _LONGEST:
        raise AdvisorlogError(f"“{said[:_LONGEST]}” is no rule for a meeting", HOW)
    if not re.fullmatch(r"0*[1-9]\d{0,3}", given.get("INTERVAL", "1"), re.ASCII):
        raise AdvisorlogError(f"“{rule}” is no rule for a meeting: INTERVAL is a number from 1 to 9999", HOW)
    if any("," in given.get(part, "") for part in _ONCE_A_DAY):
        raise AdvisorlogError(f"“{rule}” is no rule for a meeting: it comes several times a day", HOW)
    try:
        comes = _comes(rule, _LATE)
        next(_expanded(rule, _LATE, "UTC"), None)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise AdvisorlogError(f"“{rule}” is no rule for a meeting: {error}", HOW) from error
    if not comes:
        raise AdvisorlogError(f"“{rule}” never comes", HOW)
    return rule


def comes(rule: str, starts: Moment) -> bool:
    """Whether a checked rule comes at all, beginning at that day: every seventh day from a Tuesday is no Monday.

    Looked up in the last years of the calendar, which repeats every 400 years: what never comes is searched to its end.
    """
    first = starts.local.replace(tzinfo=None)
    return _comes(rule, first.replace(year=_LATE.year - 399 + (first.year - _LATE.year - 1) % 400))


def _comes(rule: str, first: datetime) -> bool:
    # Its end may lie behind, and is only looked at where a date is found.
    endless = re.sub(r";UNTIL=[^;]*|UNTIL=[^;]*;", "", rule)
    return next(_expanded(endless, first, "UTC"), None) is not None


def next_dates(rule: str, starts: Moment, after: Moment, count: int = 1) -> list[Moment]:
    """The next times of a rule that began at `starts`, in its zone, strictly after a moment.

    The wall clock stays the same when the zone changes to summer time and back: 14:00 stays 14:00.
    """
    return list(islice(dates_after(rule, starts, after), count))


def ended(rule: str, now: Moment) -> str:
    """The same rule, with its end now."""
    parts = [part for part in rule.split(";") if not part.startswith(("UNTIL=", "COUNT="))]
    return ";".join([*parts, f"UNTIL={now.at:%Y%m%dT%H%M%SZ}"])


def dates_after(rule: str, starts: Moment, after: Moment) -> Iterator[Moment]:
    """All of them, one after another. Raises ValueError and its like for a rule that was never checked."""
    first = starts.local.replace(tzinfo=None)
    wall = after.at.astimezone(zone_of(starts.zone)).replace(tzinfo=None)
    return (moment for moment in _moments(rule, first, wall, starts.zone) if moment.at > after.at)


def is_date(rule: str, starts: Moment, when: Moment) -> bool:
    """Whether a rule comes at that very moment."""
    just_before = Moment(when.at - timedelta(seconds=1), when.zone)
    return next((found.at for found in dates_after(rule, starts, just_before)), None) == when.at


def _moments(rule: str, first: datetime, wall: datetime, zone: str) -> Iterator[Moment]:
    for found in _expanded(rule, first, zone):
        if found >= wall - timedelta(days=1):
            yield at_wall_clock(found.date(), found.time(), zone)


def _expanded(rule: str, first: datetime, zone: str) -> Iterator[datetime]:
    from dateutil.rrule import rrulestr

    return islice(rrulestr(_UNTIL.sub(lambda found: _on_the_wall(found, zone), rule), dtstart=first), _MOST)


_UNTIL = re.compile(r"UNTIL=(\d{8})(T\d{6}Z?)?(?=;|$)", re.ASCII)


def until_in_utc(rule: str, zone: str) -> str:
    """The same rule with its end as an instant, as a calendar has it beside a time with a zone."""
    return _UNTIL.sub(lambda found: f"UNTIL={_instant(found, zone):%Y%m%dT%H%M%SZ}", rule)


def same_rule(one: str | None, other: str | None, zone: str) -> bool:
    """Whether two rules say the same, whatever the order of their parts and the way they write their end."""
    if one is None or other is None:
        return one == other
    return sorted(until_in_utc(one, zone).split(";")) == sorted(until_in_utc(other, zone).split(";"))


def _instant(until: re.Match[str], zone: str) -> datetime:
    wall = datetime.strptime(_on_the_wall(until, zone), "UNTIL=%Y%m%dT%H%M%S")  # noqa: DTZ007
    return wall.replace(tzinfo=zone_of(zone)).astimezone(UTC)


def _on_the_wall(until: re.Match[str], zone: str) -> str:
    """An end in UTC as the clock of the zone shows it; a day as its last second: that day's meeting takes place."""
    day, at = until.groups()
    if at is None:
        return f"UNTIL={day}T235959"
    if not at.endswith("Z"):
        return until[0]
    ends = datetime.strptime(f"{day}{at}", "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return f"UNTIL={ends.astimezone(zone_of(zone)):%Y%m%dT%H%M%S}"


def first_date(rule: str | None, at: time, zone: str, since: date, now: Moment) -> Moment:
    """The first time of a new series: the rule's first day from `since` on, at a time of the wall clock."""
    begin = at_wall_clock(since, at, zone)
    if rule is None:
        return begin
    return (next_dates(rule, begin, Moment(begin.at - timedelta(seconds=1), zone)) or [begin])[0]
