"""What `advisorlog` does without a command: the full-screen program, or where to start."""

import os
import sys

import click

from advisorlog.cli.output import counted, one_line, when
from advisorlog.cli.state import State

WELCOME = """\
advisorlog is the memory that your advisor has no time to keep.

  advisorlog demo                      see it work on a sample log; touches nothing of yours
  advisorlog import FOLDER             bring in Markdown notes
  advisorlog project new "Zeus"        or start from nothing
  advisorlog series new "Zeus weekly" --with "Ann Advisor" --every tue --at 14:00 --project zeus
  advisorlog --help                    everything else"""

NEXT_STEPS = """\
  advisorlog add "! ..."     capture a line (! advice, = decision, ? question, [] TODO)
  advisorlog brief           what to send before the next meeting
  advisorlog todo            what to send after the last one
  advisorlog --help          everything else"""


def start(state: State) -> None:
    """Open the full-screen program where there is a terminal to open it in; else print the overview."""
    if sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        from advisorlog.tui.app import main

        main(state.settings)
        return
    if not state.log.exists():
        click.echo(WELCOME)
        return
    for line in _standing(state):
        click.echo(line)
    click.echo()
    click.echo(NEXT_STEPS)


def _standing(state: State) -> list[str]:
    from advisorlog.store.connection import reading
    from advisorlog.store.reading import actions, meetings

    with reading(state.log) as connection:
        under_way = meetings.under_way(connection, state.now)
        coming = meetings.next_after(connection, None, state.now)
        last = meetings.last_held(connection, None, state.now)
        promises = actions.open_actions(connection, state.now)
    lines: list[str] = []
    if under_way:
        lines.append(f"Now: {one_line(under_way.name)}, since {when(under_way.starts)}")
    if coming:
        lines.append(f"Next: {one_line(coming.name)}, {when(coming.starts)} ({coming.slug})")
    if last:
        lines.append(f"Last: {one_line(last[0].name)}, {when(last[0].starts)} ({last[0].slug})")
    mine = [action for action in promises if action.is_mine]
    late = [action for action in mine if action.due and action.due < state.today]
    of_others = len(promises) - len(mine)
    open_ones = f"Open: {counted(len(mine), 'promise')} of yours"
    open_ones += f", {len(late)} late" if late else ""
    open_ones += f"; {of_others} of others" if of_others else ""
    return [*lines, open_ones]
