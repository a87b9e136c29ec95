"""Writing notes into the log: each kind of note to its record, and the file kept beside it byte for byte."""

import hashlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from advisorlog.domain.kinds import Role
from advisorlog.domain.moments import Moment, noon
from advisorlog.domain.slug import slugify
from advisorlog.store import names, slots
from advisorlog.store.lines import adopt_idea, adopt_person
from advisorlog.vault.calendar.notes import CalendarNote
from advisorlog.vault.notes import (
    DocumentNote,
    FreeNote,
    IdeaNote,
    InboxNote,
    JudgementsNote,
    ListNote,
    MeetingNote,
    Note,
    PersonNote,
    ProjectNote,
    ReadingNote,
    SeriesNote,
)
from advisorlog.vault.problems import Problem, Severity
from advisorlog.vault.reading import read_source
from advisorlog.workflow import attached_files
from advisorlog.workflow.changing import Change
from advisorlog.workflow.importing import histories, kept, meeting_lines
from advisorlog.workflow.importing.agreeing import keep_sheets
from advisorlog.workflow.importing.calendars import CalendarWriter
from advisorlog.workflow.importing.lists import ListWriter
from advisorlog.workflow.importing.moved import Places
from advisorlog.workflow.importing.references import References
from advisorlog.workflow.importing.report import Report
from advisorlog.workflow.importing.rows import upsert
from advisorlog.workflow.importing.source_names import kind_of


def _said_before(note: Note, content: bytes, zone: str) -> Note | None:
    """What the file said when it last came in."""
    return read_source(note.path, content, place=note.id, zone=zone).note


