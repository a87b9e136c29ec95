"""Meetings: planned, held, cancelled; who is there, and what is on the agenda."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlmodel import col, select

from advisorlog.domain.kinds import MeetingStatus, Role
from advisorlog.domain.moments import Moment, moment
from advisorlog.errors import AdvisorlogError, NotFound
from advisorlog.store import slots
from advisorlog.store.reading import meetings as reading
from advisorlog.store.tables import Meeting, MeetingPerson, Series, SeriesPerson
from advisorlog.workflow import people
from advisorlog.workflow.changing import Change, changing
from advisorlog.workflow.naming import chosen_slug, free_name
from advisorlog.workflow.series_dates import date_begun, free_dates, keep_date
from advisorlog.workflow.times import day_gone, day_to_come, known_zone, moment_said


@dataclass(frozen=True, slots=True)
class MeetingFields:
    """What is to be said of a meeting; None leaves it as it is, an empty text takes it out.

    `when` is a day and time as people say them; `zone` the zone to read it in.
    """

    when: str | None = None
    zone: str | None = None
    title: str | None = None
    series: str | None = None
    project: str | None = None
    people: Sequence[str] | None = None
    role: Role | None = None
    minutes: int | None = None
    agenda: Sequence[str] | None = None
    expect: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A meeting as it stands now, and the people who are new in the log through it."""

    slug: str
    starts: Moment
    status: MeetingStatus
    new_people: tuple[people.Made, ...] = field(default=())


def new(
    log: Path,
    now: Moment,
    fields: MeetingFields,
    status: MeetingStatus | None = None,
    stands_for_date_within: timedelta = timedelta(),
) -> Written:
    """Add a meeting: at the time given, or at its series' next date.

    Without a status it is planned if it lies ahead, and held if it has begun. It stands for the date of its series'
    rule that is nearest, if that is not further from now than `stands_for_date_within`.
    """
    with changing(log, f"meeting new {fields.series or fields.title or ''}", now) as change:
        series = change.get(Series, change.resolve("series", fields.series)) if fields.series else None
        starts = _starts(change, series, fields, status)
        if status is MeetingStatus.HELD and starts.at > now.at:
            raise AdvisorlogError("A meeting that lies ahead can't have been held", "Leave --held out, or say when")
        chosen = status or (MeetingStatus.PLANNED if starts.at > now.at else MeetingStatus.HELD)
        row = Meeting(
            slug=_slug(change, starts, series, fields.title),
            series_id=series.id if series else None,
            starts_at=starts.stored,
            zone=starts.zone,
            minutes=series.minutes if series else None,
            status=chosen,
        )
        members = fields.people if fields.people is not None else _members(change, series)
        written = _write(change, row, fields, members)
        if series is not None and stands_for_date_within:
            _keep_date_begun(change, row, series, stands_for_date_within)
        return written


def edit(log: Path, now: Moment, name: str, fields: MeetingFields) -> Written:
    """Change what is said of a meeting."""
    with changing(log, f"meeting edit {name}", now) as change:
        row = change.get(Meeting, change.resolve("meeting", name))
        if fields.series is not None:
            row.series_id = change.resolve("series", fields.series) if fields.series else None
        if fields.when is not None or fields.zone is not None:
            zone = known_zone(fields.zone) if fields.zone else row.zone
            before = moment(row.starts_at, row.zone).local
            when = fields.when if fields.when is not None else f"{before:%Y-%m-%d %H:%M}"
            starts = moment_said(when, now, zone, before.time())
            keep_slot(change, row)
            row.starts_at, row.zone = starts.stored, starts.zone
        return _write(change, row, fields, fields.people)


def keep_slot(change: Change, row: Meeting) -> None:
    """Before a meeting moves: note the date of its series' rule that it stands for."""
    series = change.get(Series, row.series_id) if row.series_id is not None else None
    if series is not None and row.id is not None:
        usual = moment(series.starts_at, series.zone or "UTC") if series.starts_at else None
        keep_date(change.connection, row.id, series.rrule, usual, moment(row.starts_at, row.zone))


def hold(log: Path, now: Moment, name: str | None) -> Written:
    """Say that a meeting takes place, or took place: the one named, else the planned one nearest to now."""
    with changing(log, f"meeting hold {name or ''}", now) as change:
        row = change.get(Meeting, change.resolve("meeting", name) if name else _nearest_planned(change))
        if row.status is MeetingStatus.HELD:
            raise AdvisorlogError(f"The meeting {row.slug} is held already", f"`advisorlog meeting show {row.slug}`")
        if moment(row.starts_at, row.zone).at > now.at:
            raise AdvisorlogError(
                f"The meeting {row.slug} has not begun: it is planned for {row.starts_at[:10]}",
                f"If it takes place now: `advisorlog meeting edit {row.slug} --when now` first",
            )
        row.status = MeetingStatus.HELD
        return _write(change, row, MeetingFields(), None)


def cancel(log: Path, now: Moment, name: str) -> Written:
    """Say that a meeting does not take place."""
    with changing(log, f"meeting cancel {name}", now) as change:
        row = change.get(Meeting, change.resolve("meeting", name))
        if row.status is MeetingStatus.CANCELLED:
            raise AdvisorlogError(f"The meeting {row.slug} is cancelled already", "Nothing was changed")
        row.status = MeetingStatus.CANCELLED
        return _write(change, row, MeetingFields(), None)


