"""Keeping a file with what is on the screen: the photograph of the whiteboard, by its path."""

from pathlib import Path
from typing import Any

from advisorlog.errors import AdvisorlogError
from advisorlog.tui import asking
from advisorlog.tui.dialogs import Answers, Ask, Field
from advisorlog.tui.screen import RecordScreen

ABOUT = "A copy is kept beside the log. It is private until you open it."


async def attach(screen: RecordScreen[Any], target: str | None) -> None:
    """Ask for a file, and attach it to a record (as one types its name), else to the meeting under way or the last."""
    from advisorlog.domain.inert import inert_line
    from advisorlog.domain.kinds import Visibility
    from advisorlog.workflow import attaching as work

    log, now = screen.desk.settings.log, screen.desk.now()
    found = await screen.desk.read(lambda connection: work.resolve(connection, target, now))
    where = f"line {found.name}" if found.is_line else found.name
    # A line is its own caption.
    caption = [] if found.is_line else [Field("caption", "A caption, if it needs one: a line of the log", "+ The knee")]

    def keep(answer: Answers) -> str:
        path = dropped(answer["file"])
        manner = work.Manner(target, answer.get("caption") or None, Visibility.PRIVATE, origin="tui")
        (result,) = work.attach(log, now, [work.given(path)], manner)
        if isinstance(result, work.Refused):
            raise AdvisorlogError(f"“{inert_line(str(path))}” was not attached: {result.why}", "Name another file")
        return result.attachment.name

    fields = [Field("file", "Which file?", "~/board.jpg", needed=True), *caption]
    question = Ask(f"Attach a file to {where}", fields, ABOUT, does="attach it")
    await asking.change(screen, question, keep, lambda name: f"{name} is kept. {screen.undo_key()} takes it back")


def dropped(typed: str) -> Path:
    """The path that was typed, or that the terminal wrote when a file was dropped on it: quoted, or its blanks with
    backslashes."""
    path = typed.strip()
    if len(path) > 1 and path[0] == path[-1] and path[0] in "'\"":
        path = path[1:-1]
    elif not Path(path).expanduser().exists():
        path = path.replace("\\ ", " ")
    return Path(path).expanduser()
