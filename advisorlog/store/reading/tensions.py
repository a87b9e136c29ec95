"""Advice and decisions as the rules of tension see them, and the pairs that the user has compared."""

import sqlite3
from dataclasses import dataclass

from advisorlog.domain.kinds import EntryKind, Role
from advisorlog.domain.moments import Moment, moment
from advisorlog.domain.tension import Cause, Point
from advisorlog.store.reading.entries import ideas_of


@dataclass(frozen=True, slots=True)
class Tension:
    """A pair that the user put to the brief as a question, or settled (then with its cause)."""

    id: int
    first_id: int
    second_id: int
    found: Moment
    cause: Cause | None
    because: str
    resolved: Moment | None
    question_id: int | None

    @property
    def pair(self) -> frozenset[int]:
        return frozenset((self.first_id, self.second_id))


def tensions(connection: sqlite3.Connection, until: Moment) -> list[Tension]:
    """Pairs as they stood at a moment, newest first; what was settled later counts as open."""
    rows = connection.execute(
        "SELECT * FROM tensions WHERE found_at <= ? ORDER BY found_at DESC, id DESC", (until.stored,)
    )
    return [_tension(row, until) for row in rows]


def of_pair(connection: sqlite3.Connection, first_id: int, second_id: int) -> Tension | None:
    """The pair in either order, as it stands now; None where it was never looked at."""
    row = connection.execute(
        "SELECT * FROM tensions WHERE (first_id = ? AND second_id = ?) OR (second_id = ? AND first_id = ?)",
        (first_id, second_id, first_id, second_id),
    ).fetchone()
    return _tension(row, None) if row else None


def _tension(row: sqlite3.Row, until: Moment | None) -> Tension:
    is_settled = row["resolved_at"] is not None and (until is None or row["resolved_at"] <= until.stored)
    return Tension(
        row["id"],
        row["first_id"],
        row["second_id"],
        moment(row["found_at"], row["zone"]),
        Cause(row["cause"]) if is_settled else None,
        row["because"] if is_settled else "",
        moment(row["resolved_at"], row["zone"]) if is_settled else None,
        row["question_id"],
    )


def points(connection: sqlite3.Connection, until: Moment, with_private: bool = False) -> list[list[Point]]:
    """Advice and decisions up to a moment: what I was told and decided, and apart from it what I told mentees."""
    seen = "1" if with_private else "e.visibility = 'open'"
    rows = connection.execute(
        "SELECT e.id, e.kind, e.text, e.at, e.zone, e.meeting_id, e.speaker_id, e.role FROM entries e "
        f"WHERE e.kind IN (?, ?) AND e.at <= ? AND {seen} ORDER BY e.at, e.id",
        (EntryKind.ADVICE, EntryKind.DECISION, until.stored),
    ).fetchall()
    named = ideas_of(connection, [row["id"] for row in rows])
    sides: dict[bool, list[Point]] = {False: [], True: []}
    for row in rows:
        point = Point(
            row["id"],
            EntryKind(row["kind"]),
            row["text"],
            moment(row["at"], row["zone"]).day,
            row["meeting_id"],
            row["speaker_id"],
            frozenset(named.get(row["id"], ())),
        )
        sides[row["role"] == Role.MENTEE].append(point)
    return list(sides.values())
