"""People: who they are, and pointing waiting `@handle` marks at them."""

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from sqlmodel import select

from advisorlog.domain.moments import Moment
from advisorlog.domain.slug import handle_for
from advisorlog.errors import AdvisorlogError
from advisorlog.store import lines, names
from advisorlog.store.tables import Person
from advisorlog.workflow.changing import Change, changing
from advisorlog.workflow.naming import free_name


@dataclass(frozen=True, slots=True)
class Made:
    """A new record: what it is called, and how many waiting lines now point at it."""

    name: str
    adopted: int = 0


@dataclass(frozen=True, slots=True)
class PersonFields:
    """What is to be said of a person; None leaves it as it is."""

    name: str | None = None
    email: str | None = None
    note: str | None = None


def new(log: Path, now: Moment, name: str, handle: str | None, fields: PersonFields) -> Made:
    """Add a person. Raises AdvisorlogError where the handle is taken or is no handle."""
    with changing(log, f"person new {name}", now) as change:
        return make(change, name, handle, fields)


def make(change: Change, name: str, handle: str | None = None, fields: PersonFields | None = None) -> Made:
    """The same within a change that is under way."""
    if not name.strip():
        raise AdvisorlogError("A person needs a name", 'For example `advisorlog person new "Ann Advisor"`')
    if handle is None:
        chosen = _free_handle(change, _or_refuse(name))
    else:
        chosen = _typed_handle(handle)
        _must_be_free(change, chosen)
    about = fields or PersonFields()
    person = Person(handle=chosen, name=name.strip(), email=about.email or None, note=about.note or None)
    person_id = change.add(person)
    return Made(chosen, lines.adopt_person(change.connection, person_id, chosen))


def edit(log: Path, now: Moment, name: str, fields: PersonFields, handle: str | None = None) -> str:
    """Change what is said of a person; returns the handle."""
    with changing(log, f"person edit {name}", now) as change:
        person = change.get(Person, change.resolve("person", name))
        if fields.name is not None:
            if not fields.name.strip():
                raise AdvisorlogError("A person needs a name", "Give one, or leave it as it is")
            person.name = fields.name.strip()
        if fields.email is not None:
            person.email = fields.email.strip() or None
        if fields.note is not None:
            person.note = fields.note.strip() or None
        if handle is not None and _typed_handle(handle) != person.handle:
            _rename(change, person, _typed_handle(handle))
        change.session.add(person)
        return person.handle


def _rename(change: Change, person: Person, handle: str) -> None:
    if person.is_me:
        raise AdvisorlogError("The owner of the log is always @me", "Their name can be changed: --name")
    _must_be_free(change, handle)
    person.handle = handle
    change.session.add(person)
    change.session.flush()
    assert person.id is not None
    lines.adopt_person(change.connection, person.id, handle)


def remove(log: Path, now: Moment, name: str) -> str:
    """Take a person out of the log; what they said stays, without its speaker. Returns the handle."""
    with changing(log, f"person rm {name}", now) as change:
        person = change.get(Person, change.resolve("person", name))
        if person.is_me:
            raise AdvisorlogError("The owner of the log can't be removed", "Their name can be changed: person edit me")
        change.remove(person)
        return person.handle


def known_or_new(change: Change, name: str) -> tuple[int, Made | None]:
    """The person a name stands for; a full name that is like none in the log is a new person.

    Raises NotFound where the name looks like a misspelt one, or is a bare `@handle` that nobody has.
    """
    bare = name.strip().removeprefix("@")
    found = names.find_person(change.connection, bare)
    if found is not None:
        return found, None
    known = [text for row in change.session.exec(select(Person)) for text in (row.handle, names.key(row.name))]
    if name.strip().startswith("@") or get_close_matches(names.key(bare), known, n=1, cutoff=0.75):
        return change.resolve("person", bare), None
    made = make(change, bare)
    found = names.find_person(change.connection, made.name)
    assert found is not None
    return found, made


def _free_handle(change: Change, wanted: str) -> str:
    return free_name(wanted, change.session.exec(select(Person.handle)))


def _must_be_free(change: Change, handle: str) -> None:
    if change.session.exec(select(Person).where(Person.handle == handle)).first() is not None:
        raise AdvisorlogError(f"There is a person @{handle} already", "Choose another handle: --handle")


def _typed_handle(handle: str) -> str:
    """A handle as the user wants it; it must be one that `@` can name in a line."""
    from advisorlog.domain.marks import name_end

    typed = handle.strip().removeprefix("@")
    if not typed or name_end(typed, 0) != len(typed):
        raise AdvisorlogError(f"“{handle}” is no handle", "Letters first, then letters, digits, - or _, as in ann-lee")
    return names.key(typed)


def _or_refuse(name: str) -> str:
    try:
        return handle_for(name)
    except ValueError as error:
        raise AdvisorlogError(str(error), "Give a handle of your own: --handle") from error
