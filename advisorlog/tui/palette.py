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


@dataclass(frozen=True, slots=True)
class Target:
    """Something to go to or to do: how it is called, what it is, and how it is done."""

    name: str
    about: str
    run: Callable[[], object]


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
                key = self.app.get_key_display(binding)
                found.setdefault(binding.description, Target(binding.description, f"key: {key}", run))
        return list(found.values())

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for target in self._found():
            if (score := matcher.match(target.name)) > 0:
                yield Hit(score, matcher.highlight(target.name), target.run, help=target.about)

    async def discover(self) -> Hits:
        for target in self._found():
            yield DiscoveryHit(target.name, target.run, help=target.about)


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
