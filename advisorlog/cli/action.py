"""`advisorlog action`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import click

from advisorlog.cli.command import Group
from advisorlog.cli.lines import LEFT_OUT, action_json
from advisorlog.cli.output import Form, counted, day, one_line, print_facts, print_heading, print_json, print_table
from advisorlog.cli.parameters import (
    ACTION,
    DAY_TO_COME,
    ENTRY,
    MEETING,
    PERSON,
    PROJECT,
    SERIES,
    json_option,
    number_typed,
    private_option,
    yes_option,
)
from advisorlog.cli.state import State, pass_state
from advisorlog.cli.undoable import confirm_removal, say_removed
from advisorlog.domain.kinds import Visibility
from advisorlog.store import names
from advisorlog.store.connection import reading
from advisorlog.store.reading import actions
from advisorlog.store.reading.rows import Action


@click.group(
    "action",
    cls=Group,
    examples=[
        "advisorlog action list",
        'advisorlog action done 12 --because "table with 3 GPUs"',
        'advisorlog action carry 12 --due fri --because "the cluster was down"',
    ],
)
def command() -> None:
    """Promises: who owes what until when, and what became of it. They are numbered; `action list` shows the numbers."""


_BECAUSE = click.option("--because", default="", metavar="TEXT", help="Why; or what shows it.")
_OWNER = click.option("--owner", type=PERSON, metavar="PERSON", help="Who owes it.")
_DUE = click.option("--due", type=DAY_TO_COME, metavar="DAY", help="Until when, as in fri, 2w or 2026-12-01.")
_TEST = click.option("--done-test", metavar="TEXT", help="How one sees that it is done.")
_ROOT = click.option("--root", type=ENTRY, metavar="ENTRY", help="The number of the takeaway it is rooted in.")


@command.command(
    "new",
    examples=[
        'advisorlog action new "Run the DVFS baseline @me ^fri #zeus-batch"',
        'advisorlog action new "Send the trace" --owner ann --due 2w --done-test "the file opens"',
    ],
)
@click.argument("line")
@_OWNER
@_DUE
@_TEST
@_ROOT
@click.option("--meeting", "-m", type=MEETING, help="The meeting it was promised in (default: the one under way).")
@click.option("--project", "-p", type=PROJECT, help="The project, where no meeting says it.")
@pass_state
def new(
    state: State,
    line: str,
    owner: str | None,
    due: date | None,
    done_test: str | None,
    root: int | None,
    meeting: str | None,
    project: str | None,
) -> None:
    """Add a promise."""
    from advisorlog.workflow import actions as work
    from advisorlog.workflow.capture import Place

    fields = work.ActionFields(owner=owner, due=due, done_test=done_test, root=root)
    made = work.new(state.log, state.now, line, Place(state.now, meeting, project), fields)
    _say(state, [made])


@command.command(
    "list",
    examples=[
        "advisorlog action list",
        "advisorlog action list --all --series zeus-weekly",
        "advisorlog action list --owner me --json | jq '.[].text'",
    ],
)
@click.option("--all", "everything", is_flag=True, help="Closed ones too.")
@click.option("--series", "-s", type=SERIES, help="Of this series.")
@_OWNER
@click.option("--limit", "-n", type=click.IntRange(1), default=200, show_default=True, help="At most so many.")
@private_option
@json_option
@pass_state
def list_(
    state: State, everything: bool, series: str | None, owner: str | None, limit: int, private: bool, form: Form
) -> None:
    """Open promises, those due first on top."""
    with reading(state.log) as connection:
        series_id = names.resolve(connection, "series", series) if series else None
        owner_id = names.resolve(connection, "person", owner.removeprefix("@")) if owner else None
        if everything:
            found = actions.actions(connection, state.now, 1_000_000)
            found = [each for each in found if series_id is None or each.series_id == series_id]
        else:
            found = actions.open_actions(connection, state.now, series_id)
            found.sort(key=lambda each: (each.due or date.max, each.opened.at, each.id))
    found = [each for each in found if owner_id is None or each.owner_id == owner_id]
    told = [each for each in found if private or each.visibility is Visibility.OPEN]
    shown = told[:limit]
    if form is Form.JSON:
        print_json([action_json(each) for each in shown])
    else:
        print_table(
            ("NO", "STATE", "DUE", "OWNER", "WHAT"),
            [(str(each.id), _state(each), _due(each, state.today), _owner(each), _text(each)) for each in shown],
        )
        if not found:
            state.note("Nothing is promised and open." if not everything else "Nothing was promised yet.")
    if hidden := len(found) - len(told):
        state.note(LEFT_OUT.format(counted(hidden, "private promise")))
    if more := len(told) - len(shown):
        state.note(f"{more} more; --limit shows them.")


@command.command("show", examples=["advisorlog action show 12", "advisorlog action show 12 --json"])
@click.argument("action", type=ACTION)
@json_option
@pass_state
def show(state: State, action: int, form: Form) -> None:
    """One promise with its history."""
    with reading(state.log) as connection:
        found = actions.action(connection, action, state.now)
    if form is Form.JSON:
        print_json(action_json(found))
        return
    print_facts(
        (
            ("number", str(found.id)),
            ("what", found.text),
            ("state", _state(found)),
            ("owner", found.owner_name or ""),
            ("due", _due(found, state.today)),
            ("first due", day(found.first_due) if found.first_due != found.due else ""),
            ("done test", found.done_test or ""),
            ("rooted in", found.root or ""),
            ("meeting", found.meeting or ""),
            ("private", "yes" if found.visibility is Visibility.PRIVATE else ""),
        )
    )
    print_heading("History")
    for event in found.events:
        due = f" until {day(event.due)}" if event.due else ""
        because = f": {one_line(event.because)}" if event.because else ""
        click.echo(f"{day(event.when.day)}  {event.state}{due}{because}")


@command.command(
    "edit",
    examples=[
        'advisorlog action edit 12 --done-test "table with error bars"',
        "advisorlog action edit 12 --owner ann --due 2026-12-01",
        "advisorlog action edit 12                     opens your editor",
    ],
)
@click.argument("action", type=ACTION)
@click.option("--text", help="Other words for it.")
@_OWNER
@_DUE
@_TEST
@_ROOT
@pass_state
def edit(state: State, action: int, **options: Any) -> None:
    """Correct a promise; without options, in your editor. To put it off, use `carry` or `renegotiate`."""
    from advisorlog.cli.editing import edited

    if any(value is not None for value in options.values()):
        from advisorlog.workflow import actions as work

        _say(state, [work.edit(state.log, state.now, action, work.ActionFields(**options))])
        return
    with reading(state.log) as connection:
        found = actions.action(connection, action, state.now)

    def save(changes: dict[str, Any]) -> None:
        from advisorlog.workflow import actions as work
        from advisorlog.workflow.times import day_to_come

        if "due" in changes:
            changes["due"] = day_to_come(changes["due"], state.today)
        if "root" in changes:
            changes["root"] = number_typed("root", changes["root"])
        _say(state, [work.edit(state.log, state.now, action, work.ActionFields(**changes))])

    form = {
        "text": found.text,
        "owner": found.owner or "",
        "due": day(found.first_due),
        "done_test": found.done_test or "",
        "root": str(found.root_id or ""),
    }
    if not edited(state, f"action {action}", form, save):
        state.note("Nothing was changed.")


@command.command(
    "done", examples=["advisorlog action done 12", 'advisorlog action done 12 13 --because "3 GPUs, 5 seeds"']
)
@click.argument("numbers", type=ACTION, nargs=-1, required=True)
@_BECAUSE
@pass_state
def done(state: State, numbers: tuple[int, ...], because: str) -> None:
    """Say that promises are kept."""
    from advisorlog.workflow import actions as work

    _say(state, work.done(state.log, state.now, numbers, because))


@command.command("drop", examples=['advisorlog action drop 12 --because "the venue changed its rules"'])
@click.argument("numbers", type=ACTION, nargs=-1, required=True)
@_BECAUSE
@pass_state
def drop(state: State, numbers: tuple[int, ...], because: str) -> None:
    """Give promises up; needs --because."""
    from advisorlog.workflow import actions as work

    _say(state, work.drop(state.log, state.now, numbers, because))


@command.command(
    "carry",
    examples=["advisorlog action carry 12 --due 1w", 'advisorlog action carry 12 --because "the cluster was down"'],
)
@click.argument("numbers", type=ACTION, nargs=-1, required=True)
@_DUE
@_BECAUSE
@pass_state
def carry(state: State, numbers: tuple[int, ...], due: date | None, because: str) -> None:
    """Put promises off. The third time needs --because; after that, a promise is done, renegotiated or dropped."""
    from advisorlog.workflow import actions as work

    _say(state, work.carry(state.log, state.now, numbers, due, because))


@command.command(
    "renegotiate",
    examples=['advisorlog action renegotiate 12 --due 2026-12-15 --because "Ann prefers the full sweep first"'],
)
@click.argument("action", type=ACTION)
@_DUE
@_BECAUSE
@pass_state
def renegotiate(state: State, action: int, due: date | None, because: str) -> None:
    """Agree on another date with the other side; needs --because."""
    from advisorlog.workflow import actions as work

    _say(state, [work.renegotiate(state.log, state.now, action, due, because)])


@command.command("reopen", examples=['advisorlog action reopen 12 --because "the seeds were the same"'])
@click.argument("numbers", type=ACTION, nargs=-1, required=True)
@_BECAUSE
@pass_state
def reopen(state: State, numbers: tuple[int, ...], because: str) -> None:
    """Open promises again that were done or dropped."""
    from advisorlog.workflow import actions as work

    _say(state, work.reopen(state.log, state.now, numbers, because))


@command.command("rm", examples=["advisorlog action rm 12", "advisorlog action rm 12 --yes"])
@click.argument("action", type=ACTION)
@yes_option
@pass_state
def rm(state: State, action: int, yes: bool) -> None:
    """Remove a promise as if it had never been made; to give it up, use `drop`."""
    with reading(state.log) as connection:
        found = actions.action(connection, action, state.now)
    confirm_removal(f"TODO {action} ({found.text[:60]})", yes)
    from advisorlog.workflow import actions as work

    work.remove(state.log, state.now, action)
    say_removed(state, f"TODO {action}")


def _say(state: State, written: Sequence[Action]) -> None:
    for action in written:
        due = f", due {_due(action, state.today)}" if action.is_open and action.due else ""
        click.echo(f"TODO {action.id}, {_state(action)}{due}: {one_line(action.text)}")


def _state(action: Action) -> str:
    return str(action.state) + (f" x{action.times_carried}" if action.is_open and action.times_carried > 1 else "")


def _due(action: Action, today: date) -> str:
    if action.due is None:
        return ""
    late = " (late)" if action.is_open and action.due < today else ""
    return f"{day(action.due)}{late}"


def _owner(action: Action) -> str:
    return f"@{action.owner}" if action.owner else ""


def _text(action: Action) -> str:
    return ("~ " if action.visibility is Visibility.PRIVATE else "") + action.text
