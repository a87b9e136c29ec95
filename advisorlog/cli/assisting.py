"""What commands that ask a model share: its options, its progress, what it may say, and `--show-prompt`."""

import json
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from advisorlog.cli.output import one_line
from advisorlog.cli.state import State

if TYPE_CHECKING:
    from advisorlog.assist.asking import Question
    from advisorlog.assist.grounding import Grounded
    from advisorlog.documents.document import Document
    from advisorlog.workflow.assisting import Helper
    from advisorlog.workflow.preparing import Arrange

show_prompt_option = click.option(
    "--show-prompt", is_flag=True, help="Print exactly what would be sent to the model; send nothing."
)


def assist_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--assist`, `--review` and `--show-prompt`."""
    for option in (
        show_prompt_option,
        click.option("--review", is_flag=True, help="With --assist: go through its choices line by line."),
        click.option("--assist", is_flag=True, help="Let the model that you set up choose and order the lines."),
    ):
        function = option(function)
    return function


def helper_for(state: State, task: str, show_prompt: bool) -> "Helper":
    """The way to the model for one task. Raises AdvisorlogError where it is not switched on."""
    from advisorlog.workflow.assisting import Helper, require

    if not show_prompt:
        require(state.settings, task)
    watched = sys.stderr.isatty() and not state.quiet
    return Helper(
        state.settings,
        task,
        say=lambda text: state.note(one_line(text)),
        seen=_progress if watched else _unseen,
        look=_print_prompt if show_prompt else None,
    )


def arranging(state: State, assist: bool, review: bool, show_prompt: bool, send: bool) -> "tuple[Arrange, ...]":
    """What arranges a document: the model where that was asked for, else nothing."""
    if not (assist or show_prompt):
        if review:
            raise click.UsageError("--review goes with --assist.")
        return ()
    if send and not review:
        raise click.UsageError("What a model arranged is sent only after you went through it: --review.")

    def arrange(document: "Document") -> "Document":
        from advisorlog.workflow.assisting import condensing

        lines = condensing.lines(helper_for(state, "condense", show_prompt), document, state.now)
        tell_gate(state, lines)
        return condensing.arranged(document, accepted(state, lines) if review else lines)

    return (arrange,)


def accepted(state: State, lines: "Sequence[Grounded]", *, stdin_is_taken: bool = False) -> "list[Grounded]":
    """The lines to which the user says yes, one by one; what the gate dropped is not asked about."""
    from advisorlog.assist.grounding import Shown
    from advisorlog.cli.reviewing import Proposed, review

    offered = [each for each in lines if each.sentence is not None and each.shown is not Shown.DROPPED]
    chosen: list[Grounded] = []
    review(
        state,
        [Proposed(each.text, sourced(each)) for each in offered],
        lambda number, _: chosen.append(offered[number]),
        stdin_is_taken=stdin_is_taken,
    )
    return chosen


def tell_gate(state: State, lines: "Sequence[Grounded]") -> None:
    """What the gate did not let through, with why; no line vanishes without a word."""
    from advisorlog.assist.grounding import Shown

    for each in lines:
        if each.shown in (Shown.DROPPED, Shown.FELL_BACK):
            state.note(f"{each.shown}: “{one_line(each.text)}”: {one_line(each.why)}")


def sourced(line: "Grounded") -> str:
    """A line with the record that it is traceable to."""
    assert line.sentence is not None
    record = line.sentence.record
    return f"{one_line(line.text)}  [{record.kind} {record.id}]"


def _print_prompt(question: "Question[Any]") -> None:
    click.echo(json.dumps({"messages": question.messages(), "schema": question.schema}, ensure_ascii=False, indent=2))
    raise click.exceptions.Exit(0)


def _progress(characters: int) -> None:
    click.echo(f"\r{characters} characters so far; Ctrl-C goes on without the model ", err=True, nl=False)


def _unseen(characters: int) -> None:
    """Nobody watches."""
