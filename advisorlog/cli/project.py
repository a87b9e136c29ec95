"""`advisorlog project`."""

from typing import Any

import click

from advisorlog.cli.command import Group
from advisorlog.cli.output import Form, one_line, plain, print_facts, print_json, print_table
from advisorlog.cli.parameters import PROJECT, json_option, yes_option
from advisorlog.cli.state import State, pass_state
from advisorlog.cli.undoable import confirm_removal, say_removed
from advisorlog.store.connection import reading
from advisorlog.store.reading import people
from advisorlog.store.reading.rows import Project


@click.group(
    "project",
    cls=Group,
    examples=[
        'advisorlog project new "Zeus" --pitch "Trains models with less energy." --goal "A paper at OSDI"',
        "advisorlog project edit zeus --term 'DVFS=scaling of voltage and frequency'",
    ],
)
def command() -> None:
    """What the work is, for a reader who remembers nothing: a pitch in two sentences, the goal, the terms."""


def _terms(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    terms: dict[str, str] = {}
    for value in values:
        term, sign, meaning = value.partition("=")
        if not sign or not term.strip():
            raise click.BadParameter(f"“{value}” is not TERM=MEANING.", context, parameter)
        terms[term.strip()] = meaning.strip()
    return terms


_PITCH = click.option("--pitch", help="Two sentences for somebody who has never heard of it.")
_GOAL = click.option("--goal", help="What it is to lead to.")
_TERM = click.option(
    "--term",
    "terms",
    multiple=True,
    metavar="TERM=MEANING",
    callback=_terms,
    help="A word of the glossary; empty takes it out. Can be repeated.",
)


@command.command(
    "new",
    examples=[
        'advisorlog project new "Zeus"',
        'advisorlog project new "Zeus" --goal "A paper at OSDI" --term "DVFS=scaling of voltage and frequency"',
    ],
)
@click.argument("name")
@click.option("--slug", help="Its short name (default: made of the name).")
@_PITCH
@_GOAL
@_TERM
@pass_state
def new(state: State, name: str, slug: str | None, pitch: str | None, goal: str | None, terms: dict[str, str]) -> None:
    """Add a project."""
    from advisorlog.workflow import projects as work

    made = work.new(state.log, state.now, name, slug, work.ProjectFields(pitch=pitch, goal=goal, terms=terms))
    click.echo(one_line(made))
    if not pitch:
        state.note(f'A brief begins with the pitch: `advisorlog project edit {one_line(made)} --pitch "..."`.')


@command.command("list", examples=["advisorlog project list", "advisorlog project list --json | jq '.[].slug'"])
@json_option
@pass_state
def list_(state: State, form: Form) -> None:
    """All projects."""
    with reading(state.log) as connection:
        found = people.projects(connection)
    if form is Form.JSON:
        print_json([_plain(project) for project in found])
        return
    print_table(("PROJECT", "NAME", "GOAL"), [(each.slug, each.name, each.goal or "") for each in found])
    if not found:
        state.note('There is no project yet: `advisorlog project new "Zeus"` makes one.')


@command.command("show", examples=["advisorlog project show zeus", "advisorlog project show zeus --json"])
@click.argument("project", type=PROJECT)
@json_option
@pass_state
def show(state: State, project: str, form: Form) -> None:
    """One project, with its glossary."""
    with reading(state.log) as connection:
        found = people.project(connection, project)
    if form is Form.JSON:
        print_json(_plain(found))
        return
    glossary = "\n".join(f"{term}: {one_line(meaning)}" for term, meaning in found.glossary)
    facts = (("name", found.name), ("short name", found.slug), ("pitch", found.pitch or ""), ("goal", found.goal or ""))
    print_facts((*facts, ("terms", f"\n{glossary}" if glossary else "")))


@command.command(
    "edit",
    examples=[
        'advisorlog project edit zeus --pitch "Trains models with less energy."',
        "advisorlog project edit zeus --term 'DVFS=scaling of voltage and frequency'",
        "advisorlog project edit zeus                             opens your editor",
    ],
)
@click.argument("project", type=PROJECT)
@click.option("--name", help="Its name.")
@_PITCH
@_GOAL
@_TERM
@pass_state
def edit(
    state: State, project: str, name: str | None, pitch: str | None, goal: str | None, terms: dict[str, str]
) -> None:
    """Change a project; without options, in your editor."""
    from advisorlog.cli.editing import edited

    if terms or any(value is not None for value in (name, pitch, goal)):
        from advisorlog.workflow import projects as work

        fields = work.ProjectFields(name, pitch, goal, terms)
        click.echo(one_line(work.edit(state.log, state.now, project, fields)))
        return
    with reading(state.log) as connection:
        found = people.project(connection, project)

    def save(changes: dict[str, Any]) -> None:
        from advisorlog.workflow import projects as work

        click.echo(one_line(work.edit(state.log, state.now, found.slug, work.ProjectFields(**changes))))

    form = {
        "name": found.name,
        "pitch": found.pitch or "",
        "goal": found.goal or "",
        "glossary": dict(found.glossary),
    }
    if not edited(state, found.slug, form, save):
        state.note("Nothing was changed.")


@command.command("rm", examples=["advisorlog project rm zeus", "advisorlog project rm zeus --yes"])
@click.argument("project", type=PROJECT)
@yes_option
@pass_state
def rm(state: State, project: str, yes: bool) -> None:
    """Take a project out; its meetings, ideas and lines stay."""
    with reading(state.log) as connection:
        found = people.project(connection, project)
    confirm_removal(f"the project {found.slug} ({found.name})", yes)
    from advisorlog.workflow import projects as work

    say_removed(state, work.remove(state.log, state.now, found.slug))


def _plain(project: Project) -> dict[str, Any]:
    """The glossary is an object: term to meaning."""
    return plain(project) | {"glossary": dict(project.glossary)}
