"""Pasted notes are stored as they are; what they seem to hold besides is offered, and looked at when the user likes."""

from collections.abc import Sequence
from typing import Any

from advisorlog.tui.screen import RecordScreen
from advisorlog.workflow import proposing


async def offer(screen: "RecordScreen[Any]", lines: Sequence[str], key: str) -> str:
    """Tell the user how many proposals the lines give, where they give any; the notes that were looked at."""
    notes = "\n".join(lines)
    found = await screen.desk.do(lambda: proposing.by_rules(screen.desk.settings, notes))
    unmarked = [each for each in found if not each.proposal.is_marked]
    if not unmarked:
        return ""
    look = "looks" if len(unmarked) == 1 else "look"
    screen.tell(f"{len(unmarked)} of these {look} like advice, decisions, TODOs ...: {key} goes through them.")
    return notes
