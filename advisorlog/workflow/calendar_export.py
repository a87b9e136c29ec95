"""The log's series and coming meetings as a calendar.

A series is one event with its rule; a meeting of it stands there for itself only where it differs from the rule: moved,
with a title or a length of its own, or with a brief that was sent. The brief is the description, exactly as it was
sent; neither an agenda nor a prep sheet is in it, and no address of anybody.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from advisorlog.config import Settings
from advisorlog.domain.kinds import MeetingStatus
from advisorlog.domain.moments import Moment
from advisorlog.store import slots
from advisorlog.store.connection import reading
from advisorlog.store.reading import meetings, people
from advisorlog.store.reading.rows import Meeting, Sent, Series
from advisorlog.vault.calendar.writing import CalendarEvent, calendar_text
from advisorlog.workflow import calendar_ids
from advisorlog.workflow.calendar_ids import Touched
from advisorlog.workflow.coming import Coming, coming, sent_for
from advisorlog.workflow.recurring import is_date, rule_said, until_in_utc
from advisorlog.workflow.times import start_of_day

_ALL = 1_000_000
_READABLE = ("md", "text")
"""Forms of a brief that a calendar shows as they are."""


@dataclass(frozen=True, slots=True)
class CalendarExport:
    """The file's text, how many series and single events are in it, and how many briefs no calendar could show."""

    text: str
    series: int
    single: int
    unreadable: int


def export(settings: Settings, now: Moment, series: str | None = None, since: date | None = None) -> CalendarExport:
    """All series, or one of them, and the meetings that lie ahead; those held too, from a day on, where it is given.

    Raises NotFound where there is no such series.
    """
    start = start_of_day(since, settings.zone) if since else None
    with reading(settings.log) as connection:
        chosen = [people.series(connection, series)] if series else people.all_series(connection)
        calendar = _Calendar(connection, now, start)
        events = [event for each in chosen for event in calendar.of_series(each)]
        if series is None:
            events += calendar.single()
    rules = sum(each.rule is not None for each in events)
    return CalendarExport(
        calendar_text(events), rules, sum(each.slot is None for each in events) - rules, calendar.unreadable
    )


