"""`advisorlog tension`."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import click

from advisorlog.cli.command import Group
from advisorlog.cli.lines import entry_json, entry_line
from advisorlog.cli.output import Form, counted, day, many_lines, one_line, plain, print_heading, print_json, when
from advisorlog.cli.parameters import DAY_GONE, ENTRY, json_option, private_option
from advisorlog.cli.state import State, pass_state
from advisorlog.documents import comparison
from advisorlog.documents.comparison import Changes, Comparison, Context, Fact
from advisorlog.domain.tension import Candidate, Cause, Nearness
from advisorlog.store.connection import reading
from advisorlog.store.reading import entries, tensions
from advisorlog.store.reading.rows import Entry
from advisorlog.store.reading.tensions import Tension


@click.group(
    "tension",
    cls=Group,
    examples=[
        "advisorlog tension list",
        "advisorlog tension compare 210 222",
        'advisorlog tension resolve 210 222 --as context --because "she saw the mean, he saw the points"',
    ],
)
def command() -> None:
    """Advice and decisions that may conflict, beside the contexts they were given in. Never a verdict: you say it."""


@command.command(
    "list",
    examples=[
        "advisorlog tension list",
        "advisorlog tension list --since 3mo --json",
        "advisorlog tension list --resolved      what you found about those that you settled",
    ],
)
@click.option("--since", type=DAY_GONE, metavar="DAY", help="Only where the later line is from this day on.")
@click.option("--limit", "-n", type=click.IntRange(1), default=15, show_default=True, help="At most so many.")
@click.option("--resolved", is_flag=True, help="Those that were settled, with their causes.")
@private_option
@json_option
@pass_state
def list_(state: State, since: date | None, limit: int, resolved: bool, private: bool, form: Form) -> None:
    """Pairs that may conflict, the likeliest first, each with what speaks for it."""
    if resolved:
        _list_resolved(state, private, form)
        return
    with reading(state.log) as connection:
        found = comparison.open_candidates(connection, state.now, since, private, _nearness(state))
        shown = found[:limit]
        lines = entries.by_ids(connection, [point.id for each in shown for point in (each.first, each.second)])
        asked = {each.pair: each.question_id for each in tensions.tensions(connection, state.now)}
    if form is Form.JSON:
        print_json([_candidate_json(each, lines, asked.get(_pair(each))) for each in shown])
    else:
        for each in shown:
            told = ", asked already" if asked.get(_pair(each)) else ""
            click.echo(f"may conflict: {'; '.join(each.why)}{told}")
            for point in (each.first, each.second):
                click.echo(f"  {day(point.day)} {entry_line(lines[point.id])}")
    if not found:
        state.note("Nothing that may conflict is open.")
    elif form is Form.TEXT:
        state.note("`advisorlog tension compare A B` shows a pair beside its contexts.")
    if len(found) > len(shown):
        state.note(f"{counted(len(found) - len(shown), 'more pair')}; --limit shows them.")


def _nearness(state: State) -> Nearness:
    from advisorlog.workflow.meaning.ranking import near_lines

    return near_lines(state.settings, lambda said: state.note_once(one_line(said)))


def _pair(candidate: Candidate) -> frozenset[int]:
    return frozenset((candidate.first.id, candidate.second.id))


def _candidate_json(candidate: Candidate, lines: dict[int, Entry], question_id: int | None) -> dict[str, Any]:
    return {
        "label": "may conflict",
        "why": list(candidate.why),
        "rank": round(candidate.rank, 3),
        "first": entry_json(lines[candidate.first.id]),
        "second": entry_json(lines[candidate.second.id]),
        "question_id": question_id,
    }


def _list_resolved(state: State, private: bool, form: Form) -> None:
    with reading(state.log) as connection:
        found = [each for each in tensions.tensions(connection, state.now) if each.cause]
        lines = entries.by_ids(connection, [number for each in found for number in each.pair])
    found = [each for each in found if private or not any(lines[number].is_private for number in each.pair)]
    if form is Form.JSON:
        print_json([_tension_json(each, lines) for each in found])
        return
    for each in found:
        click.echo(f"{each.cause}: {one_line(each.because)}")
        for number in (each.first_id, each.second_id):
            click.echo(f"  {day(lines[number].said.day)} {entry_line(lines[number])}")
    if not found:
        state.note("No pair was settled yet.")


def _tension_json(found: Tension, lines: dict[int, Entry]) -> dict[str, Any]:
    return plain(found, first=entry_json(lines[found.first_id]), second=entry_json(lines[found.second_id]))


@command.command(
    "compare", examples=["advisorlog tension compare 210 222", "advisorlog tension compare 210 222 --json"]
)
@click.argument("a", type=ENTRY)
@click.argument("b", type=ENTRY)
@json_option
@pass_state
def compare(state: State, a: int, b: int, form: Form) -> None:
    """Two lines verbatim, what their hearers had been told, the difference, and what changed in between."""
    with reading(state.log) as connection:
        found = comparison.read(connection, a, b, state.now, _nearness(state))
    if form is Form.JSON:
        print_json(plain(found))
        return
    click.echo(one_line(found.headline))
    _print_side("First", found.first, found.first_context)
    _print_side("Then", found.second, found.second_context)
    _print_facts("Only the first was said knowing", found.only_first)
    _print_facts("Only the second was said knowing", found.only_second)
    _print_changes(found.between)
    _print_end(found)


def _print_side(title: str, entry: Entry, context: Context) -> None:
    who = "" if entry.said_by_me else f", {entry.speaker_name or 'somebody'}"
    where = f", {entry.series_title or entry.meeting}" if entry.meeting else ""
    print_heading(f"{title}: {entry.kind} {entry.id}, {when(entry.said)}{who}{where}")
    click.echo(many_lines(entry.text, "  "))
    for sent in context.documents:
        click.echo(f"  sent before: {sent.kind} {sent.id} of {when(sent.sent)} to {one_line(sent.to)}")
    if not context.documents:
        click.echo(f"  sent before: nothing{' since the meeting before' if entry.meeting else ''}")
    for idea in context.ideas:
        sure = f", {idea.confidence}% sure" if idea.confidence is not None else ""
        click.echo(f"  then: {one_line(idea.title)}: {idea.status or 'new'}{sure}")


def _print_facts(title: str, facts: Iterable[Fact]) -> None:
    told = list(facts)
    print_heading(title)
    for fact in told:
        click.echo(f"  {one_line(fact.text)}  ({one_line(fact.told_in)})")
    if not told:
        click.echo("  nothing that the log knows of")


def _print_changes(between: Changes) -> None:
    print_heading("What changed in between")
    for event in between.ideas:
        moved = [str(event.status or ""), f"{event.confidence}%" if event.confidence is not None else ""]
        told = f"#{event.idea} {' '.join(filter(None, moved))}{': ' if event.because else ''}{event.because}"
        click.echo(f"  {day(event.when.day)}  {one_line(told)}{' (mood)' if event.mood else ''}")
    for entry in sorted((*between.results, *between.decisions), key=lambda each: each.said.at):
        click.echo(f"  {day(entry.said.day)}  {entry.kind}: {one_line(entry.text)}")
    if between.more:
        click.echo(f"  {counted(between.more, 'more result or decision', 'more results and decisions')} in the log")
    if not (between.ideas or between.results or between.decisions):
        click.echo("  nothing that the log knows of")


def _print_end(found: Comparison) -> None:
    settled = found.tension
    pair = f"{found.first.id} {found.second.id}"
    if settled and settled.cause and settled.resolved:
        print_heading(f"Settled {day(settled.resolved.day)} as {settled.cause}")
        click.echo(f"  {one_line(settled.because)}")
        return
    if settled and settled.question_id:
        print_heading(f"Asked, in entry {settled.question_id}")
    elif found.question:
        print_heading(f"A question for the next brief (`advisorlog tension ask {pair}` puts it there)")
        click.echo(f"  {one_line(found.question)}")
    else:
        print_heading(f"No question is drafted: {found.unasked}")
    causes = "|".join(Cause)
    click.echo(f"\nWhen you know: advisorlog tension resolve {pair} --as {causes} --because TEXT")


@command.command(
    "ask",
    examples=[
        "advisorlog tension ask 210 222",
        'advisorlog tension ask 210 222 "Submit on 15 May or wait? Ruth saw means, Tomas saw seeds."',
    ],
)
@click.argument("a", type=ENTRY)
@click.argument("b", type=ENTRY)
@click.argument("question", required=False)
@pass_state
def ask(state: State, a: int, b: int, question: str | None) -> None:
    """Put the drafted question (or yours) among the asks of the next brief. It quotes both lines to its readers."""
    from advisorlog.workflow import tensions as work

    click.echo(entry_line(work.ask(state.log, state.now, a, b, question or "")))
    state.note("It goes into the next brief. `advisorlog undo` takes it out.")


@command.command(
    "resolve",
    examples=[
        'advisorlog tension resolve 210 222 --as context --because "she saw the mean, he saw the points"',
        'advisorlog tension resolve 347 510 --as reversal --because "caps take 4 steps to act"',
        'advisorlog tension resolve 244 255 --as none --because "both say: spread first"',
    ],
)
@click.argument("a", type=ENTRY)
@click.argument("b", type=ENTRY)
@click.option(
    "--as",
    "cause",
    type=click.Choice([cause.value for cause in Cause]),
    required=True,
    help="The contexts differed, there was new evidence, the later refines or reverses the earlier, or no tension.",
)
@click.option("--because", required=True, metavar="TEXT", help="What you found.")
@pass_state
def resolve(state: State, a: int, b: int, cause: str, because: str) -> None:
    """Say why both were said. The pair does not come back, and a question about it is not asked any more."""
    from advisorlog.workflow import tensions as work

    found = work.resolve(state.log, state.now, a, b, Cause(cause), because)
    click.echo(f"{found.first_id} and {found.second_id}: {found.cause}")
