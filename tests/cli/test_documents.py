"""The main job as a newcomer does it: real processes from notes to a brief."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Process
from tests.cli.test_behaviour import HEAVY

MEETING = """---
kind: meeting
id: 2026-11-10-zeus
title: Zeus weekly
with: [Ann Advisor]
role: advisor
date: 2026-11-10T14:00+00:00
---
## Notes
- advice: Compare with DVFS first
- takeaway: The baseline is the weakest point
- [ ] Run it @me ^2026-11-17
- private: note: he seemed tired
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "one.md").write_text(MEETING, encoding="utf-8")
    return folder


def test_demo_prints_a_brief_and_says_how_to_go_on(process: Process) -> None:
    ran = process("demo")
    assert ran.returncode == 0
    assert ran.stdout.decode().startswith("# Brief: ")
    assert b"advisorlog project new" in ran.stderr


def test_from_notes_to_the_summary(process: Process, notes: Path, tmp_path: Path) -> None:
    assert process("import", str(notes)).returncode == 0
    for form, begins in (("md", "# "), ("text", ""), ("html", "<!"), ("json", "{")):
        ran = process("todo", "--format", form)
        text = ran.stdout.decode()
        assert ran.returncode == 0
        assert text.startswith(begins)
        assert "The baseline is the weakest point" in text
        assert "tired" not in text
        if form == "json":
            json.loads(text)
    file = tmp_path / "todo.html"
    assert process("todo", "-o", str(file)).returncode == 0
    assert file.read_text(encoding="utf-8").startswith("<!")
    assert sorted(path.name for path in tmp_path.glob("*todo*")) == ["todo.html"]


def test_a_brief_for_a_series_is_sent_once_and_kept(process: Process, notes: Path) -> None:
    process("series", "new", "Zeus weekly", "--with", "Ann Advisor", "--every", "tue", "--at", "14:00")
    process("import", str(notes))
    ran = process("brief", "zeus-weekly", "--send")
    assert ran.returncode == 0
    assert b"Kept as sent to Ann Advisor" in ran.stderr
    refused = process("undo")
    assert refused.returncode == 1
    assert refused.stderr.decode().count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("brief", "nothing-like-it"), 1),
        (("brief", "--as-of", "someday"), 2),
        (("brief", "--words", "3"), 2),
        (("todo", "--format", "pdf"), 2),
    ],
)
def test_what_can_not_be_done_is_said_in_words(
    process: Process, notes: Path, arguments: tuple[str, ...], code: int
) -> None:
    process("import", str(notes))
    ran = process(*arguments)
    assert ran.returncode == code
    assert ran.stdout == b""
    assert b"Traceback" not in ran.stderr
    assert b"rror: " in ran.stderr


@pytest.mark.parametrize("arguments", [("brief", "zeus-weekly"), ("todo", "2026-11-10-zeus")], ids=["brief", "todo"])
def test_documents_load_nothing_heavy(process: Process, log: Path, notes: Path, arguments: tuple[str, ...]) -> None:
    process("series", "new", "Zeus weekly", "--with", "Ann Advisor", "--every", "tue", "--at", "14:00")
    process("import", str(notes))
    process("meeting", "new", "2099-12-01 14:00", "--series", "zeus-weekly")
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
    assert set(ran.stderr.splitlines()[-1].split()).isdisjoint((*HEAVY, "dateutil"))
