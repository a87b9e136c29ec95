"""Correcting captured lines: their words, and where they belong."""

from pathlib import Path

from sqlmodel import select

from advisorlog.domain import dates, grammar, promise
from advisorlog.domain.grammar import Line
from advisorlog.domain.kinds import EntryKind, Role, Visibility
from advisorlog.domain.moments import Moment, moment
from advisorlog.errors import AdvisorlogError
from advisorlog.store import lines, names
from advisorlog.store.reading import entries as reading
from advisorlog.store.reading.rows import Entry as EntryRead
from advisorlog.store.tables import Action, Entry, Mention
from advisorlog.workflow.changing import Change, changing


def edit(log: Path, now: Moment, entry_id: int, line: str) -> EntryRead:
    """Put another line in the place of one that was mistyped; the same grammar reads it."""
    with changing(log, f"entry edit {entry_id}", now) as change:
        before = reading.entry(change.connection, entry_id)
        rewrite(change, entry_id, _of_same_kind(before, grammar.parse(line)))
        change.session.flush()
        return reading.entry(change.connection, entry_id)


def move(log: Path, now: Moment, entry_id: int, meeting: str | None) -> EntryRead:
    """Put a line into a meeting, or out of any into the inbox."""
    with changing(log, f"entry move {entry_id}", now) as change:
        reading.entry(change.connection, entry_id)
        row = change.get(Entry, entry_id)
        row.meeting_id = change.resolve("meeting", meeting) if meeting else None
        row.speaker_id = _speaker(change, grammar.parse(row.lead + row.text), row.meeting_id)
        change.add(row)
        return reading.entry(change.connection, entry_id)


def remove(log: Path, now: Moment, entry_id: int) -> None:
    """Take a line out, with what hangs on it (its action, its step of confidence)."""
    with changing(log, f"entry rm {entry_id}", now) as change:
        reading.entry(change.connection, entry_id)
        change.remove(change.get(Entry, entry_id))


def reword(change: Change, entry_id: int, text: str) -> None:
    """Other words behind the same lead."""
    before = reading.entry(change.connection, entry_id)
    rewrite(change, entry_id, _of_same_kind(before, grammar.parse(before.lead + text)))


def rewrite(change: Change, entry_id: int, line: Line) -> None:
    """Write a line in the place of another, and its tags in the place of the other's."""
    row = change.get(Entry, entry_id)
    before = grammar.parse(row.lead + row.text)
    row.speaker_id = _speaker(change, line, row.meeting_id)
    row.lead, row.text, row.visibility = line.lead, line.text, line.visibility
    row.kind = line.kind
    change.add(row)
    for mention in change.session.exec(select(Mention).where(Mention.entry_id == entry_id)).all():
        change.remove(mention)
    _store_mentions(change, entry_id, line)
    if line.kind is EntryKind.TODO:
        _follow(change, row, before, line)


def _store_mentions(change: Change, entry_id: int, line: Line) -> None:
    for mention in line.mentions:
        is_idea = mention.mark == "#"
        find = names.find_idea if is_idea else names.find_person
        target = find(change.connection, mention.name)
        change.add(
            Mention(
                entry_id=entry_id,
                mark=mention.mark,
                name=names.key(mention.name),
                idea_id=target if is_idea else None,
                person_id=None if is_idea else target,
            )
        )


def _speaker(change: Change, line: Line, meeting_id: int | None) -> int | None:
    """Who said it: the one named, else the other side for advice (in a mentee's meeting, me), else me."""
    if line.speaker:
        return names.find_person(change.connection, line.speaker)
    me = names.me(change.connection)
    if line.kind is not EntryKind.ADVICE:
        return me
    if meeting_id is None:
        return None
    role, other = names.other_side(change.connection, meeting_id)
    return me if role == Role.MENTEE else other


def _follow(change: Change, row: Entry, before: Line, line: Line) -> None:
    """A promise follows the owner and the day that its new words name, where the old ones named others."""
    action = change.session.exec(select(Action).where(Action.entry_id == row.id)).one()
    owners = [names.key(named.name) if (named := promise.owner(each.text)) else None for each in (before, line)]
    if owners[1] and owners[0] != owners[1]:
        action.owner_id = names.find_person(change.connection, owners[1])
    if [date.phrase for date in before.dates] != [date.phrase for date in line.dates]:
        said = moment(row.at, row.zone).day
        understood = (dates.understand_spoken(date.phrase, said) for date in line.dates)
        due = next((day for day in understood if day), None)
        action.due = due.isoformat() if due else None
    change.add(action)


def _of_same_kind(before: EntryRead, line: Line) -> Line:
    """The line, where it may stand for the one before: an action and a step of confidence have rows of their own."""
    if line.is_empty:
        raise AdvisorlogError("A line needs its text", "To take it out: `advisorlog entry rm`")
    special = (EntryKind.TODO, EntryKind.CONFIDENCE)
    if line.kind is not before.kind and (line.kind in special or before.kind in special):
        raise AdvisorlogError(
            f"A {before.kind} can't become a {line.kind}", f"Add the {line.kind} as a new line, and remove this one"
        )
    if before.kind is EntryKind.CONFIDENCE:
        raise AdvisorlogError("A confidence stays as it was said", "Say a new one: `advisorlog idea confidence`")
    return line


def retag(log: Path, now: Moment, entry_id: int, kind: EntryKind) -> int:
    """Say that a line is of another kind; its words stay. Returns its number, which is new where a TODO is involved.

    A TODO has an action of its own: so the line is taken out and said again, at the same moment, in one change.
    """
    with changing(log, f"entry retag {entry_id} {kind}", now) as change:
        before = reading.entry(change.connection, entry_id)
        line = grammar.parse(before.lead + before.text)
        typed = grammar.compose_sigil(kind, line.text, visibility=line.visibility, speaker=line.speaker)
        again = grammar.parse(typed)
        if EntryKind.TODO not in (before.kind, kind):
            rewrite(change, entry_id, _of_same_kind(before, again))
            return entry_id
        if EntryKind.CONFIDENCE in (before.kind, kind):
            _of_same_kind(before, again)
        change.remove(change.get(Entry, entry_id))
        said = lines.Said(before.said, before.origin, before.meeting_id, before.project_id, before.position)
        return lines.store_line(change.connection, again, said).entry_id


def hide(log: Path, now: Moment, entry_id: int) -> EntryRead:
    """Make an open line private, and a private one open."""
    with changing(log, f"entry hide {entry_id}", now) as change:
        before = reading.entry(change.connection, entry_id)
        row = change.get(Entry, entry_id)
        line = grammar.parse(row.lead + row.text)
        visibility = Visibility.OPEN if before.is_private else Visibility.PRIVATE
        typed = grammar.compose_sigil(
            line.kind, line.text, visibility=visibility, speaker=line.speaker, checked=line.checked
        )
        row.lead, row.visibility = typed.removesuffix(line.text), visibility
        change.add(row)
        change.session.flush()
        return reading.entry(change.connection, entry_id)
