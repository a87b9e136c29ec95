"""The real program in a real terminal: started, used for a meeting, quit."""

import os
import pty
import select
import signal
import struct
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading
from advisorlog.store.reading import documents, entries, meetings
from advisorlog.workflow import live

fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")
LONGEST = 20.0
SAID = ("! Compare with DVFS first", "[] Run the DVFS baseline @me ^fri", "~ he seemed tired", "= 봄에 제출한다")
ENTER, ESCAPE, TAB, DOWN, CTRL_O = "\r", "\x1b", "\t", "\x1b[B", "\x0f"
SLUG = "2026-11-24-zeus-weekly"


class Terminal:
    """`advisorlog` behind a pseudo-terminal of 80x24."""

    def __init__(self, log: Path) -> None:
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            environment = {**os.environ, "ADVISORLOG_DB": str(log), "TERM": "xterm-256color"}
            environment.pop("COLUMNS", None)  # the terminal tells how wide it is
            os.execve(sys.executable, [sys.executable, "-m", "advisorlog"], environment)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.seen = b""

    def wait_for(self, words: str) -> None:
        """Read on until the words came; what was read before them is done with."""
        deadline = time.monotonic() + LONGEST
        while words.encode() not in self.seen:
            ready, _, _ = select.select([self.file], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"no {words!r} in {self.seen[-3000:].decode(errors='replace')}"
            self.seen += os.read(self.file, 65536)
        self.seen = self.seen.partition(words.encode())[2]

    def press(self, keys: str) -> None:
        """What was painted before these keys is done with: it must not be taken for their answer."""
        while select.select([self.file], [], [], 0)[0]:
            os.read(self.file, 65536)
        self.seen = b""
        os.write(self.file, keys.encode())

    def ended(self) -> int:
        """The exit code, once the program has ended."""
        deadline = time.monotonic() + LONGEST
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self.file], [], [], 0.2)
            try:
                if ready and not os.read(self.file, 65536):
                    break
            except OSError:
                break
        _, status = os.waitpid(self.pid, 0)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def kill(self) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.pid = 0


@pytest.fixture
def terminal(weekly: Path, now: Moment) -> Generator[Terminal]:
    live.begin_with(weekly, now, "zeus-weekly")
    opened = Terminal(weekly)
    yield opened
    opened.kill()
    os.close(opened.file)


def said(log: Path) -> list[str]:
    with reading(log) as connection:
        return [entry.text for entry in entries.of_meetings(connection, [meetings.meeting(connection, SLUG).id])]


def test_a_meeting_in_a_real_terminal(terminal: Terminal, weekly: Path) -> None:
    terminal.wait_for("Zeus weekly")
    terminal.press("m")
    terminal.wait_for("takeaway")  # the sigils: the capture line is ready
    terminal.press("! Compare with DVFS first\r")
    terminal.press("= 봄에 제출한다\r\x1b")
    terminal.wait_for("Coming")
    terminal.press("q")
    assert terminal.ended() == 0
    assert said(weekly) == ["Compare with DVFS first", "봄에 제출한다"]


def test_a_week_from_the_first_start_to_the_summary_that_is_sent(tmp_path: Path) -> None:
    log = tmp_path / "log.db"
    terminal = Terminal(log)
    try:
        begin_a_log(terminal)
        terminal.press("b")
        terminal.wait_for("Where this stands")
        keep_as_sent(terminal, 1)
        terminal.press(ESCAPE)
        terminal.wait_for("brief sent")
        hold_a_meeting(terminal)
        wrap_up(terminal)
        keep_as_sent(terminal, 2)
        terminal.press("v")  # the summary as it was sent, beside the steps
        terminal.wait_for("Reply if I misunderstood")
        for behind_it in ("1 rooted", "over", "Promised: 1 open"):  # the steps, the meeting, Today
            terminal.press(ESCAPE)
            terminal.wait_for(behind_it)
        terminal.press("q")
        assert terminal.ended() == 0
    finally:
        terminal.kill()
        os.close(terminal.file)
    with reading(log) as connection:
        summary, brief = documents.all_sent(connection)
        meeting = meetings.meeting(connection, "2026-11-24-ann-weekly")
    assert "Training wastes energy." in brief.body
    assert "Compare with DVFS first" in summary.body
    assert "table with 3 GPUs" in summary.body
    assert "The numbers of three machines" in summary.body
    assert "tired" not in summary.body
    assert meeting.ended is not None


def begin_a_log(terminal: Terminal) -> None:
    """A project and a series in the two questions of the first start."""
    terminal.wait_for("Start my log")
    terminal.press(ENTER)
    terminal.wait_for("1 of 2")
    terminal.press(f"Zeus{ENTER}Training wastes energy.{ENTER}")
    terminal.wait_for("2 of 2")
    terminal.press(f"Ann Advisor{ENTER}tue{ENTER}09:00{ENTER}60{ENTER}")
    terminal.wait_for("advise me")
    terminal.press(ENTER)
    terminal.wait_for("no brief yet")


def keep_as_sent(terminal: Terminal, number: int) -> None:
    terminal.press("s")
    terminal.wait_for("Keep as sent")
    terminal.press(f"{DOWN}{ENTER}")
    terminal.wait_for(f"t {number}, sha256")  # "document": the notice is painted in pieces


def hold_a_meeting(terminal: Terminal) -> None:
    terminal.press("m")
    terminal.wait_for("Begin")
    terminal.press(ENTER)
    terminal.wait_for("takeaway")  # the sigils: the capture line is ready
    for line in (
        "! Compare with DVFS first",
        "[] Run the DVFS baseline @me ^fri",
        "~ he seemed tired",
        "= 봄에 제출한다",
    ):
        terminal.press(f"{line}{ENTER}")
    terminal.wait_for("봄에 제출한다")


def wrap_up(terminal: Terminal) -> None:
    """Two takeaways, a TODO with its test for done that is rooted in one, and what to expect."""
    terminal.press(CTRL_O)
    terminal.wait_for("0 chosen")
    terminal.press(ENTER)
    terminal.wait_for("1 chosen")
    terminal.press(f"{DOWN}{ENTER}")
    terminal.wait_for("2 chosen")
    terminal.press(f"{TAB}{ENTER}")
    terminal.wait_for("How does one see")
    terminal.press(f"{ENTER}{ENTER}table with 3 GPUs{ENTER}")
    terminal.wait_for("Because of which")
    terminal.press(ENTER)
    terminal.wait_for("1 rooted")
    terminal.press(f"{TAB}{ENTER}")
    terminal.wait_for("expect next time?")
    terminal.press("The numbers of three machines")
    terminal.wait_for("three machines")
    terminal.press(ENTER)
    terminal.wait_for("three machines")  # now on the screen behind the question


def test_a_kill_in_the_middle_loses_nothing_that_was_stored(terminal: Terminal, weekly: Path) -> None:
    terminal.wait_for("Zeus weekly")
    terminal.press("m")
    terminal.wait_for("takeaway")
    terminal.press("! Compare with DVFS first\r")
    terminal.wait_for("Ann Advisor:")  # who said it: the line is shown as stored
    terminal.kill()
    assert said(weekly) == ["Compare with DVFS first"]
