"""A meeting while it takes place: begun, ended, and taken up again."""

from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from advisorlog.domain.kinds import MeetingStatus
from advisorlog.domain.moments import Moment, moment
from advisorlog.errors import AdvisorlogError
from advisorlog.store.tables import Meeting
from advisorlog.workflow import meetings
from advisorlog.workflow.changing import changing
from advisorlog.workflow.meetings import MeetingFields

TODAYS = timedelta(hours=12)
"""A planned meeting so near is the one that begins now; a later one stays planned, and this is an extra one."""


def begin(log: Path, now: Moment, name: str) -> str:
    """Begin a planned meeting now, be it early or late; returns its slug.

    One that is planned for another day keeps its day, and is refused here. Raises AdvisorlogError.
    """
    with changing(log, f"meeting begin {name}", now) as change:
        row = change.get(Meeting, change.resolve("meeting", name))
        planned = moment(row.starts_at, row.zone)
        if row.status is MeetingStatus.CANCELLED:
            raise AdvisorlogError(f"The meeting {row.slug} was cancelled", "Start a new one with its series")
        if row.status is MeetingStatus.PLANNED and abs(planned.at - now.at) > TODAYS:
            raise AdvisorlogError(
                f"The meeting {row.slug} is planned for {planned.local:%Y-%m-%d %H:%M}",
                "Start one with its series instead; this one stays planned",
            )
        if row.status is MeetingStatus.PLANNED:
            row.status = MeetingStatus.HELD
            if planned.at > now.at:
                meetings.keep_slot(change, row)
                row.starts_at = now.stored
        row.ended_at = None
        change.add(row)
        return row.slug


def begin_with(log: Path, now: Moment, series: str) -> str:
    """Begin a meeting of a series now: the one planned for about now, else a new one. Returns its slug.

    The date of the series' rule that is about now is taken then: Today does not announce it once more.
    """
    with changing(log, f"meeting begin {series}", now) as change:
        series_id = change.resolve("series", series)
        found = change.session.exec(
            select(Meeting.slug, Meeting.starts_at, Meeting.zone).where(
                Meeting.series_id == series_id, Meeting.status == MeetingStatus.PLANNED
            )
        ).all()
    near = [
        (abs(moment(at, zone).at - now.at), slug)
        for slug, at, zone in found
        if abs(moment(at, zone).at - now.at) <= TODAYS
    ]
    if near:
        return begin(log, now, min(near)[1])
    fields = MeetingFields(when=f"{now.local:%Y-%m-%d %H:%M}", zone=now.zone, series=series)
    return meetings.new(log, now, fields, MeetingStatus.HELD, stands_for_date_within=TODAYS).slug


def end(log: Path, now: Moment, name: str) -> None:
    """Say that a meeting is over; lines can still be added to it by name."""
    with changing(log, f"meeting end {name}", now) as change:
        row = change.get(Meeting, change.resolve("meeting", name))
        if row.ended_at is None:
            row.ended_at = now.stored
            change.add(row)


def expect(log: Path, now: Moment, name: str, text: str) -> None:
    """Say what to expect next time; an empty text takes it out."""
    meetings.edit(log, now, name, MeetingFields(expect=text))
