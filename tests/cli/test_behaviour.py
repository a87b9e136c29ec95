"""How the program behaves as a process: exit codes, errors in one line, streams, colour, what it loads."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from advisorlog.cli import running
from tests.cli.conftest import Cli, Process

HEAVY = ("sqlalchemy", "sqlmodel", "pydantic", "openai", "textual", "alembic", "rich", "dateparser")


@pytest.mark.parametrize(
    "arguments",
    [("add", "! Compare @me ^fri #zeus"), ("search", "compare"), ("action", "list"), ("idea", "list"), ("paths",)],
    ids=lambda words: words[0],
)
def test_hot_commands_load_nothing_heavy(log: Path, arguments: tuple[str, ...]) -> None:
    code = (
        "import sys; from advisorlog.cli.running import run; code = run(sys.argv[1:]);"
        "print(' '.join(m for m in sys.modules if '.' not in m), file=sys.stderr); sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "ADVISORLOG_DB": str(log)},
        check=True,
    )
    loaded = set(ran.stderr.splitlines()[-1].split())
    assert loaded.isdisjoint(HEAVY)


def test_an_error_is_one_line_with_what_to_do(process: Process) -> None:
    ran = process("project", "show", "nothing")
    assert ran.returncode == 1
    assert ran.stdout == b""
    assert ran.stderr.decode().count("\n") == 1
    assert ran.stderr.startswith("error: There is no project “nothing”.".encode())


def test_wrong_usage_exits_with_2(process: Process) -> None:
    assert process("project", "new").returncode == 2
    assert process("nonsense").returncode == 2
    assert process("idea", "move", "x", "excellent").returncode == 2


def test_a_bug_is_one_line_and_its_trace_only_with_debug(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("boom\x1b[31m")

    monkeypatch.setattr("advisorlog.store.reading.people.projects", broken)
    ran = cli("project", "list")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "hit a bug" in ran.err
    assert "\x1b" not in ran.err
    assert "Traceback" in cli("project", "list", "--debug").err
    assert "Traceback" in cli("--debug", "project", "list").err


def test_the_reader_of_a_pipe_may_go_away(log: Path, cli: Cli) -> None:
    cli("add", stdin=b"x\n" * 5000)
    command = subprocess.Popen(
        [sys.executable, "-m", "advisorlog", "search", "x", "-n", "5000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "ADVISORLOG_DB": str(log)},
    )
    assert command.stdout is not None
    assert command.stderr is not None
    command.stdout.readline()
    command.stdout.close()
    assert command.stderr.read() == b""
    command.stderr.close()
    assert command.wait(30) == running.READER_GONE


def test_an_interrupt_is_quiet(log: Path) -> None:
    command = subprocess.Popen(
        [sys.executable, "-c", "import advisorlog.cli.add as a\nimport sys\n"
         "def wait(*_): print('ready', flush=True); raise KeyboardInterrupt\n"
         "a.capture = wait\nfrom advisorlog.cli import main\nsys.argv[1:] = ['add', 'x']\nmain()"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "ADVISORLOG_DB": str(log)},
    )  # fmt: skip
    out, err = command.communicate(timeout=30)
    assert out == b"ready\n"
    assert err == b""
    assert command.returncode == running.INTERRUPTED


def test_data_goes_to_stdout_and_messages_to_stderr(process: Process) -> None:
    ran = process("project", "new", "Zeus")
    assert ran.stdout == b"zeus\n"
    assert b"pitch" in ran.stderr
    assert process("project", "new", "Hera", "--quiet").stderr == b""
    assert process("--quiet", "project", "new", "Hermes").stderr == b""


def test_the_log_can_be_named_before_and_behind_the_command(cli: Cli, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    assert cli("--db", str(other), "project", "new", "Zeus").code == 0
    assert "zeus" in cli("project", "list", "--db", str(other)).out
    assert "zeus" not in cli("project", "list").out
    assert stat.S_IMODE(other.stat().st_mode) == 0o600


def test_notes_can_not_act_on_the_terminal(cli: Cli) -> None:
    evil = "\x1b]8;;http://x\x07click\x1b]8;;\x07 \x9b31m"
    cli("project", "new", f"Zeus {evil}", "--slug", "zeus", "--pitch", evil, "--goal", evil)
    cli("person", "new", f"Ann {evil}", "--handle", "ann")
    cli("idea", "new", f"Batch {evil}", "--slug", "batch", "--claim", evil, "--confidence", "3", "--because", evil)
    cli("add", f"! {evil} #batch")
    commands = (
        ("project", "list"), ("project", "show", "zeus"), ("person", "list"), ("person", "show", "ann"),
        ("idea", "list"), ("idea", "show", "batch"), ("search", "click"), ("history",), ("project", "show", evil),
    )  # fmt: skip
    for command in commands:
        ran = cli(*command)
        assert not any(sign in ran.out + ran.err for sign in "\x1b\x9b\x07"), command


def test_json_is_utf8_whatever_the_locale(process: Process) -> None:
    process("project", "new", "전력")
    ran = process("project", "list", "--json", env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert json.loads(ran.stdout.decode("utf-8"))[0]["name"] == "전력"


@pytest.mark.parametrize(
    "arguments",
    [
        ("project", "list"), ("person", "list"), ("series", "list"), ("meeting", "list"), ("idea", "list"),
        ("action", "list"), ("reading", "list"), ("history",), ("doctor",), ("paths",), ("backup", "--list"),
        ("restore", "--list"), ("templates", "list"), ("search", "x"), ("person", "show", "me"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_reading_command_speaks_json(cli: Cli, arguments: tuple[str, ...]) -> None:
    ran = cli(*arguments, "--json")
    assert ran.code == 0
    assert json.loads(ran.out) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo terminal")
@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_colour_only_on_a_terminal_and_never_with_no_color(log: Path, no_color: str, coloured: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "ADVISORLOG_DB": str(log), "NO_COLOR": no_color, "TERM": "xterm"}
    subprocess.run(
        [sys.executable, "-m", "advisorlog", "person", "list"],
        stdout=theirs, stdin=subprocess.DEVNULL, env=environment, check=True, timeout=30,
    )  # fmt: skip
    os.close(theirs)
    said = os.read(ours, 10_000)
    os.close(ours)
    assert (b"\x1b[" in said) is coloured


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo terminal")
def test_at_a_terminal_each_line_is_stored_at_its_enter(log: Path) -> None:
    """What was acknowledged is there, even if the program is killed right behind it."""
    import pty

    ours, theirs = pty.openpty()
    command = subprocess.Popen(
        [sys.executable, "-m", "advisorlog", "add"],
        stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "ADVISORLOG_DB": str(log)},
    )  # fmt: skip
    assert command.stdout is not None
    for number, line in enumerate((b"! first", b"~ second"), 1):
        os.write(ours, line + b"\n")
        assert f" {number}, to the inbox".encode() in command.stdout.readline()
    command.kill()
    command.wait(30)
    command.stdout.close()
    os.close(ours)
    os.close(theirs)
    connection = sqlite3.connect(log)
    assert connection.execute("SELECT count(*), (SELECT count(*) FROM change) FROM entry").fetchone() == (2, 2)
    connection.close()


def test_no_colour_into_a_pipe(process: Process) -> None:
    assert b"\x1b" not in process("person", "list").stdout


def test_a_missing_log_is_said_with_where_to_start(process: Process, tmp_path: Path) -> None:
    nowhere = {"ADVISORLOG_DB": str(tmp_path / "no" / "log.db")}
    ran = process("project", "list", env=nowhere)
    assert ran.returncode == 1
    assert b"There is no log yet" in ran.stderr
    welcome = process(env=nowhere)
    assert welcome.returncode == 0
    assert b"advisorlog demo" in welcome.stdout
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize("content", [b"not a database, but rather longer than a header of SQLite is" * 20, b""])
def test_a_foreign_file_is_refused_and_left_alone(process: Process, tmp_path: Path, content: bytes) -> None:
    foreign = tmp_path / "notes.txt"
    foreign.write_bytes(content)
    for command in (("add", "x"), ("project", "list"), ("project", "new", "X")):
        ran = process("--db", str(foreign), *command)
        assert ran.returncode == 1
        assert ran.stderr.count(b"\n") == 1
        assert b"hit a bug" not in ran.stderr
    assert foreign.read_bytes() == content


def test_the_overview_says_what_comes_next(cli: Cli) -> None:
    cli("series", "new", "Zeus weekly", "--with", "Ann Advisor", "--every", "tue", "--at", "14:00")
    cli("meeting", "new", "--series", "zeus-weekly")
    cli("add", "[] Run the baseline @me ^2026-11-20")
    ran = cli()
    assert ran.code == 0
    assert "Next: Zeus weekly, 2026-11-24 14:00" in ran.out
    assert "1 promise of yours, 1 late" in ran.out


def test_two_processes_add_at_once(log: Path) -> None:
    def start(word: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "advisorlog", "add", word]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "ADVISORLOG_DB": str(log)})

    assert [each.wait(60) for each in [start(f"line {number}") for number in range(6)]] == [0] * 6
    connection = sqlite3.connect(log)
    assert connection.execute("SELECT count(*) FROM entry").fetchone() == (6,)
    connection.close()


def test_completion_knows_commands_and_names(cli: Cli, process: Process) -> None:
    cli("idea", "new", "Batch sizing", "--slug", "zeus-batch")
    cli("series", "new", "Zeus weekly")

    def complete(words: str, at: int) -> str:
        env = {"_ADVISORLOG_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(at)}
        return process(env=env).stdout.decode()

    assert "plain,search" in complete("advisorlog se", 1)
    assert "plain,zeus-weekly" in complete("advisorlog brief z", 2)
    assert "plain,#zeus-batch" in complete("advisorlog idea show #z", 3)
    assert complete("advisorlog --db /nowhere idea show z", 5) == "\n" or "plain" not in complete(
        "advisorlog --db /nowhere idea show z", 5
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_calls_this_program(cli: Cli, shell: str) -> None:
    ran = cli("completion", shell)
    assert ran.code == 0
    assert f"_ADVISORLOG_COMPLETE={shell}_complete" in ran.out
