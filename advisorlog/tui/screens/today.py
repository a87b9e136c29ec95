"""Today: the next meetings, what is promised, which ideas moved, and what waits in the inbox."""

import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from advisorlog.domain.moments import Moment
from advisorlog.store.reading import actions, entries, ideas
from advisorlog.store.reading.rows import Action, Entry, Idea, IdeaEvent
from advisorlog.tui import promises, showing
from advisorlog.tui.dialogs import Choice, Choose
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.record_list import RecordList, Row
from advisorlog.tui.widgets.top_bar import TopBar
from advisorlog.workflow.coming import Coming, coming

LATELY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the screen shows, as of `now`."""

    now: Moment
    coming: tuple[Coming, ...]
    promises: tuple[Action, ...]
    moved: tuple[tuple[Idea, IdeaEvent], ...]
    inbox: tuple[Entry, ...]


class Today(RecordScreen[Standing]):
    """The screen that advisorlog opens with."""

    CSS_PATH = None
    BINDINGS = [
        Binding("m", "meet", "Meeting", id="today.meet"),
        Binding("b", "brief", "Brief", id="today.brief"),
        Binding("w", "wrap_up", "Wrap up", id="today.wrap_up"),
        Binding("d", "done", "Done", id="action.done", show=False),
        Binding("c", "carry", "Carry", id="action.carry", show=False),
        Binding("x", "drop", "Drop", id="action.drop", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield TopBar("today")
        with Container(id="today"):
            yield Static("Coming", classes="heading -first")
            yield RecordList("No meeting is planned. m begins one with a series of yours.", id="coming")
            with Horizontal(id="today-columns"):
                with Vertical(id="promised"):
                    yield Static("Promised", classes="heading", id="promised-heading")
                    yield RecordList(
                        "Nothing is promised. `[] text @who ^fri` in a meeting makes a TODO.", id="promises"
                    )
                with Vertical(id="beside"):
                    yield Static("Ideas that moved", classes="heading")
                    yield RecordList("No idea moved in the last two weeks.", id="moved")
                    yield Static("Inbox", classes="heading")
                    yield RecordList("Empty. a adds a line outside any meeting.", id="inbox")
        yield Footer()

    def read(self, connection: sqlite3.Connection) -> Standing:
        now = self.desk.now()
        since = Moment(now.at - LATELY, now.zone)
        known = {idea.id: idea for idea in ideas.ideas(connection, now)}
        last = {
            event.idea_id: event for event in ideas.events(connection, ideas.moved_between(connection, since, now), now)
        }
        moved = sorted(last.values(), key=lambda event: event.when.at, reverse=True)
        return Standing(
            now,
            tuple(coming(connection, now)),
            tuple(actions.open_actions(connection, now)),
            tuple((known[event.idea_id], event) for event in moved if event.idea_id in known),
            tuple(entries.inbox(connection, since, now, 50)),
        )

    def show(self, found: Standing) -> None:
        today = found.now.day
        self.query_one("#coming", RecordList).fill([_meeting(each, found.now) for each in found.coming])
        self.query_one("#promises", RecordList).fill(_promises(found.promises, today))
        self.query_one("#moved", RecordList).fill([_idea(idea, event) for idea, event in found.moved])
        self.query_one("#inbox", RecordList).fill([_line(entry, today) for entry in found.inbox])
        late = sum(1 for action in found.promises if action.due and action.due < today)
        heading = f"Promised: {len(found.promises)} open" + (f", {late} late" if late else "")
        self.query_one("#promised-heading", Static).update(showing.words(heading))
        if self.focused is None:
            self.query_one("#promises" if found.promises else "#coming", RecordList).focus()

    @on(RecordList.Opened, "#coming")
    def _open_meeting(self, event: RecordList.Opened) -> None:
        self._begin(event.key)

    @on(RecordList.Opened, "#moved")
    def _open_idea(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_idea(event.key)

    @on(RecordList.Opened, "#promises")
    def _open_promise(self, event: RecordList.Opened) -> None:
        promises.choose(self, int(event.key))

    @on(RecordList.Opened, "#inbox")
    def _open_line(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_entry(int(event.key))

    def action_meet(self) -> None:
        chosen = self.query_one("#coming", RecordList).chosen
        if self.query_one("#coming", RecordList).has_focus and chosen:
            self._begin(chosen)
            return
        self.later(self._choose_meeting())

    async def _choose_meeting(self) -> None:
        choices = await self.desk.read(self._series_to_meet)
        if not choices:
            self.tell("There is no series yet: ctrl+p, “New series”, makes one")
            return
        chosen = await self.advisorlog.push_screen_wait(Choose("Begin a meeting", choices))
        if chosen:
            self._begin(chosen)

    def _series_to_meet(self, connection: sqlite3.Connection) -> list[Choice]:
        from advisorlog.store.reading import people

        now = self.desk.now()
        near = [
            Choice(each.key, each.name, "under way" if each.is_under_way else showing.distance(each.starts.at, now.at))
            for each in coming(connection, now)
            if each.meeting is not None and abs(each.starts.at - now.at) < timedelta(hours=12)
        ]
        return near + [Choice(f"series:{series.slug}", series.title, "now") for series in people.all_series(connection)]

    def _begin(self, key: str) -> None:
        record, _, name = key.partition(":")
        if record == "meeting":
            self.advisorlog.show_meeting(name)
        else:
            self.advisorlog.begin_with(name)

    def action_brief(self) -> None:
        chosen = self.query_one("#coming", RecordList)
        self.advisorlog.show_brief(chosen.chosen if chosen.has_focus else None)

    def action_wrap_up(self) -> None:
        self.advisorlog.wrap_up(None)

    def _promise(self) -> int | None:
        chosen = self.query_one("#promises", RecordList)
        return int(chosen.chosen) if chosen.has_focus and chosen.chosen else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("done", "carry", "drop"):
            return self._promise() is not None
        return True

    def action_done(self) -> None:
        if (number := self._promise()) is not None:
            promises.done(self, number)

    def action_carry(self) -> None:
        if (number := self._promise()) is not None:
            promises.carry(self, number)

    def action_drop(self) -> None:
        if (number := self._promise()) is not None:
            promises.drop(self, number)


def _meeting(each: Coming, now: Moment) -> Row:
    when = "now" if each.is_under_way else showing.distance(each.starts.at, now.at)
    at = f"{showing.short_day(each.starts.day, now.day)} {showing.clock(each.starts)}"
    ready = (
        showing.words(f"brief sent {showing.short_day(each.brief.sent.day, now.day)}", showing.QUIET)
        if each.brief is not None
        else showing.words("no brief yet", "$warning" if each.starts.at - now.at < timedelta(days=1) else showing.QUIET)
    )
    about = showing.joined(showing.line(each.name), showing.words(f"  {at}", showing.QUIET))
    lead = showing.words(when, showing.STRONG if each.is_under_way else "bold")
    return Row(each.key, showing.Hanging(lead, about, 15, ready))


def _promises(found: tuple[Action, ...], today: date) -> list[Row]:
    """By owner, mine first; late ones before the others."""
    owners = dict.fromkeys(
        (action.is_mine, action.owner_name or "nobody") for action in sorted(found, key=lambda each: not each.is_mine)
    )
    rows: list[Row] = []
    for is_mine, name in owners:
        of_owner = [each for each in found if each.is_mine == is_mine and (each.owner_name or "nobody") == name]
        rows.append(Row(None, showing.line("Me" if is_mine else name, "bold")))
        rows += [_promise(each, today) for each in sorted(of_owner, key=lambda each: each.due or date.max)]
    return rows


def _promise(action: Action, today: date) -> Row:
    private = action.visibility == "private"
    carried = f" ({action.times_carried}× put off)" if action.times_carried else ""
    text = showing.joined(
        showing.told(action.text, action.opened.day, showing.PRIVATE if private else ""),
        showing.words(carried, showing.QUIET),
    )
    return Row(str(action.id), showing.Hanging(showing.due(action.due, today), text, 12))


def _idea(idea: Idea, event: IdeaEvent) -> Row:
    moved = _moved(event)
    private = idea.visibility == "private"
    return Row(
        idea.slug,
        showing.Hanging(
            showing.words(showing.STATUS_SIGN[idea.status] if idea.status else "·", "$accent"),
            showing.line(idea.title, showing.PRIVATE if private else ""),
            2,
            moved,
        ),
    )


def _moved(event: IdeaEvent) -> Content:
    told = [str(event.status)] if event.status else []
    told += [f"{event.confidence}%"] if event.confidence is not None else []
    return showing.words(" ".join(told), showing.QUIET)


def _line(entry: Entry, today: date) -> Row:
    body = showing.line(entry.text, showing.PRIVATE if entry.is_private else "")
    return Row(str(entry.id), showing.Hanging(showing.sign(entry.kind, private=entry.is_private), body, 2))
