"""The terminal UI's budgets: first paint beside a bare Textual app, Enter to shown, scrolling and searching."""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.events import Key
from textual.widgets import Input

from bench.made_logs import NOW

UNTIL_PAINTED = """
import os, sys
from textual.app import App
display = App._display
def until_painted(self, screen, painted):
    display(self, screen, painted)
    if painted is not None and screen.query("Footer") and is_there(): os._exit(0)
App._display = until_painted
is_there = lambda: True
"""
BARE = (
    UNTIL_PAINTED
    + """
from textual.widgets import Footer, Static
class Bare(App):
    BINDINGS = [("q", "quit", "Quit")]
    def compose(self):
        yield Static("hello"); yield Footer()
Bare().run(headless=True)
"""
)
START = """
from advisorlog import config
from advisorlog.tui.app import AdvisorlogApp
AdvisorlogApp(config.load(sys.argv[1])).run(headless=True)
"""
PAINTED = UNTIL_PAINTED + START
FILLED = (
    UNTIL_PAINTED
    + """
from advisorlog.tui.screens.today import Today
filled = []
show = Today.show
def then(self, found):
    show(self, found); filled.append(found)
Today.show = then
is_there = lambda: filled
"""
    + START
)


def first_paint(log: Path, runs: int) -> tuple[float, float, float]:
    """Seconds of a whole process: to our first paint, to the log's records in it, and to a bare app's first paint."""
    environment = {**os.environ, "ADVISORLOG_NOW": NOW.isoformat(), "ADVISORLOG_BACKUP": "off"}
    seconds: dict[str, list[float]] = {PAINTED: [], FILLED: [], BARE: []}
    for _ in range(runs):
        for program, taken in seconds.items():
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", program, str(log)], env=environment, capture_output=True, check=True)
            taken.append(time.perf_counter() - began)
    return (
        statistics.median(seconds[PAINTED]),
        statistics.median(seconds[FILLED]),
        statistics.median(seconds[BARE]),
    )


def in_meeting(log: Path, lines: int) -> tuple[float, float]:
    """95th percentiles in milliseconds: from Enter to stored and painted, and of one commit with its fsync alone."""
    return asyncio.run(_in_meeting(log, lines))


async def _in_meeting(log: Path, lines: int) -> tuple[float, float]:
    from advisorlog import config
    from advisorlog.store.connection import transaction
    from advisorlog.tui.app import AdvisorlogApp
    from advisorlog.tui.widgets.capture_line import CaptureLine
    from advisorlog.tui.widgets.record_list import RecordList
    from advisorlog.workflow import live

    app = AdvisorlogApp(config.load(str(log)))
    paints = Paints(app)
    now = app.desk.now()
    slug = live.begin_with(log, now, _a_series(log))
    taken: list[float] = []
    alone: list[float] = []
    async with app.run_test(size=(120, 40)) as pilot:
        app.show_meeting(slug)
        await _until(lambda: bool(app.screen.query(CaptureLine)))
        await pilot.pause(1)
        said = app.screen.query_one("#said", RecordList)
        box = app.screen.query_one(CaptureLine).box
        for number in range(lines):
            box.value = f"! Line {number} about the baseline"
            await pilot.pause(0.05)
            before = len(said.keys)
            began = time.perf_counter()
            box.post_message(Key("enter", "\r"))
            painted = await paints.until(lambda before=before: len(said.keys) > before)
            taken.append((painted - began) * 1000)
            await pilot.pause(0.01)
            began = time.perf_counter()
            with transaction(log, "bench", now) as connection:
                connection.execute("UPDATE meeting SET minutes = ? WHERE slug = ?", (60 + number, slug))
            alone.append((time.perf_counter() - began) * 1000)
    return _p95(taken), _p95(alone)


def in_log(log: Path, presses: int) -> tuple[float, float]:
    """95th percentiles in milliseconds on the log screen, until painted: a page further, a letter more of a search."""
    return asyncio.run(_in_log(log, presses))


async def _in_log(log: Path, presses: int) -> tuple[float, float]:
    from advisorlog import config
    from advisorlog.tui.app import AdvisorlogApp
    from advisorlog.tui.screens.log import Found, Log
    from advisorlog.tui.widgets.entry_pages import EntryPages

    app = AdvisorlogApp(config.load(str(log)))
    paints = Paints(app)
    paged: list[float] = []
    searched: list[float] = []
    async with app.run_test(size=(120, 40)) as pilot:
        app.action_go("log")
        await pilot.pause(1)
        screen = app.screen
        assert isinstance(screen, Log)
        pages = screen.query_one(EntryPages)
        await _until(lambda: pages.entry_at(0) is not None)

        def is_read(place: int) -> bool:
            return pages.entry_at(place) is not None

        for _ in range(presses):
            began = time.perf_counter()
            app.post_message(Key("pagedown", None))
            there = pages.cursor + pages.size.height - 1
            painted = await paints.until(lambda there=there: pages.cursor == there and is_read(there))
            paged.append((painted - began) * 1000)
            await pilot.pause(0.03)
        shown: list[Found] = []
        real = screen.show

        def show(found: Found) -> None:
            real(found)
            shown.append(found)

        def is_shown(words: str) -> bool:
            found = next((each.sifted for each in shown if each.sifted.sieve.words == words), None)
            return found is not None and (not found.total or is_read(0))

        screen.show = show
        screen.action_search()
        for word in ("baseline", "전력", "energy", "clock"):
            screen.query_one("#log-search", Input).value = ""
            await pilot.pause(0.2)
            for letter, end in zip(word, range(1, len(word) + 1), strict=True):
                shown.clear()
                began = time.perf_counter()
                app.post_message(Key(letter, letter))
                painted = await paints.until(lambda words=word[:end]: is_shown(words))
                searched.append((painted - began) * 1000)
                await pilot.pause(0.03)
    return _p95(paged), _p95(searched)


class Paints:
    """Notices what an app paints, made into what a terminal would be sent, as without a terminal Textual does not."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._awaited: tuple[Callable[[], bool], asyncio.Future[float]] | None = None
        display = cast("Callable[[object, RenderableType | None], None]", vars(App)["_display"].__get__(app))

        def paint(screen: object, update: RenderableType | None) -> None:
            display(screen, update)
            self._painted(update)

        setattr(app, "_display", paint)  # noqa: B010  the app has no other place where a paint is noticed

    async def until(self, is_so: Callable[[], bool]) -> float:
        """When the first paint was over (as `time.perf_counter` tells it) by which something had come to be so."""
        painted: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._awaited = is_so, painted
        return await asyncio.wait_for(painted, 30)

    def _painted(self, update: RenderableType | None) -> None:
        if not isinstance(update, CompositorUpdate):
            return
        update.render_segments(self._app.console)
        if self._awaited is not None and self._awaited[0]():
            self._awaited[1].set_result(time.perf_counter())
            self._awaited = None


def _a_series(log: Path) -> str:
    from advisorlog.store.connection import reading
    from advisorlog.store.reading import people

    with reading(log) as connection:
        return people.all_series(connection)[0].slug


async def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + 30
    while not is_so():
        assert time.perf_counter() < deadline, "it never came"
        await asyncio.sleep(0.0005)


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
