"""What must hold when processes die, disks fill, and files are not what they should be. Real files and processes."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError, LogError
from advisorlog.store import schema
from advisorlog.store.connection import connect, reading, transaction

ROOT = Path(__file__).parents[2]
NOBODY = "65534"


def start(log: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", str(log), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def sound(log: Path) -> set[int]:
    """The numbers of all entries of a log that passes SQLite's checks and whose parts agree."""
    with reading(log) as connection:
        assert [row[0] for row in connection.execute("PRAGMA quick_check")] == ["ok"]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        ids = {row[0] for row in connection.execute("SELECT id FROM entry")}
        assert ids == {row[0] for row in connection.execute("SELECT entry_id FROM action")}
        assert len(ids) == connection.execute("SELECT count(*) FROM search_words('task')").fetchone()[0]
    return ids


def add(log: Path, now: Moment, text: str = "Task") -> None:
    with transaction(log, "add", now) as connection:
        connection.execute(
            "INSERT INTO entry (kind, text, origin, at, zone) VALUES ('note', ?, 'cli', ?, 'UTC')", (text, now.stored)
        )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_no_acknowledged_line_is_lost_by_a_hundred_kills(log: Path) -> None:
    draw = Random(1)
    acknowledged: set[int] = set()
    for _ in range(100):
        with start(log, "0") as writer:
            assert writer.stdout is not None
            for _ in range(draw.randint(1, 6)):
                acknowledged.add(int(writer.stdout.readline()))
            writer.kill()
            # What it said before it died counts as well; a half-written last number does not.
            rest = writer.stdout.read()
        acknowledged |= {int(each) for each in rest[: rest.rfind("\n") + 1].split()}
    kept = sound(log)
    assert acknowledged <= kept
    assert len(kept - acknowledged) <= 100, "at most the line that was under way at each kill is unsaid"


def test_two_processes_write_at_once(log: Path) -> None:
    with start(log, "60") as one, start(log, "60") as two:
        said = [process.communicate() for process in (one, two)]
    assert [errors for _, errors in said] == ["", ""]
    assert len(sound(log)) == 120


def test_two_processes_make_the_log_at_once(tmp_path: Path) -> None:
    log = tmp_path / "new" / "log.db"
    processes = [start(log, "5") for _ in range(4)]
    said = [process.communicate() for process in processes]
    assert [errors for _, errors in said] == ["", "", "", ""]
    assert len(sound(log)) == 20
    assert log.stat().st_mode & 0o777 == 0o600
    assert log.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in log.parent.iterdir()] == ["log.db"]


def test_a_disk_that_takes_no_more_is_said_and_costs_nothing_that_was_acknowledged(log: Path, now: Moment) -> None:
    add(log, now)
    with reading(log) as held:
        # Held open, the journal is not folded into the log, and grows until no file may.
        held.execute("SELECT 1 FROM entry").fetchone()
        with start(log, "0", "full") as writer:
            said, complaint = writer.communicate()
    assert "the disk reports an error" in complaint, complaint
    assert len(complaint.splitlines()) == 1
    with reading(log) as connection:
        kept = {row[0] for row in connection.execute("SELECT id FROM entry")}
        assert [row[0] for row in connection.execute("PRAGMA quick_check")] == ["ok"]
    assert kept == {1, *(int(each) for each in said.split())}
    add(log, now)


def test_a_log_that_may_not_grow_is_full_and_keeps_its_rows(log: Path, now: Moment) -> None:
    with closing(connect(log)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError) as full:
            connection.execute(
                "INSERT INTO entry (kind, text, origin, at, zone) VALUES ('note', ?, 'cli', ?, 'UTC')",
                ("x" * 10_000_000, now.stored),
            )
        assert full.value.sqlite_errorname == "SQLITE_FULL"
    assert sound(log) == set()


def _as_somebody(log: Path, count: str) -> tuple[str, str]:
    """Run the writer as a user whom permissions bind: nobody where we are root, ourselves otherwise."""
    arguments = (count, NOBODY) if os.geteuid() == 0 else (count,)
    with start(log, *arguments) as process:
        return process.communicate()


