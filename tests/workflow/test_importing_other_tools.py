"""Files of other tools in the log: once, again, edited there, edited here."""

import json
from pathlib import Path

import pytest

from advisorlog.domain.kinds import ActionState
from advisorlog.domain.moments import Moment
from advisorlog.store import doctor
from advisorlog.store.connection import reading
from advisorlog.workflow import entries, history, meetings
from advisorlog.workflow.importing import import_paths
from advisorlog.workflow.importing.report import Report
from tests.workflow.conftest import Vault

MADE = Path(__file__).parents[1] / "vault" / "made_by"
IDEA = "---\nkind: idea\nid: {slug}\ntitle: An idea\n---\n"


class Tools(Vault):
    """The vault, and files of other tools beside it."""

    def take(self, *paths: Path, wanted: str | None = None, dry_run: bool = False) -> Report:
        return import_paths(self.settings, list(paths), dry_run, lambda done, total: None, wanted)

    def made(self, name: str) -> Path:
        return self.write(name, (MADE / name).read_bytes())

    def texts(self) -> list[str]:
        with reading(self.settings.log) as connection:
            return [row["text"] for row in connection.execute("SELECT text FROM entry ORDER BY at, id")]

    def states(self, words: str) -> list[ActionState]:
        with reading(self.settings.log) as connection:
            (row,) = connection.execute(
                "SELECT a.id FROM action a JOIN entry e ON e.id = a.entry_id WHERE e.text LIKE ?", (f"{words}%",)
            ).fetchall()
            rows = connection.execute(
                "SELECT state FROM action_event WHERE action_id = ? ORDER BY at, id", (row["id"],)
            )
            return [ActionState(each["state"]) for each in rows]

    def entry_of(self, words: str) -> int:
        with reading(self.settings.log) as connection:
            (row,) = connection.execute("SELECT id FROM entry WHERE text LIKE ?", (f"{words}%",)).fetchall()
            return int(row["id"])


@pytest.fixture
def tools(vault: Vault) -> Tools:
    return Tools(vault.folder, vault.settings)


ALL = sorted(path.name for path in MADE.iterdir() if path.name != "README.md")


@pytest.mark.parametrize("name", ALL)
def test_a_second_import_changes_nothing(tools: Tools, name: str, now: Moment) -> None:
    path = tools.made(name)
    first = tools.take(path)
    before = tools.texts()
    assert first.new.total()
    assert before
    again = tools.take(path)
    assert (again.new.total(), again.changed.total(), again.unchanged) == (0, 0, 1)
    path.write_bytes(path.read_bytes() + b"\n")
    touched = tools.take(path)
    assert (touched.new.total(), touched.changed.total(), touched.no_longer_listed) == (0, 0, 0)
    assert tools.texts() == before
    assert not [found for found in doctor.examine(tools.settings.log, now) if found.severity is doctor.Severity.ERROR]
    history.take_back(tools.settings.log, now, None)


@pytest.mark.parametrize("name", ALL)
def test_a_dry_run_says_the_same_and_writes_nothing(tools: Tools, name: str) -> None:
    path = tools.made(name)
    tried = tools.take(path, dry_run=True)
    assert tools.texts() == []
    assert tools.take(path).new == tried.new


def test_a_task_that_was_edited_done_and_reopened_in_taskwarrior(tools: Tools) -> None:
    path = tools.made("taskwarrior.json")
    tools.take(path)
    tasks = json.loads(path.read_bytes())
    tasks[0] |= {"description": "Run both baselines", "due": "20261210T000000Z"}
    tasks[0] |= {"status": "completed", "end": "20261126T100000Z"}
    path.write_text(json.dumps(tasks), encoding="utf-8")
    report = tools.take(path)
    assert (report.new.total(), report.changed["entry"]) == (0, 1)
    assert any(text.startswith("Run both baselines ^2026-12-10") for text in tools.texts())
    assert tools.states("Run both baselines") == [ActionState.OPEN, ActionState.DONE]
    tasks[0] |= {"status": "pending"}
    path.write_text(json.dumps(tasks), encoding="utf-8")
    tools.take(path)
    assert tools.states("Run both baselines")[-1] is ActionState.OPEN


def test_the_same_tasks_under_another_file_name(tools: Tools) -> None:
    tools.take(tools.made("taskwarrior.json"))
    before = tools.texts()
    report = tools.take(tools.write("tasks-again.json", (MADE / "taskwarrior.json").read_bytes()))
    assert (report.new.total(), report.changed.total()) == (0, 0)
    assert tools.texts() == before


def test_words_that_were_edited_in_the_log_stay(tools: Tools, now: Moment) -> None:
    path = tools.made("taskwarrior.json")
    tools.take(path)
    entries.edit(tools.settings.log, now, tools.entry_of("Plot the curves"), "[ ] Plot them all")
    path.write_bytes(path.read_bytes().replace(b"Plot the curves", b"Plot the points"))
    report = tools.take(path)
    assert "Plot them all" in tools.texts()
    assert "the log's words stay" in str(report.warnings[0])
    assert len(tools.texts()) == 9


