"""`advisorlog search`."""

from datetime import date
from typing import TYPE_CHECKING

import click

from advisorlog.cli.command import Command
from advisorlog.cli.lines import LEFT_OUT
from advisorlog.cli.output import Form, counted, day, one_line, plain, print_json, width
from advisorlog.cli.parameters import DAY_GONE, PROJECT, json_option, private_option
from advisorlog.cli.state import State, pass_state
from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.moments import end_of_day
from advisorlog.store import names, search
from advisorlog.store.connection import reading
from advisorlog.store.search import Hit
from advisorlog.store.search_filter import Filter
from advisorlog.workflow.times import start_of_day

if TYPE_CHECKING:
    from advisorlog.workflow.meaning.searching import Near

AROUND = 100
"""Characters shown before and behind the first match of a long text."""
MOST, MOST_NEAR = 50, 10
"""What is shown unless --limit says otherwise: matches, and records that are merely near in meaning."""


@click.command(
    "search",
    cls=Command,
    examples=[
        "advisorlog search baseline",
        'advisorlog search "power limit" --kind advice --since 2026-01-01',
        "advisorlog search 전력 --json | jq '.[].text'",
        'advisorlog search --like "is the saving worth the wait?"     by meaning; see `advisorlog meaning`',
    ],
)
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--kind",
    "-k",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in EntryKind]),
    help="Only lines of this kind; can be repeated.",
)
@click.option("--since", type=DAY_GONE, metavar="DAY", help="From this day on.")
@click.option("--until", type=DAY_GONE, metavar="DAY", help="Up to this day.")
@click.option("--project", "-p", type=PROJECT, help="Of this project.")
@click.option(
    "--limit", "-n", type=click.IntRange(1, 10_000), help=f"At most so many [{MOST}; with --like, {MOST_NEAR}]."
)
@click.option("--like", is_flag=True, help="What is near in meaning, in whatever words; nearest first.")
@private_option
@json_option
@pass_state
def command(
    state: State,
    words: tuple[str, ...],
    kinds: tuple[str, ...],
    since: date | None,
    until: date | None,
    project: str | None,
    limit: int | None,
    like: bool,
    private: bool,
    form: Form,
) -> None:
    """Find lines, ideas, readings and meetings by words, newest first.

    All words must be there, in any of their English forms; "words in quotes" must follow one another. Korean and
    Chinese words are found inside longer ones. Numbers at the beginning of a line are those of entries.

    With --like, the words are a sentence, and what is near it in meaning is shown with its nearness (1 is the same),
    by a small model on your machine that reads English; `advisorlog meaning --help` says how to set it up. What it
    does not find may be there all the same.
    """
    zone = state.settings.zone
    only = Filter(
        frozenset(EntryKind(kind) for kind in kinds),
        start_of_day(since, zone) if since else None,
        end_of_day(until, zone) if until else None,
        _project(state, project) if project else None,
        include_private=True,
    )
    if like:
        _like(state, " ".join(words), only, limit or MOST_NEAR, private, form)
    else:
        _by_words(state, words, only, limit or MOST, private, form)


def _project(state: State, name: str) -> int:
    with reading(state.log) as connection:
        return names.resolve(connection, "project", name)


def _by_words(state: State, words: tuple[str, ...], only: Filter, limit: int, private: bool, form: Form) -> None:
    typed = " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)
    with reading(state.log) as connection:
        hits = search.search(connection, typed, only.kinds, only.since, only.until, only.project_id, limit)
    told = [hit for hit in hits if private or not hit.is_private]
    if form is Form.JSON:
        print_json([plain(hit) for hit in told])
    else:
        for hit in told:
            click.echo(_line(hit))
        if not hits:
            state.note("Nothing matches.")
    _say_hidden(state, len(hits) - len(told))
    if len(hits) == limit:
        state.note(f"The newest {limit}; --limit shows more.")


def _like(state: State, text: str, only: Filter, limit: int, private: bool, form: Form) -> None:
    from advisorlog.workflow.meaning import searching

    answer = searching.like(state.settings, text, only, limit, lambda said: state.note(one_line(said)))
    told = [near for near in answer.near if private or not near.hit.is_private]
    if form is Form.JSON:
        print_json([plain(near.hit, score=round(near.score, 3)) for near in told])
    else:
        for near in told:
            click.echo(_near_line(near))
        if not answer.near:
            state.note("Nothing is near.")
    _say_hidden(state, len(answer.near) - len(told))
    unread = f", and {counted(answer.left_out, 'record')} it doesn't know at all" if answer.left_out else ""
    state.note(f"Near in meaning by {one_line(answer.model)}; no match is no proof{unread}.")


def _say_hidden(state: State, hidden: int) -> None:
    if hidden:
        state.note(LEFT_OUT.format(counted(hidden, "private match", "private matches")))


def _near_line(near: "Near") -> str:
    return f"{near.score:.2f}  {_line(near.hit)}"


def _line(hit: Hit) -> str:
    kind = str(hit.entry_kind or hit.record)
    number = str(hit.record_id) if hit.entry_kind else ""
    head = (
        f"{number:>6}  {day(hit.moment.day if hit.moment else None):<10}  {kind:<10}  {'~ ' if hit.is_private else ''}"
    )
    where = f"  [{one_line(hit.meeting)}]" if hit.meeting and hit.entry_kind else ""
    return head + _marked(hit) + click.style(where, dim=True)


def _marked(hit: Hit) -> str:
    """The text around its first match, the matches in bold where the output is a terminal."""
    first = hit.spans[0][0] if hit.spans else 0
    start = max(0, first - AROUND) if width(hit.text) > 3 * AROUND else 0
    end = min(len(hit.text), first + 2 * AROUND) if start or width(hit.text) > 3 * AROUND else len(hit.text)
    shown = "… " if start else ""
    at = start
    for begin, behind in hit.spans:
        if begin >= at and behind <= end:
            shown += one_line(hit.text[at:begin]) + click.style(one_line(hit.text[begin:behind]), bold=True)
            at = behind
    return shown + one_line(hit.text[at:end]) + (" …" if end < len(hit.text) else "")
