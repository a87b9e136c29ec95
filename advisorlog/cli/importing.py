"""`advisorlog import`."""

from pathlib import Path

import click

from advisorlog.cli.command import Command
from advisorlog.cli.output import Form, one_line, plain, print_json
from advisorlog.cli.parameters import Texts, json_option
from advisorlog.cli.progress import progress
from advisorlog.cli.state import State, pass_state


class FormatName(Texts):
    """The name of a format; what names there are is looked up only when one is given."""

    name = "format"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from advisorlog.vault.formats import names

        if value.lower() not in names():
            self.fail(f"“{value}” is no format that I know: {', '.join(names())}", param, ctx)
        return value.lower()


@click.command(
    "import",
    cls=Command,
    examples=[
        "advisorlog import notes/ --dry-run        what would come in",
        "advisorlog import notes/",
        "advisorlog import ~/vault/meetings/2026-11-24.md",
        "advisorlog import ~/jrnl.txt ~/todo/todo.txt",
        "task export > tasks.json && advisorlog import tasks.json",
        "advisorlog import call.txt --as transcript",
        "advisorlog import calendar.ics --dry-run      which series and meetings a calendar has",
        "advisorlog import calendar.ics --only Zeus",
    ],
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "wanted", type=FormatName(), help="The format, where a file's text does not say it.")
@click.option(
    "--only", multiple=True, metavar="TITLE", help="Of a calendar, only events with TITLE in their title; repeatable."
)
@click.option("--dry-run", is_flag=True, help="Say what would come in; write nothing.")
@json_option
@pass_state
def command(
    state: State, paths: tuple[Path, ...], wanted: str | None, only: tuple[str, ...], dry_run: bool, form: Form
) -> None:
    """Bring in notes: files, or folders with all that is below them.

    Files with our front matter become the records that they describe; any other note becomes a meeting or notes.
    Files of other tools are known by their text: jrnl, Taskwarrior's export, todo.txt, org, posts of Jekyll,
    transcripts, calendars (.ics). Of a calendar, recurring events with other people become series, and single ones that
    lie ahead become meetings. Templates, with `date: {{date}}` still to be filled in, are left out. What came in before
    is brought up to date, never doubled. What is wrong with a file is reported with its line, and stops no other; the
    exit code is 1 then.
    """
    from advisorlog.workflow.importing import import_paths

    with progress(state, "Importing") as tell:
        report = import_paths(state.settings, list(paths), dry_run, tell, wanted, only)
    if form is Form.JSON:
        print_json(plain(report))
    else:
        for line in report.lines():
            click.echo(one_line(line))
    if report.problems:
        raise click.exceptions.Exit(1)
