import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from advisorlog.domain.moments import Moment
from advisorlog.errors import LogError, NotFound
from advisorlog.store import backup
from advisorlog.store.connection import connect, reading, transaction


def add(log: Path, now: Moment, text: str) -> None:
    with transaction(log, "add", now) as connection:
        connection.execute(
            "INSERT INTO entry (kind, text, origin, at, zone) VALUES ('note', ?, 'cli', ?, 'UTC')", (text, now.stored)
        )


def texts(log: Path) -> list[str]:
    with reading(log) as connection:
        return [row["text"] for row in connection.execute("SELECT text FROM entry ORDER BY id")]


def age(path: Path, days: int) -> None:
    """Make a file older, so that the order of backups does not hang on the clock's grain."""
    then = path.stat().st_mtime - days * 86400
    os.utime(path, (then, then))


def test_a_backup_goes_round(log: Path, now: Moment) -> None:
    add(log, now, "one")
    copy = backup.write(log, "manual")
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    add(log, now, "two")
    used, kept = backup.restore(log, None)
    assert used == copy
    assert texts(log) == ["one"]
    assert kept is not None
    assert texts(kept) == ["one", "two"]
    with closing(connect(log)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert log.stat().st_mode & 0o777 == 0o600
    add(log, now, "three")
    assert texts(log) == ["one", "three"]


def test_a_damaged_newest_backup_is_passed_over(log: Path, now: Moment) -> None:
    add(log, now, "one")
    older = backup.write(log, "manual")
    age(older, 1)
    newest = backup.write(log, "manual")
    newest.write_bytes(newest.read_bytes()[: newest.stat().st_size // 2])
    assert backup.restore(log, None)[0] == older
    with pytest.raises(LogError, match="damaged"):
        backup.restore(log, newest)
    assert texts(log) == ["one"]


def test_no_sound_backup_changes_nothing(log: Path, now: Moment) -> None:
    add(log, now, "one")
    with pytest.raises(NotFound, match="There is no backup"):
        backup.restore(log, None)
    backup.write(log, "manual").write_bytes(b"nonsense" * 1000)
    with pytest.raises(LogError, match="None of the 1 backups is sound"):
        backup.restore(log, None)
    with pytest.raises(NotFound, match="There is no file"):
        backup.restore(log, log.with_name("nothing.db"))
    assert texts(log) == ["one"]


def test_a_damaged_log_is_replaced_and_kept(log: Path, now: Moment) -> None:
    add(log, now, "one")
    backup.write(log, "manual")
    log.write_bytes(b"nonsense" * 1000)
    _, kept = backup.restore(log, None)
    assert texts(log) == ["one"]
    assert kept is not None
    assert kept.read_bytes() == b"nonsense" * 1000


def test_a_lost_log_comes_back(log: Path, now: Moment) -> None:
    add(log, now, "one")
    backup.write(log, "manual")
    log.unlink()
    assert backup.restore(log, None)[1] is None
    assert texts(log) == ["one"]


def test_a_log_that_is_open_elsewhere_is_not_replaced(log: Path, now: Moment) -> None:
    add(log, now, "one")
    backup.write(log, "manual")
    with closing(connect(log)) as held:
        held.execute("SELECT * FROM entry").fetchall()
        with pytest.raises(LogError, match=r"is open in another program\. Close it there"):
            backup.restore(log, None)
        held.execute("INSERT INTO project (slug, name) VALUES ('p', 'P')")
    with reading(log) as connection:
        assert connection.execute("SELECT slug FROM project").fetchone()[0] == "p"
    backup.restore(log, None)


def test_a_foreign_database_is_no_backup(log: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.db"
    with closing(sqlite3.connect(theirs)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    before = log.read_bytes()
    with pytest.raises(LogError, match="is no advisorlog backup"):
        backup.restore(log, theirs)
    assert log.read_bytes() == before


def test_a_backup_never_overwrites(log: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    target.write_text("mine")
    with pytest.raises(LogError, match="exists already"):
        backup.write(log, "manual", target)
    assert target.read_text() == "mine"


def test_a_backup_into_a_place_that_is_no_folder_is_said(log: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LogError, match="can't be written"):
        backup.write(log, "manual", tmp_path / "file" / "copy.db")


def test_one_backup_a_day(log: Path, now: Moment) -> None:
    assert backup.daily(log, now) is not None
    assert backup.daily(log, now) is None
    tomorrow = Moment(now.at + timedelta(days=1), now.zone)
    assert backup.daily(log, tomorrow) is not None
    assert len(backup.listed(log)) == 2


def test_a_week_of_days_and_a_month_of_weeks_are_kept(log: Path, now: Moment) -> None:
    asked_for = backup.write(log, "manual")
    for day in range(60):
        backup.daily(log, Moment(now.at + timedelta(days=day), now.zone))
    kept = sorted(path.name[4:14] for path in backup.listed(log) if path.name.endswith("-daily.db"))
    # The last seven days to Friday 2027-01-22, and the Sundays of the four weeks before (the first week's
    # last copy that is not among the seven days is its Friday's).
    assert kept == [
        "2026-12-27", "2027-01-03", "2027-01-10", "2027-01-15",
        "2027-01-16", "2027-01-17", "2027-01-18", "2027-01-19", "2027-01-20", "2027-01-21", "2027-01-22",
    ]  # fmt: skip
    assert asked_for.exists()


def test_the_daily_backup_is_made_behind_the_command(log: Path, now: Moment, monkeypatch: pytest.MonkeyPatch) -> None:
    backup.daily_behind(log, now)
    assert backup.listed(log) == []
    monkeypatch.delenv("ADVISORLOG_BACKUP")
    process = backup.daily_behind(log, now)
    assert process is not None
    assert process.wait() == 0
    assert [path.name for path in backup.listed(log)] == ["log-2026-11-24-daily.db"]
    assert backup.daily_behind(log, now) is None
