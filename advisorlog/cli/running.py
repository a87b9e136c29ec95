"""One run from the arguments to the exit code: streams that can't crash, and errors in one line.

Exit codes: 0 done; 1 refused or failed (also: `doctor` found something, a line was not stored, a file was not
imported); 2 wrong usage; 130 interrupted; 141 the reader of our output went away, as for any program in a pipe.
"""

import io
import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from advisorlog.cli.root import root
from advisorlog.cli.state import State
from advisorlog.errors import AdvisorlogError

DONE, FAILED, USAGE, INTERRUPTED, READER_GONE = 0, 1, 2, 130, 141
COMPLETING = "_ADVISORLOG_COMPLETE"


def run(arguments: Sequence[str]) -> int:
    """Run one command line; the answer is the process's exit code."""
    _settle(sys.stdout)
    _settle(sys.stderr)
    state = State()
    try:
        code = _invoke(list(arguments), state)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _let_go_of_output()
        return READER_GONE
    except (KeyboardInterrupt, click.Abort, EOFError):
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except AdvisorlogError as error:
        return _say(error, state)
    except Exception as error:
        return _say_bug(error, state)


def _invoke(arguments: list[str], state: State) -> int:
    if instruction := os.environ.get(COMPLETING):
        from click.shell_completion import shell_complete

        return shell_complete(root, {"obj": state}, "advisorlog", COMPLETING, instruction)
    try:
        with root.make_context("advisorlog", arguments, obj=state, color=_colour()) as context:
            root.invoke(context)
    except click.exceptions.Exit as left:
        return left.exit_code
    return DONE


def _colour() -> bool | None:
    """None: colour where the output is a terminal. https://no-color.org: any value but an empty one says no."""
    return False if os.environ.get("NO_COLOR") else None


def _settle(stream: TextIO) -> None:
    """A character that the terminal's encoding lacks becomes `?` instead of a crash."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")


def _let_go_of_output() -> None:
    """Keep Python from flushing into the closed pipe once more at its end, which would print a complaint."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        return


def _say(error: AdvisorlogError, state: State) -> int:
    from advisorlog.cli.output import one_line

    if state.debug:
        _trace()
    what_to_do = error.what_to_do if error.what_to_do.endswith(("?", ".", "!", "")) else f"{error.what_to_do}."
    parts = [error.message.rstrip(".") + ".", what_to_do]
    click.echo(f"error: {one_line(' '.join(part for part in parts if part))}", err=True)
    return FAILED


def _say_bug(error: Exception, state: State) -> int:
    from advisorlog.cli.output import one_line

    if state.debug:
        _trace()
    what = one_line(f"{type(error).__name__}: {error}")[:300]
    help = "Run it again with --debug to see where, and report it."
    click.echo(f"error: advisorlog hit a bug ({what}). {help}", err=True)
    return FAILED


def _trace() -> None:
    import traceback

    traceback.print_exc()
