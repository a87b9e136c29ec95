"""What the prep sheet says of ideas: whose day has come, which came up again, and what went well."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from advisorlog.cli.running import run
from advisorlog.config import Settings, load
from advisorlog.domain.kinds import IdeaStatus
from advisorlog.domain.moments import Moment
from advisorlog.workflow import ideas, preparing
from advisorlog.workflow.capture import Place, capture
from advisorlog.workflow.ideas import Beginning, IdeaFields, Reason


def on(day: str) -> Moment:
    return Moment(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC))


@pytest.fixture
def settings(log: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A weekly series with Ann on a project, two meetings held; it is 24 November 2026."""
    monkeypatch.setenv("ADVISORLOG_DB", str(log))
    run(["project", "new", "Zeus"])
    run(["series", "new", "Weekly", "--with", "Ann", "--every", "tue", "--project", "zeus", "--since", "2026-11-01"])
    for day in ("2026-11-03", "2026-11-10"):
        assert run(["meeting", "new", f"{day} 09:00", "--series", "weekly", "--held"]) == 0
    return load(None)


def idea(log: Path, title: str, slug: str, sure: int | None = None, project: str = "zeus") -> None:
    ideas.new(log, on("2026-10-01"), title, slug, IdeaFields(project=project), Beginning(confidence=sure))


def advise(settings: Settings, text: str) -> None:
    at = Moment(datetime(2026, 11, 10, 9, 20, tzinfo=UTC))
    capture(settings.log, [text], Place(at), at)


def prep(settings: Settings) -> str:
    return preparing.brief(settings, "weekly", None, None, True).rendered("md")


def test_a_condition_whose_day_has_come_stands_first(settings: Settings) -> None:
    log = settings.log
    idea(log, "Layer clocks", "layers")
    idea(log, "Batch sizing", "batch")
    ideas.move(log, on("2026-10-02"), "layers", IdeaStatus.PARKED, Reason("no root"), "", "after 2026-11-20")
    ideas.move(log, on("2026-10-02"), "batch", IdeaStatus.KILLED, Reason("no gain"), "DVFS is gone")
    capture(log, ["concern: time"], Place(on("2026-11-10"), "2026-11-10-weekly"), on("2026-11-10"))
    text = prep(settings)
    assert text.index("## Resting ideas whose day has come") < text.index("## Concerns")
    assert "**Parked:** Layer clocks (Revisit when after 2026-11-20; due 20 Nov)" in text
    assert text.count("Layer clocks") == 1
    assert "**Killed:** Batch sizing (Revive if DVFS is gone)" in text


def test_advice_that_comes_back_to_a_dead_idea_is_shown_with_its_end(settings: Settings) -> None:
    log = settings.log
    idea(log, "Tune batch size and cap together", "batch")
    ideas.move(log, on("2026-10-02"), "batch", IdeaStatus.KILLED, Reason("4 points are left"), "the user asks")
    advise(settings, "! Why don't you tune the batch size too?")
    text = prep(settings)
    assert "## Came up again, though it rests" in text
    assert "**Like Tune batch size and cap together:** “Why don't you tune the batch size too?” (10 Nov)" in text
    assert "Killed 2 Oct: 4 points are left (me)" in text


def test_what_killed_it_on_the_day_itself_is_no_return(settings: Settings) -> None:
    idea(settings.log, "Tune batch size and cap together", "batch")
    advise(settings, "! Drop the batch size tuning #batch")
    ideas.move(settings.log, on("2026-11-10"), "batch", IdeaStatus.KILLED, Reason("4 points are left"))
    assert "Came up again" not in prep(settings)


def test_best_times_show_when_mood_lowered_a_confidence_and_only_then(settings: Settings) -> None:
    log = settings.log
    idea(log, "Batch sizing", "batch", 40)
    capture(log, ["win: Accepted at EuroSys", "+ 21% on 3 GPUs #batch"], Place(on("2026-10-05")), on("2026-10-05"))
    number = str(2)
    ideas.set_confidence(log, on("2026-10-06"), "batch", 80, Reason("three GPUs", [number]))
    assert "Best times" not in prep(settings)
    ideas.set_confidence(log, on("2026-11-20"), "batch", 30, Reason("a long week", mood=True))
    text = prep(settings)
    assert "**30%, but 80% by the evidence:** Batch sizing (20 Nov: a long week)" in text
    assert "**Win:** “Accepted at EuroSys” (5 Oct)" in text
    assert "21% on 3 GPUs" in text
    assert text.count("a long week") == 1
    ideas.set_confidence(log, on("2026-11-21"), "batch", 35, Reason("a fourth GPU loses"))
    assert "Best times" not in prep(settings)


def test_the_brief_has_none_of_it(settings: Settings) -> None:
    log = settings.log
    idea(log, "Batch sizing", "batch", 80)
    ideas.set_confidence(log, on("2026-11-20"), "batch", 30, Reason("a long week", mood=True))
    capture(log, ["win: Accepted at EuroSys"], Place(on("2026-10-05")), on("2026-10-05"))
    text = preparing.brief(settings, "weekly", None, None, False).rendered("md")
    assert "a long week" not in text
    assert "30%" not in text
