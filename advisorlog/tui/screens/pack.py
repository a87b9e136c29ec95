"""The pack for a mentee, as it will read, beside what stays out of it and why."""

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Markdown, Static

from advisorlog.domain.inert import inert
from advisorlog.errors import AdvisorlogError
from advisorlog.tui import handing_over, showing
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.screens import review
from advisorlog.tui.screens.review import Wanted
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList, Row
from advisorlog.workflow import mentoring
from advisorlog.workflow.mentoring import Packed

if TYPE_CHECKING:
    from advisorlog.assist.grounding import Grounded
    from advisorlog.workflow.assisting import Helper


class PackScreen(RecordScreen[Packed]):
    """A mentee's pack: read it, then copy it, write it to a file, or keep it as sent."""

    BINDINGS = [
        Binding("escape", "dismiss_screen", "Back", id="pack.leave"),
        Binding("s", "send", "Send", id="pack.send"),
        Binding("m", "keywords", "Ask the model for keywords", show=False, id="pack.model"),
    ]

    def __init__(self, handle: str) -> None:
        super().__init__()
        self.handle = handle
        self.found: Packed | None = None
        self._keywords: tuple[str, ...] = ()
        """Of the model, and accepted."""

    def compose(self) -> ComposeResult:
        yield Static(id="meeting-bar")
        with Horizontal(id="pack"):
            with VerticalScroll(id="pack-text"):
                yield Markdown(id="pack-markdown", open_links=False)
            with Vertical(id="pack-withheld"):
                yield Static("Stays out (only you see this)", classes="heading -first")
                yield RecordList("Nothing.", id="withheld")
        yield KeyBar()

    def read(self, connection: sqlite3.Connection) -> Packed:
        return mentoring.pack(self.desk.settings, self.handle, suggested=self._keywords)

    def show(self, found: Packed) -> None:
        self.found = found
        words = found.prepared.renderer.count(found.prepared.document)
        bar = f" Pack: {found.name}  {words} of {found.prepared.document.budget} words"
        self.query_one("#meeting-bar", Static).update(showing.line(bar, "bold"))
        self.query_one("#withheld", RecordList).fill(
            [
                Row(str(number), showing.joined(showing.line(each.what), showing.line(f"  {each.why}", showing.QUIET)))
                for number, each in enumerate(found.withheld)
            ]
        )
        self.query_one("#pack-withheld").display = bool(found.withheld)
        if self.focused is None:
            self.query_one("#pack-text").focus()
        self.later(lambda: self._written(found))

    def complain(self, error: AdvisorlogError) -> None:
        """Without a pack there is nothing to stay for: it says why, where one came from."""
        super().complain(error)
        if self.found is None:
            self.leave()

    async def _written(self, found: Packed) -> None:
        await self.query_one("#pack-markdown", Markdown).update(inert(found.prepared.rendered("md")))

    def action_keywords(self) -> None:
        """Search keywords of the model; once more, and they are gone again."""
        if self._keywords:
            self._keywords = ()
            self.tell("Without the keywords of the model")
            self.reload()
        else:
            self.later(self._ask_for_keywords)

    async def _ask_for_keywords(self) -> None:
        wanted = Wanted("keywords", "Search keywords", lambda helper: _keywords(helper, self.handle))
        self._keywords = tuple(each.text for each in await review.taken(self, wanted))
        self.reload()

    def action_send(self) -> None:
        found = self.found
        if found is not None:
            self.later(lambda: handing_over.hand_over(self, found.prepared, f"{found.name}.md"))

    def action_dismiss_screen(self) -> None:
        self.leave()


def _keywords(helper: "Helper", handle: str) -> "Sequence[Grounded]":
    from advisorlog.workflow.assisting import helping

    return helping.keywords(helper, handle)
