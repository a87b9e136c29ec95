"""What is coming: each series' next meeting, planned or by its rule, and whether its brief has been sent."""

import sqlite3
from dataclasses import dataclass
from datetime import timedelta

from advisorlog.domain.kinds import DocumentKind, MeetingStatus
from advisorlog.domain.moments import Moment
from advisorlog.store.reading import documents, meetings, people
from advisorlog.store.reading.rows import Meeting, Sent, Series

AHEAD = timedelta(days=400)
JUST_NOW = timedelta(hours=1)
"""A meeting that should have begun so lately is still the next one: one comes a few minutes late and begins it."""
TO_THE_MINUTE = timedelta(minutes=1)
"""A meeting begins at a whole minute, a document is sent at a second."""


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting to come. `meeting` is None where only the series' rule says so; `brief` is the one last sent for it."""

    name: str
    starts: Moment
    series: Series | None
    meeting: Meeting | None
    brief: Sent | None
    is_under_way: bool = False

    @property
    def key(self) -> str:
        """The meeting's name, or the series' where there is no meeting yet."""
        if self.meeting is not None:
            return f"meeting:{self.meeting.slug}"
        assert self.series is not None
        return f"series:{self.series.slug}"


def coming(connection: sqlite3.Connection, now: Moment) -> list[Coming]:
    """The meeting under way, then the next of every series and the single ones, soonest first.

    What should have begun just now and has not is among them.
    """
    found: list[Coming] = []
    since = Moment(now.at - JUST_NOW, now.zone)
    live = meetings.under_way(connection, now)
    if live is not None:
        found.append(_of(connection, live, now, is_under_way=True))
    later = [each for each in _planned(connection, since, now) if live is None or each.id != live.id]
    for series in people.all_series(connection):
        of_series = next((meeting for meeting in later if meeting.series_id == series.id), None)
        starts = _by_rule(connection, series, since)
        if of_series is not None and (starts is None or _comes_first(connection, series, of_series, starts)):
            found.append(_of(connection, of_series, now))
        elif starts is not None:
            found.append(Coming(series.title, starts, series, None, _brief(connection, series, None, now)))
    found += [_of(connection, meeting, now) for meeting in later if meeting.series_id is None]
    return sorted(found, key=lambda each: (not each.is_under_way, each.starts.at))


def _planned(connection: sqlite3.Connection, since: Moment, now: Moment) -> list[Meeting]:
    return meetings.between(connection, since, Moment(now.at + AHEAD, now.zone), [MeetingStatus.PLANNED])


def _of(connection: sqlite3.Connection, meeting: Meeting, now: Moment, *, is_under_way: bool = False) -> Coming:
    series = people.series_by_id(connection, meeting.series_id) if meeting.series_id else None
    brief = _brief(connection, series, meeting, now)
    return Coming(meeting.name, meeting.starts, series, meeting, brief, is_under_way)


def _by_rule(connection: sqlite3.Connection, series: Series, after: Moment) -> Moment | None:
    """The next date of the rule after a moment for which there is no meeting."""
    if series.rrule is None:
        return None
    from advisorlog.workflow.series_dates import free_dates

    return next(iter(free_dates(connection, series.id, series.rrule, series.starts, after, 1)), None)


def _comes_first(connection: sqlite3.Connection, series: Series, planned: Meeting, starts: Moment) -> bool:
    """Whether a planned meeting is the series' next, and not the rule's date.

    One between that date and the one after it, of which it is not known for which date it stands, stands for the
    first: it was moved before this was kept.
    """
    if planned.starts.at <= starts.at:
        return True
    from advisorlog.store import slots
    from advisorlog.workflow.recurring import is_date
    from advisorlog.workflow.series_dates import following

    assert series.rrule is not None
    assert series.starts is not None
    if planned.id in slots.kept(connection, series.id) or is_date(series.rrule, series.starts, planned.starts):
        return False
    after = next(following(series.rrule, series.starts, starts), None)
    return after is None or planned.starts.at < after.at


def _brief(connection: sqlite3.Connection, series: Series | None, meeting: Meeting | None, now: Moment) -> Sent | None:
    """The brief sent for this meeting: for it by name, or to its series since the last one that was held."""
    if series is None:
        return None
    begun = meeting is not None and meeting.starts.at < now.at
    sent = documents.last_sent(connection, DocumentKind.BRIEF, series.id, meeting.id if meeting else None, now)
    if sent is None and meeting is not None:
        # Most meetings are begun without having been planned: what was sent before them is for their series alone.
        until = Moment(meeting.starts.at + TO_THE_MINUTE, now.zone) if begun else now
        sent = documents.last_sent(connection, DocumentKind.BRIEF, series.id, None, until)
    if sent is None:
        return None
    before = meeting.starts if meeting is not None and begun else now
    last = next(iter(meetings.last_held(connection, series.id, before)), None)
    return sent if last is None or sent.sent.at > last.starts.at + TO_THE_MINUTE else None


def next_starts(connection: sqlite3.Connection, series: Series, now: Moment) -> Moment | None:
    """When a series meets next, planned or by its rule."""
    planned = meetings.next_after(connection, series.id, now)
    starts = _by_rule(connection, series, now)
    if planned is not None and (starts is None or _comes_first(connection, series, planned, starts)):
        return planned.starts
    return starts


def next_of(connection: sqlite3.Connection, series: str, now: Moment) -> Moment | None:
    """When a series meets next by its rule."""
    return _by_rule(connection, people.series(connection, series), now)


def sent_for(connection: sqlite3.Connection, slug: str, now: Moment) -> Sent | None:
    """The brief that was sent for a meeting, if one was."""
    meeting = meetings.meeting(connection, slug)
    series = people.series_by_id(connection, meeting.series_id) if meeting.series_id else None
    return _brief(connection, series, meeting, now)
