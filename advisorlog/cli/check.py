"""`advisorlog check`: the stateless check on any text."""

import sys
from pathlib import Path

import click

from advisorlog.cli.command import Command
from advisorlog.cli.output import Form, counted, one_line, plain, print_json
from advisorlog.cli.parameters import json_option
from advisorlog.cli.state import State, pass_state, refuse


@click.command(
    "check",
    cls=Command,
    examples=[
        "advisorlog check brief.md",
        "advisorlog brief | advisorlog check -",
        "advisorlog check --no-language draft.md --json",
    ],
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), default="-")
@click.option(
    "--language/--no-language",
    default=None,
    help="Judge language too (claims without numbers, length) or not; else as `check_language` in the settings says.",
)
@json_option
@pass_state
def command(state: State, file: Path, language: bool | None, form: Form) -> None:
    """Find what a reader who remembers nothing can't follow: in FILE, or in what comes on stdin.

    Exits with 1 where it found something.
    """
    from advisorlog.workflow import checking

    text = _text(file)
    found = checking.check(state.settings, text, language=language)
    if form is Form.JSON:
        print_json([plain(each) for each in found])
    else:
        name = "stdin" if str(file) == "-" else one_line(str(file))
        for each in found:
            click.echo(f"{name}:{each.line}:{each.start + 1}: “{one_line(each.words)}”: {each.why}")
            click.echo(f"    {each.suggestion}")
    state.note(f"{counted(len(found), 'finding')}." if found else "A cold reader can follow this.")
    if found:
        raise click.exceptions.Exit(1)


def _text(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        refuse(f"{file} can't be read: {error.strerror}", "Name a text file, or - for stdin")
