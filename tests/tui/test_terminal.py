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
from advisorlog.store.reading import entries, meetings
from advisorlog.workflow import live

fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")
LONGEST = 20.0
SLUG = "2026-11-24-zeus-weekly"


class Terminal:
    """`advisorlog` behind a pseudo-terminal of 80x24."""

    def __init__(self, log: Path) -> None:
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            environment = {**os.environ, "ADVISORLOG_DB": str(log), "TERM": "xterm-256color"}
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


def test_a_kill_in_the_middle_loses_nothing_that_was_stored(terminal: Terminal, weekly: Path) -> None:
    terminal.wait_for("Zeus weekly")
    terminal.press("m")
    terminal.wait_for("takeaway")
    terminal.press("! Compare with DVFS first\r")
    terminal.wait_for("Ann Advisor:")  # who said it: the line is shown as stored
    terminal.kill()
    assert said(weekly) == ["Compare with DVFS first"]
