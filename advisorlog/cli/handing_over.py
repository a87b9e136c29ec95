"""What every document's command takes, and how a document is handed over: printed, written, copied, kept as sent."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisorlog.cli.output import counted, one_line
from advisorlog.cli.parameters import DAY_GONE
from advisorlog.cli.state import State

if TYPE_CHECKING:
    from advisorlog.workflow.preparing import Prepared

FORMATS = ("md", "text", "html", "json")


def document_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """What every document's command takes."""
    for option in reversed(
        (
            click.option("--as-of", type=DAY_GONE, metavar="DAY", help="As the log stood at the end of this day."),
            click.option("--words", type=click.IntRange(60, 5000), help="The budget in words."),
            click.option(
                "--format", "-f", "form", type=click.Choice(FORMATS), help="Default: md, or by FILE's ending."
            ),
            click.option(
                "--output",
                "-o",
                type=click.Path(path_type=Path, dir_okay=False),
                help="Write to FILE, or - for stdout.",
            ),
            click.option("--copy", is_flag=True, help="Put it on the clipboard."),
            click.option("--send", is_flag=True, help="Keep it, frozen, as what was sent; no mail leaves the program."),
        )
    ):
        function = option(function)
    return function


def hand_over(
    state: State, prepared: "Prepared", form: str | None, output: Path | None, copy: bool, send: bool
) -> None:
    """Print the document, write it, or put it on the clipboard; then freeze it as sent where that is wanted."""
    from advisorlog.workflow import writing_out

    output = None if str(output) == "-" else output
    chosen = form or writing_out.form_of(output)
    text = prepared.rendered(chosen)
    if output is not None:
        writing_out.write(output, text)
        state.note(f"Written to {one_line(str(output))}.")
    if copy:
        _copy(text)
        state.note("It is on the clipboard.")
    if output is None and not copy:
        click.echo(text.rstrip("\n").encode("utf-8") if chosen == "json" else text.rstrip("\n"))
    if send:
        from advisorlog.workflow import preparing

        sent = preparing.send(state.settings, prepared, chosen)
        to = f" to {one_line(sent.to)}" if sent.to else ""
        state.note(f"Kept as sent{to}: document {sent.id}, sha256 {sent.sha256[:12]}.")
    _say_hints(state, prepared)


def _say_hints(state: State, prepared: "Prepared") -> None:
    """What the writer should know, and no reader."""
    for hint in prepared.document.hints:
        state.note(f"hint: {one_line(hint)}")
    if prepared.document.withheld:
        state.note(f"{counted(prepared.document.withheld, 'private line')} left out.")


def _copy(text: str) -> None:
    import pyperclip

    from advisorlog.errors import AdvisorlogError

    try:
        pyperclip.copy(text)
    except pyperclip.PyperclipException as error:
        raise AdvisorlogError("There is no clipboard here", "Use -o FILE, or pipe the output to a program") from error
