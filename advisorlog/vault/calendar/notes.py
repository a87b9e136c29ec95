"""What a calendar's file says, as plain dataclasses."""

from dataclasses import dataclass, field
from pathlib import Path

from advisorlog.domain.moments import Moment


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody of an event, by the name and the address that it gives; either may be empty."""

    name: str
    address: str
    has_declined: bool = False


@dataclass(frozen=True, slots=True)
class EventNote:
    """One VEVENT: a meeting, or all meetings of a rule, or (`slot`) one date of another event's rule.

    `starts.zone` is the zone that its rule counts in. `rule` is what RRULE says, unchecked; `away` are EXDATEs,
    `extra` RDATEs. `text` is its description, and below what else it says (`location: ...`),
    named in `kept`. `source` is the event
    as it stands in the file.
    """

    line_number: int
    uid: str
    title: str
    starts: Moment
    is_all_day: bool = False
    minutes: int | None = None
    slot: Moment | None = None
    rule: str | None = None
    away: tuple[Moment, ...] = ()
    extra: tuple[Moment, ...] = ()
    people: tuple[Invited, ...] = ()
    text: str = ""
    kept: tuple[str, ...] = ()
    is_cancelled: bool = False
    is_private: bool = False
    sequence: int = 0
    source: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CalendarNote:
    """A calendar's events in the file's order; `others` counts what is no event (todo, journal, alarm).

    `owner` is the address whose calendar it is, where the file says so.
    """

    path: Path
    source: bytes
    id: str
    events: tuple[EventNote, ...]
    others: tuple[tuple[str, int], ...] = ()
    owner: str = ""
