"""A question whose answer is acted on while it still stands: what can't be done is said there, and nothing typed is
lost."""

from collections.abc import Callable
from typing import Any, TypeVar

from advisorlog.tui.dialogs import Answers, Ask
from advisorlog.tui.screen import RecordScreen

R = TypeVar("R")


async def ask(screen: RecordScreen[Any], question: Ask, read: Callable[[Answers], R]) -> R | None:
    """What `read` makes of the answers; it runs in a thread, and may raise AdvisorlogError. None where it was left."""
    results = await _results(screen, question, read)
    return results[0] if results else None


async def change(
    screen: RecordScreen[Any], question: Ask, work: Callable[[Answers], R], said: str | Callable[[R], str] = ""
) -> bool:
    """Change the log by the answers, say what was done and show it; whether it was done, and not left."""
    results = await _results(screen, question, work)
    if not results:
        return False
    if message := said(results[0]) if callable(said) else said:
        screen.tell(message)
    screen.reload()
    return True


async def _results(screen: RecordScreen[Any], question: Ask, work: Callable[[Answers], R]) -> list[R]:
    results: list[R] = []
    question.attempt = lambda answers: results.append(work(answers))
    await screen.advisorlog.push_screen_wait(question)
    screen.call_after_refresh(_pass_on, screen, question)
    return results


def _pass_on(screen: RecordScreen[Any], question: Ask) -> None:
    """Keys that came while the question was closing are for whatever is behind it."""
    for key in question.typed_ahead:
        screen.advisorlog.post_message(key)
    question.typed_ahead.clear()
