"""Nested items below a todo or a question."""

from datetime import UTC, date, datetime

import pytest

from advisorlog.domain.kinds import ActionState, EntryKind
from advisorlog.domain.moments import Moment
from advisorlog.vault.details import Detail, DoneTest, Doubt, Root, read_detail
from advisorlog.vault.notes import ActionEventNote, AnswerNote


def todo(text: str) -> Detail | None:
    return read_detail(EntryKind.TODO, 7, text, "UTC")


def question(text: str) -> Detail | None:
    return read_detail(EntryKind.QUESTION, 7, text, "UTC")


SEP_20 = date(2022, 9, 20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("done test: table with 3 GPUs", DoneTest("table with 3 GPUs")),
        ("Done-test: a\nb", DoneTest("a\nb")),
        ("root: The baseline is weak.", Root("The baseline is weak.")),
        (
            "2022-09-20 carried ^2022-09-27: the cluster was down",
            ActionEventNote(7, SEP_20, ActionState.CARRIED, date(2022, 9, 27), "the cluster was down"),
        ),
        ("2022-09-20 carried ^fri: x", ActionEventNote(7, SEP_20, ActionState.CARRIED, date(2022, 9, 23), "x")),
        (
            "2022-09-20 done: 3 GPUs, 5 seeds",
            ActionEventNote(7, SEP_20, ActionState.DONE, None, "3 GPUs, 5 seeds"),
        ),
        ("2022-09-20 Done", ActionEventNote(7, SEP_20, ActionState.DONE)),
        (
            "2022-09-20 dropped: no: really",
            ActionEventNote(7, SEP_20, ActionState.DROPPED, None, "no: really"),
        ),
        ("2022-09-20 reopened:\nwhy", ActionEventNote(7, SEP_20, ActionState.OPEN, None, "why")),
        (
            "2022-09-20 renegotiated ^{2022-10-01}: spring",
            ActionEventNote(7, SEP_20, ActionState.RENEGOTIATED, date(2022, 10, 1), "spring"),
        ),
        (
            "2022-09-20T14:05:00-04:00 done: x",
            ActionEventNote(
                7,
                SEP_20,
                ActionState.DONE,
                None,
                "x",
                Moment(datetime(2022, 9, 20, 18, 5, tzinfo=UTC), "-04:00"),
            ),
        ),
    ],
)
def test_details_of_a_todo(text: str, expected: Detail):
    assert todo(text) == expected


@pytest.mark.parametrize(
    "text", ["2022-13-45 done: x", "2022-09-20 carried ^soonish-99: x", "2022-09-20 done 3 GPUs and 5 seeds"]
)
def test_what_nearly_is_a_detail_is_doubted(text: str):
    assert isinstance(todo(text), Doubt)


@pytest.mark.parametrize(
    "text",
    ["2022-09-20 open questions remain", "2022-09-20 we met", "done", "root", "done test:", "with Ann", ""],
)
def test_other_lines_are_text(text: str):
    assert todo(text) is None


def test_answers():
    assert question("answered 2022-09-20: spring") == AnswerNote(7, SEP_20, "spring")
    assert question("answered: spring\nor fall") == AnswerNote(7, None, "spring\nor fall")
    assert isinstance(question("answered 2022-02-30: spring"), Doubt)
    assert question("answered") is None


@pytest.mark.parametrize("kind", [kind for kind in EntryKind if kind not in (EntryKind.TODO, EntryKind.QUESTION)])
def test_other_entries_have_no_details(kind: EntryKind):
    assert read_detail(kind, 1, "done test: x", "UTC") is None
    assert read_detail(kind, 1, "answered: x", "UTC") is None


def test_a_long_run_of_blanks_costs_no_time():
    """Two blanks-patterns side by side would try every split of the run: minutes instead of milliseconds."""
    assert isinstance(todo("2022-09-20 done" + " " * 1_000_000 + "x"), Doubt)
    assert question("answered" + " " * 1_000_000 + "x") is None
