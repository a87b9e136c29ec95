"""The terminal UI and search by meaning: `~` in the log, pairs and new ideas ranked where that is switched on."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from advisorlog.domain.lifecycle import IdeaStatus
from advisorlog.domain.moments import Moment
from advisorlog.tui.app import AdvisorlogApp
from advisorlog.workflow import ideas
from advisorlog.workflow.capture import Place, capture
from advisorlog.workflow.meaning import making
from tests.meaning.fakes import Fake, settings, use
from tests.tui.conftest import Desktop, Opening


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    return use(monkeypatch, Fake())


@pytest.fixture
def said(log: Path, now: Moment) -> Path:
    capture(log, ["! Pause the late jobs."], Place(Moment(now.at - timedelta(days=90))), now)
    capture(log, ["! Idle machines are slow to come back.", "Book the room.", "~ wait for me"], Place(now), now)
    return log


@asynccontextmanager
async def ranked(log: Path) -> AsyncGenerator[Desktop]:
    app = AdvisorlogApp(replace(settings(log, rank=True), theme="advisorlog-dark"))
    async with app.run_test(size=(120, 30)) as pilot:
        desktop = Desktop(app, pilot)
        await desktop.settle()
        yield desktop


async def test_the_log_is_searched_by_meaning_once_enter_says_so(said: Path, fake: Fake, opened: Opening) -> None:
    making.rebuild(settings(said), fake)
    fake.asked.clear()
    async with opened(said, size=(120, 30)) as desktop:
        await desktop.press("3")
        assert "~ and a sentence, Enter: by meaning" in desktop.text()
        await desktop.press("slash")
        await desktop.type("~ who is late")
        assert fake.asked == [], "nothing is asked while one types"
        await desktop.press("enter")
        text = desktop.text()
        assert "3 lines  ·  near in meaning, nearest first, by a fake; no match is no proof" in text
        assert "Idle machines" in text
        assert "Book the room" not in text
        await desktop.press("slash", "end", "space")
        assert "near in meaning" not in desktop.text()
        assert "0 lines" in desktop.text(), "its words stand in no line"
        await desktop.press("escape", "escape")
        assert "4 lines" in desktop.text()


async def test_what_is_near_passes_the_filter_too(said: Path, fake: Fake, opened: Opening) -> None:
    making.rebuild(settings(said), fake)
    async with opened(said, size=(120, 30)) as desktop:
        await desktop.press("3", "slash")
        await desktop.say("~ who is late")
        await desktop.press("f", "enter", "down", "enter")
        assert "kind: ! advice" in desktop.text()
        assert "2 lines" in desktop.text()


async def test_without_vectors_nothing_is_offered_and_asking_says_what_to_do(
    said: Path, fake: Fake, opened: Opening
) -> None:
    async with opened(said, size=(120, 30)) as desktop:
        await desktop.press("3")
        assert "by meaning" not in desktop.text()
        await desktop.press("slash")
        await desktop.say("~ who is late")
        assert any("advisorlog meaning rebuild" in notice for notice in desktop.notices())


async def test_pairs_are_found_by_meaning_where_that_is_switched_on(said: Path, fake: Fake, opened: Opening) -> None:
    making.rebuild(settings(said), fake)
    async with opened(said) as desktop:
        await desktop.press("5")
        assert "No two pieces of advice seem to conflict" in desktop.text()
    async with ranked(said) as desktop:
        await desktop.press("5")
        assert "they are near in meaning, by a model" in desktop.text()
        await desktop.press("enter")
        assert "near in meaning, by a model" in desktop.text()


async def test_a_new_idea_is_told_the_dead_one_that_it_is_near(said: Path, now: Moment, fake: Fake) -> None:
    ideas.new(said, now, "Idle first", "idle-first", ideas.IdeaFields(), ideas.Beginning())
    ideas.move(said, now, "idle-first", IdeaStatus.KILLED, ideas.Reason("it cost too much"))
    making.rebuild(settings(said), fake)
    async with ranked(said) as desktop:
        await desktop.press("2", "n")
        await desktop.type("Pause slow ones")
        await desktop.press("enter", "enter", "enter")
        assert any("By a model of meaning, near #idle-first, killed" in notice for notice in desktop.notices())
