"""Wrap-up: the two minutes after a meeting. Every step is stored at once, so it can be left and taken up again."""

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Markdown, Static

from advisorlog.documents.document import Document
from advisorlog.domain import grammar
from advisorlog.domain.kinds import EntryKind
from advisorlog.errors import AdvisorlogError
from advisorlog.store.reading import actions
from advisorlog.store.reading.rows import Action
from advisorlog.tui import asking, confidence, handing_over, promises, showing, wrap_up_rows
from advisorlog.tui.dialogs import Answers, Ask, Choice, Choose, Field
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.screens import review
from advisorlog.tui.screens.review import Wanted
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList
from advisorlog.tui.wrap_up_rows import Wrapping
from advisorlog.workflow import capture
from advisorlog.workflow.capture import Captured, Place, Refused
from advisorlog.workflow.preparing import Prepared
from advisorlog.workflow.times import day_to_come

if TYPE_CHECKING:
    from advisorlog.assist.grounding import Grounded
    from advisorlog.workflow.assisting import Helper

ORIGIN = "wrap-up"
MOST_TAKEAWAYS = 3


class _Offers(RecordList):
    """What was said, of which a few lines are chosen."""

    BINDINGS = [Binding("enter", "select", "Choose", key_display="⏎", id="wrap_up.choose")]


