"""What every test stands on: no way to the real home, a pinned clock and zone, and a log of one's own."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advisorlog import config
from advisorlog.domain.moments import Moment
from advisorlog.store import schema
from advisorlog.workflow import sample

NOW = Moment(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
"""The present, in every test."""


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """Nothing a test does can reach the real home, read the real clock's day, or depend on the real locale."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in ("ADVISORLOG_DB", "ADVISORLOG_CONFIG", "ADVISORLOG_EDITOR", "VISUAL", "EDITOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ADVISORLOG_NOW", "2026-11-24T09:00:00+00:00")
    monkeypatch.setenv("ADVISORLOG_BACKUP", "off")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture(scope="session")
def empty_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty log, made once: copying it is a hundred times faster than making one. Never write to it."""
    path = tmp_path_factory.mktemp("template") / "log.db"
    schema.create(path)
    return path


@pytest.fixture(scope="session")
def sample_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The log of `advisorlog demo`, made once. Never write to it."""
    path = tmp_path_factory.mktemp("sample") / "log.db"
    before = dict(os.environ)
    os.environ |= {"ADVISORLOG_NOW": sample.NOW, "ADVISORLOG_BACKUP": "off"}
    try:
        sample.build(config.load(), path)
    finally:
        os.environ.clear()
        os.environ.update(before)
    return path


@pytest.fixture
def log(empty_log: Path, tmp_path: Path) -> Path:
    """An empty log of this test's own."""
    folder = tmp_path / "log"
    folder.mkdir(mode=0o700)
    path = folder / "log.db"
    shutil.copyfile(empty_log, path)
    path.chmod(0o600)
    return path


@pytest.fixture
def now() -> Moment:
    return NOW
