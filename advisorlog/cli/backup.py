"""`advisorlog backup` and `restore`."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from advisorlog.cli.command import Command
from advisorlog.cli.output import Form, one_line, print_json, print_table
from advisorlog.cli.parameters import json_option, yes_option
from advisorlog.cli.state import State, pass_state
from advisorlog.domain.moments import Moment, moment_of
from advisorlog.store import backup as backups

_LIST = click.option("--list", "listing", is_flag=True, help="Show the backups instead.")


@click.command(
    "backup",
    cls=Command,
    examples=["advisorlog backup", "advisorlog backup -o /media/usb/log.db", "advisorlog backup --list --json"],
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Where to (default: beside the log).")
@_LIST
@json_option
@pass_state
def backup(state: State, output: Path | None, listing: bool, form: Form) -> None:
    """Write a checked copy of the log. One a day is written by itself; those that you ask for are never removed."""
    if listing:
        _print_list(state, form)
        return
    target = output / f"{state.log.stem}-{state.now.local:%Y%m%d-%H%M%S}.db" if output and output.is_dir() else output
    written = backups.write(state.log, "manual", target)
    if form is Form.JSON:
        print_json({"path": written, "bytes": written.stat().st_size})
    else:
        click.echo(str(written))


@click.command(
    "restore",
    cls=Command,
    examples=[
        "advisorlog restore --list",
        "advisorlog restore",
        "advisorlog restore log-2026-11-23-daily.db",
    ],
)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@_LIST
@yes_option
@json_option
@pass_state
def restore(state: State, file: Path | None, listing: bool, yes: bool, form: Form) -> None:
    """Put a backup (the newest sound one, or FILE) in the log's place; the present log is kept beside it."""
    if listing:
        _print_list(state, form)
        return
    if file is not None and not file.exists() and (beside := backups.folder(state.log) / file.name).exists():
        file = beside
    if state.log.exists() and not yes:
        what = f"Put {one_line(str(file or 'the newest backup'))} in the place of {one_line(str(state.log))}?"
        if not sys.stdin.isatty():
            raise click.UsageError("This replaces the log (the present one is kept beside it): add --yes.")
        click.confirm(what, abort=True, err=True)
    used, kept = backups.restore(state.log, file)
    if form is Form.JSON:
        print_json({"restored": used, "kept": kept})
        return
    click.echo(str(used))
    state.note(f"Restored to {one_line(str(state.log))}.")
    if kept:
        state.note(f"The log that was there is kept as {one_line(str(kept))}.")


def _print_list(state: State, form: Form) -> None:
    found = backups.listed(state.log)
    if form is Form.JSON:
        print_json([{"path": path, "bytes": path.stat().st_size, **_moment(state, path)} for path in found])
        return
    print_table(
        ("WRITTEN", "SIZE", "FILE"),
        [
            (f"{_written(state, path).local:%Y-%m-%d %H:%M}", f"{path.stat().st_size / 1024:.0f} kB", str(path))
            for path in found
        ],
    )
    if not found:
        state.note(f"There is no backup yet; they would be in {one_line(str(backups.folder(state.log)))}.")


def _written(state: State, path: Path) -> Moment:
    return moment_of(datetime.fromtimestamp(path.stat().st_mtime, UTC), state.settings.zone)


def _moment(state: State, path: Path) -> dict[str, object]:
    return {"written": _written(state, path)}
