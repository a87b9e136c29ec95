"""The brief: the context that a reader who remembers nothing needs, before the meeting.

Pure: from where a series stands to a document. Ranks say what the budget keeps; the promises that are still open
have the highest and so are the last to go (DESIGN.md, section 4).
"""

import re
from collections.abc import Iterable, Iterator

from advisorlog.documents import not_known
from advisorlog.documents.document import Cite, Curve, Document, Item, Section
from advisorlog.documents.standing import RECENT, IdeaMove, Standing
from advisorlog.documents.wording import Wording
from advisorlog.domain import ask as asking
from advisorlog.domain.dates import ago
from advisorlog.domain.kinds import ActionState, AskKind, DocumentKind, EntryKind, IdeaStatus, RecordKind, Role
from advisorlog.domain.words import count_words
from advisorlog.store.reading.rows import Action, Entry

PROMISES, PITCH, ASKS, SAID, FINDINGS, MOVES, RULED_OUT, DONE, UNTOLD, TERMS, NEXT = (
    1000, 900, 850, 800, 795, 755, 788, 790, 797, 700, 640,
)  # fmt: skip
"""Where the ranks of each kind of item begin; the next of its kind ranks `STEP` lower, so that a short budget takes
the first of each kind before the fourth of any."""
EARLIER = 500
STEP = 35
SHOWN_PROMISES = 6
"""Open promises that are listed one by one; two hundred of them would tell a reader nothing."""
MOST_TERMS = 4
MOST_ASKS = 3


def write(standing: Standing, budget: int) -> Document:
    """The brief with everything that could be said; `budget.fit` makes it fit."""
    wording = wording_for(standing, budget)
    sections = [
        _where_this_stands(standing, wording),
        _last_time(standing, wording),
        _earlier(standing, wording),
        _promises(standing, wording),
        _findings(standing, wording),
        _ruled_out(standing, wording),
        not_known.section(standing, wording, UNTOLD, STEP),
        _asks(standing, wording),
        _next(standing, wording),
    ]
    terms = _terms(standing, wording, sections)
    sections[0] = Section(sections[0].key, sections[0].title, (*sections[0].items, *terms))
    day = standing.target.starts.day if standing.target else standing.as_of.day
    return Document(
        kind=DocumentKind.BRIEF,
        title=f"Brief: {wording.plain(standing.series.title)}, {wording.day(day)}{_year(day.year, wording)}",
        subtitle=_subtitle(standing, wording),
        as_of=standing.as_of.day,
        budget=budget,
        sections=tuple(sections),
        to=tuple(person.id for person in standing.series.people),
        series_id=standing.series.id,
        meeting_id=standing.target.id if standing.target else None,
        withheld=standing.withheld,
        hints=tuple(_hints(standing)),
    )


