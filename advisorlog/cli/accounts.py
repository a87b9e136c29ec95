"""`advisorlog meeting record` and `idea report`: one record, written out for others."""

from datetime import date
from pathlib import Path

import click

from advisorlog.cli.command import Command
from advisorlog.cli.handing_over import document_options, hand_over
from advisorlog.cli.parameters import IDEA, MEETING
from advisorlog.cli.state import State, pass_state


@click.command(
    "record",
    cls=Command,
    examples=[
        "advisorlog meeting record                                      of the last meeting",
        "advisorlog meeting record 2026-11-24-zeus-weekly -o record.html",
    ],
)
@click.argument("meeting", type=MEETING, required=False)
@document_options
@pass_state
def record(
    state: State,
    meeting: str | None,
    as_of: date | None,
    words: int | None,
    form: str | None,
    output: Path | None,
    copy: bool,
    send: bool,
) -> None:
    """Write the whole record of a meeting (the last one) for those who were there.

    Agenda, decisions, advice, TODOs, results, questions and notes. Nothing private and no concern is in it.
    """
    from advisorlog.workflow import accounts

    prepared = accounts.record(state.settings, meeting, as_of.isoformat() if as_of else None, words)
    hand_over(state, prepared, form, output, copy, send)


@click.command(
    "report",
    cls=Command,
    examples=[
        "advisorlog idea report zeus-batch",
        "advisorlog idea report zeus-batch --as-of 2026-10-01 -o zeus-batch.html      with its curve",
    ],
)
@click.argument("idea", type=IDEA)
@document_options
@pass_state
def report(
    state: State,
    idea: str,
    as_of: date | None,
    words: int | None,
    form: str | None,
    output: Path | None,
    copy: bool,
    send: bool,
) -> None:
    """Write one idea for a reader who was not there: its claim, where it stands, what moved it and why.

    Nothing private is in it, no mood, and nothing that was said to a mentee.
    """
    from advisorlog.workflow import accounts

    prepared = accounts.idea(state.settings, idea, as_of.isoformat() if as_of else None, words)
    hand_over(state, prepared, form, output, copy, send)
