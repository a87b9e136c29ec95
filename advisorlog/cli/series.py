"""`advisorlog series`."""

from datetime import date, time
from sqlite3 import Connection
from typing import Any

import click

from advisorlog.cli.command import Group
from advisorlog.cli.output import Form, one_line, plain, print_facts, print_json, print_table, when
from advisorlog.cli.parameters import DAY_TO_COME, PERSON, PROJECT, ROLE, SERIES, TIME, json_option, yes_option
from advisorlog.cli.state import State, pass_state
from advisorlog.cli.undoable import confirm_removal, say_new_people, say_removed
from advisorlog.domain.kinds import Role
from advisorlog.domain.moments import Moment
from advisorlog.domain.recurrence import in_words
from advisorlog.store.connection import reading
from advisorlog.store.reading import people
from advisorlog.store.reading.rows import Series


@click.group(
    "series",
    cls=Group,
    examples=[
        'advisorlog series new "Zeus weekly" --with "Ann Advisor" --every tue --at 14:00 --project zeus',
        "advisorlog series list",
    ],
)
def command() -> None:
    """Recurring meetings: with whom, what they are to you, how often, about which project."""


_WITH = click.option(
    "--with", "with_", multiple=True, type=PERSON, metavar="PERSON", help="With whom; can be repeated."
)
_ROLE = click.option("--role", type=ROLE, help="What the other side is to you (default: advisor).")
_PROJECT = click.option("--project", "-p", type=PROJECT, help="What it is about.")
_EVERY = click.option("--every", metavar="RULE", help="tue; mon,thu; week; “2 weeks”; month; or an RRULE.")
_AT = click.option("--at", type=TIME, metavar="TIME", help="When on the day, as in 14:00 or 2pm (default: 9:00).")
_SINCE = click.option("--since", type=DAY_TO_COME, metavar="DAY", help="The first day (default: from today on).")
_ZONE = click.option("--zone", help="Time zone, as in Asia/Seoul (default: yours).")
_MINUTES = click.option("--minutes", type=click.IntRange(0, 24 * 60), help="How long it lasts.")


@command.command(
    "new",
    examples=[
        'advisorlog series new "Zeus weekly" --with "Ann Advisor" --every tue --at 14:00 --project zeus',
        'advisorlog series new "Minsu" --with "김민수" --role mentee --every "2 weeks" --at 10:00 --zone Asia/Seoul',
        'advisorlog series new "Reading group" --role peer --every "FREQ=MONTHLY;BYDAY=1FR"',
    ],
)
@click.argument("title")
@click.option("--slug", help="Its short name (default: made of the title).")
@_WITH
@_ROLE
@_PROJECT
@_EVERY
@_AT
@_SINCE
@_ZONE
@_MINUTES
@pass_state
def new(state: State, title: str, slug: str | None, with_: tuple[str, ...], **options: Any) -> None:
    """Add a recurring meeting; a person who is not in the log yet is added with it."""
    from advisorlog.workflow import series as work

    written = work.new(state.log, state.now, title, slug, _fields(with_, **options))
    _say(state, written)


@command.command("list", examples=["advisorlog series list", "advisorlog series list --json | jq '.[].next'"])
@json_option
@pass_state
def list_(state: State, form: Form) -> None:
    """All series, with their next date."""
    with reading(state.log) as connection:
        found = people.all_series(connection)
        projects = {each.id: each.slug for each in people.projects(connection)}
        coming = {each.id: next(iter(_coming(connection, each, state.now, 1)), None) for each in found}
    if form is Form.JSON:
        print_json([_plain(each, coming[each.id], projects.get(each.project_id or 0)) for each in found])
        return
    print_table(
        ("SERIES", "TITLE", "WITH", "ROLE", "PROJECT", "NEXT"),
        [
            (each.slug, each.title, _with_whom(each), each.role, projects.get(each.project_id or 0, ""),
             when(coming[each.id]))
            for each in found
        ],
    )  # fmt: skip
    if not found:
        state.note('There is no series yet: `advisorlog series new "Zeus weekly" --with "Ann Advisor" --every tue`.')


@command.command("show", examples=["advisorlog series show zeus-weekly", "advisorlog series show zeus-weekly --json"])
@click.argument("series", type=SERIES)
@json_option
@pass_state
def show(state: State, series: str, form: Form) -> None:
    """One series, with its next dates."""
    with reading(state.log) as connection:
        found = people.series(connection, series)
        project = next(iter(people.projects_by_id(connection, [found.project_id or 0])), None)
        coming = _coming(connection, found, state.now, 4)
    if form is Form.JSON:
        next_ = coming[0] if coming else None
        print_json(_plain(found, next_, project.slug if project else None))
        return
    print_facts(
        (
            ("title", found.title),
            ("short name", found.slug),
            ("with", _with_whom(found)),
            ("they are my", found.role),
            ("project", project.name if project else ""),
            ("comes", in_words(found.rrule) if found.rrule else ""),
            ("began", f"{when(found.starts)} {found.starts.zone}" if found.starts else ""),
            ("minutes", str(found.minutes or "")),
            ("next", ", ".join(when(each) for each in coming)),
        )
    )


