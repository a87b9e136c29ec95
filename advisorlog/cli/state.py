"""What one run of the program knows: the global options, the settings in force, and the present moment."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NoReturn

import click

from advisorlog import config
from advisorlog.domain.moments import Moment


@dataclass
class State:
    """Handed to every command; settings are read when first asked for."""

    db: str | None = None
    debug: bool = False
    quiet: bool = False
    said: set[str] = field(default_factory=set[str])

    @cached_property
    def settings(self) -> config.Settings:
        return config.load(self.db)

    @property
    def log(self) -> Path:
        return self.settings.log

    @cached_property
    def now(self) -> Moment:
        """The moment at which the command began: the same wherever it is asked for."""
        return self.present()

    def present(self) -> Moment:
        """The moment at which this is asked."""
        return config.now(self.settings.zone)

    @property
    def today(self) -> date:
        return self.now.day

    def note(self, text: str) -> None:
        """Tell the user something, on stderr, unless `--quiet`."""
        if text and not self.quiet:
            click.echo(text, err=True)

    def note_once(self, text: str) -> None:
        if text not in self.said:
            self.said.add(text)
            self.note(text)


pass_state = click.make_pass_decorator(State, ensure=True)


def state_of(context: click.Context | None) -> State:
    """The state of the run that a parameter is read in."""
    found = context.find_object(State) if context else None
    return found if found is not None else State()


def refuse(message: str, what_to_do: str = "") -> NoReturn:
    """Raise the error that the user sees as one line."""
    from advisorlog.errors import AdvisorlogError

    raise AdvisorlogError(message, what_to_do)
