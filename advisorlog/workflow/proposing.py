"""Entries that are proposed from notes: whose task and who spoke are looked up, and what the user accepts is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisorlog.config import Settings
from advisorlog.domain import proposing
from advisorlog.domain.proposing import Proposal
from advisorlog.store import names
from advisorlog.store.connection import reading
from advisorlog.workflow.capture import Captured, Place, Refused, capture

if TYPE_CHECKING:
    from advisorlog.domain.moments import Moment

BY_RULES, BY_MODEL = "rules", "assist"
"""What an accepted proposal's `origin` says, for as long as the entry lives."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal, the line that would be stored, and the line of the notes (from 1) that it came from."""

    proposal: Proposal
    line: str
    at: int
    origin: str = BY_RULES


def by_rules(settings: Settings, notes: str) -> list[Offer]:
    """What the rules find in notes; no model is asked and nothing is sent."""
    return offers(settings, notes, proposing.propose(notes), BY_RULES)


def offers(settings: Settings, notes: str, found: Sequence[Proposal], origin: str) -> list[Offer]:
    """Proposals with the names in them resolved, as far as the log knows them."""
    handles = _handles(settings, {name for each in found for name in (each.owner, each.speaker) if name})
    return [
        Offer(
            each,
            each.line(handles.get(each.owner, ""), handles.get(each.speaker, "")),
            notes.count("\n", 0, each.start) + 1,
            origin,
        )
        for each in found
    ]


def accept(settings: Settings, line: str, place: Place, now: "Moment") -> Captured | Refused:
    """Store what the user accepted; `place.origin` keeps where it came from."""
    return capture(settings.log, [line], place, now)[0]


def _handles(settings: Settings, wanted: set[str]) -> dict[str, str]:
    """The handles of the people that the log knows by these names; “me” is me."""
    if not wanted or not settings.log.exists():
        return {}
    from advisorlog.store.reading import people

    with reading(settings.log) as connection:
        by_id = {person.id: person.handle for person in people.people(connection)}
        me = names.me(connection)
        found = {name: me if name == "me" else names.find_person(connection, name) for name in wanted}
        return {name: by_id[number] for name, number in found.items() if number is not None}
