"""`advisorlog meeting`."""

from typing import Any

import click

from advisorlog.cli.accounts import record
from advisorlog.cli.command import Group
from advisorlog.cli.lines import LEFT_OUT, entry_json, entry_line, print_attached
from advisorlog.cli.output import (
    Form,
    counted,
    day,
    one_line,
    plain,
    print_facts,
    print_heading,
    print_json,
    print_table,
)
from advisorlog.cli.output import when as shown
from advisorlog.cli.parameters import (
    DAY_GONE,
    MEETING,
    PERSON,
    PROJECT,
    SERIES,
    json_option,
    number_typed,
    private_option,
    word_typed,
    yes_option,
)
from advisorlog.cli.state import State, pass_state
from advisorlog.cli.undoable import confirm_removal, say_new_people, say_removed
from advisorlog.domain.kinds import MeetingStatus, RecordKind, Role
from advisorlog.store import names
from advisorlog.store.connection import reading
from advisorlog.store.reading import actions, attachments, entries, meetings, people
from advisorlog.store.reading.rows import Meeting


@click.group(
    "meeting",
    cls=Group,
    examples=[
        "advisorlog meeting new --series zeus-weekly              its next date",
        "advisorlog meeting list",
        "advisorlog meeting show 2026-11-24-zeus-weekly",
    ],
)
def command() -> None:
    """Meetings: planned, held, cancelled; their agenda and what was said."""


_WHEN = click.option("--when", metavar="WHEN", help="Day and time, as in “fri 14:00”.")
_ZONE = click.option("--zone", help="The time zone of the time, as in Asia/Seoul.")
_TITLE = click.option("--title", help="Its title (default: its series').")
_SERIES = click.option("--series", "-s", type=SERIES, help="The series it belongs to.")
_PROJECT = click.option("--project", "-p", type=PROJECT, help="What it is about.")
_WITH = click.option(
    "--with", "with_", multiple=True, type=PERSON, metavar="PERSON", help="Who is there; can be repeated."
)
_ROLE = click.option("--role", type=click.Choice([role.value for role in Role]), help="What the other side is to you.")
_MINUTES = click.option("--minutes", type=click.IntRange(0, 24 * 60), help="How long it lasts.")
_AGENDA = click.option("--agenda", multiple=True, metavar="POINT", help="A point of the agenda; can be repeated.")


@command.command(
    "new",
    examples=[
        "advisorlog meeting new --series zeus-weekly                       its next date",
        'advisorlog meeting new "fri 14:00" --series zeus-weekly --agenda "power-limit sweep"',
        'advisorlog meeting new "2026-11-20 10:00" --title "Thesis committee" --with "Ann Advisor"',
    ],
)
@click.argument("when", required=False)
@_ZONE
@_TITLE
@_SERIES
@_PROJECT
@_WITH
@_ROLE
@_MINUTES
@_AGENDA
@click.option("--planned", "status", flag_value="planned", help="It lies ahead (default for a time to come).")
@click.option("--held", "status", flag_value="held", help="It takes place or took place (default for a time gone).")
@pass_state
def new(state: State, with_: tuple[str, ...], status: str | None, **options: Any) -> None:
    """Add a meeting, planned or held. Without WHEN it is at its series' next date."""
    from advisorlog.workflow import meetings as work

    if options["when"] is None and options["series"] is None:
        raise click.UsageError("Say when it is, or name a series with a rule: --series.")
    written = work.new(state.log, state.now, _fields(with_, **options), MeetingStatus(status) if status else None)
    _say(state, written)


