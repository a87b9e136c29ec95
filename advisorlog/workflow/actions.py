"""Promises: made, kept, put off and given up, each with its because."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from advisorlog.domain import grammar, promise
from advisorlog.domain.grammar import Line
from advisorlog.domain.kinds import ActionState, EntryKind
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError
from advisorlog.store import lines
from advisorlog.store.reading import actions as reading
from advisorlog.store.reading import entries as entries_reading
from advisorlog.store.reading import meetings as meetings_reading
from advisorlog.store.reading.rows import Action as ActionRead
from advisorlog.store.tables import Action, Entry
from advisorlog.workflow import entries
from advisorlog.workflow.capture import Place, in_short, store
from advisorlog.workflow.changing import Change, changing


@dataclass(frozen=True, slots=True)
class ActionFields:
    """What is to be said of a promise; None leaves it as it is, an empty text takes it out.

    `due` corrects the first date; a new agreement is a `renegotiate`. `root` is the number of the takeaway.
    """

    text: str | None = None
    owner: str | None = None
    due: date | None = None
    done_test: str | None = None
    root: int | None = None


def new(log: Path, now: Moment, line: str, place: Place, fields: ActionFields) -> ActionRead:
    """Add a promise: a line with its `@owner` and `^date`, or with the fields given. Raises where it has no text."""
    parsed = _as_todo(line)
    if parsed.is_empty:
        raise AdvisorlogError("A promise needs its text", 'For example `action new "Run the baseline" --due fri`')
    with changing(log, f"action new {in_short(parsed)}", now) as change:
        action_id = store(change.connection, parsed, place).action_id
        assert action_id is not None
        _write(change, change.get(Action, action_id), fields)
        return _read(change, action_id)


def _as_todo(line: str) -> Line:
    """The line as a TODO, if it is none by its marker; what was typed as private stays private."""
    parsed = grammar.parse(line)
    if parsed.kind is EntryKind.TODO:
        return parsed
    text = line
    if parsed.kind is EntryKind.NOTE:
        text = f"@{parsed.speaker}: {parsed.text}" if parsed.speaker else parsed.text
    return grammar.parse(grammar.compose_sigil(EntryKind.TODO, text, visibility=parsed.visibility))


def edit(log: Path, now: Moment, action_id: int, fields: ActionFields) -> ActionRead:
    """Correct what is said of a promise; a changed text is read again for its tags."""
    with changing(log, f"action edit {action_id}", now) as change:
        row = _known(change, action_id)
        if fields.text is not None:
            entries.reword(change, row.entry_id, fields.text)
        _write(change, row, fields)
        return _read(change, action_id)


def done(log: Path, now: Moment, action_ids: Sequence[int], because: str) -> list[ActionRead]:
    """Say that promises are kept; `because` is what shows it."""
    return _moved(log, now, "done", action_ids, ActionState.DONE, None, because)


def drop(log: Path, now: Moment, action_ids: Sequence[int], because: str) -> list[ActionRead]:
    """Give promises up; that needs its because."""
    if not because.strip():
        raise AdvisorlogError("A dropped promise needs its reason", "Say it with --because")
    return _moved(log, now, "drop", action_ids, ActionState.DROPPED, None, because)


def carry(log: Path, now: Moment, action_ids: Sequence[int], due: date | None, because: str) -> list[ActionRead]:
    """Put promises off. The third time needs its because; after that a promise must be settled."""
    return _moved(log, now, "carry", action_ids, ActionState.CARRIED, due, because)


def renegotiate(log: Path, now: Moment, action_id: int, due: date | None, because: str) -> ActionRead:
    """Agree anew on a promise's date, with the other side; that needs its because."""
    if not because.strip():
        raise AdvisorlogError("A new agreement needs its reason", "Say it with --because")
    return _moved(log, now, "renegotiate", [action_id], ActionState.RENEGOTIATED, due, because)[0]


def reopen(log: Path, now: Moment, action_ids: Sequence[int], because: str) -> list[ActionRead]:
    """Say that promises which were done or dropped are open again."""
    return _moved(log, now, "reopen", action_ids, ActionState.OPEN, None, because)


def remove(log: Path, now: Moment, action_id: int) -> None:
    """Take a promise out, with the line that made it."""
    with changing(log, f"action rm {action_id}", now) as change:
        change.remove(change.get(Entry, _known(change, action_id).entry_id))


def _moved(
    log: Path,
    now: Moment,
    verb: str,
    action_ids: Sequence[int],
    state: ActionState,
    due: date | None,
    because: str,
) -> list[ActionRead]:
    numbers = list(dict.fromkeys(action_ids))
    with changing(log, f"action {verb} {' '.join(map(str, numbers))}", now) as change:
        under_way = meetings_reading.under_way(change.connection, now)
        said = lines.Said(now, "cli", under_way.id if under_way else None)
        for number in numbers:
            _check(reading.action(change.connection, number, now), state, because)
            lines.store_action_event(change.connection, number, state, said, due, because.strip())
        return [_read(change, number) for number in numbers]


def _check(action: ActionRead, state: ActionState, because: str) -> None:
    if state is ActionState.OPEN:
        if action.is_open:
            raise AdvisorlogError(f"TODO {action.id} is open already", "Nothing was changed")
        return
    if not action.is_open:
        raise AdvisorlogError(
            f"TODO {action.id} is {action.state} already", f"`advisorlog action reopen {action.id}` opens it again"
        )
    if state is not ActionState.CARRIED:
        return
    if promise.must_settle(event.state for event in action.events):
        raise AdvisorlogError(
            f"TODO {action.id} was carried {promise.MUST_SETTLE} times",
            f"Settle it: `action done {action.id}`, `action renegotiate {action.id} --due DAY --because ...` "
            f"or `action drop {action.id} --because ...`",
        )
    if action.times_carried >= promise.NEEDS_REASON and not because.strip():
        raise AdvisorlogError(
            f"TODO {action.id} was put off {action.times_carried} times already",
            "Say why with --because, agree anew (`action renegotiate`), or drop it (`action drop`)",
        )


def _known(change: Change, action_id: int) -> Action:
    reading.action(change.connection, action_id, change.now)
    return change.get(Action, action_id)


def _read(change: Change, action_id: int) -> ActionRead:
    change.session.flush()
    return reading.action(change.connection, action_id, change.now)


def _write(change: Change, row: Action, fields: ActionFields) -> None:
    if fields.owner is not None:
        row.owner_id = change.resolve("person", fields.owner.removeprefix("@")) if fields.owner else None
    if fields.due is not None:
        row.due = fields.due.isoformat()
    if fields.done_test is not None:
        row.done_test = fields.done_test.strip() or None
    if fields.root is not None:
        row.root_id = _takeaway(change, fields.root) if fields.root else None
    change.add(row)


def _takeaway(change: Change, entry_id: int) -> int:
    found = entries_reading.entry(change.connection, entry_id)
    if found.kind is not EntryKind.TAKEAWAY:
        raise AdvisorlogError(f"Entry {entry_id} is no takeaway but a line of kind {found.kind}", "Name a takeaway")
    return found.id
