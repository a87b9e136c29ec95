"""Parked and killed ideas: why they rest, what would bring them back, and whether a text comes back to one."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from advisorlog.domain import resembling
from advisorlog.domain import resting as conditions_of_rest
from advisorlog.domain.lifecycle import RESTING
from advisorlog.domain.moments import Moment
from advisorlog.store import names
from advisorlog.store.reading import ideas
from advisorlog.store.reading.rows import Idea, IdeaEvent


@dataclass(frozen=True, slots=True)
class Resting:
    """An idea at rest, the change that laid it there, and the day that its condition names."""

    idea: Idea
    event: IdeaEvent
    due: date | None

    @property
    def condition(self) -> str:
        return self.event.revive_if or self.event.revisit_when or ""

    @property
    def asks(self) -> str:
        """The condition as a sentence begins with it: `Revive if ...`, `Revisit when ...`; empty without one."""
        if not self.condition:
            return ""
        return f"{'Revive if' if self.event.revive_if else 'Revisit when'} {self.condition}"

    def is_due(self, today: date) -> bool:
        return self.due is not None and self.due <= today

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for text in (self.idea.title, self.idea.claim) if text)


def resting(connection: sqlite3.Connection, until: Moment, project_ids: Iterable[int] | None = None) -> list[Resting]:
    """The ideas at rest as of a moment: those whose day has come first, then the latest to rest. Private ones too."""
    found = {i.id: i for i in ideas.ideas(connection, until, project_ids) if i.status in RESTING}
    last = {event.idea_id: event for event in ideas.events(connection, found, until) if event.status}
    every = [Resting(found[idea_id], event, _due(event)) for idea_id, event in last.items()]
    today = until.day
    return sorted(every, key=lambda each: (not each.is_due(today), -each.event.when.at.timestamp(), each.idea.slug))


def _due(event: IdeaEvent) -> date | None:
    conditions = (event.revisit_when, event.revive_if)
    days = (conditions_of_rest.due_day(text, event.day) for text in conditions if text)
    return next((day for day in days if day), None)


def returned_to(text: str, known: Sequence[Resting], named: Iterable[int] = ()) -> list[Resting]:
    """The resting ideas that a text names (`named`, by id) or resembles, the closest first."""
    by_slug = {each.idea.slug: each for each in known}
    tagged = [each for each in known if each.idea.id in set(named)]
    alike = [by_slug[slug] for slug, _ in resembling.closest(text, {s: each.texts for s, each in by_slug.items()})]
    return list({each.idea.slug: each for each in (*tagged, *alike)}.values())


def returned(
    connection: sqlite3.Connection, text: str, until: Moment, named: Iterable[str] = ()
) -> tuple[Resting, ...]:
    """The ideas at rest that a text comes back to, by its tags (`named`, slugs) or by its words."""
    return tuple(returned_to(text, resting(connection, until), named_ideas(connection, named)))


def named_ideas(connection: sqlite3.Connection, slugs: Iterable[str]) -> list[int]:
    """The ideas that tags name, as far as they exist."""
    found = (names.find_idea(connection, slug) for slug in slugs)
    return [idea_id for idea_id in found if idea_id is not None]
