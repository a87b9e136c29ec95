"""The terminal UI's budgets: first paint beside a bare Textual app, Enter to shown, scrolling and searching."""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

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
    """95th percentiles in milliseconds: from Enter to stored and shown, and of one commit with its fsync alone."""
    return asyncio.run(_in_meeting(log, lines))


async def _in_meeting(log: Path, lines: int) -> tuple[float, float]:
    from advisorlog import config
    from advisorlog.store.connection import transaction
    from advisorlog.tui.app import AdvisorlogApp
    from advisorlog.tui.widgets.capture_line import CaptureLine
    from advisorlog.tui.widgets.record_list import RecordList
    from advisorlog.workflow import live

    app = AdvisorlogApp(config.load(str(log)))
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
            before = len(said.keys)
            began = time.perf_counter()
            box.post_message(Key("enter", "\r"))
            await _until(lambda before=before: len(said.keys) > before)
            taken.append((time.perf_counter() - began) * 1000)
            await pilot.pause(0.01)
            began = time.perf_counter()
            with transaction(log, "bench", now) as connection:
                connection.execute("UPDATE meeting SET minutes = ? WHERE slug = ?", (60 + number, slug))
            alone.append((time.perf_counter() - began) * 1000)
    return _p95(taken), _p95(alone)


def in_log(log: Path, presses: int) -> tuple[float, float]:
    """95th percentiles in milliseconds on the log screen: a page further, and a letter more of a search."""
    return asyncio.run(_in_log(log, presses))


async def _in_log(log: Path, presses: int) -> tuple[float, float]:
    from advisorlog import config
    from advisorlog.tui.app import AdvisorlogApp
    from advisorlog.tui.screens.log import Found, Log
    from advisorlog.tui.widgets.entry_pages import EntryPages

    app = AdvisorlogApp(config.load(str(log)))
    paged: list[float] = []
    searched: list[float] = []
    async with app.run_test(size=(120, 40)) as pilot:
        app.action_go("log")
        await pilot.pause(1)
        pages = app.screen.query_one(EntryPages)
        await _until(lambda: pages.entry_at(0) is not None)
        for _ in range(presses):
            began = time.perf_counter()
            pages.action_page(1)
            await _until(lambda: pages.entry_at(pages.cursor) is not None)
            paged.append((time.perf_counter() - began) * 1000)
        screen = app.screen
        assert isinstance(screen, Log)
        shown: list[str] = []
        real = screen.show

        def show(found: Found) -> None:
            real(found)
            shown.append(found.sieve.words)

        screen.show = show
        for word in ("baseline", "전력", "energy", "clock"):
            for end in range(2, len(word) + 1):
                began = time.perf_counter()
                screen.query_one("#log-search", Input).value = word[:end]
                await _until(lambda wanted=word[:end]: wanted in shown)
                searched.append((time.perf_counter() - began) * 1000)
            shown.clear()
    return _p95(paged), _p95(searched)


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
