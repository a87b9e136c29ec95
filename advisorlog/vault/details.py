"""What a nested item says about the entry above it: how a todo went, how a question was answered."""

import re
from dataclasses import dataclass
from typing import TypeAlias

from advisorlog.domain.dates import understand
from advisorlog.domain.kinds import ActionState, EntryKind
from advisorlog.vault.exactly import name_in
from advisorlog.vault.notes import ActionEventNote, AnswerNote
from advisorlog.vault.times import WHEN, read_when


@dataclass(frozen=True, slots=True)
class DoneTest:
    """How one sees that the todo is done."""

    text: str


@dataclass(frozen=True, slots=True)
class Root:
    """The takeaway that a todo grows from, quoted."""

    text: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Looks like a detail, but can't be taken as one: it stays in the entry's text."""

    message: str
    what_to_do: str


Detail: TypeAlias = DoneTest | Root | ActionEventNote | AnswerNote | Doubt

_STATES = {state.value: state for state in ActionState} | {
    "reopened": ActionState.OPEN,
    "opened": ActionState.OPEN,
    "renegotiated": ActionState.RENEGOTIATED,
}
_DONE_TEST = re.compile(r"done[- ]test:\s*(.*\S)\s*\Z", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"root:\s*(.*\S)\s*\Z", re.IGNORECASE | re.DOTALL)
_STEP = re.compile(
    rf"(?P<when>{WHEN})\s+(?P<state>{'|'.join(_STATES)})\b"
    r"[ \t]*+(?P<due>\^(?:\{[^{}\n]{1,120}\}|[^\s:{]+))?[ \t]*+"
    r"(?:in[ \t]+(?P<meeting>\[\[[^\[\]\n]+\]\]))?[ \t]*+(?::|\Z)\s*(?P<because>.*)\Z",
    re.IGNORECASE | re.DOTALL,
)
_NEARLY_STEP = re.compile(rf"(?:{WHEN})\s+(?:carried|renegotiated|done|dropped|reopened)\b", re.IGNORECASE)
_ANSWER = re.compile(rf"answered(?:[ \t]+(?P<when>{WHEN}))?[ \t]*:\s*(?P<text>.*\S)\s*\Z", re.IGNORECASE | re.DOTALL)

_STEP_FORM = "Write it as `2022-09-20 carried ^2022-09-27: why`"


def read_detail(kind: EntryKind, number: int, text: str, zone: str) -> Detail | None:
    """The detail that the text of a nested item is, below an entry of this kind; None where it is plain text."""
    if kind is EntryKind.TODO:
        return _todo_detail(number, text, zone)
    if kind is EntryKind.QUESTION:
        return _answer(number, text, zone)
    return None


def _todo_detail(number: int, text: str, zone: str) -> Detail | None:
    if test := _DONE_TEST.match(text):
        return DoneTest(test[1])
    if root := _ROOT.match(text):
        return Root(root[1])
    if step := _STEP.match(text):
        return _step(number, step, zone)
    if _NEARLY_STEP.match(text):
        return Doubt("this looks like a step of the todo above, but has no colon behind its state", _STEP_FORM)
    return None


def _step(number: int, step: re.Match[str], zone: str) -> ActionEventNote | Doubt:
    """A step of a todo. Its due date may be any that can be typed (`^fri`), seen from the step's own day."""
    when = read_when(step["when"], zone)
    if when is None:
        return Doubt(f"{step['when']} is no day of the calendar", _STEP_FORM)
    due = None
    if step["due"]:
        due = understand(step["due"][1:].strip("{} "), when.day)
        if due is None:
            return Doubt(f"{step['due']} is not understood as a day", _STEP_FORM)
    state = _STATES[step["state"].lower()]
    return ActionEventNote(
        number,
        when.day,
        state,
        due,
        step["because"].rstrip(),
        when.at,
        name_in(step["meeting"]) if step["meeting"] else None,
    )


def _answer(number: int, text: str, zone: str) -> AnswerNote | Doubt | None:
    answer = _ANSWER.match(text)
    if answer is None:
        return None
    if not answer["when"]:
        return AnswerNote(number, None, answer["text"])
    when = read_when(answer["when"], zone)
    if when is None:
        return Doubt(f"{answer['when']} is no day of the calendar", "Write it as `answered 2022-09-20: text`")
    return AnswerNote(number, when.day, answer["text"], when.at)
