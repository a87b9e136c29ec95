"""`advisorlog brief` and `todo`: the documents around a meeting."""

from datetime import date
from pathlib import Path

import click

from advisorlog.cli.assisting import arranging, assist_options
from advisorlog.cli.command import Command
from advisorlog.cli.handing_over import document_options, hand_over
from advisorlog.cli.parameters import DAY_GONE, MEETING, PROJECT, SERIES
from advisorlog.cli.state import State, pass_state


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
@document_options
@click.option("--private", is_flag=True, help="The prep sheet, for you alone, instead.")
@assist_options
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
    assist: bool,
    review: bool,
    show_prompt: bool,
) -> None:
    """Write the context that a reader who remembers nothing needs before the meeting.

    Of SERIES, else of the one in your settings, else of the next meeting's. Nothing private is in it.
    """
    from advisorlog.workflow import preparing

    if private and send:
        raise click.UsageError("The prep sheet is for you alone: it is not sent.")
    day = as_of.isoformat() if as_of else None
    if private and (assist or show_prompt):
        raise click.UsageError("The prep sheet is for you alone: no model sees it.")
    arranged = arranging(state, assist, review, show_prompt, send)
    prepared = preparing.brief(state.settings, series, day, words, private, *arranged)
    hand_over(state, prepared, form, output, copy, send)


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
@document_options
@assist_options
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
    assist: bool,
    review: bool,
    show_prompt: bool,
) -> None:
    """Write what is to be kept of a meeting (the last one): takeaways, TODOs, what to expect next time."""
    from advisorlog.workflow import preparing

    day = as_of.isoformat() if as_of else None
    arranged = arranging(state, assist, review, show_prompt, send)
    prepared = preparing.todo(state.settings, meeting, day, words, *arranged)
    hand_over(state, prepared, form, output, copy, send)


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
@document_options
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
    hand_over(state, prepared, form, output, copy, send)
