"""One line of the log, whole, with where it stands."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from advisorlog.domain.kinds import EntryKind, RecordKind
from advisorlog.store.reading import attachments, entries
from advisorlog.store.reading.rows import Attachment, Entry
from advisorlog.tui import asking, said_lines, showing
from advisorlog.tui.dialogs import Ask, Choice, Choose, Field
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.screens import review
from advisorlog.tui.screens.attachment import file_row
from advisorlog.tui.screens.review import Wanted
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList, Row

if TYPE_CHECKING:
    from advisorlog.assist.grounding import Grounded
    from advisorlog.workflow.assisting import Helper


@dataclass(frozen=True, slots=True)
class Around:
    """A line, and those said just before and after it."""

    entry: Entry
    near: tuple[Entry, ...]
    attached: tuple[Attachment, ...]


class EntryPage(RecordScreen[Around]):
    """A line with its circumstances."""

    BINDINGS = [
        Binding("escape", "dismiss_screen", "Back", id="entry.leave"),
        Binding("e", "edit", "Edit", id="line.edit"),
        Binding("t", "retag", "Kind", id="line.retag", tooltip="make it advice, a question, a note ..."),
        Binding("p", "hide", "Private", id="line.hide", tooltip="in no document; again opens it"),
        Binding("x,delete", "remove", "Delete", key_display="x", id="line.remove"),
        Binding("m", "meeting", "Its meeting", id="entry.meeting"),
        Binding("w", "guess", "Guess why", id="entry.guess", tooltip=said_lines.GUESS),
        Binding("W", "ask_why", "Ask the model why", show=False, id="entry.model"),
    ]

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.found: Around | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="meeting-bar")
        with VerticalScroll(id="entry-page", can_focus=False):
            yield Static(id="entry-text")
            yield RecordList(id="attached")
            yield Static("Said around it", classes="heading")
            yield RecordList("It stands alone.", id="near")
        yield KeyBar()

    def shown_record(self) -> str:
        return str(self.number)

    def read(self, connection: sqlite3.Connection) -> Around:
        entry = entries.entry(connection, self.number)
        said = entries.of_meetings(connection, [entry.meeting_id]) if entry.meeting_id else []
        place = next((number for number, each in enumerate(said) if each.id == entry.id), 0)
        near = [each for each in said[max(0, place - 4) : place + 5] if each.id != entry.id]
        return Around(entry, tuple(near), tuple(attachments.attached_to(connection, RecordKind.ENTRY, entry.id)))

    def show(self, found: Around) -> None:
        self.found = found
        self.refresh_bindings()
        entry = found.entry
        where = f" in {entry.meeting}" if entry.meeting else " in the inbox"
        who = f" by {entry.speaker_name}" if entry.speaker_name else ""
        bar = f" {str(entry.kind).capitalize()} {entry.id}, {entry.said.local:%Y-%m-%d %H:%M}{who}{where}"
        self.query_one("#meeting-bar", Static).update(showing.line(bar, showing.QUIET))
        private = (
            showing.words("Private: it is in no document\n\n", showing.PRIVATE) if entry.is_private else Content("")
        )
        text = showing.lines(entry.text, showing.PRIVATE if entry.is_private else "")
        self.query_one("#entry-text", Static).update(showing.joined(private, text))
        files = self.query_one("#attached", RecordList)
        files.display = bool(found.attached)
        files.fill([file_row(each) for each in found.attached])
        self.query_one("#near", RecordList).fill(
            [
                Row(
                    str(each.id),
                    showing.Hanging(
                        showing.sign(each.kind, private=each.is_private),
                        showing.line(each.text, showing.PRIVATE if each.is_private else showing.QUIET),
                        2,
                    ),
                )
                for each in found.near
            ]
        )
        if self.focused is None:
            self.query_one("#near", RecordList).focus()

    @on(RecordList.Opened, "#attached")
    def _open_file(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_attachment(int(event.key))

    @on(RecordList.Opened, "#near")
    def _open(self, event: RecordList.Opened) -> None:
        self.number = int(event.key)
        self.reload()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("guess", "ask_why"):
            return self.found is not None and self.found.entry.kind is EntryKind.ADVICE
        return True

    def action_guess(self) -> None:
        said_lines.guess_why(self, self.number)

    def action_ask_why(self) -> None:
        """Make the same question from the reasons of the model that are accepted."""
        self.later(self._asked_why)

    async def _asked_why(self) -> None:
        number, desk = self.number, self.desk
        wanted = Wanted("guess", "Why was this advised?", lambda helper: _reasons(helper, number))
        because = [each.sentence.record.id for each in await review.taken(self, wanted) if each.sentence is not None]
        if because:
            from advisorlog.workflow import guesses

            self.change(
                lambda: guesses.new(desk.settings.log, desk.now(), number, because), said=lambda made: made.question
            )

    def action_meeting(self) -> None:
        if self.found and self.found.entry.meeting:
            self.advisorlog.show_meeting(self.found.entry.meeting)
        else:
            self.later(self._move)

    async def _move(self) -> None:
        """An inbox line can be put into a meeting."""
        from advisorlog.store.reading import meetings

        last = await self.desk.read(lambda connection: meetings.meetings(connection, limit=20))
        choices = [Choice(each.slug, str(each.starts.day), each.name) for each in last]
        chosen = (
            await self.advisorlog.push_screen_wait(Choose("Put it into which meeting?", choices)) if choices else None
        )
        if chosen is not None:
            from advisorlog.workflow import entries as changing

            self.change(
                lambda: changing.move(self.desk.settings.log, self.desk.now(), self.number, chosen), said="Moved"
            )

    def action_edit(self) -> None:
        self.later(self._edit)

    async def _edit(self) -> None:
        if self.found is None:
            return
        entry = self.found.entry
        fields = [Field("line", "The line, with its sigil", value=entry.lead + entry.text, needed=True)]
        from advisorlog.workflow import entries as changing

        log, now = self.desk.settings.log, self.desk.now()
        await asking.change(
            self,
            Ask("Edit", fields),
            lambda answer: changing.edit(log, now, entry.id, answer["line"]),
            "Changed",
        )

    def action_retag(self) -> None:
        said_lines.retag(self, self.number, self._renamed)

    def _renamed(self, number: int) -> None:
        self.number = number

    def action_hide(self) -> None:
        said_lines.hide(self, self.number)

    def action_remove(self) -> None:
        self.later(self._remove)

    async def _remove(self) -> None:
        from advisorlog.workflow import entries as changing

        desk, number = self.desk, self.number
        await desk.do(lambda: changing.remove(desk.settings.log, desk.now(), number))
        self.tell(f"Deleted. {self.key('undo')} brings it back")
        self.leave()

    def action_dismiss_screen(self) -> None:
        self.leave()


def _reasons(helper: "Helper", advice: int) -> "Sequence[Grounded]":
    from advisorlog.workflow.assisting import helping

    return helping.reasons(helper, advice)
