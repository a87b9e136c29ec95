"""`advisorlog best-times`: what went well, for oneself alone."""

from datetime import date

import click

from advisorlog.cli.command import Command
from advisorlog.cli.output import Form, day, one_line, percent, print_json, print_text
from advisorlog.cli.parameters import DAY_GONE, json_option
from advisorlog.cli.state import State, pass_state
from advisorlog.domain.moments import end_of_day
from advisorlog.store.connection import reading


@click.command(
    "best-times",
    cls=Command,
    examples=["advisorlog best-times", "advisorlog best-times --since 6mo --json"],
)
@click.option("--since", type=DAY_GONE, metavar="DAY", help="From this day on (default: ever).")
@click.option("--as-of", type=DAY_GONE, metavar="DAY", help="As it stood at the end of this day.")
@json_option
@pass_state
def best_times(state: State, since: date | None, as_of: date | None, form: Form) -> None:
    """Wins, results that raised your confidence, and ideas that held, each with how sure you were then.

    For you alone: no document for others has it. The prep sheet shows it when a mood, and no evidence, has lowered a
    confidence.
    """
    from advisorlog.documents import best_times as times

    until = end_of_day(as_of, state.settings.zone) if as_of else state.now
    after = end_of_day(date.fromordinal(since.toordinal() - 1), state.settings.zone) if since else None
    with reading(state.log) as connection:
        found = times.read(connection, until, after)
    if form is Form.JSON:
        print_json(found)
        return
    for drop in found.drops:
        print_text(
            f"#{one_line(drop.idea.slug)} stands at {drop.event.confidence}% by mood ({day(drop.event.day)}); "
            f"the evidence left it at {drop.from_evidence}%."
        )
    if found.drops:
        print_text("")
    for each in found.times:
        sure = (
            f"  (you were {percent(each.sure)} sure of #{one_line(each.idea or '')})" if each.sure is not None else ""
        )
        print_text(f"{day(each.day)}  {each.what:<9}  {one_line(each.text)}{sure}")
    if not found.times:
        state.note('Nothing yet. `advisorlog add "win: ..."` keeps one.')
