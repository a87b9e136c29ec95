import sqlite3
from pathlib import Path
from random import Random

import pytest

from advisorlog.domain.kinds import RecordKind
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError, NotFound
from advisorlog.store import undo
from advisorlog.store.connection import reading, transaction
from tests.store.writes import dump, search_is_sound, write


def _say(log: Path, now: Moment, text: str, meeting: int | None = None) -> int:
    with transaction(log, "add", now) as connection:
        entry = connection.execute(
            "INSERT INTO entry (meeting_id, kind, text, origin, at, zone) VALUES (?, 'note', ?, 'cli', ?, 'UTC')",
            (meeting, text, now.stored),
        ).lastrowid
    assert entry is not None
    return entry


def _edit(log: Path, now: Moment, entry: int, text: str) -> None:
    with transaction(log, "edit", now) as connection:
        connection.execute("UPDATE entry SET text = ? WHERE id = ?", (text, entry))


def _meet(log: Path, now: Moment) -> int:
    with transaction(log, "meeting new", now) as connection:
        meeting = connection.execute(
            "INSERT INTO meeting (slug, starts_at, zone, status) VALUES ('m', ?, 'UTC', 'held')", (now.stored,)
        ).lastrowid
    assert meeting is not None
    return meeting


def _send(log: Path, now: Moment, meeting: int | None = None) -> None:
    with transaction(log, "brief --send", now) as connection:
        connection.execute(
            "INSERT INTO document (kind, meeting_id, title, format, body, sha256, as_of, sent_at, zone) "
            "VALUES ('brief', ?, 't', 'md', 'b', 'h', '', ?, 'UTC')",
            (meeting, now.stored),
        )


def _undo(log: Path, now: Moment, change: int | None = None) -> undo.Change:
    with transaction(log, "undo", now) as connection:
        return undo.undo(connection, change)


def _redo(log: Path, now: Moment) -> undo.Change:
    with transaction(log, "redo", now) as connection:
        return undo.redo(connection)


def _texts(log: Path) -> list[str]:
    with reading(log) as connection:
        return [row["text"] for row in connection.execute("SELECT text FROM entry ORDER BY id")]


@pytest.mark.parametrize("seed", range(20))
def test_undoing_everything_and_redoing_it_loses_nothing(log: Path, now: Moment, seed: int) -> None:
    draw = Random(seed)
    states: list[dict[str, list[tuple[object, ...]]]] = []
    with reading(log) as connection:
        states.append(dump(connection))
    for _ in range(12):
        with transaction(log, "write", now) as connection:
            write(connection, draw)
            state = dump(connection)
        if state != states[-1]:
            states.append(state)
    for wanted in reversed(states[:-1]):
        with transaction(log, "undo", now) as connection:
            undo.undo(connection)
            assert dump(connection) == wanted
    _assert_sound(log, now)
    for wanted in states[1:]:
        with transaction(log, "redo", now) as connection:
            undo.redo(connection)
            assert dump(connection) == wanted
    _assert_sound(log, now)


def _assert_sound(log: Path, now: Moment) -> None:
    with transaction(log, "check", now) as connection:
        assert search_is_sound(connection)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_undo_goes_back_step_by_step_and_redo_forward(log: Path, now: Moment) -> None:
    for text in ("one", "two", "three"):
        _say(log, now, text)
    assert _undo(log, now).command == "add"
    _undo(log, now)
    assert _texts(log) == ["one"]
    _redo(log, now)
    assert _texts(log) == ["one", "two"]
    _redo(log, now)
    assert _texts(log) == ["one", "two", "three"]
    with pytest.raises(NotFound, match="nothing to redo"):
        _redo(log, now)


def test_nothing_to_undo(log: Path, now: Moment) -> None:
    with pytest.raises(NotFound, match="nothing to undo"):
        _undo(log, now)


