"""The whole log as sheets, read in one snapshot: each table once, in order."""

import hashlib
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from advisorlog.domain import grammar
from advisorlog.domain.kinds import ActionState
from advisorlog.store import names, slots
from advisorlog.store.reading.sheets import (
    INBOX,
    JUDGEMENTS,
    ActionSheet,
    ActionStepSheet,
    AttachmentSheet,
    DocumentSheet,
    EntrySheet,
    GuessSheet,
    IdeaSheet,
    InboxSheet,
    JudgementsSheet,
    Link,
    MeetingSheet,
    PersonSheet,
    PinSheet,
    ProjectSheet,
    ReadingSheet,
    SeriesSheet,
    Sheet,
    StepSheet,
    TensionSheet,
)

FOLDERS: dict[type, str] = {
    PersonSheet: "people",
    ProjectSheet: "projects",
    SeriesSheet: "series",
    IdeaSheet: "ideas",
    ReadingSheet: "readings",
    MeetingSheet: "meetings",
    DocumentSheet: "documents",
}


def link_to(sheet: Sheet) -> Link:
    """The name of a sheet in links: `meetings/2026-01-13-ruth-weekly`; inbox and judgements stand at the top."""
    slug = sheet.handle if isinstance(sheet, PersonSheet) else sheet.slug
    folder = FOLDERS.get(type(sheet))
    return f"{folder}/{slug}" if folder else slug


def sheets(connection: sqlite3.Connection) -> list[Sheet]:
    """Every record of the log, private ones included: the caller withholds."""
    return list(_Whole(connection).sheets())


def entry_links(connection: sqlite3.Connection) -> dict[Link, int]:
    """The line that each link names."""
    return {link: number for number, link in _Whole(connection).links().items()}


