"""What every command that writes says, and asks, about taking things back."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from advisorlog.cli.output import one_line
from advisorlog.cli.state import State

if TYPE_CHECKING:
    from advisorlog.workflow.people import Made

HOW = "`advisorlog undo` takes it back."


def confirm_removal(what: str, yes: bool) -> None:
    """Ask on a terminal before something is removed; elsewhere `--yes` has to say so."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(f"This removes {one_line(what)}: add --yes.")
    click.confirm(f"Remove {one_line(what)}?", abort=True, err=True)


def say_removed(state: State, what: str) -> None:
    state.note(f"Removed {one_line(what)}. {HOW}")


def say_adopted(state: State, name: str, lines: int) -> None:
    """How many lines that named a record before it was made count for it now."""
    if lines:
        state.note(f"{lines} earlier {'line counts' if lines == 1 else 'lines count'} for {one_line(name)} now.")


def say_new_people(state: State, made: "Iterable[Made]") -> None:
    """Who is in the log now because a series or a meeting named them."""
    for person in made:
        state.note(f"New person: @{one_line(person.name)}.")
        say_adopted(state, f"@{person.name}", person.adopted)
