"""Writing through SQLModel: one session is one change. Loads SQLAlchemy; hot commands use `store.lines`."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from advisorlog.domain.moments import Moment
from advisorlog.store import connection as log


@contextmanager
def change(path: Path, command: str, now: Moment) -> Generator[Session]:
    """A session whose work is written whole or not at all, and that one `undo` takes back.

    `session.connection().connection.driver_connection` is the same transaction for code that speaks plain SQL.
    Raises LogError where the log can't be written.
    """
    with log.transaction(path, command, now) as raw:
        engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool, pool_reset_on_return=None)
        session = Session(engine)
        try:
            yield session
            session.commit()
        except DBAPIError as error:
            raise error.orig or error from error
