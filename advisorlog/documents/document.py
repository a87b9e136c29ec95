"""What every document is made of: sections of short items that know which records they rest on."""

from dataclasses import dataclass, field
from datetime import date

from advisorlog.domain.kinds import DocumentKind, RecordKind
from advisorlog.domain.words import count_words
from advisorlog.store.reading.rows import Idea, IdeaEvent


@dataclass(frozen=True, slots=True)
class Cite:
    """A record that an item rests on."""

    record: RecordKind
    record_id: int


@dataclass(frozen=True, slots=True)
class Curve:
    """An idea's confidence over time, for the formats that can draw it: the changes that a reader may see."""

    idea: Idea
    events: tuple[IdeaEvent, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An attached file that goes with a document: the name that it goes by, its content's hash, and its media type."""

    number: int
    name: str
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a document.

    `label` says what it is (`Done`, `You advised`), `text` is the line itself, `aside` its date or circumstance,
    `details` are short lines below it. `is_quote` marks the user's own words. `rank` decides what the budget keeps:
    the higher, the longer it stays. What `is_extra` is not missed when it is cut, and not counted.
    """

    text: str
    rank: int
    label: str = ""
    aside: str = ""
    details: tuple[str, ...] = ()
    is_quote: bool = False
    cites: tuple[Cite, ...] = ()
    key: str = ""
    is_extra: bool = False
    curve: Curve | None = None
    enclosure: Enclosure | None = None

    @property
    def words(self) -> int:
        """Words as a reader counts them, label, aside and details included."""
        return sum(count_words(part) for part in (self.label, self.text, self.aside, *self.details))


@dataclass(frozen=True, slots=True)
class Section:
    """Items under a heading; `more` counts what the budget cut, `unshown` what was left out before that."""

    key: str
    title: str
    items: tuple[Item, ...] = ()
    more: int = 0
    more_of: str = "more in the log"

    @property
    def more_line(self) -> str:
        return f"{self.more} {self.more_of}" if self.more else ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document, before it is rendered in some format.

    `budget` is in words; `withheld` counts private records that would have had a place here. `hints` are for the
    writer alone (what is missing in the log) and are in no rendering. `left_out` names the sections that the budget
    left no room for, with the number of their items.
    """

    kind: DocumentKind
    title: str
    subtitle: str
    as_of: date
    budget: int
    sections: tuple[Section, ...]
    closing: str = ""
    left_out: str = ""
    to: tuple[int, ...] = ()
    series_id: int | None = None
    meeting_id: int | None = None
    withheld: int = 0
    hints: tuple[str, ...] = field(default=())

    @property
    def cites(self) -> tuple[tuple[str, Cite], ...]:
        """Every record that the document used, with the section that used it, once."""
        found = ((section.key, cite) for section in self.sections for item in section.items for cite in item.cites)
        return tuple(dict.fromkeys(found))

    @property
    def enclosed(self) -> tuple[Enclosure, ...]:
        """The files that go with the document, as far as the budget left them in."""
        return tuple(item.enclosure for section in self.sections for item in section.items if item.enclosure)
