"""Series: recurring meetings, with whom and how often."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from pathlib import Path

from sqlmodel import select

from advisorlog.domain.kinds import Role
from advisorlog.domain.moments import Moment, moment, zone_of
from advisorlog.errors import AdvisorlogError
from advisorlog.store.tables import Series, SeriesPerson
from advisorlog.workflow import people
from advisorlog.workflow.changing import Change, changing
from advisorlog.workflow.naming import chosen_slug
from advisorlog.workflow.recurring import first_date, rule_said
from advisorlog.workflow.times import known_zone

NINE = time(9)


@dataclass(frozen=True, slots=True)
class SeriesFields:
    """What is to be said of a series; None leaves it as it is, an empty text takes it out.

    `every` is a rule as people say it or an RRULE, `at` the time on the wall clock, `since` the first day.
    """

    title: str | None = None
    people: Sequence[str] | None = None
    role: Role | None = None
    project: str | None = None
    every: str | None = None
    at: time | None = None
    since: date | None = None
    zone: str | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A series as it stands now, and the people who are new in the log through it."""

    slug: str
    starts: Moment | None
    rule: str | None
    new_people: tuple[people.Made, ...] = field(default=())


def new(log: Path, now: Moment, title: str, slug: str | None, fields: SeriesFields) -> Written:
    """Add a series. A name in `people` that nobody has is a new person."""
    with changing(log, f"series new {title}", now) as change:
        taken = change.session.exec(select(Series.slug)).all()
        chosen = chosen_slug("series", title, slug, taken)
        row = Series(slug=chosen, title=title.strip(), role=fields.role or Role.ADVISOR, zone=fields.zone or now.zone)
        return _write(change, row, fields)


def edit(log: Path, now: Moment, name: str, fields: SeriesFields) -> Written:
    """Change what is said of a series; its past meetings stay as they are."""
    with changing(log, f"series edit {name}", now) as change:
        return _write(change, change.get(Series, change.resolve("series", name)), fields)


def remove(log: Path, now: Moment, name: str) -> str:
    """Take a series out; its meetings stay, each on its own. Returns its slug."""
    with changing(log, f"series rm {name}", now) as change:
        row = change.get(Series, change.resolve("series", name))
        change.remove(row)
        return row.slug


def _write(change: Change, row: Series, fields: SeriesFields) -> Written:
    if fields.title is not None:
        if not fields.title.strip():
            raise AdvisorlogError("A series needs a title", "Give one, or leave it as it is")
        row.title = fields.title.strip()
    if fields.role is not None:
        row.role = fields.role
    if fields.project is not None:
        row.project_id = change.resolve("project", fields.project) if fields.project else None
    if fields.minutes is not None:
        row.minutes = fields.minutes or None
    _write_times(change, row, fields)
    series_id = change.add(row)
    made = _write_people(change, series_id, fields.people) if fields.people is not None else ()
    return Written(row.slug, _starts(row), row.rrule, made)


def _write_times(change: Change, row: Series, fields: SeriesFields) -> None:
    if fields.every is not None:
        row.rrule = rule_said(fields.every) if fields.every else None
    zone = known_zone(fields.zone) if fields.zone else row.zone or change.now.zone
    before = _starts(row)
    if fields.every or fields.at or fields.since or (before and zone != row.zone):
        wall = before.local if before else None
        at = fields.at or (wall.time() if wall else NINE)
        since = fields.since or (wall.date() if wall else change.now.at.astimezone(zone_of(zone)).date())
        row.starts_at = first_date(row.rrule, at, zone, since, change.now).stored
    row.zone = zone


def _starts(row: Series) -> Moment | None:
    return moment(row.starts_at, row.zone or "UTC") if row.starts_at else None


def _write_people(change: Change, series_id: int, wanted: Sequence[str]) -> tuple[people.Made, ...]:
    found = [people.known_or_new(change, name) for name in wanted if name.strip()]
    for link in change.session.exec(select(SeriesPerson).where(SeriesPerson.series_id == series_id)).all():
        change.remove(link)
    for person_id in dict.fromkeys(person_id for person_id, _ in found):
        change.add(SeriesPerson(series_id=series_id, person_id=person_id))
    return tuple(made for _, made in found if made)
