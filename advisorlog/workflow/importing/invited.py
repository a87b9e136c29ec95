"""The people of a calendar's events: known by their address, else by their name, else new."""

import sqlite3
from collections.abc import Callable, Sequence

from advisorlog.domain.slug import handle_for
from advisorlog.store import names
from advisorlog.vault.calendar.notes import CalendarNote, Invited
from advisorlog.workflow.naming import free_name


class InvitedPeople:
    """Finds people, and adds those who are new; `on_new` is told how many."""

    def __init__(self, connection: sqlite3.Connection, on_new: Callable[[], None]) -> None:
        self._connection = connection
        self._on_new = on_new
        self._mine: set[str] = set()
        self._found: dict[Invited, int] = {}
        me = connection.execute("SELECT name, email FROM person WHERE is_me").fetchone()
        self._my_name = names.key(me["name"])
        self._my_address = (me["email"] or "").casefold()

    def recognise_me(self, note: CalendarNote) -> bool:
        """Find out which address is the user's own; whether it could be."""
        self._mine = {address for address in (self._my_address, note.owner) if address}
        groups = [{each.address for each in event.people if each.address} for event in note.events]
        groups = [group for group in groups if group]
        if not any(len(group) > 1 for group in groups) or any(group & self._mine for group in groups):
            return True
        everywhere = set[str].intersection(*groups)
        if len(groups) > 1 and len(everywhere) == 1:
            self._mine |= everywhere
            return True
        return any(self.is_me(each) for event in note.events for each in event.people)

    def is_me(self, one: Invited) -> bool:
        named = names.key(one.name)
        return one.address in self._mine or (bool(named) and named == self._my_name and named != "me")

    def others(self, people: Sequence[Invited]) -> list[Invited]:
        return [each for each in people if not self.is_me(each)]

    def numbers(self, people: Sequence[Invited]) -> list[int]:
        """The records of those who are not the user, in the file's order."""
        return list(dict.fromkeys(self._number(each) for each in self.others(people)))

    def _number(self, one: Invited) -> int:
        if one not in self._found:
            self._found[one] = self._known(one) or self._new(one)
        return self._found[one]

    def _known(self, one: Invited) -> int | None:
        if one.address:
            row = self._connection.execute(
                "SELECT id FROM person WHERE lower(email) = ?", (one.address.lower(),)
            ).fetchone()
            if row is not None:
                return int(row["id"])
        found = names.find_person(self._connection, one.name) if one.name else self._by_handle(one.address)
        if found is None or found == names.me(self._connection):
            return None
        email = self._connection.execute("SELECT email FROM person WHERE id = ?", (found,)).fetchone()["email"]
        if one.address and email:
            return None  # The same name, and another address: somebody else.
        if one.address:
            self._connection.execute("UPDATE person SET email = ? WHERE id = ?", (one.address, found))
        return found

    def _by_handle(self, address: str) -> int | None:
        try:
            return names.find_person(self._connection, handle_for(address.partition("@")[0]))
        except ValueError:
            return None

    def _new(self, one: Invited) -> int:
        from advisorlog.store.lines import adopt_person

        name = one.name or one.address.partition("@")[0]
        try:
            wanted = handle_for(name)
        except ValueError:
            wanted = "person"
        taken = [row["handle"] for row in self._connection.execute("SELECT handle FROM person")]
        handle = free_name(wanted, taken)
        number = self._connection.execute(
            "INSERT INTO person (handle, name, email) VALUES (?, ?, ?)", (handle, name, one.address or None)
        ).lastrowid
        assert number is not None
        adopt_person(self._connection, number, handle)
        self._on_new()
        return number
