"""The command palette: every action of the screen, and every meeting, idea, person and series by name."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import Screen

from advisorlog.domain.inert import inert_line
from advisorlog.errors import AdvisorlogError
from advisorlog.store.reading import ideas, meetings, people
from advisorlog.tui import showing
from advisorlog.tui.keys import own_bindings

if TYPE_CHECKING:
    from advisorlog.tui.app import AdvisorlogApp

MEETINGS = 300
ALSO = 0.3
"""The score of what is found by what it is for, not by its name."""


IN_THE_SHELL = {
    "Import notes, a calendar, tasks": "import FOLDER",
    "Export all as Markdown": "export vault FOLDER",
    "Export a calendar": "export ics",
    "Export for a mentee": "export mentee HANDLE",
    "Summary of a meeting as a file": "todo -o FILE",
    "Back up the log": "backup",
    "Check the log": "doctor",
    "Settings: where they are, and which": "paths",
    "Report on a time": "report --since DAY",
    "Search by meaning": "meaning --help",
    "All commands": "--help",
}
"""What has no screen, by what one would look for, and the command that does it."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something to go to or to do: how it is called, what it is, how it is done, and other words for it."""

    name: str
    about: str
    run: Callable[[], object]
    also: str = ""


class RecordProvider(Provider):
    """Finds records by their names."""

    async def startup(self) -> None:
        app = cast("AdvisorlogApp", self.app)
        self._targets: list[Target] = []
        if not app.desk.has_log:
            return
        try:
            self._targets = await app.desk.read(partial(_targets, app))
        except AdvisorlogError:
            return

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for target in self._targets:
            if (score := matcher.match(target.name)) > 0:
                yield Hit(score, showing.words(target.name), target.run, text=target.name, help=target.about)

    async def discover(self) -> Hits:
        for target in self._targets[:8]:
            yield DiscoveryHit(target.name, target.run, help=target.about)


class ActionProvider(Provider):
    """Every binding of the screen and the app, by what it does."""

    def _found(self) -> list[Target]:
        found: dict[str, Target] = {}
        for node, binding, _, _ in self.screen.active_bindings.values():
            if binding.id:
                run = partial(self.app.run_action, binding.action, node)
                key, also = self.app.get_key_display(binding), binding.tooltip
                about = f"key: {key}" + f"  {also}" * bool(also)
                found.setdefault(binding.description, Target(binding.description, about, run, also))
        return list(found.values())

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for target in self._found():
            if (score := matcher.match(target.name)) > 0:
                yield Hit(score, matcher.highlight(target.name), target.run, help=target.about)
            elif query.casefold() in target.also.casefold():
                yield Hit(ALSO, showing.words(target.name), target.run, text=target.name, help=target.about)

    async def discover(self) -> Hits:
        for target in self._found():
            yield DiscoveryHit(target.name, target.run, help=target.about)


class ShellProvider(Provider):
    """What is done in the shell, and the command that does it."""

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, command in IN_THE_SHELL.items():
            if (score := matcher.match(f"{name} {command}")) > 0:
                yield Hit(score, showing.words(name), self._tell(command), text=name, help=_in_the_shell(command))

    async def discover(self) -> Hits:
        for name, command in IN_THE_SHELL.items():
            yield DiscoveryHit(name, self._tell(command), help=_in_the_shell(command))

    def _tell(self, command: str) -> Callable[[], None]:
        return partial(self.app.notify, f"In the shell: {_in_the_shell(command)}", timeout=10, markup=False)


def _in_the_shell(command: str) -> str:
    return f"advisorlog {command}"


class PlaceProvider(Provider):
    """Every action of the places that one is not at: gone there first, and then done."""

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for target in self._found():
            if (score := matcher.match(target.name)) > 0:
                yield Hit(score, matcher.highlight(target.name), target.run, help=target.about)

    async def discover(self) -> Hits:
        for target in self._found():
            yield DiscoveryHit(target.name, target.run, help=target.about)

    def _found(self) -> list[Target]:
        app = cast("AdvisorlogApp", self.app)
        return [
            Target(f"{mode.capitalize()}: {binding.description}", "goes there first", partial(_at, app, mode, binding))
            for mode, place in _places().items()
            if app.desk.has_log and not isinstance(self.screen, place)
            for binding in own_bindings(place)
            if binding.key != "escape"
        ]


def _places() -> dict[str, type[Screen[None]]]:
    from advisorlog.tui.screens.advice import Advice
    from advisorlog.tui.screens.ideas import Ideas
    from advisorlog.tui.screens.log import Log
    from advisorlog.tui.screens.people import People
    from advisorlog.tui.screens.today import Today

    return {"today": Today, "ideas": Ideas, "log": Log, "people": People, "advice": Advice}


async def _at(app: "AdvisorlogApp", mode: str, binding: Binding) -> None:
    await app.switch_mode(mode)
    place = app.screen_stack[0]
    while app.screen is not place:
        await app.pop_screen()
    await app.run_action(binding.action, place)


def _targets(app: "AdvisorlogApp", connection: sqlite3.Connection) -> list[Target]:
    now = app.desk.now()
    found = [
        Target(f"Series: {inert_line(each.title)}", str(each.role), partial(app.show_series, each.slug))
        for each in people.all_series(connection)
    ]
    found += [
        Target(f"Idea: {inert_line(each.title)}", f"#{inert_line(each.slug)}", partial(app.show_idea, each.slug))
        for each in ideas.ideas(connection, now)
    ]
    found += [
        Target(f"Person: {inert_line(each.name)}", f"@{inert_line(each.handle)}", partial(app.show_person, each.handle))
        for each in people.people(connection)
    ]
    found += [
        Target(
            f"Meeting: {each.starts.day} {inert_line(each.name)}",
            str(each.status),
            partial(app.show_meeting, each.slug),
        )
        for each in meetings.meetings(connection, limit=MEETINGS)
    ]
    return found
