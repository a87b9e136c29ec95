"""`advisorlog doctor`."""

from typing import TYPE_CHECKING

import click

from advisorlog.cli.command import Command
from advisorlog.cli.output import Form, counted, one_line, plain, print_json
from advisorlog.cli.parameters import json_option
from advisorlog.cli.state import State, pass_state

if TYPE_CHECKING:
    from advisorlog.store.findings import Finding

COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}


@click.command(
    "doctor",
    cls=Command,
    examples=["advisorlog doctor", "advisorlog doctor --deep", "advisorlog doctor --json | jq '.findings[].what'"],
)
@click.option("--rebuild-search", is_flag=True, help="Make the search index anew; no record is touched.")
@click.option("--deep", is_flag=True, help="Read every attached file too, and compare it with what was stored.")
@click.option("--prune", is_flag=True, help="Remove stored files that nothing needs: no attachment, undo or backup.")
@json_option
@pass_state
def command(state: State, rebuild_search: bool, deep: bool, prune: bool, form: Form) -> None:
    """Check that the log is whole, safe and consistent; it changes nothing. Exits with 1 where it found an error."""
    from advisorlog.store import doctor

    if rebuild_search:
        from advisorlog.store.connection import transaction

        with transaction(state.log, "doctor --rebuild-search", state.now) as connection:
            doctor.rebuild_search(connection)
        state.note("The search index was made anew.")
    if prune:
        _prune(state)
    findings = doctor.examine(state.log, state.now)
    if deep:
        findings = [*_damaged(state), *findings]
    if form is Form.JSON:
        print_json({"log": state.log, "findings": [plain(finding) for finding in findings]})
    else:
        for finding in findings:
            label = click.style(f"{finding.severity}:", fg=COLOURS[finding.severity], bold=True)
            click.echo(f"{label} {one_line(finding.what)}. {one_line(finding.what_to_do).rstrip('.')}.")
        if not findings:
            click.echo(f"{one_line(str(state.log))} is sound.")
    if any(finding.severity is doctor.Severity.ERROR for finding in findings):
        raise click.exceptions.Exit(1)


def _prune(state: State) -> None:
    from advisorlog.domain.media import size_said
    from advisorlog.store import attachment_check

    count, size = attachment_check.prune(state.log, state.now)
    state.note(f"Removed {counted(count, 'stored file')} ({size_said(size)}).")


def _damaged(state: State) -> "list[Finding]":
    from advisorlog.cli.progress import progress
    from advisorlog.store import attachment_check

    with progress(state, "Reading attached files") as told:
        return attachment_check.damaged(state.log, told)
