"""Running the command line: inside this process where that is enough, and as a real process where it matters."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from advisorlog.cli.running import run


@dataclass(frozen=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str


Cli = Callable[..., Ran]
Process = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def cli(log: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cli:
    """`cli("project", "list", stdin=b"...")` on a log of this test's own, in this process."""
    monkeypatch.setenv("ADVISORLOG_DB", str(log))

    def call(*arguments: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = run(arguments)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return call


@pytest.fixture
def process(log: Path) -> Process:
    """The same as a process of its own; bytes in and out."""

    def call(*arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None, **options: Any) -> Any:
        return subprocess.run(
            [sys.executable, "-m", "advisorlog", *arguments],
            input=stdin,
            capture_output=True,
            env={**os.environ, "ADVISORLOG_DB": str(log), **(env or {})},
            timeout=60,
            check=False,
            **options,
        )

    return call
