"""What one does with a meeting's agenda: a point more, in other words, taken out, ticked off."""

import json
from typing import Any

from advisorlog.tui.dialogs import Ask, Field
from advisorlog.tui.meeting_rows import Live
from advisorlog.tui.screen import RecordScreen


def new(screen: RecordScreen[Any], slug: str) -> None:
    """Ask for a point, and put it at the end."""

    async def run() -> None:
        question = Field("point", "What is to be dealt with?", needed=True)
        answer = await screen.advisorlog.push_screen_wait(Ask("Agenda", [question]))
        if answer is None:
            return
        from advisorlog.workflow import meetings

        desk = screen.desk
        screen.change(
            lambda: meetings.add_to_agenda(desk.settings.log, desk.now(), slug, [answer["point"]]), said="Added"
        )

    screen.later(run)


def edit(screen: RecordScreen[Any], slug: str, point: str) -> None:
    """Ask for other words for a point."""

    async def run() -> None:
        question = Field("point", "What is to be dealt with?", "", point, True)
        answer = await screen.advisorlog.push_screen_wait(Ask("Agenda", [question]))
        if answer is None:
            return
        _reword(screen, slug, point, answer["point"], "Changed")

    screen.later(run)


def remove(screen: RecordScreen[Any], slug: str, point: str) -> None:
    """Take a point out; one key brings it back."""
    _reword(screen, slug, point, "", f"Taken out. {screen.key('undo')} brings it back")


def _reword(screen: RecordScreen[Any], slug: str, before: str, after: str, said: str) -> None:
    from advisorlog.workflow import meetings

    desk = screen.desk
    screen.change(lambda: meetings.reword_agenda(desk.settings.log, desk.now(), slug, before, after), said=said)


def tick(screen: RecordScreen[Any], found: Live, point: str) -> None:
    """Dealt with, or not: kept beside the log's history, since an agenda is no evidence."""
    from advisorlog.workflow import drafting

    desk, ticked = screen.desk, found.dealt_with ^ {point}
    text = json.dumps(sorted(ticked), ensure_ascii=False) if ticked else ""
    screen.change(lambda: drafting.keep(desk.settings.log, desk.now(), f"agenda:{found.meeting.id}", text))
