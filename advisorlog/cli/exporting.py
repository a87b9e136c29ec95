"""`advisorlog export`: what leaves the log, for others and for other programs."""

from datetime import date
from pathlib import Path

import click

from advisorlog.cli.command import Group
from advisorlog.cli.handing_over import FORMATS
from advisorlog.cli.output import counted, one_line, print_text
from advisorlog.cli.parameters import DAY_GONE, PERSON
from advisorlog.cli.state import State, pass_state


@click.group(
    "export",
    cls=Group,
    examples=["advisorlog export mentee noor -o ~/mentees", "advisorlog export mentee noor --format html -o ~/mentees"],
)
def command() -> None:
    """Write what leaves the log: the pack for a mentee."""


@command.command(
    "mentee",
    examples=[
        "advisorlog export mentee noor -o ~/mentees                      noor-2026-11-24.md, to send",
        "advisorlog export mentee noor --since 2026-10-01 -f html -o ~/mentees",
        "advisorlog export mentee noor --reuse 812 -o ~/mentees          with advice that I was given, and by whom",
    ],
)
@click.argument("name", type=PERSON)
@click.option(
    "--output", "-o", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR",
    help="The folder to write to.",
)  # fmt: skip
@click.option("--since", type=DAY_GONE, metavar="DAY", help="From this day on (default: the last 3 meetings).")
@click.option(
    "--reuse", type=int, multiple=True, metavar="N", help="Advice that I was given, by its number; repeatable."
)
@click.option("--words", type=click.IntRange(60, 5000), help="The budget in words (default: 500).")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="md", help="Default: md.")
@click.option("--send", is_flag=True, help="Keep it, frozen, as what was sent; no mail leaves the program.")
@pass_state
def mentee(
    state: State,
    name: str,
    folder: Path,
    since: date | None,
    reuse: tuple[int, ...],
    words: int | None,
    form: str,
    send: bool,
) -> None:
    """Write one file for a mentee, and another, for you alone, with what was withheld and why.

    Feedback, TODOs, what to study and to search for, questions to check oneself by, the next meeting. Only what was
    said where the mentee was; nothing private, and nothing of another mentee.
    """
    from advisorlog.workflow import mentoring, preparing

    packed = mentoring.pack(state.settings, name, words, since, reuse)
    sent, kept = mentoring.write(packed, folder, form)
    print_text(one_line(str(sent)))
    if packed.withheld:
        state.note(f"{counted(len(packed.withheld), 'record')} withheld: {one_line(str(kept))} says which and why.")
    if send:
        frozen = preparing.send(state.settings, packed.prepared, form)
        state.note(f"Kept as sent to {one_line(frozen.to)}: document {frozen.id}.")
