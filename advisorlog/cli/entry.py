"""`advisorlog entry`."""

from datetime import date

import click

from advisorlog.cli.command import Group
from advisorlog.cli.lines import LEFT_OUT, attachment_line, entry_json, entry_line
from advisorlog.cli.output import Form, counted, many_lines, print_facts, print_json, when
from advisorlog.cli.parameters import DAY_GONE, ENTRY, MEETING, json_option, private_option, yes_option
from advisorlog.cli.state import State, pass_state
from advisorlog.cli.undoable import confirm_removal, say_removed
from advisorlog.domain.kinds import RecordKind, Visibility
from advisorlog.store.connection import reading
from advisorlog.store.reading import attachments, entries
from advisorlog.workflow.times import start_of_day


@click.group(
    "entry",
    cls=Group,
    examples=[
        "advisorlog entry list                                       the inbox",
        'advisorlog entry edit 12 "! Compare with DVFS first"',
        "advisorlog entry move 12 2026-11-24-zeus-weekly",
    ],
)
def command() -> None:
    """Captured lines, by their numbers: correct one, or put it where it belongs. `add` captures new ones."""


@command.command("list", examples=["advisorlog entry list", "advisorlog entry list --since 1w --json"])
@click.option("--since", type=DAY_GONE, metavar="DAY", help="From this day on.")
@click.option("--limit", "-n", type=click.IntRange(1), default=100, show_default=True, help="At most so many.")
@private_option
@json_option
@pass_state
def list_(state: State, since: date | None, limit: int, private: bool, form: Form) -> None:
    """The inbox: lines that belong to no meeting, newest first."""
    start = start_of_day(since, state.settings.zone) if since else None
    with reading(state.log) as connection:
        found = entries.inbox(connection, start, state.now, limit)
    told = [entry for entry in found if private or not entry.is_private]
    if form is Form.JSON:
        print_json([entry_json(entry) for entry in told])
    else:
        for entry in told:
            click.echo(f"{when(entry.said)}  {entry_line(entry)}")
        if not found:
            state.note("The inbox is empty.")
    if hidden := len(found) - len(told):
        state.note(LEFT_OUT.format(counted(hidden, "private line")))


@command.command("show", examples=["advisorlog entry show 12", "advisorlog entry show 12 --json"])
@click.argument("entry", type=ENTRY)
@json_option
@pass_state
def show(state: State, entry: int, form: Form) -> None:
    """One line, as it was typed."""
    with reading(state.log) as connection:
        found = entries.entry(connection, entry)
        attached = attachments.attached_to(connection, RecordKind.ENTRY, found.id)
    if form is Form.JSON:
        print_json(entry_json(found))
        return
    print_facts(
        (
            ("number", str(found.id)),
            ("kind", str(found.kind)),
            ("said", f"{when(found.said)} {found.said.zone}"),
            ("by", found.speaker_name or ""),
            ("meeting", found.meeting or ""),
            ("private", "yes" if found.visibility is Visibility.PRIVATE else ""),
        )
    )
    click.echo()
    click.echo(many_lines(found.lead + found.text))
    for each in attached:
        click.echo(attachment_line(each))


@command.command(
    "edit",
    examples=['advisorlog entry edit 12 "! Compare with DVFS first"', 'advisorlog entry edit 12 "~ for me alone"'],
)
@click.argument("entry", type=ENTRY)
@click.argument("line")
@pass_state
def edit(state: State, entry: int, line: str) -> None:
    """Put LINE in the place of one that was mistyped; the same signs count in it."""
    from advisorlog.workflow import entries as work

    click.echo(entry_line(work.edit(state.log, state.now, entry, line)))


@command.command(
    "move", examples=["advisorlog entry move 12 2026-11-24-zeus-weekly", "advisorlog entry move 12 --inbox"]
)
@click.argument("entry", type=ENTRY)
@click.argument("meeting", type=MEETING, required=False)
@click.option("--inbox", is_flag=True, help="Out of its meeting, into the inbox.")
@pass_state
def move(state: State, entry: int, meeting: str | None, inbox: bool) -> None:
    """Put a line into another meeting, or into the inbox."""
    if (meeting is None) is not inbox:
        raise click.UsageError("Name the meeting, or say --inbox.")
    from advisorlog.workflow import entries as work

    click.echo(entry_line(work.move(state.log, state.now, entry, meeting)))


@command.command("rm", examples=["advisorlog entry rm 12", "advisorlog entry rm 12 --yes"])
@click.argument("entry", type=ENTRY)
@yes_option
@pass_state
def rm(state: State, entry: int, yes: bool) -> None:
    """Remove a line, with what hangs on it (its action, its step of confidence)."""
    with reading(state.log) as connection:
        found = entries.entry(connection, entry)
    confirm_removal(f"the {found.kind} {entry} ({found.text[:60]})", yes)
    from advisorlog.workflow import entries as work

    work.remove(state.log, state.now, entry)
    say_removed(state, f"Entry {entry}")
