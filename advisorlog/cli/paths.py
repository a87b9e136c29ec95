"""`advisorlog paths`."""

import click

from advisorlog.cli.command import Command
from advisorlog.cli.output import Form, print_facts, print_json
from advisorlog.cli.parameters import json_option
from advisorlog.cli.state import State, pass_state


@click.command("paths", cls=Command, examples=["advisorlog paths", 'sqlite3 "$(advisorlog paths --json | jq -r .log)"'])
@json_option
@pass_state
def command(state: State, form: Form) -> None:
    """Where the log, its backups, the settings and your templates are."""
    from advisorlog.store import backup

    settings = state.settings
    found = {
        "log": settings.log,
        "backups": backup.folder(settings.log),
        "config": settings.config_file,
        "templates": settings.templates,
    }
    if form is Form.JSON:
        print_json({name: str(path) for name, path in found.items()} | {"zone": settings.zone})
        return
    print_facts((name, f"{path}{'' if path.exists() else '  (not there yet)'}") for name, path in found.items())
    print_facts([("zone     ", settings.zone)])
