"""`advisorlog brief` and `todo`: the documents around a meeting."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisorlog.cli.command import Command
from advisorlog.cli.output import counted, one_line
from advisorlog.cli.parameters import DAY_GONE, MEETING, PROJECT, SERIES
from advisorlog.cli.state import State, pass_state

if TYPE_CHECKING:
    from advisorlog.workflow.preparing import Prepared

FORMATS = ("md", "text", "html", "json")


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    """What every document's command takes."""
    for option in reversed(
        (
            click.option("--as-of", type=DAY_GONE, metavar="DAY", help="As the log stood at the end of this day."),
            click.option("--words", type=click.IntRange(60, 5000), help="The budget in words."),
            click.option(
                "--format", "-f", "form", type=click.Choice(FORMATS), help="Default: md, or by FILE's ending."
            ),
            click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE."),
            click.option("--copy", is_flag=True, help="Put it on the clipboard."),
            click.option("--send", is_flag=True, help="Keep it, frozen, as what was sent; no mail leaves the program."),
        )
    ):
        function = option(function)
    return function


@click.command(
    "brief",
    cls=Command,
    examples=[
        "advisorlog brief                                   for the next meeting",
        "advisorlog brief zeus-weekly --copy --send         on the clipboard, and frozen as sent",
        "advisorlog brief zeus-weekly --as-of 2026-09-15    as it would have read then",
        "advisorlog brief --words 200 -o brief.html",
        "advisorlog brief --private                         your own prep sheet",
    ],
)
@click.argument("series", type=SERIES, required=False)
@_options
@click.option("--private", is_flag=True, help="The prep sheet, for you alone, instead.")
@pass_state
def brief(
    state: State,
    series: str | None,
    as_of: date | None,
    words: int | None,
    form: str | None,
    output: Path | None,
    copy: bool,
    send: bool,
    private: bool,
) -> None:
    """Write the context that a reader who remembers nothing needs before the meeting.

    Of SERIES, else of the one in your settings, else of the next meeting's. Nothing private is in it.
    """
    from advisorlog.workflow import preparing

    if private and send:
        raise click.UsageError("The prep sheet is for you alone: it is not sent.")
    day = as_of.isoformat() if as_of else None
    prepared = preparing.brief(state.settings, series, day, words, private)
    _hand_over(state, prepared, form, output, copy, send)


@click.command(
    "todo",
    cls=Command,
    examples=[
        "advisorlog todo                                     after the last meeting",
        "advisorlog todo 2026-11-24-zeus-weekly --copy --send",
        "advisorlog todo --format html -o todo.html",
    ],
)
@click.argument("meeting", type=MEETING, required=False)
@_options
@pass_state
def todo(
    state: State,
    meeting: str | None,
    as_of: date | None,
    words: int | None,
    form: str | None,
    output: Path | None,
    copy: bool,
    send: bool,
) -> None:
    """Write what is to be kept of a meeting (the last one): takeaways, TODOs, what to expect next time."""
    from advisorlog.workflow import preparing

    day = as_of.isoformat() if as_of else None
    prepared = preparing.todo(state.settings, meeting, day, words)
    _hand_over(state, prepared, form, output, copy, send)


@click.command(
    "report",
    cls=Command,
    examples=[
        "advisorlog report --since 2026-09-01                how all ideas moved this term",
        "advisorlog report --since 2026-09-01 --as-of 2026-11-01 --project zeus -o term.html",
    ],
)
@click.option("--since", type=DAY_GONE, metavar="DAY", required=True, help="The first day of the term.")
@click.option("--project", "-p", type=PROJECT, help="Only this project's ideas.")
@_options
@pass_state
def report(
    state: State,
    since: date,
    project: str | None,
    as_of: date | None,
    words: int | None,
    form: str | None,
    output: Path | None,
    copy: bool,
    send: bool,
) -> None:
    """Write how all ideas moved since a day: what was settled, what rose and fell and why, what was ruled out.

    Nothing private is in it, and no mood.
    """
    from advisorlog.workflow import preparing

    prepared = preparing.report(state.settings, since, as_of.isoformat() if as_of else None, words, project)
    _hand_over(state, prepared, form, output, copy, send)


def _hand_over(
    state: State, prepared: "Prepared", form: str | None, output: Path | None, copy: bool, send: bool
) -> None:
    """Print the document, write it, or put it on the clipboard; then freeze it as sent where that is wanted."""
    from advisorlog.workflow import writing_out

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
