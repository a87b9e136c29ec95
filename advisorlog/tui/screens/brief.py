"""The brief: as it will read, beside the records it cites; the prep sheet on a tab of its own."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Markdown, Static, TabbedContent, TabPane

from advisorlog.documents.document import Cite, Document
from advisorlog.domain.kinds import RecordKind
from advisorlog.domain.stateless.findings import Finding
from advisorlog.errors import AdvisorlogError
from advisorlog.store.reading import actions, entries, ideas
from advisorlog.tui import handing_over, promises, showing
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.screens import review
from advisorlog.tui.screens.review import Wanted
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList, Row
from advisorlog.workflow import pinning
from advisorlog.workflow.pinning import Pinned
from advisorlog.workflow.preparing import Prepared

if TYPE_CHECKING:
    from advisorlog.assist.grounding import Grounded
    from advisorlog.workflow.assisting import Helper

_SIGN = {str(Pinned.KEEP): "◆", str(Pinned.DROP): "✕"}


@dataclass(frozen=True, slots=True)
class Cited:
    """A record behind a section of the brief, in its own words."""

    section: str
    cite: Cite
    words: Content
    choice: str = ""

    @property
    def key(self) -> str:
        return f"{self.cite.record}:{self.cite.record_id}"


class BriefScreen(RecordScreen[tuple[Cited, ...]]):
    """The next brief of a series."""

    BINDINGS = [
        Binding("p", "pin", "Keep", id="brief.pin", tooltip="whatever the budget of words says; again takes it back"),
        Binding("x", "drop", "Leave out", id="brief.drop", tooltip="of this brief only; again takes it back"),
        Binding("escape", "dismiss_screen", "Leave", id="brief.leave"),
        Binding("s", "send", "Send", id="brief.send", tooltip="copy it, write it to a file, keep it as sent"),
        Binding(
            "tab",
            "app.focus_next",
            "Records",
            show=True,
            id="brief.records",
            tooltip="to the records that it rests on, and back",
        ),
        Binding("f", "prep", "Prep sheet", id="brief.prep", tooltip="what is for you alone"),
        Binding("m", "arrange", "Ask the model to arrange it", show=False, id="brief.model"),
        Binding("r", "reword", "Ask the model for other words", show=False, id="brief.reword"),
        Binding("l", "language", "Judge its language, or not", show=False, id="brief.language"),
    ]

    def __init__(self, series: str | None) -> None:
        super().__init__()
        self.series = series
        self.prepared: Prepared | None = None
        self._sheet = ""
        self._text = ""
        self._findings: Sequence[Finding] = ()
        self._arranged: tuple[Grounded, ...] = ()
        self._reworded: tuple[Grounded, ...] = ()
        """Lines of the model that were taken: which to choose and in what order, and other words for some."""
        self._judges: bool | None = None
        """Whether language is judged in this brief; unset: as the settings say."""

    def compose(self) -> ComposeResult:
        yield Static(id="meeting-bar")
        with TabbedContent(id="brief-tabs"):
            with TabPane("Brief", id="tab-brief"), Horizontal():
                with VerticalScroll(id="brief-text"):
                    yield Markdown(id="brief-markdown", open_links=False)
                with Vertical(id="brief-side"):
                    yield Static(id="brief-findings")
                    yield Static("Rests on", classes="heading")
                    yield RecordList("It cites no record.", id="cited")
            with TabPane("Prep sheet, for you alone", id="tab-prep"), VerticalScroll(id="prep-text"):
                yield Markdown(id="prep-markdown", open_links=False)
        yield KeyBar()

    @property
    def judges(self) -> bool:
        return self.desk.settings.check_language if self._judges is None else self._judges

    def action_language(self) -> None:
        """Judge how this brief is said, or only whether it can be followed."""
        self._judges = not self.judges
        key = self.key("brief.language")
        self.tell(
            "Its language is judged too" if self._judges else f"Its language is not judged; {key} judges it again"
        )
        self.reload()

    def _prepare(self) -> tuple[Prepared, str, str]:
        from advisorlog.workflow import checking, preparing

        prepared = preparing.brief(self.desk.settings, self.series, None, None, False, self._with_model)
        sheet = preparing.brief(self.desk.settings, self.series, None, None, True)
        text = prepared.rendered("md")
        self._findings = checking.check(self.desk.settings, text, language=self.judges)
        return prepared, text, sheet.rendered("md")

    def _with_model(self, document: Document) -> Document:
        """The document as the lines of the model that were taken make it; as it is where none was."""
        if self._arranged:
            from advisorlog.workflow.assisting import condensing

            document = condensing.arranged(document, self._arranged)
        if self._reworded:
            from advisorlog.workflow.assisting import rewording

            document = rewording.reworded(document, self._reworded)
        return document

    async def _load(self) -> None:
        try:
            self.prepared, self._text, self._sheet = await self.desk.do(self._prepare)
        except AdvisorlogError as error:
            self.complain(error)
            await self.query_one("#brief-markdown", Markdown).update(f"*{error.message}. {error.what_to_do}*")
            return
        await super()._load()

    def read(self, connection: sqlite3.Connection) -> tuple[Cited, ...]:
        prepared = self.prepared
        if prepared is None:
            return ()
        now = self.desk.now()
        found: list[Cited] = []
        chosen = pinning.pins(connection, prepared.document.meeting_id)
        said = entries.by_ids(
            connection, [cite.record_id for _, cite in prepared.document.cites if cite.record is RecordKind.ENTRY]
        )
        known = {idea.id: idea for idea in ideas.ideas(connection, now)}
        titles = {section.key: section.title for section in prepared.document.sections}
        for section, cite in prepared.document.cites:
            words: Content | None = None
            if cite.record is RecordKind.ENTRY and cite.record_id in said:
                words = showing.told(said[cite.record_id].text, said[cite.record_id].said.day)
            elif cite.record is RecordKind.IDEA and cite.record_id in known:
                words = showing.line(known[cite.record_id].title)
            elif cite.record is RecordKind.ACTION:
                action = actions.action(connection, cite.record_id, now)
                words = showing.line(showing.task(action))
            if words is not None:
                choice = chosen.get((cite.record, cite.record_id))
                found.append(Cited(titles.get(section, section), cite, words, choice or ""))
        left_out = [
            Cited("Left out by you", Cite(*key), showing.line(words), "drop")
            for key, words in pinning.dropped(connection, prepared.document.meeting_id)
        ]
        return (*found, *left_out)

    def show(self, found: tuple[Cited, ...]) -> None:
        if self.prepared is None:
            return
        document = self.prepared.document
        words = self.prepared.renderer.count(document)
        left = showing.joined(showing.words(" "), showing.line(document.title, "bold"))
        room = document.budget - words
        count = showing.words(f"{words} words, {room} left ", showing.STRONG if room >= 0 else showing.LATE)
        bar = self.query_one("#meeting-bar", Static)
        wide = max(10, bar.size.width - count.cell_length)
        bar.update(showing.joined(showing.wide(left, wide), count))
        rows: list[Row] = []
        section = ""
        for each in found:
            if each.section != section:
                section = each.section
                rows.append(Row(None, showing.line(section, showing.QUIET)))
            sign = _SIGN.get(each.choice, "·")
            rows.append(Row(each.key, showing.Hanging(showing.words(sign, showing.STRONG), each.words, 2)))
        self.query_one("#cited", RecordList).fill(rows)
        self.query_one("#brief-findings", Static).update(self._hints())
        if self.focused is None:
            self.query_one("#brief-text").focus()
        self.later(self._render_markdown)

    async def _render_markdown(self) -> None:
        await self.query_one("#brief-markdown", Markdown).update(self._text)
        await self.query_one("#prep-markdown", Markdown).update(self._sheet)

    def _hints(self) -> Content:
        assert self.prepared is not None
        document = self.prepared.document
        told = [showing.line(hint, "$warning") for hint in document.hints]
        if self._arranged:
            told.append(
                showing.words(f"Arranged with the model; {self.key('brief.model')}: in its own order", showing.QUIET)
            )
        if self._reworded:
            told.append(
                showing.words(f"Reworded with the model; {self.key('brief.reword')}: in your own words", showing.QUIET)
            )
        told += [showing.line(f"“{each.words}”: {each.why}", "$warning") for each in self._findings]
        if document.withheld:
            told.append(showing.words(f"{showing.counted(document.withheld, 'private line')} left out", showing.QUIET))
        return Content("\n").join(told)

    @on(RecordList.Opened, "#cited")
    def _follow(self, event: RecordList.Opened) -> None:
        record, _, number = event.key.partition(":")
        if record == RecordKind.ACTION:
            promises.choose(self, int(number))
        elif record == RecordKind.IDEA:
            self.advisorlog.show_idea_by_id(int(number))
        elif record == RecordKind.ENTRY:
            self.advisorlog.show_entry(int(number))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("pin", "drop"):
            return self.query_one("#cited", RecordList).has_focus
        return True

    def on_descendant_focus(self) -> None:
        self.refresh_bindings()

    def action_pin(self) -> None:
        self._choose(Pinned.KEEP)

    def action_drop(self) -> None:
        self._choose(Pinned.DROP)

    def _choose(self, choice: Pinned) -> None:
        """Keep an item whatever the budget says, or leave it out; the same key again takes that back."""
        listed = self.query_one("#cited", RecordList)
        prepared = self.prepared
        if prepared is None or listed.chosen is None:
            return
        record, _, number = listed.chosen.partition(":")
        desk, document = self.desk, prepared.document
        self.change(
            lambda: pinning.choose_for_next(
                desk.settings.log, desk.now(), document, Cite(RecordKind(record), int(number)), choice
            )
        )

    def action_prep(self) -> None:
        tabs = self.query_one("#brief-tabs", TabbedContent)
        is_brief = tabs.active == "tab-brief"
        tabs.active = "tab-prep" if is_brief else "tab-brief"
        self.query_one("#prep-text" if is_brief else "#brief-text").focus()

    def action_arrange(self) -> None:
        """Let the model choose and order the lines; once more, and the brief is in its own order again."""
        if self._arranged:
            self._arranged = ()
            self.tell("In its own order again")
            self.reload()
        else:
            self.later(self._ask_to_arrange)

    async def _ask_to_arrange(self) -> None:
        if self.prepared is None:
            return
        self._arranged = await review.taken(self, Wanted("condense", "Arrange the brief", self._arrangement))
        self.reload()

    def _arrangement(self, helper: "Helper") -> "Sequence[Grounded]":
        from advisorlog.workflow import preparing
        from advisorlog.workflow.assisting import condensing

        settings = self.desk.settings
        return condensing.of_document(
            helper, lambda ask: preparing.brief(settings, self.series, None, None, False, ask), self.desk.now()
        )

    def action_reword(self) -> None:
        """Ask for other words where a cold reader can't follow; once more, and they are gone again."""
        if self._reworded:
            self._reworded = ()
            self.tell("In your own words again")
            self.reload()
        else:
            self.later(self._ask_to_reword)

    async def _ask_to_reword(self) -> None:
        prepared = self.prepared
        if prepared is None:
            return
        from advisorlog.workflow.assisting import rewording

        wanted = Wanted(
            "rewrite",
            "Other words",
            lambda helper: rewording.lines(helper, prepared.document, language=self.judges),
        )
        self._reworded = await review.taken(self, wanted)
        self.reload()

    def action_send(self) -> None:
        prepared = self.prepared
        if prepared is not None:
            self.later(lambda: handing_over.hand_over(self, prepared, "brief.md"))

    def action_dismiss_screen(self) -> None:
        self.leave()


