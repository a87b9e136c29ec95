"""The term report: what moved and why, and nothing that is private or mood."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from advisorlog.config import Settings, load
from advisorlog.domain.kinds import IdeaStatus, RecordKind, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError
from advisorlog.workflow import ideas, preparing
from advisorlog.workflow.capture import Place, capture
from advisorlog.workflow.ideas import Beginning, IdeaFields, Reason

SECRET = "nobody may read this"


def on(day: str) -> Moment:
    return Moment(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC))


@pytest.fixture
def settings(log: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("ADVISORLOG_DB", str(log))
    monkeypatch.setenv("ADVISORLOG_NOW", "2026-11-24T09:00:00+00:00")
    return load(None)


@pytest.fixture
def told(settings: Settings) -> Settings:
    """Two ideas that moved, one that did not, one that died, and private ones between them."""
    log = settings.log
    claim = IdeaFields(claim="Saves 20% on all three GPUs", resolve_by=date(2026, 12, 15))
    ideas.new(log, on("2026-05-01"), "Batch sizing", "batch", claim, Beginning(confidence=40))
    ideas.new(log, on("2026-05-01"), "Quiet idea", "quiet", IdeaFields(), Beginning(confidence=30))
    ideas.new(log, on("2026-05-02"), "Layer clocks", "layers", IdeaFields(), Beginning(IdeaStatus.EXPLORING))
    secret = IdeaFields(claim=SECRET, visibility=Visibility.PRIVATE)
    ideas.new(log, on("2026-10-01"), "Leave for industry", "leave", secret, Beginning(confidence=80))
    capture(log, ["+ 3 of 3 GPUs agree, 21% ± 2 #batch"], Place(on("2026-10-02")), on("2026-10-02"))
    ideas.set_confidence(log, on("2026-10-02"), "batch", 75, Reason("all three GPUs agree", ["1"]))
    ideas.set_confidence(log, on("2026-10-20"), "batch", 20, Reason(SECRET, mood=True))
    capture(log, [f"~% 10 #batch because {SECRET}"], Place(on("2026-10-21")), on("2026-10-21"))
    ideas.set_confidence(log, on("2026-10-22"), "batch", 5, Reason(f"as #leave shows: {SECRET}"))
    ideas.set_confidence(log, on("2026-10-23"), "batch", 65, Reason("one seed loses"))
    ideas.move(log, on("2026-11-01"), "layers", IdeaStatus.KILLED, Reason("38 ms a change"), "clocks change in 1 ms")
    return settings


def report(settings: Settings, since: date = date(2026, 9, 1), words: int | None = None) -> str:
    return preparing.report(settings, since, None, words, None).rendered("md")


def test_it_says_what_moved_and_why(told: Settings) -> None:
    text = report(told)
    assert "# Term report: 1 Sep 2026 to 24 Nov 2026" in text
    assert "- 3 ideas, 2 of them moved; 1 killed" in text
    assert "**Spark:** Batch sizing (40% → 65% ▃▅▅)" in text
    assert "2 Oct, 75%: all three GPUs agree" in text
    assert "Highest: 75% on 2 Oct, earned by: 3 of 3 GPUs agree, 21% ± 2" in text
    assert "**Exploring → killed:** Layer clocks (1 Nov)" in text
    assert "Revive if: clocks change in 1 ms" in text
    assert "Quiet idea (30%)" in text
    assert "by 15 Dec, 65% sure" in text


@pytest.mark.parametrize("form", ["md", "text", "html", "json"])
def test_nothing_private_and_no_mood_is_in_it(told: Settings, form: str) -> None:
    prepared = preparing.report(told, date(2026, 1, 1), None, 3000, None)
    text = prepared.rendered(form)
    for word in (SECRET, "leave", "industry", "(5%", "20% ", "10%"):
        assert word not in text.replace("Saves 20% on all", ""), word
    assert prepared.document.withheld == 3


def test_it_cites_every_idea_it_tells_of(told: Settings) -> None:
    cited = {cite for _, cite in preparing.report(told, date(2026, 1, 1), None, 3000, None).document.cites}
    assert {cite.record for cite in cited} == {RecordKind.IDEA}
    assert len(cited) == 3


def test_a_claim_that_was_settled_stands_first(told: Settings) -> None:
    ideas.resolve(told.log, on("2026-11-20"), "batch", True, Reason("holds on 3 of 3", ["1"]))
    text = report(told)
    assert "- **True:** Saves 20% on all three GPUs (20 Nov, 75% sure 30 days before)" in text
    assert text.index("Claims settled") < text.index("## Moved")
    assert "20 Nov, spark: Turned out true: holds on 3 of 3" in text
    before = preparing.report(told, date(2026, 9, 1), "2026-11-19", None, None).rendered("md")
    assert "settled" not in before


def test_a_budget_is_kept_and_what_it_cuts_is_counted(told: Settings) -> None:
    prepared = preparing.report(told, date(2026, 9, 1), None, 60, None)
    assert prepared.renderer.count(prepared.document) <= 60
    assert "Left out for length" in prepared.rendered("md") or "more in the log" in prepared.rendered("md")


def test_an_empty_log_gives_a_report_too(settings: Settings) -> None:
    assert "There was no idea yet" in report(settings)


def test_a_term_that_has_not_begun_is_refused(told: Settings) -> None:
    with pytest.raises(AdvisorlogError, match="is not over yet"):
        report(told, date(2026, 11, 25))
