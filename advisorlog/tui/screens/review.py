"""What the model proposes, line by line: take it or leave it. Nothing is taken without a yes."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Static

from advisorlog.errors import AdvisorlogError
from advisorlog.tui import showing
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList, Row

if TYPE_CHECKING:
    from advisorlog.assist.grounding import Grounded
    from advisorlog.workflow.assisting import Helper

LOOKING = 0.25
"""Seconds between two looks at how far the answer is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the model: which task, under which heading, and how."""

    task: str
    title: str
    ask: "Callable[[Helper], Sequence[Grounded]]"


async def taken(screen: RecordScreen[Any], wanted: Wanted) -> "tuple[Grounded, ...]":
    """The lines that the user took, none where they left. Raises AdvisorlogError where the task is not switched on."""
    from advisorlog.workflow.assisting import require

    require(screen.desk.settings, wanted.task)
    review = Review(wanted)
    await screen.advisorlog.push_screen_wait(review)
    return review.taken


class Review(RecordScreen[None]):
    """The model is asked once; then its lines can be gone through."""

    BINDINGS = [
        Binding("escape", "dismiss_screen", "Take nothing", id="review.leave"),
        Binding("y", "accept", "Accept", id="review.accept"),
        Binding("x,n", "refuse", "Leave", key_display="x", id="review.refuse"),
        Binding("s", "take", "Take the accepted", id="review.take"),
    ]

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self.taken: tuple[Grounded, ...] = ()
        self._wanted = wanted
        self._offered: Sequence[Grounded] = ()
        self._dropped: Sequence[Grounded] = ()
        self._accepted: set[int] = set()
        self._cancelled = threading.Event()
        self._characters = 0
        self._said: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static(id="meeting-bar")
        yield RecordList("Asking …", id="review")
        yield Static(id="review-said")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(RecordList).fill([])
        self.query_one(RecordList).focus()
        self._tell_progress()
        self._look = self.set_interval(LOOKING, self._tell_progress)
        self.run_worker(self._ask, group="asking")

    def reload(self) -> None:
        """What was asked is asked once, whatever changes in the log meanwhile."""

    async def _ask(self) -> None:
        from advisorlog.assist.grounding import Shown
        from advisorlog.workflow.assisting import Helper

        helper = Helper(self.desk.settings, self._wanted.task, self._said.append, self._came, self._cancelled)
        try:
            found = await self.desk.do(lambda: self._wanted.ask(helper))
        except AdvisorlogError as error:
            self.complain(error)
            self.leave()
            return
        finally:
            self._look.stop()
        if self.is_mounted:
            self._offered = [each for each in found if each.sentence is not None and each.shown is not Shown.DROPPED]
            self._dropped = [each for each in found if each not in self._offered]
            self._show_lines()

    def _came(self, characters: int) -> None:
        self._characters = characters

    def _tell_progress(self) -> None:
        came = f"{self._characters} characters so far; " if self._characters else ""
        self._tell_bar(f"asking the model … {came}{self.key('review.leave')} cancels it")

    def _tell_bar(self, words: str) -> None:
        self.query_one("#meeting-bar", Static).update(
            showing.joined(showing.line(f" {self._wanted.title}", "bold"), showing.words(f"   {words}", showing.QUIET))
        )

    def _show_lines(self) -> None:
        count = showing.counted(len(self._offered), "line")
        self._tell_bar(f"{len(self._accepted)} accepted of {count}" if self._offered else "nothing was proposed")
        rows = [Row(str(n), self._row(n, each)) for n, each in enumerate(self._offered)]
        if self._dropped:
            rows.append(Row(None, showing.words("Dropped, as no record bears it out", showing.QUIET)))
            rows += [Row(None, _dropped(each)) for each in self._dropped]
        self.query_one(RecordList).fill(rows, "Nothing was proposed.")
        self.query_one("#review-said", Static).update(showing.lines("\n".join(self._said), showing.QUIET))
        self.refresh_bindings()

    def _row(self, number: int, line: "Grounded") -> showing.Hanging:
        is_taken = number in self._accepted
        sign = showing.words("✓" if is_taken else "·", showing.STRONG if is_taken else showing.QUIET)
        body = showing.line(line.text, "" if is_taken else showing.QUIET)
        return showing.Hanging(sign, Content("\n").join([body, showing.line(_source(line), showing.QUIET)]), 2)

    @on(RecordList.Opened)
    def _turn(self, event: RecordList.Opened) -> None:
        self._accepted ^= {int(event.key)}
        self._show_lines()

    def action_accept(self) -> None:
        self._decide(self._accepted.add)

    def action_refuse(self) -> None:
        self._decide(self._accepted.discard)

    def _decide(self, decide: Callable[[int], None]) -> None:
        """As decided for this line; on to the next."""
        listed = self.query_one(RecordList)
        if listed.chosen is None:
            return
        decide(int(listed.chosen))
        listed.action_cursor_down()
        self._show_lines()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._offered) if action in ("accept", "refuse", "take") else True

    def action_take(self) -> None:
        self.taken = tuple(self._offered[number] for number in sorted(self._accepted))
        self.leave()

    def action_dismiss_screen(self) -> None:
        self._cancelled.set()
        self.leave()


def _source(line: "Grounded") -> str:
    """The record that a line is traceable to, and its words where the line has other ones."""
    assert line.sentence is not None
    record = line.sentence.record
    where = f"{record.kind} {record.id}" if record.id else "this text"
    said = f": “{line.sentence.text}”" if line.sentence.text != line.text else ""
    return f"{where}{said}" + (f" ({line.why})" if line.why else "")


def _dropped(line: "Grounded") -> showing.Hanging:
    return showing.Hanging(showing.words("✕"), showing.line(f"{line.text}: {line.why}", showing.QUIET), 2)
