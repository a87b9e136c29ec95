"""The dates of a series' rule for which there is no meeting yet: what is coming, what to plan, what begins now."""

import sqlite3
from collections.abc import Collection, Iterator
from datetime import timedelta
from itertools import islice

from advisorlog.domain.moments import Moment, moment
from advisorlog.store import slots
from advisorlog.store.reading.rows import Series
from advisorlog.workflow.recurring import dates_after, is_date

_NO_RULE = (ValueError, TypeError, KeyError, AttributeError, OverflowError)
"""What a rule raises that came in unchecked, from a file, and can't be read: it has no dates."""


def free_dates(
    connection: sqlite3.Connection, series_id: int, rule: str | None, starts: Moment | None, after: Moment, count: int
) -> list[Moment]:
    """The next dates after a moment that no meeting stands for, neither there nor moved from there, nor cancelled."""
    return _dates(rule, starts, after, count, slots.taken(connection, series_id))


def dates_to_come(connection: sqlite3.Connection, series: Series, after: Moment, count: int) -> list[Moment]:
    """When a series meets next after a moment: by its rule, unless that was cancelled or moved, and as planned."""
    by_rule = _dates(series.rrule, series.starts, after, count, slots.called_off(connection, series.id))
    rows = connection.execute(
        "SELECT starts_at, zone FROM meeting WHERE series_id = ? AND status = 'planned' AND starts_at > ?",
        (series.id, after.stored),
    )
    found = {each.at: each for each in (*(moment(row["starts_at"], row["zone"]) for row in rows), *by_rule)}
    return [found[at] for at in sorted(found)][:count]


def _dates(
    rule: str | None, starts: Moment | None, after: Moment, count: int, without: Collection[str]
) -> list[Moment]:
    if rule is None or starts is None:
        return []
    return list(islice((each for each in following(rule, starts, after) if each.stored not in without), count))


def date_begun(
    connection: sqlite3.Connection,
    series_id: int,
    rule: str | None,
    starts: Moment | None,
    now: Moment,
    near: timedelta,
) -> Moment | None:
    """The free date nearest to now, before or after it, that a meeting begun now stands for."""
    found = free_dates(connection, series_id, rule, starts, Moment(now.at - near, now.zone), 50)
    close = [each for each in found if abs(each.at - now.at) <= near]
    return min(close, key=lambda each: abs(each.at - now.at), default=None)


def keep_date(
    connection: sqlite3.Connection, meeting_id: int, rule: str | None, starts: Moment | None, when: Moment
) -> None:
    """Note the date that a meeting stands for, if it does, before it moves away from there."""
    if rule is None or starts is None:
        return
    try:
        if is_date(rule, starts, when):
            slots.keep(connection, meeting_id, when)
    except _NO_RULE:
        return


def following(rule: str, starts: Moment, when: Moment) -> Iterator[Moment]:
    """The dates after one; none for a rule that can't be read."""
    try:
        yield from dates_after(rule, starts, when)
    except _NO_RULE:
        return