@command.command(
    "list",
    examples=[
        "advisorlog meeting list --series zeus-weekly",
        "advisorlog meeting list --since 2026-09-01 --json | jq '.[].slug'",
    ],
)
@_SERIES
@click.option("--since", type=DAY_GONE, metavar="DAY", help="From this day on.")
@click.option("--limit", "-n", type=click.IntRange(1), default=50, show_default=True, help="At most so many.")
@json_option
@pass_state
def list_(state: State, series: str | None, since: Any, limit: int, form: Form) -> None:
    """Meetings, newest first."""
    from advisorlog.workflow.times import start_of_day

    with reading(state.log) as connection:
        series_id = names.resolve(connection, "series", series) if series else None
        start = start_of_day(since, state.settings.zone) if since else None
        found = meetings.meetings(connection, series_id, start, limit)
    if form is Form.JSON:
        print_json([plain(each, "name") for each in found])
        return
    print_table(
        ("MEETING", "WHEN", "STATUS", "WITH", "NAME"),
        [(each.slug, shown(each.starts), each.status, ", ".join(each.people), each.name) for each in found],
    )
    if not found:
        state.note("There is no such meeting: `advisorlog meeting new` adds one.")
    if len(found) == limit:
        state.note(f"The newest {limit}; --limit shows more.")


@command.command(
    "show",
    examples=[
        "advisorlog meeting show 2026-11-24-zeus-weekly",
        "advisorlog meeting show 2026-11-24-zeus-weekly --json",
    ],
)
@click.argument("meeting", type=MEETING)
@private_option
@json_option
@pass_state
def show(state: State, meeting: str, private: bool, form: Form) -> None:
    """One meeting: its agenda, what was said, and what was promised."""
    with reading(state.log) as connection:
        found = meetings.meeting(connection, meeting)
        said = entries.of_meetings(connection, [found.id])
        promised = actions.of_meetings(connection, [found.id], state.now)
        project = next(iter(people.projects_by_id(connection, [found.project_id or 0])), None)
        attached = attachments.attached_to(connection, RecordKind.MEETING, found.id)
    shown_files = [each for each in attached if private or not each.is_private]
    told = [entry for entry in said if private or not entry.is_private]
    open_ids = {entry.id for entry in told}
    kept = [action for action in promised if action.entry_id in open_ids]
    if form is Form.JSON:
        slug = project.slug if project else None
        print_json(
            plain(found, "name", project=slug)
            | {"entries": [entry_json(entry) for entry in told]}
            | {"attachments": [plain(each, "is_private") for each in shown_files]}
        )
    else:
        _print_head(found, project.name if project else "")
        if told:
            print_heading("Said")
        states = {action.entry_id: action for action in kept}
        for entry in told:
            click.echo(entry_line(entry, states.get(entry.id)))
        print_attached(shown_files)
    if hidden := len(said) - len(told):
        state.note(LEFT_OUT.format(counted(hidden, "private line")))
    if hidden := len(attached) - len(shown_files):
        state.note(LEFT_OUT.format(counted(hidden, "private attachment")))


def _print_head(meeting: Meeting, project: str) -> None:
    print_facts(
        (
            ("meeting", meeting.name),
            ("short name", meeting.slug),
            ("when", f"{shown(meeting.starts)} {meeting.starts.zone}"),
            ("status", meeting.status),
            ("with", ", ".join(meeting.people)),
            ("series", meeting.series or ""),
            ("project", project),
            ("minutes", str(meeting.minutes or "")),
        )
    )
    if meeting.agenda:
        print_heading("Agenda")
        for point in meeting.agenda:
            click.echo(f"- {one_line(point)}")


command.add_command(record)


@command.command(
    "edit",
    examples=[
        'advisorlog meeting edit 2026-11-24-zeus-weekly --when "thu 15:00"',
        'advisorlog meeting edit 2026-11-24-zeus-weekly --expect "the DVFS table"',
        "advisorlog meeting edit 2026-11-24-zeus-weekly              opens your editor",
    ],
)
@click.argument("meeting", type=MEETING)
@_WHEN
@_ZONE
@_TITLE
@_SERIES
@_PROJECT
@_WITH
@_ROLE
@_MINUTES
@_AGENDA
@click.option("--expect", help="What to expect next time, for the TODO summary.")
@pass_state
def edit(state: State, meeting: str, with_: tuple[str, ...], agenda: tuple[str, ...], **options: Any) -> None:
    """Change a meeting; without options, in your editor. Its short name stays."""
    from advisorlog.cli.editing import edited

    if with_ or agenda or any(value is not None for value in options.values()):
        from advisorlog.workflow import meetings as work

        _say(state, work.edit(state.log, state.now, meeting, _fields(with_, agenda=agenda or None, **options)))
        return
    with reading(state.log) as connection:
        found = meetings.meeting(connection, meeting)
        project = next(iter(people.projects_by_id(connection, [found.project_id or 0])), None)

    def save(changes: dict[str, Any]) -> None:
        from advisorlog.workflow import meetings as work

        with_whom = changes.pop("with", None)
        if "minutes" in changes:
            changes["minutes"] = number_typed("minutes", changes["minutes"])
        if "role" in changes:
            changes["role"] = word_typed("role", changes["role"], Role)
        _say(state, work.edit(state.log, state.now, found.slug, _fields(with_whom, **changes)))

    form = {
        "when": f"{found.starts.local:%Y-%m-%d %H:%M}",
        "zone": found.starts.zone,
        "title": found.title or "",
        "series": found.series or "",
        "project": project.slug if project else "",
        "with": list(found.people),
        "role": str(found.role or ""),
        "minutes": str(found.minutes or ""),
        "agenda": list(found.agenda),
    }
    if not edited(state, found.slug, form, save):
        state.note("Nothing was changed.")


