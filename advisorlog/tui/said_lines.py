"""What one does with a line that was said, from whichever screen shows it: another kind, private, gone."""

from collections.abc import Callable, Sequence
from typing import Any

from advisorlog.domain.kinds import EntryKind
from advisorlog.tui import showing
from advisorlog.tui.dialogs import Choice, Choose
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.capture_line import kinds_to_choose


def retag(screen: RecordScreen[Any], number: int, then: Callable[[int], None] | None = None) -> None:
    """Ask for another kind, and make the line that; `then` gets its number, which may be a new one."""

    async def run() -> None:
        choices = [Choice(kind, f"{showing.SIGN[kind]} {kind}") for kind in kinds_to_choose()]
        kind = await screen.advisorlog.push_screen_wait(Choose("What is it?", choices))
        if kind is None:
            return
        from advisorlog.workflow import entries

        desk = screen.desk
        screen.change(
            lambda: entries.retag(desk.settings.log, desk.now(), number, EntryKind(kind)), then, f"Now a {kind}"
        )

    screen.later(run)


def hide(screen: RecordScreen[Any], number: int) -> None:
    """Private, or open again."""
    from advisorlog.workflow import entries

    desk = screen.desk
    screen.change(
        lambda: entries.hide(desk.settings.log, desk.now(), number),
        said=lambda entry: "Private: it leaves the log in no document" if entry.is_private else "No longer private",
    )


def remove(screen: RecordScreen[Any], number: int) -> None:
    """Deleted, and undone by one key."""
    from advisorlog.workflow import entries

    desk, undo = screen.desk, screen.key("undo")
    screen.change(lambda: entries.remove(desk.settings.log, desk.now(), number), said=f"Deleted. {undo} brings it back")


GUESS = "was it because of ...? A guess to test with them"


def guess_why(screen: RecordScreen[Any], advice: int) -> None:
    """Make the question "Is it because of A and B ...?" about a piece of advice, from what the record offers."""
    from advisorlog.workflow import guesses

    desk = screen.desk
    screen.change(lambda: guesses.new(desk.settings.log, desk.now(), advice, ()), said=lambda made: made.question)


def make_named(screen: RecordScreen[Any], wanted: Sequence[tuple[str, str]]) -> None:
    """Make the ideas (`#`) and people (`@`) that lines named and the log doesn't know."""

    def make() -> list[str]:
        from advisorlog.workflow import ideas, people

        desk, made = screen.desk, list[str]()
        for mark, name in wanted:
            title = name.replace("-", " ").replace("_", " ").capitalize()
            if mark == "#":
                ideas.new(desk.settings.log, desk.now(), title, name, ideas.IdeaFields(), ideas.Beginning())
            else:
                people.new(desk.settings.log, desk.now(), title, name, people.PersonFields())
            made.append(f"{mark}{name}")
        return made

    screen.change(make, said=lambda made: f"New in the log: {', '.join(made)}")