class Writer:
    """One import's writing. `take_in` a note after another in the order of `_ORDER`, then `finish`."""

    def __init__(self, change: Change, report: Report, zone: str, only: Sequence[str] = ()) -> None:
        self.change = change
        self.connection = change.connection
        self.report = report
        self.zone = zone
        self.taken: set[str] = set()
        self.ideas: list[tuple[int, IdeaNote, Note | None]] = []
        self.references = References(self.connection)
        self._places = Places(self.connection)
        self.documents: dict[str, int] = {}
        self.on_item: Callable[[int], None] = lambda done: None
        self.lists = ListWriter(
            change,
            report,
            zone,
            lambda meeting, people: self._link_people("meeting_person", "meeting_id", meeting, people),
        )

        self.calendars = CalendarWriter(change, report, only, self._set_people)

    def take_in(self, note: Note) -> None:
        """Write a note, unless the same bytes are in already; a calendar's events are known one by one."""
        if isinstance(note, CalendarNote):
            self.calendars.write(note, self.on_item)
            return
        kind = kind_of(note)
        digest = hashlib.sha256(note.source).hexdigest()
        known = self._source(f"{kind}:{names.key(note.id)}")
        if known is None and isinstance(note, FreeNote):
            note = self._places.followed(note, digest)
            known = self._source(f"{kind}:{names.key(note.id)}")
        if (known is not None and known["sha256"] == digest) or (
            isinstance(note, ListNote) and self.lists.has(note, digest)
        ):
            self.report.unchanged += 1
            return
        before = _said_before(note, known["content"], self.zone) if known is not None else None
        record_id = self._record(note, before)
        name = f"{kind}:{names.key(note.id)}"
        self.taken.add(name)
        upsert(
            self.connection,
            "source",
            {"name": name},
            record=kind,
            record_id=record_id,
            path=str(Path(note.path).resolve()),
            sha256=digest,
            content=note.source,
            imported_at=self.change.now.stored,
        )

    def _source(self, name: str) -> sqlite3.Row | None:
        return self.connection.execute("SELECT sha256, content FROM source WHERE name = ?", (name,)).fetchone()

    def finish(self) -> None:
        """Write the ideas' histories, last: their evidence may be any line of the import."""
        for idea_id, note, before in self.ideas:
            had = before if isinstance(before, IdeaNote) else None
            histories.write(self.connection, idea_id, note, self.zone, had, self.references)
        self.references.settle()
        keep_sheets(self.connection, self.taken)

    def _record(self, note: Note, before: Note | None) -> int:
        match note:
            case PersonNote():
                return self._person(note)
            case ProjectNote():
                return self._project(note)
            case SeriesNote():
                return self._series(note)
            case IdeaNote():
                return self._idea(note, before)
            case ReadingNote():
                return self._reading(note)
            case MeetingNote():
                return self._meeting(note, before)
            case FreeNote():
                return self._free(note, before)
            case ListNote():
                return self.lists.write(note, self.on_item)
            case InboxNote():
                self._lines(note, None, self.change.now, before)
                return 0
            case DocumentNote():
                return self._document(note)
            case CalendarNote():
                return 0
            case JudgementsNote():
                self.references.later.append(lambda: self._judge(note))
                return 0

    def _put(self, kind: str, by: dict[str, Any], **values: Any) -> int:
        record_id, is_new = upsert(self.connection, kind, by, **values)
        (self.report.new if is_new else self.report.changed)[kind] += 1
        return record_id

    def _warn(self, path: Path, messages: list[tuple[int, str, str]]) -> None:
        for line, message, mend in messages:
            self.report.warnings.append(Problem(path, line, message, mend, Severity.WARNING))

    def _person(self, note: PersonNote) -> int:
        if note.is_me:
            me = names.me(self.connection)
            said = {"name": note.name, "email": note.email, "note": note.body or None}
            handle = names.key(note.id)
            if names.find_person(self.connection, handle) is None:
                said["handle"] = handle
            upsert(self.connection, "person", {"id": me}, **said)
            adopt_person(self.connection, me, handle)
            self.report.changed["person"] += 1
            return me
        handle = names.key(note.id)
        person_id = self._put("person", {"handle": handle}, name=note.name, email=note.email, note=note.body or None)
        adopt_person(self.connection, person_id, handle)
        return person_id

    def _project(self, note: ProjectNote) -> int:
        project_id = self._put(
            "project", {"slug": names.key(note.id)}, name=note.name, pitch=note.pitch, goal=note.goal
        )
        rows = self.connection.execute("SELECT term, meaning FROM term WHERE project_id = ? ORDER BY id", (project_id,))
        if tuple((row["term"], row["meaning"]) for row in rows) == note.glossary:
            return project_id
        self.connection.execute("DELETE FROM term WHERE project_id = ?", (project_id,))
        for term, meaning in note.glossary:
            upsert(self.connection, "term", {"project_id": project_id, "term": term}, meaning=meaning)
        return project_id

    def _series(self, note: SeriesNote) -> int:
        since = note.since
        series_id = self._put(
            "series",
            {"slug": names.key(note.id)},
            title=note.title,
            role=note.role or Role.PEER,
            project_id=self._project_named(note.project),
            rrule=note.rrule,
            starts_at=since.stored if since else None,
            zone=note.zone or (since.zone if since else self.zone),
            minutes=note.minutes,
        )
        self._link_people("series_person", "series_id", series_id, note.people)
        return series_id

    def _document(self, note: DocumentNote) -> int:
        number, is_new = kept.document(self.change, note, self.documents, self.references)
        self.documents[names.key(note.id)] = number
        (self.report.new if is_new else self.report.changed)["document"] += 1
        return number

    def _judge(self, note: JudgementsNote) -> None:
        lost = kept.judgements(self.change, note, self.references)
        take = attached_files.only_look if self.report.dry_run else attached_files.take
        lost += attached_files.bring_in(self.change, note.attachments, note.path.parent, self.references, take)
        self._warn(note.path, [(1, what, "") for what in lost])

    def _idea(self, note: IdeaNote, before: Note | None) -> int:
        slug = names.key(note.id)
        resolved = note.resolved_at or (noon(note.resolved, self.zone) if note.resolved else None)
        idea_id = self._put(
            "idea",
            {"slug": slug},
            title=note.title,
            claim=note.claim,
            resolve_by=note.resolve_by.isoformat() if note.resolve_by else None,
            outcome=None if note.outcome is None else int(note.outcome),
            project_id=self._project_named(note.project),
            visibility=note.visibility,
            **({"resolved_at": resolved.stored} if resolved else {}),
        )
        adopt_idea(self.connection, idea_id, slug)
        self.ideas.append((idea_id, note, before))
        return idea_id

    def _reading(self, note: ReadingNote) -> int:
        noted = note.at or (noon(note.day, self.zone) if note.day else self.change.now)
        reading_id = self._put(
            "reading",
            {"slug": names.key(note.id)},
            title=note.title,
            authors=", ".join(note.authors) or None,
            year=note.year,
            url=note.url,
            doi=note.doi,
            keywords=", ".join(note.keywords) or None,
            motivation=note.motivation,
            solution=note.solution,
            results=note.results,
            detail=note.detail,
            thoughts="\n\n".join(part for part in (note.thoughts, note.rest.strip()) if part) or None,
            visibility=note.visibility,
            at=noted.stored,
            zone=noted.zone,
        )
        ideas = [idea_id for slug in note.ideas if (idea_id := names.find_idea(self.connection, slug))]
        self._set_links("reading_idea", "reading_id", reading_id, "idea_id", list(dict.fromkeys(ideas)))
        self._link_people("reading_person", "reading_id", reading_id, note.readers)
        return reading_id

    def _meeting(self, note: MeetingNote, before: Note | None) -> int:
        series_id = self._series_named(note)
        meeting_id = self._put(
            "meeting",
            {"slug": names.key(note.id)},
            series_id=series_id,
            project_id=self._project_named(note.project),
            title=note.title,
            role=note.role,
            starts_at=note.start.stored,
            zone=note.start.zone,
            minutes=note.minutes,
            status=note.status,
            agenda=note.whole_agenda or "\n".join(item.text for item in note.agenda),
            **self._told_of_meeting(note, before),
        )
        if note.stands_for is not None:
            slots.keep(self.connection, meeting_id, note.stands_for)
        self._link_people("meeting_person", "meeting_id", meeting_id, note.people)
        self._lines(note, meeting_id, note.start, before)
        return meeting_id

    def _told_of_meeting(self, note: MeetingNote, before: Note | None) -> dict[str, Any]:
        """What only some files say of a meeting: one that never did leaves the log's own word."""
        had = before if isinstance(before, MeetingNote) else None
        told: dict[str, Any] = {}
        if note.ended or (had and had.ended):
            told["ended_at"] = note.ended.stored if note.ended else None
        if note.expect or (had and had.expect):
            told["expect"] = note.expect or ""
        return told

    def _free(self, note: FreeNote, before: Note | None) -> int:
        if note.start is None:
            self._lines(note, None, self.change.now, before)
            return 0
        meeting_id = self._put(
            "meeting",
            {"slug": names.key(note.id)},
            title=note.title,
            starts_at=note.start.stored,
            zone=note.start.zone,
            status="held",
            agenda="\n".join(item.text for item in note.agenda),
        )
        if note.people or (isinstance(before, FreeNote) and before.people):
            self._link_people("meeting_person", "meeting_id", meeting_id, note.people)
        self._lines(note, meeting_id, note.start, before)
        return meeting_id

    def _lines(self, note: meeting_lines.LineNote, meeting_id: int | None, start: Moment, before: Note | None) -> None:
        origin = f"file:{names.key(note.id)}"
        had = before if isinstance(before, meeting_lines.LineNote) else None
        written = meeting_lines.write(self.change, note, origin, meeting_id, start, had, self.references)
        self.report.new["entry"] += written.new
        if written.changed:
            self.report.changed["entry"] += written.changed
        self.report.removed += written.removed
        self.report.unknown_tags.update(written.unknown)
        self.report.kept.update(written.kept)
        self._warn(note.path, written.warnings)

    def _series_named(self, note: MeetingNote) -> int | None:
        """The meeting's series by id or title; one that no file describes is made from what the meeting says."""
        if note.series is None:
            return None
        wanted = names.key(note.series)
        rows = self.connection.execute("SELECT id, slug, title FROM series").fetchall()
        for row in [row for row in rows if row["slug"] == wanted] + rows:
            if wanted in (row["slug"], names.key(row["title"])):
                return int(row["id"])
        series_id = self._put(
            "series",
            {"slug": slugify(note.series)},
            title=note.series,
            role=note.role or Role.PEER,
            project_id=self._project_named(note.project),
            zone=note.start.zone,
        )
        self._link_people("series_person", "series_id", series_id, note.people)
        return series_id

    def _project_named(self, name: str | None) -> int | None:
        """A project by id or name; one that no file describes is made with that name."""
        if name is None:
            return None
        wanted = names.key(name)
        rows = self.connection.execute("SELECT id, slug, name FROM project").fetchall()
        for row in [row for row in rows if row["slug"] == wanted] + rows:
            if wanted in (row["slug"], names.key(row["name"])):
                return int(row["id"])
        return self._put("project", {"slug": slugify(name)}, name=name)

    def _link_people(self, table: str, owner: str, owner_id: int, wanted: tuple[str, ...]) -> None:
        people = list(dict.fromkeys(self._person_named(name) for name in wanted))
        self._set_links(table, owner, owner_id, "person_id", people)

    def _set_people(self, record: str, number: int, people: list[int]) -> None:
        self._set_links(f"{record}_person", f"{record}_id", number, "person_id", people)

    def _set_links(self, table: str, owner: str, owner_id: int, column: str, wanted: list[int]) -> None:
        """Exactly these links, in this order; written only where they differ."""
        rows = self.connection.execute(f"SELECT {column} FROM {table} WHERE {owner} = ? ORDER BY id", (owner_id,))
        if [row[0] for row in rows] == wanted:
            return
        self.connection.execute(f"DELETE FROM {table} WHERE {owner} = ?", (owner_id,))
        for number in wanted:
            upsert(self.connection, table, {owner: owner_id, column: number})

    def _person_named(self, name: str) -> int:
        from advisorlog.domain.slug import handle_for
        from advisorlog.workflow.naming import free_name

        bare = name.strip().removeprefix("@")
        if (found := names.find_person(self.connection, bare)) is not None:
            return found
        taken = [row["handle"] for row in self.connection.execute("SELECT handle FROM person")]
        handle = free_name(handle_for(bare), taken)
        person_id = self._put("person", {"handle": handle}, name=bare)
        adopt_person(self.connection, person_id, handle)
        return person_id
