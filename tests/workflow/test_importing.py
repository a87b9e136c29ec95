"""Bringing Markdown in: as often as one likes, whatever state the files are in."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from advisorlog.domain.kinds import ActionState
from advisorlog.domain.moments import Moment
from advisorlog.store import doctor
from advisorlog.store.connection import connect, reading
from advisorlog.store.reading import actions, entries, ideas, meetings
from advisorlog.workflow import history
from advisorlog.workflow.capture import Place, capture
from advisorlog.workflow.importing import import_paths
from advisorlog.workflow.meetings import MeetingFields
from advisorlog.workflow.meetings import edit as edit_meeting
from tests.conftest import NOW
from tests.workflow.conftest import Vault
from tests.workflow.test_round_trip import sheets

HOSTILE = "a [/] \x1b[31mred\x1b[0m {{ 1 }} {% x %} <script> \u202egnp \\(x^2\\) 봄에 제출 ](javascript:x)"


def texts(log: Path, day: str = "2026-11-10") -> list[str]:
    with reading(log) as connection:
        found = meetings.meeting(connection, f"{day}-zeus-weekly")
        return [entry.text for entry in entries.of_meetings(connection, [found.id])]


def rows(log: Path, table: str) -> int:
    with reading(log) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_second_import_changes_nothing_and_says_so(vault: Vault) -> None:
    vault.meeting("2026-11-10", "advice: Compare with DVFS first", "[ ] Run it @me ^2026-11-17")
    first = vault.bring_in()
    before = rows(vault.settings.log, "revision")
    again = vault.bring_in()
    assert first.new["meeting"] == 1
    assert first.new["entry"] == 2
    assert (again.new, again.changed, again.removed) == ({}, {}, 0)
    assert again.unchanged == 3
    assert rows(vault.settings.log, "revision") == before


def test_a_dry_run_writes_nothing(vault: Vault) -> None:
    vault.meeting("2026-11-10", "advice: Compare with DVFS first")
    report = vault.bring_in(dry_run=True)
    assert report.new["meeting"] == 1
    assert any("Would bring in" in line for line in report.lines())
    assert rows(vault.settings.log, "meeting") == 0


def test_one_undo_takes_one_import_back(vault: Vault, now: Moment) -> None:
    vault.meeting("2026-11-10", "advice: Compare with DVFS first")
    vault.bring_in()
    history.take_back(vault.settings.log, now, None)
    assert rows(vault.settings.log, "meeting") == 0
    assert rows(vault.settings.log, "entry") == 0


def test_lines_that_were_edited_added_moved_and_removed(vault: Vault) -> None:
    vault.meeting("2026-11-10", "advice: one", "decision: two", "result: three")
    vault.bring_in()
    vault.meeting("2026-11-10", "result: three", "advice: one, and more", "note: four")
    report = vault.bring_in()
    assert texts(vault.settings.log) == ["three", "one, and more", "four"]
    assert report.changed
    vault.meeting("2026-11-10", "result: three")
    assert vault.bring_in().removed == 2
    assert texts(vault.settings.log) == ["three"]


def test_the_user_s_words_arrive_as_they_are(vault: Vault) -> None:
    vault.meeting("2026-11-10", f"note: {HOSTILE}")
    vault.bring_in()
    assert texts(vault.settings.log) == [HOSTILE]


def test_the_history_of_a_promise_and_of_an_idea(vault: Vault, now: Moment) -> None:
    vault.write(
        "cap.md",
        "---\nkind: idea\nid: cap\ntitle: Cap the power\nproject: zeus\nhistory:\n"
        "  - {on: 2026-10-01, status: spark, confidence: 40}\n"
        "  - {on: 2026-11-01, confidence: 70, because: 3 of 3 GPUs agree}\n---\n",
    )
    vault.meeting(
        "2026-11-10",
        "- [x] Run it @me ^2026-11-17 #cap",
        "  - done test: a table",
        "  - 2026-11-17 carried ^2026-11-20: the cluster was down",
        "  - 2026-11-19 done: 3 GPUs",
    )
    vault.bring_in()
    with reading(vault.settings.log) as connection:
        action = actions.action(connection, 1, now)
        events = ideas.events(connection, [ideas.idea(connection, "cap", now).id], now)
    assert action.state is ActionState.DONE
    assert action.done_test == "a table"
    assert [(event.state, event.because) for event in action.events] == [
        (ActionState.OPEN, ""),
        (ActionState.CARRIED, "the cluster was down"),
        (ActionState.DONE, "3 GPUs"),
    ]
    assert [event.confidence for event in events] == [40, 70]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"---\nkind: meeting\nid: [\n---\n", "broken.md:"),
        (b"---\nkind: meeting\ndate: 2022-13-45\n---\n- a\n", "broken.md:"),
        (b"---\nkind: nonsense\nid: x\n---\n", "broken.md:"),
        (b"---\nkind: project\nid: zeus\nname: Again\n---\n", "zeus"),
        (b"---\na: &a [1]\nb: &b [*a,*a]\nkind: meeting\nx: &x {y: *x}\n---\n", "broken.md"),
    ],
)
def test_a_broken_file_is_named_and_stops_no_other(vault: Vault, content: bytes, says: str) -> None:
    vault.meeting("2026-11-10", "advice: Compare with DVFS first")
    vault.write("broken.md", content)
    report = vault.bring_in()
    assert any(says in str(problem) for problem in (*report.problems, *report.warnings))
    assert texts(vault.settings.log) == ["Compare with DVFS first"]


def with_windows_line_ends(raw: bytes) -> bytes:
    return raw.replace(b"\n", b"\r\n")


def with_byte_order_mark(raw: bytes) -> bytes:
    return b"\xef\xbb\xbf" + raw


@pytest.mark.parametrize("changed", [with_windows_line_ends, with_byte_order_mark])
def test_line_ends_and_a_byte_order_mark_are_no_matter(vault: Vault, changed: Callable[[bytes], bytes]) -> None:
    path = vault.meeting("2026-11-10", "advice: Compare with DVFS first", "note: 봄")
    path.write_bytes(changed(path.read_bytes()))
    vault.bring_in()
    assert texts(vault.settings.log) == ["Compare with DVFS first", "봄"]


def test_a_free_note_loses_nothing(vault: Vault) -> None:
    vault.write("2026-11-12 thoughts.md", "# Thoughts\n\nSome *free* text.\n\n- advice: but this is advice\n")
    vault.bring_in()
    with reading(vault.settings.log) as connection:
        words = "\n".join(row["text"] for row in connection.execute("SELECT text FROM entry"))
    assert "Some *free* text." in words
    assert "but this is advice" in words


def test_what_is_no_date_is_told_of_promises_alone(vault: Vault) -> None:
    vault.meeting(
        "2026-11-10", "note: press ^C[^1] ^key-result", "[ ] run it ^someday", "[ ] check it ^37066d", "[^1]: a"
    )
    assert [(each.line, each.message) for each in vault.bring_in().warnings] == [
        (12, "“^someday” is no date that I know")
    ]


def test_when_the_tasks_of_an_undated_note_were_promised_and_done(vault: Vault) -> None:
    vault.write(
        "todo.md",
        "- [x] Run it ➕ 2026-01-05 ✅ 2026-01-08\n- [x] Plot it ✅ 2026-01-08\n- [-] Drop it ❌ 2026-01-09\n"
        "- [ ] Write it ➕ 2026-01-05\n- [x] Send it\n- [x] Ask ➕ 2999-01-05\n",
    )
    vault.bring_in()
    with reading(vault.settings.log) as connection:
        events = connection.execute(
            "SELECT action_id, state, substr(at, 1, 10) AS day FROM action_event ORDER BY action_id, at, id"
        ).fetchall()
    found = [(row["action_id"], row["state"], row["day"]) for row in events]
    today = NOW.day.isoformat()
    assert found == [
        (1, "open", "2026-01-05"),
        (1, "done", "2026-01-08"),
        (2, "open", "2026-01-08"),
        (2, "done", "2026-01-08"),
        (3, "open", "2026-01-09"),
        (3, "dropped", "2026-01-09"),
        (4, "open", "2026-01-05"),
        (5, "open", today),
        (5, "done", today),
        (6, "open", today),
        (6, "done", today),
    ]
    said = sheets(vault.settings.log)
    vault.bring_in()
    assert sheets(vault.settings.log) == said


def test_the_same_undated_file_says_the_same_on_another_day(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    vault.write("todo.md", "- [ ] Run it\n- [x] Plot it\n- [x] Send it ✅ 2026-01-08\n- on the way\n")
    vault.bring_in()
    other = Vault(vault.folder, replace(vault.settings, log=vault.settings.log.with_name("other.db")))
    monkeypatch.setenv("ADVISORLOG_NOW", "2027-01-10T22:30-05:00")
    other.bring_in()
    assert sheets(other.settings.log) == sheets(vault.settings.log)


def test_the_plain_text_of_a_vault_does_not_crowd_the_inbox(vault: Vault, now: Moment) -> None:
    vault.write("ell.md", "# Ell\n\nThe length of a wall.\n\n- advice: measure it first\n")
    vault.write("inbox.md", "---\nkind: inbox\nid: inbox\n---\n- on the way home\n")
    vault.bring_in()
    capture(vault.settings.log, ["one more"], Place(now), now)
    with reading(vault.settings.log) as connection:
        waiting = [entry.text for entry in entries.to_place(connection, None, now, 50)]
        everything = [entry.text for entry in entries.inbox(connection, None, now)]
    assert sorted(waiting) == ["measure it first", "on the way home", "one more"]
    assert sorted(everything) == ["The length of a wall.", *sorted(waiting)]


def people_of(vault: Vault, meeting: str) -> tuple[str, ...]:
    with reading(vault.settings.log) as connection:
        return meetings.meeting(connection, meeting).people


def test_those_present_at_a_free_meeting(vault: Vault, now: Moment) -> None:
    note = "---\ndate: 2026-11-12\nattendees: [Ann Advisor, Bob Lee]\n---\ntext\n"
    path = vault.write("lab.md", note)
    vault.bring_in()
    assert people_of(vault, "lab") == ("Ann Advisor", "Bob Lee")
    path.write_text(note.replace(", Bob Lee", ""))
    vault.bring_in()
    assert people_of(vault, "lab") == ("Ann Advisor",)
    path.write_text(note.replace("attendees: [Ann Advisor, Bob Lee]\n", ""))
    vault.bring_in()
    assert people_of(vault, "lab") == ()
    edit_meeting(vault.settings.log, now, "lab", MeetingFields(people=["Bob Lee"]))
    path.write_text("---\ndate: 2026-11-12\n---\nother text\n")
    vault.bring_in()
    assert people_of(vault, "lab") == ("Bob Lee",)


def test_templates_are_left_out_and_named(vault: Vault) -> None:
    for number in range(7):
        vault.write(f"t{number}.md", "---\ndate: {{date}}\n---\n- [ ] Objective\n")
    report = vault.bring_in()
    assert (report.problems, report.new["entry"]) == ([], 0)
    told = "7 templates left out, with blanks still to be filled in: t0.md, t1.md, t2.md, t3.md, t4.md and 2 more."
    assert told in report.lines()


def test_a_free_note_is_one_record_from_whichever_folder_it_is_read(vault: Vault) -> None:
    (vault.folder / "lab").mkdir()
    path = vault.write("lab/2026-11-12.md", "- [ ] Run it\n")
    vault.bring_in()
    for place in (path, path.parent):
        assert import_paths(vault.settings, [place], False, lambda done, total: None).unchanged == 1
    path.write_text("- [ ] Run it\n- [ ] Plot it\n")
    import_paths(vault.settings, [path], False, lambda done, total: None)
    assert (rows(vault.settings.log, "meeting"), rows(vault.settings.log, "action")) == (1, 2)


def test_a_free_note_stays_the_same_under_another_name_unless_it_says_another_day(vault: Vault) -> None:
    path = vault.write("2026-11-12 talk.md", "- [ ] Run it\n")
    vault.bring_in()
    path = path.rename(vault.folder / "2026-11-12 a talk.md")
    assert vault.bring_in().unchanged == 3
    path.write_text("- [ ] Run it twice\n")
    vault.bring_in()
    assert (rows(vault.settings.log, "meeting"), rows(vault.settings.log, "action")) == (1, 1)
    path.rename(vault.folder / "2026-11-13 a talk.md")
    assert vault.bring_in().new["meeting"] == 1
    vault.write("copy of 2026-11-13 a talk.md", "- [ ] Run it twice\n")
    assert vault.bring_in().new["meeting"] == 1


def test_kills_during_an_import_leave_a_sound_log_that_a_rerun_completes(vault: Vault, now: Moment) -> None:
    for number in range(1, 25):
        vault.meeting(f"2026-10-{number:02}", *(f"note: {number} {line}" for line in range(20)))
    command = [sys.executable, "-m", "advisorlog", "--db", str(vault.settings.log), "import", str(vault.folder)]
    for reads in (1, 3, 9, 27, 81):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ})
        with closing(connect(vault.settings.log)) as connection:
            for _ in range(reads * 200):  # a while that is measured in work, not on a clock
                connection.execute("SELECT count(*) FROM entry").fetchone()
        process.kill()
        process.communicate()
        assert rows(vault.settings.log, "entry") in (0, 480)
    vault.bring_in()
    assert rows(vault.settings.log, "entry") == 480
    assert not [found for found in doctor.examine(vault.settings.log, now) if found.severity is doctor.Severity.ERROR]
