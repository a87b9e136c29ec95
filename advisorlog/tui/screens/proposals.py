"""Entries that pasted notes seem to hold, one a row: accept it, say it in other words, or leave it."""

import sqlite3
import threading
from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from advisorlog.errors import AdvisorlogError
from advisorlog.tui import showing
from advisorlog.tui.dialogs import Ask, Field
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList, Row
from advisorlog.workflow import proposing
from advisorlog.workflow.capture import Captured, Place
from advisorlog.workflow.proposing import BY_MODEL, Offer


class ProposalsScreen(RecordScreen[Sequence[Offer]]):
    """What the rules propose from notes; `m` asks the model too. Nothing is stored but what is accepted."""

    BINDINGS = [
        Binding("escape", "dismiss_screen", "Back", id="proposals.leave"),
        Binding("y,enter", "accept", "Accept", key_display="y", id="proposals.accept"),
        Binding("e", "edit", "In my words", id="proposals.edit"),
        Binding("x,n", "refuse", "Leave", key_display="x", id="proposals.refuse"),
        Binding("m", "ask_model", "Ask the model", id="proposals.model"),
    ]

    def __init__(self, notes: str, meeting: str | None) -> None:
        super().__init__()
        self.notes = notes
        self.meeting = meeting
        self._offers: dict[str, Offer] | None = None
        self._cancelled = threading.Event()

    def compose(self) -> ComposeResult:
        yield Static(id="meeting-bar")
        yield RecordList("Nothing is left to look at.", id="proposals")
        yield KeyBar()

    def read(self, connection: sqlite3.Connection) -> Sequence[Offer]:
        return proposing.by_rules(self.desk.settings, self.notes)

    def show(self, found: Sequence[Offer]) -> None:
        if self._offers is None:
            self._offer(found)
        self._show_rows()
        if self.focused is None:
            self.query_one(RecordList).focus()

    def _offer(self, found: Sequence[Offer]) -> None:
        self._offers = {str(number): each for number, each in enumerate(found) if not each.proposal.is_marked}

    def _show_rows(self) -> None:
        offers = self._offers or {}
        bar = (
            f" {showing.counted(len(offers), 'proposal')} from {showing.counted(self.notes.count(chr(10)) + 1, 'line')}"
        )
        self.query_one("#meeting-bar", Static).update(showing.words(bar, "bold"))
        self.query_one(RecordList).fill([Row(key, _shown(each)) for key, each in offers.items()])

    def _chosen(self) -> tuple[str, Offer] | None:
        key = self.query_one(RecordList).chosen
        return (key, self._offers[key]) if key is not None and self._offers and key in self._offers else None

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        if chosen := self._chosen():
            self._keep(*chosen, chosen[1].line)

    def action_refuse(self) -> None:
        if (chosen := self._chosen()) and self._offers:
            del self._offers[chosen[0]]
            self._show_rows()

    def action_edit(self) -> None:
        if chosen := self._chosen():
            self.later(lambda: self._edited(*chosen))

    async def _edited(self, key: str, offer: Offer) -> None:
        about = f"“{offer.proposal.text}”"
        fields = [Field("line", "The line", value=offer.line, needed=True)]
        answer = await self.advisorlog.push_screen_wait(Ask("In my words", fields, about, "store"))
        if answer:
            self._keep(key, offer, answer["line"])

    def _keep(self, key: str, offer: Offer, line: str) -> None:
        """Out of sight at once, so that a second Enter can't store it twice; back where it was not stored."""
        assert self._offers is not None
        self._offers.pop(key, None)
        self._show_rows()
        self.later(lambda: self._stored(key, offer, line))

    async def _stored(self, key: str, offer: Offer, line: str) -> None:
        now = self.desk.now()
        place = Place(now, self.meeting, origin=offer.origin)
        try:
            kept = await self.desk.do(lambda: proposing.accept(self.desk.settings, line, place, now))
        except AdvisorlogError:
            if self._offers is not None:
                self._offers[key] = offer
                self._show_rows()
            raise
        if isinstance(kept, Captured):
            self.tell(f"Stored: {kept.kind}.")

    def action_ask_model(self) -> None:
        self._cancelled.clear()
        self.later(self._asked)

    async def _asked(self) -> None:
        from advisorlog.workflow.assisting import Helper, helping, require

        settings = self.desk.settings
        require(settings, "propose")
        said: list[str] = []
        self.tell("The model is asked; going back cancels it.")
        helper = Helper(settings, "propose", say=said.append, cancelled=self._cancelled)
        offered = await self.desk.do(lambda: helping.entries_from(helper, self.notes))
        if not self.is_mounted:
            return
        said += [f"Dropped: “{each.text}”: {each.why}." for each in offered.dropped[:3]]
        for line in said:
            self.tell(line)
        if any(each.origin == BY_MODEL for each in offered.offers):
            self._offer(offered.offers)
            self._show_rows()

    def action_dismiss_screen(self) -> None:
        self._cancelled.set()
        self.leave()


def _shown(offer: Offer) -> showing.Hanging:
    by = "the model" if offer.origin == BY_MODEL else offer.proposal.why
    source = f"line {offer.at}, {by}"
    return showing.Hanging(
        showing.sign(offer.proposal.kind),
        showing.joined(showing.line(offer.line.lstrip("![]=?+*> ")), showing.line(f"  {source}", showing.QUIET)),
        3,
    )