class _Whole:
    """One reading; what several sheets need is loaded when first asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._handles = self._names("person", "handle")
        self._projects = self._names("project", "slug")
        self._series = self._names("series", "slug")
        self._meetings = self._names("meeting", "slug")
        self._ideas = self._names("idea", "slug")
        self._readings = self._names("reading", "slug")
        self._named: dict[str, tuple[str, dict[int, str]]] = {
            "person": ("people", self._handles),
            "project": ("projects", self._projects),
            "series": ("series", self._series),
            "meeting": ("meetings", self._meetings),
            "idea": ("ideas", self._ideas),
            "reading": ("readings", self._readings),
        }
        self._lines = self._rows("SELECT * FROM entry ORDER BY meeting_id, position, id")
        self._anchors: dict[int, str] = {}
        self._containers: dict[int, Link] = {}
        self._anchor_all()

    def _rows(self, query: str) -> list[sqlite3.Row]:
        return self._connection.execute(query).fetchall()

    def _names(self, table: str, column: str) -> dict[int, str]:
        return {row[0]: row[1] for row in self._rows(f"SELECT id, {column} FROM {table}")}

    def _grouped(self, query: str) -> dict[int, list[sqlite3.Row]]:
        groups: dict[int, list[sqlite3.Row]] = defaultdict(list)
        for row in self._rows(query):
            groups[row[0]].append(row)
        return groups

    def _anchor_all(self) -> None:
        """Each line's anchor is made of its kind, time and words, so that any log that holds it finds the same."""
        used: Counter[tuple[Link, str]] = Counter()
        for row in self._lines:
            container = self._container(row)
            said = "" if self._is_undated(row) else row["at"]
            digest = hashlib.sha256(f"{row['kind']}|{said}|{row['text']}".encode("utf-8", "surrogatepass"))
            anchor = f"log-{digest.hexdigest()[:8]}"
            used[container, anchor] += 1
            count = used[container, anchor]
            self._containers[row["id"]] = container
            self._anchors[row["id"]] = anchor if count == 1 else f"{anchor}-{count}"

    def _container(self, row: sqlite3.Row) -> Link:
        if row["meeting_id"] is not None:
            return f"meetings/{self._meetings[row['meeting_id']]}"
        return row["origin"].removeprefix("file:") if self._is_undated(row) else INBOX

    def _is_undated(self, row: sqlite3.Row) -> bool:
        return row["meeting_id"] is None and row["origin"].startswith("file:") and row["origin"] != f"file:{INBOX}"

    def links(self) -> dict[int, Link]:
        return {number: f"{self._containers[number]}#^{anchor}" for number, anchor in self._anchors.items()}

    def _line(self, number: int | None) -> Link | None:
        return None if number is None else f"{self._containers[number]}#^{self._anchors[number]}"

    def sheets(self) -> Iterator[Sheet]:
        for row in self._rows("SELECT * FROM person ORDER BY handle"):
            yield PersonSheet(row["handle"], row["name"], row["email"] or None, bool(row["is_me"]), row["note"] or None)
        terms = self._grouped("SELECT project_id, term, meaning FROM term ORDER BY id")
        for row in self._rows("SELECT * FROM project ORDER BY slug"):
            glossary = tuple((term["term"], term["meaning"]) for term in terms[row["id"]])
            yield ProjectSheet(row["slug"], row["name"], row["pitch"] or None, row["goal"] or None, glossary)
        yield from self._all_series()
        yield from self._all_ideas()
        yield from self._all_readings()
        yield from self._all_meetings()
        yield from self._all_documents()
        judgements = self._judgements()
        if not judgements.is_empty:
            yield judgements

    def _people(self, query: str) -> dict[int, tuple[str, ...]]:
        found = self._grouped(query)
        return defaultdict(tuple, {key: tuple(self._handles[row[1]] for row in rows) for key, rows in found.items()})

    def _all_series(self) -> Iterator[Sheet]:
        people = self._people("SELECT series_id, person_id FROM series_person ORDER BY id")
        for row in self._rows("SELECT * FROM series ORDER BY slug"):
            yield SeriesSheet(
                row["slug"], row["title"], row["role"], self._projects.get(row["project_id"]), row["rrule"] or None,
                row["starts_at"], row["zone"], row["minutes"], people[row["id"]],
            )  # fmt: skip

    def _steps(self) -> dict[int, list[tuple[int | None, StepSheet]]]:
        """Events by idea, each with the line that made it, if one did."""
        evidence = self._grouped("SELECT event_id, entry_id, reading_id, text FROM evidence ORDER BY id")
        steps: dict[int, list[tuple[int | None, StepSheet]]] = defaultdict(list)
        for row in self._rows("SELECT * FROM idea_event ORDER BY at, id"):
            step = StepSheet(
                row["at"], row["zone"], row["status"], row["confidence"], row["because"], bool(row["mood"]),
                row["revive_if"] or None, row["revisit_when"] or None, self._handles.get(row["by_id"]),
                tuple(self._evidence(each) for each in evidence[row["id"]]),
            )  # fmt: skip
            steps[row["idea_id"]].append((row["entry_id"], step))
        return steps

    def _evidence(self, row: sqlite3.Row) -> str:
        """A link, then the words; either may be missing."""
        link = self._line(row["entry_id"]) or ""
        if row["reading_id"] is not None:
            link += f" readings/{self._readings[row['reading_id']]}"
        return f"{link.strip()}: {row['text'] or ''}"

    def _all_ideas(self) -> Iterator[Sheet]:
        steps = self._steps()
        for row in self._rows("SELECT * FROM idea ORDER BY slug"):
            history = tuple(step for entry_id, step in steps[row["id"]] if entry_id is None)
            yield IdeaSheet(
                row["slug"], row["title"], row["claim"] or None, row["resolve_by"],
                None if row["outcome"] is None else bool(row["outcome"]), self._projects.get(row["project_id"]),
                row["visibility"], row["resolved_at"], history,
            )  # fmt: skip

    def _all_readings(self) -> Iterator[Sheet]:
        ideas = self._grouped("SELECT reading_id, idea_id FROM reading_idea ORDER BY id")
        people = self._people("SELECT reading_id, person_id FROM reading_person ORDER BY id")
        texts = ("authors", "url", "doi", "keywords", "motivation", "solution", "results", "detail", "thoughts")
        for row in self._rows("SELECT * FROM reading ORDER BY slug"):
            text = {name: row[name] or None for name in texts}
            yield ReadingSheet(
                slug=row["slug"], title=row["title"], year=row["year"], visibility=row["visibility"],
                at=row["at"], zone=row["zone"], people=people[row["id"]],
                ideas=tuple(self._ideas[each["idea_id"]] for each in ideas[row["id"]]), **text,
            )  # fmt: skip

    def _all_meetings(self) -> Iterator[Sheet]:
        people = self._people("SELECT meeting_id, person_id FROM meeting_person ORDER BY id")
        lines = self._entries()
        moved = slots.moved(self._connection)
        for row in self._rows("SELECT * FROM meeting ORDER BY slug"):
            slug = row["slug"]
            role, other = names.other_side(self._connection, row["id"])
            adviser = next((self._handles[n] for n in [names.me(self._connection)]), None) if role == "mentee" else None
            yield MeetingSheet(
                slug, self._series.get(row["series_id"]), self._projects.get(row["project_id"]), row["title"] or None,
                row["role"], row["starts_at"], row["zone"], row["minutes"], row["status"], row["agenda"],
                row["ended_at"], row["expect"], people[row["id"]],
                adviser or (self._handles[other] if other else None), tuple(lines.pop(f"meetings/{slug}", ())),
                moved.get(row["id"]),
            )  # fmt: skip
        for container, entries in sorted(lines.items()):
            yield InboxSheet(container, tuple(entries))

    def _entries(self) -> dict[Link, list[EntrySheet]]:
        tags = self._grouped("SELECT entry_id, mark, name, idea_id, person_id FROM mention ORDER BY id")
        actions = self._actions()
        steps = {entry_id: step for found in self._steps().values() for entry_id, step in found if entry_id}
        found: dict[Link, list[EntrySheet]] = defaultdict(list)
        for row in self._lines:
            undated = self._is_undated(row)
            found[self._containers[row["id"]]].append(
                EntrySheet(
                    self._anchors[row["id"]], row["kind"], row["visibility"], _said_by(row["lead"]), row["text"],
                    self._handles.get(row["speaker_id"]), None if undated else row["at"],
                    None if undated else row["zone"], self._projects.get(row["project_id"]),
                    self._line(row["answers_id"]),
                    tuple((tag["mark"], tag["name"], self._target(tag)) for tag in tags[row["id"]]),
                    _undated(actions.get(row["id"]), row["at"]) if undated else actions.get(row["id"]),
                    steps.get(row["id"]),
                )
            )  # fmt: skip
        return found

    def _target(self, tag: sqlite3.Row) -> str | None:
        return self._ideas.get(tag["idea_id"]) or self._handles.get(tag["person_id"])

    def _actions(self) -> dict[int, ActionSheet]:
        steps = self._grouped(
            "SELECT action_id, state, at, zone, due, because, meeting_id FROM action_event ORDER BY at, id"
        )
        return {
            row["entry_id"]: ActionSheet(
                self._handles.get(row["owner_id"]), row["due"], row["done_test"] or None, self._line(row["root_id"]),
                tuple(
                    ActionStepSheet(
                        step["state"], step["at"], step["zone"], step["due"], step["because"],
                        self._meetings.get(step["meeting_id"]),
                    )
                    for step in steps[row["id"]]
                ),
            )
            for row in self._rows("SELECT * FROM action")
        }  # fmt: skip

    def _all_documents(self) -> Iterator[Sheet]:
        rows = self._rows("SELECT * FROM document ORDER BY sent_at, id")
        slugs: dict[int, str] = {}
        used: Counter[str] = Counter()
        for row in rows:
            slug = f"{row['sent_at'][:10]}-{row['kind']}-{row['sha256'][:8]}"
            used[slug] += 1
            slugs[row["id"]] = slug if used[slug] == 1 else f"{slug}-{used[slug]}"
        to = self._people("SELECT document_id, person_id FROM recipient ORDER BY id")
        cites = self._grouped("SELECT document_id, record, record_id, section FROM citation ORDER BY id")
        for row in rows:
            found = ((self._cited(cite["record"], cite["record_id"]), cite["section"]) for cite in cites[row["id"]])
            yield DocumentSheet(
                slugs[row["id"]], row["kind"], self._series.get(row["series_id"]),
                self._meetings.get(row["meeting_id"]), row["title"], row["format"], row["body"], row["sha256"],
                row["as_of"], row["sent_at"], row["zone"], slugs.get(row["supersedes_id"]), to[row["id"]],
                tuple((link, section) for link, section in found if link is not None),
            )  # fmt: skip

    def _cited(self, record: str, number: int) -> Link | None:
        """None where the record is gone: its number means nothing in another log."""
        match record:
            case "entry":
                return self._line(number) if number in self._anchors else None
            case "action":
                row = self._connection.execute("SELECT entry_id FROM action WHERE id = ?", (number,)).fetchone()
                return f"action {self._line(row[0])}" if row else None
            case "idea_event":
                return self._cited_event(number)
            case _:
                folder, slugs = self._named.get(record, ("", {}))
                return f"{folder}/{slugs[number]}" if number in slugs else None

    def _cited_event(self, number: int) -> Link | None:
        row = self._connection.execute(
            "SELECT idea_id, at, entry_id FROM idea_event WHERE id = ?", (number,)
        ).fetchone()
        if row is None:
            return None
        if row["entry_id"] is not None:
            return f"event {self._line(row['entry_id'])}"
        later = self._connection.execute(
            "SELECT count(*) FROM idea_event WHERE idea_id = ? AND at = ? AND entry_id IS NULL AND id < ?",
            (row["idea_id"], row["at"], number),
        ).fetchone()[0]
        return f"event ideas/{self._ideas[row['idea_id']]}@{row['at']}" + (f"+{later}" if later else "")

    def _judgements(self) -> JudgementsSheet:
        tensions = [
            TensionSheet(
                self._line(row["first_id"]) or "", self._line(row["second_id"]) or "", row["found_at"], row["zone"],
                row["cause"], row["because"], row["resolved_at"], self._line(row["question_id"]),
            )
            for row in self._rows("SELECT * FROM tension ORDER BY found_at, id")
        ]  # fmt: skip
        reasons = self._grouped("SELECT guess_id, entry_id FROM guess_reason ORDER BY id")
        guesses = [
            GuessSheet(
                self._line(row["advice_id"]) or "", row["question"], row["asked_at"], row["zone"], row["verdict"],
                row["real_reason"], row["resolved_at"],
                tuple(self._line(each["entry_id"]) or "" for each in reasons[row["id"]]),
            )
            for row in self._rows("SELECT * FROM guess ORDER BY asked_at, id")
        ]  # fmt: skip
        pins = [
            PinSheet(self._meetings[row["meeting_id"]], link, row["choice"])
            for row in self._rows("SELECT * FROM pin ORDER BY id")
            if (link := self._cited(row["record"], row["record_id"])) is not None
        ]
        attachments = [
            AttachmentSheet(
                row["sha256"], row["name"], row["media_type"], row["size"],
                self._line(row["entry_id"]) or self._meeting_link(row["meeting_id"]), row["visibility"], row["at"],
                row["zone"],
            )
            for row in self._rows("SELECT * FROM attachment ORDER BY at, id")
        ]  # fmt: skip
        return JudgementsSheet(JUDGEMENTS, tuple(tensions), tuple(guesses), tuple(pins), tuple(attachments))

    def _meeting_link(self, number: int | None) -> Link | None:
        return None if number is None else f"meetings/{self._meetings[number]}"


def _undated(action: ActionSheet | None, at: str) -> ActionSheet | None:
    """A promise of an undated note: that it was made, or was done when it came in, has no time of its own."""
    if action is None:
        return None
    steps = list(action.steps)
    states = [step.state for step in steps]
    if states[:1] == [ActionState.OPEN] and steps[0].at == at:
        steps[0] = replace(steps[0], at="", zone="")
        if states[1:] == [ActionState.DONE] and steps[1] == replace(action.steps[0], state=ActionState.DONE):
            steps[1] = replace(steps[0], state=ActionState.DONE)
    return replace(action, steps=tuple(steps))


def _said_by(lead: str) -> str | None:
    """The speaker that a line itself names."""
    if "@" not in lead:
        return None
    speaker = grammar.parse(f"{lead}x").speaker
    return names.key(speaker) if speaker else None
