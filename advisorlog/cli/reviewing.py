"""Going through proposals one by one: accept, leave, or say it in one's own words."""

import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

import click

from advisorlog.cli.output import one_line
from advisorlog.cli.state import State, refuse

KEYS = "[y]es  [n]o  [e]dit  [q]uit"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is shown of a proposal: the line as it would be kept, and where it comes from."""

    line: str
    source: str


def review(
    state: State, proposed: Sequence[Proposed], keep: Callable[[int, str], None], *, stdin_is_taken: bool = False
) -> int:
    """Ask about each; `keep` gets the number of what was accepted, with its line, at once. How many were kept.

    Nothing is kept without a yes. Raises AdvisorlogError where nobody can answer.
    """
    kept = 0
    with _answers(stdin_is_taken) as answers:
        for number, each in enumerate(proposed):
            state.note("")
            click.echo(f"{number + 1}/{len(proposed)}  {one_line(each.line)}", err=True)
            click.echo(f"     {one_line(each.source)}", err=True)
            answer = _ask(answers, f"     {KEYS} ")
            if answer == "q":
                break
            line = _edited(answers, each.line) if answer == "e" else each.line
            if answer in ("y", "e") and line.strip():
                keep(number, line)
                kept += 1
    return kept


def _ask(answers: TextIO, prompt: str) -> str:
    """y, n, e or q; the end of input is q, and nothing is ever taken for a yes but a yes."""
    while True:
        click.echo(prompt, err=True, nl=False)
        typed = answers.readline()
        answer = typed.strip().lower()[:1]
        if not typed:
            click.echo(err=True)
            return "q"
        if answer in ("y", "n", "e", "q"):
            return answer


def _edited(answers: TextIO, line: str) -> str:
    click.echo("     New line (empty: leave it): ", err=True, nl=False)
    return answers.readline().rstrip("\r\n")


@contextmanager
def _answers(stdin_is_taken: bool) -> Generator[TextIO]:
    if not stdin_is_taken:
        yield sys.stdin
        return
    try:
        terminal = open("/dev/tty", encoding="utf-8")  # noqa: SIM115, PTH123
    except OSError:
        refuse("The notes came on stdin, and there is no terminal to answer at", "Give the notes as a FILE")
    with terminal:
        yield terminal
