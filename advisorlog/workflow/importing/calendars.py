"""A calendar into the log: recurring events become series, single ones meetings; what changed there changes here.

Past meetings are not made up: that a calendar has a date is no evidence that anybody met. Nor are coming ones, but for
those that the calendar says something of; the rest follows from the series' rule.
"""

import sqlite3
from collections.abc import Callable, Sequence
from itertools import islice, takewhile
from pathlib import Path

from advisorlog.domain.kinds import MeetingStatus, Role
from advisorlog.domain.moments import Moment, moment
from advisorlog.domain.recurrence import in_words
from advisorlog.errors import AdvisorlogError
from advisorlog.store import names, slots
from advisorlog.vault.calendar.notes import CalendarNote, EventNote
from advisorlog.vault.problems import Problem, Severity
from advisorlog.workflow.changing import Change
from advisorlog.workflow.importing.calendar_choice import Group, Why, grouped, why_not
from advisorlog.workflow.importing.calendar_records import Known, Records, Said, SetPeople
from advisorlog.workflow.importing.invited import InvitedPeople
from advisorlog.workflow.importing.merging import Values
from advisorlog.workflow.importing.report import Report
from advisorlog.workflow.recurring import comes, ended, rule_said, same_rule
from advisorlog.workflow.series_dates import following

_MOST_LEFT = 60
"""Dates that are planned one by one of a rule that ends before another goes on: a year of weeks."""
_MOST_LISTED = 2_000
"""Coming dates of one event that are looked at one by one: forty years of weeks."""
_OFTEN = 100
"""Events between two reports of how far the writing is."""


