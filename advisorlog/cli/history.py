"""`advisorlog undo`, `redo` and `history`."""

import click

from advisorlog.cli.command import Command
from advisorlog.cli.output import Form, counted, one_line, plain, print_json, print_table, when
from advisorlog.cli.parameters import json_option
from advisorlog.cli.state import State, pass_state
from advisorlog.domain.kinds import RecordKind
from advisorlog.errors import AdvisorlogError
from advisorlog.store import names
from advisorlog.store import undo as changes
from advisorlog.store.connection import reading
from advisorlog.store.undo import Change

_NUMBERED = (RecordKind.ENTRY, RecordKind.ACTION, RecordKind.IDEA_EVENT, RecordKind.DOCUMENT)


@click.command("undo", cls=Command, examples=["advisorlog undo", "advisorlog undo 41"])
@click.argument("change", type=click.IntRange(1, 2**62), required=False)
@pass_state
def undo(state: State, change: int | None) -> None:
    """Take back the last change, or the one with this number (`advisorlog history` shows them)."""
    from advisorlog.workflow.history import take_back

    taken = take_back(state.log, state.now, change)
    click.echo(f"Undone: {one_line(taken.command)} ({_touched(taken)})")
    state.note("`advisorlog redo` brings it back.")


@click.command("redo", cls=Command, examples=["advisorlog redo"])
@pass_state
def redo(state: State) -> None:
    """Bring back what the last undo took."""
    from advisorlog.workflow.history import bring_back

    brought = bring_back(state.log, state.now)
    click.echo(f"Redone: {one_line(brought.command)} ({_touched(brought)})")


@click.command(
    "history",
    cls=Command,
    examples=["advisorlog history", "advisorlog history idea zeus-batch", "advisorlog history action 12 --json"],
)
@click.argument("record", type=click.Choice([kind.value for kind in RecordKind]), required=False)
@click.argument("name", required=False)
@click.option("--limit", "-n", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@json_option
@pass_state
def history(state: State, record: str | None, name: str | None, limit: int, form: Form) -> None:
    """What changed, newest first; of one record where it is named."""
    with reading(state.log) as connection:
        wanted = None
        if record is not None:
            if name is None:
                raise click.UsageError(f"Which {record}? `advisorlog history {record} NAME`.")
            kind = RecordKind(record)
            wanted = (
                kind,
                _number(name) if kind in _NUMBERED else names.resolve(connection, record, name.lstrip("#@")),
            )
        found = changes.history(connection, limit, wanted)
    if form is Form.JSON:
        print_json([plain(change) for change in found])
        return
    print_table(
        ("NO", "WHEN", "COMMAND", "CHANGED"),
        [(str(each.id), when(each.moment), _command(each), _touched(each)) for each in found],
    )
    if not found:
        state.note("Nothing has changed yet.")


def _number(name: str) -> int:
    if not name.isdecimal() or len(name) > 18:
        raise AdvisorlogError(f"“{name}” is no number", "Lists show the numbers in their first column")
    return int(name)


def _command(change: Change) -> str:
    if change.undoes_id is not None:
        return f"{change.command} (took back {change.undoes_id})"
    return f"{change.command} (undone)" if change.undone else change.command


_VERBS = {changes.Op.INSERT: "added", changes.Op.UPDATE: "changed", changes.Op.DELETE: "removed"}


def _touched(change: Change) -> str:
    shown = [
        f"{counted(each.rows, each.record.replace('_', ' '), _plural(each.record))} {_VERBS[each.op]}"
        for each in change.touched[:4]
    ]
    rest = len(change.touched) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")


def _plural(record: str) -> str:
    word = record.replace("_", " ")
    if word.endswith(("series", "evidence")):
        return word
    if word.endswith("person"):
        return word.removesuffix("person") + "people"
    return word[:-1] + "ies" if word.endswith("y") else word + "s"
