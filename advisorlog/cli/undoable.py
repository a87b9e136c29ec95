"""What every command that writes says, and asks, about taking things back."""

import sys

import click

from advisorlog.cli.output import one_line
from advisorlog.cli.state import State

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
