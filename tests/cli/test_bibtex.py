"""`reading new --bibtex` and `export bibtex`, as a user runs them."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Process

FILE = r"""@article{kim2024, title={{DVFS} for GPUs: na{\"i}ve}, author={Kim, Min-Jun and {\'E}mile Zola}, year=2024,
  journal={OSDI}, pages={1--9}, doi={10.1145/3458817}}
@misc{broken, title={No end
@misc{zeus, title={Zeus \& more}, keywords={power}}
"""


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "papers.bib"
    path.write_text(FILE, "utf-8")
    return path


def one(cli: Cli, slug: str) -> dict[str, object]:
    return json.loads(cli("reading", "show", slug, "--json").out)


def test_papers_of_a_file_become_readings_and_evidence(cli: Cli, papers: Path) -> None:
    cli("idea", "new", "Cap the power", "--slug", "cap")
    ran = cli("reading", "new", "--bibtex", str(papers), "--idea", "cap")
    assert ran.out == "kim2024\nzeus\n"
    assert f"{papers}:3: error: it is no whole entry" in ran.err
    assert "Left out, since a reading has no place for it: pages (1)." in ran.err
    assert ran.code == 1
    found = one(cli, "kim2024")
    assert found["title"] == "DVFS for GPUs: naïve"
    assert found["authors"] == "Min-Jun Kim, Émile Zola"
    assert (found["year"], found["doi"], found["detail"]) == (2024, "10.1145/3458817", "In: OSDI")
    assert "DVFS for GPUs" in cli("idea", "show", "cap").out
    papers_of_it = json.loads(cli("idea", "show", "cap", "--json").out)["readings"]
    assert [each["slug"] for each in papers_of_it] == ["kim2024", "zeus"]


def test_once_more_changes_nothing_and_fills_gaps(cli: Cli, papers: Path) -> None:
    cli(
        "reading",
        "new",
        "Other words",
        "--slug",
        "mine",
        "--doi",
        "https://doi.org/10.1145/3458817",
        "--thoughts",
        "weak",
    )
    ran = cli("reading", "new", "--bibtex", str(papers))
    assert "mine was there: gaps were filled" in ran.out
    found = one(cli, "mine")
    assert (found["title"], found["thoughts"], found["year"]) == ("Other words", "weak", 2024)
    before = cli("reading", "list", "--json").out
    cli("reading", "new", "--bibtex", str(papers))
    assert cli("reading", "list", "--json").out == before


def test_a_file_goes_round(cli: Cli, papers: Path, tmp_path: Path, process: Process) -> None:
    cli("reading", "new", "--bibtex", str(papers))
    cli("reading", "new", "For me alone", "--private")
    exported = tmp_path / "out.bib"
    ran = cli("export", "bibtex", "-o", str(exported))
    assert "2 readings" in ran.err
    assert "1 private reading withheld" in ran.err
    text = exported.read_text("utf-8")
    assert "For me alone" not in text
    other = {"ADVISORLOG_DB": str(tmp_path / "other.db")}
    assert process("reading", "new", "--bibtex", "-", stdin=text.encode(), env=other).returncode == 0
    again = process("export", "bibtex", env=other)
    assert again.stdout.decode() == text


def test_what_is_noted_is_not_exported(cli: Cli) -> None:
    cli("reading", "new", "Zeus", "--thoughts", "the baseline is weak", "--detail", "p. 3 is wrong")
    out = cli("export", "bibtex").out
    assert "title = {Zeus}" in out
    assert "weak" not in out
    assert "p. 3" not in out


def test_a_wrong_use_is_one_line(cli: Cli, papers: Path, tmp_path: Path) -> None:
    assert cli("reading", "new").code == 2
    assert cli("reading", "new", "Title", "--bibtex", str(papers)).code == 2
    assert cli("reading", "new", "--bibtex", str(tmp_path / "gone.bib")).code == 1
    empty = tmp_path / "empty.bib"
    empty.write_bytes(b"")
    ran = cli("reading", "new", "--bibtex", str(empty))
    assert (ran.code, ran.err) == (1, f"{empty}:1: error: there is no BibTeX entry in it.\n")
    empty.write_bytes(b"a\0b")
    assert "is no text" in cli("reading", "new", "--bibtex", str(empty)).err
