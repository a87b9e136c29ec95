"""Connections that are kept open for the next reading."""

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest

from advisorlog.domain.moments import Moment
from advisorlog.errors import LogError
from advisorlog.store import drafts
from advisorlog.store.connection import transaction
from advisorlog.store.readers import KEPT, Readers


def write(log: Path, now: Moment, text: str) -> None:
    with transaction(log, "draft", now) as connection:
        drafts.keep(connection, "capture:1", text, now)


def kept(readers: Readers) -> str:
    with readers.reading() as connection:
        return drafts.kept(connection, "capture:1")


def test_a_connection_is_used_again_and_sees_what_was_written_since(log: Path, now: Moment) -> None:
    readers = Readers(log)
    with readers.reading() as first:
        pass
    write(log, now, "one")
    with readers.reading() as second:
        assert second is first
        assert drafts.kept(second, "capture:1") == "one"
    readers.close()


def test_a_reading_is_one_snapshot(log: Path, now: Moment) -> None:
    readers = Readers(log)
    write(log, now, "one")
    with readers.reading() as connection:
        assert drafts.kept(connection, "capture:1") == "one"
        write(log, now, "two")
        assert drafts.kept(connection, "capture:1") == "one"
    assert kept(readers) == "two"
    readers.close()


def test_two_readings_at_once_have_a_connection_each(log: Path) -> None:
    readers = Readers(log)
    with readers.reading() as one, readers.reading() as other:
        assert one is not other
    readers.close()


def test_a_log_that_was_replaced_is_opened_anew(log: Path, now: Moment, tmp_path: Path) -> None:
    write(log, now, "one")
    copy = tmp_path / "copy.db"
    with sqlite3.connect(log) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    connection.close()
    write(log, now, "two")
    readers = Readers(log)
    assert kept(readers) == "two"
    shutil.move(log, tmp_path / "aside.db")
    for suffix in ("-wal", "-shm"):
        log.with_name(log.name + suffix).unlink(missing_ok=True)
    shutil.move(copy, log)
    assert kept(readers) == "one"
    readers.close()


def test_a_log_that_is_gone_or_of_a_newer_version_is_refused(log: Path, tmp_path: Path) -> None:
    readers = Readers(log)
    kept(readers)
    with sqlite3.connect(log) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(LogError, match="newer advisorlog"), readers.reading():
        pass
    readers.close()
    with pytest.raises(LogError, match="no log yet"), Readers(tmp_path / "none.db").reading():
        pass


def test_a_reading_that_fails_leaves_nothing_behind(log: Path) -> None:
    readers = Readers(log)
    with pytest.raises(RuntimeError), readers.reading() as broken:
        raise RuntimeError("in the middle of it")
    with pytest.raises(sqlite3.ProgrammingError):
        broken.execute("SELECT 1")
    kept(readers)
    readers.close()


def test_no_more_connections_wait_than_are_of_use_and_none_after_the_end(log: Path) -> None:
    readers = Readers(log)
    together = threading.Barrier(KEPT + 2)
    used: list[sqlite3.Connection] = []

    def read() -> None:
        with readers.reading() as connection:
            used.append(connection)
            together.wait(30)

    threads = [threading.Thread(target=read) for _ in range(KEPT + 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(is_open(connection) for connection in used) == KEPT
    with readers.reading() as connection:
        readers.close()
        assert is_open(connection)
    assert not any(is_open(connection) for connection in used)


def is_open(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except sqlite3.ProgrammingError:
        return False
    return True
