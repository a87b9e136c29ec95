"""Examining a log: is it whole, is it safe, does it hold together? It never writes.

What is derived can be made anew (`search_index.rebuild`); for everything else a finding says what to do.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from advisorlog.domain.moments import Moment
from advisorlog.errors import LogError
from advisorlog.store import attachment_check, backup, search_index
from advisorlog.store.connection import SCHEMA_VERSION, check_version, explain
from advisorlog.store.findings import Finding, Severity

LEAST_SPACE = 100 * 1024 * 1024
"""Bytes that a disk should have free, or three times the log's size where that is more (a backup, an upgrade)."""
LARGEST_JOURNAL = 64 * 1024 * 1024
"""Bytes of journal that mean that something keeps the log open and unread for very long."""
OLDEST_BACKUP_DAYS = 8


_RESTORE = "`advisorlog restore` brings back the last sound backup; the present file is kept beside it"
_REPORT = "Please report this with the output of `advisorlog doctor`; `advisorlog history` shows what was done"


def examine(path: Path, now: Moment) -> list[Finding]:
    """All that is wrong with the log or its surroundings, worst first; an empty list where all is well."""
    found = [*_of_file(path)]
    if not found:
        found += [*_of_permissions(path), *_of_place(path), *_of_space(path), *_of_backups(path, now)]
        found += _of_content(path)
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))


def rebuild_search(connection: sqlite3.Connection) -> None:
    """Make the search index anew from the records, inside `connection.transaction`. No record is touched."""
    search_index.rebuild(connection)


def _of_file(path: Path) -> Iterator[Finding]:
    try:
        if not path.exists():
            yield Finding(
                Severity.ERROR,
                f"There is no log at {path}",
                "Start one with `advisorlog project new`, or bring back a backup with `advisorlog restore`",
            )
        elif path.is_dir():
            yield Finding(Severity.ERROR, f"{path} is a folder, not a log", "Name a file with --db or ADVISORLOG_DB")
        elif not os.access(path, os.R_OK):
            yield Finding(Severity.ERROR, f"{path} can't be read", "Give yourself permission to read it")
    except OSError as error:
        yield Finding(Severity.ERROR, f"{path} can't be reached: {error.strerror}", "Check the folder's permissions")


def _of_permissions(path: Path) -> Iterator[Finding]:
    if os.name != "posix":
        return
    for place, right in ((path, 0o600), (path.parent, 0o700)):
        mode = place.stat().st_mode & 0o777
        if mode & 0o077:
            yield Finding(
                Severity.WARNING,
                f"Others on this machine may look into {place} ({mode:03o})",
                f"chmod {right:o} {place}",
            )
    if not os.access(path, os.W_OK):
        yield Finding(Severity.WARNING, f"{path} is read-only", "Give yourself permission to write, to add to it")


_SYNCED = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}
_MARKERS = {".stfolder": "Syncthing", ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".sync": "Resilio Sync"}


def _of_place(path: Path) -> Iterator[Finding]:
    if synced := _synced_by(path):
        yield Finding(
            Severity.WARNING,
            f"The log lies in a folder that {synced} synchronises, which can damage a database in use",
            "Keep it elsewhere (--db, ADVISORLOG_DB) and let the backups or `advisorlog export vault` be synchronised",
        )


def _synced_by(path: Path) -> str | None:
    for folder in path.resolve().parents:
        name = folder.name.casefold()
        for part, service in _SYNCED.items():
            if name == part or name.startswith((f"{part} ", f"{part}-")):
                return service
        for marker, service in _MARKERS.items():
            if (folder / marker).exists():
                return service
    return None


