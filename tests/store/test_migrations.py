"""From every older log to this version, by the way that a user's command takes."""

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Integer, LargeBinary, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from advisorlog.domain.moments import Moment
from advisorlog.errors import LogError
from advisorlog.store import (
    backup,
    schema,
    search,
    tables,
    undo,
)
from advisorlog.store.connection import SCHEMA_VERSION, connect, reading, transaction
from tests.store.writes import dump, search_is_sound

FIRST = """
INSERT INTO change (at, zone, command) VALUES ('2022-09-13T18:00:00Z', 'UTC', 'import');
INSERT INTO person (handle, name) VALUES ('ann', 'Ann Advisor');
INSERT INTO project (slug, name, pitch) VALUES ('zeus', 'Zeus', 'Less power.');
INSERT INTO series (slug, title, role, project_id) VALUES ('weekly', 'Zeus weekly', 'advisor', 1);
INSERT INTO meeting (slug, series_id, title, starts_at, zone, status)
  VALUES ('2022-09-13', 1, 'First', '2022-09-13T18:00:00Z', 'America/Detroit', 'held');
INSERT INTO entry (id, meeting_id, kind, lead, text, speaker_id, origin, at, zone)
  VALUES (7, 1, 'advice', '! ', 'Compare the baselines with DVFS', 2, 'cli', '2022-09-13T18:05:00Z', 'UTC'),
         (9, 1, 'todo', '[] ', '저전력 실험을 하기', 1, 'cli', '2022-09-13T18:06:00Z', 'UTC');
INSERT INTO action (id, entry_id, due) VALUES (3, 9, '2022-09-20');
INSERT INTO action_event (action_id, state, at, zone) VALUES (3, 'open', '2022-09-13T18:06:00Z', 'UTC');
INSERT INTO change (at, zone, command) VALUES ('2022-09-20T18:00:00Z', 'UTC', 'action done');
INSERT INTO action_event (action_id, state, at, zone) VALUES (3, 'done', '2022-09-20T18:00:00Z', 'UTC');
INSERT INTO idea (slug, title) VALUES ('zeus-batch', 'Batch sizes');
"""


