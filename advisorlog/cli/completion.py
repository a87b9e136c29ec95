"""`advisorlog completion`."""

import click

from advisorlog.cli.command import Command

SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion",
    cls=Command,
    examples=[
        'eval "$(advisorlog completion bash)"                              in ~/.bashrc',
        'eval "$(advisorlog completion zsh)"                               in ~/.zshrc',
        "advisorlog completion fish > ~/.config/fish/completions/advisorlog.fish",
    ],
)
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script that lets your shell complete commands, options, series, people, ideas and meetings."""
    from click.shell_completion import get_completion_class

    from advisorlog.cli.root import root
    from advisorlog.cli.running import COMPLETING

    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(root, {}, "advisorlog", COMPLETING)
    # `source()` would start the shell to look at its version; the script itself needs no more than the template.
    click.echo(script.source_template % script.source_vars())
