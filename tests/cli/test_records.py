"""Each noun: new, list, show, edit, rm."""

import json
import re
import shlex
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that replaces what the file `swap.json` says: a list of pairs."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import json, os, pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "assert os.name == 'nt' or path.stat().st_mode & 0o077 == 0\n"
        "text = path.read_text('utf-8')\n"
        "for old, new in json.loads(pathlib.Path(__file__).with_name('swap.json').read_text('utf-8')):\n"
        "    assert old in text, (old, text)\n"
        "    text = text.replace(old, new)\n"
        "path.write_text(text, 'utf-8')\n",
        "utf-8",
    )
    monkeypatch.setenv("ADVISORLOG_EDITOR", shlex.join([sys.executable, str(script)]))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path / "swap.json"


def _swap(editor: Path, *pairs: tuple[str, str]) -> None:
    editor.write_text(json.dumps(pairs), "utf-8")


def _forms(editor: Path) -> list[Path]:
    return list(editor.parent.glob("advisorlog-*.md"))


def test_project_from_new_to_rm(cli: Cli) -> None:
    assert cli("project", "new", "Power limits", "--goal", "A paper", "--term", "DVFS=scaling").out == "power-limits\n"
    cli("project", "edit", "power", "--pitch", "Less energy.", "--term", "SM=a processor", "--term", "DVFS=")
    shown = json.loads(cli("project", "show", "power-limits", "--json").out)
    assert (shown["pitch"], shown["goal"], shown["glossary"]) == ("Less energy.", "A paper", {"SM": "a processor"})
    assert cli("project", "new", "Other", "--slug", "power-limits").code == 1
    assert cli("project", "new", "Power limits").out == "power-limits-2\n"
    assert cli("project", "rm", "power-limits").code == 2
    assert "undo" in cli("project", "rm", "power-limits", "--yes").err
    assert json.loads(cli("project", "list", "--json").out)[-1]["slug"] == "power-limits-2"
    cli("undo")
    assert json.loads(cli("project", "show", "power-limits", "--json").out) == shown


def test_a_project_is_edited_in_the_editor(cli: Cli, editor: Path) -> None:
    cli("project", "new", "Zeus", "--term", "yes=on", "--goal", "A: paper")
    _swap(editor, ("pitch: ''", "pitch: 12:30:45"), ("'yes': 'on'", "'yes': off"))
    assert cli("project", "edit", "zeus").code == 0
    shown = json.loads(cli("project", "show", "zeus", "--json").out)
    assert (shown["pitch"], shown["goal"], shown["glossary"]) == ("12:30:45", "A: paper", {"yes": "off"})
    assert _forms(editor) == []


def test_an_unchanged_form_changes_nothing(cli: Cli, editor: Path) -> None:
    cli("project", "new", "Zeus")
    before = json.loads(cli("history", "--json").out)
    _swap(editor)
    assert "Nothing was changed" in cli("project", "edit", "zeus").err
    assert json.loads(cli("history", "--json").out) == before
    assert _forms(editor) == []


@pytest.mark.parametrize(
    "pair",
    [("name: Zeus", "name: [Zeus"), ("name: Zeus", "nome: Zeus"), ("---\n", ""), ("name: Zeus", "name: ''")],
    ids=["bad YAML", "unknown field", "no fences", "refused by the log"],
)
def test_a_form_that_can_not_be_saved_is_kept(cli: Cli, editor: Path, pair: tuple[str, str]) -> None:
    cli("project", "new", "Zeus")
    _swap(editor, pair)
    ran = cli("project", "edit", "zeus")
    assert ran.code == 1
    (kept,) = _forms(editor)
    assert str(kept) in ran.err
    assert pair[1] in kept.read_text("utf-8")
    assert json.loads(cli("project", "show", "zeus", "--json").out)["name"] == "Zeus"


