"""The brief: the context that a reader who remembers nothing needs, before the meeting.

Pure: from where a series stands to a document. What it opens with and what was said stand here; the other sections
have modules of their own. `ranks` says what the budget keeps.
"""

import re
from collections.abc import Iterable, Iterator

from advisorlog.documents import asks, findings, not_known, promised
from advisorlog.documents.document import Cite, Document, Item, Section
from advisorlog.documents.ranks import EARLIER, PITCH, SAID, STEP, TERMS, UNTOLD
from advisorlog.documents.standing import Standing
from advisorlog.documents.wording import Wording
from advisorlog.domain.dates import ago
from advisorlog.domain.kinds import DocumentKind, EntryKind, RecordKind, Role
from advisorlog.domain.moments import Moment
from advisorlog.domain.words import count_words
from advisorlog.store.reading.rows import Entry

MOST_TERMS = 4


def write(standing: Standing, budget: int, by_rule: Moment | None = None) -> Document:
    """The brief with everything that could be said; `budget.fit` makes it fit.

    `by_rule` is when the series meets next, where no meeting is planned and only its rule says so.
    """
    wording = wording_for(standing, budget)
    sections = [
        _where_this_stands(standing, wording),
        _last_time(standing, wording),
        _earlier(standing, wording),
        promised.section(standing, wording),
        findings.section(standing, wording),
        findings.ruled_out(standing, wording),
        not_known.section(standing, wording, UNTOLD, STEP),
        asks.section(standing, wording),
        asks.next_steps(standing, wording),
    ]
    terms = _terms(standing, wording, sections)
    sections[0] = Section(sections[0].key, sections[0].title, (*sections[0].items, *terms))
    meets = standing.target.starts if standing.target else by_rule
    day = (meets or standing.as_of).day
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
