"""`advisorlog vault`: a folder of Markdown files that goes along with the log."""

import time
from pathlib import Path

import click

from advisorlog.cli.command import Group
from advisorlog.cli.output import Form, one_line, plain, print_json
from advisorlog.cli.parameters import json_option
from advisorlog.cli.progress import progress
from advisorlog.cli.state import State, pass_state

PAUSE = 1.0
"""Seconds between two looks of --watch."""


@click.group("vault", cls=Group, examples=["advisorlog vault sync ~/vault", "advisorlog vault sync ~/vault --watch"])
def command() -> None:
    """A folder of Markdown files that goes along with the log, such as an Obsidian vault."""


@command.command(
    "sync",
    examples=[
        "advisorlog vault sync ~/vault --dry-run         what would go where",
        "advisorlog vault sync ~/vault",
        "advisorlog vault sync ~/vault --watch           until Ctrl-C",
        "advisorlog vault sync ~/vault --gone restore    write deleted files again",
    ],
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would be done; change nothing.")
@click.option(
    "--gone",
    type=click.Choice(("ask", "restore", "remove")),
    default="ask",
    help="What to do where a file or its record was deleted: only say so (ask, the default), write the file again, "
    "or remove the other one too.",
)
@click.option("--watch", is_flag=True, help="Go on, and follow every change on either side, until Ctrl-C.")
@json_option
@pass_state
def sync(state: State, folder: Path, dry_run: bool, gone: str, watch: bool, form: Form) -> None:
    """Bring a folder of Markdown files and the log to say the same.

    What was changed on one side goes to the other. A file that was changed on both sides is left as it is, with the
    log's version beside it as NAME.conflict-DATE.md: take over what you want, delete that file, and sync again. Nothing
    is deleted unless you say so. `advisorlog undo` takes back what came into the log.
    """
    if watch and not dry_run:
        _watch(state, folder, gone, form)
        return
    if _once(state, folder, dry_run, gone, form, is_first=True):
        raise click.exceptions.Exit(1)


def _once(state: State, folder: Path, dry_run: bool, gone: str, form: Form, *, is_first: bool) -> bool:
    """One sync, told unless a later one did nothing; returns whether something needs the user."""
    from advisorlog.workflow import syncing

    with progress(state, "Syncing") as tell:
        done = syncing.sync(
            state.settings, folder, state.present(), dry_run=dry_run, gone=syncing.Gone(gone), on_progress=tell
        )
    if is_first or done.did_something:
        if form is Form.JSON:
            print_json(plain(done))
        else:
            for line in done.lines():
                click.echo(one_line(line))
    return done.needs_the_user


def _watch(state: State, folder: Path, gone: str, form: Form) -> None:
    from advisorlog.store.watching import Watch
    from advisorlog.workflow.watching_files import FolderWatch

    files, log = FolderWatch(folder), Watch(state.log)
    log.has_changed()  # from now on
    is_first = True
    try:
        while True:
            # What a sync itself has changed is looked at once more, and then there is nothing to do: a change that
            # another program makes meanwhile is told from it by nothing else, and must not be missed.
            if is_first or files.has_changed() or log.has_changed():
                _once(state, folder, False, gone, form, is_first=is_first)
                if is_first:
                    state.note("Following changes. Ctrl-C ends it.")
                is_first = False
            time.sleep(PAUSE)
    except KeyboardInterrupt:
        state.note("Stopped; every file is whole.")
    finally:
        log.close()