def wording_for(standing: Standing, budget: int) -> Wording:
    """A quote may take about a tenth of the budget, so that no single line crowds out the rest."""
    return Wording(
        today=standing.as_of.day,
        readers=standing.series.people,
        longest=max(14, min(60, budget // 9)),
        ideas=standing.titles,
        people=standing.names,
    )


def _year(year: int, wording: Wording) -> str:
    return f" {year}" if year == wording.today.year else ""


def _subtitle(standing: Standing, wording: Wording) -> str:
    to = ", ".join(wording.plain(person.name) for person in standing.series.people)
    parts = [f"For {to}" if to else ""]
    if standing.me.name != "me":
        parts.append(f"from {wording.plain(standing.me.name)}")
    if standing.last and (standing.as_of.at - standing.last.starts.at).days > 28:
        parts.append(f"we last met {ago(standing.last.starts.day, standing.as_of.day)}")
    return "; ".join(part for part in parts if part)


def _where_this_stands(standing: Standing, wording: Wording) -> Section:
    items: list[Item] = []
    for number, project in enumerate(standing.projects):
        cite = (Cite(RecordKind.PROJECT, project.id),)
        name = wording.plain(project.name) if len(standing.projects) > 1 else ""
        rank = PITCH - 3 * STEP * number
        if project.pitch:
            items.append(Item(wording.plain(project.pitch), rank, label=name, cites=cite))
        if project.goal:
            items.append(Item(wording.plain(project.goal), rank - 10, label="Goal", cites=cite))
    if not any(project.pitch for project in standing.projects) and (facts := _bare_facts(standing, wording)):
        items.append(Item(facts, PITCH))
    return Section("stands", "Where this stands", tuple(items))


def _bare_facts(standing: Standing, wording: Wording) -> str:
    """What can be said of a series whose project has no pitch: how long it has met, and about what last time."""
    if standing.last is None or standing.first is None:
        return "This is our first meeting."
    meetings = "once" if standing.held == 1 else f"{standing.held} times"
    facts = f"We have met {meetings} since {wording.day(standing.first.starts.day)}."
    if standing.last.agenda:
        topics = "; ".join(wording.plain(topic) for topic in standing.last.agenda[:4])
        facts += f" Agenda on {wording.day(standing.last.starts.day)}: {topics}."
    return facts


def _terms(standing: Standing, wording: Wording, sections: Iterable[Section]) -> Iterator[Item]:
    """The terms of the glossary that the weightiest items use, spelt out; no others."""
    used = " ".join(_texts(sections))
    for project in standing.projects:
        counted = [(len(re.findall(rf"(?<!\w){re.escape(t)}(?!\w)", used)), t, m) for t, m in project.glossary]
        found = sorted((each for each in counted if each[0]), key=lambda each: -each[0])[:MOST_TERMS]
        if found:
            text = "; ".join(f"{wording.plain(term)}: {wording.plain(meaning)}" for _, term, meaning in found)
            cite = (Cite(RecordKind.PROJECT, project.id),)
            yield Item(text, TERMS, label="Terms", cites=cite, is_extra=True)


def _texts(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        for item in section.items:
            if item.rank < TERMS:
                continue
            yield from (item.label, item.text, item.aside, *item.details)


def _last_time(standing: Standing, wording: Wording) -> Section:
    if standing.said_in is None:
        return Section("last", "Last time")
    ranked = sorted(enumerate(_worth_repeating(standing)), key=lambda each: each[0])
    items = tuple(
        Item(
            wording.quote(entry.text, entry.said.day),
            SAID - STEP * place,
            label=_who_said(entry, standing, wording),
            is_quote=True,
            cites=(Cite(RecordKind.ENTRY, entry.id),),
            key=f"entry:{entry.id}",
        )
        for place, entry in ranked
    )
    title = f"Last time, {wording.day(standing.said_in.starts.day)}"
    if (standing.as_of.day - standing.said_in.starts.day).days > 28:
        title += f" ({ago(standing.said_in.starts.day, standing.as_of.day)})"
    return Section("last", title, items)


def _worth_repeating(standing: Standing) -> list[Entry]:
    """What was said last time, the weightiest first: decisions and advice that work hangs on, then the rest.

    A takeaway is the student's own summary; it is left out where advice or a decision says the same.
    """
    rooted = {action.root_id for action in (*standing.open_actions, *standing.closed_actions)}
    said = [e for e in standing.said if e.kind is not EntryKind.TAKEAWAY] or list(standing.said)
    clear = [e for e in said if not _VAGUE.search(e.text)]
    said = clear if len(clear) > 1 else said
    return sorted(said, key=lambda entry: -_weight(entry, entry.id in rooted, bool(standing.ideas_of.get(entry.id))))


def _earlier(standing: Standing, wording: Wording) -> Section:
    """Decisions of the meetings before: shown where there is room, and not missed where there is none."""
    items = (
        Item(
            wording.quote(entry.text, entry.said.day),
            EARLIER - 10 * place,
            aside=wording.day(entry.said.day),
            is_quote=True,
            cites=(Cite(RecordKind.ENTRY, entry.id),),
            key=f"entry:{entry.id}",
            is_extra=True,
        )
        for place, entry in enumerate(standing.decided_before)
    )
    return Section("earlier", "Decided earlier", tuple(items))


_NUMBER = re.compile(r"\d")
_VAGUE = re.compile(r"^(?:the (?:group|team|meeting)|they|it was|this|moreover|also|in addition|additionally)\b", re.I)


def _weight(entry: Entry, is_rooted: bool, has_idea: bool) -> float:
    """How much a line tells a cold reader: what work hangs on, decisions, numbers; less if vague or very long."""
    words = count_words(entry.text)
    weight = 2.0 * is_rooted + 1.0 * has_idea + 0.5 * bool(_NUMBER.search(entry.text))
    weight += {EntryKind.DECISION: 1.5, EntryKind.ADVICE: 1.2}.get(entry.kind, 0.0)
    weight -= 0.6 * bool(_VAGUE.search(entry.text))
    return weight - (0.5 if words > 35 or words < 4 else 0.0)


def _who_said(entry: Entry, standing: Standing, wording: Wording) -> str:
    if entry.kind is EntryKind.DECISION:
        return "We decided"
    if entry.kind is EntryKind.TAKEAWAY:
        return "I took away"
    return f"{wording.you(entry.speaker_id, entry.speaker_name, to_me=entry.said_by_me)} advised"


def _promises(standing: Standing, wording: Wording) -> Section:
    done = [_closed(action, wording, place) for place, action in enumerate(standing.closed_actions)]
    ordered = sorted(standing.open_actions, key=lambda action: (_urgency(action, wording), action.opened.at))
    listed, rest = ordered[:SHOWN_PROMISES], ordered[SHOWN_PROMISES:]
    items = [*done, *(_open(action, wording, place) for place, action in enumerate(listed))]
    if rest:
        late = sum(bool(action.due and action.due < wording.today) for action in rest)
        aside = f"{late} of them overdue" if late else ""
        items.append(Item(f"{len(rest)} more open promises in the log", PROMISES - 5, label="Open", aside=aside))
    return Section("promises", "Promised and delivered", tuple(items))


def _urgency(action: Action, wording: Wording) -> tuple[int, str]:
    """Overdue first, then by day, then those without one."""
    if action.due is None:
        return 2, ""
    return (0 if action.due < wording.today else 1), action.due.isoformat()


def _open(action: Action, wording: Wording, place: int) -> Item:
    late = action.due is not None and action.due < wording.today
    if action.is_mine or action.owner_id is None:
        label = "Slipped" if late or action.times_carried else "Open"
    elif wording.is_reader(action.owner_id):
        label = "From you" if len(wording.readers) == 1 else f"From {wording.you(action.owner_id, action.owner_name)}"
    else:
        label = f"From {wording.plain(action.owner_name or 'others')}"
    return Item(
        wording.quote(action.text, action.opened.day),
        PROMISES - place,
        label=label,
        aside=wording.promise(action),
        cites=(Cite(RecordKind.ACTION, action.id),),
        key=f"action:{action.id}",
    )


def _closed(action: Action, wording: Wording, place: int) -> Item:
    closing = action.closed
    done = closing is not None and closing.state is ActionState.DONE
    label = "Done" if done else "Dropped"
    if not action.is_mine and action.owner_id is not None:
        who = wording.you(action.owner_id, action.owner_name)
        label = f"{label} by {'you' if who == 'You' else who}"
    because = wording.plain(closing.because) if closing and closing.because else ""
    aside = wording.day(closing.when.day) if closing else ""
    return Item(
        wording.quote(action.text, action.opened.day),
        DONE - STEP * place,
        label=label,
        aside=": ".join(part for part in (aside, because) if part),
        cites=(Cite(RecordKind.ACTION, action.id),),
        key=f"action:{action.id}",
    )


def _findings(standing: Standing, wording: Wording) -> Section:
    """Results, those with a number first; then how the confidence in ideas moved, and what moved it."""
    new = sorted(standing.found_new, key=lambda e: (not _NUMBER.search(e.text), not standing.ideas_of.get(e.id)))
    old = [entry for entry in standing.found_before if not _was_told_lately(entry, standing)]
    old = [e for e in old if standing.last and e.series_id == standing.series.id][:4]
    items = [_finding(entry, standing, wording, FINDINGS - STEP * place) for place, entry in enumerate(new)]
    base = FINDINGS - STEP * (len(new) + 2)
    moved = [_moved(m, wording, MOVES - STEP * p) for p, m in enumerate(standing.moves) if not _has_died(m)]
    items += [_finding(entry, standing, wording, base - STEP * place) for place, entry in enumerate(old)]
    return Section("findings", "Findings", (*items, *(item for item in moved if item)))


def _was_told_lately(entry: Entry, standing: Standing) -> bool:
    told = standing.told.get((RecordKind.ENTRY, entry.id))
    return told is not None and standing.as_of.at - told.when.at < RECENT


def _finding(entry: Entry, standing: Standing, wording: Wording, rank: int) -> Item:
    return Item(
        wording.quote(entry.text, entry.said.day),
        rank,
        aside=wording.day(entry.said.day),
        is_quote=True,
        cites=(Cite(RecordKind.ENTRY, entry.id),),
        key=f"entry:{entry.id}",
    )


def _has_died(move: IdeaMove) -> bool:
    return move.idea.status in (IdeaStatus.KILLED, IdeaStatus.PARKED)


def _moved(move: IdeaMove, wording: Wording, rank: int) -> Item | None:
    """One idea: its confidence then and now, its new status, and the latest reason."""
    levels = [event.confidence for event in move.events if event.confidence is not None]
    status = next((event.status for event in reversed(move.events) if event.status), None)
    parts: list[str] = []
    if levels:
        before = f"{move.before}% → " if move.before is not None and move.before != levels[-1] else ""
        parts.append(f"confidence {before}{levels[-1]}%")
    if status:
        parts.append(f"now {status}")
    because = next((event.because for event in reversed(move.events) if event.because), "")
    if not parts:
        return None
    return Item(
        wording.plain(move.idea.title),
        rank,
        label="Idea",
        aside=", ".join(parts) + (f", because {_lower_first(wording.plain(because))}" if because else ""),
        cites=(Cite(RecordKind.IDEA, move.idea.id),),
        key=f"idea:{move.idea.id}",
        curve=Curve(move.idea, move.history, wording.today) if len(levels) + (move.before is not None) > 1 else None,
    )


def _lower_first(text: str) -> str:
    """Continue a sentence with words that may begin one; names and acronyms keep their capitals."""
    first = text.split(" ", 1)[0]
    return text[:1].lower() + text[1:] if first in _SENTENCE_STARTS else text


_SENTENCE_STARTS = frozenset(
    (
        "The", "A", "An", "It", "This", "That", "These", "Those", "There", "We", "Our", "My", "All", "Both", "No",
        "In", "On", "At", "With", "Without", "After", "Before", "Since", "When", "If", "Even", "Only", "Every",
    )
)  # fmt: skip


def _ruled_out(standing: Standing, wording: Wording) -> Section:
    items: list[Item] = []
    for move in filter(_has_died, standing.moves):
        event = next(e for e in reversed(move.events) if e.status) if any(e.status for e in move.events) else None
        if event is None or event.status is None:
            continue
        again = event.revive_if or event.revisit_when
        verb = "Revive if" if event.revive_if else "Revisit when"
        details = (f"{verb} {_lower_first(wording.plain(again))}",) if again else ()
        items.append(
            Item(
                wording.plain(move.idea.title),
                RULED_OUT - STEP * len(items),
                label=event.status.capitalize(),
                aside=": ".join(p for p in (wording.day(event.when.day), wording.plain(event.because)) if p),
                details=details,
                cites=(Cite(RecordKind.IDEA, move.idea.id),),
                key=f"idea:{move.idea.id}",
            )
        )
    return Section("ruled-out", "Ruled out", tuple(items))


def _asks(standing: Standing, wording: Wording) -> Section:
    """At most three questions: those with a kind first, then the newest."""
    asks = [(entry, asking.parse(entry.text)) for entry in standing.questions]
    asks.sort(key=lambda each: each[1].kind is None)
    items = tuple(_ask(entry, ask, wording, place) for place, (entry, ask) in enumerate(asks[:MOST_ASKS]))
    return Section("asks", "Asks", items, more=max(0, len(asks) - MOST_ASKS), more_of="more open questions in the log")


_ASKS = {AskKind.DECIDE: "Decide", AskKind.UNBLOCK: "Unblock", AskKind.CHECK: "Sanity-check"}


def _ask(entry: Entry, ask: asking.Ask, wording: Wording, place: int) -> Item:
    details: list[str] = []
    if ask.options:
        details.append("Options: " + " / ".join(wording.plain(option) for option in ask.options))
    if ask.recommendation:
        sure = f", {ask.sure}% sure" if ask.sure is not None else ""
        details.append(f"I recommend: {wording.plain(ask.recommendation)}{sure}")
    return Item(
        wording.quote(ask.question, entry.said.day),
        ASKS - STEP * place,
        label=_ASKS[ask.kind] if ask.kind else "Question",
        details=tuple(details),
        cites=(Cite(RecordKind.ENTRY, entry.id),),
        key=f"entry:{entry.id}",
    )


def _next(standing: Standing, wording: Wording) -> Section:
    """What is planned for the meeting, and the claims that come due soon."""
    items: list[Item] = []
    # The agenda of a meeting that was held since may say what happened; only what was planned is told as planned.
    if standing.target:
        cite = (Cite(RecordKind.MEETING, standing.target.id),)
        items += [
            Item(wording.plain(topic), NEXT - STEP * place, label="To discuss", cites=cite)
            for place, topic in enumerate(standing.target.agenda)
        ]
    soon = [i for i in standing.alive if i.resolve_by and i.outcome is None and i.claim]
    for idea in sorted(soon, key=lambda each: str(each.resolve_by))[:2]:
        if idea.resolve_by and 0 <= (idea.resolve_by - wording.today).days <= 60:
            items.append(
                Item(
                    wording.plain(idea.claim or idea.title),
                    NEXT - 100 - STEP * len(items),
                    label="To be settled",
                    aside=f"by {wording.day(idea.resolve_by)}",
                    cites=(Cite(RecordKind.IDEA, idea.id),),
                )
            )
    return Section("next", "Next", tuple(items))


def _hints(standing: Standing) -> Iterator[str]:
    """What would make the brief better, for the student alone."""
    if standing.series.project_id is None and not standing.projects:
        yield f"the series has no project: `advisorlog series edit {standing.series.slug} --project NAME`"
    for project in standing.projects:
        if not project.pitch:
            yield f"{project.name} has no pitch: `advisorlog project edit {project.slug} --pitch TEXT`"
    if not standing.series.people and standing.series.role is not Role.PEER:
        yield f"the series names nobody: `advisorlog series edit {standing.series.slug} --with NAME`"
    if standing.untagged:
        lines = "line" if standing.untagged == 1 else "lines"
        yield f"{standing.untagged} {lines} in the inbox name no idea or project, so they are not in here"
