"""Asking with a guess of one's own, and keeping how it came out."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from advisorlog.domain import display
from advisorlog.domain import guess as rules
from advisorlog.domain.guess import Line, Verdict
from advisorlog.domain.inert import inert_line
from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.moments import Moment
from advisorlog.domain.words import excerpt
from advisorlog.errors import AdvisorlogError
from advisorlog.store.reading import documents, entries, ideas, people
from advisorlog.store.reading import guesses as reading
from advisorlog.store.reading.guesses import Guess as GuessRead
from advisorlog.store.reading.rows import Entry
from advisorlog.store.tables import Guess, GuessReason
from advisorlog.workflow.changing import Change, changing

QUOTED = 16
"""Words of each line that a question quotes."""
EVER = Moment(datetime(1970, 1, 1, tzinfo=UTC))
LOOKED_AT = 3000
"""Lines before the advice among which reasons are looked for."""


def new(log: Path, now: Moment, advice_id: int, because: Sequence[int]) -> GuessRead:
    """Guess why something was advised, from the lines named, or from those that the record offers.

    Raises AdvisorlogError where the record offers none, or the line is no advice of somebody else.
    """
    with changing(log, f"guess new {advice_id}", now) as change:
        advice = _advice(change.connection, advice_id)
        reasons = _named(change.connection, advice, because) if because else proposed(change.connection, advice)
        if not reasons:
            raise AdvisorlogError(
                f"The log has no reason for advice {advice_id}: nothing said before it shares its idea or topic",
                "Name the lines that you think of with --because NUMBER",
            )
        readable = _Readable(change.connection, advice)
        question = rules.question(readable.line(advice), [readable.line(each) for each in reasons])
        row = Guess(advice_id=advice.id, question=question, asked_at=now.stored, zone=now.zone)
        guess_id = change.add(row)
        for each in reasons:
            change.add(GuessReason(guess_id=guess_id, entry_id=each.id))
        return _read(change, guess_id)


def answer(log: Path, now: Moment, guess_id: int, verdict: Verdict, because: str) -> GuessRead:
    """Say how a guess came out, with the real reason; a wrong one needs it."""
    if verdict is not Verdict.RIGHT and not because.strip():
        raise AdvisorlogError("What was the real reason?", "Say it with --because")
    with changing(log, f"guess answer {guess_id} {verdict}", now) as change:
        reading.guess(change.connection, guess_id, now)
        row = change.get(Guess, guess_id)
        row.verdict, row.real_reason, row.resolved_at = verdict, because.strip() or None, now.stored
        change.add(row)
        return _read(change, guess_id)


def remove(log: Path, now: Moment, guess_id: int) -> None:
    """Take a guess out."""
    with changing(log, f"guess rm {guess_id}", now) as change:
        reading.guess(change.connection, guess_id, now)
        change.remove(change.get(Guess, guess_id))


def proposed(connection: sqlite3.Connection, advice: Entry) -> list[Entry]:
    """The likeliest reasons that the record holds: open lines that the adviser could know, said before the advice."""
    known = [each for each in before(connection, advice) if not each.is_private]
    named = entries.ideas_of(connection, [advice.id, *(each.id for each in known)])
    readable = _Readable(connection, advice)

    def line(each: Entry) -> Line:
        return readable.line(each, frozenset(named.get(each.id, ())))

    near = rules.propose(line(advice), [line(each) for each in known])
    by_id = {each.id: each for each in known}
    return [by_id[each.id] for each in near]


def before(connection: sqlite3.Connection, advice: Entry) -> list[Entry]:
    """What the adviser had heard: lines of the same series, and what a document told them."""
    if advice.series_id is None:
        found = entries.said_between(connection, rules.REASONS, EVER, advice.said)
        return [each for each in found if each.project_id == advice.project_id and each.id != advice.id]
    heard = entries.latest_of_series(connection, advice.series_id, rules.REASONS, advice.said, LOOKED_AT)
    told = documents.told(connection, [advice.speaker_id] if advice.speaker_id else [], advice.said)
    read = entries.by_ids(connection, [number for record, number in told if record == "entry"]).values()
    found = {each.id: each for each in (*heard, *read)}.values()
    return [each for each in found if each.id != advice.id and not _is_after(each, advice)]


def _is_after(line: Entry, advice: Entry) -> bool:
    return line.said.at > advice.said.at or (line.meeting_id == advice.meeting_id and line.position > advice.position)


def _advice(connection: sqlite3.Connection, advice_id: int) -> Entry:
    found = entries.entry(connection, advice_id)
    if found.kind is not EntryKind.ADVICE or found.said_by_me:
        what = "your own advice" if found.kind is EntryKind.ADVICE else f"a line of kind {found.kind}"
        raise AdvisorlogError(f"Entry {advice_id} is {what}", "Name advice that somebody gave you")
    return found


def _named(connection: sqlite3.Connection, advice: Entry, because: Sequence[int]) -> list[Entry]:
    numbers = list(dict.fromkeys(because))
    if len(numbers) > rules.MOST_REASONS:
        raise AdvisorlogError("A guess rests on three reasons at most", "Name the likeliest")
    found = [entries.entry(connection, number) for number in numbers]
    for each in found:
        if each.is_private and not advice.is_private:
            raise AdvisorlogError(f"Entry {each.id} is private, and the question would quote it", "Name another")
        if each.id == advice.id:
            raise AdvisorlogError("Advice is no reason for itself", "Name another line")
    return found


class _Readable:
    """Lines as the adviser reads them: tags resolved, cut where they are long, and whose they are."""

    def __init__(self, connection: sqlite3.Connection, advice: Entry) -> None:
        self.titles = ideas.titles(connection)
        self.names = {person.handle: person.name for person in people.people(connection)}
        self.advice = advice

    def line(self, entry: Entry, named: frozenset[int] = frozenset()) -> Line:
        text = inert_line(display.readable(entry.text, self.titles, self.names, entry.said.day)).strip()
        same = entry.meeting_id is not None and entry.meeting_id == self.advice.meeting_id
        is_advice = entry.id == self.advice.id
        return Line(
            entry.id,
            entry.kind,
            text if is_advice else excerpt(text, QUOTED),
            entry.said.day,
            self._owner(entry),
            named,
            same,
        )

    def _owner(self, entry: Entry) -> str:
        if entry.speaker_id is not None and entry.speaker_id == self.advice.speaker_id:
            return "you"
        return "me" if entry.said_by_me else entry.speaker_name or ""


def _read(change: Change, guess_id: int) -> GuessRead:
    change.session.flush()
    return reading.guess(change.connection, guess_id, change.now)
