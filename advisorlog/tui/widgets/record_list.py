"""A list of records: one option each, found again by its key when the list is filled anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.binding import Binding
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.visual import Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from advisorlog.tui import showing


@dataclass(frozen=True, slots=True)
class Row:
    """How a record reads in a list. A row without a key is a heading: it can't be chosen."""

    key: str | None
    shown: Visual


class RecordList(OptionList):
    """An OptionList of rows, with the sentence that stands there while there is none.

    Filling it again keeps the highlighted record where it still is, and the place in the list where it is not.
    """

    virtual_size = Reactive(Size(0, 0))
    """Without a layout of the whole screen, as Textual would: a list has its place, however long it is."""

    BINDINGS = [
        Binding("enter", "select", "Open", key_display="⏎", id="list.open"),
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("g", "first", "First", show=False),
        Binding("G", "last", "Last", show=False),
    ]

    class Opened(Message):
        """Enter or a click on a record."""

        def __init__(self, records: "RecordList", key: str) -> None:
            super().__init__()
            self.records = records
            self.key = key

        @property
        def control(self) -> "RecordList":
            return self.records

    class LeftAtEnd(Message):
        """The cursor was to go on behind the last record (`by` 1) or before the first (-1)."""

        def __init__(self, records: "RecordList", by: int) -> None:
            super().__init__()
            self.records = records
            self.by = by

    class Moved(Message):
        """Another record is highlighted."""

        def __init__(self, records: "RecordList", key: str) -> None:
            super().__init__()
            self.records = records
            self.key = key

        @property
        def control(self) -> "RecordList":
            return self.records

    def __init__(self, empty: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False, compact=True)
        self._empty = empty
        self._rows: tuple[Row, ...] = ()
        self._is_filled = False

    @property
    def chosen(self) -> str | None:
        """The key of the highlighted record."""
        if self.highlighted is None or self.highlighted >= len(self._rows):
            return None
        return self._rows[self.highlighted].key

    @property
    def keys(self) -> list[str]:
        return [row.key for row in self._rows if row.key is not None]

    def fill(self, rows: Sequence[Row], empty: str | None = None) -> None:
        """Show these rows instead of what was there."""
        if self._is_filled and tuple(rows) == self._rows and (rows or empty in (None, self._empty)):
            return
        before, place, scroll = self.chosen, self.highlighted, self.scroll_y
        self._empty = self._empty if empty is None else empty
        self._rows, self._is_filled = tuple(rows), True
        self.clear_options()
        if not self._rows:
            self.add_option(Option(showing.words(self._empty, showing.QUIET), disabled=True))
            return
        self.add_options([Option(row.shown, disabled=row.key is None) for row in self._rows])
        self.choose(before, place)
        self.scroll_to(y=scroll, animate=False)

    def append(self, row: Row) -> None:
        """Show one more row at the end, and go there: cheaper than to fill the list anew."""
        if not self._rows:
            self.clear_options()
        self._rows = (*self._rows, row)
        self.add_option(Option(row.shown, disabled=row.key is None))
        self.highlighted = len(self._rows) - 1

    def action_cursor_down(self) -> None:
        """A record further; from the last one it does not jump to the first."""
        self._go(1)

    def action_cursor_up(self) -> None:
        self._go(-1)

    def _go(self, by: int) -> None:
        places = [number for number, row in enumerate(self._rows) if row.key is not None]
        here = -1 if self.highlighted is None else self.highlighted
        ahead = [place for place in places if (place - here) * by > 0]
        if ahead:
            self.highlighted = ahead[0] if by > 0 else ahead[-1]
        else:
            self.post_message(self.LeftAtEnd(self, by))

    def choose(self, key: str | None, otherwise: int | None = None) -> None:
        """Highlight the record with this key, else the one nearest to a place, else the first."""
        places = [number for number, row in enumerate(self._rows) if row.key is not None]
        if not places:
            return
        for number in places:
            if key is not None and self._rows[number].key == key:
                self.highlighted = number
                return
        wanted = 0 if otherwise is None else otherwise
        self.highlighted = min(places, key=lambda number: abs(number - wanted))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        key = self._rows[event.option_index].key if event.option_index < len(self._rows) else None
        if key is not None:
            self.post_message(self.Opened(self, key))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if (key := self.chosen) is not None:
            self.post_message(self.Moved(self, key))