def add_to_agenda(log: Path, now: Moment, name: str | None, points: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Put points at the end of a meeting's agenda (the next planned one's); returns its slug and the agenda."""
    with changing(log, f"meeting agenda {name or ''}", now) as change:
        row = change.get(Meeting, change.resolve("meeting", name) if name else _next_planned(change))
        before = [line for line in row.agenda.split("\n") if line.strip()]
        row.agenda = _agenda([*before, *points])
        change.add(row)
        return row.slug, tuple(row.agenda.split("\n"))


def reword_agenda(log: Path, now: Moment, name: str, before: str, after: str) -> None:
    """Other words for a point of a meeting's agenda; empty ones take it out. Raises NotFound where it is gone."""
    with changing(log, f"meeting agenda {name}", now) as change:
        row = change.get(Meeting, change.resolve("meeting", name))
        points = row.agenda.split("\n")
        if before not in points:
            raise NotFound(f"“{before}” is not on the agenda any more", "It was changed meanwhile; nothing was done")
        points[points.index(before)] = after
        row.agenda = _agenda(points)
        change.add(row)


def remove(log: Path, now: Moment, name: str) -> str:
    """Take a meeting out, with all that was said in it. Returns its slug."""
    with changing(log, f"meeting rm {name}", now) as change:
        row = change.get(Meeting, change.resolve("meeting", name))
        change.remove(row)
        return row.slug


def _write(change: Change, row: Meeting, fields: MeetingFields, members: Sequence[str] | None) -> Written:
    if fields.title is not None:
        row.title = fields.title.strip() or None
    if fields.project is not None:
        row.project_id = change.resolve("project", fields.project) if fields.project else None
    if fields.role is not None:
        row.role = fields.role
    if fields.minutes is not None:
        row.minutes = fields.minutes or None
    if fields.agenda is not None:
        row.agenda = _agenda(fields.agenda)
    if fields.expect is not None:
        row.expect = fields.expect.strip()
    meeting_id = change.add(row)
    made = _write_people(change, meeting_id, members) if members is not None else ()
    return Written(row.slug, moment(row.starts_at, row.zone), row.status, made)


def _keep_date_begun(change: Change, row: Meeting, series: Series, near: timedelta) -> None:
    assert series.id is not None
    assert row.id is not None
    usual = moment(series.starts_at, series.zone or "UTC") if series.starts_at else None
    date = date_begun(change.connection, series.id, series.rrule, usual, change.now, near)
    if date is not None and date.stored != row.starts_at:
        slots.keep(change.connection, row.id, date)


def _agenda(points: Sequence[str]) -> str:
    return "\n".join(" ".join(point.split()) for point in points if point.strip())


def _starts(change: Change, series: Series | None, fields: MeetingFields, status: MeetingStatus | None) -> Moment:
    zone = known_zone(fields.zone) if fields.zone else (series.zone if series and series.zone else change.now.zone)
    usual = moment(series.starts_at, series.zone or "UTC") if series and series.starts_at else None
    if fields.when is not None:
        read = day_gone if status is MeetingStatus.HELD else day_to_come
        return moment_said(fields.when, change.now, zone, usual.local.time() if usual else None, read)
    if series is None or series.rrule is None or usual is None:
        raise AdvisorlogError("When is it?", "Say it like `meeting new “fri 14:00”`, or name a series with a rule")
    assert series.id is not None
    coming = free_dates(change.connection, series.id, series.rrule, usual, change.now, 1)
    if not coming:
        raise AdvisorlogError(f"The series {series.slug} has no further date", "Say when: `meeting new “fri 14:00”`")
    return coming[0]


def _slug(change: Change, starts: Moment, series: Series | None, title: str | None) -> str:
    name = series.slug if series else title or "meeting"
    made = chosen_slug("meeting", f"{starts.day} {name}", None, ())
    return free_name(made, change.session.exec(select(Meeting.slug).where(col(Meeting.slug).startswith(made))))


def _members(change: Change, series: Series | None) -> tuple[str, ...] | None:
    if series is None:
        return None
    links = change.session.exec(select(SeriesPerson).where(SeriesPerson.series_id == series.id)).all()
    from advisorlog.store.tables import Person

    return tuple(f"@{change.get(Person, link.person_id).handle}" for link in links)


def _write_people(change: Change, meeting_id: int, wanted: Sequence[str]) -> tuple[people.Made, ...]:
    found = [people.known_or_new(change, name) for name in wanted if name.strip()]
    for link in change.session.exec(select(MeetingPerson).where(MeetingPerson.meeting_id == meeting_id)).all():
        change.remove(link)
    for person_id in dict.fromkeys(person_id for person_id, _ in found):
        change.add(MeetingPerson(meeting_id=meeting_id, person_id=person_id))
    return tuple(made for _, made in found if made)


def _nearest_planned(change: Change) -> int:
    """The planned meeting that has begun last, within the last week; so long one may forget to say it was held."""
    earliest = Moment(change.now.at - timedelta(days=7), change.now.zone)
    latest = Moment(change.now.at + timedelta(seconds=1), change.now.zone)
    found = reading.between(change.connection, earliest, latest, [MeetingStatus.PLANNED])
    if not found:
        raise AdvisorlogError("No planned meeting has begun in the last week", "Name one: `advisorlog meeting list`")
    return found[-1].id


def _next_planned(change: Change) -> int:
    distant = Moment(change.now.at + timedelta(days=400), change.now.zone)
    found = reading.between(change.connection, change.now, distant, [MeetingStatus.PLANNED])
    if not found:
        raise AdvisorlogError("No meeting is planned", "Plan one: `advisorlog meeting new “fri 14:00” --series NAME`")
    return found[0].id
