"""Creating a log and bringing an older one up to date. Loads Alembic, so it is imported only when needed."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

from advisorlog.errors import LogError
from advisorlog.store import backup, derived
from advisorlog.store.connection import APPLICATION_ID, SCHEMA_VERSION
from advisorlog.store.files import sync_folder

MIGRATIONS = Path(__file__).with_name("migrations")


def create(path: Path) -> None:
    """Make an empty log at `path`, whole or not at all. Two processes may race: the second finds it made.

    It is made under another name and then linked into place, so that a crash leaves no half-made log.
    Raises LogError where the place can't be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _make(part)
        _put_in_place(part, path)
    except OSError as error:
        raise LogError(
            f"The log can't be created at {path}: {error.strerror}", "Choose another place with --db"
        ) from error
    finally:
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                part.with_name(part.name + suffix).unlink(missing_ok=True)


def _make(path: Path) -> None:
    connection = open_for_upgrade(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        upgrade(connection, path)
    finally:
        connection.end()


def _put_in_place(part: Path, path: Path) -> None:
    try:
        path.hardlink_to(part)
    except FileExistsError:
        return
    except OSError:
        # A file system without links: the rename is as whole, only a race with another process is not excluded.
        if not path.exists():
            part.replace(path)
    sync_folder(path.parent)


def migrate(path: Path) -> None:
    """Bring an older log to this version, after a checked backup. On any failure the log stays as it was."""
    backup.write(path, label="before-upgrade")
    backup.rotate(path)
    connection = open_for_upgrade(path)
    try:
        upgrade(connection, path)
    finally:
        connection.end()


class Lent(sqlite3.Connection):
    """A connection that SQLAlchemy may use but not commit, roll back or close: those are ours to say."""

    def commit(self) -> None: ...

    def rollback(self) -> None: ...

    def close(self) -> None: ...

    def end(self) -> None:
        super().close()


def open_for_upgrade(path: Path) -> Lent:
    """A connection of which `upgrade` has the say; `end` closes it."""
    connection = sqlite3.connect(path, isolation_level=None, factory=Lent)
    connection.execute("PRAGMA busy_timeout = 5000")
    return connection


def upgrade(connection: Lent, path: Path, to: int = SCHEMA_VERSION) -> None:
    """Bring an open log to a version, in one transaction. Raises LogError where links between records would break."""
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] < to:
            derived.remove(connection)
            _run_alembic(connection, f"{to:04}")
            derived.install(connection)
            if broken := connection.execute("PRAGMA foreign_key_check").fetchall():
                raise LogError(
                    f"{path} was not upgraded: {len(broken)} records point at records that are gone",
                    "The log is as it was; please report this",
                )
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {to}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _run_alembic(connection: Lent, revision: str) -> None:
    # First, as everywhere: see store/columns.py.
    import sqlmodel
    from alembic import command
    from alembic.config import Config
    from sqlalchemy.pool import StaticPool

    # Alembic works inside the transaction that is already open, so a failing migration leaves nothing behind.
    engine = sqlmodel.create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    with engine.connect() as alchemy:
        attributes: dict[str, Any] = {"connection": alchemy}
        config = Config(attributes=attributes)
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        command.upgrade(config, revision)