def test_an_editor_that_is_not_there_is_said(cli: Cli, editor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISORLOG_EDITOR", "/no/such/editor")
    cli("project", "new", "Zeus")
    ran = cli("project", "edit", "zeus")
    assert ran.code == 1
    assert "ADVISORLOG_EDITOR" in ran.err


def test_every_form_can_be_left_unchanged_and_changed(cli: Cli, editor: Path) -> None:
    cli("project", "new", "Zeus")
    cli("series", "new", "Weekly", "--with", "Ann Advisor", "--every", "tue", "--at", "14:00", "--project", "zeus")
    cli("meeting", "new", "--series", "weekly", "--agenda", "sweep")
    cli("idea", "new", "Batch", "--slug", "batch", "--resolve-by", "2027-05-01")
    cli("reading", "new", "Attention", "--slug", "attention", "--thoughts", "strong")
    cli("action", "new", "Run it @me ^fri")
    swaps = {
        ("person", "ann-advisor"): ("email: ''", "email: ann@x.org"),
        ("series", "weekly"): ("at: '14:00'", "at: '15:30'"),
        ("meeting", "2026-11-24-weekly"): ("- sweep", "- sweep\n- deadline"),
        ("idea", "batch"): ("claim: ''", "claim: It saves 20%"),
        ("reading", "attention"): ("strong", "strong\nand long"),
        ("action", "1"): ("text: Run it", "text: Run all of it"),
    }
    for (noun, name), pair in swaps.items():
        _swap(editor)
        assert "Nothing was changed" in cli(noun, "edit", name).err, noun
        _swap(editor, pair)
        ran = cli(noun, "edit", name)
        assert ran.code == 0, ran.err
    assert json.loads(cli("person", "show", "ann-advisor", "--json").out)["email"] == "ann@x.org"
    assert json.loads(cli("series", "show", "weekly", "--json").out)["starts"].endswith("T15:30:00+00:00")
    assert json.loads(cli("meeting", "show", "2026-11-24-weekly", "--json").out)["agenda"] == ["sweep", "deadline"]
    assert json.loads(cli("idea", "show", "batch", "--json").out)["claim"] == "It saves 20%"
    assert json.loads(cli("reading", "show", "attention", "--json").out)["thoughts"] == "strong\nand long"
    assert json.loads(cli("action", "show", "1", "--json").out)["text"] == "Run all of it @me ^fri"


def test_person_from_new_to_rm(cli: Cli) -> None:
    assert cli("person", "new", "Prof. Ann Advisor", "--email", "ann@x.org").out == "@ann-advisor\n"
    assert cli("person", "new", "Ann Advisor").out == "@ann-advisor-2\n"
    assert cli("person", "new", "김민수", "--handle", "minsu").out == "@minsu\n"
    assert cli("person", "new", "X", "--handle", "minsu").code == 1
    assert cli("person", "new", "X", "--handle", "not a handle").code == 1
    assert cli("person", "edit", "@minsu", "--handle", "kim", "--note", "likes plots").out == "@kim\n"
    assert json.loads(cli("person", "show", "kim", "--json").out)["note"] == "likes plots"
    assert cli("person", "rm", "me", "--yes").code == 1
    assert cli("person", "rm", "kim", "--yes").code == 0
    assert "@kim" not in cli("person", "list").out


def test_series_and_its_next_dates(cli: Cli) -> None:
    ran = cli(
        "series", "new", "Zeus weekly", "--with", "Ann Advisor", "--every", "tue", "--at", "2pm",
        "--zone", "America/Detroit", "--since", "2026-10-06",
    )  # fmt: skip
    assert ran.out == "zeus-weekly\n"
    assert "New person: @ann-advisor" in ran.err
    assert "Next: Tue 2026-11-24 14:00" in ran.err
    assert cli("series", "new", "Other", "--with", "Ann Advisr").code == 1
    assert cli("series", "new", "Other", "--zone", "Mars/Base").code == 1
    assert cli("series", "new", "Other", "--every", "sometimes").code == 1
    cli("series", "edit", "zeus-weekly", "--role", "peer", "--minutes", "45")
    shown = json.loads(cli("series", "show", "zeus-weekly", "--json").out)
    assert (shown["role"], shown["minutes"], shown["next"]) == ("peer", 45, "2026-11-24T14:00:00-05:00")
    assert cli("series", "rm", "zeus-weekly", "--yes").code == 0


def test_meetings_are_planned_held_and_cancelled(cli: Cli) -> None:
    cli("series", "new", "Weekly", "--with", "Ann Advisor", "--every", "tue", "--at", "14:00", "--minutes", "50")
    assert cli("meeting", "new", "--series", "weekly").out == "2026-11-24-weekly\n"
    assert cli("meeting", "new", "--series", "weekly").out == "2026-12-01-weekly\n"
    assert cli("meeting", "new", "2026-11-17", "--series", "weekly", "--held").out == "2026-11-17-weekly\n"
    assert cli("meeting", "new", "2026-12-24 10:00", "--held").code == 1
    assert cli("meeting", "new", "--series", "weekly", "--held").code == 1
    shown = json.loads(cli("meeting", "show", "2026-12-01-weekly", "--json").out)
    assert (shown["status"], shown["minutes"], shown["people"]) == ("planned", 50, ["Ann Advisor"])
    assert cli("meeting", "agenda", "sweep", "deadline").out == "- sweep\n- deadline\n"
    assert cli("meeting", "hold", "2026-12-01-weekly").code == 1
    cli("meeting", "new", "2026-11-24 08:30", "--title", "Now", "--planned")
    assert cli("meeting", "hold").out == "2026-11-24-now\n"
    assert cli("meeting", "cancel", "2026-12-01-weekly").code == 0
    assert cli("add", "-m", "2026-12-01-weekly", "x").code == 1
    cli("add", "-m", "2026-11-24-now", stdin=b"! advice\n~ secret\n")
    ran = cli("meeting", "show", "2026-11-24-now")
    assert "advice" in ran.out
    assert "secret" not in ran.out
    assert "1 private line not shown" in ran.err
    assert "secret" not in cli("meeting", "show", "2026-11-24-now", "--json").out
    assert "secret" in cli("meeting", "show", "2026-11-24-now", "--private").out
    assert cli("meeting", "rm", "2026-11-24-now", "--yes").code == 0
    assert "advice" not in cli("search", "advice").out
    cli("undo")
    assert "advice" in cli("search", "advice").out


def test_a_promise_through_its_life(cli: Cli) -> None:
    cli("person", "new", "Ann Advisor")
    ran = cli("action", "new", "Send the trace", "--owner", "ann", "--due", "2w", "--done-test", "it opens")
    assert ran.out == "TODO 1, open, due 2026-12-08: Send the trace\n"
    assert "Tue 8 Dec 2026 (in 2 weeks)" in ran.err
    assert cli("action", "carry", "1", "--due", "2026-12-15").code == 0
    assert cli("action", "carry", "1").code == 0
    third = cli("action", "carry", "1", "--due", "2027-01-05")
    assert third.code == 1
    assert "put off 2 times" in third.err
    assert cli("action", "renegotiate", "1", "--due", "2027-01-05").code == 1
    assert cli("action", "renegotiate", "1", "--due", "2027-01-05", "--because", "the sweep first").code == 0
    assert cli("action", "drop", "1").code == 1
    assert cli("action", "done", "1", "--because", "opened").code == 0
    assert cli("action", "done", "1").code == 1
    assert cli("action", "list").out == ""
    assert cli("action", "reopen", "1", "--because", "wrong file").code == 0
    shown = json.loads(cli("action", "show", "1", "--json").out)
    assert [event["state"] for event in shown["events"]] == [
        "open", "carried", "carried", "renegotiated", "done", "open",
    ]  # fmt: skip
    assert (shown["due"], shown["owner"], shown["done_test"]) == ("2027-01-05", "ann-advisor", "it opens")
    assert cli("action", "done", "99").code == 1
    assert cli("action", "done", "many").code == 2
    assert cli("action", "rm", "1", "--yes").code == 0


def test_a_promise_carried_three_times_is_settled(cli: Cli) -> None:
    cli("action", "new", "Send the trace")
    for _ in range(3):
        assert cli("action", "carry", "1", "--due", "2026-12-15", "--because", "the cluster was down").code == 0
    fourth = cli("action", "carry", "1", "--due", "2026-12-22", "--because", "the cluster was down")
    assert fourth.code == 1
    assert "carried 3 times" in fourth.err
    assert "action renegotiate 1" in fourth.err
    assert cli("action", "renegotiate", "1", "--due", "2026-12-22", "--because", "agreed with Ann").code == 0
    assert cli("action", "carry", "1", "--due", "2026-12-23", "--because", "a day of sickness").code == 0


def test_several_promises_are_closed_together_or_not_at_all(cli: Cli) -> None:
    cli("add", stdin=b"[] one\n[] two\n")
    assert cli("action", "done", "1", "2", "99").code == 1
    assert len(json.loads(cli("action", "list", "--json").out)) == 2
    assert cli("action", "done", "1", "2").code == 0
    assert cli("action", "list").out == ""


def test_a_promise_is_rooted_in_a_takeaway_only(cli: Cli) -> None:
    cli("add", stdin=b"* The baseline is weak\n! Compare\n")
    assert cli("action", "new", "Mend it", "--root", "1").code == 0
    assert "no takeaway" in cli("action", "new", "Mend it", "--root", "2").err
    assert json.loads(cli("action", "show", "1", "--json").out)["root"] == "The baseline is weak"


def test_a_line_is_corrected_and_moved(cli: Cli) -> None:
    cli("meeting", "new", "2026-11-20 10:00", "--title", "Talk")
    cli("add", stdin=b"! Compare with DVFX #a\n[] one\n")
    assert "DVFS" in cli("entry", "edit", "1", "! Compare with DVFS #b").out
    assert "earlier line" in cli("idea", "new", "B", "--slug", "b").err
    assert "earlier line" not in cli("idea", "new", "A", "--slug", "a").err
    assert cli("entry", "edit", "1", "[] a promise now").code == 1
    assert cli("entry", "edit", "1", " ").code == 1
    assert cli("entry", "edit", "2", "[] one and two ^2026-12-01").code == 0
    assert json.loads(cli("action", "show", "1", "--json").out)["due"] == "2026-12-01"
    assert cli("entry", "move", "1", "2026-11-20-talk").code == 0
    assert [each["id"] for each in json.loads(cli("entry", "list", "--json").out)] == [2]
    assert json.loads(cli("entry", "show", "1", "--json").out)["meeting"] == "2026-11-20-talk"
    assert cli("entry", "move", "1").code == 2
    assert cli("entry", "move", "1", "--inbox").code == 0
    assert cli("entry", "edit", "1", "~ for me").code == 0
    assert "for me" not in cli("entry", "list").out
    assert cli("entry", "rm", "2", "--yes").code == 0
    assert cli("action", "list").out == ""


def test_a_forgotten_sign_is_mended_and_the_advice_gets_its_speaker(cli: Cli) -> None:
    cli("meeting", "new", "2026-11-20 10:00", "--title", "Talk", "--with", "Ann Advisor")
    cli("add", "-m", "2026-11-20-talk", "Compare with DVFS")
    cli("entry", "edit", "1", "! Compare with DVFS")
    assert json.loads(cli("entry", "show", "1", "--json").out)["speaker"] == "ann-advisor"
    cli("add", "! Read the survey")
    assert json.loads(cli("entry", "show", "2", "--json").out)["speaker"] is None
    cli("entry", "move", "2", "2026-11-20-talk")
    assert json.loads(cli("entry", "show", "2", "--json").out)["speaker"] == "ann-advisor"


def test_an_idea_lives_and_dies_for_reasons(cli: Cli) -> None:
    cli("add", "+ 3 of 3 GPUs agree")
    cli("idea", "new", "Batch sizing", "--slug", "batch", "--claim", "Saves 20%", "--confidence", "30")
    assert cli("idea", "move", "batch", "promising").code == 1
    assert cli("idea", "move", "batch", "promising", "--because", "3 GPUs", "--evidence", "1").code == 0
    assert cli("idea", "confidence", "batch", "70").code == 1
    assert cli("idea", "confidence", "batch", "70", "--because", "3 GPUs", "--evidence", "99").code == 1
    assert cli("idea", "confidence", "batch", "70", "--because", "3 GPUs", "--evidence", "1").code == 0
    assert cli("idea", "confidence", "#batch", "40", "--mood").out == "#batch: 70% -> 40% (mood)\n"
    assert cli("idea", "confidence", "batch", "101", "--mood").code == 2
    killed = cli("idea", "move", "batch", "killed", "--because", "no gain", "--revive-if", "new GPUs")
    assert killed.out == "#batch: promising -> killed\n"
    assert cli("idea", "move", "batch", "published", "--because", "x").code == 1
    shown = cli("idea", "show", "batch").out
    for word in ("killed", "no gain", "revive if: new GPUs", "3 of 3 GPUs agree", "40% (mood)"):
        assert word in shown
    assert cli("idea", "list", "--status", "killed").out.count("#batch") == 1
    assert cli("idea", "list", "--as-of", "2026-01-01").out == ""
    assert cli("idea", "edit", "batch", "--outcome", "false").code == 0
    assert json.loads(cli("idea", "show", "batch", "--json").out)["outcome"] is False
    assert cli("idea", "rm", "batch", "--yes").code == 0


def test_private_ideas_and_readings_are_shown_on_demand_only(cli: Cli) -> None:
    cli("idea", "new", "Leave the lab", "--slug", "leave", "--private")
    cli("reading", "new", "How to quit", "--private")
    for noun in ("idea", "reading"):
        ran = cli(noun, "list")
        assert ran.out == ""
        assert "1 private" in ran.err
        assert json.loads(cli(noun, "list", "--json").out) == []
        assert len(json.loads(cli(noun, "list", "--private", "--json").out)) == 1
    assert "quit" not in cli("history", "--json").out
    assert "Leave" not in cli("history", "--json").out


def test_a_reading_keeps_formulas_and_every_script(cli: Cli) -> None:
    cli("idea", "new", "Batch", "--slug", "batch")
    ran = cli("reading", "new", "Attention", "--solution", "$softmax(QK^T)$ 주의 기반\n注意力", "--idea", "batch")
    assert ran.out == "attention\n"
    shown = cli("reading", "show", "attention")
    assert "$softmax(QK^T)$ 주의 기반\n注意力" in shown.out
    assert "Attention" in cli("search", "注意").out
    assert cli("reading", "rm", "attention", "--yes").code == 0


def test_columns_stay_aligned_with_wide_letters(cli: Cli) -> None:
    cli("project", "new", "전력 제한", "--slug", "wide", "--goal", "GOAL-HERE")
    cli("project", "new", "Zeus", "--goal", "GOAL-HERE")
    from advisorlog.cli.output import width

    lines = cli("project", "list").out.splitlines()[1:]
    assert len({width(line[: line.index("GOAL-HERE")]) for line in lines}) == 1


def test_dates_are_echoed_as_understood(cli: Cli) -> None:
    assert "since: Tue 17 Nov 2026 (1 week ago)" in cli("search", "x", "--since", "last tuesday").err
    assert cli("search", "x", "--since", "2026-11-17").err == "Nothing matches.\n"
    ran = cli("search", "x", "--since", "02/03/2026")
    assert ran.code == 2
    assert "no date" in ran.err


def test_search_shows_private_matches_on_demand_only(cli: Cli) -> None:
    cli("add", stdin=b"! about knees\n~ knees hurt\n")
    ran = cli("search", "knees")
    assert "about" in ran.out
    assert "hurt" not in ran.out
    assert "1 private match not shown" in ran.err
    assert "hurt" in cli("search", "knees", "--private").out
    assert len(json.loads(cli("search", "knees", "--json").out)) == 1
    assert cli("search", "knees", "--kind", "decision").out == ""


def test_undo_redo_and_history(cli: Cli) -> None:
    cli("project", "new", "Zeus")
    assert cli("undo").out == "Undone: project new Zeus (1 project added)\n"
    assert "project new Zeus (undone)" in cli("history").out
    assert cli("redo").out == "Redone: project new Zeus (1 project added)\n"
    assert "zeus" in cli("history", "project", "zeus").out.lower()
    assert cli("history", "project").code == 2
    assert cli("undo", "99").code == 1


def test_backup_and_the_way_back(cli: Cli, log: Path, tmp_path: Path) -> None:
    cli("project", "new", "Zeus")
    written = Path(cli("backup").out.strip())
    assert written.exists()
    assert cli("backup", "-o", str(tmp_path / "copy.db")).code == 0
    assert cli("backup", "-o", str(tmp_path / "copy.db")).code == 1
    cli("project", "rm", "zeus", "--yes")
    assert cli("restore").code == 2
    ran = cli("restore", "--yes", written.name)
    assert ran.code == 0
    assert "is kept as" in ran.err
    assert "zeus" in cli("project", "list").out
    assert json.loads(cli("restore", "--list", "--json").out)[0]["path"] == str(written)


def test_doctor_exits_with_1_on_damage(cli: Cli, log: Path) -> None:
    cli("project", "new", "Zeus")
    assert cli("doctor").code == 0
    assert cli("doctor", "--rebuild-search").code == 0
    log.write_bytes(log.read_bytes()[:5000])
    ran = cli("doctor")
    assert ran.code == 1
    assert "error:" in ran.out
    assert "restore" in ran.out


def test_a_template_of_ones_own_is_told(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "brief.md.j2").write_text("ours {{ x }}\n", "utf-8")
    monkeypatch.setattr("advisorlog.workflow.templates.shipped", lambda: shipped)
    assert json.loads(cli("templates", "list", "--json").out)[0]["own"] is False
    copy = Path(cli("templates", "copy", "brief").out.strip())
    assert copy.read_text("utf-8") == "ours {{ x }}\n"
    assert "yours" in cli("templates", "list").out
    assert cli("templates", "copy", "brief").code == 1
    copy.write_text("mine\n", "utf-8")
    assert cli("templates", "show", "brief").out == "mine\n"
    assert cli("templates", "show", "nothing").code == 1


def test_paths_names_what_is_in_force(cli: Cli, log: Path) -> None:
    found = json.loads(cli("paths", "--json").out)
    assert found["log"] == str(log)
    assert re.search(r"config\.toml$", found["config"])
    assert Path(found["templates"]).is_absolute()