@pytest.fixture
def public_log(empty_log: Path, now: Moment) -> Generator[Path]:
    """A log with one line in a folder that another user can reach (pytest's own folders are closed to others)."""
    with tempfile.TemporaryDirectory(prefix="advisorlog-test-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        path = folder / "log.db"
        shutil.copyfile(empty_log, path)
        path.chmod(0o666)
        add(path, now)
        yield path
        folder.chmod(0o777)


def test_a_read_only_log_can_be_read_and_says_why_it_is_not_written(public_log: Path) -> None:
    public_log.chmod(0o444)
    before = public_log.read_bytes()
    assert _as_somebody(public_log, "-1") == ("1\n", "")
    said, complaint = _as_somebody(public_log, "1")
    assert said == ""
    assert complaint.startswith(f"{public_log} is read-only: nothing was written. "), complaint
    assert public_log.read_bytes() == before


def test_a_log_in_a_read_only_folder_can_be_read_and_says_why_it_is_not_written(public_log: Path) -> None:
    public_log.parent.chmod(0o555)
    before = contents(public_log.parent)
    assert _as_somebody(public_log, "-1") == ("1\n", "")
    said, complaint = _as_somebody(public_log, "1")
    assert said == ""
    assert len(complaint.splitlines()) == 1, complaint
    assert "read-only" in complaint or "can't be opened" in complaint
    assert contents(public_log.parent) == before


def test_a_folder_that_is_not_ours_is_said(public_log: Path) -> None:
    public_log.parent.chmod(0o000)
    for count in ("-1", "1"):
        said, complaint = _as_somebody(public_log, count)
        assert said == ""
        assert len(complaint.splitlines()) == 1, complaint
        assert "can't be" in complaint


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")
        connection.commit()


def _newer(path: Path) -> None:
    schema.create(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _cut(path: Path) -> None:
    schema.create(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3 + 100])


def _cut_in_its_header(path: Path) -> None:
    schema.create(path)
    path.write_bytes(path.read_bytes()[:60])


def _text(path: Path) -> None:
    path.write_text("Dear diary, " * 1000)


def _folder(path: Path) -> None:
    path.mkdir()


def _empty(path: Path) -> None:
    path.touch()


WRONG: dict[str, tuple[Callable[[Path], None], str]] = {
    "folder": (_folder, "is a folder, not a log"),
    "text": (_text, "is no SQLite database"),
    "empty": (_empty, "is an empty file, not a log"),
    "foreign": (_foreign, "is a SQLite database of another program"),
    "newer": (_newer, "was written by a newer advisorlog"),
    "cut": (_cut, "is damaged"),
    "cut in its header": (_cut_in_its_header, "is cut short, not a log"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_sound_log_is_said_in_one_line_and_left_alone(tmp_path: Path, now: Moment, case: str) -> None:
    make, complaint = WRONG[case]
    log = tmp_path / "log" / "log.db"
    log.parent.mkdir()
    make(log)
    before = contents(log.parent)
    with pytest.raises(LogError, match=complaint) as reader, reading(log) as connection:
        connection.execute("SELECT count(*) FROM entry").fetchone()
    with pytest.raises(LogError, match=complaint) as writer:
        add(log, now)
    for error in (reader.value, writer.value):
        assert error.what_to_do
        assert "\n" not in str(error)
    assert contents(log.parent) == before


def test_no_log_is_not_made_by_reading(tmp_path: Path) -> None:
    log = tmp_path / "nowhere" / "log.db"
    with pytest.raises(LogError, match="There is no log yet"), reading(log):
        pass
    assert not log.parent.exists()


def test_a_log_can_not_be_made_under_a_file(tmp_path: Path, now: Moment) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(AdvisorlogError):
        add(tmp_path / "file" / "log.db", now)


def test_a_failing_block_leaves_nothing(log: Path, now: Moment) -> None:
    with pytest.raises(sqlite3.IntegrityError), transaction(log, "add", now) as connection:
        connection.executemany("INSERT INTO project (slug, name) VALUES ('p', ?)", [("first",), ("second",)])
    with reading(log) as connection:
        assert connection.execute("SELECT count(*) FROM project").fetchone()[0] == 0
        assert connection.execute("SELECT count(*) FROM change").fetchone()[0] == 0


def test_a_reader_sees_one_state(log: Path, now: Moment) -> None:
    with reading(log) as connection:
        assert connection.execute("SELECT count(*) FROM entry").fetchone()[0] == 0
        add(log, now)
        assert connection.execute("SELECT count(*) FROM entry").fetchone()[0] == 0
