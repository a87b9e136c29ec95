"""The man page and the completion files that the wheel installs: current, and read without a complaint."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from advisorlog.cli.catalogue import COMMANDS
from tests.cli.conftest import Cli

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "advisorlog.1"
COMPLETIONS = {
    "bash": ROOT / "docs" / "completions" / "advisorlog.bash",
    "zsh": ROOT / "docs" / "completions" / "_advisorlog",
    "fish": ROOT / "docs" / "completions" / "advisorlog.fish",
}


def test_the_page_is_current(cli: Cli) -> None:
    made = cli("manual").out
    assert PAGE.read_text(encoding="utf-8") == made, "advisorlog manual > docs/advisorlog.1"


@pytest.mark.parametrize("shell", COMPLETIONS)
def test_a_completion_file_is_current(cli: Cli, shell: str) -> None:
    path = COMPLETIONS[shell]
    made = cli("completion", shell).out
    assert path.read_text(encoding="utf-8") == made, f"advisorlog completion {shell} > docs/completions/{path.name}"


@pytest.mark.parametrize("shell", COMPLETIONS)
def test_a_shell_reads_its_completion_file(shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} here: its file was compared, and not read")
    ran = subprocess.run([program, "-n", COMPLETIONS[shell]], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


ASKED = {
    "bash": """source "$1"; COMP_WORDS=(advisorlog rea); COMP_CWORD=1
        _advisorlog_completion advisorlog; printf '%s\\n' "${COMPREPLY[@]}" """,
    "fish": """source $argv[1]; complete -C 'advisorlog rea'""",
    # Of zsh's own completion only what the file calls, so that no terminal is needed.
    "zsh": """compdef() { :; }; compadd() { print -l -- ${(P)@[-1]}; }
        _describe() { local name=${@[(r)completions*]}; print -l -- ${(P)name}; }
        words=(advisorlog rea); CURRENT=2; source "$1"; _advisorlog_completion""",
}
"""What a user asks of each shell by the tab key, behind `advisorlog rea`."""


@pytest.mark.parametrize("shell", COMPLETIONS)
def test_a_shell_completes_a_command(shell: str, tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} here: what it would complete was not seen")
    called = tmp_path / "advisorlog"
    called.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m advisorlog "$@"\n')
    called.chmod(0o700)
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    name = [] if shell == "fish" else ["shell"]
    command = [program, "-c", ASKED[shell], *name, str(COMPLETIONS[shell])]
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert ran.stdout.startswith("reading"), ran.stderr


def test_the_wheel_installs_them() -> None:
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    shared = targets["wheel"]["shared-data"]
    assert {ROOT / path for path in shared} == {PAGE, *COMPLETIONS.values()}
    assert shared["docs/advisorlog.1"] == "share/man/man1/advisorlog.1"


def groff(*options: str) -> "subprocess.CompletedProcess[str]":
    program = shutil.which("groff")
    if program is None:
        pytest.skip("no groff here: the page was made, and not set (Debian: apt-get install groff)")
    return subprocess.run([program, "-man", "-ww", *options, PAGE], capture_output=True, encoding="utf-8", check=True)


@pytest.mark.parametrize("width", ["78n", "58n"])
def test_groff_sets_it_without_a_warning(width: str) -> None:
    ran = groff("-Tutf8", f"-rLL={width}")
    assert ran.stderr == ""


def test_every_command_is_on_the_page() -> None:
    shown = re.sub(r"\x1b\[[0-9;]*m|.\x08", "", groff("-Tutf8", "-rLL=100n").stdout)
    for name in COMMANDS:
        assert f"advisorlog {name} " in shown or f"advisorlog {name}\n" in shown, name
    for text in ("EXIT STATUS", "“advisorlog schema” says what --json prints.", "--as-of DAY", "jq '.[].next'"):
        assert text in " ".join(shown.split())


def test_it_is_ascii_and_no_text_is_a_request() -> None:
    lines = PAGE.read_text(encoding="ascii").split("\n")
    known = {".TH", ".SH", ".SS", ".B", ".PP", ".TP", ".RS", ".RE", ".nf", ".fi", ".nh", ".ad"}
    assert {line.split(" ")[0] for line in lines if line.startswith((".", "'"))} <= known
