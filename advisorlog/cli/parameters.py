"""Options and arguments that several commands share: names that complete, days as people say them, `--json`."""

import sqlite3
from collections.abc import Callable
from datetime import date, time
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from advisorlog.cli.output import Form
from advisorlog.cli.state import State, state_of
from advisorlog.domain.kinds import Role
from advisorlog.errors import AdvisorlogError
from advisorlog.workflow.times import day_gone, day_to_come, time_of_day

if TYPE_CHECKING:
    Texts, Numbers = click.ParamType[str], click.ParamType[int]
    Days, Times = click.ParamType[date], click.ParamType[time]
else:
    # Generic only since click 8.4.
    Texts = Numbers = Days = Times = click.ParamType


def _form(context: click.Context, parameter: click.Parameter, value: bool) -> Form:
    return Form.JSON if value else Form.TEXT


json_option = click.option(
    "--json",
    "form",
    is_flag=True,
    callback=_form,
    help="Print JSON.",
)
private_option = click.option("--private", is_flag=True, help="Show private lines too.")
yes_option = click.option("--yes", "-y", is_flag=True, help="Don't ask.")


class Name(Texts):
    """The name of a record; its shell completion reads the log."""

    def __init__(self, record: str) -> None:
        self.name = record

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        mark = incomplete[:1] if incomplete[:1] in ("#", "@") else ""
        wanted = incomplete[len(mark) :].casefold()
        try:
            found = _known(self.name, state_of(ctx))
        except (AdvisorlogError, sqlite3.Error, OSError):
            return []
        return [CompletionItem(mark + name, help=help) for name, help in found if name.startswith(wanted)]


def _known(record: str, state: State) -> list[tuple[str, str]]:
    from advisorlog.store.connection import reading

    with reading(state.log) as connection:
        return [(name, " ".join(help.split())) for name, help in _LISTS[record](connection, state)]


def _people(connection: sqlite3.Connection, state: State) -> list[tuple[str, str]]:
    from advisorlog.store.reading import people

    return [(each.handle, each.name) for each in people.people(connection)]


def _projects(connection: sqlite3.Connection, state: State) -> list[tuple[str, str]]:
    from advisorlog.store.reading import people

    return [(each.slug, each.name) for each in people.projects(connection)]


def _series(connection: sqlite3.Connection, state: State) -> list[tuple[str, str]]:
    from advisorlog.store.reading import people

    return [(each.slug, each.title) for each in people.all_series(connection)]


def _meetings(connection: sqlite3.Connection, state: State) -> list[tuple[str, str]]:
    from advisorlog.store.reading import meetings

    return [(each.slug, each.name) for each in meetings.meetings(connection, limit=100)]


def _ideas(connection: sqlite3.Connection, state: State) -> list[tuple[str, str]]:
    from advisorlog.store.reading import ideas

    return [(each.slug, each.title) for each in ideas.ideas(connection, state.now)]


def _readings(connection: sqlite3.Connection, state: State) -> list[tuple[str, str]]:
    from advisorlog.store.reading import readings

    return [(each.slug, each.title) for each in readings.readings(connection)]


def _actions(connection: sqlite3.Connection, state: State) -> list[tuple[str, str]]:
    from advisorlog.store.reading import actions

    return [(str(each.id), each.text) for each in actions.open_actions(connection, state.now)]


def _attachments(connection: sqlite3.Connection, state: State) -> list[tuple[str, str]]:
    from advisorlog.store.reading import attachments

    return [(str(each.id), each.name) for each in attachments.attachments(connection)]


_LISTS: dict[str, Callable[[sqlite3.Connection, State], list[tuple[str, str]]]] = {
    "person": _people,
    "project": _projects,
    "series": _series,
    "meeting": _meetings,
    "idea": _ideas,
    "reading": _readings,
    "action": _actions,
    "attachment": _attachments,
}

PERSON, PROJECT, SERIES = Name("person"), Name("project"), Name("series")
MEETING, IDEA, READING = Name("meeting"), Name("idea"), Name("reading")

ROLE = click.Choice([role.value for role in Role])


class Number(Numbers):
    """The number of an action or an entry, as lists show it."""

    def __init__(self, record: str) -> None:
        self.name = record

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(str(value).lstrip("#"))
        except ValueError:
            self.fail(f"“{value}” is no number of an {self.name}: lists show it in their first column.", param, ctx)
        if not 0 < number < 2**63:
            self.fail(f"There is no {self.name} {value}.", param, ctx)
        return number

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        return Name(self.name).shell_complete(ctx, param, incomplete) if self.name in _LISTS else []


ACTION, ENTRY, ATTACHMENT = Number("action"), Number("entry"), Number("attachment")


class Day(Days):
    """A day as people say it; what was understood is said on stderr, unless it was ISO already."""

    name = "day"

    def __init__(self, read: Callable[[str, date], date]) -> None:
        self.read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        state = state_of(ctx)
        try:
            found = self.read(str(value), state.today)
        except AdvisorlogError as error:
            self.fail(str(error), param, ctx)
        if str(value) != found.isoformat() and not (ctx and ctx.resilient_parsing):
            from advisorlog.domain.dates import echo

            label = param.human_readable_name.lower().replace("_", " ") if param else "day"
            state.note_once(f"{label}: {echo(found, state.today)}")
        return found


DAY_TO_COME, DAY_GONE = Day(day_to_come), Day(day_gone)


class Time(Times):
    """A time of day: `14:00`, `2pm`."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        if isinstance(value, time):
            return value
        try:
            return time_of_day(str(value))
        except AdvisorlogError as error:
            self.fail(str(error), param, ctx)


TIME = Time()
Word = TypeVar("Word", bound=StrEnum)


def word_typed(field: str, value: str, words: type[Word]) -> Word | None:
    """One of the words of an enum, out of a form."""
    if not value:
        return None
    try:
        return words(value.lower())
    except ValueError as error:
        raise AdvisorlogError(f"`{field}` can't be “{value}”", f"It is one of {', '.join(words)}") from error


def number_typed(field: str, value: str) -> int:
    """A whole number from 0 on, out of a form; an empty field is 0, which takes it out."""
    if not value:
        return 0
    if not value.isdecimal() or len(value) > 6:
        raise AdvisorlogError(f"`{field}` must be a number, not “{value}”", "Without a unit")
    return int(value)
