"""The reference in docs/, made of the commands themselves: `python -m advisorlog.cli.reference > docs/reference.md`."""

from collections.abc import Iterator

import click

from advisorlog.cli.catalogue import SECTIONS
from advisorlog.cli.command import SETTINGS, Command, Group
from advisorlog.cli.root import root
from advisorlog.cli.state import State

HEAD = """\
# The command line

Made by `python -m advisorlog.cli.reference`; don't edit it by hand.

Every command takes `--db FILE` (the log to use, also `ADVISORLOG_DB`), `--quiet` and `--debug`, before or behind its
name. What is asked for goes to stdout, messages go to stderr. `--json` prints one JSON document, UTF-8: a list
command an array, a show command an object. Keys are the names of the records' fields; a moment `x` is two keys, `x`
(ISO local time with its offset) and `x_zone`; a day is `2026-11-24`. Keys may be added in later versions; none is
renamed or removed without a new major version: `advisorlog schema COMMAND` prints the JSON Schema that says so.
`NO_COLOR` is honoured.

| Exit code | means |
|---|---|
| 0 | done |
| 1 | refused or failed; `doctor` found an error; a line was not stored; a file was not imported |
| 2 | wrong usage |
| 130 | interrupted |
| 141 | the reader of our output went away, as for any program in a pipe |
"""


def pages() -> str:
    """The whole reference as Markdown."""
    context = click.Context(root, info_name="advisorlog", obj=State(), color=False, **SETTINGS)
    parts = [HEAD]
    for title, listed in SECTIONS.items():
        parts.append(f"## {title}\n")
        for name in listed:
            command = root.get_command(context, name)
            assert command is not None
            parts.extend(_pages(command, click.Context(command, parent=context, info_name=name)))
    return "\n".join(parts)


def _pages(command: click.Command, context: click.Context, level: int = 3) -> Iterator[str]:
    yield _page(command, context, level)
    if isinstance(command, Group):
        for name in command.list_commands(context):
            verb = command.get_command(context, name)
            assert verb is not None
            yield from _pages(verb, click.Context(verb, parent=context, info_name=name), level + 1)


def _page(command: click.Command, context: click.Context, level: int) -> str:
    lines = [f"{'#' * level} {context.command_path}", ""]
    lines += [paragraph + "\n" for paragraph in _paragraphs(command.help or "")]
    if not isinstance(command, Group):
        usage = " ".join(command.collect_usage_pieces(context))
        lines += ["```", f"{context.command_path} {usage}", "```", ""]
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    if rows := [record for option in options if (record := option.get_help_record(context))]:
        lines += ["| Option | |", "|---|---|"]
        lines += [f"| `{_cell(name)}` | {_cell(help)} |" for name, help in rows]
        lines.append("")
    if isinstance(command, Command | Group) and command.examples:
        lines += ["```", *command.examples, "```", ""]
    return "\n".join(lines)


def _paragraphs(help: str) -> list[str]:
    import inspect

    return [" ".join(part.split()) for part in inspect.cleandoc(help).split("\n\n") if part.strip()]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    click.echo(pages().rstrip("\n").encode("utf-8"))
