"""What every command has: examples in its help, and the global options wherever they are typed."""

from collections.abc import Sequence
from gettext import gettext
from importlib import import_module
from typing import Any, cast

import click
from click.shell_completion import CompletionItem

from advisorlog.cli.catalogue import COMMANDS, SECTIONS
from advisorlog.cli.state import state_of

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Command(click.Command):
    """A command with an Examples block."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **options: Any) -> None:
        options.setdefault("context_settings", SETTINGS)
        super().__init__(*args, **options)
        self.examples = tuple(examples)
        self.params.extend(global_options(hidden=True))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        for parameter in self.params:
            # The name of a file stays as the system gave it, or it would name another.
            if parameter.name in ctx.params and not isinstance(parameter.type, click.Path):
                ctx.params[parameter.name] = _composed(ctx.params[parameter.name])
        return rest

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_examples(self.examples, formatter)
        super().format_epilog(ctx, formatter)


def _composed(value: Any) -> Any:
    """Text that can be stored: bytes of another encoding are read as Latin-1 rather than lost.

    Python hands such bytes on as lone surrogates; so it does all of UTF-8 where the locale is plain ASCII.
    """
    if isinstance(value, tuple):
        return tuple(map(_composed, cast("tuple[Any, ...]", value)))
    if not isinstance(value, str) or value.isascii():
        return value
    raw = value.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


class Group(click.Group):
    """A noun with its verbs."""

    command_class = Command
    hides_global_options = True

    def __init__(self, *args: Any, examples: Sequence[str] = (), **options: Any) -> None:
        options.setdefault("context_settings", SETTINGS)
        super().__init__(*args, **options)
        self.examples = tuple(examples)
        self.params.extend(global_options(hidden=self.hides_global_options))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        write_examples(self.examples, formatter)
        super().format_epilog(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order they were written, which is the order of use."""
        return list(self.commands)


class Root(Group):
    """The program itself: knows its commands by name and loads one only when it is called or completed."""

    hides_global_options = False

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        listed = COMMANDS.get(cmd_name)
        if listed is None:
            return None
        found = getattr(import_module(listed.module), listed.attribute)
        assert isinstance(found, click.Command)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(name, listed.help) for name, listed in commands.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        return [
            CompletionItem(name, help=listed.help) for name, listed in COMMANDS.items() if name.startswith(incomplete)
        ]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(name, COMMANDS, n=2)
            hint = f"Did you mean {' or '.join(near)}?" if near else "`advisorlog --help` lists the commands."
            raise click.UsageError(f"There is no command “{name}”. {hint}", ctx)
        return super().resolve_command(ctx, args)


def write_examples(examples: Sequence[str], formatter: click.HelpFormatter) -> None:
    """The block that shows how a command is called; a line is never wrapped, so that it can be copied."""
    if examples:
        with formatter.section(gettext("Examples")):
            for example in examples:
                formatter.write(f"{'':>{formatter.current_indent}}{example}\n")


def global_options(hidden: bool) -> list[click.Parameter]:
    """`--db`, `--debug` and `--quiet`, which every command takes; only the root's help shows them."""
    return [
        click.Option(
            ["--db"],
            metavar="FILE",
            hidden=hidden,
            expose_value=False,
            callback=_choose_log,
            help="The log to use (also ADVISORLOG_DB).",
        ),
        click.Option(
            ["--quiet", "-q"],
            is_flag=True,
            hidden=hidden,
            expose_value=False,
            callback=_be_quiet,
            help="No messages on stderr except errors.",
        ),
        click.Option(
            ["--debug"],
            is_flag=True,
            hidden=hidden,
            expose_value=False,
            callback=_debug,
            help="Show where an error comes from.",
        ),
    ]


def _choose_log(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        state_of(context).db = value


def _be_quiet(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        state_of(context).quiet = True


def _debug(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        state_of(context).debug = True
