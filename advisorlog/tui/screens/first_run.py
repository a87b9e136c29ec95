"""The first start: in under a minute to a project and a series of one's own, or into the sample log."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from advisorlog.tui import asking, showing
from advisorlog.tui.dialogs import Answers, Ask, Field
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList, Row

if TYPE_CHECKING:
    from advisorlog.workflow.beginning import Said

R = TypeVar("R")
WELCOME = """The memory that your advisor has no time to keep.

Before a meeting it writes the context that a reader who remembers nothing needs. During it, it takes your notes. \
After it, it leaves a few takeaways and TODOs. Everything stays in one file of yours."""


class FirstRun(RecordScreen[None]):
    """Shown while there is no log."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: Answers = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="first-run"):
            yield Static(showing.words("advisorlog", showing.STRONG), id="welcome-title")
            yield Static(showing.words(WELCOME), id="welcome")
            yield RecordList(id="first-steps")
        yield KeyBar()

    def on_mount(self) -> None:
        steps = self.query_one("#first-steps", RecordList)
        steps.fill(
            [
                _step("own", "Start my log", "a project and the meetings that go with it; less than a minute"),
                _step("sample", "Look around first", "two years of a PhD student's log; touches nothing of mine"),
                _step("import", "I have notes", "`advisorlog import FOLDER` brings Markdown in; start it in a shell"),
                _step("quit", "Not now", ""),
            ]
        )
        steps.focus()

    def reload(self) -> None:
        """There is nothing to read yet."""

    @on(RecordList.Opened, "#first-steps")
    def _chosen(self, event: RecordList.Opened) -> None:
        match event.key:
            case "own":
                self.later(self._own)
            case "sample":
                self.later(self._sample)
            case "import":
                self.tell("Leave with q, then: advisorlog import FOLDER")
            case _:
                self.advisorlog.exit()

    async def _own(self) -> None:
        said = await self._asked()
        if said is not None:
            await self.desk.do(lambda: self._make(said))
            self._open()

    async def _asked(self) -> "Said | None":
        """Two pages and a choice. Escape goes back by one, and finds there what was typed."""
        from advisorlog.tui.making import ask_role

        while await self._page(_of_project(self._typed), lambda answers: answers):
            # Read before anything is written: a slip here must not leave half a beginning.
            while said := await self._page(_of_meetings(self._typed), _meetings_said):
                if (role := await ask_role(self, said.names, "back")) is not None:
                    return replace(said, role=role)
        return None

    async def _page(self, question: Ask, read: Callable[[Answers], R]) -> R | None:
        found = await asking.ask(self, question, read)
        self._typed |= question.typed
        return found

    def _make(self, said: "Said") -> None:
        from advisorlog.workflow import beginning

        log, now = self.desk.settings.log, self.desk.now()
        slug = beginning.project(log, now, self._typed["name"], self._typed["pitch"])
        beginning.series(log, now, replace(said, project=slug))

    async def _sample(self) -> None:
        from advisorlog.workflow import sample

        self.query_one("#welcome", Static).update(showing.words("Reading the sample ..."))
        log = await self.desk.do(lambda: sample.log(self.desk.settings))
        self.advisorlog.open_log(log)
        self._open()

    def _open(self) -> None:
        """Today stands behind, and now has something to read."""
        self.dismiss()


TITLES = ("prof", "professor", "dr", "mr", "ms", "mrs", "mx")
"""Before a name; nobody calls a meeting “Prof. weekly”."""


def _of_project(typed: Answers) -> Ask:
    pitch = "In two sentences, for somebody who remembers nothing"
    fields = [
        Field("name", "What are you working on?", "Zeus", typed.get("name", ""), needed=True),
        Field("pitch", pitch, "GPUs waste energy. We ...", typed.get("pitch", "")),
    ]
    return Ask("1 of 2: your project", fields, does="next")


def _of_meetings(typed: Answers) -> Ask:
    people, every = "With whom do you meet? Names, with commas", "On which day? Nothing means: now and then"
    fields = [
        Field("people", people, "Ann Advisor", typed.get("people", ""), needed=True),
        Field("every", every, "tue", typed.get("every", ""), anew=True),
        Field("at", "At what time?", "14:00", typed.get("at", ""), anew=True),
        Field("minutes", "For how many minutes?", "60", typed.get("minutes", ""), anew=True),
    ]
    return Ask("2 of 2: your meetings", fields, does="next", leaves="back")


def _meetings_said(answer: Answers) -> "Said":
    from advisorlog.workflow.beginning import Said

    names = [name for name in answer["people"].replace(",", " ").split() if name.lower().rstrip(".") not in TITLES]
    first = names[0] if names else "My"
    title = f"{first} {'weekly' if answer['every'] else 'meetings'}"
    return Said(title, answer["people"], answer["every"], answer["at"], answer["minutes"]).checked()


def _step(key: str, label: str, about: str) -> Row:
    return Row(key, showing.Hanging(showing.words(label, showing.STRONG), showing.words(about, showing.QUIET), 20))
