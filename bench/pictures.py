"""Take the README's pictures of the screens: `python -m bench.pictures docs/pictures`. SVG, from the sample log."""

import asyncio
import os
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from advisorlog import config
from advisorlog.tui.app import AdvisorlogApp
from advisorlog.workflow import capture, live, sample
from advisorlog.workflow.capture import Place

SIZE = (110, 32)
NOW = "2026-11-23T14:23:00-05:00"
LINES = (
    "! Put the static cap first in every table; nobody believes an uncapped baseline. #expert-slack",
    "= OSDI on 10 December, with 16 H100 only",
    "+ 4.1 ± 0.7 points on top of the best static cap, eight seeds #expert-slack",
    "[] Section 5 with the H100 row @me ^2026-11-27",
    "~ 교수님은 64장까지 기다리자고 하실 것 같다",
)
MEETING = "2026-11-23-ruth-weekly"
PICTURES: dict[str, tuple[str, Callable[[AdvisorlogApp], None]]] = {
    "today": ("advisorlog-dark", lambda app: None),
    "meeting": ("advisorlog-dark", lambda app: app.show_meeting(MEETING)),
    "wrap-up": ("advisorlog-light", lambda app: app.wrap_up("2026-11-17-ruth-weekly")),
    "brief": ("advisorlog-light", lambda app: app.show_brief("series:ruth-weekly")),
    "idea": ("advisorlog-dark", lambda app: app.show_idea("expert-slack")),
}


async def take(log: Path, name: str, folder: Path) -> None:
    theme, go = PICTURES[name]
    app = AdvisorlogApp(replace(config.load(str(log)), theme=theme))
    async with app.run_test(size=SIZE) as pilot:
        await _calm(app, pilot.pause)
        go(app)
        await _calm(app, pilot.pause)
        if name == "meeting":
            await pilot.press(*("space" if letter == " " else letter for letter in "! compare with #dri"))
            await _calm(app, pilot.pause)
        # Without the font's address: whoever looks at the picture shall not be made to fetch anything.
        drawn = re.sub(r"@font-face\s*{[^}]*}", "", app.export_screenshot())
        (folder / f"{name}.svg").write_text(drawn, encoding="utf-8")


async def _calm(app: AdvisorlogApp, pause: Callable[..., object]) -> None:
    for _ in range(5):
        await asyncio.sleep(0.2)
        waiting = pause()
        assert asyncio.iscoroutine(waiting)
        await waiting


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    settings = replace(config.load(), zone="America/Detroit")
    log = sample.log(settings)
    os.environ["ADVISORLOG_NOW"] = NOW
    os.environ["TZ"] = "America/Detroit"
    now = config.now("America/Detroit")
    assert live.begin_with(log, now, "ruth-weekly") == MEETING
    capture.capture(log, LINES, Place(now, MEETING), now)
    for name in PICTURES:
        asyncio.run(take(log, name, folder))


main()
