"""What `--help` promises: every command explains itself, and every example is one that works."""

import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from advisorlog.cli.catalogue import COMMANDS
from advisorlog.cli.command import Command, Group
from advisorlog.cli.reference import pages
from advisorlog.cli.root import root
from advisorlog.cli.state import State
from tests.cli.conftest import Cli


def _all(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from _all(found, (*path, name))


EVERY = list(_all(root, ()))
EXAMPLES = [example for _, command in EVERY if isinstance(command, Command | Group) for example in command.examples]


@pytest.mark.parametrize("path", [path for path, _ in EVERY], ids=lambda path: " ".join(path) or "advisorlog")
def test_every_command_has_help_with_examples(cli: Cli, path: tuple[str, ...]) -> None:
    ran = cli(*path, "--help")
    assert ran.code == 0
    assert ran.err == ""
    assert "Examples:" in ran.out
    assert cli(*path, "-h") == ran


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_understood(example: str) -> None:
    """Each one parses as it stands: no option or command in it that does not exist."""
    words = _arguments(example)
    command: click.Command = root
    context = click.Context(root, info_name="advisorlog", obj=State(quiet=True))
    while isinstance(command, click.Group) and words:
        while words and words[0] == "--db":
            words = words[2:]
        name, found, words = command.resolve_command(context, words)
        assert found is not None
        command = found
        context = click.Context(found, parent=context, info_name=name)
    if not isinstance(command, click.Group):
        command.make_context(command.name, words, parent=context.parent)


def _arguments(example: str) -> list[str]:
    """The words behind `advisorlog`; two blanks begin a remark, and a shell's own signs end the command."""
    called = example.split("    ")[0]
    inner = called[called.index("advisorlog") :].rstrip('")') if called.startswith(("eval", "sqlite3")) else called
    words = shlex.split(inner)
    ends = [number for number, word in enumerate(words) if word in ("|", "<", ">")]
    return words[1 : ends[0] if ends else None]


def test_a_typing_error_is_answered_with_the_nearest_command(cli: Cli) -> None:
    ran = cli("serach", "x")
    assert ran.code == 2
    assert "Did you mean search" in ran.err


def test_help_loads_no_command() -> None:
    code = (
        "import sys; from advisorlog.cli.running import run; run(['--help']);"
        "print([m for m in sys.modules if m.startswith('advisorlog.')], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for listed in COMMANDS.values():
        assert listed.module not in ran.stderr
        assert listed.help in " ".join(ran.stdout.split())


def test_the_catalogue_names_commands_that_exist() -> None:
    for name in COMMANDS:
        command = root.get_command(click.Context(root), name)
        assert command is not None
        assert command.name == name


def test_the_reference_is_current() -> None:
    """`python -m advisorlog.cli.reference > docs/reference.md` makes it anew."""
    kept = Path(__file__).parents[2] / "docs" / "reference.md"
    assert kept.read_text("utf-8").rstrip("\n") == pages().rstrip("\n")
