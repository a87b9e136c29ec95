"""The Tasks plugin's marks, in its two forms, and its boxes."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.grammar import parse, print_line
from advisorlog.domain.kinds import ActionState, EntryKind, Visibility
from advisorlog.vault.notes import FreeNote
from advisorlog.vault.obsidian_tasks import TaskMarks, as_task, closed_as, read_marks
from advisorlog.vault.reading import read_file


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Run it 📅 2026-12-01", TaskMarks(date(2026, 12, 1))),
        ("Run it 🗓️2026-12-01 ✅ 2026-11-30", TaskMarks(date(2026, 12, 1), date(2026, 11, 30))),
        ("Run it ❌ 2026-11-30", TaskMarks(dropped=date(2026, 11, 30))),
        (
            "Run it ⏫ ⏳ 2026-11-30 🔁 every week 📅 2026-12-01",
            TaskMarks(date(2026, 12, 1), kept=("priority", "scheduled", "repeat")),
        ),
        ("Run it [due:: 2026-12-01] (completion:: 2026-11-30)", TaskMarks(date(2026, 12, 1), date(2026, 11, 30))),
        ("Run it [priority:: high] [owner:: Ann]", TaskMarks(kept=("priority",))),
        ("Run it ➕ 2026-11-01", TaskMarks(created=date(2026, 11, 1))),
        ("Run it 📅 2026-13-45", TaskMarks(kept=("due",))),
        ("전력 측정 📅 tomorrow", TaskMarks(kept=("due",))),
        ("f(due) [link](a::b) [[due]] ::", TaskMarks()),
    ],
)
def test_marks(text: str, marks: TaskMarks):
    assert read_marks(text) == marks


@pytest.mark.parametrize(
    ("typed", "kind", "closed"),
    [
        ("[ ] Run it", EntryKind.TODO, None),
        ("[x] Run it", EntryKind.TODO, ActionState.DONE),
        ("[/] Run it", EntryKind.TODO, None),
        ("[-] Run it #zeus", EntryKind.TODO, ActionState.DROPPED),
        ("[-]", EntryKind.NOTE, None),
        ("[-](x) a link", EntryKind.NOTE, None),
        ("advice: [-] Run it", EntryKind.ADVICE, None),
    ],
)
def test_boxes(typed: str, kind: EntryKind, closed: ActionState | None):
    line = as_task(parse(typed))
    assert (line.kind, closed_as(line)) == (kind, closed)


@given(st.sampled_from(["[-] ", "[/]\t", "[-]  ", "~[/] "]), st.text(max_size=40))
def test_a_box_changes_no_word(box: str, words: str):
    assert print_line(as_task(parse(box + words))) == box + words


def test_a_comment_of_obsidian_is_private(tmp_path: Path):
    path = tmp_path / "note.md"
    path.write_text(
        "Seen.\n\n%%\nhe seemed tired\n\nstill hidden\n%%\n\n- %% so is this %%\n- 100%% sure\n", encoding="utf-8"
    )
    note = read_file(path).note
    assert isinstance(note, FreeNote)
    shown = [entry.line.text for entry in note.entries if entry.line.visibility is Visibility.OPEN]
    assert shown == ["Seen.", "100%% sure"]
    assert len(note.entries) == 4
