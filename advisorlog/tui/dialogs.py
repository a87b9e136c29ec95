"""Small questions in front of a screen: a line, a choice, a few fields. Escape always leaves without a change."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option
from textual.worker import Worker, get_current_worker  # pyright: ignore[reportUnknownVariableType]

from advisorlog.errors import AdvisorlogError
from advisorlog.tui import showing
from advisorlog.tui.screen import app_of
from advisorlog.tui.widgets.line_input import LineInput

if TYPE_CHECKING:
    from advisorlog.tui.app import AdvisorlogApp

Answers = dict[str, str]
"""What was typed, by the fields' names."""

LEAVE = Binding("escape", "leave", "Leave", id="dialog.leave")

A_MOMENT = 0.01
"""Seconds between two looks at whether the answer has been acted on."""
WIDEST_LABEL = 30
"""Columns for what is chosen, where what it means stands beside it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line to fill in. A `needed` one can't stay empty; what stands in one that is `anew` is not added to."""

    name: str
    label: str
    placeholder: str = ""
    value: str = ""
    needed: bool = False
    anew: bool = False


class _Line(LineInput):
    """A field's line, in which Enter counts at its place among the keys, however fast they come.

    Typing adds to the words that stand in it already, and wipes none; a number, a day or a handle is selected, to be
    typed anew.
    """

    async def _on_key(self, event: events.Key) -> None:
        question = cast("Ask", self.screen)
        following = question.focused
        if question.is_trying and event.key != "escape":
            # The answer is given: what is typed behind it must not change it, and is not for this question.
            event.stop()
            event.prevent_default()
            question.typed_ahead.append(events.Key(event.key, event.character))
        elif following is not self and isinstance(following, _Line):
            # The key was on its way here when an Enter moved on to the next field.
            event.stop()
            event.prevent_default()
            following.post_message(events.Key(event.key, event.character))
        elif event.key == "enter":
            event.stop()
            event.prevent_default()
            question.enter(self)
        else:
            await super()._on_key(event)


A = TypeVar("A")


class Dialog(ModalScreen[A | None]):
    """A question that is answered once, however often Enter or Escape is pressed."""

    BINDINGS = [LEAVE]

    def __init__(self) -> None:
        super().__init__()
        self.is_answered = False

    def answer(self, result: A | None) -> None:
        """Give the answer and go; None where it was left."""
        if self.is_current:
            self.is_answered = True
            self.dismiss(result)

    def action_leave(self) -> None:
        self.answer(None)

    def keys(self, does: str, leaves: str = "leave it") -> Content:
        """What Enter and Escape do here, for the foot: the keys of the screen behind do nothing now."""
        return showing.joined(
            showing.words("enter ", showing.STRONG),
            showing.words(f"{does}   ", showing.QUIET),
            showing.words("esc ", showing.STRONG),
            showing.words(leaves, showing.QUIET),
        )