class _Calendar:
    """One reading of the log."""

    def __init__(self, connection: sqlite3.Connection, now: Moment, since: Moment | None) -> None:
        self._connection = connection
        self._now = now
        self._since = since
        self._coming = coming(connection, now)
        self._me = people.me(connection).id
        self.unreadable = 0

    def of_series(self, series: Series) -> Iterator[CalendarEvent]:
        """The event with the rule, then the dates that differ from it, then what stands beside it."""
        found = meetings.meetings(self._connection, series.id, limit=_ALL)[::-1]
        touched = self._touched("series", series.id)
        rule = _exported_rule(series)
        if rule is None or series.starts is None:
            yield from self._alone([each for each in found if self._is_told(each)])
            return
        uid = calendar_ids.name_of(self._connection, "series", series.id).uid
        moved = slots.kept(self._connection, series.id)
        dates = {each.id: slot for each in found if (slot := _date_of(series, each, moved)) is not None}
        usual = CalendarEvent(
            uid,
            series.title,
            series.starts,
            touched.at or series.starts,
            touched.number,
            series.minutes,
            rule,
            away=tuple(sorted({dates[each.id] for each in found if each.id in dates and _is_off(each)})),
            people=tuple((each.name, calendar_ids.person(each.handle)) for each in series.people if not each.is_me),
        )
        yield usual
        told = [each for each in found if self._is_told(each)]
        yield from self._different(usual, [(each, dates[each.id]) for each in told if each.id in dates])
        yield from self._briefed(usual, series)
        yield from self._alone([each for each in told if each.id not in dates and not _is_off(each)])

    def single(self) -> Iterator[CalendarEvent]:
        """Meetings of no series."""
        rows = meetings.meetings(self._connection, limit=_ALL)[::-1]
        yield from self._alone([each for each in rows if each.series_id is None and self._is_told(each)])

    def _touched(self, record: str, number: int) -> Touched:
        return calendar_ids.exported(self._connection, record, number)

    def _is_told(self, meeting: Meeting) -> bool:
        """What lies ahead; what was held, where that is asked for: what was only planned is no past."""
        if meeting.status is MeetingStatus.HELD:
            return self._since is not None and meeting.starts.at >= self._since.at
        return meeting.starts.at >= self._now.at

    def _different(self, usual: CalendarEvent, found: list[tuple[Meeting, Moment]]) -> Iterator[CalendarEvent]:
        """The dates of a rule whose meetings are not what the rule says."""
        for meeting, slot in found:
            if _is_off(meeting):
                continue
            event = CalendarEvent(
                usual.uid,
                meeting.title or usual.title,
                Moment(meeting.starts.at, usual.starts.zone),
                usual.stamp,
                usual.sequence,
                meeting.minutes or usual.minutes,
                slot=slot,
                people=self._people(meeting) or usual.people,
                text=self._text(sent_for(self._connection, meeting.slug, self._now)),
            )
            is_usual = (event.title, event.minutes, event.people) == (usual.title, usual.minutes, usual.people)
            if not is_usual or event.text or event.starts.at != slot.at:
                yield event

    def _briefed(self, usual: CalendarEvent, series: Series) -> Iterator[CalendarEvent]:
        """The next date of the rule, where a brief was sent for it and no meeting is planned yet."""
        for each in self._coming:
            if each.series is not None and each.series.id == series.id and each.meeting is None and _has_brief(each):
                text = self._text(each.brief)
                if text:
                    yield CalendarEvent(
                        usual.uid, usual.title, each.starts, usual.stamp, usual.sequence, usual.minutes,
                        slot=each.starts, people=usual.people, text=text,
                    )  # fmt: skip

    def _alone(self, found: list[Meeting]) -> Iterator[CalendarEvent]:
        """Meetings that are events of their own."""
        for meeting in found:
            touched = self._touched("meeting", meeting.id)
            name = calendar_ids.name_of(self._connection, "meeting", meeting.id)
            yield CalendarEvent(
                name.uid,
                meeting.name,
                meeting.starts,
                touched.at or meeting.starts,
                touched.number,
                meeting.minutes,
                slot=name.slot,
                people=self._people(meeting),
                text=self._text(sent_for(self._connection, meeting.slug, self._now)),
                is_cancelled=_is_off(meeting),
            )

    def _people(self, meeting: Meeting) -> tuple[tuple[str, str], ...]:
        found = people.of_meeting(self._connection, meeting.id)
        return tuple((each.name, calendar_ids.person(each.handle)) for each in found if each.id != self._me)

    def _text(self, sent: Sent | None) -> str:
        if sent is None:
            return ""
        if sent.format not in _READABLE:
            self.unreadable += 1
            return ""
        return sent.body.strip()


def _has_brief(each: Coming) -> bool:
    return each.brief is not None


def _is_off(meeting: Meeting) -> bool:
    return meeting.status is MeetingStatus.CANCELLED


def _exported_rule(series: Series) -> str | None:
    """The rule with its end in UTC, as calendars want it; None where it is none (it came in unchecked)."""
    from advisorlog.errors import AdvisorlogError

    if series.rrule is None or series.starts is None:
        return None
    try:
        return until_in_utc(rule_said(series.rrule), series.starts.zone)
    except AdvisorlogError:
        return None


def _date_of(series: Series, meeting: Meeting, moved: dict[int, str]) -> Moment | None:
    """The date of its series' rule that a meeting stands for; None where it is beside the rule."""
    from advisorlog.domain.moments import moment

    assert series.rrule is not None
    assert series.starts is not None
    date = moment(moved[meeting.id], series.starts.zone) if meeting.id in moved else meeting.starts
    return Moment(date.at, series.starts.zone) if is_date(series.rrule, series.starts, date) else None
