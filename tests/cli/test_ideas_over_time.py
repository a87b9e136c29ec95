"""Ideas over time, from the command line: outcomes, Bayes, calibration, the graveyard, best times, the picture."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.cli.test_behaviour import HEAVY


@pytest.fixture
def batch(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """An idea with a claim, guessed at in time, and a result; it is 24 November 2026."""
    monkeypatch.setenv("ADVISORLOG_NOW", "2026-06-01T09:00:00+00:00")
    claim = ("--claim", "Saves 20% on all GPUs", "--resolve-by", "2026-11-01")
    cli("idea", "new", "Batch sizing", "--slug", "batch", *claim, "--confidence", "60", "--because", "one GPU")
    monkeypatch.setenv("ADVISORLOG_NOW", "2026-10-30T09:00:00+00:00")
    cli("add", "+ 21% on A100, V100 and A40 #batch")
    cli("idea", "confidence", "batch", "95", "--because", "all three agree", "--evidence", "1")
    monkeypatch.setenv("ADVISORLOG_NOW", "2026-11-24T09:00:00+00:00")
    return cli


def test_an_outcome_is_kept_with_its_day_and_because_and_undone(batch: Cli) -> None:
    ran = batch("idea", "resolve", "batch", "true", "--because", "21% on all three", "--on", "2026-10-31")
    assert (ran.code, ran.out) == (0, "#batch turned out true\n")
    assert "95% sure" in ran.err
    shown = batch("idea", "show", "batch").out
    assert "turned out  true, seen 2026-10-31" in shown
    assert "2026-10-31  spark: Turned out true: 21% on all three" in shown
    assert json.loads(batch("idea", "show", "batch", "--as-of", "2026-10-30", "--json").out)["outcome"] is None
    batch("undo")
    assert json.loads(batch("idea", "show", "batch", "--json").out)["outcome"] is None
    assert "Turned out" not in batch("idea", "show", "batch").out


def test_an_outcome_needs_a_claim_a_because_and_a_first_time(batch: Cli) -> None:
    batch("idea", "new", "No claim", "--slug", "none")
    assert "has no claim" in batch("idea", "resolve", "none", "true", "--because", "x").err
    assert batch("idea", "resolve", "batch", "true").code == 2
    assert batch("idea", "resolve", "batch", "true", "--because", " ").code == 1
    assert batch("idea", "resolve", "batch", "true", "--because", "x", "--on", "2026-12-01").code == 1
    batch("idea", "resolve", "batch", "false", "--because", "x")
    assert "turned out false already" in batch("idea", "resolve", "batch", "true", "--because", "y").err
    assert batch("idea", "resolve", "batch", "perhaps", "--because", "x").code == 2


def test_calibration_scores_what_was_said_in_time(batch: Cli) -> None:
    assert "No claim has been resolved yet" in batch("calibration").out
    assert "#batch was to be known by 2026-11-01" in batch("calibration").err
    batch("idea", "resolve", "batch", "true", "--because", "21% on all three", "--on", "2026-10-31")
    text = batch("calibration").out
    assert "1 claim resolved: 1 true, 0 false." in text
    assert "#batch  60%         60%         60%        true        2026-10-31" in text
    assert "0.160 (95% interval" in text
    assert "too few for a table: 1 of the 30" in text
    told = json.loads(batch("calibration", "--json").out)
    assert round(told["horizons"][2]["score"]["mean"], 9) == 0.16
    assert told["claims"][0]["said"] == [60, 60, 60]
    assert json.loads(batch("calibration", "--as-of", "2026-10-30", "--json").out)["claims"] == []


def test_bayes_suggests_and_stores_only_when_told_to(batch: Cli) -> None:
    ran = batch("idea", "bayes", "batch", "--ratio", "1/19")
    assert ran.out.startswith("#batch: 95% -> 50%\nThe evidence is 19 times as likely if the claim is false")
    assert "Nothing was stored" in ran.err
    assert "95%" in batch("idea", "list").out
    assert batch("idea", "bayes", "batch", "--ratio", "3", "--keep").code == 2
    kept = batch("idea", "bayes", "batch", "--ratio", "1/19", "--keep", "--because", "a fourth GPU loses", "--json")
    assert json.loads(kept.out)["posterior"] == 50
    assert "50%: a fourth GPU loses" in batch("idea", "show", "batch").out
    assert batch("idea", "bayes", "batch", "--ratio", "0").code == 1


def test_bayes_starts_from_the_evidence_not_from_the_mood(batch: Cli) -> None:
    batch("idea", "confidence", "batch", "10", "--mood")
    assert batch("idea", "bayes", "batch", "--ratio", "1").out.startswith("#batch: 95% -> 95%")
    batch("idea", "new", "Fresh", "--slug", "fresh")
    assert "--prior 50" in batch("idea", "bayes", "fresh", "--ratio", "3").err
    assert batch("idea", "bayes", "fresh", "--ratio", "3", "--prior", "50").out.startswith("#fresh: 50% -> 75%")


def test_the_high_water_mark_says_what_earned_it(batch: Cli) -> None:
    batch("idea", "confidence", "batch", "70", "--because", "one seed loses")
    shown = batch("idea", "show", "batch").out
    assert "confidence  70%  ▅▇▅" in shown
    earned = "95% on 2026-10-30: all three agree (entry 1 (2026-10-30): 21% on A100, V100 and A40 #batch)"
    assert f"highest     {earned}" in shown
    assert json.loads(batch("idea", "show", "batch", "--json").out)["high_water_mark"]["confidence"] == 95
    assert "▅▇▅" in batch("idea", "list").out


def test_the_curve_is_written_whole_or_not_at_all(batch: Cli, tmp_path: Path) -> None:
    file = tmp_path / "curve.svg"
    ran = batch("idea", "show", "batch", "--svg", str(file))
    assert (ran.code, ran.out) == (0, "")
    assert ElementTree.parse(file).getroot().tag.endswith("svg")
    assert batch("idea", "show", "batch", "--svg", str(tmp_path / "no" / "curve.svg")).code == 1
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["curve.svg"]


@pytest.fixture
def dead(batch: Cli) -> Cli:
    batch(
        "idea", "move", "batch", "killed", "--because", "a DVFS baseline saves as much", "--revive-if", "DVFS is gone"
    )
    batch("idea", "new", "Layer clocks", "--slug", "layers", "--claim", "Clocks change in 5 ms")
    batch("idea", "move", "layers", "parked", "--because", "no root", "--revisit-when", "after 2026-11-20")
    batch("idea", "new", "Secret plan", "--slug", "secret", "--private")
    batch("idea", "move", "secret", "killed", "--because", "nobody may know")
    return batch


def test_the_graveyard_tells_why_and_what_would_revive(dead: Cli) -> None:
    text = dead("idea", "graveyard").out
    assert text.index("#layers") < text.index("#batch"), "what is due comes first"
    assert "#layers  Layer clocks  DUE since 2026-11-20" in text
    assert "Revisit when after 2026-11-20" in text
    assert "killed 2026-11-24 by me: a DVFS baseline saves as much" in text
    assert "Revive if DVFS is gone" in text
    assert "secret" not in text
    assert "secret" in dead("idea", "graveyard", "--private").out
    told = {each["slug"]: each for each in json.loads(dead("idea", "graveyard", "--json").out)}
    assert told["layers"]["is_due"] is True
    assert told["layers"]["due"] == "2026-11-20"
    assert told["batch"]["due"] is None
    assert json.loads(dead("idea", "graveyard", "--as-of", "2026-11-01", "--json").out) == []


def test_what_comes_back_to_a_dead_idea_is_said_and_stored_all_the_same(dead: Cli) -> None:
    said = "This is like #batch (Batch sizing), killed 2026-11-24: a DVFS baseline saves as much (me). Revive if DVFS"
    assert said in dead("idea", "new", "Sizing the batch").err
    ran = dead("add", "! Have you tried batch sizing?")
    assert said in ran.err
    assert ran.out.startswith("advice")
    assert said in dead("add", "! Look at #batch again").err
    for line in ("! Write the introduction first", "Batch sizing came up", "? Why not batch sizing"):
        assert "This is like" not in dead("add", line).err, line
    assert "This is like" not in dead("idea", "new", "Power limits").err


def test_best_times_are_for_a_low_mood(batch: Cli) -> None:
    batch("add", "win: Accepted at EuroSys")
    text = batch("best-times").out
    assert "2026-11-24  win        Accepted at EuroSys" in text
    assert "2026-10-30  result     21% on A100, V100 and A40 #batch  (you were 95% sure of #batch)" in text
    batch("idea", "confidence", "batch", "20", "--mood", "--because", "tired")
    assert "#batch stands at 20% by mood (2026-11-24); the evidence left it at 95%." in batch("best-times").out
    told = json.loads(batch("best-times", "--since", "2026-11-01", "--json").out)
    assert [each["what"] for each in told["times"]] == ["win"]
    assert told["drops"][0]["from_evidence"] == 95


def test_a_report_is_written_in_the_form_asked_for(batch: Cli, tmp_path: Path) -> None:
    assert batch("report", "--since", "2026-09-01").out.startswith("# Term report: 1 Sep 2026 to 24 Nov 2026")
    assert json.loads(batch("report", "--since", "2026-09-01", "-f", "json").out)["kind"] == "report"
    assert batch("report", "--since", "2026-09-01", "-o", str(tmp_path / "r.html")).code == 0
    assert (tmp_path / "r.html").read_text("utf-8").startswith("<!doctype html>")
    assert batch("report").code == 2
    assert "Kept as sent" in batch("report", "--since", "2026-09-01", "--send").err


def test_an_outcome_from_a_file_is_not_told_before_it_was_due_or_the_idea_was_judged(cli: Cli, tmp_path: Path) -> None:
    head = "---\nkind: idea\nid: {}\ntitle: Batch\nclaim: Saves\nresolve-by: 2026-05-01\noutcome: true\n"
    steps = "history:\n  - on: 2026-01-01\n    status: spark\n"
    (tmp_path / "due.md").write_text(head.format("due") + steps + "---\n")
    judged = "  - on: 2026-03-01\n    status: validated\n    because: it does\n"
    (tmp_path / "judged.md").write_text(head.format("judged") + steps + judged + "---\n")
    (tmp_path / "seen.md").write_text(head.format("seen") + "resolved: 2026-04-01\n" + steps + "---\n")
    assert cli("import", str(tmp_path)).code == 0

    def known(slug: str, day: str) -> bool:
        return json.loads(cli("idea", "show", slug, "--as-of", day, "--json").out)["outcome"] is True

    assert [known("due", day) for day in ("2026-04-30", "2026-05-02")] == [False, True]
    assert [known("judged", day) for day in ("2026-02-28", "2026-03-01")] == [False, True]
    assert [known("seen", day) for day in ("2026-03-31", "2026-04-01")] == [False, True]
    assert {c["slug"]: c["settled"] for c in json.loads(cli("calibration", "--json").out)["claims"]} == {
        "due": "2026-05-01", "judged": "2026-03-01", "seen": "2026-04-01",
    }  # fmt: skip


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Seoul", "Pacific/Kiritimati"])
def test_the_day_of_an_outcome_is_that_of_the_one_who_saw_it(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    monkeypatch.setenv(
        "ADVISORLOG_NOW", "2026-11-24T23:30:00" + {"Am": "-08:00", "As": "+09:00", "Pa": "+14:00"}[zone[:2]]
    )
    cli("idea", "new", "Batch", "--slug", "batch", "--claim", "Saves")
    for day, on in (("2026-11-20", ("--on", "2026-11-20")), ("2026-11-24", ())):
        assert cli("idea", "resolve", "batch", "true", "--because", "seen", *on).code == 0
        assert f"true, seen {day}" in cli("idea", "show", "batch").out
        cli("undo")


def test_evidence_that_is_private_is_not_shown(cli: Cli) -> None:
    cli("idea", "new", "Batch", "--slug", "batch")
    cli("add", "~+ nobody may read this")
    cli("idea", "confidence", "batch", "70", "--because", "a private result", "--evidence", "1")
    for command in (
        ("idea", "show", "batch"),
        ("idea", "show", "batch", "--json"),
        ("report", "--since", "2026-01-01"),
    ):
        assert "nobody" not in cli(*command).out


def test_notes_can_not_act_on_the_terminal_here_either(cli: Cli, tmp_path: Path) -> None:
    evil = "\x1b]8;;http://x\x07click\x1b]8;;\x07 \x9b31m wins"
    cli("idea", "new", f"Batch {evil}", "--slug", "batch", "--claim", evil, "--confidence", "30", "--because", evil)
    cli("add", f"win: {evil}")
    cli("idea", "resolve", "batch", "false", "--because", evil)
    cli("idea", "move", "batch", "killed", "--because", evil, "--revive-if", evil)
    commands = (
        ("idea", "graveyard"), ("calibration",), ("best-times",), ("report", "--since", "2026-01-01"),
        ("add", "! Batch click wins again #batch"), ("idea", "new", f"Batch {evil}"),
    )  # fmt: skip
    for command in commands:
        ran = cli(*command)
        assert ran.code == 0
        assert not any(sign in ran.out + ran.err for sign in "\x1b\x9b\x07"), command


def test_a_warning_costs_add_nothing_heavy(dead: Cli, log: Path) -> None:
    code = (
        "import sys; from advisorlog.cli.running import run; run(['add', '! Have you tried batch sizing?']);"
        "print(' '.join(m for m in sys.modules if '.' not in m), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "ADVISORLOG_DB": str(log)},
        check=True,
    )
    assert "This is like #batch" in ran.stderr
    assert set(ran.stderr.splitlines()[-1].split()).isdisjoint(HEAVY)


def test_a_dash_is_stdout_for_the_picture_and_for_documents(
    batch: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    drawn = batch("idea", "show", "batch", "--svg", "-").out
    assert ElementTree.fromstring(drawn).tag.endswith("svg")
    assert batch("report", "--since", "2026-09-01", "-o", "-").out.startswith("# Term report")
    assert not (tmp_path / "-").exists()


def test_an_idea_without_a_project_is_given_the_likeliest_or_says_that_no_brief_tells_it(cli: Cli) -> None:
    assert "no brief speaks of it" in cli("idea", "new", "Alone", "--slug", "alone").err
    cli("project", "new", "Zeus")
    assert "It belongs to Zeus." in cli("idea", "new", "First", "--slug", "first").err
    cli("project", "new", "Hera")
    assert "no brief speaks of it" in cli("idea", "new", "Second", "--slug", "second").err
    cli("add", "+ 4% less #third", "--project", "hera")
    assert "It belongs to Hera." in cli("idea", "new", "Third", "--slug", "third").err
    assert cli("idea", "new", "Fourth", "--slug", "fourth", "--project", "zeus").err == ""
    found = {each["slug"]: each["project"] for each in json.loads(cli("idea", "list", "--json").out)}
    assert found == {"alone": None, "first": "zeus", "second": None, "third": "hera", "fourth": "zeus"}


def test_a_mood_is_told_apart_where_an_outcome_is_kept(batch: Cli) -> None:
    batch("idea", "confidence", "batch", "40", "--mood")
    ran = batch("idea", "resolve", "batch", "true", "--because", "21% on all three")
    assert "You were 95% sure of it by the evidence, 40% by mood." in ran.err
