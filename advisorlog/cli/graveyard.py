"""`advisorlog idea graveyard`, and what is said when something comes back to an idea at rest."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from advisorlog.cli.command import Command
from advisorlog.cli.lines import LEFT_OUT
from advisorlog.cli.output import Form, counted, day, one_line, plain, print_json, print_text
from advisorlog.cli.parameters import DAY_GONE, PROJECT, json_option, private_option
from advisorlog.cli.state import State, pass_state
from advisorlog.domain.kinds import Visibility
from advisorlog.domain.moments import end_of_day
from advisorlog.store import names
from advisorlog.store.connection import reading

if TYPE_CHECKING:
    from advisorlog.store.reading.graveyard import Resting


@click.command(
    "graveyard",
    cls=Command,
    examples=[
        "advisorlog idea graveyard",
        "advisorlog idea graveyard --json | jq '.[] | select(.is_due).slug'",
    ],
)
@click.option("--project", "-p", type=PROJECT, help="Only this project's.")
@click.option("--as-of", type=DAY_GONE, metavar="DAY", help="As it stood at the end of this day.")
@private_option
@json_option
@pass_state
def graveyard(state: State, project: str | None, as_of: date | None, private: bool, form: Form) -> None:
    """Killed and parked ideas: why, on what evidence, by whom, and what would bring them back.

    Those whose condition names a day that has come stand first.
    """
    from advisorlog.store.reading import graveyard as resting

    until = end_of_day(as_of, state.settings.zone) if as_of else state.now
    with reading(state.log) as connection:
        wanted = [names.resolve(connection, "project", project)] if project else None
        found = resting.resting(connection, until, wanted)
    told = [each for each in found if private or each.idea.visibility is Visibility.OPEN]
    if form is Form.JSON:
        print_json([_plain(each, until.day) for each in told])
    else:
        print_text("\n\n".join(_told(each, until.day) for each in told) or "No idea rests.")
    if hidden := len(found) - len(told):
        state.note(LEFT_OUT.format(counted(hidden, "private idea")))


def _plain(each: "Resting", today: date) -> dict[str, Any]:
    return plain(
        each.idea,
        because=each.event.because,
        by=each.event.by_name,
        on=each.event.day,
        evidence=each.event.evidence,
        revive_if=each.event.revive_if,
        revisit_when=each.event.revisit_when,
        due=each.due,
        is_due=each.is_due(today),
    )


def _told(each: "Resting", today: date) -> str:
    due = click.style(f"  DUE since {day(each.due)}", bold=True) if each.is_due(today) else ""
    by = f" by {one_line(each.event.by_name)}" if each.event.by_name else ""
    lines = [
        f"{click.style('#' + one_line(each.idea.slug), bold=True)}  {one_line(each.idea.title)}{due}",
        f"  {each.idea.status} {day(each.event.day)}{by}: {one_line(each.event.because or 'nobody said why')}",
    ]
    lines += [f"  rests on: {one_line(evidence.text)}" for evidence in each.event.evidence]
    if each.condition:
        waits = f" ({day(each.due)})" if each.due and not each.is_due(today) else ""
        lines.append(f"  {one_line(each.asks)}{waits}")
    return "\n".join(lines)


def say_alike(state: State, alike: "Iterable[Resting]", begins: str = "This is like") -> None:
    """Tell, on stderr, which ideas at rest something comes back to: their end, so that nobody walks it twice."""
    for each in alike:
        by = f" ({one_line(each.event.by_name)})" if each.event.by_name else ""
        asks = f" {one_line(each.asks)}." if each.asks else ""
        state.note_once(
            f"{begins} #{one_line(each.idea.slug)} ({one_line(each.idea.title)}), {each.idea.status} "
            f"{day(each.event.day)}: {one_line(each.event.because or 'nobody said why').rstrip('.')}{by}.{asks}"
        )
