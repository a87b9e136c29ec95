"""Advice that may conflict, and guesses why it was given."""

from pathlib import Path

import pytest
from textual.widgets._footer import FooterKey

from advisorlog.domain.guess import Verdict
from advisorlog.domain.moments import Moment, moment
from advisorlog.domain.tension import Cause
from advisorlog.store.connection import reading
from advisorlog.store.reading import guesses, tensions
from advisorlog.tui.screens.advice import PairPage
from advisorlog.tui.screens.entry import EntryPage
from advisorlog.workflow import capture, meetings
from advisorlog.workflow import guesses as guess_work
from advisorlog.workflow.capture import Place
from tests.tui.conftest import Opening


@pytest.fixture
def divided(weekly: Path, now: Moment) -> Path:
    """Two meetings in which Ann says opposite things about the same idea."""
    said = (
        ("2026-11-10", ["+ the baseline needs 5 seeds on A100 #cap", "! Submit the power cap paper in spring #cap"]),
        ("2026-11-17", ["! Don't submit the power cap paper in spring, wait for more seeds #cap"]),
    )
    for day, lines in said:
        held = meetings.new(weekly, now, meetings.MeetingFields(when=f"{day} 14:00", series="zeus-weekly"))
        at = moment(f"{day}T14:10:00Z", "UTC")
        for line in lines:
            capture.capture(weekly, [line], Place(at, held.slug), at)
    return weekly


async def test_a_pair_is_compared_asked_about_and_settled(divided: Path, now: Moment, opened: Opening) -> None:
    async with opened(divided, size=(100, 40)) as desktop:
        await desktop.press("5")
        assert len(desktop.rows("#pairs")) == 1
        await desktop.press("enter")
        assert isinstance(desktop.app.screen, PairPage)
        assert "What changed in between" in desktop.text()
        await desktop.press("n")
        assert "asked in the next brief" in desktop.text()
        await desktop.press("s", "enter")
        await desktop.say("she had seen five seeds only")
        await desktop.press("escape")
        assert "No two pieces of advice seem to conflict that you have not settled." in desktop.rows("#pairs")[0]
    with reading(divided) as connection:
        (settled,) = tensions.tensions(connection, now)
    assert settled.cause is Cause.CONTEXT
    assert settled.because == "she had seen five seeds only"


async def test_a_guess_is_made_and_put_to_the_test(divided: Path, now: Moment, opened: Opening) -> None:
    async with opened(divided, size=(100, 40)) as desktop:
        with reading(divided) as connection:
            (number,) = (
                row["id"]
                for row in connection.execute("SELECT id FROM entry WHERE kind = 'advice' ORDER BY id LIMIT 1")
            )
        desktop.app.show_entry(number)
        await desktop.settle()
        await desktop.press("w", "escape", "5", "tab")
        assert "to test" in desktop.rows("#guesses")[0]
        await desktop.press("enter", "down", "enter")
        await desktop.say("a reviewer asked for it")
        assert "partly" in desktop.rows("#guesses")[0]
    with reading(divided) as connection:
        (guess,) = guesses.guesses(connection, now)
    assert guess.verdict is Verdict.PARTLY
    assert guess.real_reason == "a reviewer asked for it"


async def test_how_often_one_was_right_stands_above_the_guesses(divided: Path, now: Moment, opened: Opening) -> None:
    with reading(divided) as connection:
        row = connection.execute("SELECT id FROM entry WHERE kind = 'advice' ORDER BY id LIMIT 1").fetchone()
    for day, verdict in (("2026-05-01", Verdict.WRONG), ("2026-11-20", Verdict.RIGHT), ("2026-11-21", Verdict.PARTLY)):
        at = moment(f"{day}T09:00:00Z", "UTC")
        made = guess_work.new(divided, now, row["id"], ())
        guess_work.answer(divided, at, made.id, verdict, "she said so")
    async with opened(divided, size=(80, 24)) as desktop:
        await desktop.press("5")
        assert desktop.shown("#guesses-heading") == "Guesses you got right, by half-year: Ann Advisor 0% → 75% of 3"


async def test_all_advice_stands_there_the_newest_first_and_a_guess_is_a_key_away(
    divided: Path, now: Moment, opened: Opening
) -> None:
    async with opened(divided, size=(100, 40)) as desktop:
        await desktop.press("5")
        assert desktop.shown("#advice-heading") == "All advice: 2"
        first, second = desktop.rows("#advised")
        assert first.startswith("! Ann Advisor: Don't submit the power cap paper in spring")
        assert "Submit the power cap paper in spring" in second
        assert "Guess why" not in desktop.text(), "a pair is no piece of advice"
        await desktop.press("tab", "tab", "w")
        assert "Is it because of" in desktop.rows("#guesses")[0]
        await desktop.press("enter")
        assert isinstance(desktop.app.screen, EntryPage)
    with reading(divided) as connection:
        (guess,) = guesses.guesses(connection, now)
    assert guess.advice.startswith("Don't submit")


async def test_a_page_tells_its_own_keys_before_those_of_its_kind(divided: Path, opened: Opening) -> None:
    """At 80 columns not all have room; what only this page can do is what one comes for."""
    async with opened(divided, size=(80, 24)) as desktop:
        desktop.app.show_person("ann")
        await desktop.settle()
        told = [str(each.description) for each in desktop.app.screen.query(FooterKey)]
        assert "Was told" in told
        assert told.index("Was told") < told.index("New series")
        assert "2 pieces of advice, 0 open promises, 0 documents" in desktop.text()
