"""How a captured line and a promise are shown."""

from collections.abc import Iterable
from typing import Any

import click

from advisorlog.cli.output import day, one_line, plain, print_heading
from advisorlog.domain.kinds import ActionState, EntryKind
from advisorlog.domain.media import size_said
from advisorlog.store.reading.rows import Action, Attachment, Entry

LEFT_OUT = "{} not shown; --private shows them."


def entry_line(entry: Entry, action: Action | None = None) -> str:
    """`  12  advice    Ann Advisor: Compare against DVFS`, with `~` before what is private."""
    kind = "TODO" if entry.kind is EntryKind.TODO else str(entry.kind)
    private = "~ " if entry.is_private else ""
    speaker = f"{one_line(entry.speaker_name or '')}: " if entry.speaker and not entry.said_by_me else ""
    state = f"  ({standing(action)})" if action else ""
    return f"{click.style(f'{entry.id:>5}', dim=True)}  {kind:<10} {private}{speaker}{one_line(entry.text)}{state}"


def standing(action: Action) -> str:
    """`TODO 3, due 2026-11-27, carried twice` in a few words."""
    parts = [f"TODO {action.id}"]
    if action.state is not ActionState.OPEN:
        parts.append(str(action.state))
    if action.is_open and action.due:
        parts.append(f"due {day(action.due)}")
    return ", ".join(parts)


def entry_json(entry: Entry) -> dict[str, Any]:
    return plain(entry, "is_private")


def action_json(action: Action) -> dict[str, Any]:
    return plain(action, "state", "is_open", "due", "times_carried")


def attachment_line(found: Attachment) -> str:
    """An attached file on one line, by the number that opens it."""
    private = "private " if found.is_private else ""
    return f"{private}attachment {found.id}, {one_line(found.name)} ({size_said(found.size)})"


def print_attached(found: Iterable[Attachment]) -> None:
    """The attached files of a record, under their heading; nothing where there are none."""
    for place, each in enumerate(found):
        if place == 0:
            print_heading("Attached")
        click.echo(attachment_line(each))
