"""What `brief` and `todo` do with a document once it is written; what is in it is tested with the documents."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import advisorlog.workflow
from tests.cli.conftest import Cli


@dataclass
class Fake:
    """Stands for the workflow: renders its own name, and remembers what it was asked."""

    asked: list[tuple[Any, ...]] = field(default_factory=list[tuple[Any, ...]])
    document: Any = field(default_factory=lambda: SimpleNamespace(hints=("no pitch \x1b[2J",), withheld=2))

    def rendered(self, form: str) -> str:
        return '{"한": 1}' if form == "json" else f"as {form}\n"

    def brief(self, settings: object, *words: object) -> "Fake":
        self.asked.append(("brief", *words))
        return self

    def todo(self, settings: object, *words: object) -> "Fake":
        self.asked.append(("todo", *words))
        return self

    def send(self, settings: object, prepared: object, form: str) -> Any:
        self.asked.append(("send", form))
        return SimpleNamespace(id=7, to="Ann", sha256="ab" * 32)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    fake = Fake()
    module = ModuleType("advisorlog.workflow.preparing")
    for name in ("brief", "todo", "send"):
        setattr(module, name, getattr(fake, name))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(advisorlog.workflow, "preparing", module, raising=False)
    return fake


def test_the_document_goes_to_stdout_and_hints_to_stderr(cli: Cli, fake: Fake) -> None:
    ran = cli("brief", "zeus-weekly", "--as-of", "last tuesday", "--words", "200")
    assert ran.out == "as md\n"
    assert fake.asked == [("brief", "zeus-weekly", "2026-11-17", 200, False)]
    assert "as of: Tue 17 Nov 2026" in ran.err
    assert "2 private lines left out" in ran.err
    assert "\x1b" not in ran.err


def test_a_file_is_written_in_the_format_of_its_ending(cli: Cli, fake: Fake, tmp_path: Path) -> None:
    for name, text in (("b.html", "as html\n"), ("b.txt", "as text\n"), ("b.md", "as md\n"), ("b", "as md\n")):
        ran = cli("todo", "-o", str(tmp_path / name))
        assert ran.out == ""
        assert (tmp_path / name).read_text("utf-8") == text
    assert json.loads(cli("todo", "--format", "json").out) == {"한": 1}
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["b", "b.html", "b.md", "b.txt"]


def test_a_place_that_can_not_be_written_leaves_nothing(cli: Cli, fake: Fake, tmp_path: Path) -> None:
    ran = cli("brief", "-o", str(tmp_path / "no" / "brief.md"), "--send")
    assert ran.code == 1
    assert "Choose another place" in ran.err
    assert ("send", "md") not in fake.asked


def test_sending_says_to_whom_and_comes_last(cli: Cli, fake: Fake) -> None:
    ran = cli("brief", "--send", "--format", "html")
    assert fake.asked[-1] == ("send", "html")
    assert "Kept as sent to Ann: document 7" in ran.err


def test_the_prep_sheet_is_never_sent(cli: Cli, fake: Fake) -> None:
    assert cli("brief", "--private", "--send").code == 2
    assert fake.asked == []
