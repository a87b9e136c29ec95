"""`advisorlog` itself."""

import click

from advisorlog.cli.command import Root
from advisorlog.cli.state import State, pass_state


def _print_version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("advisorlog")
        except PackageNotFoundError:
            number = "(from a source tree)"
        click.echo(f"advisorlog {number}")
        context.exit()


@click.group(
    cls=Root,
    name="advisorlog",
    invoke_without_command=True,
    examples=[
        "advisorlog demo                                   see it work on a sample log",
        'advisorlog project new "Zeus"                     start your own',
        'advisorlog add "! Compare with DVFS first #zeus-batch ^fri"',
        "advisorlog brief                                  before the next meeting",
        "advisorlog                                        during it: the terminal UI",
    ],
)
@click.option(
    "--version",
    "-V",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version.",
)
@click.pass_context
@pass_state
def root(state: State, context: click.Context) -> None:
    """The memory that your advisor has no time to keep.

    Before a meeting it writes the context that a reader who remembers nothing needs; during it, it captures; after
    it, it leaves a few takeaways and TODOs. Without a command it opens the terminal UI; where there is no terminal,
    it prints where things stand.

    Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 130 interrupted.
    """
    if context.invoked_subcommand is None:
        from advisorlog.cli.overview import start

        start(state)
