"""A meeting while it takes place: the capture line, what was said, the agenda, and the open promises."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from advisorlog.domain.grammar import Mention, to_edit
from advisorlog.errors import AdvisorlogError
from advisorlog.store.reading import entries
from advisorlog.store.reading.rows import Entry
from advisorlog.tui import agenda, meeting_rows, promises, said_lines, showing
from advisorlog.tui.draft import Draft
from advisorlog.tui.meeting_rows import Live, elapsed, grouped, point_row, promise_row, said_row, title
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.screens.attachment import file_row
from advisorlog.tui.widgets.capture_line import CaptureLine
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList
from advisorlog.tui.widgets.waiting_lines import WaitingLines
from advisorlog.workflow import capture
from advisorlog.workflow.capture import Captured, Place, Refused


@dataclass(frozen=True, slots=True)
class Stored:
    """Lines that were just stored: what is to be said of each, and how they read."""

    results: Sequence[Captured | Refused]
    entries: tuple[Entry, ...]


class _Agenda(RecordList):
    """The points of the agenda, ticked off one by one."""

    BINDINGS = [Binding("enter", "select", "Tick", key_display="⏎", id="agenda.tick")]


class _Said(RecordList):
    """The lines of the meeting: to open one is to edit it."""

    BINDINGS = [Binding("enter", "select", "Edit", key_display="⏎", show=False, id="said.edit")]


class MeetingScreen(RecordScreen[Live]):
    """Held, planned or over: a meeting with its lines. The cursor rests in the capture line."""

    BINDINGS = [
        Binding("e", "edit", "Edit", id="line.edit"),
        Binding("t", "retag", "Kind", id="line.retag", tooltip="make it advice, a question, a note ..."),
        Binding("p", "hide", "Private", id="line.hide", tooltip="in no document; again opens it"),
        Binding("x,delete", "remove", "Delete", key_display="x", id="line.remove"),
        Binding("d", "done", "Done", id="action.done", tooltip="kept, and what shows it"),
        Binding("c", "carry", "Carry", id="action.carry", tooltip="put off to another day, and why"),
        Binding("n", "agenda_new", "New point", id="agenda.new"),
        Binding("escape", "leave", "Leave", id="meeting.leave"),
        Binding(
            "ctrl+o", "wrap_up", "Wrap up", id="meeting.wrap_up", tooltip="ends it: takeaways, TODOs, what to expect"
        ),
        Binding("ctrl+r", "brief", "Brief", id="meeting.brief"),
        Binding(
            "ctrl+t",
            "beside",
            "Promises",
            id="meeting.beside",
            tooltip="to the promises, the agenda, the files, and back",
        ),
        Binding("ctrl+g", "group", "Group", id="meeting.group", tooltip="the lines by kind, or by time"),
        Binding("ctrl+z", "app.undo", "Undo", id="meeting.undo"),
        Binding(
            "ctrl+y",
            "proposals",
            "Proposals",
            show=False,
            id="meeting.proposals",
            tooltip="what several pasted lines seem to hold",
        ),
        Binding(
            "ctrl+n",
            "make_new",
            "Make #/@",
            show=False,
            id="meeting.make_new",
            tooltip="the new ideas and people that the last line named",
        ),
    ]

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug
        self.found: Live | None = None
        self._by_kind = False
        self._editing: int | None = None
        self._set_aside = ""
        self._unknown: tuple[Mention, ...] = ()
        self._pasted = ""
        self._draft = Draft(self, self._being_typed)

    def compose(self) -> ComposeResult:
        yield Static(id="meeting-bar")
        with Horizontal(id="meeting"):
            with Vertical(id="said-column"):
                yield _Said("Nothing was said yet.", id="said")
                yield WaitingLines(self.desk, self._store, self._stored)
            with Vertical(id="aside"):
                yield Static("Agenda", classes="heading")
                here, new = self.key("meeting.beside"), self.key("agenda.new")
                yield _Agenda(f"Empty. {here} comes here, {new} adds a point.", id="agenda")
                yield Static("Promised before", classes="heading")
                yield RecordList("Nothing is open from before.", id="open")
                with Vertical(id="files"):
                    yield Static("Attached", classes="heading")
                    yield RecordList(id="attached-files")
        yield CaptureLine()
        yield KeyBar()

    # reading and showing

    def on_mount(self) -> None:
        self.set_interval(1.0, self._show_bar)
        self.query_one(CaptureLine).take_focus()

    def undo_key(self) -> str:
        return self.key("meeting.undo")  # while one types, a letter is a letter

    def shown_record(self) -> str:
        return self.slug

    def read(self, connection: sqlite3.Connection) -> Live:
        return meeting_rows.read(connection, self.slug, self.desk.now())

    def show(self, found: Live) -> None:
        first = self.found is None
        grown = first or len(found.entries) > len(self.found.entries if self.found else ())
        self.found = found
        line = self.query_one(CaptureLine)
        line.names, line.today = found.names, found.now.day
        if (draft := self._draft.begin(f"capture:{found.meeting.id}", found.draft)) and not line.typed:
            line.typed = draft
            self.tell("What you were typing is back")
        said = self.query_one("#said", RecordList)
        said.fill(grouped(found) if self._by_kind else [said_row(entry, found) for entry in found.entries])
        if grown and not said.has_focus:
            said.choose(str(found.entries[-1].id) if found.entries else None)
            said.scroll_end(animate=False)
        self.query_one("#agenda", RecordList).fill([point_row(point, found.dealt_with) for point in found.agenda])
        self.query_one("#open", RecordList).fill([promise_row(action, found.now) for action in found.promises])
        self.query_one("#files").display = bool(found.attached)
        self.query_one("#attached-files", RecordList).fill([file_row(each) for each in found.attached])
        self._show_bar()

    def _show_bar(self) -> None:
        if self.found is None or not self.query("#meeting-bar"):  # at the end the widgets go before the clock does
            return
        meeting = self.found.meeting
        now = self.desk.now()
        right = elapsed(meeting, now.at)
        bar = self.query_one("#meeting-bar", Static)
        room = max(10, bar.size.width - right.cell_length - 1)
        bar.update(showing.joined(showing.wide(title(meeting, now.day), room), right), layout=False)

    # capturing

    @on(CaptureLine.Captured)
    def _capture(self, event: CaptureLine.Captured) -> None:
        if self._editing is not None:
            self._store_edit(self._editing, event.typed)
            return
        self.query_one(WaitingLines).enter([event.typed])

    @on(CaptureLine.Pasted)
    def _paste(self, event: CaptureLine.Pasted) -> None:
        self.query_one(WaitingLines).enter(event.lines)
        self.later(lambda: self._offer(event.lines))

    async def _offer(self, lines: Sequence[str]) -> None:
        from advisorlog.tui.offering import offer

        self._pasted = await offer(self, lines, self.key("meeting.proposals")) or self._pasted

    def action_proposals(self) -> None:
        from advisorlog.tui.screens.proposals import ProposalsScreen

        if self._pasted:
            self.advisorlog.push_screen(ProposalsScreen(self._pasted, self.slug))
        else:
            self.tell("Paste notes of several lines: what they seem to hold is offered here.")

    def _store(self, lines: Sequence[str]) -> Stored:
        """Store lines, and read back what is to be shown of them: in one go, since the user waits."""
        now = self.desk.now()
        results = capture.capture(self.desk.settings.log, lines, Place(now, self.slug, origin="tui"), now)
        numbers = [each.entry_id for each in results if isinstance(each, Captured)]
        return Stored(results, tuple(self.desk.ask(lambda connection: entries.by_ids(connection, numbers)).values()))

    async def _stored(self, stored: Stored) -> None:
        self._answer(stored.results)
        await self._show_stored(stored.entries)

    async def _show_stored(self, stored: Sequence[Entry]) -> None:
        """Show the lines that were just stored; all else is read again at the next tick, as after any change."""
        if self.found is None or self._by_kind or not self.is_mounted:
            await self._load()
            return
        self.has_shown_more()
        self.found = replace(self.found, entries=(*self.found.entries, *stored))
        said = self.query_one("#said", RecordList)
        for entry in stored:
            said.append(said_row(entry, self.found))
        if not said.has_focus:
            said.scroll_end(animate=False)

    def _answer(self, results: Sequence[Captured | Refused]) -> None:
        line, today = self.query_one(CaptureLine), self.desk.now().day
        told = [each for each in results if isinstance(each, Captured)]
        self._unknown = tuple(mention for each in told for mention in each.unknown)
        line.say(meeting_rows.answer(results, self.key("meeting.make_new"), self.key("meeting.undo"), today))

    @on(CaptureLine.Changed)
    def _keep_soon(self) -> None:
        self._draft.keep_soon()

    def _being_typed(self) -> str:
        return self.query_one(CaptureLine).typed if self._editing is None else self._set_aside

    async def rest(self) -> bool:
        """Store and keep all that was typed; no where a line can't be stored."""
        waiting = self.query_one(WaitingLines)
        await waiting.store()
        await self._draft.keep()
        return waiting.are_stored

    @on(CaptureLine.LeftUpwards)
    def _into_lines(self) -> None:
        said = self.query_one("#said", RecordList)
        if said.keys:
            said.focus()

    # what one does with a line

    def _line(self) -> int | None:
        said = self.query_one("#said", RecordList)
        return int(said.chosen) if said.has_focus and said.chosen else None

    def _action(self) -> int | None:
        found = self.query_one("#open", RecordList)
        if found.has_focus and found.chosen:
            return int(found.chosen)
        number = self._line()
        if number is None or self.found is None or number not in self.found.mine:
            return None
        return self.found.mine[number].id

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("edit", "remove"):
            return self._line() is not None or self._point() is not None
        if action in ("retag", "hide"):
            return self._line() is not None
        if action in ("done", "carry"):
            return self._action() is not None
        if action == "agenda_new":
            return any(self.query_one(each, RecordList).has_focus for each in ("#agenda", "#open"))
        return True

    def on_descendant_focus(self) -> None:
        self.refresh_bindings()

    @on(RecordList.Opened, "#said")
    def _opened(self) -> None:
        self.action_edit()

    def action_edit(self) -> None:
        if (point := self._point()) is not None:
            agenda.edit(self, self.slug, point)
            return
        number = self._line()
        entry = next((each for each in self.found.entries if each.id == number), None) if self.found else None
        if entry is None:
            return
        self._begin_editing(entry.id, to_edit(entry.kind, entry.visibility, entry.lead, entry.text))

    def _begin_editing(self, number: int, typed: str) -> None:
        """Put a stored line into the capture line; what was being typed there comes back after it."""
        line = self.query_one(CaptureLine)
        if self._editing is None:
            self._set_aside = line.typed
        self._editing = number
        line.typed = typed
        line.edits(f"editing: {self.key('meeting.leave')} leaves it as it was")
        line.take_focus()

    def _store_edit(self, number: int, typed: str) -> None:
        self._stop_editing()
        self.later(lambda: self._edited(number, typed))

    async def _edited(self, number: int, typed: str) -> None:
        """Store a line as it was edited; where that fails it comes back into the line, to be tried again."""
        from advisorlog.workflow import entries as changing

        try:
            await self.desk.do(lambda: changing.edit(self.desk.settings.log, self.desk.now(), number, typed))
        except AdvisorlogError as error:
            self.complain(error)
            self._begin_editing(number, typed)
            return
        self.tell("Changed")
        self.reload()

    def _stop_editing(self) -> None:
        line = self.query_one(CaptureLine)
        self._editing = None
        line.edits("")
        line.typed, self._set_aside = self._set_aside, ""
        line.say(Content(""))

    def action_retag(self) -> None:
        if (number := self._line()) is not None:
            said_lines.retag(self, number)

    def action_hide(self) -> None:
        if (number := self._line()) is not None:
            said_lines.hide(self, number)

    def action_remove(self) -> None:
        if (point := self._point()) is not None:
            agenda.remove(self, self.slug, point)
        if (number := self._line()) is not None:
            said_lines.remove(self, number)

    def action_done(self) -> None:
        if (number := self._action()) is not None:
            promises.done(self, number)

    def action_carry(self) -> None:
        if (number := self._action()) is not None:
            promises.carry(self, number)

    @on(RecordList.Opened, "#attached-files")
    def _open_file(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_attachment(int(event.key))

    @on(RecordList.Opened, "#open")
    def _open_promise(self, event: RecordList.Opened) -> None:
        promises.choose(self, int(event.key))

    # agenda, and the rest

    def _point(self) -> str | None:
        points = self.query_one("#agenda", RecordList)
        return points.chosen if points.has_focus else None

    @on(RecordList.Opened, "#agenda")
    def _tick(self, event: RecordList.Opened) -> None:
        if self.found is not None:
            agenda.tick(self, self.found, event.key)

    def action_agenda_new(self) -> None:
        agenda.new(self, self.slug)

    def action_make_new(self) -> None:
        """Make the ideas and people that the last lines named and the log doesn't know."""
        wanted = tuple(dict.fromkeys((mention.mark, mention.name) for mention in self._unknown))
        if wanted:
            self._unknown = ()
            self.query_one(CaptureLine).say(Content(""))
            said_lines.make_named(self, wanted)

    def action_group(self) -> None:
        self._by_kind = not self._by_kind
        if self.found is not None:
            self.show(self.found)

    def action_beside(self) -> None:
        """To the promises, the agenda, the attached files, and back to the line."""
        order = [self.query_one(each, RecordList) for each in ("#open", "#agenda", "#attached-files")]
        stops = [each for each in order if each.keys or each.id == "agenda"]
        following = next((number + 1 for number, each in enumerate(stops) if each.has_focus), 0)
        if following < len(stops):
            stops[following].focus()
        else:
            self.query_one(CaptureLine).take_focus()

    def action_brief(self) -> None:
        self.advisorlog.show_sent_brief(self.slug)

    def action_wrap_up(self) -> None:
        self.advisorlog.wrap_up(self.slug)

    def action_leave(self) -> None:
        """First back to the line, then out of the meeting; it goes on, and nothing typed is lost."""
        line = self.query_one(CaptureLine)
        if self._editing is not None:
            self._stop_editing()
        elif not line.box.has_focus:
            line.take_focus()
        else:
            self.later(self._leave)

    async def _leave(self) -> None:
        if await self.rest():
            self.leave()
        else:
            quit_key = self.key("quit.always")
            self.tell(f"A line is not stored yet, so this stays open; {quit_key} twice quits without it")
