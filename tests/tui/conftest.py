"""Driving the terminal UI by its keys, on a log of the test's own."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Static

from advisorlog import config
from advisorlog.domain.kinds import Role
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading
from advisorlog.store.reading import entries, meetings
from advisorlog.store.reading.rows import Entry
from advisorlog.tui.app import AdvisorlogApp
from advisorlog.tui.screens.review import Review
from advisorlog.tui.widgets.record_list import RecordList
from advisorlog.workflow import ideas, projects, series
from advisorlog.workflow import people as people_workflow

WAITING_FOR_THE_USER = ("later", "going", "warm-up")


@dataclass
class Desktop:
    """The running app, and hands to use it with."""

    app: AdvisorlogApp
    pilot: Pilot[None]

    @property
    def log(self) -> Path:
        return self.app.desk.settings.log

    async def settle(self) -> None:
        """Until nothing is being read, written or painted any more (a dialog that waits for the user aside)."""
        quiet = 0
        while quiet < 3:
            await self.pilot.pause()
            is_asked = isinstance(self.app.screen, ModalScreen | Review)
            blocking = [
                worker
                for worker in self.app.workers
                if not worker.is_finished
                and worker.group != "warm-up"
                and not (worker.group in WAITING_FOR_THE_USER and is_asked)
            ]
            if blocking:
                await self.pilot.pause(0.005)
            quiet = 0 if blocking else quiet + 1

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        await self.pilot.press(*text_keys(text))
        await self.settle()

    async def say(self, line: str) -> None:
        """Type a line and store it."""
        await self.type(line)
        await self.press("enter")

    def text(self) -> str:
        """What is on the screen."""
        strips = self.app.screen._compositor.render_strips()  # pyright: ignore[reportPrivateUsage]
        return "\n".join(strip.text.rstrip() for strip in strips)

    def notices(self) -> list[str]:
        """What was told in passing, at the edge of the screen."""
        return [str(notice.message) for notice in self.app._notifications]  # pyright: ignore[reportPrivateUsage]

    def shown(self, selector: str) -> str:
        return str(self.app.screen.query_one(selector, Static).render())

    def rows(self, selector: str) -> list[str]:
        found = self.app.screen.query_one(selector, RecordList)
        return [getattr(option.prompt, "plain", str(option.prompt)) for option in found.options]

    def entries(self, meeting: str) -> list[Entry]:
        with reading(self.log) as connection:
            return entries.of_meetings(connection, [meetings.meeting(connection, meeting).id])


def text_keys(text: str) -> list[str]:
    """A text as the keys that type it."""
    return [{" ": "space", "\n": "enter"}.get(character, character) for character in text]


Opening = Callable[..., AbstractAsyncContextManager[Desktop]]


@pytest.fixture
def opened() -> Opening:
    """`async with opened(log) as desktop:`; `size` in columns and rows, `theme` by name."""

    @asynccontextmanager
    async def open_it(
        log: Path, size: tuple[int, int] = (80, 24), theme: str = "advisorlog-dark"
    ) -> AsyncGenerator[Desktop]:
        from dataclasses import replace

        app = AdvisorlogApp(replace(config.load(str(log)), theme=theme))
        async with app.run_test(size=size) as pilot:
            desktop = Desktop(app, pilot)
            await desktop.settle()
            yield desktop

    return open_it


@pytest.fixture
def weekly(log: Path, now: Moment) -> Path:
    """A log with a project, a weekly series with Ann, two ideas and nothing said yet."""
    projects.new(log, now, "Zeus", None, projects.ProjectFields(pitch="GPUs waste energy. We cap them."))
    people_workflow.new(log, now, "Ann Advisor", "ann", people_workflow.PersonFields())
    fields = series.SeriesFields(people=["Ann Advisor"], role=Role.ADVISOR, project="zeus", minutes=60)
    series.new(log, now, "Zeus weekly", None, fields)
    for title, slug in (("Cap the power", "cap"), ("배치 크기", "batch")):
        wanted = ideas.IdeaFields(project="zeus")
        ideas.new(log, now, title, slug, wanted, ideas.Beginning(confidence=50))
    return log