class WrapUp(RecordScreen[Wrapping]):
    """Takeaways, TODOs rooted in them, what to expect, confidence; beside them the summary as it will read."""

    BINDINGS = [
        Binding("escape", "dismiss_screen", "Leave", id="wrap_up.leave"),
        Binding("n", "new", "New", id="wrap_up.new"),
        Binding("x,delete", "remove", "Remove", key_display="x", id="wrap_up.remove"),
        Binding("v", "preview", "Summary", id="wrap_up.preview", tooltip="as it will read"),
        Binding("s", "send", "Send", id="wrap_up.send", tooltip="copy it, write it to a file, keep it as sent"),
        Binding("m", "arrange", "Ask the model to arrange the summary", show=False, id="wrap_up.model"),
    ]

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug
        self.found: Wrapping | None = None
        self._arranged: tuple[Grounded, ...] = ()
        """Lines of the model that were taken: which ones the summary is to have, and in what order."""

    def compose(self) -> ComposeResult:
        yield Static(id="meeting-bar")
        with Horizontal(id="wrap-up"):
            with Vertical(id="steps"):
                yield Static(id="takeaways-heading", classes="heading")
                yield _Offers(f"Nothing to choose from. {self.key('wrap_up.new')} writes a takeaway.", id="takeaways")
                yield Static(id="todos-heading", classes="heading")
                yield RecordList(f"No TODO yet. {self.key('wrap_up.new')} makes one.", id="todos")
                yield Static(id="rest-heading", classes="heading")
                yield RecordList(id="rest")
            with VerticalScroll(id="preview"):
                yield Static(id="summary-arranged")
                yield Markdown(id="summary", open_links=False)
        yield KeyBar()

    def read(self, connection: sqlite3.Connection) -> Wrapping:
        return wrap_up_rows.read(connection, self.slug, self.desk.now())

    def show(self, found: Wrapping) -> None:
        if self._arranged and self.found and found.takeaways != self.found.takeaways:
            self._arranged = ()
            self.tell("The takeaways changed: the summary is in its own order again")
        self.found = found
        bar = showing.joined(
            showing.words(" Wrap up  ", showing.QUIET),
            showing.line(found.meeting.name, "bold"),
            showing.words(f"  {showing.short_day(found.meeting.starts.day, found.now.day)}", showing.QUIET),
        )
        self.query_one("#meeting-bar", Static).update(bar)
        taken = len(found.takeaways)
        self._head("#takeaways-heading", f"1  Takeaways: {taken} chosen, 2 or 3 are best", 2 <= taken <= MOST_TAKEAWAYS)
        self.query_one("#takeaways", RecordList).fill(
            [wrap_up_rows.taken(entry) for entry in found.takeaways]
            + [wrap_up_rows.offered(entry) for entry in found.worth_taking]
        )
        rooted = sum(1 for action in found.actions if action.root_id)
        self._head(
            "#todos-heading",
            f"2  TODOs: {len(found.actions)}, {rooted} rooted in a takeaway",
            bool(found.actions) and rooted == len(found.actions),
        )
        self.query_one("#todos", RecordList).fill([wrap_up_rows.todo(action, found.now) for action in found.actions])
        self._head("#rest-heading", "3  Expect next time, and confidence", bool(found.meeting.expect))
        self.query_one("#rest", RecordList).fill(
            [wrap_up_rows.expected(found.meeting), *map(wrap_up_rows.sure, found.ideas)]
        )
        if self.focused is None:
            self.query_one("#takeaways", RecordList).focus()
        self.later(self._preview)

    @on(RecordList.LeftAtEnd)
    def _to_next_step(self, event: RecordList.LeftAtEnd) -> None:
        """The three steps read as one list, and the arrows go through them as through one."""
        steps = list(self.query("#steps RecordList").results(RecordList))
        place = steps.index(event.records) + event.by
        while 0 <= place < len(steps) and not steps[place].keys:
            place += event.by
        if 0 <= place < len(steps):
            steps[place].focus()
            keys = steps[place].keys
            steps[place].choose(keys[0] if event.by > 0 else keys[-1])

    def _head(self, which: str, words: str, is_done: bool) -> None:
        mark = showing.words("✓ " if is_done else "  ", showing.STRONG)
        self.query_one(which, Static).update(showing.joined(mark, showing.words(words, showing.QUIET)))

    async def _preview(self) -> None:
        try:
            prepared = await self.desk.do(self._summary)
            text = await self.desk.do(lambda: prepared.rendered("md"))
        except AdvisorlogError as error:
            text = f"*{error.message}*"
        told = f"Arranged with the model; {self.key('wrap_up.model')}: in its own order" if self._arranged else ""
        self.query_one("#summary-arranged", Static).update(showing.words(told, showing.QUIET))
        self.query_one("#summary-arranged").display = bool(told)
        await self.query_one("#summary", Markdown).update(text)

    def _summary(self) -> Prepared:
        from advisorlog.workflow import preparing

        return preparing.todo(self.desk.settings, self.slug, None, None, self._with_model)

    def _with_model(self, document: Document) -> Document:
        if not self._arranged:
            return document
        from advisorlog.workflow.assisting import condensing

        return condensing.arranged(document, self._arranged)

    # what one does

    def _focused(self) -> str:
        return self.focused.id or "" if isinstance(self.focused, RecordList) else ""

    @on(RecordList.Opened, "#takeaways")
    def _toggle(self, event: RecordList.Opened) -> None:
        verb, _, number = event.key.partition(":")
        if verb == "taken":
            self._give_back(int(number))
        else:
            self._take(int(number))

    def _take(self, number: int) -> None:
        entry = next(each for each in self.found.entries if each.id == number) if self.found else None
        if entry is not None:
            self._say(grammar.compose_sigil(EntryKind.TAKEAWAY, entry.text))

    def _give_back(self, number: int) -> None:
        """A takeaway that was chosen here goes again; one that was said as such stays, as a note."""
        entry = next(each for each in self.found.entries if each.id == number) if self.found else None
        if entry is None:
            return
        from advisorlog.workflow import entries as changing

        desk = self.desk
        if entry.origin == ORIGIN:
            self.change(lambda: changing.remove(desk.settings.log, desk.now(), number))
        else:
            self.change(
                lambda: changing.retag(desk.settings.log, desk.now(), number, EntryKind.NOTE),
                said=f"A note again. {self.key('undo')} takes that back",
            )

    def _say(self, typed: str) -> None:
        self.change(lambda: self._capture(typed))

    def _capture(self, typed: str) -> Captured | Refused:
        now = self.desk.now()
        (stored,) = capture.capture(self.desk.settings.log, [typed], Place(now, self.slug, origin=ORIGIN), now)
        return stored

    def _add(self, answer: Answers) -> Captured | Refused:
        """A TODO as it was typed, with its sigil or without."""
        typed = answer["text"]
        is_marked = grammar.parse(typed).kind is EntryKind.TODO
        return self._capture(typed if is_marked else grammar.compose_sigil(EntryKind.TODO, typed))

    def action_new(self) -> None:
        if self._focused() == "todos":
            self.later(self._new_todo)
        elif self._focused() == "rest":
            self.later(self._expect)
        else:
            self.later(self._new_takeaway)

    async def _new_takeaway(self) -> None:
        question = Ask("A takeaway", [Field("text", "What is to be kept?", needed=True)])
        await asking.change(
            self, question, lambda answer: self._capture(grammar.compose_sigil(EntryKind.TAKEAWAY, answer["text"]))
        )

    async def _new_todo(self) -> None:
        fields = [Field("text", "What is to be done?", "Run the DVFS baseline @me ^fri", needed=True)]
        stored = await asking.ask(
            self, Ask("A TODO", fields, "@who and ^when count, as in the capture line."), self._add
        )
        self.reload()
        if isinstance(stored, Captured) and stored.action_id is not None:
            await self._complete(stored.action_id)

    @on(RecordList.Opened, "#todos")
    def _open_todo(self, event: RecordList.Opened) -> None:
        self.later(lambda: self._complete(int(event.key)))

    async def _complete(self, number: int) -> None:
        """Owner, date, test for done, and the takeaway that a TODO is rooted in."""
        desk = self.desk
        action = await desk.read(lambda connection: actions.action(connection, number, desk.now()))
        fields = [
            Field("owner", "Who?", "me", action.owner or "", anew=True),
            Field("due", "Until when?", "fri, 2w, 2026-12-01", action.due.isoformat() if action.due else "", anew=True),
            Field(
                "done_test",
                "How does one see that it is done?",
                "table with 3 GPUs and error bars",
                action.done_test or "",
            ),
        ]
        from advisorlog.workflow import actions as changing

        now = desk.now()

        def store(answer: Answers) -> None:
            due = day_to_come(answer["due"], now.day) if answer["due"] else None
            wanted = changing.ActionFields(owner=answer["owner"], due=due, done_test=answer["done_test"])
            changing.edit(desk.settings.log, now, number, wanted)

        if not await asking.change(self, Ask(showing.task(action), fields, does="next"), store):
            return
        if (root := await self._root(action)) is not None:
            self.change(lambda: changing.edit(desk.settings.log, now, number, changing.ActionFields(root=root)))

    async def _root(self, action: Action) -> int | None:
        taken = self.found.takeaways if self.found else []
        if not taken:
            self.tell("There is no takeaway yet to root it in")
            return None
        choices = [Choice(str(entry.id), "·", entry.text) for entry in taken]
        choices.append(Choice("0", "–", "none of them"))
        chosen = await self.advisorlog.push_screen_wait(
            Choose("Because of which takeaway?", choices, showing.task(action))
        )
        return int(chosen) if chosen is not None else None

    @on(RecordList.Opened, "#rest")
    def _open_rest(self, event: RecordList.Opened) -> None:
        self.later(lambda: self._expect() if event.key == wrap_up_rows.EXPECT else self._how_sure(event.key))

    async def _expect(self) -> None:
        before = self.found.meeting.expect if self.found else None
        fields = [
            Field("text", "What can they expect next time?", "A table with three GPUs, and a first draft", before or "")
        ]
        from advisorlog.workflow import live

        log, now = self.desk.settings.log, self.desk.now()
        question = Ask("Expect next time", fields)
        await asking.change(self, question, lambda answer: live.expect(log, now, self.slug, answer["text"]))

    async def _how_sure(self, slug: str) -> None:
        fields = [Field("percent", f"How sure of #{slug}, in percent?", "70", needed=True)]
        fields.append(Field("because", "Because of what? Nothing means: a mood", "the baseline came out 4% lower"))
        await confidence.note(self, Ask("Confidence", fields), slug)

    def action_remove(self) -> None:
        focused = self._focused()
        if focused == "todos" and (chosen := self.query_one("#todos", RecordList).chosen):
            promises.choose(self, int(chosen))
        elif focused == "takeaways" and (chosen := self.query_one("#takeaways", RecordList).chosen):
            verb, _, number = chosen.partition(":")
            if verb == "taken":
                self._give_back(int(number))

    def action_preview(self) -> None:
        self.toggle_class("-reading")
        if self.has_class("-reading"):
            self.query_one("#preview").focus()

    def action_send(self) -> None:
        self.later(self._send)

    def action_arrange(self) -> None:
        """Let the model choose and order the lines; once more, and the summary is in its own order again."""
        if self._arranged:
            self._arranged = ()
            self.tell("In its own order again")
            self.later(self._preview)
        else:
            self.later(self._ask_to_arrange)

    async def _ask_to_arrange(self) -> None:
        self._arranged = await review.taken(self, Wanted("condense", "Arrange the summary", self._arrangement))
        await self._preview()

    def _arrangement(self, helper: "Helper") -> "Sequence[Grounded]":
        from advisorlog.workflow import preparing
        from advisorlog.workflow.assisting import condensing

        settings = self.desk.settings
        return condensing.of_document(
            helper, lambda ask: preparing.todo(settings, self.slug, None, None, ask), self.desk.now()
        )

    async def _send(self) -> None:
        prepared = await self.desk.do(self._summary)
        await handing_over.hand_over(self, prepared, f"{self.slug}-todo.md")

    def action_dismiss_screen(self) -> None:
        if self.has_class("-reading"):
            self.remove_class("-reading")
            self.query_one("#takeaways", RecordList).focus()
            return
        self.leave()
