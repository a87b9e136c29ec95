"""`advisorlog attach`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisorlog.cli.command import Command
from advisorlog.cli.lines import attachment_line
from advisorlog.cli.output import Form, one_line, plain, print_json
from advisorlog.cli.parameters import json_option
from advisorlog.cli.state import State, pass_state
from advisorlog.domain.kinds import Visibility

if TYPE_CHECKING:
    from advisorlog.workflow.attaching import Attached

STDIN = Path("-")


@click.command(
    "attach",
    cls=Command,
    examples=[
        "advisorlog attach board.jpg notes.pdf                      to the meeting under way, else the last one",
        "advisorlog attach board.jpg --to 2026-11-24-zeus-weekly",
        'advisorlog attach plot.png --to "#zeus-batch" --caption "+ The knee moves with the batch"',
        "advisorlog attach proof.jpg --to 12                        to a line, by its number",
        "advisorlog attach - --name board.jpg < board.jpg",
    ],
)
@click.argument("file", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--to", "target", metavar="TARGET", help="What it belongs to: a line's number, a meeting, #idea, @person."
)
@click.option("--caption", metavar="LINE", help="A line of the log that it hangs on; the signs of `add` count in it.")
@click.option("--name", help="Its name, where it comes from stdin or is to have another.")
@click.option("--open", "is_open", is_flag=True, help="Others may see it: exports take it along.")
@json_option
@pass_state
def command(
    state: State,
    file: tuple[Path, ...],
    target: str | None,
    caption: str | None,
    name: str | None,
    is_open: bool,
    form: Form,
) -> None:
    """Keep copies of files in the log: photographs of a whiteboard, handwritten pages, PDFs. “-” reads stdin.

    They belong to the meeting given, else to the one under way, else to the last one. On an idea, a person or a
    project they hang on a line that mentions it: the caption, or their names. They are private, and so is that line,
    unless you say --open. The same content is stored once. A file that can't be attached is named, the others are
    attached all the same, and the exit code is 1.
    """
    from advisorlog.workflow import attaching as work

    if name is not None and len(file) > 1:
        raise click.UsageError("--name is for one file.")
    if STDIN in file and (len(file) > 1 or not name):
        raise click.UsageError("What comes from stdin needs a --name, and no other file beside it.")
    manner = work.Manner(target, caption, Visibility.OPEN if is_open else Visibility.PRIVATE)
    if file == (STDIN,):
        results = work.attach_stream(state.log, state.now, sys.stdin.buffer, name or "", manner)
    else:
        wanted = [work.given(each) if name is None else work.Given(each, name) for each in file]
        results = work.attach(state.log, state.now, wanted, manner)
    attached = [each for each in results if isinstance(each, work.Attached)]
    refused = [each for each in results if isinstance(each, work.Refused)]
    for each in attached if form is Form.TEXT else ():
        _tell(each)
    for each in refused:
        click.echo(f"error: “{one_line(each.file)}” was not attached: {one_line(each.why).rstrip('.')}.", err=True)
    if form is Form.JSON:
        print_json(
            {
                "attached": [plain(each.attachment, "is_private", is_new=each.is_new) for each in attached],
                "refused": [plain(each) for each in refused],
            }
        )
    if refused:
        raise click.exceptions.Exit(1)


def _tell(attached: "Attached") -> None:
    found = attached.attachment
    where = f"line {found.entry_id}" if found.entry_id else one_line(found.meeting or "")
    there = f"to {where}" if attached.is_new else f"was attached to {where} already"
    click.echo(f"{attachment_line(found)}, {there}")
