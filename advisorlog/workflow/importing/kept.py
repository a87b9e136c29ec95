"""Documents as they were sent, and judgements, from their files: what is there already is left as it is."""

from advisorlog.domain.moments import Moment
from advisorlog.store import names
from advisorlog.vault.exactly import Told
from advisorlog.vault.notes import DocumentNote, JudgementsNote
from advisorlog.vault.times import read_when
from advisorlog.workflow.changing import Change
from advisorlog.workflow.importing.references import References
from advisorlog.workflow.importing.rows import upsert


def document(change: Change, note: DocumentNote, known: dict[str, int], references: References) -> tuple[int, bool]:
    """Write a sent document, unless it is in; returns its number and whether it is new.

    `known` are the documents of this import by their ids, for those that a later one supersedes.
    """
    connection = change.connection
    found = connection.execute(
        "SELECT id FROM document WHERE sha256 = ? AND sent_at = ? AND kind = ? AND title = ?",
        (note.sha256, note.sent.stored, note.document, note.title),
    ).fetchone()
    if found is not None:
        return int(found["id"]), False
    cursor = connection.execute(
        "INSERT INTO document (kind, series_id, meeting_id, title, format, body, sha256, as_of, sent_at, zone, "
        "supersedes_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            note.document,
            _numbered(change, "series", note.series),
            _numbered(change, "meeting", note.meeting),
            note.title,
            note.format,
            note.body,
            note.sha256,
            note.as_of.stored,
            note.sent.stored,
            note.sent.zone,
            known.get(names.key(note.supersedes)) if note.supersedes else None,
        ),
    )
    number = int(cursor.lastrowid or 0)
    for handle in note.to:
        person = names.find_person(connection, handle)
        if person is not None:
            upsert(connection, "recipient", {"document_id": number, "person_id": person})
    references.later.append(lambda: _cite(change, number, note, references))
    return number, True


def _numbered(change: Change, table: str, slug: str | None) -> int | None:
    if slug is None:
        return None
    row = change.connection.execute(f"SELECT id FROM {table} WHERE slug = ?", (names.key(slug),)).fetchone()
    return int(row["id"]) if row else None


def _cite(change: Change, number: int, note: DocumentNote, references: References) -> None:
    for link, section in note.cites:
        if (record := references.record(link)) is not None:
            change.connection.execute(
                "INSERT INTO citation (document_id, record, record_id, section) VALUES (?, ?, ?, ?)",
                (number, *record, section),
            )


def judgements(change: Change, note: JudgementsNote, references: References) -> list[str]:
    """Write what the file says; returns what could not be, in words. Nothing that the log has more is removed."""
    lost: list[str] = []
    for told in note.tensions:
        lost += _tension(change, told, references)
    for told in note.guesses:
        lost += _guess(change, told, references)
    for told in note.pins:
        meeting = _numbered(change, "meeting", _slug(told.get("meeting")))
        record = references.record(told.get("record"))
        if meeting is None or record is None:
            lost.append(f"a pin of {told.get('record')}: no such record")
        else:
            by = {"meeting_id": meeting, "record": record[0], "record_id": record[1]}
            upsert(change.connection, "pin", by, choice=told.get("choice") or "keep")
    return lost


def _slug(text: str | None) -> str | None:
    from advisorlog.vault.exactly import name_in

    return name_in(text) if text else None


def _moment(text: str | None, change: Change) -> Moment:
    when = read_when(text or "", change.now.zone)
    return when.at if when and when.at else change.now


def _stored(text: str | None) -> str | None:
    when = read_when(text or "", "UTC")
    return when.at.stored if when and when.at else None


def _tension(change: Change, told: Told, references: References) -> list[str]:
    first, second = references.entry(told.get("first")), references.entry(told.get("second"))
    if first is None or second is None:
        return [f"a tension between {told.get('first')} and {told.get('second')}: a line is missing"]
    found = _moment(told.get("found"), change)
    upsert(
        change.connection,
        "tension",
        {"first_id": first, "second_id": second},
        found_at=found.stored,
        zone=found.zone,
        cause=told.get("cause"),
        because=told.get("because") or "",
        resolved_at=_stored(told.get("resolved")),
        question_id=references.entry(told.get("question")),
    )
    return []


def _guess(change: Change, told: Told, references: References) -> list[str]:
    advice = references.entry(told.get("advice"))
    question = told.get("question")
    if advice is None or not question:
        return [f"a guess on {told.get('advice')}: the line is missing"]
    asked = _moment(told.get("asked"), change)
    guess, _ = upsert(
        change.connection,
        "guess",
        {"advice_id": advice, "question": question, "asked_at": asked.stored},
        zone=asked.zone,
        verdict=told.get("verdict"),
        real_reason=told.get("real-reason"),
        resolved_at=_stored(told.get("resolved")),
    )
    for link in (told.get("reasons") or "").split("\n"):
        if (reason := references.entry(link)) is not None:
            upsert(change.connection, "guess_reason", {"guess_id": guess, "entry_id": reason})
    return []
