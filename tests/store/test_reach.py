"""What is read for one series in a log with many others."""

import sqlite3
from datetime import timedelta
from pathlib import Path

from advisorlog.domain.grammar import parse
from advisorlog.domain.kinds import ActionState, EntryKind
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading, transaction
from advisorlog.store.lines import Said, store_action_event, store_line
from advisorlog.store.reading import actions, entries
from advisorlog.store.reading.reach import Reach

OURS, OTHERS = 1, 2
MANY = 12
ZEUS = Reach(OURS, frozenset({1}))


def filled(log: Path, now: Moment) -> None:
    """A line of each sort in our series first, then many in another one."""
    with transaction(log, "fill", now) as connection:
        for number in (OURS, OTHERS):
            connection.execute("INSERT INTO project (slug, name) VALUES (?, ?)", (f"p{number}", f"P {number}"))
            connection.execute("INSERT INTO person (handle, name) VALUES (?, ?)", (f"h{number}", f"H {number}"))
            connection.execute(
                "INSERT INTO series (slug, title, role, project_id, zone) VALUES (?, ?, 'advisor', ?, 'UTC')",
                (f"s{number}", f"S {number}", number),
            )
        for week, number in enumerate([OURS, *[OTHERS] * MANY]):
            said = Moment(now.at - timedelta(hours=100 - week), "UTC")
            meeting = connection.execute(
                "INSERT INTO meeting (slug, series_id, starts_at, zone, status) VALUES (?, ?, ?, 'UTC', 'held')",
                (f"m{week}", number, said.stored),
            ).lastrowid
            for line in (f"+ result of {number}", f"[] promise of {number}", f"? question of {number}"):
                store_line(connection, parse(line), Said(said, "test", meeting))
        store_line(connection, parse("[] promise in the inbox"), Said(now, "test", project_id=OURS))
        store_line(connection, parse("[] promise of theirs @h1"), Said(now, "test"))


def results(connection: sqlite3.Connection, now: Moment, reach: Reach | None, also: tuple[int, ...] = ()) -> list[str]:
    week_ago = Moment(now.at - timedelta(days=7), "UTC")
    found = entries.said_between(connection, (EntryKind.RESULT,), week_ago, now, MANY, reach, also)
    return [entry.text for entry in found]


def test_other_series_crowd_nothing_out(log: Path, now: Moment) -> None:
    filled(log, now)
    with reading(log) as connection:
        assert set(results(connection, now, None)) == {"result of 2"}
        assert results(connection, now, ZEUS) == ["result of 1"]
        (theirs,) = connection.execute("SELECT max(id) FROM entry WHERE text = 'result of 2'").fetchone()
        assert results(connection, now, ZEUS, (theirs,)) == ["result of 2", "result of 1"]


def test_promises_within_reach_are_those_of_the_series_its_projects_and_its_people(log: Path, now: Moment) -> None:
    filled(log, now)
    with reading(log) as connection:
        (reader,) = connection.execute("SELECT id FROM person WHERE handle = 'h1'").fetchone()
        within = actions.open_within(connection, now, ZEUS, [reader])
        assert [action.text for action in within] == [
            "promise of 1",
            "promise in the inbox",
            "promise of theirs @h1",
        ]
        assert len(actions.open_actions(connection, now)) == MANY + 3


def test_what_was_kept_within_reach_is_told_from_the_rest(log: Path, now: Moment) -> None:
    filled(log, now)
    with transaction(log, "done", now) as connection:
        for row in connection.execute("SELECT id FROM action").fetchall():
            store_action_event(connection, row["id"], ActionState.DONE, Said(now, "test"))
    before = Moment(now.at - timedelta(seconds=1), "UTC")
    with reading(log) as connection:
        within = actions.closed_within(connection, before, now, ZEUS, ())
        assert [action.text for action in within] == ["promise of 1", "promise in the inbox"]
        assert len(actions.closed_between(connection, before, now)) == MANY + 3


def test_open_promises_are_found_without_going_through_all_lines(log: Path, now: Moment) -> None:
    with reading(log) as connection:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        actions.open_actions(connection, now)
        connection.set_trace_callback(None)
        plan = [row["detail"] for row in connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}")]
    assert any("INDEX open_action" in step for step in plan)
    assert not any(step.startswith("SCAN") or "entry_in_time" in step for step in plan)
