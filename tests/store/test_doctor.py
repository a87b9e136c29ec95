from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from advisorlog.domain.moments import Moment
from advisorlog.store import backup, doctor, schema
from advisorlog.store.connection import connect, transaction
from advisorlog.store.doctor import Severity, examine


@pytest.fixture
def well(log: Path, now: Moment) -> Path:
    """A log with something of everything, a backup, and nothing to complain about."""
    with transaction(log, "import", now) as connection:
        connection.execute(
            "INSERT INTO meeting (slug, starts_at, zone, status) VALUES ('m', ?, 'UTC', 'held')", (now.stored,)
        )
        connection.execute(
            "INSERT INTO entry (kind, text, origin, at, zone) VALUES ('todo', '실험 sweep', 'cli', ?, 'UTC')",
            (now.stored,),
        )
        connection.execute("INSERT INTO action (entry_id) VALUES (1)")
        for state in ("open", "done"):
            connection.execute(
                "INSERT INTO action_event (action_id, state, at, zone) VALUES (1, ?, ?, 'UTC')", (state, now.stored)
            )
        connection.execute(
            "INSERT INTO document (kind, title, format, body, sha256, as_of, sent_at, zone) "
            "VALUES ('brief', 'T', 'md', 'body', ?, '', ?, 'UTC')",
            (sha256(b"body").hexdigest(), now.stored),
        )
    with transaction(log, "edit", now) as connection:
        connection.execute("UPDATE entry SET text = 'sweep 실험'")
    backup.write(log, "manual")
    return log


def said(log: Path, now: Moment) -> list[tuple[Severity, str]]:
    found = examine(log, now)
    assert all(finding.what_to_do for finding in found)
    return [(finding.severity, finding.what) for finding in found]


def test_a_log_that_is_well(well: Path, now: Moment) -> None:
    before = {path: path.read_bytes() for path in well.parent.rglob("*") if path.is_file()}
    assert said(well, now) == []
    assert {path: path.read_bytes() for path in well.parent.rglob("*") if path.is_file()} == before


BROKEN = {
    "DELETE FROM action_event WHERE state = 'open'": "Action 1 was never opened",
    "UPDATE action SET closed_at = NULL": "Action 1 is closed at another time than its history says",
    "PRAGMA foreign_keys = OFF; UPDATE entry SET meeting_id = 99": "entry 1 points at a meeting that is gone",
    "UPDATE person SET is_me = 0": "0 people are “me” instead of one",
    "UPDATE entry SET at = 'yesterday'": "Entry 1 has no proper time",
    "DROP TRIGGER document_is_frozen; UPDATE document SET body = 'other'": "Document 1 (“T”) is not what was sent",
    "UPDATE revision SET before = '{' WHERE op = 'update'": "can't be read, so it can't be undone",
    "INSERT INTO search_words (search_words) VALUES ('delete-all')": "The search index is wrong about 2 records",
    "DELETE FROM search_words_data WHERE id > 10": "The search index is damaged",
}


@pytest.mark.parametrize("statements", BROKEN)
def test_a_broken_rule_is_found(well: Path, now: Moment, statements: str) -> None:
    with closing(connect(well)) as connection:
        connection.executescript(statements)
    found = said(well, now)
    assert found
    assert all(severity is Severity.ERROR for severity, _ in found)
    assert any(BROKEN[statements] in what for _, what in found), found


def test_the_search_index_is_made_anew(well: Path, now: Moment) -> None:
    with closing(connect(well)) as connection:
        connection.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    with transaction(well, "doctor", now) as connection:
        doctor.rebuild_search(connection)
    assert said(well, now) == []


def test_files_that_are_no_log(tmp_path: Path, now: Moment) -> None:
    assert said(tmp_path / "none.db", now)[0][1].startswith("There is no log at")
    assert "is a folder" in said(tmp_path, now)[0][1]
    (tmp_path / "text.db").write_text("Dear diary " * 500)
    assert any("is no SQLite database" in what for _, what in said(tmp_path / "text.db", now))
    (tmp_path / "empty.db").touch()
    assert any("is an empty file" in what for _, what in said(tmp_path / "empty.db", now))


def test_a_damaged_log(well: Path, now: Moment) -> None:
    whole = well.read_bytes()
    well.write_bytes(whole[:20480] + b"\xff" * 8192 + whole[28672:])
    severity, what = said(well, now)[0]
    assert severity is Severity.ERROR
    assert "damaged" in what


def test_newer_and_older_logs(well: Path, tmp_path: Path, now: Moment) -> None:
    with closing(connect(well)) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert any("newer advisorlog" in what for _, what in said(well, now))
    old = tmp_path / "old.db"
    old.touch()
    connection = schema.open_for_upgrade(old)
    schema.upgrade(connection, old, 1)
    connection.end()
    assert any("is of an older version (1" in what for _, what in said(old, now))


def test_permissions(well: Path, now: Moment) -> None:
    well.chmod(0o644)
    well.parent.chmod(0o755)
    found = examine(well, now)
    assert [(finding.severity, finding.what_to_do) for finding in found] == [
        (Severity.WARNING, f"chmod 600 {well}"),
        (Severity.WARNING, f"chmod 700 {well.parent}"),
    ]


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox/notes", "Dropbox"),
        ("OneDrive - University", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("Google Drive/x", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
    ],
)
def test_synced_folders(well: Path, tmp_path: Path, now: Moment, folder: str, service: str) -> None:
    place = tmp_path / folder
    place.mkdir(parents=True, mode=0o700)
    place.chmod(0o700)
    moved = well.rename(place / "log.db")
    assert any(service in what for _, what in said(moved, now))


def test_a_folder_with_syncthings_mark(well: Path, now: Moment) -> None:
    (well.parent / ".stfolder").mkdir()
    assert any("Syncthing" in what for _, what in said(well, now))


def test_backups_that_are_old_damaged_or_missing(well: Path, now: Moment) -> None:
    later = Moment(now.at + timedelta(days=3650), now.zone)
    assert any("days old" in what for _, what in said(well, later))
    (copy,) = backup.listed(well)
    copy.write_bytes(b"x" * 4096)
    assert any("newest backup is not sound" in what for _, what in said(well, now))
    copy.unlink()
    assert said(well, now) == [(Severity.NOTE, "There is no backup yet")]


def test_a_journal_in_use_is_noted(well: Path, now: Moment) -> None:
    with closing(connect(well)) as held:
        held.execute("INSERT INTO project (slug, name) VALUES ('p', 'P')")
        assert [severity for severity, what in said(well, now) if "journal" in what] == [Severity.NOTE]
