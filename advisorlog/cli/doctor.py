"""`advisorlog doctor`."""

import click

from advisorlog.cli.command import Command
from advisorlog.cli.output import Form, one_line, plain, print_json
from advisorlog.cli.parameters import json_option
from advisorlog.cli.state import State, pass_state

COLOURS = {"error": "red", "warning": "yellow", "note": "blue"}


@click.command(
    "doctor", cls=Command, examples=["advisorlog doctor", "advisorlog doctor --json | jq '.findings[].what'"]
)
@click.option("--rebuild-search", is_flag=True, help="Make the search index anew; no record is touched.")
@json_option
@pass_state
def command(state: State, rebuild_search: bool, form: Form) -> None:
    """Check that the log is whole, safe and consistent; it changes nothing. Exits with 1 where it found an error."""
    from advisorlog.store import doctor

    if rebuild_search:
        from advisorlog.store.connection import transaction

        with transaction(state.log, "doctor --rebuild-search", state.now) as connection:
            doctor.rebuild_search(connection)
        state.note("The search index was made anew.")
    findings = doctor.examine(state.log, state.now)
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
