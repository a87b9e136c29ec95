"""`advisorlog person`."""

import sqlite3
from typing import TYPE_CHECKING

import click

from advisorlog.cli.command import Group
from advisorlog.cli.output import Form, one_line, plain, print_facts, print_json, print_table
from advisorlog.cli.parameters import PERSON, json_option, yes_option
from advisorlog.cli.state import State, pass_state
from advisorlog.cli.undoable import confirm_removal, say_adopted, say_removed
from advisorlog.store.connection import reading
from advisorlog.store.reading import people
from advisorlog.store.reading.rows import Person

if TYPE_CHECKING:
    from advisorlog.documents.ledger import Fact


@click.group(
    "person",
    cls=Group,
    examples=['advisorlog person new "Ann Advisor" --email ann@example.org', "advisorlog person list"],
)
def command() -> None:
    """Who is in the log: advisors, mentees, peers, and you (@me)."""


@command.command(
    "new",
    examples=[
        'advisorlog person new "Ann Advisor"',
        'advisorlog person new "김민수" --handle minsu --email minsu@example.org',
    ],
)
@click.argument("name")
@click.option("--handle", help="What @handle names them by (default: made of the name).")
@click.option("--email", help="Their address.")
@click.option("--note", help="A line for you alone.")
@pass_state
def new(state: State, name: str, handle: str | None, email: str | None, note: str | None) -> None:
    """Add a person; lines that named @handle before count for them from now on."""
    from advisorlog.workflow import people as work

    made = work.new(state.log, state.now, name, handle, work.PersonFields(email=email, note=note))
    click.echo(f"@{one_line(made.name)}")
    say_adopted(state, f"@{made.name}", made.adopted)


@command.command("list", examples=["advisorlog person list", "advisorlog person list --json | jq '.[].handle'"])
@json_option
@pass_state
def list_(state: State, form: Form) -> None:
    """Everybody in the log."""
    with reading(state.log) as connection:
        found = people.people(connection)
    if form is Form.JSON:
        print_json([plain(person) for person in found])
    else:
        print_table(("HANDLE", "NAME", "EMAIL"), [(f"@{each.handle}", each.name, each.email or "") for each in found])


@command.command(
    "show",
    examples=[
        "advisorlog person show ann-advisor",
        "advisorlog person show ann-advisor --told        what your documents told them, and what changed since",
        "advisorlog person show me --json",
    ],
)
@click.argument("name", type=PERSON)
@click.option("--told", is_flag=True, help="What they were told, when, and by which sent document.")
@json_option
@pass_state
def show(state: State, name: str, told: bool, form: Form) -> None:
    """One person."""
    with reading(state.log) as connection:
        person = people.person(connection, name.removeprefix("@"))
        if told:
            _print_told(state, connection, person, form)
            return
    if form is Form.JSON:
        print_json(plain(person))
    else:
        print_facts(
            (("name", person.name), ("handle", f"@{person.handle}"), ("email", person.email or ""),
             ("note", person.note or ""))
        )  # fmt: skip


def _print_told(state: State, connection: sqlite3.Connection, person: Person, form: Form) -> None:
    from advisorlog.documents import ledger

    facts = ledger.facts(connection, person, state.now)
    differing = ledger.differences(connection, [person.id], state.now)
    if form is Form.JSON:
        print_json(
            {
                "told": [plain(fact, "has_changed") for fact in facts],
                "differences": [
                    plain(each, idea=each.idea.slug, title=each.idea.title) for each in differing
                ],
            }
        )  # fmt: skip
        return
    rows = [
        (str(fact.last.day), f"{fact.times}x" if fact.times > 1 else "", str(fact.document_id), _as_told(fact))
        for fact in facts
    ]
    print_table(("LAST", "TIMES", "BY", "WHAT"), rows)
    for each in differing:
        click.echo(
            one_line(
                f"Told differently: {each.idea.title}: {person.name} {each.mine}% on {each.told.day}, "
                f"{each.other} {each.theirs}% on {each.told_other.day}"
            )
        )
    if not facts:
        state.note(f"No document was sent to {person.name} yet: `advisorlog brief --send` freezes one as sent.")


def _as_told(fact: "Fact") -> str:
    if not fact.then:
        return fact.words
    return f"{fact.words} ({fact.then}{f'; now {fact.now}' if fact.has_changed else ''})"


@command.command(
    "edit",
    examples=[
        "advisorlog person edit ann-advisor --email ann@example.org",
        'advisorlog person edit me --name "Sam Student"',
        "advisorlog person edit ann-advisor                       opens your editor",
    ],
)
@click.argument("person", type=PERSON)
@click.option("--name", help="Their full name.")
@click.option("--handle", help="What @handle names them by.")
@click.option("--email", help="Their address; empty takes it out.")
@click.option("--note", help="A line for you alone; empty takes it out.")
@pass_state
def edit(state: State, person: str, name: str | None, handle: str | None, email: str | None, note: str | None) -> None:
    """Change a person; without options, in your editor."""
    from advisorlog.cli.editing import edited

    person = person.removeprefix("@")

    def save(changes: dict[str, str]) -> None:
        from advisorlog.workflow import people as work

        fields = work.PersonFields(changes.get("name"), changes.get("email"), changes.get("note"))
        done = work.edit(state.log, state.now, person, fields, changes.get("handle"))
        click.echo(f"@{one_line(done)}")

    given = {"name": name, "handle": handle, "email": email, "note": note}
    options = {key: value for key, value in given.items() if value is not None}
    if options:
        save(options)
        return
    with reading(state.log) as connection:
        found = people.person(connection, person)
    fields = {"name": found.name, "handle": found.handle, "email": found.email or "", "note": found.note or ""}
    if not edited(state, found.handle, fields, save):
        state.note("Nothing was changed.")


@command.command("rm", examples=["advisorlog person rm ann-advisor", "advisorlog person rm ann-advisor --yes"])
@click.argument("person", type=PERSON)
@yes_option
@pass_state
def rm(state: State, person: str, yes: bool) -> None:
    """Take a person out; what they said stays."""
    with reading(state.log) as connection:
        found = people.person(connection, person.removeprefix("@"))
    confirm_removal(f"@{found.handle} ({found.name}) from the log", yes)
    from advisorlog.workflow import people as work

    say_removed(state, f"@{work.remove(state.log, state.now, found.handle)}")
