"""`advisorlog export vault` and `vault sync`, as a user runs them."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from advisorlog import config
from advisorlog.workflow import capture, syncing
from advisorlog.workflow.capture import Place
from tests.cli.conftest import Cli, Process


@pytest.fixture
def filled(cli: Cli) -> Cli:
    for command in (
        ("project", "new", "Zeus"),
        ("idea", "new", "Cap the power", "--project", "zeus"),
        ("add", "! Compare with DVFS first #cap-the-power"),
        ("add", "~ note: he seemed tired"),
    ):
        assert (ran := cli(*command)).code == 0, ran.err
    return cli


def test_the_whole_log_as_files(filled: Cli, tmp_path: Path) -> None:
    ran = filled("export", "vault", str(tmp_path / "vault"))
    assert ran.code == 0, ran.err
    assert "4 files written" in ran.out
    assert "for you alone" in ran.err
    text = (tmp_path / "vault/inbox.md").read_text("utf-8")
    assert "- advice: Compare with DVFS first #cap-the-power" in text
    assert "- private: note: he seemed tired" in text
    assert 'project: "[[projects/zeus|Zeus]]"' in (tmp_path / "vault/ideas/cap-the-power.md").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_user_can_read_it(filled: Cli, tmp_path: Path) -> None:
    filled("export", "vault", str(tmp_path / "vault"))
    assert stat.S_IMODE((tmp_path / "vault").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "vault/inbox.md").stat().st_mode) == 0o600


def test_a_copy_for_others(filled: Cli, tmp_path: Path) -> None:
    ran = filled("export", "vault", str(tmp_path / "vault"), "--without-private")
    assert "1 private records and lines" in ran.err
    assert "tired" not in (tmp_path / "vault/inbox.md").read_text("utf-8")


def test_a_foreign_file_makes_it_fail_and_stays(filled: Cli, tmp_path: Path) -> None:
    (tmp_path / "inbox.md").write_text("milk, bread\n")
    ran = filled("export", "vault", str(tmp_path))
    assert ran.code == 1
    assert "inbox.md is a file that is not ours" in ran.err
    assert (tmp_path / "inbox.md").read_text() == "milk, bread\n"


def test_sync_says_what_it_did(filled: Cli, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    filled("export", "vault", str(vault))
    path = vault / "inbox.md"
    path.write_text(path.read_text("utf-8").replace("DVFS first", "DVFS at last"), "utf-8")
    told = json.loads(filled("vault", "sync", str(vault), "--dry-run", "--json").out)
    assert (told["taken_in"], told["dry_run"]) == (["inbox.md"], True)
    ran = filled("vault", "sync", str(vault))
    assert ran.code == 0, ran.err
    assert "Took in inbox.md" in ran.out
    assert "DVFS at last" in filled("entry", "list").out
    assert "0 taken in, 0 written" in filled("vault", "sync", str(vault)).out


def test_a_conflict_makes_it_fail_and_says_where_both_are(filled: Cli, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    filled("export", "vault", str(vault))
    path = vault / "inbox.md"
    path.write_text(path.read_text("utf-8").replace("DVFS first", "DVFS at last"), "utf-8")
    filled("add", "one more")
    ran = filled("vault", "sync", str(vault))
    assert ran.code == 1
    assert "inbox.conflict-2026-11-24.md" in ran.out
    assert "DVFS at last" in path.read_text("utf-8")
    assert "one more" in (vault / "inbox.conflict-2026-11-24.md").read_text("utf-8")


def test_a_folder_that_is_not_there(filled: Cli, tmp_path: Path) -> None:
    ran = filled("vault", "sync", str(tmp_path / "nowhere"))
    assert ran.code == 1
    assert "export vault" in ran.err


def test_watching_follows_a_change_and_ends_cleanly(filled: Cli, process: Process, log: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    filled("export", "vault", str(vault))
    watching = subprocess.Popen(
        [sys.executable, "-m", "advisorlog", "vault", "sync", str(vault), "--watch"],
        env={**os.environ, "ADVISORLOG_DB": str(log), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert watching.stdout is not None
    try:
        _until(watching.stdout, "Following changes")
        path = vault / "inbox.md"
        path.write_text(path.read_text("utf-8").replace("DVFS first", "DVFS at last"), "utf-8")
        _until(watching.stdout, "Took in inbox.md")
        process("add", "from another program")
        _until(watching.stdout, "Wrote inbox.md")
        assert "from another program" in path.read_text("utf-8")
        watching.send_signal(signal.SIGINT)
        _until(watching.stdout, "every file is whole")
        assert watching.wait(20) == 0
    finally:
        watching.kill()
        watching.communicate()


def test_what_another_program_writes_during_a_sync_is_not_missed(
    filled: Cli, log: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = tmp_path / "vault"
    filled("export", "vault", str(vault))
    real, looks = syncing.sync, iter([None, None, KeyboardInterrupt])

    def sync(*arguments: object, **options: object) -> object:
        done = real(*arguments, **options)  # pyright: ignore[reportArgumentType]
        if "from another program" not in (vault / "inbox.md").read_text("utf-8"):
            now = config.now("UTC")
            capture.capture(log, ["from another program"], Place(now), now)
        return done

    def pause(seconds: float) -> None:
        if (end := next(looks)) is not None:
            raise end

    monkeypatch.setattr(syncing, "sync", sync)
    monkeypatch.setattr(time, "sleep", pause)
    assert filled("vault", "sync", str(vault), "--watch").code == 0
    assert (vault / "inbox.md").read_text("utf-8").count("from another program") == 1


def _until(lines: Iterable[str], words: str) -> None:
    """Read until a line that holds these words; the end of the output is a failure."""
    seen: list[str] = []
    for line in lines:
        seen.append(line)
        if words in line:
            return
    raise AssertionError(f"“{words}” never came: {seen}")
