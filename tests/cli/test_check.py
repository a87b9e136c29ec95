"""The stateless check from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

COLD = "We measured 4.1 ± 0.7 points less energy on 16 A100 than with the best static cap, eight seeds.\n"
Configure = Callable[[str], None]


@pytest.fixture
def configure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Configure:
    file = tmp_path / "config.toml"
    monkeypatch.setenv("ADVISORLOG_CONFIG", str(file))

    def write(text: str) -> None:
        file.write_text(text, encoding="utf-8")

    return write


def test_a_text_that_stands_alone_is_clean(cli: Cli) -> None:
    ran = cli("check", "-", stdin=COLD.encode())
    assert (ran.code, ran.out) == (0, "")


def test_what_points_outside_the_text_is_found_with_its_place(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "draft.md"
    file.write_text(COLD + "As discussed, we fixed the bug.\n", encoding="utf-8")
    ran = cli("check", str(file))
    assert ran.code == 1
    assert f"{file}:2:1: “As discussed”" in ran.out
    found = json.loads(cli("check", str(file), "--json").out)
    assert [each["words"] for each in found] == ["As discussed", "the bug"]
    assert all(each["suggestion"] for each in found)


def test_a_term_of_a_glossary_is_known_and_another_is_not(cli: Cli) -> None:
    cli("project", "new", "Zeus", "--term", "DVFS=dynamic voltage and frequency scaling")
    assert cli("check", stdin=b"DVFS saves 4% on 3 GPUs over the static cap.\n").code == 0
    ran = cli("check", stdin=b"QZRT saves 4% on 3 GPUs over the static cap.\n")
    assert "QZRT is neither in the glossary nor spelt out" in ran.out


def test_what_judges_language_can_be_switched_off(cli: Cli) -> None:
    claim = b"Our results are great.\n"
    assert cli("check", stdin=claim).code == 1
    assert cli("check", "--no-language", stdin=claim).code == 0


def test_the_settings_switch_it_off_for_every_text_and_one_can_ask_for_it(cli: Cli, configure: Configure) -> None:
    """What points outside the text is found all the same: that is no matter of style."""
    configure("check_language = false\n")
    claim, pointing = b"Our results are great.\n", b"Our results are great, as discussed.\n"
    assert cli("check", stdin=claim).code == 0
    assert [each["words"] for each in json.loads(cli("check", "--json", stdin=pointing).out)] == ["as discussed"]
    assert cli("check", "--language", stdin=claim).code == 1
    configure("check_language = true\n")
    assert cli("check", stdin=claim).code == 1
    assert cli("check", "--no-language", stdin=claim).code == 0


def test_a_setting_that_is_neither_on_nor_off_is_one_line(cli: Cli, configure: Configure) -> None:
    configure('check_language = "sometimes"\n')
    ran = cli("check", stdin=COLD.encode())
    assert ran.code == 1
    assert "check_language" in ran.err


def test_a_file_that_is_not_there_is_one_line(cli: Cli) -> None:
    ran = cli("check", "/nowhere.md")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
