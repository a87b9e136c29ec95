"""How sure one is, said on whichever screen: a percent, and what it rests on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from advisorlog.errors import AdvisorlogError
from advisorlog.tui import asking
from advisorlog.tui.dialogs import Answers, Ask
from advisorlog.tui.screen import RecordScreen

if TYPE_CHECKING:
    from advisorlog.workflow.ideas import Moved


def percent(typed: str) -> int:
    """A confidence as typed. Raises AdvisorlogError."""
    number = typed.strip().removesuffix("%").strip()
    if not number.isdecimal() or int(number) > 100:
        raise AdvisorlogError(f"“{typed}” is no confidence", "Say a whole percent from 0 to 100")
    return int(number)


def percent_if_said(typed: str) -> int | None:
    return percent(typed) if typed else None


async def note(screen: RecordScreen[Any], question: Ask, slug: str) -> None:
    """Ask with fields `percent`, `because` and `evidence`, and note it; without a because it is a mood."""

    def work(answer: Answers) -> "Moved":
        evidence = answer.get("evidence", "").split()
        return _set(screen, slug, percent(answer["percent"]), answer["because"], evidence)

    await asking.change(screen, question, work, _told)


def keep(screen: RecordScreen[Any], slug: str, sure: int, because: str, evidence: Sequence[str]) -> None:
    """Note a confidence that was worked out."""
    screen.change(lambda: _set(screen, slug, sure, because, evidence), said=_told)


def _set(screen: RecordScreen[Any], slug: str, sure: int, because: str, evidence: Sequence[str]) -> "Moved":
    from advisorlog.workflow import ideas

    reason = ideas.Reason(because, evidence, mood=not because)
    return ideas.set_confidence(screen.desk.settings.log, screen.desk.now(), slug, sure, reason)


def _told(moved: "Moved") -> str:
    return f"#{moved.slug}: {moved.before or 'new'} → {moved.after}"
