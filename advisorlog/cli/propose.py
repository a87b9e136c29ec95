"""`advisorlog propose`: entries out of pasted notes or a transcript."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisorlog.cli.assisting import helper_for, show_prompt_option, tell_gate
from advisorlog.cli.command import Command
from advisorlog.cli.output import Form, counted, one_line, print_json
from advisorlog.cli.parameters import MEETING, PROJECT, json_option
from advisorlog.cli.state import State, pass_state, refuse

if TYPE_CHECKING:
    from advisorlog.workflow.proposing import Offer


@click.command(
    "propose",
    cls=Command,
    examples=[
        "advisorlog propose notes.txt",
        "advisorlog propose notes.txt --review --meeting 2026-11-24-zeus-weekly",
        "advisorlog propose - < transcript.txt",
    ],
)
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), default="-")
@click.option("--review", is_flag=True, help="Go through them one by one; what you accept is stored.")
@click.option("--meeting", "-m", type=MEETING, help="The meeting that accepted lines belong to.")
@click.option("--project", "-p", type=PROJECT, help="Their project, where no meeting says it.")
@click.option("--assist", is_flag=True, help="Ask the model that you set up too.")
@show_prompt_option
@json_option
@pass_state
def command(
    state: State,
    file: Path,
    review: bool,
    meeting: str | None,
    project: str | None,
    assist: bool,
    show_prompt: bool,
    form: Form,
) -> None:
    """Propose entries from free notes or a transcript: in FILE, or on stdin.

    Advice, decisions, results, takeaways, questions, and TODOs with owner and day, each with the line that it comes
    from. By rules on this machine, unless --assist says otherwise; nothing is stored without --review and your yes.
    """
    from advisorlog.workflow import proposing

    notes = _notes(file)
    found = _by_model(state, notes, show_prompt) if assist or show_prompt else proposing.by_rules(state.settings, notes)
    if form is Form.JSON:
        print_json([_plain(each) for each in found])
    elif review:
        _review(state, found, file, meeting, project)
    else:
        for each in found:
            click.echo(one_line(each.line))
            click.echo(f"    {_source(file, each)}")
        state.note(f"{counted(len(found), 'proposal')}. --review stores what you accept." if found else _NOTHING)


def _by_model(state: State, notes: str, show_prompt: bool) -> "list[Offer]":
    from advisorlog.workflow.assisting import helping

    offered = helping.entries_from(helper_for(state, "propose", show_prompt), notes)
    tell_gate(state, offered.dropped)
    return list(offered.offers)


_NOTHING = "Nothing here looks like advice, a decision, a result, a question or a TODO."


def _review(state: State, found: "list[Offer]", file: Path, meeting: str | None, project: str | None) -> None:
    from advisorlog.cli.reviewing import Proposed, review
    from advisorlog.workflow import proposing
    from advisorlog.workflow.capture import Captured, Place

    def keep(number: int, line: str) -> None:
        place = Place(state.present(), meeting, project, found[number].origin)
        stored = proposing.accept(state.settings, line, place, state.present())
        if isinstance(stored, Captured):
            where = one_line(stored.meeting_name or stored.meeting or "") or "the inbox"
            state.note(f"     {stored.kind} {stored.entry_id}, to {where}")

    kept = review(
        state, [Proposed(each.line, _source(file, each)) for each in found], keep, stdin_is_taken=str(file) == "-"
    )
    state.note(f"{counted(kept, 'line')} stored, of {len(found)} proposed." if found else _NOTHING)


def _source(file: Path, offer: "Offer") -> str:
    name = "stdin" if str(file) == "-" else one_line(str(file))
    quoted = f": “{one_line(offer.proposal.text)}”" if offer.proposal.text not in offer.line else ""
    return f"{name}:{offer.at}{quoted} ({one_line(offer.proposal.why)})"


def _plain(offer: "Offer") -> dict[str, object]:
    return {**asdict(offer.proposal), "line": offer.line, "line_number": offer.at, "origin": offer.origin}


def _notes(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace").removeprefix("\ufeff")
    try:
        return file.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")
    except OSError as error:
        refuse(f"{file} can't be read: {error.strerror}", "Name a text file, or - for stdin")