def test_what_was_deleted_in_the_log_does_not_come_back(tools: Tools, now: Moment) -> None:
    path = tools.made("jrnl.txt")
    tools.take(path)
    entries.remove(tools.settings.log, now, tools.entry_of("Met Ann."))
    path.write_bytes(path.read_bytes() + b"\n[2026-11-26 09:00:00 AM] New.\n")
    assert tools.take(path).new == {"entry": 1}
    assert not any(text.startswith("Met Ann.") for text in tools.texts())


def test_the_text_and_the_export_of_a_journal_are_one_journal(tools: Tools) -> None:
    tools.take(tools.made("jrnl.txt"))
    report = tools.take(tools.made("jrnl.json"))
    assert (report.new.total(), report.changed.total()) == (0, 0)


def test_a_title_that_was_edited_in_a_journal_is_the_same_entry(tools: Tools) -> None:
    path = tools.made("jrnl.txt")
    tools.take(path)
    before = len(tools.texts())
    path.write_bytes(path.read_bytes().replace(b"Met Ann.", b"Met Ann and Bo."))
    report = tools.take(path)
    assert (report.new.total(), report.changed["entry"], report.no_longer_listed) == (0, 1, 0)
    assert len(tools.texts()) == before


def test_a_list_that_was_archived(tools: Tools) -> None:
    """`todo-txt archive` moves what is done to another file: it stays, and is not doubled."""
    tools.take(tools.made("todo.txt"))
    before = tools.texts()
    tools.write("todo.txt", (MADE / "archived.todo.txt").read_bytes())
    report = tools.take(tools.folder / "todo.txt", tools.made("done.txt"))
    assert (report.new.total(), report.changed.total(), report.no_longer_listed) == (0, 0, 1)
    assert tools.texts() == before
    assert tools.states("Old plan") == [ActionState.OPEN, ActionState.DONE]


def test_a_tag_is_an_idea_only_where_there_is_one(tools: Tools) -> None:
    tools.write("idea.md", IDEA.format(slug="zeus-batch"))
    tools.bring_in()
    report = tools.take(tools.made("jrnl.txt"), tools.made("todo.txt"))
    assert report.unknown_tags == {}
    with reading(tools.settings.log) as connection:
        found = connection.execute("SELECT m.name, m.idea_id, m.person_id FROM mention m").fetchall()
        owners = connection.execute(
            "SELECT DISTINCT p.is_me FROM action a JOIN person p ON p.id = a.owner_id"
        ).fetchall()
        projects = connection.execute("SELECT count(*) FROM entry WHERE project_id IS NOT NULL").fetchone()[0]
    assert {row["name"] for row in found} == {"zeus-batch", "ann"}
    assert all(row["idea_id"] or row["person_id"] for row in found)
    assert [row["is_me"] for row in owners] == [1]
    assert projects == 1


def test_what_is_private_in_the_tool_is_private_here(tools: Tools) -> None:
    tools.take(tools.made("taskwarrior.json"), tools.made("jrnl.txt"))
    with reading(tools.settings.log) as connection:
        rows = connection.execute("SELECT text FROM entry WHERE visibility = 'private'").fetchall()
    assert sorted(row["text"].split("\n")[0] for row in rows) == ["At the same minute.", "Book the cluster"]


def test_the_report_counts_what_is_kept_as_text(tools: Tools) -> None:
    lines = "\n".join(tools.take(tools.made("taskwarrior.json")).lines())
    assert "Files of other tools: Taskwarrior (1)." in lines
    assert "fields kept as text: " in lines
    assert "Brought in 8 TODOs, 1 line." in lines


def test_a_transcript_becomes_a_meeting_with_its_people_once(tools: Tools) -> None:
    tools.bring_in()
    said = "Ann: Compare with DVFS first.\nBo: Yes.\nAnn: Then the knob.\nBo: ! is no sigil here\n"
    path = tools.write("2026-11-24 call.txt", said)
    report = tools.take(path)
    assert (report.new["meeting"], report.new["person"], report.new["entry"]) == (1, 1, 4)
    with reading(tools.settings.log) as connection:
        rows = connection.execute(
            "SELECT e.kind, p.name, e.text FROM entry e LEFT JOIN person p ON p.id = e.speaker_id ORDER BY e.position"
        ).fetchall()
        meetings = connection.execute("SELECT count(*) FROM meeting").fetchone()[0]
    assert [tuple(row) for row in rows][::3] == [
        ("note", "Ann Advisor", "Compare with DVFS first."),
        ("note", "Bo", "! is no sigil here"),
    ]
    path.write_text(said.replace("Yes.", "Yes, on Friday."), encoding="utf-8")
    report = tools.take(path)
    assert (report.new.total(), report.changed["entry"]) == (0, 1)
    assert meetings == 1


