"""A list of any number of lines, of which only those near the window are ever read."""

from collections import OrderedDict
from datetime import date
from functools import partial

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from advisorlog.domain.inert import inert_line
from advisorlog.errors import AdvisorlogError
from advisorlog.store.reading import browsing
from advisorlog.store.reading.browsing import Page, Sieve, Sifted
from advisorlog.store.reading.rows import Entry
from advisorlog.tui import showing
from advisorlog.tui.desk import Desk

PAGE = 100
KEPT_PAGES = 80
AHEAD = 2
"""Windows of lines beyond the cursor that are read before they come into sight."""


class EntryPages(ScrollView, can_focus=True):
    """One row a line: day, sign, words. Rows that have not been read yet are blank until they are."""

    virtual_size = Reactive(Size(0, 0))
    """Without a layout of the whole screen, as Textual would: the list has its place, however long it is."""

    BINDINGS = [
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("pagedown,space", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("home,g", "to_start", "First", show=False),
        Binding("end,G", "to_end", "Last", show=False),
        Binding("enter", "open", "Open", id="log.open"),
    ]
    COMPONENT_CLASSES = {"entry-pages--cursor", "entry-pages--hit"}
    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    class Opened(Message):
        def __init__(self, entry: Entry) -> None:
            super().__init__()
            self.entry = entry

    def __init__(self, empty: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._desk: Desk | None = None
        self._sifted = Sifted(Sieve(), 0)
        self._pages: OrderedDict[int, Page] = OrderedDict()
        self._asked: set[int] = set()
        self._turn = 0
        self._strips: dict[tuple[int, bool], Strip] = {}

    def first_page(self, sieve: Sieve) -> int:
        """The number of the page that will be in sight when a sieve's lines are shown."""
        return self.cursor // PAGE if sieve == self._sifted.sieve else 0

    def show(self, desk: Desk, sifted: Sifted, number: int, page: Page) -> None:
        """Show what passes a sieve, one page of which was read with it.

        The place in the list is kept while the sieve stays the same.
        """
        same = sifted.sieve == self._sifted.sieve
        self._desk, self._sifted = desk, sifted
        self._turn += 1
        self._pages.clear()
        self._asked.clear()
        self._strips.clear()
        self._pages[number] = page
        self.virtual_size = Size(0, sifted.total)
        if not same:
            self.scroll_to(y=0, animate=False, immediate=True)
        place = max(0, min(self.cursor, sifted.total - 1)) if same else 0
        self.refresh()
        if self.cursor == place:
            self.watch_cursor()
        else:
            self.cursor = place

    def entry_at(self, place: int) -> Entry | None:
        """The line at a place of the list, if it has been read."""
        page = self._pages.get(place // PAGE)
        return page.entries[place % PAGE] if page is not None and place % PAGE < len(page.entries) else None

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        if not self._sifted.total and y == 0:
            return self._strip(showing.words(f" {self._empty}", showing.QUIET), is_here=False)
        if place >= self._sifted.total:
            return Strip.blank(self.size.width, self.rich_style)
        entry = self.entry_at(place)
        if entry is None:
            self._ask(place // PAGE)
            return Strip.blank(self.size.width, self.rich_style)
        is_here = place == self.cursor and self.has_focus
        strip = self._strips.get((entry.id, is_here))
        if strip is None:
            row = self._row(entry, self._pages[place // PAGE].spans.get(entry.id, ()))
            strip = self._strips[entry.id, is_here] = self._strip(row, is_here=is_here)
        return strip

    def _row(self, entry: Entry, spans: tuple[tuple[int, int], ...]) -> Content:
        day = showing.words(f" {self._day(entry.said.day)}  ", showing.QUIET)
        text = showing.line(entry.text, showing.PRIVATE if entry.is_private else "")
        if spans and inert_line(entry.text) == entry.text:
            for start, end in spans:
                text = text.stylize("bold underline", start, end)
        who = f"{entry.speaker_name}: " if entry.speaker_name and not entry.said_by_me else ""
        private = showing.words("private: " if entry.is_private else "", showing.QUIET)
        body = showing.joined(private, showing.line(who, showing.QUIET), text)
        sign = showing.sign(entry.kind, private=entry.is_private)
        return showing.joined(day, sign, "  ", showing.wide(body, max(4, self.size.width - 18)))

    def _day(self, said: date) -> str:
        """Eleven columns: `Tue 24 Nov`, in another year `24 Nov 2025`."""
        today = self._desk.now().day if self._desk is not None else said
        shown = showing.short_day(said, today)
        return f"{shown if said.year == today.year else shown[4:]:<11}"

    def _strip(self, content: Content, *, is_here: bool) -> Strip:
        style = self.get_visual_style("entry-pages--cursor") if is_here else self.visual_style
        strips = Visual.to_strips(self, content, self.size.width, 1, style, pad=True, apply_selection=False)
        return strips[0] if strips else Strip([Segment(" " * self.size.width)])

    def notify_style_update(self) -> None:
        """Another theme, or the focus: rows that were rendered look different now."""
        self._strips.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        self._strips.clear()

    def _ask(self, number: int) -> None:
        if self._desk is None or number in self._pages or number in self._asked or number < 0:
            return
        self._asked.add(number)
        self.run_worker(partial(self._read, number, self._turn), group=f"page-{number}")

    async def _read(self, number: int, turn: int) -> None:
        desk, sifted = self._desk, self._sifted
        assert desk is not None
        try:
            page = await desk.read(lambda connection: browsing.page_of(connection, sifted, number * PAGE, PAGE))
        except AdvisorlogError:
            self._asked.discard(number)
            return
        if turn != self._turn:
            return
        self._pages[number] = page
        self._asked.discard(number)
        while len(self._pages) > KEPT_PAGES:
            gone = self._pages.popitem(last=False)[1]
            for entry in gone.entries:
                for is_here in (True, False):
                    self._strips.pop((entry.id, is_here), None)
        if self._is_in_sight(number):
            self.refresh()
        if self.cursor // PAGE == number:
            self._tell()

    def _is_in_sight(self, number: int) -> bool:
        first = self.scroll_offset.y
        return first // PAGE <= number <= (first + self.size.height) // PAGE

    def _tell(self) -> None:
        entry = self.entry_at(self.cursor)
        if entry is not None:
            self.post_message(self.Moved(entry))

    def watch_cursor(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True, immediate=True)
        self.refresh()
        last = (self._sifted.total - 1) // PAGE
        for place in (self.cursor, self.cursor + AHEAD * self.size.height, self.cursor - AHEAD * self.size.height):
            self._ask(min(place // PAGE, last))
        self._tell()

    def action_move(self, by: int) -> None:
        self.cursor = max(0, min(self._sifted.total - 1, self.cursor + by))

    def action_page(self, by: int) -> None:
        self.action_move(by * max(1, self.size.height - 1))

    def action_to_start(self) -> None:
        self.cursor = 0

    def action_to_end(self) -> None:
        self.cursor = max(0, self._sifted.total - 1)

    def action_open(self) -> None:
        if (entry := self.entry_at(self.cursor)) is not None:
            self.post_message(self.Opened(entry))

    def on_click(self, event: events.Click) -> None:
        place = event.y + self.scroll_offset.y
        if place >= self._sifted.total:
            return
        if place == self.cursor:
            self.action_open()
        self.cursor = place

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()
