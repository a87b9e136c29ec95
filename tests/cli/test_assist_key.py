"""The endpoint's key: from the environment or the system's keyring, for its own host, and shown nowhere."""

import re
from pathlib import Path

import pytest

from advisorlog.assist.endpoint import key_for
from tests.cli.conftest import Process

BACKENDS = """
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

class Holding(KeyringBackend):
    priority = 1
    def get_password(self, service, username):
        return "sk-planted-key" if (service, username) == ("advisorlog", "models.example.org") else None
    def set_password(self, service, username, password): raise NotImplementedError
    def delete_password(self, service, username): raise NotImplementedError

class Locked(Holding):
    def get_password(self, service, username): raise KeyringLocked("nobody is there to unlock it")
"""
KEY = "sk-planted-key"
CONFIG = """
[assist]
url = "https://models.example.org/v1"
model = "a-model"
tasks = ["condense"]
"""


@pytest.fixture
def around(tmp_path: Path, log: Path) -> dict[str, str]:
    """A process with a keyring of its own, and a config file that names an endpoint."""
    (tmp_path / "test_keyrings.py").write_text(BACKENDS)
    config = tmp_path / "config.toml"
    config.write_text(CONFIG)
    return {"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}", "ADVISORLOG_CONFIG": str(config)}


def asked(process: Process, around: dict[str, str], backend: str, *arguments: str) -> tuple[int, str]:
    ran = process(*arguments, env={**around, "PYTHON_KEYRING_BACKEND": f"test_keyrings.{backend}"})
    return ran.returncode, (ran.stdout + ran.stderr).decode()


def test_the_environment_comes_first_and_a_local_host_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISORLOG_ASSIST_KEY", " mine ")
    assert key_for("models.example.org") == "mine"
    monkeypatch.delenv("ADVISORLOG_ASSIST_KEY")
    monkeypatch.setenv("OPENAI_API_KEY", "theirs")
    assert key_for("api.openai.com") == "theirs"
    assert key_for("127.0.0.1") == ""


def test_the_keyring_holds_the_key_of_the_host(process: Process, around: dict[str, str]) -> None:
    pytest.importorskip("keyring", reason="the keyring library is not installed")
    code, said = asked(process, around, "Holding", "assist", "status")
    assert code == 0, said
    assert re.search(r"^key +found$", said, re.MULTILINE)
    assert KEY not in said


def test_a_locked_keyring_is_as_none(process: Process, around: dict[str, str]) -> None:
    pytest.importorskip("keyring", reason="the keyring library is not installed")
    code, said = asked(process, around, "Locked", "assist", "status")
    assert code == 0, said
    assert re.search(r"^key +none \(ADVISORLOG_ASSIST_KEY or the keyring\)$", said, re.MULTILINE)


def test_the_key_is_in_no_prompt_and_no_file(process: Process, around: dict[str, str], log: Path) -> None:
    pytest.importorskip("keyring", reason="the keyring library is not installed")
    process("series", "new", "Zeus weekly", "--with", "Ann Advisor")
    process("add", "! Compare with DVFS first")
    _, said = asked(process, around, "Holding", "brief", "--assist", "--show-prompt")
    assert KEY not in said
    home = log.parent.parent
    written = [path for path in home.rglob("*") if path.is_file() and path.name != "test_keyrings.py"]
    assert not [path for path in written if KEY.encode() in path.read_bytes() and "__pycache__" not in path.parts]