def make_version(path: Path, version: int, script: str) -> None:
    """A log as that version's program left it: its own migrations, then data by SQL."""
    path.touch()
    connection = schema.open_for_upgrade(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        schema.upgrade(connection, path, version)
        connection.executescript(script)
    finally:
        connection.end()


@pytest.fixture
def first(tmp_path: Path) -> Path:
    path = tmp_path / "log.db"
    make_version(path, 1, FIRST)
    return path


SECOND = """
INSERT INTO change (at, zone, command) VALUES ('2022-09-27T18:00:00Z', 'UTC', 'guess');
INSERT INTO entry (id, kind, lead, text, speaker_id, origin, at, zone)
  VALUES (11, 'advice', '! ', 'Skip the baselines', 2, 'cli', '2022-09-27T18:05:00Z', 'UTC');
INSERT INTO tension (first_id, second_id, found_at, zone) VALUES (7, 11, '2022-09-27T18:06:00Z', 'UTC');
INSERT INTO guess (advice_id, question, asked_at, zone)
  VALUES (7, 'Is it because of the reviewers that you asked me to compare?', '2022-09-27T18:07:00Z', 'UTC');
"""


def test_a_second_log_keeps_its_tensions_and_guesses(tmp_path: Path, now: Moment) -> None:
    path = tmp_path / "log.db"
    make_version(path, 2, FIRST + SECOND)
    before = everything(path)
    connect(path).close()
    after = everything(path)
    assert [row[:8] for row in after["tension"]] == before["tension"]
    assert after["tension"][0][8] is None
    assert after["guess"] == before["guess"]
    with transaction(path, "undo", now) as connection:
        assert undo.undo(connection).command == "guess"
        assert connection.execute("SELECT count(*) FROM tension").fetchone()[0] == 0


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        return dump(connection)


def test_a_first_log_is_brought_up_to_date_by_the_first_command(first: Path, now: Moment) -> None:
    before = everything(first)
    connect(first).close()
    after = everything(first)
    assert [row[:12] for row in after["meeting"]] == before["meeting"]
    assert after["meeting"][0][12] == ""
    assert [row[:8] for row in after["idea"]] == before["idea"]
    rest = before.keys() - {"meeting", "idea"}
    assert {table: after[table] for table in rest} == {table: before[table] for table in rest}
    with transaction(first, "check", now) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
        assert search_is_sound(connection)
        assert [hit.record_id for hit in search.search(connection, "baseline")] == [7]
        assert [hit.record_id for hit in search.search(connection, "실험")] == [9]


def test_changes_from_before_an_upgrade_can_be_undone(first: Path, now: Moment) -> None:
    with transaction(first, "undo", now) as connection:
        assert undo.undo(connection).command == "action done"
        assert connection.execute("SELECT closed_at FROM action").fetchone()[0] is None
    with transaction(first, "edit", now) as connection:
        connection.execute("UPDATE meeting SET expect = 'a table'")
    with transaction(first, "undo", now) as connection:
        undo.undo(connection)
        assert connection.execute("SELECT expect FROM meeting").fetchone()[0] == ""


def test_the_backup_of_an_upgrade_is_the_log_as_it_was(first: Path) -> None:
    before = everything(first)
    connect(first).close()
    (copy,) = backup.listed(first)
    assert copy.name.endswith("-before-upgrade.db")
    assert everything(copy) == before
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1


def test_reading_an_older_log_upgrades_it_too(first: Path) -> None:
    with reading(first) as connection:
        assert connection.execute("SELECT expect FROM meetings").fetchone()[0] == ""


def test_a_failing_upgrade_leaves_the_log_as_it_was(first: Path) -> None:
    with closing(sqlite3.connect(first)) as connection:
        connection.execute("CREATE TABLE pin (theirs)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before, objects = everything_but_pin(first), _objects(first)
    with pytest.raises(Exception, match="pin already exists"):
        connect(first)
    assert everything_but_pin(first) == before
    assert _objects(first) == objects


def everything_but_pin(path: Path) -> tuple[list[tuple[object, ...]], int]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT * FROM entry ORDER BY id").fetchall()
        return rows, connection.execute("PRAGMA user_version").fetchone()[0]


def _objects(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()


def test_an_upgrade_that_would_break_links_is_refused(first: Path) -> None:
    with closing(sqlite3.connect(first)) as connection:
        connection.execute("UPDATE entry SET speaker_id = 99 WHERE id = 7")
        connection.commit()
    with pytest.raises(LogError, match="was not upgraded: 1 record"):
        connect(first)
    with closing(sqlite3.connect(first)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 1


def test_an_upgraded_log_is_built_like_a_new_one(first: Path, empty_log: Path) -> None:
    connect(first).close()
    assert _objects(first) == _objects(empty_log)


@pytest.fixture(scope="session")
def described(empty_log: Path) -> Generator[sqlite3.Connection]:
    with closing(sqlite3.connect(empty_log)) as connection:
        yield connection


_TYPES = {String: "TEXT", Integer: "INTEGER", Boolean: "INTEGER", LargeBinary: "BLOB"}
TABLES = sorted(tables.Record.metadata.tables)
HISTORY = {"alembic_version"}


def _stored_as(declared: TypeEngine[object]) -> str:
    plain = declared.impl_instance if isinstance(declared, TypeDecorator) else declared
    return next(stored for kind, stored in _TYPES.items() if isinstance(plain, kind))


def test_the_classes_name_every_table(described: sqlite3.Connection) -> None:
    rows = described.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    assert {row[0] for row in rows} - HISTORY == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_a_class_has_its_tables_columns(described: sqlite3.Connection, table: str) -> None:
    stored = {
        row[0]: (row[1], not row[2] and not row[3])
        for row in described.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,))
    }
    declared = {
        column.name: (_stored_as(column.type), bool(column.nullable))
        for column in tables.Record.metadata.tables[table].columns
    }
    assert declared == stored


@pytest.mark.parametrize("table", TABLES)
def test_a_class_points_where_its_table_points(described: sqlite3.Connection, table: str) -> None:
    stored = {(row[3], row[2]) for row in described.execute(f"PRAGMA foreign_key_list({table})")}
    declared = {(key.parent.name, key.column.table.name) for key in tables.Record.metadata.tables[table].foreign_keys}
    assert declared == stored
