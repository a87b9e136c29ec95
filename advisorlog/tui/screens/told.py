"""What a person was told by the documents that were sent to them, and what has changed since."""

import sqlite3
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from advisorlog.documents import ledger
from advisorlog.documents.ledger import Difference, Fact
from advisorlog.domain.kinds import RecordKind
from advisorlog.domain.moments import Moment
from advisorlog.store.reading import people
from advisorlog.store.reading.rows import Person
from advisorlog.tui import promises, showing
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList, Row
from advisorlog.tui.widgets.top_bar import TopBar


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a person knows as of `now`, and where somebody else was told otherwise."""

    now: Moment
    person: Person
    facts: tuple[Fact, ...]
    differences: tuple[Difference, ...]


class ToldScreen(RecordScreen[Ledger]):
    """The context ledger of one person, what was told last first."""

    BINDINGS = [Binding("escape", "dismiss_screen", "Back", id="told.leave")]

    def __init__(self, handle: str) -> None:
        super().__init__()
        self.handle = handle

    def compose(self) -> ComposeResult:
        from advisorlog.tui.screens.brief import BriefScreen

        send = self.key("brief.send", BriefScreen)
        yield TopBar("people")
        yield Static(id="person-facts")
        yield RecordList(f"No document was sent to them. {send} on a brief keeps it as sent.", id="told")
        yield KeyBar()

    def read(self, connection: sqlite3.Connection) -> Ledger:
        now = self.desk.now()
        person = people.person(connection, self.handle)
        facts = ledger.facts(connection, person, now)
        return Ledger(now, person, tuple(facts), tuple(ledger.differences(connection, [person.id], now)))

    def show(self, found: Ledger) -> None:
        changed = sum(fact.has_changed for fact in found.facts)
        since = f"; {changed} changed since" if changed else ""
        about = f"  was told {showing.counted(len(found.facts), 'thing')}{since}"
        heading = showing.joined(
            showing.words(" "), showing.line(found.person.name, "bold"), showing.line(about, showing.QUIET)
        )
        self.query_one("#person-facts", Static).update(heading)
        rows = [_difference(each, found) for each in found.differences]
        self.query_one("#told", RecordList).fill([*rows, *(_fact(fact, found.now) for fact in found.facts)])
        if self.focused is None:
            self.query_one("#told", RecordList).focus()

    @on(RecordList.Opened, "#told")
    def _open(self, event: RecordList.Opened) -> None:
        record, number = event.key.split(":")[:2]
        if record == RecordKind.ACTION:
            promises.choose(self, int(number))
        elif record == RecordKind.IDEA:
            self.advisorlog.show_idea_by_id(int(number))
        elif record == RecordKind.ENTRY:
            self.advisorlog.show_entry(int(number))

    def action_dismiss_screen(self) -> None:
        self.leave()


def _difference(each: Difference, found: Ledger) -> Row:
    told = f"  {found.person.name} {each.mine}% ({each.told.day}), {each.other} {each.theirs}% ({each.told_other.day})"
    body = showing.joined(showing.line(each.idea.title), showing.line(told, "$warning"))
    return Row(f"{RecordKind.IDEA}:{each.idea.id}:other", showing.Hanging(showing.words("≠", "$warning"), body, 12))


def _fact(fact: Fact, now: Moment) -> Row:
    parts = [showing.line(fact.words)]
    if fact.then:
        parts.append(showing.line(f"  {fact.then}", showing.QUIET))
    if fact.has_changed:
        parts.append(showing.line(f"; now {fact.now}", "$warning"))
    lead = showing.words(showing.short_day(fact.last.day, now.day)[4:], showing.QUIET)
    trail = showing.words(f"{fact.times} times", showing.QUIET) if fact.times > 1 else None
    return Row(f"{fact.record}:{fact.record_id}", showing.Hanging(lead, showing.joined(*parts), 12, trail))
