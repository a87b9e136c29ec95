"""People and series: with whom one meets, what each advised, promised and was told."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from advisorlog.domain.kinds import EntryKind, Role
from advisorlog.domain.moments import Moment
from advisorlog.domain.recurrence import in_words
from advisorlog.store.reading import actions, browsing, documents, meetings, people
from advisorlog.store.reading.rows import Action, Entry, Meeting, Person, Sent, Series
from advisorlog.tui import making, promises, showing
from advisorlog.tui.dialogs import Choice, Choose
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.record_list import RecordList, Row
from advisorlog.tui.widgets.top_bar import TopBar
from advisorlog.workflow import coming

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Everybody:
    """The series with their last and next meetings, and all people."""

    now: Moment
    series: tuple[tuple[Series, Meeting | None, Moment | None], ...]
    people: tuple[Person, ...]


class PeopleScreen(RecordScreen[Any]):
    """What can be made from here."""

    BINDINGS = [
        Binding("n", "new_series", "New series", id="people.new_series"),
        Binding("N", "new_person", "New person", id="people.new_person"),
        Binding("p", "project", "Project", id="people.project", tooltip="its pitch, its goal, its terms"),
        Binding("P", "new_project", "New project", id="people.new_project", show=False),
    ]

    def action_new_series(self) -> None:
        self.later(lambda: making.new_series(self))

    def action_new_person(self) -> None:
        self.later(lambda: making.new_person(self))

    def action_new_project(self) -> None:
        self.later(lambda: making.new_project(self))

    def action_project(self) -> None:
        self.later(lambda: making.edit_project(self))


class People(PeopleScreen):
    """Series at the left, people at the right."""

    def compose(self) -> ComposeResult:
        yield TopBar("people")
        with Horizontal(classes="halves"):
            with Vertical():
                yield Static("Series", classes="heading -first")
                yield RecordList(f"No series yet. {self.key('people.new_series')} makes one.", id="series")
            with Vertical():
                yield Static("People", classes="heading -first")
                yield RecordList("Nobody yet.", id="people")
        yield KeyBar()

    def read(self, connection: sqlite3.Connection) -> Everybody:
        now = self.desk.now()
        found = [
            (
                series,
                next(iter(meetings.last_held(connection, series.id, now)), None),
                coming.next_starts(connection, series, now),
            )
            for series in people.all_series(connection)
        ]
        return Everybody(now, tuple(found), tuple(people.people(connection)))

    def show(self, found: Everybody) -> None:
        self.query_one("#series", RecordList).fill([_series(*each, found.now) for each in found.series])
        self.query_one("#people", RecordList).fill([_person(person) for person in found.people])
        if self.focused is None:
            self.query_one("#series", RecordList).focus()

    @on(RecordList.Opened, "#series")
    def _open_series(self, event: RecordList.Opened) -> None:
        self.advisorlog.push_screen(SeriesPage(event.key))

    @on(RecordList.Opened, "#people")
    def _open_person(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_person(event.key)


def _series(series: Series, last: Meeting | None, starts: Moment | None, now: Moment) -> Row:
    with_whom = ", ".join(person.name for person in series.people)
    parts = [showing.line(series.title, "bold"), showing.line(f"  {series.role}  {with_whom}", showing.QUIET)]
    told = [f"last {last.starts.day}"] if last else ["no meeting yet"]
    told += [f"next {starts.day}"] if starts else []
    parts.append(showing.words("\n" + ", ".join(told), showing.QUIET))
    return Row(
        series.slug,
        showing.Hanging(showing.words("↻" if series.rrule else "·", showing.STRONG), showing.joined(*parts), 2),
    )


def _person(person: Person) -> Row:
    handle = showing.line(f"@{person.handle}", showing.QUIET)
    is_named = person.name != person.handle  # as I am not, until I say who I am
    name = showing.joined(showing.line(person.name, "bold"), "  ", handle) if is_named else handle
    return Row(person.handle, showing.Hanging(showing.words("me" if person.is_me else "", showing.STRONG), name, 3))


class SeriesPage(PeopleScreen):
    """A series and all its meetings."""

    BINDINGS = [
        Binding("escape", "dismiss_screen", "Back", id="series.leave"),
        Binding("b", "brief", "Brief", id="series.brief"),
        Binding("m", "meet", "Begin now", id="series.meet"),
        Binding("e", "edit", "Edit", id="series.edit", tooltip="its name, with whom it is, and when"),
        Binding("f", "pack", "Feedback pack", id="series.pack", tooltip="feedback and what to learn, for a mentee"),
    ]

    def __init__(self, slug: str) -> None:
        super().__init__()
        self.slug = slug
        self.found: Series | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a mentee gets a pack."""
        return action != "pack" or (self.found is not None and self.found.role is Role.MENTEE)

    def action_edit(self) -> None:
        if (series := self.found) is not None:
            self.later(lambda: making.edit_series(self, series))

    def action_pack(self) -> None:
        self.later(self._pack)

    async def _pack(self) -> None:
        from advisorlog.tui.screens.pack import PackScreen

        assert self.found is not None
        whom = [person for person in self.found.people if not person.is_me]
        choices = [Choice(person.handle, person.name) for person in whom]
        chosen = choices[0].key if len(choices) == 1 else None
        if chosen is None and choices:
            chosen = await self.advisorlog.push_screen_wait(Choose("A pack for whom?", choices))
        if chosen is not None:
            self.advisorlog.push_screen(PackScreen(chosen))

    def compose(self) -> ComposeResult:
        yield TopBar("people")
        yield Static(id="person-facts")
        yield RecordList(f"No meeting yet. {self.key('series.meet')} begins one.", id="meetings")
        yield KeyBar()

    def read(self, connection: sqlite3.Connection) -> tuple[Series, list[Meeting]]:
        series = people.series(connection, self.slug)
        return series, meetings.meetings(connection, series.id, limit=SHOWN)

    def show(self, found: tuple[Series, list[Meeting]]) -> None:
        series, held = found
        self.found = series
        self.refresh_bindings()
        facts = showing.joined(
            showing.words(" "), showing.line(series.title, "bold"),
            showing.line(f"  {series.role}  {', '.join(person.name for person in series.people)}", showing.QUIET),
            showing.words(_rhythm(series), showing.QUIET),
        )  # fmt: skip
        self.query_one("#person-facts", Static).update(facts)
        today = self.desk.now().day
        rows = [
            Row(
                each.slug,
                showing.Hanging(
                    showing.words(showing.short_day(each.starts.day, today), showing.QUIET),
                    showing.line(each.title or "; ".join(each.agenda) or each.name),
                    18,
                    showing.words(str(each.status), showing.STRONG if each.status == "planned" else showing.QUIET),
                ),
            )
            for each in held
        ]
        self.query_one("#meetings", RecordList).fill(rows)
        if self.focused is None:
            self.query_one("#meetings", RecordList).focus()

    @on(RecordList.Opened, "#meetings")
    def _open(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_meeting(event.key)

    def action_brief(self) -> None:
        self.advisorlog.show_brief(f"series:{self.slug}")

    def action_meet(self) -> None:
        self.advisorlog.begin_with(self.slug)

    def action_dismiss_screen(self) -> None:
        self.leave()


def _rhythm(series: Series) -> str:
    """How often it meets, and at what time: `  every Tuesday, 14:00`."""
    if series.rrule is None or series.starts is None:
        return "  now and then"
    return f"  {in_words(series.rrule)}, {showing.clock(series.starts)}"


@dataclass(frozen=True, slots=True)
class Dossier:
    """A person: what they said, what is promised between us, and what they were sent."""

    now: Moment
    person: Person
    said: tuple[Entry, ...]
    promised: tuple[Action, ...]
    sent: tuple[Sent, ...]
    is_mentee: bool


class PersonPage(PeopleScreen):
    """What a person advised, promised and was told."""

    BINDINGS = [
        Binding("escape", "dismiss_screen", "Back", id="person.leave"),
        Binding("t", "told", "Was told", id="person.told", tooltip="what they were told, and when"),
        Binding("e", "edit", "Edit", id="person.edit", tooltip="name, handle, e-mail, and a note of your own"),
        Binding("f", "pack", "Feedback pack", id="person.pack", tooltip="feedback and what to learn, for a mentee"),
    ]

    def __init__(self, handle: str) -> None:
        super().__init__()
        self.handle = handle
        self.found: Dossier | None = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a mentee gets a pack."""
        return action != "pack" or (self.found is not None and self.found.is_mentee)

    def action_edit(self) -> None:
        self.later(self._edit)

    async def _edit(self) -> None:
        if self.found is not None:
            self.handle = await making.edit_person(self, self.found.person)
            self.reload()

    def action_told(self) -> None:
        from advisorlog.tui.screens.told import ToldScreen

        self.advisorlog.push_screen(ToldScreen(self.handle))

    def action_pack(self) -> None:
        from advisorlog.tui.screens.pack import PackScreen

        self.advisorlog.push_screen(PackScreen(self.handle))

    def compose(self) -> ComposeResult:
        yield TopBar("people")
        yield Static(id="person-facts")
        with Horizontal(classes="halves"):
            with Vertical():
                yield Static("Said", classes="heading -first")
                yield RecordList("Nothing is written down.", id="person-said")
            with Vertical():
                yield Static("Promised", classes="heading -first")
                yield RecordList("Nothing is open.", id="person-promised")
                yield Static("Was told", classes="heading")
                yield RecordList("No document was sent to them.", id="person-sent")
        yield KeyBar()

    def read(self, connection: sqlite3.Connection) -> Dossier:
        now = self.desk.now()
        person = people.person(connection, self.handle)
        promised = [each for each in actions.open_actions(connection, now) if each.owner_id == person.id]
        sent = [each for each in documents.all_sent(connection, 500) if person.name in each.to.split(", ")]
        said = browsing.page(connection, browsing.Sieve(person=person.id), 0, SHOWN)
        mentored = (each.people for each in people.all_series(connection) if each.role is Role.MENTEE)
        is_mentee = any(each.id == person.id for together in mentored for each in together)
        return Dossier(now, person, tuple(said), tuple(promised), tuple(sent), is_mentee)

    def show(self, found: Dossier) -> None:
        self.found = found
        self.refresh_bindings()
        person, today = found.person, found.now.day
        about = f"  @{person.handle}" + (f"  {person.email}" if person.email else "")
        advice = sum(1 for entry in found.said if entry.kind is EntryKind.ADVICE)
        counted = (
            f"{showing.counted(advice, 'piece')} of advice",
            showing.counted(len(found.promised), "open promise"),
            showing.counted(len(found.sent), "document"),
        )
        counts = "  " + ", ".join(counted)
        facts = showing.joined(
            showing.words(" "), showing.line(person.name, "bold"), showing.line(about + counts, showing.QUIET),
            showing.words("\n " if person.note else ""), showing.line(person.note or "", showing.QUIET),
        )  # fmt: skip
        self.query_one("#person-facts", Static).update(facts)
        self.query_one("#person-said", RecordList).fill([_said(entry, found.now) for entry in found.said])
        self.query_one("#person-promised", RecordList).fill(
            [
                Row(
                    str(each.id),
                    showing.Hanging(showing.due(each.due, today), showing.told(each.text, each.opened.day), 12),
                )
                for each in found.promised
            ]
        )
        self.query_one("#person-sent", RecordList).fill(
            [
                Row(
                    str(each.id),
                    showing.Hanging(showing.words(str(each.sent.day), showing.QUIET), showing.line(each.title), 12),
                )
                for each in found.sent
            ]
        )
        if self.focused is None:
            self.query_one("#person-said", RecordList).focus()

    @on(RecordList.Opened, "#person-said")
    def _open_line(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_entry(int(event.key))

    @on(RecordList.Opened, "#person-promised")
    def _open_promise(self, event: RecordList.Opened) -> None:
        promises.choose(self, int(event.key))

    @on(RecordList.Opened, "#person-sent")
    def _open_sent(self, event: RecordList.Opened) -> None:
        self.advisorlog.show_sent(int(event.key))

    def action_dismiss_screen(self) -> None:
        self.leave()


def _said(entry: Entry, now: Moment) -> Row:
    text: Content = showing.line(entry.text, showing.PRIVATE if entry.is_private else "")
    trail = showing.words(showing.short_day(entry.said.day, now.day)[4:], showing.QUIET)
    return Row(str(entry.id), showing.Hanging(showing.sign(entry.kind, private=entry.is_private), text, 2, trail))