def test_tasks_of_obsidian(tools: Tools) -> None:
    tools.meeting(
        "2026-11-10",
        "[ ] Run it 📅 2026-12-01 ⏫",
        "[x] Write it ✅ 2026-11-12",
        "- [-] Plot it ❌ 2026-11-13",
        "[ ] Both ^2026-12-05 📅 2026-12-01",
    )
    report = tools.bring_in()
    assert report.kept == {"priority": 1}
    with reading(tools.settings.log) as connection:
        rows = connection.execute(
            "SELECT e.text, a.due, a.closed_at FROM action a JOIN entry e ON e.id = a.entry_id ORDER BY e.position"
        ).fetchall()
    assert [tuple(row) for row in rows] == [
        ("Run it 📅 2026-12-01 ⏫", "2026-12-01", None),
        ("Write it ✅ 2026-11-12", None, "2026-11-12T12:00:00Z"),
        ("Plot it ❌ 2026-11-13", None, "2026-11-13T12:00:00Z"),
        ("Both ^2026-12-05 📅 2026-12-01", "2026-12-05", None),
    ]
    assert tools.states("Plot it") == [ActionState.OPEN, ActionState.DROPPED]
    again = tools.bring_in()
    assert (again.new.total(), again.changed.total()) == (0, 0)
    tools.write("2026-11-10.md", (tools.folder / "2026-11-10.md").read_text(encoding="utf-8") + "- note: more\n")
    assert tools.bring_in().new["entry"] == 1


def test_a_box_that_is_ticked_and_unticked_in_the_file(tools: Tools) -> None:
    tools.meeting("2026-11-10", "[ ] Run it", "[ ] Plot it", "[ ] Write it")
    tools.bring_in()
    tools.meeting("2026-11-10", "[x] Run it", "[x] Plot it ✅ 2026-11-12", "- [-] Write it")
    report = tools.bring_in()
    assert (report.new["entry"], report.removed) == (0, 0)
    assert tools.states("Run it") == [ActionState.OPEN, ActionState.DONE]
    assert tools.states("Plot it") == [ActionState.OPEN, ActionState.DONE]
    assert tools.states("Write it") == [ActionState.OPEN, ActionState.DROPPED]
    tools.meeting("2026-11-10", "[ ] Run it", "[x] Plot it ✅ 2026-11-12", "- [-] Write it")
    tools.bring_in()
    assert tools.states("Run it") == [ActionState.OPEN, ActionState.DONE, ActionState.OPEN]


def test_a_folder_without_notes_is_said_to_be_one(tools: Tools, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "package.json").write_text("{}", encoding="utf-8")
    (line,) = tools.take(tmp_path / "empty").lines()
    assert line.startswith("No notes found")


def test_the_format_that_was_forced_before_does_not_stop_another(tools: Tools) -> None:
    path = tools.write("list.txt", "[2026-11-24 09:00] buy milk\n")
    assert tools.take(path, wanted="todo.txt").new == {"todo": 1}
    assert tools.take(path, wanted="jrnl").new == {"entry": 1}


def test_progress_counts_the_items_of_a_long_file(tools: Tools) -> None:
    path = tools.write("todo.txt", "".join(f"2026-11-24 task {number}\n" for number in range(350)))
    told: list[tuple[int, int]] = []
    import_paths(tools.settings, [path], False, lambda done, total: told.append((done, total)))
    assert (101, 351) in told
    assert told[-1] == (351, 351)


def test_two_files_with_the_same_words_are_two_meetings(tools: Tools) -> None:
    said = "Ann: Yes.\nBo: No.\nAnn: Yes.\n"
    other = tools.folder / "other"
    other.mkdir()
    (other / "2026-11-24.txt").write_text(said + "Bo: No.\n", encoding="utf-8")
    report = tools.take(tools.write("2026-11-24.txt", said), other / "2026-11-24.txt")
    assert (report.new["meeting"], report.new["entry"]) == (2, 7)
    with reading(tools.settings.log) as connection:
        slugs = [row["slug"] for row in connection.execute("SELECT slug FROM meeting ORDER BY slug")]
    assert slugs == ["2026-11-24", "2026-11-24-2"]


def test_a_meeting_that_was_removed_in_the_log_does_not_come_back(tools: Tools, now: Moment) -> None:
    path = tools.write("2026-11-24.txt", "Ann: Yes.\nBo: No.\nAnn: Yes.\n")
    tools.take(path)
    meetings.remove(tools.settings.log, now, "2026-11-24")
    path.write_text("Ann: Yes.\nBo: No.\nAnn: Yes.\nBo: But.\n", encoding="utf-8")
    report = tools.take(path)
    assert report.new["meeting"] == 0
