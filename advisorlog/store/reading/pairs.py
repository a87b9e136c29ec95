"""Questions about two lines that may conflict. Apart from the rules of tension, for every brief asks for these."""

import sqlite3

from advisorlog.domain.moments import Moment


def questions(connection: sqlite3.Connection, series_id: int, until: Moment) -> tuple[frozenset[int], frozenset[int]]:
    """The questions about lines that were said in a series, and those that are for nobody.

    For nobody: the pair was settled by then, or one of its lines was made private since it was quoted.
    """
    rows = connection.execute(
        "SELECT t.question_id, max(m.series_id = ?) AS is_ours, "
        "max(coalesce(t.resolved_at <= ?, 0), max(e.visibility = 'private')) AS is_over "
        "FROM tensions t JOIN entry e ON e.id IN (t.first_id, t.second_id) LEFT JOIN meeting m ON m.id = e.meeting_id "
        "WHERE t.question_id IS NOT NULL GROUP BY t.id",
        (series_id, until.stored),
    ).fetchall()
    ours = frozenset(row["question_id"] for row in rows if row["is_ours"])
    return ours, frozenset(row["question_id"] for row in rows if row["is_over"])
