"""The records that a calendar's events stand for, found again and brought up to date.

What an event said last time is kept beside its own words in a `source`, named by its UID and, for one date of a rule,
that date. So three versions meet when it comes again; what was changed on both sides stays as the log has it.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from advisorlog.domain.kinds import MeetingStatus
from advisorlog.domain.moments import Moment, moment
from advisorlog.domain.slug import slugify
from advisorlog.store import names, slots
from advisorlog.vault.calendar.notes import EventNote
from advisorlog.workflow import calendar_ids
from advisorlog.workflow.importing.merging import Values, merge
from advisorlog.workflow.importing.report import Report
from advisorlog.workflow.importing.rows import upsert
from advisorlog.workflow.naming import free_name

SetPeople = Callable[[str, int, list[int]], None]
"""Writes exactly these people to a series or a meeting."""

_FIELDS = {
    "title": "title",
    "rrule": "rule",
    "starts_at": "time",
    "zone": "zone",
    "minutes": "length",
    "agenda": "agenda",
    "status": "status",
    "people": "people",
}


@dataclass(frozen=True, slots=True)
class Known:
    """The record that an event stands for, and what the event said before (None: nothing is known of that)."""

    number: int
    before: Values | None = None

    @property
    def is_removed(self) -> bool:
        """Whether the user has taken it out of the log."""
        return self.number == 0

    @property
    def is_superseded(self) -> bool:
        """Whether another event says now what the series' rule is."""
        return self.before is not None and "rrule" not in self.before

    def of_another_event(self) -> "Known":
        """The same record, for an event that counts its versions anew."""
        return self if self.before is None else replace(self, before={**self.before, "sequence": 0})


@dataclass(frozen=True, slots=True)
class Said:
    """What an event says of one record. `record` is its table, `more` what is written with a new one only.

    `mark` is kept with it: that a date stands in the list of those that do not take place.
    """

    event: EventNote
    uid: str
    record: str
    values: Values
    more: Values
    is_exdate: bool = False

    @property
    def own_words(self) -> str:
        """The event's text; none for a date that it only lists."""
        return self.event.source if self.event.slot is not None or self.uid == self.event.uid else ""


