"""The mentee pack: what a mentee works with until we meet again, and a list, for the mentor, of what was withheld.

Only what was said where the mentee was, the readings meant for them, and advice that is named one by one get in. Of
these, what is private, names another mentee or tags a private idea stays out; when in doubt, out (`guard`).
"""

import re
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from advisorlog.documents.document import Cite, Document, Enclosure, Item, Section
from advisorlog.documents.guard import Guard, Withheld, guard_of
from advisorlog.documents.wording import Wording
from advisorlog.domain import ask as asking
from advisorlog.domain.file_names import apart, safe_name
from advisorlog.domain.keywords import keywords
from advisorlog.domain.kinds import DocumentKind, EntryKind, RecordKind, Role, Visibility
from advisorlog.domain.media import tells_where
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError, NotFound
from advisorlog.store.reading import actions, attachments, entries, ideas, meetings, people, readings
from advisorlog.store.reading.rows import Action, Attachment, Entry, Meeting, Person, Reading, Series

TODOS, FEEDBACK, CHECKS, STUDY, KEYWORDS, NEXT, ENCLOSED = 1000, 960, 920, 900, 880, 990, 910
STEP = 20
MEETINGS = 3
"""Without a day to begin with, a pack looks back on so many meetings."""
MOST_KEYWORDS = 8
GIVEN = 5
"""Of these, the readings' own come first; what the open questions are about has the rest."""
SAID = (EntryKind.ADVICE, EntryKind.DECISION, EntryKind.TAKEAWAY, EntryKind.WIN)
_LABEL = {
    EntryKind.ADVICE: "My advice",
    EntryKind.DECISION: "We decided",
    EntryKind.TAKEAWAY: "Keep in mind",
    EntryKind.WIN: "Well done",
}


@dataclass(frozen=True, slots=True)
class Pack:
    """What may leave for one mentee, as of a moment."""

    mentee: Person
    series: Series
    as_of: Moment
    said: tuple[Entry, ...]
    questions: tuple[Entry, ...]
    theirs: tuple[Entry, ...]
    promises: tuple[Action, ...]
    readings: tuple[Reading, ...]
    reused: tuple[Entry, ...]
    attached: tuple[Attachment, ...]
    next: Meeting | None
    agenda: tuple[str, ...]
    names: dict[str, str]
    titles: dict[str, str]
    withheld: tuple[Withheld, ...]


def read(
    connection: sqlite3.Connection, name: str, as_of: Moment, since: Moment | None, reuse: Sequence[int] = ()
) -> Pack:
    """Read what may leave for a mentee. `reuse` are the numbers of advice that I got and pass on.

    Raises NotFound where the person is no mentee of mine, AdvisorlogError where what is to be passed on may not be.
    """
    mentee = people.person(connection, name)
    every = people.all_series(connection)
    series = _of(every, mentee)
    guard = guard_of(connection, every, mentee, as_of)
    held = meetings.last_held(connection, series.id, as_of, 200 if since else MEETINGS)
    held = [meeting for meeting in held if since is None or meeting.starts.at >= since.at]
    heard = entries.of_meetings(connection, [meeting.id for meeting in held], as_of)
    let = [each for each in heard if _is_told(each) and guard.lets(_entry(each), each.visibility, each.text)]
    for each in heard:
        if not _is_told(each) and each.is_private:
            guard.withheld.append(Withheld(_entry(each), "private"))
    answered = entries.answers(connection, [e.id for e in let if e.kind is EntryKind.QUESTION], as_of)
    asked = [e for e in let if e.kind is EntryKind.QUESTION and e.id not in answered]
    coming = meetings.next_after(connection, series.id, as_of)
    return Pack(
        mentee,
        series,
        as_of,
        tuple(e for e in let if e.kind in SAID and (e.said_by_me or e.kind is not EntryKind.ADVICE)),
        tuple(e for e in asked if e.said_by_me),
        tuple(e for e in asked if not e.said_by_me),
        tuple(_promises(connection, series, mentee, as_of, guard)),
        tuple(_readings(connection, mentee, as_of, guard)),
        tuple(_reused(connection, every, mentee, reuse, guard)),
        tuple(_attached(connection, held, as_of, guard)),
        coming,
        tuple(t for t in (coming.agenda if coming else ()) if guard.lets("a point of the agenda", Visibility.OPEN, t)),
        {person.handle: person.name for person in people.people(connection)},
        ideas.titles(connection),
        tuple(dict.fromkeys(guard.withheld)),
    )


def _is_told(entry: Entry) -> bool:
    return entry.kind in SAID or entry.kind is EntryKind.QUESTION


def _entry(entry: Entry) -> str:
    return f"{entry.kind} {entry.id}"


def _of(every: Iterable[Series], mentee: Person) -> Series:
    """The series in which the person is a mentee; the one with fewest others where there are several."""
    found = [s for s in every if s.role is Role.MENTEE and any(p.id == mentee.id for p in s.people)]
    if not found:
        raise NotFound(
            f"{mentee.name} is in no series with the role of a mentee",
            f'`advisorlog series new "{mentee.name} mentoring" --with "{mentee.name}" --role mentee` makes one',
        )
    return min(found, key=lambda series: (len(series.people), series.id))


