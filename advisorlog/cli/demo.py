"""`advisorlog demo`."""

import click

from advisorlog.cli.command import Command
from advisorlog.cli.state import State, pass_state

NEXT = """
That was the brief of a sample log: the two years of a PhD student. Look around in it:
  advisorlog demo --tui
  advisorlog --db {log} search baseline
  advisorlog --db {log} idea list
Start your own:
  advisorlog project new "My project"
  advisorlog series new "Weekly" --with "Ann Advisor" --every tue --at 14:00 --project my-project
  advisorlog import FOLDER                       or bring in the notes that you have"""


@click.command(
    "demo", cls=Command, examples=["advisorlog demo", "advisorlog demo --tui     open it on the whole terminal"]
)
@click.option("--tui", is_flag=True, help="Open the sample on the whole terminal.")
@pass_state
def command(state: State, tui: bool) -> None:
    """Show a realistic sample log: print its brief, then say how to start your own. Touches nothing of yours."""
    from dataclasses import replace

    from advisorlog.workflow import preparing, sample

    log = sample.log(state.settings)
    settings = replace(state.settings, log=log, series="")
    if tui:
        from advisorlog.tui.app import main

        main(settings)
        return
    prepared = preparing.brief(settings, None, None, None, False)
    click.echo(prepared.rendered("md").rstrip("\n"))
    state.note(NEXT.format(log=log))
