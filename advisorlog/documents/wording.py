"""Phrases that the documents share: how a quote, a day and a promise are put to a cold reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from advisorlog.domain import display, promise
from advisorlog.domain.inert import inert_line
from advisorlog.domain.words import excerpt
from advisorlog.store.reading.rows import Action, Person

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Wording:
    """How to speak to these readers, as of a day.

    `longest` bounds a quote in words; `ideas` and `people` turn `#slug` and `@handle` into titles and names.
    """

    today: date
    readers: tuple[Person, ...]
    longest: int
    ideas: Mapping[str, str] = field(default_factory=dict[str, str])
    people: Mapping[str, str] = field(default_factory=dict[str, str])

    def quote(self, text: str, said: date) -> str:
        """The user's own words on one line: tags resolved, control characters made visible, cut if very long.

        `said` is the day they were said on: `^fri` means the Friday after it.
        """
        plain = display.readable(text, self.ideas, self.people, said)
        return excerpt(inert_line(plain).strip(), self.longest)

    def task(self, action: Action) -> str:
        """What a promise is about, as `quote`; whose it is and when it is due are told beside it."""
        plain = display.promised(action.text, self.ideas, self.people, action.opened.day)
        return excerpt(inert_line(plain).strip(), self.longest)

    def plain(self, text: str) -> str:
        """Words that are not a line of the log (a pitch, a because): made inert, cut if very long."""
        return excerpt(inert_line(text).strip(), self.longest * 2)

    def day(self, day: date) -> str:
        """`3 Nov`, with the year when it is not this one."""
        year = "" if day.year == self.today.year else f" {day.year}"
        return f"{day.day} {MONTHS[day.month - 1]}{year}"

    def weekday(self, day: date) -> str:
        """`Tue 3 Nov`."""
        return f"{WEEKDAYS[day.weekday()]} {self.day(day)}"

    def is_reader(self, person_id: int | None) -> bool:
        return any(person.id == person_id for person in self.readers)

    def you(self, person_id: int | None, name: str | None, *, to_me: bool = False) -> str:
        """Who somebody is to the reader: `You`, or a name."""
        if self.is_reader(person_id):
            return "You" if len(self.readers) == 1 else inert_line(name or "You")
        return inert_line(name) if name and not to_me else "I"

    def owner(self, action: Action) -> str:
        """Who owes a promise, to the reader: `I`, `You`, a name; `@name` where nobody of that name is known yet."""
        if action.is_mine:
            return "I"
        if action.owner_id is None:
            named = promise.owner(action.text)
            return inert_line(f"@{named.name}") if named else "Nobody yet"
        return self.you(action.owner_id, action.owner_name)

    def promise(self, action: Action) -> str:
        """Circumstances of an open promise: when due, how often put off, and why the last time."""
        parts: list[str] = []
        if action.due:
            late = action.due < self.today
            parts.append(f"was due {self.day(action.due)}" if late else f"due {self.day(action.due)}")
        if action.times_carried:
            parts.append("put off once" if action.times_carried == 1 else f"put off {action.times_carried} times")
            because = next((event.because for event in reversed(action.events) if event.because), "")
            if because:
                parts.append(excerpt(inert_line(because), 14))
        return "; ".join(parts)
