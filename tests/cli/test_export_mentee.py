"""`advisorlog export mentee`, as a mentor runs it."""

import json
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def mentored(cli: Cli) -> Cli:
    for command in (
        ("person", "new", "Noor Haddad"),
        ("person", "new", "Ann Advisor"),
        ("series", "new", "Noor mentoring", "--with", "Noor Haddad", "--role", "mentee"),
        ("series", "new", "Ann weekly", "--with", "Ann Advisor", "--role", "advisor"),
        ("meeting", "new", "2026-11-20 15:00", "--series", "noor-mentoring", "--held"),
    ):
        assert (ran := cli(*command)).code == 0, ran.err
    return cli


def test_one_file_to_send_and_one_for_the_mentor_alone(mentored: Cli, tmp_path: Path) -> None:
    slug = json.loads(mentored("meeting", "list", "--json").out)[0]["slug"]
    for line in ("advice: Heat the card", "private: note: she seemed tired"):
        assert mentored("add", line, "--meeting", slug).code == 0
    ran = mentored("export", "mentee", "noor-haddad", "-o", str(tmp_path / "out"), "--send")
    assert ran.code == 0, ran.err
    kept, pack = sorted((tmp_path / "out").iterdir())
    assert ran.out.strip() == str(pack)
    assert "Heat the card" in pack.read_text(encoding="utf-8")
    assert kept.name.startswith("DO-NOT-SEND-")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "tired" not in kept.read_text(encoding="utf-8")
    assert "1 record withheld" in ran.err
    assert "Kept as sent to Noor Haddad" in ran.err


def test_who_is_no_mentee_is_refused_in_one_line(mentored: Cli, tmp_path: Path) -> None:
    ran = mentored("export", "mentee", "ann-advisor", "-o", str(tmp_path / "out"))
    assert ran.code == 1
    assert "is in no series with the role of a mentee" in ran.err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_can_t_be_made_is_said_in_one_line(mentored: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = mentored("export", "mentee", "noor-haddad", "-o", str(tmp_path / "file" / "out"))
    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "can't be made" in ran.err