class SentScreen(RecordScreen[str]):
    """A document as it was sent; nothing on it can change."""

    BINDINGS = [Binding("escape,q", "dismiss_screen", "Leave", key_display="esc", id="sent.leave")]

    def __init__(self, document_id: int) -> None:
        super().__init__()
        self._document_id = document_id
        self._heading = ""

    def compose(self) -> ComposeResult:
        yield Static(id="meeting-bar")
        with VerticalScroll(id="sent-text"):
            yield Markdown(id="sent-markdown", open_links=False)
        yield KeyBar()

    def read(self, connection: sqlite3.Connection) -> str:
        from advisorlog.store.reading import documents

        sent = documents.sent(connection, self._document_id)
        self._heading = f"As sent on {sent.sent.day} at {showing.clock(sent.sent)}" + (
            f" to {sent.to}" if sent.to else ""
        )
        return sent.body if sent.format == "md" else f"```\n{sent.body}\n```"

    def show(self, found: str) -> None:
        self.query_one("#meeting-bar", Static).update(showing.line(f" {self._heading}", "bold"))
        self.query_one("#sent-text").focus()
        self.later(lambda: self._markdown(found))

    async def _markdown(self, text: str) -> None:
        from advisorlog.domain.inert import inert

        await self.query_one("#sent-markdown", Markdown).update(inert(text))

    def action_dismiss_screen(self) -> None:
        self.leave()