class Ask(Dialog[Answers]):
    """A few fields under a title; Enter goes to the next and, on the last, answers. None where it was left.

    An `attempt` is made with the answers first, in a thread; where it raises AdvisorlogError the question stays, with
    all that was typed, and says why.
    """

    def __init__(
        self, title: str, fields: Sequence[Field], about: str = "", does: str = "store it", leaves: str = "leave it"
    ) -> None:
        super().__init__()
        self._leaves = leaves
        self._title = title
        self._fields = tuple(fields)
        self._about = about
        self._does = does
        self.attempt: Callable[[Answers], object] = lambda answers: answers
        self.is_trying = False
        self.typed_ahead: list[events.Key] = []
        self.typed: Answers = {}
        """What stood in the fields when it was answered, or left."""

    def compose(self) -> ComposeResult:
        left = self._left.pop(self._place, {})
        with VerticalScroll(classes="dialog", can_focus=False):
            yield Label(showing.line(self._title, "bold"), classes="dialog-title")
            if self._about:
                yield Label(showing.lines(self._about, showing.QUIET), classes="dialog-about")
            if left:
                yield Label(showing.words("What you had typed is back.", showing.QUIET), classes="dialog-about")
            for field in self._fields:
                yield Label(showing.words(field.label, showing.QUIET))
                yield _Line(
                    left.get(field.name, field.value),
                    placeholder=field.placeholder,
                    id=f"field-{field.name}",
                    compact=True,
                    select_on_focus=field.anew or field.value.rstrip("%").isdigit(),
                )
            yield Label("", classes="dialog-trouble")
        yield Label(classes="dialog-keys")

    def on_mount(self) -> None:
        self.set_focus(self.query(_Line).first())  # at once: the first key may be on its way

    def on_descendant_focus(self) -> None:
        """Say what Enter does in the line that the cursor is in."""
        lines = self.query(_Line)
        keys = self.keys(self._does if self.focused is lines.last() else "next line", self._leaves)
        if self.focused is not lines.first():
            keys = showing.joined(
                keys, "   ", showing.words("shift+tab ", showing.STRONG), showing.words("line before", showing.QUIET)
            )
        self.query_one(".dialog-keys", Label).update(keys)

    def enter(self, line: _Line) -> None:
        """Go on to the line behind this one; behind the last, answer."""
        inputs = list(self.query(_Line))
        field = self._fields[inputs.index(line)]
        if field.needed and not line.value.strip():
            self._say(f"“{field.label}” needs an answer.")
            return
        self.query_one(".dialog-trouble", Label).display = False
        if line is not inputs[-1]:
            self.set_focus(inputs[inputs.index(line) + 1])
            return
        answers = self._read()
        for field, box in zip(self._fields, inputs, strict=True):
            if field.needed and not answers[field.name]:
                self._say(f"“{field.label}” needs an answer.")
                self.set_focus(box)
                return
        self.is_trying = True
        self.run_worker(partial(self._try, answers), group="attempt")

    def _read(self) -> Answers:
        boxes = self.query(_Line)
        self.typed = {field.name: box.value.strip() for field, box in zip(self._fields, boxes, strict=True)}
        return self.typed

    @property
    def _left(self) -> dict[str, Answers]:
        return cast("AdvisorlogApp", app_of(self)).left

    @property
    def _place(self) -> str:
        """The same question again, however often it is asked."""
        return "\n".join((self._title, *(field.label for field in self._fields)))

    def action_leave(self) -> None:
        if self.is_current:
            self._read()
            self.keep()
        super().action_leave()

    def keep(self) -> None:
        """Have what was typed there when the question is asked again."""
        if any(self.typed[field.name] != field.value for field in self._fields):
            self._left[self._place] = self.typed

    async def _try(self, answers: Answers) -> None:
        try:
            await asyncio.to_thread(self.attempt, answers)
        except AdvisorlogError as error:
            self.is_trying = False
            self.typed_ahead.clear()
            self._say(showing.trouble(error))
        else:
            self.answer(answers)

    def _say(self, trouble: str) -> None:
        label = self.query_one(".dialog-trouble", Label)
        label.update(showing.line(trouble, showing.LATE))
        label.display = True


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its key, how it reads, and what it means."""

    key: str
    label: str
    about: str = ""


class _Choices(OptionList):
    """The choices of a question: Enter counts at its place among the keys, and what is typed behind it is not lost."""

    async def _on_key(self, event: events.Key) -> None:
        question = cast("Choose", self.screen)
        if question.is_answered:
            event.stop()
            event.prevent_default()
            question.pass_on(event)
        elif event.key == "enter" and self.highlighted is not None:
            event.stop()
            event.prevent_default()
            question.choose(self.highlighted)


class Choose(Dialog[str]):
    """One of several; None where it was left."""

    def __init__(self, title: str, choices: Sequence[Choice], about: str = "", leaves: str = "leave it") -> None:
        super().__init__()
        self._leaves = leaves
        self._title = title
        self._choices = tuple(choices)
        self._about = about
        self._asked_by = cast("Worker[Any]", get_current_worker())
        self._behind: Screen[Any] | None = None
        self._typed_behind: list[events.Key] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(showing.line(self._title, "bold"), classes="dialog-title")
            if self._about:
                yield Label(showing.lines(self._about, showing.QUIET), classes="dialog-about")
            yield _Choices(*(Option(shown) for shown in self._shown()), compact=True)
        yield Label(self.keys("choose", self._leaves), classes="dialog-keys")

    def on_mount(self) -> None:
        self.set_focus(self.query_one(_Choices))  # at once: the first key may be on its way

    def _shown(self) -> list[Content | showing.Hanging]:
        """The choices, with what they mean in a column of its own where that is said."""
        labels = [showing.line(choice.label) for choice in self._choices]
        if not any(choice.about for choice in self._choices):
            return list(labels)
        columns = min(max(label.cell_length for label in labels) + 2, WIDEST_LABEL)
        abouts = [showing.line(choice.about, showing.QUIET) for choice in self._choices]
        return [showing.Hanging(label, about, columns) for label, about in zip(labels, abouts, strict=True)]

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.choose(event.option_index)

    def choose(self, place: int) -> None:
        """Answer with the choice at this place."""
        self.answer(self._choices[place].key)
        self._behind = app_of(self).screen

    def pass_on(self, key: events.Key) -> None:
        """A key that came behind the answer is for what comes of it; an Enter or Escape too many is for nothing."""
        if self._typed_behind:
            self._typed_behind.append(key)
        elif key.key not in ("enter", "escape"):
            self._typed_behind.append(key)
            app_of(self).run_worker(self._hand_on, group="typed ahead")

    async def _hand_on(self) -> None:
        """Wait for the next question, or for the end of what was to be done: then the keys have where to go."""
        app = app_of(self)
        while app.screen is self._behind and not self._asked_by.is_finished:
            await asyncio.sleep(A_MOMENT)
        app.screen.call_after_refresh(self._type_again)

    def _type_again(self) -> None:
        for key in self._typed_behind:
            app_of(self).post_message(events.Key(key.key, key.character))


class Confirm(Choose):
    """Yes or no, for what can't be undone or is sent away."""

    YES, NO = "yes", "no"

    def __init__(self, title: str, yes: str, about: str = "") -> None:
        super().__init__(title, [Choice(self.YES, yes), Choice(self.NO, "No, leave it as it is")], about)