class Records:
    """Finds and writes; `warn` is told (line, message, what to do)."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        now: Moment,
        report: Report,
        set_people: SetPeople,
        warn: Callable[[int, str, str], None],
    ) -> None:
        self._connection = connection
        self._now = now
        self._report = report
        self._set_people = set_people
        self._warn = warn
        self._own = calendar_ids.own(connection)
        self._moved: tuple[int, dict[str, int]] = (0, {})
        self._by_title: dict[str, list[int]] = {}
        for row in connection.execute("SELECT id, title FROM series ORDER BY id"):
            self._by_title.setdefault(names.key(row["title"]), []).append(row["id"])
        self.path = Path()

    def find(self, uid: str, record: str) -> Known | None:
        """The record of that kind that an event with this name stands for, if one is known."""
        row = self._connection.execute(
            f"SELECT s.sheet, r.id FROM source s LEFT JOIN {record} r ON r.id = s.record_id "
            "WHERE s.name = ? AND s.record = ?",
            (f"ics:{uid}", record),
        ).fetchone()
        if row is not None:
            return Known(row["id"] or 0, _loaded(row["sheet"]))
        table, number = self._own.get(uid, ("", 0))
        return Known(number) if table == record else None

    def meeting_at(self, series: int, slot: Moment) -> Known | None:
        """The meeting that stands for a date of a series already, by whomever it was planned."""
        if self._moved[0] != series:
            self._moved = series, {date: number for number, date in slots.kept(self._connection, series).items()}
        if (number := self._moved[1].get(slot.stored)) is not None:
            return Known(number)
        row = self._connection.execute(
            "SELECT id FROM meeting WHERE series_id = ? AND starts_at = ? ORDER BY id", (series, slot.stored)
        ).fetchone()
        return None if row is None else Known(row["id"])

    def same_meeting(self, event: EventNote) -> Known | None:
        """A single meeting of the same title at the same time: it was planned by hand, or came from our own files."""
        for row in self._connection.execute(
            "SELECT id, title FROM meeting WHERE starts_at = ? AND series_id IS NULL ORDER BY id",
            (event.starts.stored,),
        ).fetchall():
            if event.title and names.key(row["title"] or "") == names.key(event.title):
                return Known(row["id"])
        return None

    def same_series(self, values: Values, goes_on: Callable[[sqlite3.Row], bool]) -> Known | None:
        """A series of the same title with one of these people: it was made by hand, or ended when this one began.

        Calendars end a series and begin another, with another UID, where somebody changes “all following”.
        """
        for number in self._by_title.get(names.key(values["title"]), []):
            row = self._connection.execute("SELECT * FROM series WHERE id = ?", (number,)).fetchone()
            people = self.people("series", number)
            if people and not set(people) & set(values["people"]):
                continue
            source = self._connection.execute(
                "SELECT sheet FROM source WHERE record = 'series' AND record_id = ? "
                "AND json_extract(sheet, '$.starts_at') ORDER BY id DESC LIMIT 1",
                (row["id"],),
            ).fetchone()
            if source is None:
                return Known(row["id"])
            if not goes_on(row):
                return Known(row["id"], _loaded(source["sheet"])).of_another_event()
        return None

    def cancelled_dates(self, uid: str) -> list[str]:
        """The dates of an event's rule that its list has cancelled, and that are cancelled in the log."""
        begin = f"ics:{uid}/"
        rows = self._connection.execute(
            "SELECT s.name FROM source s JOIN meeting m ON m.id = s.record_id WHERE s.name >= ? AND s.name < ? "
            "AND +s.record = 'meeting' AND m.status = 'cancelled' AND json_extract(s.sheet, '$.is_exdate')",
            (begin, f"{begin[:-1]}0"),  # `0` follows `/`
        )
        return [str(row["name"]).removeprefix(begin) for row in rows.fetchall()]

    def people(self, record: str, number: int) -> list[int]:
        rows = self._connection.execute(
            f"SELECT person_id FROM {record}_person WHERE {record}_id = ? ORDER BY id", (number,)
        )
        return [row["person_id"] for row in rows]

    def title(self, series: int) -> str:
        return str(self._connection.execute("SELECT title FROM series WHERE id = ?", (series,)).fetchone()["title"])

    def series_title(self, meeting: int) -> str:
        """The title of a meeting's series; empty where it has none."""
        row = self._connection.execute(
            "SELECT s.title FROM meeting m JOIN series s ON s.id = m.series_id WHERE m.id = ?", (meeting,)
        ).fetchone()
        return row["title"] if row else ""

    def rule(self, series: int) -> str | None:
        row = self._connection.execute("SELECT rrule FROM series WHERE id = ?", (series,)).fetchone()
        return row["rrule"] if row else None

    def put(self, said: Said, known: Known | None) -> tuple[int, bool]:
        """Write a new record, or what of it has changed in the calendar alone; its number, and whether it is new."""
        if known is None:
            number = self._insert(said)
        else:
            number = known.number
            before = known.before
            log = self._log(said, number)
            if before is None and self._is_our_export(said, number):
                before = log
            if before is not None and said.event.sequence < before.get("sequence", 0):
                return number, False
            self._update(said, replace(known, before=before), log)
            if known.before is not None and all(known.before.get(name) == said.values[name] for name in said.values):
                return number, False  # Nothing new: our own export counts its versions on from the calendar's.
        self.keep(said, number)
        return number, known is None

    def _is_our_export(self, said: Said, number: int) -> bool:
        """Whether we once exported it, and the log has not changed since: then what differs was changed there."""
        return said.event.sequence >= calendar_ids.touched(self._connection, said.record, number).number > 0

    def _insert(self, said: Said) -> int:
        columns = {name: value for name, value in {**said.values, **said.more}.items() if name != "people"}
        slug = self._slug(said)
        taken = self._connection.execute(
            f"SELECT slug FROM {said.record} WHERE slug >= ? AND slug < ?", (slug, f"{slug}.")
        )
        slug = free_name(slug, (row["slug"] for row in taken))
        number, _ = upsert(self._connection, said.record, {"slug": slug}, **columns)
        if said.record == "series":
            self._by_title.setdefault(names.key(said.values["title"]), []).append(number)
        self._set_people(said.record, number, said.values.get("people") or said.more.get("people") or [])
        self._report.new[said.record] += 1
        return number

    def _slug(self, said: Said) -> str:
        title = said.values.get("title") or said.more.get("title") or ""
        if said.record == "series":
            return _slugified(title, "series")
        series = said.more.get("series_id")
        day = moment(said.values["starts_at"], said.values["zone"]).day
        return f"{day}-{self._called('series', series)[1] if series else _slugified(title, 'meeting')}"

    def _called(self, record: str, number: int) -> tuple[str, str]:
        """How a record is called to its reader, and its slug."""
        row = self._connection.execute(f"SELECT title, slug FROM {record} WHERE id = ?", (number,)).fetchone()
        return row["title"] or row["slug"], row["slug"]

    def _log(self, said: Said, number: int) -> Values:
        row = self._connection.execute(f"SELECT * FROM {said.record} WHERE id = ?", (number,)).fetchone()
        return {
            name: self.people(said.record, number) if name == "people" else row[name]
            for name in (*said.values, *(["status"] if said.record == "meeting" else []))
        }

    def _update(self, said: Said, known: Known, log: Values) -> None:
        merged = merge(known.before, said.values, log)
        title, slug = self._called(said.record, known.number)
        line = said.event.line_number
        if log.get("status") == MeetingStatus.HELD:
            is_planned = said.values.get("status") == MeetingStatus.PLANNED
            if (merged.updates.keys() | set(merged.conflicts)) - ({"status"} if is_planned else set()):
                self._warn(line, f"“{title}” was held already: it is left as it is", f"advisorlog meeting show {slug}")
            return
        if merged.conflicts:
            fields = ", ".join(_FIELDS[name] for name in merged.conflicts)
            message = f"“{title}” was changed here and in the calendar ({fields}): the log's words stay"
            self._warn(line, message, f"See: advisorlog {said.record} show {slug}")
        people = merged.updates.pop("people", None)
        if merged.updates:
            upsert(self._connection, said.record, {"id": known.number}, **merged.updates)
        if people is not None:
            self._set_people(said.record, known.number, people)
        if merged.updates or people is not None:
            self._report.changed[said.record] += 1

    def keep(self, said: Said, number: int) -> None:
        """Keep what an event said, and its own words, for when it comes again; written only where it is new."""
        source = said.own_words.encode("utf-8", "surrogatepass")
        sheet: dict[str, Any] = {**said.values, "sequence": said.event.sequence, "is_exdate": said.is_exdate}
        kept = {
            "record": said.record,
            "record_id": number,
            "sha256": hashlib.sha256(source).hexdigest(),
            "sheet": json.dumps(sheet, ensure_ascii=False, sort_keys=True),
        }
        row = self._connection.execute("SELECT * FROM source WHERE name = ?", (f"ics:{said.uid}",)).fetchone()
        if row is not None and all(row[name] == value for name, value in kept.items()):
            return
        rest = {"path": str(self.path), "content": source, "imported_at": self._now.stored}
        upsert(self._connection, "source", {"name": f"ics:{said.uid}"}, **kept, **rest)


def _slugified(title: str, otherwise: str) -> str:
    try:
        return slugify(title)
    except ValueError:
        return otherwise


def _loaded(sheet: str | None) -> Values:
    return json.loads(sheet or "{}")