@command.command(
    "edit",
    examples=[
        "advisorlog series edit zeus-weekly --at 15:00",
        'advisorlog series edit zeus-weekly --with "Ann Advisor" --with "Bo Reader"',
        "advisorlog series edit zeus-weekly                  opens your editor",
    ],
)
@click.argument("series", type=SERIES)
@click.option("--title", help="Its title.")
@_WITH
@_ROLE
@_PROJECT
@_EVERY
@_AT
@_SINCE
@_ZONE
@_MINUTES
@pass_state
def edit(state: State, series: str, with_: tuple[str, ...], **options: Any) -> None:
    """Change a series; without options, in your editor. Its past meetings stay as they are."""
    from advisorlog.cli.editing import edited

    if with_ or any(value is not None for value in options.values()):
        from advisorlog.workflow import series as work

        _say(state, work.edit(state.log, state.now, series, _fields(with_, **options)))
        return
    with reading(state.log) as connection:
        found = people.series(connection, series)
        project = next(iter(people.projects_by_id(connection, [found.project_id or 0])), None)

    def save(changes: dict[str, Any]) -> None:
        from advisorlog.workflow import series as work

        with_whom = changes.pop("with", None)
        fields = _fields(with_whom, **{key: _read(key, value, state) for key, value in changes.items()})
        _say(state, work.edit(state.log, state.now, found.slug, fields))

    form = {
        "title": found.title,
        "with": [person.name for person in found.people],
        "role": str(found.role),
        "project": project.slug if project else "",
        "every": found.rrule or "",
        "at": f"{found.starts.local:%H:%M}" if found.starts else "",
        "since": found.starts.day.isoformat() if found.starts else "",
        "zone": found.starts.zone if found.starts else "",
        "minutes": str(found.minutes or ""),
    }
    if not edited(state, found.slug, form, save):
        state.note("Nothing was changed.")


@command.command("rm", examples=["advisorlog series rm zeus-weekly", "advisorlog series rm zeus-weekly --yes"])
@click.argument("series", type=SERIES)
@yes_option
@pass_state
def rm(state: State, series: str, yes: bool) -> None:
    """Take a series out; its meetings stay, each on its own."""
    with reading(state.log) as connection:
        found = people.series(connection, series)
    confirm_removal(f"the series {found.slug} ({found.title})", yes)
    from advisorlog.workflow import series as work

    say_removed(state, work.remove(state.log, state.now, found.slug))


def _fields(
    with_: "tuple[str, ...] | list[str] | None",
    title: str | None = None,
    role: str | None = None,
    project: str | None = None,
    every: str | None = None,
    at: time | None = None,
    since: date | None = None,
    zone: str | None = None,
    minutes: int | None = None,
) -> Any:
    from advisorlog.workflow.series import SeriesFields

    whom = None if with_ is None or with_ == () else list(with_)
    return SeriesFields(title, whom, Role(role) if role else None, project, every, at, since, zone, minutes)


def _read(key: str, value: Any, state: State) -> Any:
    """A field of the form in the type of the option of the same name."""
    from advisorlog.cli.parameters import number_typed, word_typed
    from advisorlog.workflow.times import day_to_come, time_of_day

    match key:
        case "at":
            return time_of_day(value) if value else None
        case "since":
            return day_to_come(value, state.today) if value else None
        case "minutes":
            return number_typed("minutes", value)
        case "role":
            return word_typed("role", value, Role)
        case _:
            return value


def _say(state: State, written: Any) -> None:
    click.echo(one_line(written.slug))
    say_new_people(state, written.new_people)
    if written.rule and written.starts:
        coming = _first_from(written.rule, written.starts, state.now)
        if coming:
            state.note(f"Next: {coming.local:%a %Y-%m-%d %H:%M} {coming.zone}.")


def _plain(series: Series, coming: Moment | None, project: str | None) -> dict[str, Any]:
    return plain(series, next=coming, next_zone=coming.zone if coming else None, project=project)


def _with_whom(series: Series) -> str:
    return ", ".join(person.name for person in series.people)


def _first_from(rule: str, starts: Moment, now: Moment) -> Moment | None:
    from advisorlog.workflow.recurring import next_dates

    return next(iter(next_dates(rule, starts, now)), None)


def _coming(connection: Connection, series: Series, now: Moment, count: int) -> list[Moment]:
    from advisorlog.workflow.series_dates import dates_to_come

    return dates_to_come(connection, series, now, count)