class CalendarWriter:
    """Writes calendars, one after another. `only` are parts of the titles that are wanted; none: all meetings."""

    def __init__(self, change: Change, report: Report, only: Sequence[str], set_people: SetPeople) -> None:
        self._connection = change.connection
        self._now = change.now
        self._report = report
        self._only = only
        self._people = InvitedPeople(self._connection, self._count_person)
        self._records = Records(self._connection, change.now, report, set_people, self._warn)
        self._path = Path()

    def write(self, note: CalendarNote, on_item: Callable[[int], None]) -> None:
        """Take in what is new or has changed; `on_item` is told how many events are done."""
        before = self._report.new.total() + self._report.changed.total()
        self._path = note.path
        self._records.path = note.path.resolve()
        self._report.ignored.update(dict(note.others))
        if not self._people.recognise_me(note):
            message = "which of the invited is you is not known: you come in as one of the people"
            mend = "Say `advisorlog person edit me --email ADDRESS` first (`advisorlog undo` takes an import back)"
            self._warn(None, message, mend)
        for count, group in enumerate(grouped(note)):
            self._take(group)
            if count % _OFTEN == 0:
                on_item(count)
        self._report.unchanged += self._report.new.total() + self._report.changed.total() == before

    def _count_person(self) -> None:
        self._report.new["person"] += 1

    def _warn(self, line: int | None, message: str, mend: str) -> None:
        self._report.warnings.append(Problem(self._path, line, message, mend, Severity.WARNING))

    def _leave(self, why: Why) -> None:
        self._report.left_out[why.value] += 1

    def _take(self, group: Group) -> None:
        known = self._records.find(group.uid, "series") or self._records.find(group.uid, "meeting")
        if known is not None and known.is_removed:
            self._leave(Why.REMOVED)
        elif known is None and (why := why_not(group.first, self._people, self._only)) is not None:
            self._leave(why)
        elif group.main is None:
            self._take_dates_alone(group)
        elif group.main.rule or group.main.extra:
            self._take_series(group.main, group)
        else:
            self._take_meeting(group.main, group.uid)

    def _take_dates_alone(self, group: Group) -> None:
        """Single dates of a rule that the file does not have: an invitation to one meeting of a series."""
        series = self._records.find(group.uid, "series")
        for event in group.dates.values():
            if series is None:
                self._take_meeting(event, _uid_of(event))
            else:
                self._take_changed_date(event, series.number, None)

    # Series

    def _take_series(self, event: EventNote, group: Group) -> None:
        """The series of a recurring event, with its cancelled, added and changed dates."""
        try:
            rule = rule_said(event.rule) if event.rule else None
            if rule is not None and not comes(rule, event.starts):
                raise AdvisorlogError(f"“{rule}” never comes from {event.starts.day} on")
        except AdvisorlogError as error:
            self._warn(event.line_number, error.message, "The event was left out")
            self._leave(Why.NO_RULE)
            return
        known = self._records.find(event.uid, "series") or self._known_earlier(group)
        if known is not None and known.is_superseded:
            self._take_rest(group, known.number)
            return
        if known is None and (event.is_cancelled or not self._goes_on(event, rule, group)):
            self._leave(Why.CANCELLED if event.is_cancelled else Why.PAST)
            return
        values: Values = {
            "title": event.title or self._unnamed(event),
            "rrule": ended(rule, self._now) if rule and event.is_cancelled else rule,
            "starts_at": event.starts.stored,
            "zone": event.starts.zone,
            "minutes": event.minutes,
            "people": self._people.numbers(event.people),
        }
        known = known or self._records.same_series(values, self._row_goes_on)
        if known is not None and same_rule(held := self._records.rule(known.number), values["rrule"], values["zone"]):
            values["rrule"] = held
        number, is_new = self._records.put(Said(event, event.uid, "series", values, {"role": Role.PEER.value}), known)
        self._take_listed_dates(event, number, rule)
        for each in group.dates.values():
            self._take_changed_date(each, number, event)
        for earlier in group.earlier:
            self._take_rest(earlier, number)
        if is_new:
            self._tell(number, values, rule, event)

    def _known_earlier(self, group: Group) -> Known | None:
        """The series of the rule that this one goes on."""
        found = (self._records.find(earlier.uid, "series") for earlier in reversed(group.earlier))
        known = next((each for each in found if each is not None), None)
        return None if known is None else known.of_another_event()

    def _take_rest(self, group: Group, series: int) -> None:
        """What is still to come of a rule that ends before the series' own begins: a meeting for each date."""
        event = group.main
        assert event is not None
        assert event.rule is not None
        for each in islice(following(event.rule, event.starts, self._now), _MOST_LEFT):
            is_away = each.stored in {away.stored for away in event.away}
            if not is_away and each.stored not in group.dates:
                self._take_listed_date(event, series, each, MeetingStatus.PLANNED)
        for each in group.dates.values():
            self._take_changed_date(each, series, event)
        self._records.keep(Said(event, group.uid, "series", {}, {}), series)

    def _goes_on(self, event: EventNote, rule: str | None, group: Group) -> bool:
        """Whether anything of it lies ahead."""
        if rule is not None and next(following(rule, event.starts, self._now), None) is not None:
            return True
        dates = [each.starts for each in group.dates.values()]
        return any(each.at > self._now.at for each in (event.starts, *event.extra, *dates))

    def _row_goes_on(self, row: sqlite3.Row) -> bool:
        if row["rrule"] is None or row["starts_at"] is None:
            return True
        starts = moment(row["starts_at"], row["zone"] or "UTC")
        return next(following(row["rrule"], starts, self._now), None) is not None

    def _take_listed_dates(self, event: EventNote, series: int, rule: str | None) -> None:
        """Dates of the rule that do not take place, dates beside it, and those that take place after all."""
        away = {each.stored for each in event.away}
        last = max((each.at for each in event.away), default=self._now.at)
        dates = following(rule, event.starts, self._now) if rule else iter(())
        for each in takewhile(lambda date: date.at <= last, islice(dates, _MOST_LISTED)):
            if each.stored in away:
                self._take_listed_date(event, series, each, MeetingStatus.CANCELLED)
        extra = event.extra if rule else (event.starts, *event.extra)
        coming = sorted({each for each in extra if each.at > self._now.at and each.stored not in away})
        for each in coming[:_MOST_LISTED]:
            self._take_listed_date(event, series, each, MeetingStatus.PLANNED)
        for slot in self._records.cancelled_dates(event.uid):
            again = moment(slot, event.starts.zone)
            if slot not in away and again.at > self._now.at:
                self._take_listed_date(event, series, again, MeetingStatus.PLANNED)

    def _take_listed_date(self, event: EventNote, series: int, at: Moment, status: MeetingStatus) -> None:
        uid = f"{event.uid}/{at.stored}"
        known = self._records.find(uid, "meeting") or self._records.meeting_at(series, at)
        if known is not None and known.is_removed:
            return
        values: Values = {"starts_at": at.stored, "zone": event.starts.zone, "status": status.value}
        more: Values = {
            "series_id": series, "minutes": event.minutes, "agenda": "", "people": self._people.numbers(event.people),
        }  # fmt: skip
        is_exdate = status is MeetingStatus.CANCELLED
        self._records.put(Said(event, uid, "meeting", values, more, is_exdate), known)

    def _tell(self, number: int, values: Values, rule: str | None, event: EventNote) -> None:
        """What was understood of a new series, for the user to look at."""
        with_whom = ", ".join(
            self._connection.execute("SELECT name FROM person WHERE id = ?", (number,)).fetchone()["name"]
            for number in values["people"]
        )
        off = slots.called_off(self._connection, number)
        dates = following(rule, event.starts, self._now) if rule else iter(())
        coming = next((each for each in dates if each.stored not in off), None)
        parts = [
            f"“{values['title']}” with {with_whom or 'nobody named'}",
            f"{in_words(rule) if rule else 'on single dates'} at {event.starts.local:%H:%M} {event.starts.zone}",
            f"next {coming.local:%a %Y-%m-%d %H:%M}" if coming else "",
        ]
        self._report.series_found.append("; ".join(part for part in parts if part))

    # Meetings

    def _take_meeting(self, event: EventNote, uid: str) -> None:
        """A meeting of no series."""
        known = self._records.find(uid, "meeting") or self._records.same_meeting(event)
        if known is not None and known.is_removed:
            self._leave(Why.REMOVED)
        elif known is None and (event.is_cancelled or event.starts.at <= self._now.at):
            self._leave(Why.CANCELLED if event.is_cancelled else Why.PAST)
        else:
            values = self._values(event) | self._agenda(event.text)
            title = event.title or self._unnamed(event)
            is_usual = known is not None and names.key(title) == names.key(self._records.series_title(known.number))
            values |= {"title": None if is_usual else title, "people": self._people.numbers(event.people)}
            self._put_meeting(Said(event, uid, "meeting", values, {}), known)

    def _take_changed_date(self, event: EventNote, series: int, main: EventNote | None) -> None:
        """One date of a series that is moved, cancelled, or has a title, people or an agenda of its own."""
        assert event.slot is not None
        uid = _uid_of(event)
        known = (
            self._records.find(uid, "meeting")
            or self._records.meeting_at(series, event.slot)
            or self._records.meeting_at(series, event.starts)
        )
        if known is not None and known.is_removed:
            self._leave(Why.REMOVED)
            return
        if known is None and event.starts.at <= self._now.at:
            self._leave(Why.PAST)
            return
        usual = {names.key(main.title) if main else "", names.key(self._records.title(series)), ""}
        people = event.people or (main.people if main else ())
        values = self._values(event) | self._agenda("" if main and main.text == event.text else event.text)
        values["zone"] = main.starts.zone if main else event.starts.zone
        values["title"] = None if names.key(event.title) in usual else event.title
        values["minutes"] = event.minutes or (main.minutes if main else None)
        values["people"] = self._people.numbers(people) or self._records.people("series", series)
        self._put_meeting(Said(event, uid, "meeting", values, {"series_id": series}), known)

    def _put_meeting(self, said: Said, known: Known | None) -> None:
        _, is_new = self._records.put(said, known)
        if is_new and "agenda" in said.values:
            self._report.kept.update(said.event.kept)

    def _values(self, event: EventNote) -> Values:
        status = MeetingStatus.CANCELLED if event.is_cancelled else MeetingStatus.PLANNED
        return {
            "starts_at": event.starts.stored,
            "zone": event.starts.zone,
            "minutes": event.minutes,
            "status": status.value,
        }

    def _agenda(self, text: str) -> Values:
        """A description as an agenda; none says nothing of it, and a brief of ours that came back is none."""
        lines = [line.rstrip() for line in text.split("\n") if line.strip()]
        words = text.split()
        briefs = self._connection.execute("SELECT body FROM document WHERE kind = 'brief'") if words else ()
        is_brief = any(row["body"].split() == words for row in briefs)
        return {"agenda": "\n".join(lines)} if lines and not is_brief else {}

    def _unnamed(self, event: EventNote) -> str:
        others = [each.name or each.address.partition("@")[0] for each in self._people.others(event.people)]
        return f"Meeting with {', '.join(others[:3])}" if others else "Meeting"


def _uid_of(event: EventNote) -> str:
    """The name of one date of a rule."""
    assert event.slot is not None
    return f"{event.uid}/{event.slot.stored}"