@command.command(
    "agenda",
    examples=[
        'advisorlog meeting agenda "power-limit sweep" "which deadline?"        the next planned meeting',
        'advisorlog meeting agenda --meeting 2026-12-01-zeus-weekly "camera-ready"',
    ],
)
@click.argument("points", nargs=-1, required=True)
@click.option("--meeting", "-m", type=MEETING, help="The meeting (default: the next planned one).")
@pass_state
def agenda(state: State, points: tuple[str, ...], meeting: str | None) -> None:
    """Put points on the agenda of a meeting."""
    from advisorlog.workflow import meetings as work

    slug, lines = work.add_to_agenda(state.log, state.now, meeting, points)
    state.note(f"Agenda of {one_line(slug)}:")
    for line in lines:
        click.echo(f"- {one_line(line)}")


@command.command("hold", examples=["advisorlog meeting hold", "advisorlog meeting hold 2026-11-24-zeus-weekly"])
@click.argument("meeting", type=MEETING, required=False)
@pass_state
def hold(state: State, meeting: str | None) -> None:
    """Say that a planned meeting takes place, or took place (default: the last one that should have begun)."""
    from advisorlog.workflow import meetings as work

    _say(state, work.hold(state.log, state.now, meeting))


@command.command("cancel", examples=["advisorlog meeting cancel 2026-11-24-zeus-weekly"])
@click.argument("meeting", type=MEETING)
@pass_state
def cancel(state: State, meeting: str) -> None:
    """Say that a meeting does not take place."""
    from advisorlog.workflow import meetings as work

    _say(state, work.cancel(state.log, state.now, meeting))


@command.command(
    "rm",
    examples=["advisorlog meeting rm 2026-11-24-zeus-weekly", "advisorlog meeting rm 2026-11-24-zeus-weekly --yes"],
)
@click.argument("meeting", type=MEETING)
@yes_option
@pass_state
def rm(state: State, meeting: str, yes: bool) -> None:
    """Remove a meeting with all that was said in it."""
    with reading(state.log) as connection:
        found = meetings.meeting(connection, meeting)
        lines = len(entries.of_meetings(connection, [found.id]))
    confirm_removal(f"the meeting {found.slug} of {day(found.starts.day)} with {counted(lines, 'line')}", yes)
    from advisorlog.workflow import meetings as work

    say_removed(state, work.remove(state.log, state.now, found.slug))


def _fields(with_: "tuple[str, ...] | list[str] | None", **options: Any) -> Any:
    from advisorlog.workflow.meetings import MeetingFields

    whom = None if with_ is None or with_ == () else list(with_)
    role = options.pop("role", None)
    agenda = options.pop("agenda", None)
    return MeetingFields(
        people=whom, role=Role(role) if role else None, agenda=None if agenda in (None, ()) else agenda, **options
    )


def _say(state: State, written: Any) -> None:
    click.echo(one_line(written.slug))
    say_new_people(state, written.new_people)
    local = written.starts.local
    state.note(f"{written.status.capitalize()}: {local:%a %Y-%m-%d %H:%M} {written.starts.zone}.")
