"""An attached file: the picture, where it is one, and what can be done with it."""

import sqlite3

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Resize
from textual.widgets import Static

from advisorlog.domain.kinds import Visibility
from advisorlog.domain.media import is_picture, size_said
from advisorlog.errors import AdvisorlogError
from advisorlog.store import attachments as files
from advisorlog.store.reading import attachments
from advisorlog.store.reading.rows import Attachment
from advisorlog.tui import showing
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.picture import Picture, Pixel, scaled
from advisorlog.tui.widgets.record_list import Row


def file_row(found: Attachment) -> Row:
    """An attached file in a list; a private one looks private."""
    name = showing.line(found.name, showing.PRIVATE if found.is_private else "")
    size = showing.words(size_said(found.size), showing.QUIET)
    return Row(str(found.id), showing.Hanging(showing.words("▪", showing.QUIET), name, 2, size))


class AttachmentPage(RecordScreen[Attachment]):
    """A picture is shown in the terminal; anything is opened by the system's program, as a copy."""

    BINDINGS = [
        Binding("escape", "dismiss_screen", "Back", id="attachment.leave"),
        Binding("o", "open", "Open with the system's program", id="attachment.open"),
        Binding("p", "hide", "Private", id="attachment.hide"),
        Binding("x,delete", "remove", "Remove", key_display="x", id="attachment.remove"),
    ]

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.found: Attachment | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="meeting-bar")
        with Vertical(id="attachment"):
            yield Static(id="attachment-facts")
            yield Picture(id="picture")
        yield KeyBar()

    def read(self, connection: sqlite3.Connection) -> Attachment:
        return attachments.attachment(connection, self.number)

    def show(self, found: Attachment) -> None:
        self.found = found
        where = f"line {found.entry_id}" if found.entry_id else found.meeting or ""
        bar = f" {found.name}  {size_said(found.size)}, {found.media_type}, attached to {where}"
        self.query_one("#meeting-bar", Static).update(showing.line(bar, "bold"))
        self._say("Private: it is in no document" if found.is_private else found.caption or "")
        self.later(self._paint)

    def _say(self, words: str) -> None:
        self.query_one("#attachment-facts", Static).update(showing.line(words, showing.QUIET))

    @on(Resize)
    def _again(self) -> None:
        self.later(self._paint)

    async def _paint(self) -> None:
        """Unpacked in a thread, as large as there is room."""
        picture, found = self.query_one(Picture), self.found
        if found is None or not picture.size:
            return
        open_key = self.key("attachment.open")
        if not is_picture(found.media_type):
            self._say(f"It is no picture that a terminal shows: {open_key} opens it")
            return
        try:
            rows = await self.desk.do(lambda: self._pixels(found, picture))
        except (OSError, ValueError, SyntaxError) as error:  # what Pillow raises for a broken file
            self._say(f"It can't be shown here ({error}): {open_key} opens it")
            return
        if self.is_mounted:
            picture.show(rows)

    def _pixels(self, found: Attachment, picture: Picture) -> list[list[Pixel]]:
        return scaled(files.source_of(files.folder(self.desk.settings.log), found.sha256), picture.size)

    def action_open(self) -> None:
        self.later(self._open)

    async def _open(self) -> None:
        from advisorlog.workflow.opening import open_file

        found = self.found
        if found is not None:
            await self.desk.do(lambda: open_file(self.desk.settings, found))
            self.tell("Opened as a copy")

    def action_hide(self) -> None:
        from advisorlog.workflow import attaching

        if self.found is None:
            return
        desk, is_open = self.desk, self.found.visibility is Visibility.OPEN
        wanted = attaching.AttachmentFields(visibility=Visibility.PRIVATE if is_open else Visibility.OPEN)
        self.change(lambda: attaching.edit(desk.settings.log, desk.now(), self.number, wanted), said=_told)

    def action_remove(self) -> None:
        self.later(self._remove)

    async def _remove(self) -> None:
        from advisorlog.workflow import attaching

        desk, number = self.desk, self.number
        await desk.do(lambda: attaching.remove(desk.settings.log, desk.now(), number))
        self.tell(f"Removed. {self.key('undo')} brings it back")
        self.leave()

    def complain(self, error: AdvisorlogError) -> None:
        """Where it is gone there is nothing to stay for."""
        super().complain(error)
        if self.found is None:
            self.leave()

    def action_dismiss_screen(self) -> None:
        self.leave()


def _told(found: Attachment) -> str:
    if found.visibility is Visibility.PRIVATE:
        return "Private: it leaves the log in no document"
    return "Its line is private, so it stays so" if found.line_is_private else "Open: exports take it along"
