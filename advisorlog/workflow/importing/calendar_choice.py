"""Which events of a calendar are meetings to keep, and why the others are not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from advisorlog.store import names
from advisorlog.vault.calendar.notes import CalendarNote, EventNote
from advisorlog.workflow.importing.invited import InvitedPeople

LONGEST = 24 * 60
"""Minutes; what is longer is no meeting."""


class Why(StrEnum):
    """Why an event is left out, as the report says it."""

    ALL_DAY = "all day"
    ALONE = "with nobody else (--only TITLE takes them)"
    PRIVATE = "private in the calendar (--only TITLE takes them)"
    DECLINED = "that you declined"
    CANCELLED = "cancelled"
    PAST = "past"
    TOO_LONG = "longer than a day"
    NO_RULE = "with a rule for no meeting"
    NOT_ASKED_FOR = "not asked for"
    REMOVED = "that you removed here"


@dataclass
class Group:
    """The events with one UID: the one with the rule, and those for single dates of it."""

    uid: str
    main: EventNote | None = None
    dates: dict[str, EventNote] = field(default_factory=dict[str, EventNote])
    earlier: list["Group"] = field(default_factory=list["Group"])
    """Where somebody changed “this and all following”: the rules that end before this one begins."""

    @property
    def first(self) -> EventNote:
        return self.main or next(iter(self.dates.values()))

    def add(self, event: EventNote) -> None:
        """Of several versions the latest counts."""
        before = self.main if event.slot is None else self.dates.get(event.slot.stored)
        if before is not None and before.sequence > event.sequence:
            return
        if event.slot is None:
            self.main = event
        else:
            self.dates[event.slot.stored] = event


def grouped(note: CalendarNote) -> list[Group]:
    """The events of a calendar by their UIDs, in the file's order; a rule that goes on another one with it."""
    groups: dict[str, Group] = {}
    for event in note.events:
        groups.setdefault(event.uid, Group(event.uid)).add(event)
    alike: dict[tuple[str, str], list[tuple[Group, EventNote]]] = {}
    for group in groups.values():
        if group.main is not None and group.main.rule:
            people = " ".join(sorted(each.address or each.name for each in group.main.people))
            alike.setdefault((names.key(group.main.title), people), []).append((group, group.main))
    for same in alike.values():
        _chain(sorted(same, key=lambda each: each[1].starts.at))
    gone = {id(earlier) for group in groups.values() for earlier in group.earlier}
    return [group for group in groups.values() if id(group) not in gone]


def _chain(same: list[tuple[Group, EventNote]]) -> None:
    """Give each rule those that end before it begins; all have the same title and the same people."""
    for (before, first), (group, event) in pairwise(same):
        until = re.search(r"UNTIL=(\d{8})", first.rule or "")
        if until is not None and until[1] <= event.starts.local.strftime("%Y%m%d"):
            group.earlier = [*before.earlier, before]


def why_not(event: EventNote, people: InvitedPeople, only: Sequence[str]) -> Why | None:
    """Why an event is no meeting to keep, whenever it is; None where it is one.

    `only` are parts of titles that the user asked for: then nothing else comes in, and these do with nobody invited.
    """
    if only and not any(names.key(part) in names.key(event.title) for part in only):
        return Why.NOT_ASKED_FOR
    if event.is_all_day:
        return Why.ALL_DAY
    if (event.minutes or 0) > LONGEST:
        return Why.TOO_LONG
    if event.is_private and not only:
        return Why.PRIVATE
    if any(each.has_declined and people.is_me(each) for each in event.people):
        return Why.DECLINED
    return None if only or people.others(event.people) else Why.ALONE