def test_a_named_change_is_taken_back_alone(log: Path, now: Moment) -> None:
    for text in ("one", "two", "three"):
        _say(log, now, text)
    _undo(log, now, 2)
    assert _texts(log) == ["one", "three"]
    with pytest.raises(AdvisorlogError, match="undone already"):
        _undo(log, now, 2)
    with pytest.raises(NotFound, match="no change 99"):
        _undo(log, now, 99)


def test_a_change_that_a_later_one_touched_is_refused_and_named(log: Path, now: Moment) -> None:
    entry = _say(log, now, "one")
    _edit(log, now, entry, "uno")
    with pytest.raises(AdvisorlogError, match=rf"change 2 \(edit\) came later and touched entry {entry}.*undo 2"):
        _undo(log, now, 1)
    assert _texts(log) == ["uno"]
    _undo(log, now, 2)
    _undo(log, now, 1)
    assert _texts(log) == []


def test_a_record_on_which_others_stand_is_refused(log: Path, now: Moment) -> None:
    meeting = _meet(log, now)
    entry = _say(log, now, "said there", meeting)
    with pytest.raises(AdvisorlogError, match=rf"entry {entry} came later and stand on it"):
        _undo(log, now, 1)
    assert _texts(log) == ["said there"]


def test_redo_of_a_later_undo_does_not_hide_a_conflict(log: Path, now: Moment) -> None:
    entry = _say(log, now, "one")
    _edit(log, now, entry, "uno")
    _undo(log, now)
    _undo(log, now)
    with pytest.raises(AdvisorlogError, match="can't be taken back"):
        _undo(log, now, 3)
    assert _texts(log) == []


def test_a_sent_document_stays_as_sent(log: Path, now: Moment) -> None:
    _send(log, now)
    with pytest.raises(AdvisorlogError, match=r"a sent document stays as sent\. Send a new one, which supersedes it"):
        _undo(log, now)
    with pytest.raises(sqlite3.IntegrityError, match="frozen"), transaction(log, "edit", now) as connection:
        connection.execute("UPDATE document SET body = 'other'")


def test_a_meeting_may_go_and_come_back_while_its_document_stays(log: Path, now: Moment) -> None:
    meeting = _meet(log, now)
    _send(log, now, meeting)
    with reading(log) as connection:
        before = dump(connection)
    with transaction(log, "meeting rm", now) as connection:
        connection.execute("DELETE FROM meeting")
    _undo(log, now)
    with reading(log) as connection:
        assert dump(connection) == before


def test_numbers_are_not_given_twice(log: Path, now: Moment) -> None:
    first = _say(log, now, "one")
    _undo(log, now)
    assert _say(log, now, "two") > first
    _redo(log, now)
    assert _texts(log) == ["one", "two"]


def test_what_was_taken_in_the_meantime_can_not_come_back(log: Path, now: Moment) -> None:
    _meet(log, now)
    _undo(log, now)
    _meet(log, now)
    with pytest.raises(AdvisorlogError, match="moved on"):
        _redo(log, now)


def test_history_tells_what_was_touched(log: Path, now: Moment) -> None:
    entry = _say(log, now, "one")
    _edit(log, now, entry, "uno")
    other = _say(log, now, "two")
    _undo(log, now)
    with reading(log) as connection:
        changes = undo.history(connection, 10)
        assert [(each.id, each.command, each.undoes_id, each.undone) for each in changes] == [
            (4, "undo", 3, False),
            (3, "add", None, True),
            (2, "edit", None, False),
            (1, "add", None, False),
        ]
        assert changes[2].touched == (undo.Touched("entry", undo.Op.UPDATE, 1),)
        assert [each.id for each in undo.history(connection, 10, (RecordKind.ENTRY, entry))] == [2, 1]
        assert [each.id for each in undo.history(connection, 1)] == [4]
        assert [each.id for each in undo.history(connection, 9, (RecordKind.ENTRY, other))] == [4, 3]


def test_a_command_that_writes_nothing_is_no_change(log: Path, now: Moment) -> None:
    with transaction(log, "idle", now):
        pass
    with reading(log) as connection:
        assert undo.history(connection, 10) == []
