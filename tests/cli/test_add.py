"""Capture from the shell: nothing is lost, everything is answered."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Process


def _stored(log: Path) -> list[tuple[str, str, str]]:
    connection = sqlite3.connect(log)
    try:
        return connection.execute("SELECT kind, lead || text, visibility FROM entry ORDER BY id").fetchall()
    finally:
        connection.close()


def test_a_line_is_stored_as_typed_and_what_it_is_taken_for_is_said(cli: Cli, log: Path) -> None:
    ran = cli("add", "[] Run the baseline @me ^fri")
    assert ran.code == 0
    assert ran.out == "TODO 1, to the inbox, due Fri 27 Nov 2026 (in 3 days)\n"
    assert _stored(log) == [("todo", "[] Run the baseline @me ^fri", "open")]


def test_words_without_quotes_are_one_line(cli: Cli, log: Path) -> None:
    cli("add", "=", "Submit", "in", "spring")
    assert _stored(log) == [("decision", "= Submit in spring", "open")]


def test_unknown_tags_and_dates_are_kept_and_told(cli: Cli, log: Path) -> None:
    ran = cli("add", "! Compare #zeus-batch with @bob ^someday")
    assert ran.code == 0
    assert "advisorlog idea new zeus-batch" in ran.err
    assert "advisorlog person new bob" in ran.err
    assert "^someday is no date" in ran.err
    assert _stored(log)[0][1] == "! Compare #zeus-batch with @bob ^someday"


def test_a_tag_counts_once_its_idea_is_made(cli: Cli) -> None:
    cli("add", "% 70 #zeus-batch because 3 of 3 GPUs agree")
    ran = cli("idea", "new", "Batch sizing", "--slug", "zeus-batch")
    assert "1 earlier line counts" in ran.err
    shown = json.loads(cli("idea", "show", "zeus-batch", "--json").out)
    assert shown["confidence"] == 70


def test_each_line_of_stdin_is_an_entry_and_all_are_one_change(cli: Cli, log: Path) -> None:
    ran = cli("add", stdin="! eins\r\n\r\n~ 비밀\n  \n+ 3 % better\n".encode())
    assert ran.code == 0
    assert [kind for kind, _, _ in _stored(log)] == ["advice", "note", "result"]
    assert [visibility for _, _, visibility in _stored(log)] == ["open", "private", "open"]
    assert cli("undo").code == 0
    assert _stored(log) == []


def test_a_private_line_leaves_no_words_in_the_history(cli: Cli) -> None:
    cli("add", "~ he seemed tired")
    cli("action", "new", "~ apologise")
    assert "tired" not in cli("history", "--json").out
    assert "apologise" not in cli("history", "--json").out


def test_a_private_promise_stays_private(cli: Cli, log: Path) -> None:
    cli("action", "new", "~ apologise")
    assert _stored(log) == [("todo", "~ [] apologise", "private")]
    assert "apologise" not in cli("action", "list").out
    assert "apologise" in cli("action", "list", "--private").out


@pytest.mark.parametrize("line", ["", "  ", "!", "[ ]", "private:"])
def test_an_empty_line_is_refused(cli: Cli, log: Path, line: str) -> None:
    ran = cli("add", line)
    assert ran.code == 1
    assert "was not stored" in ran.err
    assert _stored(log) == []


def test_nothing_on_stdin_is_said(cli: Cli) -> None:
    ran = cli("add", stdin=b"\n\n")
    assert ran.code == 1
    assert "Nothing came on stdin" in ran.err


@pytest.mark.parametrize(
    "line",
    ["x" * 100_000, "a\x1b[31mred\x00\x07", "수식 $\\frac{1}{2}$ 과 x^2", "- [x] done ⏎ \u202e evil", "👩‍🔬🇰🇷"],
    ids=["100 kB", "controls", "Korean and mathematics", "bidirectional", "emoji"],
)
def test_hostile_lines_go_in_and_come_out_whole(cli: Cli, log: Path, line: str) -> None:
    assert cli("add", stdin=line.encode()).code == 0
    assert _stored(log)[0][1] == line
    ran = cli("search", "x", "red", "수식", "done")
    assert "\x1b" not in ran.out + ran.err


def test_bytes_of_another_encoding_are_not_lost(process: Process, log: Path) -> None:
    assert process("add", stdin="naïve café".encode("latin-1")).returncode == 0
    assert _stored(log)[0][1] == "naïve café"


def test_utf8_arguments_survive_an_ascii_locale(process: Process, log: Path) -> None:
    ascii_only = {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    ran = process("add", "! 기준선과 비교 #논문", env=ascii_only)
    assert ran.returncode == 0, ran.stderr
    assert _stored(log)[0][1] == "! 기준선과 비교 #논문"
    listed = process("search", "비교", env=ascii_only)
    assert listed.returncode == 0
    assert listed.stdout
    assert "비교" in json.loads(process("search", "비교", "--json", env=ascii_only).stdout.decode("utf-8"))[0]["text"]


def test_what_the_terminal_can_not_show_becomes_a_question_mark(process: Process) -> None:
    process("add", "! 기준선")
    listed = process("search", "기준선", env={"PYTHONIOENCODING": "latin-1"})
    assert listed.returncode == 0
    assert b"???" in listed.stdout


def test_it_goes_to_the_meeting_under_way_which_counts_as_held(cli: Cli) -> None:
    cli("meeting", "new", "2026-11-24 08:30", "--title", "Now", "--planned")
    ran = cli("add", "! Say hello")
    assert "to Now" in ran.out
    assert "counts as held" in ran.err
    assert json.loads(cli("meeting", "show", "2026-11-24-now", "--json").out)["status"] == "held"


def test_preparing_a_meeting_to_come_does_not_hold_it(cli: Cli) -> None:
    cli("meeting", "new", "2026-12-01 14:00", "--title", "Soon")
    assert cli("add", "--meeting", "2026-12-01-soon", "? Which deadline?").code == 0
    assert json.loads(cli("meeting", "show", "2026-12-01-soon", "--json").out)["status"] == "planned"


def test_a_line_can_be_said_in_the_past(cli: Cli) -> None:
    ran = cli("add", "--at", "yesterday 14:00", "+ 3 of 3")
    assert "2026-11-23 14:00" in ran.err
    assert json.loads(cli("search", "3", "--json").out)[0]["moment"] == "2026-11-23T14:00:00+00:00"


def test_an_unknown_meeting_stores_nothing(cli: Cli, log: Path) -> None:
    ran = cli("add", "--meeting", "nowhere", "! hello")
    assert ran.code == 1
    assert "There is no meeting" in ran.err
    assert _stored(log) == []
