"""`advisorlog schema`: what `--json` prints, as JSON Schema."""

import click

from advisorlog.cli.command import Command
from advisorlog.cli.output import print_json, print_text
from advisorlog.cli.state import State, pass_state, refuse


@click.command(
    "schema",
    cls=Command,
    examples=[
        "advisorlog schema                                    which commands have one",
        "advisorlog schema idea show > idea-show.schema.json",
        "advisorlog schema meeting list | jq '.items.required'",
    ],
)
@click.argument("command", nargs=-1)
@pass_state
def schema(state: State, command: tuple[str, ...]) -> None:
    """Print the JSON Schema (draft 2020-12) of what COMMAND prints with --json, or with --format json.

    It is a promise: keys may be added in later versions; none is renamed, removed or given another type without a new
    major version. So a reader should pass over keys that it doesn't know.
    """
    from advisorlog.cli.answers import ANSWERS
    from advisorlog.cli.shapes import whole

    if not command:
        print_text("\n".join(ANSWERS))
        return
    name = " ".join(command)
    if name not in ANSWERS:
        near = [each for each in ANSWERS if each.split()[0] == command[0]]
        refuse(f"“{name}” prints no JSON", f"Of these there is a schema: {', '.join(near or ANSWERS)}")
    print_json(whole(f"advisorlog {name}", ANSWERS[name]))
