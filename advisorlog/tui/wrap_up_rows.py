"""What the wrap-up's screen shows, and how each of its rows reads."""

import sqlite3
from dataclasses import dataclass

from textual.content import Content

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.moments import Moment
from advisorlog.store.reading import actions, entries, ideas, meetings
from advisorlog.store.reading.rows import Action, Entry, Idea, Meeting
from advisorlog.tui import showing
from advisorlog.tui.widgets.record_list import Row

WORTH_TAKING = (EntryKind.DECISION, EntryKind.ADVICE, EntryKind.RESULT, EntryKind.ANSWER, EntryKind.WIN)
EXPECT = "expect"


@dataclass(frozen=True, slots=True)
class Wrapping:
    """A meeting that is being wrapped up."""

    now: Moment
    meeting: Meeting
    entries: tuple[Entry, ...]
    actions: tuple[Action, ...]
    ideas: tuple[Idea, ...]

    @property
    def takeaways(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.kind is EntryKind.TAKEAWAY]

    @property
    def worth_taking(self) -> list[Entry]:
        taken = {entry.text for entry in self.takeaways}
        return [
            entry for entry in self.entries
            if entry.kind in WORTH_TAKING and not entry.is_private and entry.text not in taken
        ]  # fmt: skip


def read(connection: sqlite3.Connection, slug: str, now: Moment) -> Wrapping:
    """A meeting as it is to be wrapped up, with the ideas that were named in it."""
    meeting = meetings.meeting(connection, slug)
    said = entries.of_meetings(connection, [meeting.id])
    named = {idea_id for found in entries.ideas_of(connection, [e.id for e in said]).values() for idea_id in found}
    return Wrapping(
        now,
        meeting,
        tuple(said),
        tuple(actions.of_meetings(connection, [meeting.id], now)),
        tuple(idea for idea in ideas.ideas(connection, now) if idea.id in named),
    )


def taken(entry: Entry) -> Row:
    """A takeaway; choosing it gives it back."""
    mark = showing.words("✓", showing.STRONG)
    text = showing.line(entry.text, showing.PRIVATE if entry.is_private else "bold")
    note = showing.words("  private: not in the summary", showing.QUIET) if entry.is_private else Content("")
    return Row(f"taken:{entry.id}", showing.Hanging(mark, showing.joined(text, note), 2))


def offered(entry: Entry) -> Row:
    """What was said and may become a takeaway."""
    return Row(
        f"offered:{entry.id}", showing.Hanging(showing.sign(entry.kind), showing.line(entry.text, showing.QUIET), 2)
    )


def todo(action: Action, now: Moment) -> Row:
    """A TODO: whose, until when, and what it lacks."""
    facts = [showing.line(action.owner_name or "nobody", "" if action.owner_name else "$warning")]
    facts.append(
        showing.due(action.due, now.day) if action.is_open else showing.words(str(action.state), showing.QUIET)
    )
    if not action.done_test:
        facts.append(showing.words("no test for done", "$warning"))
    if not action.root_id:
        facts.append(showing.words("no takeaway", "$warning"))
    style = showing.PRIVATE if action.visibility == "private" else ""
    body = showing.joined(showing.line(showing.task(action), style), "  ", Content(" · ").join(facts))
    sign = "□" if action.is_open else "✓"
    return Row(str(action.id), showing.Hanging(showing.words(sign, showing.STRONG), body, 2))


def expected(meeting: Meeting) -> Row:
    """What they can expect next time."""
    text = (
        showing.line(meeting.expect) if meeting.expect else showing.words("say what to expect next time", showing.QUIET)
    )
    mark = showing.words("✓" if meeting.expect else "·", showing.STRONG if meeting.expect else showing.QUIET)
    return Row(EXPECT, showing.Hanging(mark, text, 2))


def sure(idea: Idea) -> Row:
    """An idea that was named, and how sure one is of it."""
    style = showing.PRIVATE if idea.visibility == "private" else ""
    sure = showing.words(showing.percent(idea.confidence) or "how sure?", showing.QUIET)
    return Row(idea.slug, showing.Hanging(showing.words("%", showing.QUIET), showing.line(idea.title, style), 2, sure))
