"""The log: everything, newest first; filtered by kind, person, project, idea and time, and searched as one types."""

import sqlite3
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, Static

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.moments import Moment
from advisorlog.meaning.kept import VectorFile
from advisorlog.store.reading import ideas, people
from advisorlog.store.reading.browsing import Page, Sieve, Sifted, page_of, sift
from advisorlog.tui import asking, showing
from advisorlog.tui.dialogs import Ask, Choice, Choose, Field
from advisorlog.tui.screen import RecordScreen
from advisorlog.tui.widgets.entry_pages import PAGE, EntryPages
from advisorlog.tui.widgets.key_bar import KeyBar
from advisorlog.tui.widgets.line_input import LineInput
from advisorlog.tui.widgets.top_bar import TopBar

BY_MEANING = "~"
"""Before what is searched for: by meaning instead of by words."""
MOST_NEAR = 50


@dataclass(frozen=True, slots=True)
class Found:
    """What passes the sieve, and the page of it that comes into sight, by its number."""

    sifted: Sifted
    number: int
    page: Page


class Log(RecordScreen[Found]):
    """A hundred thousand lines are read a page at a time, as they come into sight."""

    BINDINGS = [
        Binding("slash", "search", "Search", key_display="/", id="log.search"),
        Binding("f", "filter", "Filter", id="log.filter"),
        Binding("r", "reset", "All", id="log.reset"),
        Binding("escape", "back", "Back", show=False, id="log.back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.sieve = Sieve()
        self._number = 0

    def compose(self) -> ComposeResult:
        yield TopBar("log")
        by_meaning = f"; {BY_MEANING} and a sentence, Enter: by meaning"
        has_vectors = VectorFile(self.desk.settings.log).exists
        yield LineInput(placeholder=f"/ searches{by_meaning * has_vectors}", id="log-search", compact=True)
        yield Static(id="log-sieve", classes="heading")
        yield EntryPages(f"Nothing here. {self.key('log.reset')} shows all lines.", id="pages")
        yield Static(id="log-detail")
        yield KeyBar()

    def reload(self) -> None:
        self._number = self.query_one(EntryPages).first_page(self.sieve)
        super().reload()

    def read(self, connection: sqlite3.Connection) -> Found:
        number, sifted = self._number, sift(connection, self.sieve)
        return Found(sifted, number, page_of(connection, sifted, number * PAGE, PAGE))

    def show(self, found: Found) -> None:
        sifted = found.sifted
        if sifted.sieve != self.sieve:
            return
        pages = self.query_one(EntryPages)
        pages.show(self.desk, sifted, found.number, found.page)
        told = [f"{sifted.total:,} lines", *sifted.sieve.told]
        self.query_one("#log-sieve", Static).update(showing.line("  ·  ".join(told), showing.QUIET), layout=False)
        if self.focused is None:
            pages.focus()

    @on(Input.Changed, "#log-search")
    def _searching(self, event: Input.Changed) -> None:
        self.sieve = self.sieve.worded(event.value)
        self.reload()

    @on(Input.Submitted, "#log-search")
    def _searched(self, event: Input.Submitted) -> None:
        """What begins with `~` is searched for by meaning, once Enter says that it is whole."""
        self.query_one(EntryPages).focus()
        sentence = event.value.lstrip().removeprefix(BY_MEANING).strip()
        if sentence and event.value.lstrip().startswith(BY_MEANING):
            self.later(lambda: self._near(sentence))

    async def _near(self, sentence: str) -> None:
        from advisorlog.store.search_filter import Filter
        from advisorlog.workflow.meaning import searching

        asked, settings = self.sieve, self.desk.settings
        only = Filter(frozenset(EntryKind), None, None, None, include_private=True)
        found = await self.desk.do(lambda: searching.like(settings, sentence, only, MOST_NEAR))
        if not found.near:
            self.tell("Nothing is near")
        elif self.sieve == asked:
            self.sieve = asked.near_to(tuple(each.hit.record_id for each in found.near), found.model)
            self.reload()

    @on(EntryPages.Moved)
    def _moved(self, event: EntryPages.Moved) -> None:
        entry = event.entry
        facts = [str(entry.kind), f"{entry.said.local:%Y-%m-%d %H:%M}"]
        facts += [entry.speaker_name] if entry.speaker_name else []
        facts += [entry.series_title] if entry.series_title else []
        facts.append(f"number {entry.id}")
        body = showing.lines(entry.text, showing.PRIVATE if entry.is_private else "")
        about = showing.line("  ·  ".join(facts), showing.QUIET)
        self.query_one("#log-detail", Static).update(Content("\n").join([about, body]), layout=False)

    @on(EntryPages.Opened)
    def _opened(self, event: EntryPages.Opened) -> None:
        if event.entry.meeting is not None:
            self.advisorlog.show_meeting(event.entry.meeting)
        else:
            self.advisorlog.show_entry(event.entry.id)

    def action_search(self) -> None:
        self.query_one("#log-search", Input).focus()

    def action_back(self) -> None:
        """Out of the search, then to all lines."""
        search = self.query_one("#log-search", Input)
        if search.has_focus:
            self.query_one(EntryPages).focus()
        elif self.sieve != Sieve():
            self.action_reset()
        else:
            self.advisorlog.switch_mode("today")

    def action_reset(self) -> None:
        self.query_one("#log-search", Input).value = ""
        self.sieve = Sieve()
        self.reload()

    def action_filter(self) -> None:
        self.later(self._filter)

    async def _filter(self) -> None:
        choices = [
            Choice("kind", "Kind", "advice, decision, question, ..."),
            Choice("person", "Person", "who said it"),
            Choice("project", "Project"),
            Choice("idea", "Idea", "lines that name it"),
            Choice("since", "Since", "a day: last-fri, 2w, 2026-01-01"),
        ]
        by = await self.advisorlog.push_screen_wait(Choose("Show only ...", choices))
        if by is None:
            return
        if by == "since":
            await self._since()
            return
        options = await self.desk.read(lambda connection: _options(connection, by, self.desk.now()))
        chosen = await self.advisorlog.push_screen_wait(Choose(f"Which {by}?", options)) if options else None
        if chosen is None:
            return
        label = next(option.label for option in options if option.key == chosen)
        self.sieve = self.sieve.only(by, chosen, label)
        self.reload()

    async def _since(self) -> None:
        from advisorlog.workflow.times import day_gone, start_of_day

        question = Ask("Show only lines since ...", [Field("day", "Day", "2w, last-fri", needed=True)])
        day = await asking.ask(self, question, lambda answer: day_gone(answer["day"], self.desk.now().day))
        if day is None:
            return
        self.sieve = self.sieve.from_day(start_of_day(day, self.desk.settings.zone), f"since {day}")
        self.reload()


def _options(connection: sqlite3.Connection, by: str, now: Moment) -> list[Choice]:
    if by == "kind":
        return [Choice(kind, f"{showing.SIGN[kind]} {kind}") for kind in EntryKind]
    if by == "person":
        return [Choice(str(person.id), person.name) for person in people.people(connection)]
    if by == "project":
        return [Choice(str(project.id), project.name) for project in people.projects(connection)]
    return [Choice(str(idea.id), f"#{idea.slug}", idea.title) for idea in ideas.ideas(connection, now)]
