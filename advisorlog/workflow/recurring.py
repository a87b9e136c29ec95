"""When a series meets: its rule, as people say it or as an RRULE, and its next date on the wall clock of its zone."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from advisorlog.domain.moments import Moment, zone_of
from advisorlog.errors import AdvisorlogError
from advisorlog.workflow.times import at_wall_clock

HOW = "Write it like tue, “mon,thu”, week, “2 weeks”, month, or an RRULE such as FREQ=WEEKLY;BYDAY=TU"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_EVERY = re.compile(r"(?:every\s+)?(?:(?P<count>\d{1,3})\s+)?(?P<unit>day|week|month|year)s?")
_FREQUENCY = re.compile(r"(?:^|;)FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)")


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
    return _checked(said.upper().removeprefix("RRULE:"))


def _weekday(word: str) -> str | None:
    """`TU` for `tue`, `tues`, `tuesday`."""
    return next((day[:2].upper() for day in _DAYS if len(word) > 2 and day.startswith(word.removesuffix("."))), None)


def _checked(rule: str) -> str:
    if not _FREQUENCY.search(rule):
        raise AdvisorlogError(f"“{rule}” is no rule for a meeting", HOW)
    start = datetime(2026, 1, 1, 9, 0)  # noqa: DTZ001  # a rule is checked on a wall clock without a zone
    try:
        first = next(iter(_expanded(rule, start)), None)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise AdvisorlogError(f"“{rule}” is no rule for a meeting: {error}", HOW) from error
    if first is None and "UNTIL" not in rule:
        raise AdvisorlogError(f"“{rule}” never comes", HOW)
    return rule


def next_dates(rule: str, starts: Moment, after: Moment, count: int = 1) -> list[Moment]:
    """The next times of a rule that began at `starts`, in its zone, strictly after a moment.

    The wall clock stays the same when the zone changes to summer time and back: 14:00 stays 14:00.
    """
    first = starts.local.replace(tzinfo=None)
    wall = after.at.astimezone(zone_of(starts.zone)).replace(tzinfo=None)
    coming = (moment for moment in _moments(rule, first, wall, starts.zone) if moment.at > after.at)
    return list(islice(coming, count))


def _moments(rule: str, first: datetime, wall: datetime, zone: str) -> Iterator[Moment]:
    for found in _expanded(rule, first):
        if found >= wall - timedelta(days=1):
            yield at_wall_clock(found.date(), found.time(), zone)


def _expanded(rule: str, first: datetime) -> Iterator[datetime]:
    from dateutil.rrule import rrulestr

    # On a wall clock without zones an UNTIL in UTC would be refused: its Z is dropped, a difference of hours at most.
    return iter(rrulestr(re.sub(r"(UNTIL=\d{8}(?:T\d{6})?)Z", r"\1", rule), dtstart=first))


def first_date(rule: str | None, at: time, zone: str, since: date, now: Moment) -> Moment:
    """The first time of a new series: the rule's first day from `since` on, at a time of the wall clock."""
    begin = at_wall_clock(since, at, zone)
    if rule is None:
        return begin
    return (next_dates(rule, begin, Moment(begin.at - timedelta(seconds=1), zone)) or [begin])[0]
