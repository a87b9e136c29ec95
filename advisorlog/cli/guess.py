"""`advisorlog guess`."""

import click

from advisorlog.cli.command import Group
from advisorlog.cli.output import Form, counted, day, one_line, plain, print_json, print_table
from advisorlog.cli.parameters import ENTRY, Number, json_option, private_option, yes_option
from advisorlog.cli.state import State, pass_state
from advisorlog.cli.undoable import confirm_removal, say_removed
from advisorlog.domain import guess as rules
from advisorlog.domain.guess import Answered, Verdict
from advisorlog.domain.kinds import Visibility
from advisorlog.store.connection import reading
from advisorlog.store.reading import guesses
from advisorlog.store.reading.guesses import Guess

GUESS = Number("guess")


@click.group(
    "guess",
    cls=Group,
    examples=[
        "advisorlog guess new 510",
        "advisorlog guess new 510 --because 507 --because 486",
        'advisorlog guess answer 1 partly --because "the reviewers, and Sam has clocks now"',
        "advisorlog guess rate",
    ],
)
def command() -> None:
    """Why was it advised? Ask with a guess from the record, keep how it came out, and see how often you are right."""


@command.command("new", examples=["advisorlog guess new 510", "advisorlog guess new 510 --because 507 --because 486"])
@click.argument("advice", type=ENTRY)
@click.option("--because", type=ENTRY, multiple=True, metavar="ENTRY", help="A line that is the reason; up to three.")
@json_option
@pass_state
def new(state: State, advice: int, because: tuple[int, ...], form: Form) -> None:
    """Make the question about an ADVICE, from the lines named or those that the record offers."""
    from advisorlog.workflow import guesses as work

    found = work.new(state.log, state.now, advice, because)
    if form is Form.JSON:
        print_json(plain(found))
        return
    _print(found)
    state.note(f"It is on your prep sheet. After the meeting: `advisorlog guess answer {found.id} right|partly|wrong`.")


@command.command("list", examples=["advisorlog guess list", "advisorlog guess list --all --json"])
@click.option("--all", "every", is_flag=True, help="Those that were answered too.")
@private_option
@json_option
@pass_state
def list_(state: State, every: bool, private: bool, form: Form) -> None:
    """Guesses to test, newest first."""
    with reading(state.log) as connection:
        found = guesses.guesses(connection, state.now)
    told = [each for each in found if (every or each.verdict is None) and (private or _is_open(each))]
    if form is Form.JSON:
        print_json([plain(each) for each in told])
        return
    for each in told:
        _print(each)
    if not told:
        state.note("No guess waits for an answer.")


def _is_open(found: Guess) -> bool:
    return found.visibility is Visibility.OPEN


def _print(found: Guess) -> None:
    number = click.style(f"{found.id:>5}", dim=True)
    click.echo(f"{number}  {day(found.asked.day)}  {one_line(found.question)}")
    if found.verdict:
        because = f": {one_line(found.real_reason)}" if found.real_reason else ""
        click.echo(f"{'':>5}  {found.verdict}{because}")


@command.command(
    "answer",
    examples=[
        "advisorlog guess answer 1 right",
        'advisorlog guess answer 1 wrong --because "a reviewer of the last paper asked for it"',
    ],
)
@click.argument("guess", type=GUESS)
@click.argument("verdict", type=click.Choice([verdict.value for verdict in Verdict]))
@click.option("--because", default="", metavar="TEXT", help="The real reason, as it was said.")
@pass_state
def answer(state: State, guess: int, verdict: str, because: str) -> None:
    """Say how a guess came out: right, partly or wrong; the real reason stays in the log."""
    from advisorlog.workflow import guesses as work

    _print(work.answer(state.log, state.now, guess, Verdict(verdict), because))


@command.command("rate", examples=["advisorlog guess rate", "advisorlog guess rate --json"])
@json_option
@pass_state
def rate(state: State, form: Form) -> None:
    """How often you are right about each adviser, half-year by half-year; partly counts half."""
    with reading(state.log) as connection:
        found = guesses.guesses(connection, state.now)
    tested = [
        Answered(each.adviser_name or "somebody", each.resolved.day, each.verdict)
        for each in found
        if each.verdict and each.resolved
    ]
    rates = rules.rates(tested)
    if form is Form.JSON:
        print_json([plain(each, "tested", "share") for each in rates])
        return
    print_table(
        ("ADVISER", "WHEN", "TESTED", "RIGHT", "PARTLY", "WRONG", "RATE"),
        [
            (each.adviser, each.span, str(each.tested), str(each.right), str(each.partly), str(each.wrong),
             f"{each.share:.0%}")
            for each in rates
        ],
    )  # fmt: skip
    state.note(f"{counted(len(tested), 'guess', 'guesses')} tested." if tested else "No guess was tested yet.")


@command.command("rm", examples=["advisorlog guess rm 1 --yes"])
@click.argument("guess", type=GUESS)
@yes_option
@pass_state
def rm(state: State, guess: int, yes: bool) -> None:
    """Take a guess out."""
    confirm_removal(f"the guess {guess}", yes)
    from advisorlog.workflow import guesses as work

    work.remove(state.log, state.now, guess)
    say_removed(state, f"Guess {guess}")
