"""One change of the log through SQLModel: what the modules of this room that write have in common.

Importing this loads SQLAlchemy: a command imports such a module only when it is about to write.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

# First, as everywhere: see store/columns.py.
import sqlmodel
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError
from advisorlog.store import backup, names
from advisorlog.store.connection import transaction

T = TypeVar("T", bound=sqlmodel.SQLModel)


@dataclass(frozen=True, slots=True)
class Change:
    """A change under way: the session and, for plain SQL, the connection; both are the same transaction."""

    session: sqlmodel.Session
    connection: sqlite3.Connection
    now: Moment

    def resolve(self, record: str, name: str) -> int:
        """The record that a name stands for; raises NotFound with the nearest names."""
        return names.resolve(self.connection, record, name)

    def get(self, kind: type[T], record_id: int) -> T:
        """A row that is known to exist."""
        found = self.session.get(kind, record_id)
        if found is None:
            raise AdvisorlogError(f"There is no {kind.__name__.lower()} {record_id}", "It may have been removed since")
        return found

    def add(self, row: Any) -> int:
        """Write a new row now; returns its number."""
        self.session.add(row)
        self.session.flush()
        return int(row.id)

    def remove(self, row: sqlmodel.SQLModel) -> None:
        self.session.delete(row)
        self.session.flush()


@contextmanager
def changing(log: Path, command: str, now: Moment) -> Generator[Change]:
    """A change, written whole or not at all, that one `undo` takes back. `command` is what history calls it."""
    with transaction(log, " ".join(command.split())[:200], now) as connection, _explained():
        session = sqlmodel.Session(_engine(connection))
        yield Change(session, connection, now)
        session.flush()
        session.expunge_all()
    backup.daily_behind(log, now)


def _engine(connection: sqlite3.Connection) -> Engine:
    """SQLAlchemy on a transaction that is open already, and that is not SQLAlchemy's to end.

    Its first look at a new engine's database ends in a rollback, which would drop the change that has just begun:
    hence no such look. Nothing here commits; the transaction does, when all is flushed.
    """
    return sqlmodel.create_engine(
        "sqlite://", creator=lambda: connection, poolclass=StaticPool, pool_reset_on_return=None, _initialize=False
    )


@contextmanager
def _explained() -> Generator[None]:
    try:
        yield
    except DBAPIError as error:
        raise error.orig or error from error
