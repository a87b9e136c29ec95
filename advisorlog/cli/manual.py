"""`advisorlog manual`: the man page, made of the commands themselves.

docs/advisorlog.1 is what it prints; the wheel installs it. man(7) macros alone, so that mandoc reads it too.
"""

import inspect
import re
from collections.abc import Iterable, Iterator

import click

from advisorlog.cli.catalogue import SECTIONS
from advisorlog.cli.command import SETTINGS, Command, Group
from advisorlog.cli.root import root
from advisorlog.cli.state import State

EXITS = (
    ("0", "done"),
    ("1", "refused or failed; doctor found an error; check found something; a line was not stored"),
    ("2", "wrong usage"),
    ("130", "interrupted"),
    ("141", "the reader of our output went away, as for any program in a pipe"),
)
ENVIRONMENT = (
    ("ADVISORLOG_DB", "The log to use, a file."),
    ("ADVISORLOG_CONFIG", "The settings to use, a file."),
    ("ADVISORLOG_EDITOR", "The editor; else the one in the settings, VISUAL, EDITOR."),
    ("NO_COLOR", "Any value but an empty one: no colour."),
)
FILES = (
    ("~/.config/advisorlog/config.toml", "The settings."),
    ("~/.config/advisorlog/templates/", "Your own templates, in place of ours."),
    ("~/.local/share/advisorlog/", "The log (SQLite) and its backups; `advisorlog paths` says where they are here."),
)
_WRITTEN = {"-": "\\-", "\\": "\\e", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq"}


@click.command(
    "manual",
    cls=Command,
    examples=[
        "advisorlog manual | man -l -",
        "advisorlog manual > ~/.local/share/man/man1/advisorlog.1",
    ],
)
def manual() -> None:
    """Print the man page: every command with its options and examples, in the form that man(1) reads."""
    click.echo(page())


def page() -> str:
    """The page as roff; pure ASCII."""
    context = click.Context(root, info_name="advisorlog", obj=State(), color=False, **SETTINGS)
    lines = [
        '.TH ADVISORLOG 1 "" "advisorlog" "User Commands"',
        # A word is broken nowhere and a line not stretched: commands can be copied as they stand.
        ".nh",
        ".ad l",
        ".SH NAME",
        f"advisorlog \\- {_roff(_paragraphs(root.help or '')[0].rstrip('.'))}",
        ".SH SYNOPSIS",
        ".B advisorlog",
        _roff("[OPTIONS] [COMMAND [ARGUMENTS]]"),
        ".SH DESCRIPTION",
        *_text(_paragraphs(root.help or "")[1:]),
        ".PP",
        _roff("Every command takes --db, --quiet and --debug, before or behind its name, and has --help."),
        _roff("What is asked for goes to stdout, messages go to stderr."),
        _roff("“advisorlog schema” says what --json prints."),
        ".SH OPTIONS",
        *_options(root, context),
    ]
    for title, names in SECTIONS.items():
        lines.append(f".SH {_roff(title.upper())}")
        for name in names:
            command = root.get_command(context, name)
            assert command is not None
            lines += _command(command, click.Context(command, parent=context, info_name=name))
    for title, rows in (("EXIT STATUS", EXITS), ("ENVIRONMENT", ENVIRONMENT), ("FILES", FILES)):
        lines.append(f".SH {title}")
        lines += _rows(rows)
    lines += [".SH EXAMPLES", *_examples(root.examples)]
    return "\n".join(lines)


def _command(command: click.Command, context: click.Context) -> Iterator[str]:
    if isinstance(command, Group):
        for name in command.list_commands(context):
            verb = command.get_command(context, name)
            assert verb is not None
            yield from _command(verb, click.Context(verb, parent=context, info_name=name))
        return
    usage = " ".join(command.collect_usage_pieces(context))
    yield f".SS {_roff(context.command_path.removeprefix('advisorlog '))}"
    yield f".B {_roff(context.command_path)}"
    yield _roff(usage)
    yield ".PP"
    yield from _text(_paragraphs(command.help or ""))
    yield from _options(command, context)
    if isinstance(command, Command) and command.examples:
        yield ".PP"
        yield "Examples:"
        yield from _examples(command.examples)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    options = (parameter for parameter in command.params if isinstance(parameter, click.Option))
    yield from _rows([shown for option in options if (shown := option.get_help_record(context))])


def _rows(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, meaning in rows:
        yield ".TP"
        yield f".B {_roff(name)}"
        yield _roff(meaning)


def _text(paragraphs: list[str]) -> Iterator[str]:
    for number, paragraph in enumerate(paragraphs):
        if number:
            yield ".PP"
        yield _roff(paragraph)


def _examples(examples: Iterable[str]) -> Iterator[str]:
    yield from (".RS 2", ".nf", *(_roff(example) for example in examples), ".fi", ".RE")


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n") if part.strip()]


def _roff(text: str) -> str:
    """Text that roff prints as it is: nothing in it is a request, an escape or a typographer's dash."""
    shown = re.sub(r"[-\\'`^~\"]", lambda sign: _WRITTEN[sign[0]], text)
    shown = "".join(sign if sign.isascii() else f"\\[u{ord(sign):04X}]" for sign in shown)
    shown = shown.replace("|", "|\\:")  # A long choice may be broken behind a bar.
    return f"\\&{shown}" if shown.startswith(".") else shown
