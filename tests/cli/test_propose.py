"""Entries out of free notes, from the command line."""

import json
from pathlib import Path

from tests.cli.conftest import Cli

NOTES = "We decided to drop the 8-GPU experiment.\nNice weather.\nI'll send the draft to Ann by 4 December.\n"


def test_proposals_stand_with_the_line_they_come_from_and_nothing_is_stored(cli: Cli) -> None:
    ran = cli("propose", "-", stdin=NOTES.encode())
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "= We decided to drop the 8-GPU experiment."
    assert "stdin:3" in ran.out
    assert "2 proposals" in ran.err
    assert json.loads(cli("entry", "list", "--json").out) == []


def test_what_is_accepted_is_stored_with_its_origin(cli: Cli, tmp_path: Path, log: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text(NOTES, encoding="utf-8")
    ran = cli("propose", str(file), "--review", stdin=b"n\nx\ny\n")
    assert ran.code == 0, ran.err
    assert "1 line stored, of 2 proposed." in ran.err
    (kept,) = json.loads(cli("entry", "list", "--json").out)
    assert (kept["kind"], kept["origin"]) == ("todo", "rules")
    (action,) = json.loads(cli("action", "list", "--json").out)
    assert (action["due"], action["is_mine"]) == ("2026-12-04", True)


def test_a_proposal_can_be_said_in_other_words(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text(NOTES, encoding="utf-8")
    cli("propose", str(file), "--review", stdin=b"e\n= No 8 GPUs.\nq\n")
    (kept,) = json.loads(cli("entry", "list", "--json").out)
    assert kept["text"] == "No 8 GPUs."


def test_the_end_of_input_accepts_nothing(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text(NOTES, encoding="utf-8")
    assert "0 lines stored" in cli("propose", str(file), "--review").err


def test_json_has_the_span(cli: Cli) -> None:
    first, _ = json.loads(cli("propose", "-", "--json", stdin=NOTES.encode()).out)
    assert NOTES[first["start"] : first["end"]] == first["text"]
    assert (first["kind"], first["line_number"], first["origin"]) == ("decision", 1, "rules")


def test_a_hostile_note_is_shown_inert(cli: Cli) -> None:
    ran = cli("propose", "-", stdin=b"You should \x1b[31mtry\x1b[0m this at once.")
    assert "\x1b" not in ran.out + ran.err
    assert "␛" in ran.out


def test_a_file_that_is_not_there_is_one_line(cli: Cli) -> None:
    ran = cli("propose", "/nowhere/notes.txt")
    assert (ran.code, ran.err.count("\n")) == (1, 1)
