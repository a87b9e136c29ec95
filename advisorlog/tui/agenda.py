"""What one does with a meeting's agenda: a point more, in other words, taken out, ticked off."""

import json
from typing import Any

from advisorlog.tui import asking
from advisorlog.tui.dialogs import Ask, Field
from advisorlog.tui.meeting_rows import Live
from advisorlog.tui.screen import RecordScreen


def new(screen: RecordScreen[Any], slug: str) -> None:
    """Ask for a point, and put it at the end."""

    async def run() -> None:
        question = Field("point", "What is to be dealt with?", needed=True)
        from advisorlog.workflow import meetings

        log, now = screen.desk.settings.log, screen.desk.now()
        await asking.change(
            screen,
            Ask("Agenda", [question]),
            lambda answer: meetings.add_to_agenda(log, now, slug, [answer["point"]]),
        )

    screen.later(run)


def edit(screen: RecordScreen[Any], slug: str, point: str) -> None:
    """Ask for other words for a point."""

    async def run() -> None:
        question = Field("point", "What is to be dealt with?", "", point, True)
        from advisorlog.workflow import meetings

        log, now = screen.desk.settings.log, screen.desk.now()
        await asking.change(
            screen,
            Ask("Agenda", [question]),
            lambda answer: meetings.reword_agenda(log, now, slug, point, answer["point"]),
            "Changed",
        )

    screen.later(run)


def remove(screen: RecordScreen[Any], slug: str, point: str) -> None:
    """Take a point out; one key brings it back."""
    from advisorlog.workflow import meetings

    desk, undo = screen.desk, screen.key("undo")
    screen.change(
        lambda: meetings.reword_agenda(desk.settings.log, desk.now(), slug, point, ""),
        said=f"Taken out. {undo} brings it back",
    )


def tick(screen: RecordScreen[Any], found: Live, point: str) -> None:
    """Dealt with, or not: kept beside the log's history, since an agenda is no evidence."""
    from advisorlog.workflow import drafting

    desk, ticked = screen.desk, found.dealt_with ^ {point}
    text = json.dumps(sorted(ticked), ensure_ascii=False) if ticked else ""
    screen.change(lambda: drafting.keep(desk.settings.log, desk.now(), f"agenda:{found.meeting.id}", text))
