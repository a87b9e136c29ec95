"""An idea on the terminal: what it is, where it stands, and all that moved it."""

from collections.abc import Iterable, Sequence

import click

from advisorlog.cli.output import day, one_line, percent, print_facts, print_heading
from advisorlog.domain.kinds import Visibility
from advisorlog.domain.sparkline import sparkline
from advisorlog.store.reading.rows import Evidence, Idea, IdeaEvent, Project, Reading


def print_idea(found: Idea, events: Sequence[IdeaEvent], best: IdeaEvent | None, project: Project | None) -> None:
    """The whole page. `best` is the highest confidence that evidence earned."""
    print_facts(
        (
            ("idea", found.title),
            ("short name", f"#{found.slug}"),
            ("claim", found.claim or ""),
            ("status", str(found.status or "")),
            ("confidence", f"{found.sure}  {sparkline(ways(events).get(found.id, ()))}".strip()),
            ("highest", _earned(best)),
            ("resolve by", day(found.resolve_by)),
            ("turned out", _turned_out(found)),
            ("project", project.name if project else ""),
            ("private", "yes" if found.visibility is Visibility.PRIVATE else ""),
        )
    )
    if events:
        print_heading("History")
    for event in events:
        click.echo(_event_line(event))


def print_papers(found: Sequence[Reading]) -> None:
    """The readings that are evidence for the idea."""
    if found:
        print_heading("Readings")
    for each in found:
        told = ", ".join(part for part in (one_line(each.authors or ""), str(each.year or "")) if part)
        click.echo(f"{one_line(each.slug)}  {one_line(each.title)}{f' ({told})' if told else ''}")


def ways(events: Iterable[IdeaEvent]) -> dict[int, tuple[int, ...]]:
    """The confidences that evidence left, oldest first, by idea."""
    ways: dict[int, tuple[int, ...]] = {}
    for event in events:
        if event.confidence is not None and not event.mood:
            ways[event.idea_id] = (*ways.get(event.idea_id, ()), event.confidence)
    return ways


def _earned(best: IdeaEvent | None) -> str:
    """The high-water mark and what earned it."""
    if best is None:
        return ""
    rests = f" ({'; '.join(_link(each) for each in best.evidence)})" if best.evidence else ""
    because = f": {one_line(best.because)}" if best.because else ""
    return f"{best.confidence}% on {day(best.day)}{because}{rests}"


def _turned_out(found: Idea) -> str:
    if found.outcome is None:
        return ""
    seen = f", seen {day(found.resolved.day)}" if found.resolved else ""
    return f"{str(found.outcome).lower()}{seen}"


def _link(each: Evidence) -> str:
    """A piece of evidence with the record behind it: `entry 12 (2026-05-05): 16 A100, 3 seeds: 11.2% ...`."""
    if each.entry_id is not None:
        said = f" ({day(each.day)})" if each.day else ""
        return f"entry {each.entry_id}{said}: {one_line(each.text)}"
    if each.reading:
        return f"reading {one_line(each.reading)}" + (f": {one_line(each.text)}" if each.text != each.reading else "")
    return one_line(each.text)


def _event_line(event: IdeaEvent) -> str:
    moved = ", ".join(part for part in (str(event.status or ""), percent(event.confidence)) if part)
    mood = " (mood)" if event.mood else ""
    parts = [f"{day(event.when.day)}  {moved}{mood}" + (f": {one_line(event.because)}" if event.because else "")]
    parts += [f"            rests on {_link(each)}" for each in event.evidence]
    if event.revive_if:
        parts.append(f"            revive if: {one_line(event.revive_if)}")
    if event.revisit_when:
        parts.append(f"            revisit when: {one_line(event.revisit_when)}")
    return "\n".join(parts)