def _promises(
    connection: sqlite3.Connection, series: Series, mentee: Person, as_of: Moment, guard: Guard
) -> Iterable[Action]:
    for action in actions.open_actions(connection, as_of, series.id):
        if not (action.is_mine or action.owner_id == mentee.id):
            guard.withheld.append(Withheld(f"TODO {action.id}", "it is neither theirs nor mine"))
            continue
        told = (action.text, action.done_test, *(event.because for event in action.events))
        if guard.lets(f"TODO {action.id}", action.visibility, *told):
            yield action


def _readings(connection: sqlite3.Connection, mentee: Person, as_of: Moment, guard: Guard) -> Iterable[Reading]:
    for each in readings.for_person(connection, mentee.id, as_of):
        told = (each.title, each.authors, each.keywords, each.motivation, each.url, each.doi)
        if guard.lets(f"reading {each.id}", each.visibility, *told):
            if each.thoughts:
                guard.withheld.append(Withheld(f"your thoughts on reading {each.id}", "they are yours"))
            yield each


def _attached(
    connection: sqlite3.Connection, held: Sequence[Meeting], as_of: Moment, guard: Guard
) -> Iterable[Attachment]:
    """The open files of the meetings where the mentee was, and of their lines."""
    for meeting in held:
        for each in attachments.attached_to(connection, RecordKind.MEETING, meeting.id):
            what = f"attached file {each.id}"
            visibility = Visibility.PRIVATE if each.is_private else Visibility.OPEN
            if each.attached.at > as_of.at or not guard.lets(what, visibility, each.name, each.caption):
                continue
            if tells_where(each.media_type):
                guard.withheld.append(Withheld(what, "it may say where and when it was made; a JPEG or PNG can go"))
                continue
            yield each


def _reused(
    connection: sqlite3.Connection, every: Iterable[Series], mentee: Person, numbers: Sequence[int], guard: Guard
) -> Iterable[Entry]:
    """Advice that others gave me, each named by its number."""
    mentoring = {series.id for series in every if series.role is Role.MENTEE}
    for number in numbers:
        entry = entries.entry(connection, number)
        is_mentoring = entry.role is Role.MENTEE or entry.series_id in mentoring
        if entry.kind is not EntryKind.ADVICE or entry.said_by_me or is_mentoring:
            raise AdvisorlogError(
                f"Entry {number} is no advice that I was given", "`advisorlog search WORDS --kind advice` finds them"
            )
        if not guard.lets(_entry(entry), entry.visibility, entry.text, entry.speaker_name):
            raise AdvisorlogError(
                f"Entry {number} can't go to {mentee.name}: {guard.withheld[-1].why}", "Leave it out of --reuse"
            )
        yield entry


