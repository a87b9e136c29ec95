"""`advisorlog attach` and `advisorlog attachment`, as a user runs them."""

import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Process

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))


@pytest.fixture
def board(tmp_path: Path) -> Path:
    path = tmp_path / "보드 판.png"
    path.write_bytes(PNG)
    return path


@pytest.fixture
def held(cli: Cli) -> Cli:
    for command in (
        ("series", "new", "Zeus weekly", "--with", "Ann Advisor"),
        ("idea", "new", "Cap the power", "--slug", "cap"),
        ("meeting", "new", "now", "--series", "zeus-weekly"),
        ("add", "! Compare with DVFS first"),
    ):
        assert (ran := cli(*command)).code == 0, ran.err
    return cli


def test_a_photograph_is_attached_listed_shown_and_removed(held: Cli, board: Path) -> None:
    ran = held("attach", str(board))
    assert ran.out == "private attachment 1, 보드 판.png (208 B), to 2026-11-24-zeus-weekly\n"
    assert "보드 판.png" in held("attachment", "list").out
    shown = json.loads(held("attachment", "show", "1", "--json").out)
    assert Path(shown["path"]).read_bytes() == PNG
    assert shown["is_private"] is True
    assert held("attachment", "rm", "1", "--yes").code == 0
    assert "No file is attached" in held("attachment", "list").err
    assert held("undo").code == 0
    assert "보드 판.png" in held("attachment", "list").out


def test_a_private_one_is_only_counted_where_its_meeting_is_shown(held: Cli, board: Path) -> None:
    held("attach", str(board))
    ran = held("meeting", "show", "2026-11-24-zeus-weekly")
    assert "보드" not in ran.out
    assert "1 private attachment not shown" in ran.err
    assert "보드 판.png" in held("meeting", "show", "2026-11-24-zeus-weekly", "--private").out
    held("attachment", "edit", "1", "--open")
    assert "attachment 1, 보드 판.png" in held("meeting", "show", "2026-11-24-zeus-weekly").out


def test_it_hangs_on_a_line_that_shows_it(held: Cli, board: Path) -> None:
    assert held("attach", str(board), "--to", "#cap", "--caption", "+ The knee moves", "--open").code == 0
    assert "attachment 1, 보드 판.png" in held("entry", "show", "2").out
    assert held("attachment", "list", "--of", "#cap").out.count("보드 판.png") == 1


def test_a_meeting_and_an_idea_list_their_open_files(held: Cli, board: Path) -> None:
    assert held("attach", str(board), "--to", "#cap", "--open").code == 0
    assert "attachment 1, 보드 판.png (208 B)" in held("idea", "show", "cap").out
    for command in (("idea", "show", "cap"), ("meeting", "show", "2026-11-24-zeus-weekly")):
        files = json.loads(held(*command, "--json").out)["attachments"]
        assert [each["name"] for each in files] == ["보드 판.png"]
    held("attachment", "edit", "1", "--private")
    ran = held("idea", "show", "cap")
    assert "보드" not in ran.out
    assert "1 private attachment not shown" in ran.err
    assert json.loads(held("idea", "show", "cap", "--json").out)["attachments"] == []
    assert json.loads(held("idea", "show", "cap", "--json", "--as-of", "2026-11-01").out)["attachments"] == []


def test_a_bad_file_is_one_line_and_the_others_are_attached(held: Cli, board: Path, tmp_path: Path) -> None:
    ran = held("attach", str(tmp_path / "gone.png"), str(board), "--json")
    assert ran.code == 1
    assert ran.err == "error: “gone.png” was not attached: there is no such file.\n"
    answer = json.loads(ran.out)
    assert [each["name"] for each in answer["attached"]] == ["보드 판.png"]
    assert answer["refused"] == [{"file": "gone.png", "why": "there is no such file"}]


def test_a_name_can_not_act_on_the_terminal(held: Cli, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202egnp.png"
    path.write_bytes(PNG)
    ran = held("attach", str(path))
    told = ran.out + held("attachment", "list").out + held("attachment", "show", "1").out
    assert "\x1b" not in told
    assert "\u202e" not in told


def test_what_comes_from_a_pipe_needs_a_name(held: Cli, process: Process) -> None:
    done = process("attach", "-", stdin=PNG)
    assert done.returncode == 2
    assert b"needs a --name" in done.stderr
    done = process("attach", "-", "--name", "board.png", stdin=PNG)
    assert done.stdout == b"private attachment 1, board.png (208 B), to 2026-11-24-zeus-weekly\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_it_is_opened_as_a_copy_by_the_program_that_is_named(
    held: Cli, process: Process, board: Path, tmp_path: Path
) -> None:
    held("attach", str(board))
    opener = tmp_path / "opener"
    opener.write_text('#!/bin/sh\ncat "$1" > "$SEEN"\necho changed 2>/dev/null > "$1"\nexit 0\n')
    opener.chmod(0o700)
    seen = tmp_path / "seen"
    done = process("attachment", "open", "1", env={"ADVISORLOG_OPENER": str(opener), "SEEN": str(seen)})
    assert done.returncode == 0, done.stderr
    assert seen.read_bytes() == PNG
    assert done.stdout.decode().rstrip().endswith("보드 판.png")
    stored = json.loads(held("attachment", "show", "1", "--json").out)["path"]
    assert Path(stored).read_bytes() == PNG  # whatever the program did with its copy


def test_a_script_is_not_opened(held: Cli, process: Process, tmp_path: Path) -> None:
    script = tmp_path / "run.sh"
    script.write_text("#!/bin/sh\ntouch ran\n")
    held("attach", str(script))
    done = process("attachment", "open", "1", env={"ADVISORLOG_OPENER": "sh"}, cwd=tmp_path)
    assert done.returncode == 1
    assert b"might be run instead of shown" in done.stderr
    assert not (tmp_path / "ran").exists()


def test_without_a_desktop_it_says_where_the_file_is(held: Cli, process: Process, board: Path) -> None:
    held("attach", str(board))
    done = process("attachment", "open", "1", env={"DISPLAY": "", "WAYLAND_DISPLAY": "", "ADVISORLOG_OPENER": ""})
    if sys.platform.startswith("linux"):
        assert done.returncode == 1
        assert b"There is no desktop here" in done.stderr
        assert b"It is stored as" in done.stderr


def test_doctor_tells_what_is_missing_and_prunes_what_nothing_needs(held: Cli, board: Path) -> None:
    held("attach", str(board))
    assert held("doctor", "--deep").code == 0
    Path(json.loads(held("attachment", "show", "1", "--json").out)["path"]).unlink()
    ran = held("doctor")
    assert ran.code == 1
    assert "Attachment 1 is missing" in ran.out
    assert "Removed 0 stored files" in held("doctor", "--prune").err
