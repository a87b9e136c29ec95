"""A bar on stderr for a run over many files, where a terminal shows it."""

import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import click

from advisorlog.cli.state import State

LONG_RUN = 50
"""From so many files on, a terminal is shown how far the run is."""


@contextmanager
def progress(state: State, label: str) -> Generator[Callable[[int, int], None]]:
    """Gives what is to be told (files done, files in all); nothing is shown where nobody watches."""
    if not sys.stderr.isatty() or state.quiet:
        yield _unseen
        return
    bar = _Bar(label)
    try:
        yield bar
    finally:
        bar.end()


def _unseen(done: int, total: int) -> None:
    """Nobody watches."""


class _Bar:
    """Appears once the run proves long."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        if total < LONG_RUN:
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total, label=self._label, file=sys.stderr)
            self._bar.__enter__()
        self._bar.length = total
        self._bar.update(done - self._bar.pos)

    def end(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
