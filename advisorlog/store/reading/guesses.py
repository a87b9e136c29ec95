"""Guesses why something was advised, and how they came out."""

import sqlite3
from dataclasses import dataclass

from advisorlog.domain.guess import Verdict
from advisorlog.domain.kinds import Visibility
from advisorlog.domain.moments import Moment, moment
from advisorlog.errors import NotFound
from advisorlog.store.reading.select import in_parts


@dataclass(frozen=True, slots=True)
class Guess:
    """A guess with its reasons (numbers of entries); verdict and real reason are unset until it was tested."""

    id: int
    advice_id: int
    advice: str
    adviser: str | None
    adviser_name: str | None
    visibility: Visibility
    series_id: int | None
    question: str
    asked: Moment
    verdict: Verdict | None
    real_reason: str | None
    resolved: Moment | None
    reasons: tuple[int, ...] = ()


def guess(connection: sqlite3.Connection, guess_id: int, until: Moment) -> Guess:
    """Raises NotFound where there is no such guess."""
    rows = connection.execute("SELECT * FROM guesses WHERE id = ?", (guess_id,)).fetchall()
    if not rows:
        raise NotFound(f"There is no guess {guess_id}", "`advisorlog guess list` shows them")
    return _guesses(connection, rows, until)[0]


def guesses(connection: sqlite3.Connection, until: Moment) -> list[Guess]:
    """All guesses as they stood at a moment, newest first; what was answered later counts as open."""
    rows = connection.execute(
        "SELECT * FROM guesses WHERE asked_at <= ? ORDER BY asked_at DESC, id DESC", (until.stored,)
    ).fetchall()
    return _guesses(connection, rows, until)


def _guesses(connection: sqlite3.Connection, rows: list[sqlite3.Row], until: Moment) -> list[Guess]:
    query = "SELECT guess_id, entry_id FROM guess_reason WHERE guess_id IN ({ids}) ORDER BY id"
    reasons: dict[int, tuple[int, ...]] = {}
    for row in in_parts(connection, query, [row["id"] for row in rows]):
        reasons[row["guess_id"]] = (*reasons.get(row["guess_id"], ()), row["entry_id"])
    return [_guess(row, reasons.get(row["id"], ()), until) for row in rows]


def _guess(row: sqlite3.Row, reasons: tuple[int, ...], until: Moment) -> Guess:
    is_tested = row["resolved_at"] is not None and row["resolved_at"] <= until.stored
    return Guess(
        row["id"],
        row["advice_id"],
        row["advice"],
        row["adviser"],
        row["adviser_name"],
        Visibility(row["visibility"]),
        row["series_id"],
        row["question"],
        moment(row["asked_at"], row["zone"]),
        Verdict(row["verdict"]) if is_tested else None,
        row["real_reason"] if is_tested else None,
        moment(row["resolved_at"], row["zone"]) if is_tested else None,
        reasons,
    )