def _of_space(path: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(path.parent).free
    if free < max(LEAST_SPACE, 3 * path.stat().st_size):
        yield Finding(
            Severity.WARNING, f"The disk has only {free // 1_000_000} MB left", "Free some space: backups need it"
        )
    journal = path.with_name(path.name + "-wal")
    if journal.exists() and (size := journal.stat().st_size):
        if size > LARGEST_JOURNAL:
            yield Finding(
                Severity.WARNING,
                f"The journal {journal.name} has grown to {size // 1_000_000} MB",
                "Close the programs that hold the log open; the next command then empties it",
            )
        else:
            yield Finding(
                Severity.NOTE,
                f"A journal of {size} bytes lies beside the log: it is in use, or a program was killed",
                "Nothing to do: it belongs to the log. Never copy or move the log without it; `advisorlog backup` can",
            )


def _of_backups(path: Path, now: Moment) -> Iterator[Finding]:
    backups = backup.listed(path)
    if not backups:
        yield Finding(Severity.NOTE, "There is no backup yet", "`advisorlog backup` makes one")
        return
    age = now.at - datetime.fromtimestamp(backups[0].stat().st_mtime, UTC)
    if age.days > OLDEST_BACKUP_DAYS:
        yield Finding(
            Severity.WARNING, f"The last backup is {age.days} days old", "`advisorlog backup` makes a new one"
        )
    try:
        backup.check(backups[0])
    except LogError as error:
        yield Finding(Severity.WARNING, f"The newest backup is not sound: {error.message}", "Make a new one")


def _of_content(path: Path) -> list[Finding]:
    try:
        with closing(_open(path)) as connection:
            version = check_version(connection, path)
            if damage := list(_damage(connection)):
                return damage
            if version < SCHEMA_VERSION:
                what = f"The log is of an older version ({version}; this program's is {SCHEMA_VERSION})"
                return [Finding(Severity.NOTE, what, "Nothing to do: the next command upgrades it, after a backup")]
            found = [finding for look in _LOOKS for finding in look(connection)]
            return [*found, *attachment_check.look(connection, path)]
    except LogError as error:
        return [Finding(Severity.ERROR, error.message, error.what_to_do)]
    except sqlite3.Error as error:
        explained = explain(error, path)
        if isinstance(explained, LogError):
            return [Finding(Severity.ERROR, explained.message, explained.what_to_do)]
        return [Finding(Severity.ERROR, f"The log does not hold what it must: {error}", _RESTORE)]


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("PRAGMA query_only = ON")
    return connection


def _damage(connection: sqlite3.Connection) -> Iterator[Finding]:
    for (verdict,) in connection.execute("PRAGMA quick_check(5)"):
        if verdict != "ok":
            yield Finding(Severity.ERROR, f"The file is damaged: {verdict}", _RESTORE)


def _broken_links(connection: sqlite3.Connection) -> Iterator[Finding]:
    for row in connection.execute("PRAGMA foreign_key_check").fetchmany(5):
        yield Finding(Severity.ERROR, f"{row[0]} {row[1]} points at a {row[2]} that is gone", _REPORT)


_RULES = {
    "SELECT id FROM action a WHERE NOT EXISTS (SELECT 1 FROM action_event v WHERE v.action_id = a.id "
    "AND v.state = 'open')": "action {} was never opened",
    "SELECT id FROM action a WHERE closed_at IS NOT (SELECT CASE WHEN v.state IN ('done', 'dropped') THEN v.at END "
    "FROM action_event v WHERE v.action_id = a.id ORDER BY v.at DESC, v.id DESC LIMIT 1)": (
        "action {} is closed at another time than its history says"
    ),
    "SELECT id FROM idea_event WHERE confidence NOT BETWEEN 0 AND 100": "idea event {} has no percentage",
    "SELECT id FROM idea_event WHERE status IS NULL AND confidence IS NULL": "idea event {} says nothing",
    "SELECT id FROM entry WHERE at NOT GLOB '????-??-??T??:??:??Z'": "entry {} has no proper time",
    "SELECT id FROM meeting WHERE starts_at NOT GLOB '????-??-??T??:??:??Z'": "meeting {} has no proper time",
    "SELECT count(*) AS id FROM person WHERE is_me HAVING count(*) <> 1": "{} people are “me” instead of one",
}


def _broken_rules(connection: sqlite3.Connection) -> Iterator[Finding]:
    for query, what in _RULES.items():
        rows = connection.execute(query).fetchmany(5)
        for row in rows:
            said = what.format(row["id"])
            yield Finding(Severity.ERROR, said[0].upper() + said[1:], _REPORT)


def _changed_documents(connection: sqlite3.Connection) -> Iterator[Finding]:
    for row in connection.execute("SELECT id, title, body, sha256 FROM document"):
        if sha256(row["body"].encode()).hexdigest() != row["sha256"]:
            yield Finding(Severity.ERROR, f"Document {row['id']} (“{row['title']}”) is not what was sent", _RESTORE)


def _unreadable_history(connection: sqlite3.Connection) -> Iterator[Finding]:
    for row in connection.execute("SELECT id, op, before FROM revision WHERE op <> 'insert'"):
        try:
            whole = isinstance(json.loads(row["before"] or ""), dict)
        except ValueError:
            whole = False
        if not whole:
            yield Finding(Severity.ERROR, f"Revision {row['id']} can't be read, so it can't be undone", _REPORT)


def _stale_search(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Whether the index is whole, and about the records that there are."""
    query = (
        "SELECT (SELECT count(*) FROM searchable WHERE number NOT IN (SELECT id FROM search_words_docsize)) + "
        "(SELECT count(*) FROM search_words_docsize WHERE id NOT IN (SELECT number FROM searchable)) AS wrong"
    )
    if wrong := connection.execute(query).fetchone()["wrong"]:
        yield Finding(Severity.ERROR, f"The search index is wrong about {wrong} records", _REBUILD)
    elif not _index_is_whole(connection):
        yield Finding(Severity.ERROR, "The search index is damaged", _REBUILD)


_REBUILD = "`advisorlog doctor --rebuild-search` makes it anew; no record is touched"


def _index_is_whole(connection: sqlite3.Connection) -> bool:
    """FTS5's own check. It has the form of a write, and writes nothing; where it can't be asked, it is not known."""
    connection.execute("PRAGMA query_only = OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        for index in ("search_words", "search_runs"):
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        return not error.sqlite_errorname.startswith("SQLITE_CORRUPT")
    finally:
        if connection.in_transaction:
            connection.rollback()
        connection.execute("PRAGMA query_only = ON")
    return True


_LOOKS: tuple[Callable[[sqlite3.Connection], Iterator[Finding]], ...] = (
    _broken_links,
    _broken_rules,
    _changed_documents,
    _unreadable_history,
    _stale_search,
)
