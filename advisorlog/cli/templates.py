"""`advisorlog templates`."""

import click

from advisorlog.cli.command import Group
from advisorlog.cli.output import Form, many_lines, print_json, print_table
from advisorlog.cli.parameters import json_option
from advisorlog.cli.state import State, pass_state
from advisorlog.errors import AdvisorlogError
from advisorlog.workflow import templates as work


@click.group(
    "templates",
    cls=Group,
    examples=["advisorlog templates list", "advisorlog templates copy brief", "advisorlog templates show brief"],
)
def command() -> None:
    """The documents' templates (Jinja). A copy in your templates folder is used in place of ours."""


@command.command("list", examples=["advisorlog templates list", "advisorlog templates list --json"])
@json_option
@pass_state
def list_(state: State, form: Form) -> None:
    """All templates, and which file is in force for each."""
    found = work.listed(state.settings)
    if form is Form.JSON:
        print_json([{"name": each.name, "own": each.own is not None, "path": each.in_force} for each in found])
        return
    print_table(
        ("TEMPLATE", "WHOSE", "FILE"),
        [(each.name, "yours" if each.own else "ours", str(each.in_force)) for each in found],
    )


@command.command("show", examples=["advisorlog templates show brief"])
@click.argument("name")
@pass_state
def show(state: State, name: str) -> None:
    """Print the template that is in force."""
    template = work.named(state.settings, name)
    try:
        text = template.in_force.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AdvisorlogError(f"{template.in_force} can't be read: {error}", "Save it as UTF-8") from error
    click.echo(many_lines(text.rstrip("\n")))
    state.note(str(template.in_force))


@command.command("copy", examples=["advisorlog templates copy brief"])
@click.argument("name")
@pass_state
def copy(state: State, name: str) -> None:
    """Copy a template into your folder, to change it there."""
    click.echo(str(work.copied(state.settings, name)))
    state.note("From now on this one is used; remove it to go back to ours.")
