"""What a comment of ours says about a line, written over what its words alone would give."""

import json
import sqlite3
from typing import Any

from advisorlog.store import names
from advisorlog.store.lines import Said
from advisorlog.vault.notes import NoteEntry
from advisorlog.workflow.importing import histories
from advisorlog.workflow.importing.references import References
from advisorlog.workflow.importing.rows import upsert


def write(connection: sqlite3.Connection, entry: NoteEntry, entry_id: int, said: Said, references: References) -> None:
    """Each key that the comment has; a key that is missing says nothing."""
    told = entry.told
    if not told:
        return
    values: dict[str, Any] = {}
    if "speaker" in told:
        values["speaker_id"] = names.find_person(connection, told["speaker"]) if told["speaker"] else None
    if "project" in told:
        values["project_id"] = _numbered(connection, "project", told["project"])
    if values:
        upsert(connection, "entry", {"id": entry_id}, **values)
    if "answers" in told:
        references.later.append(lambda: _answer(connection, entry_id, references.entry(told["answers"])))
    _write_action(connection, entry, entry_id, said, references)
    if "step" in told:
        references.later.append(lambda: _write_step(connection, entry_id, told["step"], said, references))


def _numbered(connection: sqlite3.Connection, table: str, slug: str | None) -> int | None:
    if not slug:
        return None
    row = connection.execute(f"SELECT id FROM {table} WHERE slug = ?", (names.key(slug),)).fetchone()
    return int(row["id"]) if row else None


def _answer(connection: sqlite3.Connection, entry_id: int, question: int | None) -> None:
    connection.execute("UPDATE entry SET answers_id = ?1 WHERE id = ?2 AND answers_id IS NOT ?1", (question, entry_id))


def set_root(connection: sqlite3.Connection, entry_id: int, root: int | None) -> None:
    """The takeaway that a promise grows from."""
    connection.execute("UPDATE action SET root_id = ?1 WHERE entry_id = ?2 AND root_id IS NOT ?1", (root, entry_id))


def _write_action(
    connection: sqlite3.Connection, entry: NoteEntry, entry_id: int, said: Said, references: References
) -> None:
    told = entry.told
    action = connection.execute("SELECT id FROM action WHERE entry_id = ?", (entry_id,)).fetchone()
    if action is None:
        return
    values: dict[str, Any] = {}
    if "owner" in told:
        values["owner_id"] = names.find_person(connection, told["owner"]) if told["owner"] else None
    if "due" in told:
        values["due"] = told["due"]
    if told.get("done_test"):
        values["done_test"] = told["done_test"]
    if values:
        upsert(connection, "action", {"id": action["id"]}, **values)
    if told.get("root"):
        references.later.append(lambda: set_root(connection, entry_id, references.entry(told["root"])))
    if told.get("steps"):
        _write_steps(connection, action["id"], _loaded(told["steps"], list), said)


def _loaded(text: str | None, kind: type) -> Any:
    """What a value holds as JSON; empty where it is not what we write."""
    try:
        value = json.loads(text or "null")
    except (ValueError, RecursionError):
        return kind()
    return value if isinstance(value, kind) else kind()


def _write_steps(connection: sqlite3.Connection, action_id: int, steps: list[dict[str, Any]], said: Said) -> None:
    """All states of a promise, exactly; written only where they differ."""
    wanted = [
        (
            step["state"],
            step["at"] or said.moment.stored,
            step["zone"] or said.moment.zone,
            step["due"],
            step["because"],
            _numbered(connection, "meeting", step["meeting"]),
        )
        for step in steps
    ]
    rows = connection.execute(
        "SELECT state, at, zone, due, because, meeting_id FROM action_event WHERE action_id = ? ORDER BY at, id",
        (action_id,),
    )
    if [tuple(row) for row in rows] == wanted:
        return
    connection.execute("DELETE FROM action_event WHERE action_id = ?", (action_id,))
    connection.executemany(
        "INSERT INTO action_event (action_id, state, at, zone, due, because, meeting_id, origin) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(action_id, *step, said.origin) for step in wanted],
    )


def _write_step(
    connection: sqlite3.Connection, entry_id: int, text: str | None, said: Said, references: References
) -> None:
    """The event of a confidence line, where it is not the one that the line itself gives."""
    step = _loaded(text, dict)
    found = connection.execute("SELECT id FROM idea_event WHERE entry_id = ?", (entry_id,)).fetchone()
    if not step:
        connection.execute("DELETE FROM idea_event WHERE entry_id = ?", (entry_id,))
        return
    if found is None:
        return
    upsert(
        connection,
        "idea_event",
        {"id": found["id"]},
        at=step["at"],
        zone=step["zone"],
        status=step["status"],
        confidence=step["confidence"],
        because=step["because"],
        mood=int(step["mood"]),
        revive_if=step["revive_if"],
        revisit_when=step["revisit_when"],
        by_id=names.find_person(connection, step["by"]) if step["by"] else None,
    )
    evidence = tuple(_as_link(each) for each in step["evidence"])
    histories.write_evidence(connection, found["id"], evidence, references)


def _as_link(evidence: str) -> str:
    links, _, words = evidence.partition(": ")
    linked = " ".join(f"[[{link.rstrip(':')}]]" for link in links.split())
    return f"{linked} {words}".strip() if linked else f"\\{words}"