def write(pack: Pack, budget: int, suggested: Sequence[str] = ()) -> Document:
    """The pack with everything that may be said; `budget.fit` makes it fit.

    `suggested` are search keywords that a language model gave and the mentor accepted; they are marked as such.
    """
    wording = Wording(pack.as_of.day, (pack.mentee,), max(20, budget // 10), pack.titles, pack.names)
    return Document(
        kind=DocumentKind.MENTEE,
        title=f"For {wording.plain(pack.mentee.name)}, {wording.day(pack.as_of.day)} {pack.as_of.day.year}",
        subtitle="",
        as_of=pack.as_of.day,
        budget=budget,
        sections=(
            _feedback(pack, wording),
            _todos(pack, wording),
            _study(pack, wording),
            _keywords(pack, wording, suggested),
            _checks(pack, wording),
            _enclosed(pack, wording),
            _next(pack.next, pack.agenda, wording),
        ),
        to=(pack.mentee.id,),
        series_id=pack.series.id,
        withheld=len(pack.withheld),
    )


def _cited(entry: Entry) -> tuple[Cite, ...]:
    return (Cite(RecordKind.ENTRY, entry.id),)


def _feedback(pack: Pack, wording: Wording) -> Section:
    """The newest meeting first; advice that others gave me last, with its source."""
    said = sorted(pack.said, key=lambda e: (e.said.day, e.kind is EntryKind.WIN, -e.position), reverse=True)
    items = [
        Item(
            wording.quote(entry.text, entry.said.day),
            FEEDBACK - STEP * place,
            label=_LABEL[entry.kind],
            aside=wording.day(entry.said.day),
            cites=_cited(entry),
        )
        for place, entry in enumerate(said)
    ]
    items += [
        Item(
            wording.quote(entry.text, entry.said.day),
            FEEDBACK + 1,
            label=f"Advice that {wording.plain(entry.speaker_name or 'somebody')} gave me",
            aside=wording.day(entry.said.day),
            is_quote=True,
            cites=_cited(entry),
        )
        for entry in pack.reused
    ]
    return Section("feedback", "Feedback", tuple(items))


def _todos(pack: Pack, wording: Wording) -> Section:
    listed = sorted(pack.promises, key=lambda a: (a.is_mine, a.due is None, str(a.due)))
    items = (
        Item(
            wording.task(action),
            TODOS - STEP * place,
            label="I" if action.is_mine else "You",
            aside=wording.promise(action),
            details=(f"Done when: {wording.plain(action.done_test)}",) if action.done_test else (),
            cites=(Cite(RecordKind.ACTION, action.id),),
        )
        for place, action in enumerate(listed)
    )
    return Section("todo", "TODO", tuple(items))


def _study(pack: Pack, wording: Wording) -> Section:
    items: list[Item] = []
    for place, each in enumerate(pack.readings):
        by = ", ".join(part for part in (wording.plain(each.authors or ""), str(each.year or "")) if part)
        where = each.url or (f"https://doi.org/{each.doi}" if each.doi else "")
        details = [f"Why: {wording.plain(each.motivation)}"] if each.motivation else []
        details += [wording.plain(where)] if where else []
        cites = (Cite(RecordKind.READING, each.id),)
        items.append(
            Item(wording.plain(each.title), STUDY - STEP * place, aside=by, details=tuple(details), cites=cites)
        )
    return Section("study", "To study", tuple(items))


def _keywords(pack: Pack, wording: Wording, suggested: Sequence[str]) -> Section:
    """What the readings are filed under first, then what the open questions, and readings filed nowhere, are about."""
    listed = ",".join(each.keywords or "" for each in pack.readings)
    given = list(dict.fromkeys(word.strip() for word in re.split(r"[,;\n]", listed) if word.strip()))
    asked = [asking.parse(entry.text).question for entry in (*pack.theirs, *pack.questions)]
    asked += [each.title for each in pack.readings if not each.keywords]
    chosen = [*given[:GIVEN], *keywords(asked, MOST_KEYWORDS), *given[GIVEN:]]
    chosen = list({word.casefold(): word for word in reversed(chosen)}.values())[::-1]
    cites = tuple(Cite(RecordKind.READING, each.id) for each in pack.readings)
    items: list[Item] = []
    if chosen:
        items.append(Item(_listed(chosen[:MOST_KEYWORDS], wording), KEYWORDS, cites=cites))
    if suggested:
        items.append(Item(_listed(suggested, wording), KEYWORDS - 1, label="Suggested by a language model"))
    return Section("keywords", "To search for", tuple(items))


def _listed(keywords: Sequence[str], wording: Wording) -> str:
    return "; ".join(wording.plain(word) for word in keywords)


def _checks(pack: Pack, wording: Wording) -> Section:
    """My questions that wait for an answer: who can answer them has understood."""
    items = (
        Item(
            wording.quote(asking.parse(entry.text).question, entry.said.day),
            CHECKS - STEP * place,
            aside=wording.day(entry.said.day),
            cites=_cited(entry),
        )
        for place, entry in enumerate(reversed(pack.questions))
    )
    return Section("checks", "Can you answer this?", tuple(items))


def _enclosed(pack: Pack, wording: Wording) -> Section:
    """The attached files that go with the pack, in a folder beside it."""
    names = apart(safe_name(each.name) for each in pack.attached)
    items = (
        Item(
            wording.plain(name),
            ENCLOSED - STEP * place,
            aside=wording.day(each.attached.day),
            details=(wording.plain(each.caption),) if each.caption else (),
            cites=(Cite(RecordKind.ENTRY, each.entry_id),) if each.entry_id else (),
            enclosure=Enclosure(each.id, name, each.sha256, each.media_type),
        )
        for place, (each, name) in enumerate(zip(pack.attached, names, strict=True))
    )
    return Section("enclosed", "Files that go with this", tuple(items))


def _next(coming: Meeting | None, agenda: Collection[str], wording: Wording) -> Section:
    if coming is None:
        return Section("next", "Next time")
    cites = (Cite(RecordKind.MEETING, coming.id),)
    zone = coming.starts.zone if coming.starts.zone[:1].isalpha() else f"UTC{coming.starts.zone}".removesuffix("+00:00")
    when = f"{wording.weekday(coming.starts.day)} at {coming.starts.local:%H:%M} ({zone})"
    items = [Item(when, NEXT, cites=cites)]
    if agenda:
        items.append(
            Item("; ".join(wording.plain(topic) for topic in agenda), NEXT - 1, label="To discuss", cites=cites)
        )
    return Section("next", "Next time", tuple(items))


def manifest(pack: Pack) -> str:
    """What was withheld and why, in Markdown, for the mentor alone: numbers and reasons, no word of any record."""
    lines = [f"# Withheld from {pack.mentee.handle}, {pack.as_of.day} (for you alone)", ""]
    lines += [f"- {each.what}: {each.why}" for each in pack.withheld] or ["Nothing."]
    lines += ["", "Everything of other series stayed out too, but for the advice that --reuse names."]
    return "\n".join(lines) + "\n"
