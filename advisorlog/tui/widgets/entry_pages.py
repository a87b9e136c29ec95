"""A list of any number of lines, of which only those near the window are ever read."""

from collections import OrderedDict

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from advisorlog.domain.inert import inert_line
from advisorlog.errors import AdvisorlogError
from advisorlog.store.reading import browsing
from advisorlog.store.reading.browsing import Sieve, Sifted
from advisorlog.store.reading.rows import Entry
from advisorlog.tui import showing
from advisorlog.tui.desk import Desk

PAGE = 200
KEPT_PAGES = 40


class EntryPages(ScrollView, can_focus=True):
    """One row a line: day, sign, words. Rows that have not been read yet are blank until they are."""

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

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._desk: Desk | None = None
        self._sieve = Sieve()
        self._total = 0
        self._hits: Sifted | None = None
        self._pages: OrderedDict[int, list[Entry]] = OrderedDict()
        self._asked: set[int] = set()
        self._turn = 0

    def show(self, desk: Desk, sieve: Sieve, total: int, hits: Sifted | None) -> None:
        """Show what passes the sieve; the place in the list is kept while the sieve stays the same."""
        if sieve != self._sieve:
            self.cursor = 0
            self.scroll_to(y=0, animate=False)
        self._desk, self._sieve, self._total, self._hits = desk, sieve, total, hits
        self._turn += 1
        self._pages.clear()
        self._asked.clear()
        self.virtual_size = Size(0, total)
        self.cursor = max(0, min(self.cursor, total - 1))
        self.refresh()
        self._ask(self.cursor // PAGE)

    def entry_at(self, place: int) -> Entry | None:
        """The line at a place of the list, if it has been read."""
        page = self._pages.get(place // PAGE)
        return page[place % PAGE] if page is not None and place % PAGE < len(page) else None

    def render_line(self, y: int) -> Strip:
        place = y + self.scroll_offset.y
        width = self.size.width
        base = self.rich_style
        if not self._total and y == 0:
            return self._strip(showing.words(" Nothing here. r shows all lines.", showing.QUIET), width, place)
        if place >= self._total:
            return Strip.blank(width, base)
        entry = self.entry_at(place)
        if entry is None:
            self._ask(place // PAGE)
            return Strip.blank(width, base)
        return self._strip(self._row(entry, width), width, place)

    def _row(self, entry: Entry, width: int) -> Content:
        day = showing.words(f" {entry.said.day}  ", showing.QUIET)
        text = showing.line(entry.text, showing.PRIVATE if entry.is_private else "")
        if self._hits is not None and inert_line(entry.text) == entry.text:
            for start, end in self._hits.spans.get(entry.id, ()):
                text = text.stylize("bold underline", start, end)
        who = f"{entry.speaker_name}: " if entry.speaker_name and not entry.said_by_me else ""
        body = showing.joined(showing.line(who, showing.QUIET), text)
        sign = showing.sign(entry.kind, private=entry.is_private)
        return showing.joined(day, sign, "  ", showing.wide(body, max(4, width - 17)))

    def _strip(self, content: Content, width: int, place: int) -> Strip:
        is_here = place == self.cursor and self.has_focus
        style = self.get_visual_style("entry-pages--cursor") if is_here else self.visual_style
        strips = Visual.to_strips(self, content, width, 1, style, pad=True, apply_selection=False)
        return strips[0] if strips else Strip([Segment(" " * width)])

    def _ask(self, number: int) -> None:
        if self._desk is None or number in self._pages or number in self._asked or number < 0:
            return
        self._asked.add(number)
        self.run_worker(self._read(number, self._turn), group=f"page-{number}")

    async def _read(self, number: int, turn: int) -> None:
        desk, sieve, hits = self._desk, self._sieve, self._hits
        assert desk is not None
        start = number * PAGE
        try:
            if hits is None:
                found = await desk.read(lambda connection: browsing.page(connection, sieve, start, PAGE))
            else:
                wanted = hits.numbers[start : start + PAGE]
                found = await desk.read(lambda connection: browsing.in_order(connection, wanted))
        except AdvisorlogError:
            self._asked.discard(number)
            return
        if turn != self._turn:
            return
        self._pages[number] = found
        self._asked.discard(number)
        while len(self._pages) > KEPT_PAGES:
            self._pages.popitem(last=False)
        self.refresh()
        if self.cursor // PAGE == number:
            self._tell()

    def _tell(self) -> None:
        entry = self.entry_at(self.cursor)
        if entry is not None:
            self.post_message(self.Moved(entry))

    def watch_cursor(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)
        self.refresh()
        self._ask(self.cursor // PAGE)
        self._tell()

    def action_move(self, by: int) -> None:
        self.cursor = max(0, min(self._total - 1, self.cursor + by))

    def action_page(self, by: int) -> None:
        self.action_move(by * max(1, self.size.height - 1))

    def action_to_start(self) -> None:
        self.cursor = 0

    def action_to_end(self) -> None:
        self.cursor = max(0, self._total - 1)

    def action_open(self) -> None:
        if (entry := self.entry_at(self.cursor)) is not None:
            self.post_message(self.Opened(entry))

    def on_click(self, event: events.Click) -> None:
        place = event.y + self.scroll_offset.y
        if place >= self._total:
            return
        if place == self.cursor:
            self.action_open()
        self.cursor = place

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()
