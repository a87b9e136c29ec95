"""Why advice differs, and guesses at its reasons, from the command line, on the sample log."""

import json
import shutil
from pathlib import Path

import pytest

from advisorlog.workflow import sample
from tests.cli.conftest import Cli


@pytest.fixture
def demo(cli: Cli, sample_log: Path, log: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The sample log, on its last evening."""
    shutil.copyfile(sample_log, log)
    monkeypatch.setenv("ADVISORLOG_NOW", sample.NOW)
    return cli


def pairs(demo: Cli, *options: str) -> list[set[int]]:
    found = json.loads(demo("tension", "list", "--limit", "500", "--json", *options).out)
    return [{each["first"]["id"], each["second"]["id"]} for each in found]


def test_a_pair_stands_verbatim_beside_what_each_hearer_had_been_told(demo: Cli) -> None:
    assert {711, 817} in pairs(demo)
    said = demo("tension", "compare", "711", "817").out
    assert said.startswith("May conflict: ")
    assert "Stop scaling. Finish eight seeds with the trigger on 16 GPUs" in said
    first, second = said.index("sent before: brief"), said.rindex("sent before: brief")
    assert first < said.index("Then: advice 817") < second < said.index("Only the first was said knowing")
    assert "What changed in between" in said
    assert "8 pairs give 10.8 ± 1.2" in said


def test_a_context_says_how_sure_its_hearers_knew_me_to_be_and_not_my_mood(demo: Cli) -> None:
    """A mood of 45% held on that day; the documents had told 58%."""
    said = demo("tension", "compare", "711", "817").out
    assert "promising, 58% sure" in said
    assert "45%" not in said.partition("What changed in between")[0]
    assert "60% mood" in demo("idea", "list").out


def test_a_question_that_quotes_both_is_asked_once_and_gone_when_the_pair_is_settled(demo: Cli) -> None:
    assert demo("tension", "ask", "711", "817").code == 0
    asked = demo("brief", "ruth-weekly", "--words", "900").out.partition("## Asks")[2]
    assert "Stop scaling." in asked
    assert "Finish 16 H100 before 64 of anything." in asked
    assert "asked already" in demo("tension", "ask", "711", "817").err
    ran = demo("tension", "resolve", "711", "817", "--as", "evidence", "--because", "the spread is 1.2 points now")
    assert ran.code == 0
    assert {711, 817} not in pairs(demo)
    assert "Stop scaling." not in demo("brief", "ruth-weekly", "--words", "900").out.partition("## Asks")[2]
    shown = demo("tension", "compare", "711", "817").out
    assert "the spread is 1.2 points now" in shown
    assert "May conflict" not in shown
    demo("undo")
    assert {711, 817} in pairs(demo)


@pytest.mark.parametrize("words", [("711", "711"), ("711", "99999"), ("711", "723")])
def test_what_is_no_pair_of_advice_is_refused_in_one_line(demo: Cli, words: tuple[str, str]) -> None:
    ran = demo("tension", "resolve", *words, "--as", "context", "--because", "x")
    assert ran.code == 1
    assert ran.err.count("error:") == 1


def test_a_guess_from_the_record_is_asked_tested_and_counted(demo: Cli) -> None:
    ran = demo("guess", "new", "817")
    assert "that you asked me to finish 16 H100 before 64 of anything?" in ran.out
    number = json.loads(demo("guess", "list", "--json").out)[0]["id"]
    assert "finish 16 H100" in demo("brief", "ruth-weekly", "--private", "--words", "2000").out
    assert demo("guess", "answer", str(number), "wrong").code == 1
    before = rate(demo)
    assert demo("guess", "answer", str(number), "wrong", "--because", "a reviewer asked for a second model").code == 0
    after = rate(demo)
    assert (after["wrong"], after["tested"]) == (before["wrong"] + 1, before["tested"] + 1)
    assert "a reviewer asked for a second model" in demo("guess", "list", "--all").out


def rate(demo: Cli) -> dict[str, int]:
    found = json.loads(demo("guess", "rate", "--json").out)
    return next(each for each in found if (each["adviser"], each["span"]) == ("Ruth Adeyemi", "2026-H2"))


def test_advice_on_which_the_record_has_no_reason_says_so(demo: Cli) -> None:
    demo("add", "! @ruth: Read Knuth on literate programming.")
    number = json.loads(demo("entry", "list", "--limit", "1", "--json").out)[0]["id"]
    ran = demo("guess", "new", str(number))
    assert ran.code == 1
    assert "has no reason" in ran.err


def test_what_a_person_was_told_with_its_state_then_and_now(demo: Cli) -> None:
    told = demo("person", "show", "ruth", "--told").out
    assert "Eight seeds of Slackline on top of the best static cap" in told
    assert "(open, due 2026-11-24; now done)" in told
    assert "Told differently: Replan when the load has drifted" in told
    found = json.loads(demo("person", "show", "ruth", "--told", "--json").out)
    assert found["told"]
    assert [each["idea"] for each in found["differences"]] == ["drift-trigger"]
