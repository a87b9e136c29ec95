"""Ideas and their histories."""

import sqlite3
from collections.abc import Iterable

from advisorlog.domain.kinds import IdeaStatus, Visibility
from advisorlog.domain.moments import Moment, moment
from advisorlog.store import names
from advisorlog.store.reading.rows import Evidence, Idea, IdeaEvent
from advisorlog.store.reading.select import day, in_parts

_STATUS_UNTIL = (
    "(SELECT v.status FROM idea_event v WHERE v.idea_id = i.id AND v.status IS NOT NULL AND v.at <= :until "
    "ORDER BY v.at DESC, v.id DESC LIMIT 1) AS status"
)
_CONFIDENCE_UNTIL = ", ".join(
    f"(SELECT v.{column} FROM idea_event v WHERE v.idea_id = i.id AND v.confidence IS NOT NULL AND v.at <= :until "
    f"ORDER BY v.at DESC, v.id DESC LIMIT 1) AS {column}"
    for column in ("confidence", "mood")
)
_IS_KNOWN = (
    "(i.resolved_at <= :until OR (i.resolved_at IS NULL AND (i.resolve_by IS NULL OR i.resolve_by < :until OR EXISTS "
    "(SELECT 1 FROM idea_event v WHERE v.idea_id = i.id AND v.at <= :until "
    "AND v.status IN ('validated', 'published', 'killed')))))"
)
"""Whether an outcome was known by then. Where nobody kept the day: once it was due, or the idea was judged."""
_IDEA = (
    "SELECT i.id, i.slug, i.title, i.claim, i.resolve_by, i.project_id, i.visibility, "
    f"CASE WHEN {_IS_KNOWN} THEN i.outcome END AS outcome, "
    "CASE WHEN i.resolved_at <= :until AND i.outcome IS NOT NULL THEN i.resolved_at END AS resolved_at, "
    # The zone of an outcome is that of the change it came with, else of the idea's latest.
    "coalesce((SELECT v.zone FROM idea_event v WHERE v.idea_id = i.id AND v.at = i.resolved_at LIMIT 1), "
    "(SELECT v.zone FROM idea_event v WHERE v.idea_id = i.id ORDER BY v.at DESC LIMIT 1), 'UTC') AS resolved_zone, "
    f"{_STATUS_UNTIL}, {_CONFIDENCE_UNTIL} FROM idea i"
)


def _idea(row: sqlite3.Row) -> Idea:
    return Idea(
        row["id"],
        row["slug"],
        row["title"],
        row["claim"],
        day(row["resolve_by"]),
        None if row["outcome"] is None else bool(row["outcome"]),
        row["project_id"],
        Visibility(row["visibility"]),
        IdeaStatus(row["status"]) if row["status"] else None,
        row["confidence"],
        moment(row["resolved_at"], row["resolved_zone"]) if row["resolved_at"] else None,
        bool(row["mood"]),
    )


def idea(connection: sqlite3.Connection, name: str, until: Moment) -> Idea:
    """Raises NotFound where the name stands for no idea."""
    idea_id = names.resolve(connection, "idea", name.lstrip("#"))
    values = {"id": idea_id, "until": until.stored}
    return _idea(connection.execute(f"{_IDEA} WHERE i.id = :id", values).fetchone())


def ideas(connection: sqlite3.Connection, until: Moment, project_ids: Iterable[int] | None = None) -> list[Idea]:
    """All ideas with their status and confidence as of a moment; of some projects where given."""
    rows = connection.execute(f"{_IDEA} ORDER BY i.slug", {"until": until.stored})
    wanted = None if project_ids is None else set(project_ids)
    return [_idea(row) for row in rows if wanted is None or row["project_id"] in wanted]


def any_rested(connection: sqlite3.Connection) -> bool:
    """Whether any idea was ever parked or killed: what `add` asks before it loads what compares texts."""
    return (
        connection.execute("SELECT 1 FROM idea_event WHERE status IN ('parked', 'killed') LIMIT 1").fetchone()
        is not None
    )


def titles(connection: sqlite3.Connection) -> dict[str, str]:
    """Open ideas' titles by slug, for rendering `#slug` to a cold reader."""
    rows = connection.execute("SELECT slug, title FROM idea WHERE visibility = 'open'")
    return {row["slug"]: row["title"] for row in rows}


def events(connection: sqlite3.Connection, idea_ids: Iterable[int], until: Moment) -> list[IdeaEvent]:
    """The histories of some ideas in order of time, with the evidence of each change."""
    query = "SELECT * FROM idea_events WHERE idea_id IN ({ids}) AND at <= ? ORDER BY at, id"
    rows = sorted(in_parts(connection, query, idea_ids, until.stored), key=lambda row: (row["at"], row["id"]))
    found = evidence(connection, [row["id"] for row in rows])
    return [_event(row, found.get(row["id"], ())) for row in rows]


def moved_between(connection: sqlite3.Connection, after: Moment, until: Moment) -> list[int]:
    """The ideas with any change in (after, until]."""
    rows = connection.execute(
        "SELECT DISTINCT idea_id FROM idea_event WHERE at > ? AND at <= ?", (after.stored, until.stored)
    )
    return [row["idea_id"] for row in rows]


def evidence(connection: sqlite3.Connection, event_ids: Iterable[int]) -> dict[int, tuple[Evidence, ...]]:
    """What changes rest on; the words of a private entry or reading are left out (its presence is not)."""
    query = (
        "SELECT v.event_id, v.entry_id, v.reading_id, "
        "CASE WHEN 'private' IN (e.visibility, r.visibility) THEN '(private)' "
        "ELSE coalesce(r.title, v.text, e.text, '') END AS text, "
        "r.slug AS reading, e.at, e.zone, "
        "coalesce(e.visibility, r.visibility, 'open') = 'private' AS is_private "
        "FROM evidence v LEFT JOIN entry e ON e.id = v.entry_id LEFT JOIN reading r ON r.id = v.reading_id "
        "WHERE v.event_id IN ({ids}) ORDER BY v.id"
    )
    found: dict[int, tuple[Evidence, ...]] = {}
    for row in in_parts(connection, query, event_ids):
        said = moment(row["at"], row["zone"]).day if row["at"] else None
        each = Evidence(
            row["event_id"], row["entry_id"], row["reading_id"], row["text"], row["reading"], said,
            bool(row["is_private"]),
        )  # fmt: skip
        found[each.event_id] = (*found.get(each.event_id, ()), each)
    return found


def _event(row: sqlite3.Row, rests_on: tuple[Evidence, ...]) -> IdeaEvent:
    return IdeaEvent(
        row["id"],
        row["idea_id"],
        row["idea"],
        moment(row["at"], row["zone"]),
        IdeaStatus(row["status"]) if row["status"] else None,
        row["confidence"],
        row["because"],
        bool(row["mood"]),
        row["revive_if"],
        row["revisit_when"],
        row["by_name"],
        row["entry_id"],
        Visibility(row["visibility"]),
        rests_on,
    )
