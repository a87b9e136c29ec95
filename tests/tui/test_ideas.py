"""The board and the list of ideas."""

from datetime import timedelta
from pathlib import Path

from advisorlog.domain.moments import Moment
from advisorlog.tui.screens.ideas import Ideas
from advisorlog.workflow import ideas, projects
from tests.tui.conftest import Opening


async def test_an_empty_board_says_how_to_begin(log: Path, now: Moment, opened: Opening) -> None:
    projects.new(log, now, "Zeus", None, projects.ProjectFields())
    async with opened(log) as desktop:
        await desktop.press("2")
        assert "None. n makes one." in desktop.rows("#column-open")[0]


async def test_a_mood_is_named_and_is_no_step_of_the_curve(weekly: Path, now: Moment, opened: Opening) -> None:
    log, slug = weekly, "moody"
    began = Moment(now.at - timedelta(days=1), now.zone)
    ideas.new(log, began, "Moody", slug, ideas.IdeaFields(), ideas.Beginning(confidence=60))
    for hours, percent, mood in ((1, 70, False), (2, 20, True)):
        then = Moment(began.at + timedelta(hours=hours), now.zone)
        ideas.set_confidence(log, then, slug, percent, ideas.Reason("seen", mood=mood))
    async with opened(log, size=(140, 40)) as desktop:
        await desktop.press("2")
        assert any("Moody 20% mood" in row for row in desktop.rows("#column-open"))
        screen = desktop.app.screen
        assert isinstance(screen, Ideas)
        assert screen.found is not None
        (moody,) = (each for each in screen.found.ideas if each.slug == slug)
        assert screen.found.curves[moody.id] == (60, 70)
