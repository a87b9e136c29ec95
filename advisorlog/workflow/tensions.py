"""Settling a pair that may conflict, and asking about it: the program only finds pairs, the user says what they are."""

from pathlib import Path

from sqlmodel import select

from advisorlog.documents import comparison
from advisorlog.domain import grammar
from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.marks import find_marks
from advisorlog.domain.moments import Moment
from advisorlog.domain.tension import Cause
from advisorlog.errors import AdvisorlogError
from advisorlog.store import lines
from advisorlog.store.reading import entries
from advisorlog.store.reading import tensions as reading
from advisorlog.store.reading.rows import Entry
from advisorlog.store.reading.tensions import Tension as TensionRead
from advisorlog.store.tables import Tension
from advisorlog.workflow.changing import Change, changing


def resolve(log: Path, now: Moment, one: int, other: int, cause: Cause, because: str) -> TensionRead:
    """Say why both were said; the pair does not come back. That needs its because."""
    if not because.strip():
        raise AdvisorlogError("What you found needs its reason", "Say it with --because")
    with changing(log, f"tension resolve {one} {other}", now) as change:
        row = _row(change, one, other)
        row.cause, row.because, row.resolved_at = cause, because.strip(), now.stored
        change.add(row)
        return _read(change, one, other)


def ask(log: Path, now: Moment, one: int, other: int, words: str) -> Entry:
    """Put the question about a pair to the next brief, in the drafted words or in one's own.

    Raises AdvisorlogError where it would show others what is private, or was asked before.
    """
    with changing(log, f"tension ask {one} {other}", now) as change:
        found = comparison.read(change.connection, one, other, now)
        if found.unasked:
            raise AdvisorlogError("No brief can ask about this pair", found.unasked.capitalize())
        row = _row(change, one, other)
        if row.question_id is not None:
            raise AdvisorlogError(
                f"It is asked already, in entry {row.question_id}", f"`advisorlog entry edit {row.question_id} LINE`"
            )
        line = grammar.parse(grammar.compose_sigil(EntryKind.QUESTION, _tagged(words or found.question, found.second)))
        said = lines.Said(now, "cli", None, found.second.project_id)
        row.question_id = lines.store_line(change.connection, line, said).entry_id
        change.add(row)
        return entries.entry(change.connection, row.question_id)


def _tagged(words: str, second: Entry) -> str:
    """The question on the idea of the later line; the kind of ask that it is, where the words don't say."""
    text = words.strip()
    if not text.casefold().startswith(("decide:", "unblock:", "sanity-check:")):
        text = f"decide: {text}"
    tags = [f"#{each.name}" for each in find_marks(second.text).mentions if each.mark == "#"]
    return " ".join([text, *tags])


def _row(change: Change, one: int, other: int) -> Tension:
    """The pair's row, made where there is none; the older line is the first."""
    pair = sorted((_line(change, number) for number in (one, other)), key=lambda each: (each.said.at, each.id))
    first, second = (each.id for each in pair)
    if first == second:
        raise AdvisorlogError("A line is in no tension with itself", "Name two lines")
    query = select(Tension).where(Tension.first_id == first, Tension.second_id == second)
    found = change.session.exec(query).one_or_none()
    return found or Tension(first_id=first, second_id=second, found_at=change.now.stored, zone=change.now.zone)


def _line(change: Change, number: int) -> Entry:
    found = entries.entry(change.connection, number)
    if found.kind not in (EntryKind.ADVICE, EntryKind.DECISION):
        raise AdvisorlogError(f"Entry {number} is a line of kind {found.kind}", "Name advice or decisions")
    return found


def _read(change: Change, one: int, other: int) -> TensionRead:
    change.session.flush()
    found = reading.of_pair(change.connection, one, other)
    assert found is not None
    return found
