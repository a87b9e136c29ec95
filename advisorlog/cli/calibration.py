"""`advisorlog calibration`, and the commands that feed it: `idea resolve` and `idea bayes`."""

from datetime import date
from typing import TYPE_CHECKING

import click

from advisorlog.cli.command import Command
from advisorlog.cli.output import (
    Form,
    counted,
    day,
    one_line,
    percent,
    print_heading,
    print_json,
    print_table,
    print_text,
)
from advisorlog.cli.parameters import DAY_GONE, IDEA, json_option
from advisorlog.cli.state import State, pass_state, refuse
from advisorlog.domain import bayes, lifecycle
from advisorlog.domain import calibration as scoring
from advisorlog.domain.moments import end_of_day
from advisorlog.store.connection import reading
from advisorlog.store.reading import ideas

if TYPE_CHECKING:
    from advisorlog.workflow.calibrating import AtHorizon, Calibration


@click.command(
    "resolve",
    cls=Command,
    examples=[
        'advisorlog idea resolve zeus-batch true --because "holds on 3 of 3 GPUs" --evidence 12',
        'advisorlog idea resolve zeus-batch false --because "4 points, not 10" --on 2026-11-12',
    ],
)
@click.argument("idea", type=IDEA)
@click.argument("outcome", type=click.BOOL, metavar="true|false")
@click.option("--because", required=True, metavar="TEXT", help="What was seen.")
@click.option("--evidence", multiple=True, metavar="WHAT", help="The number of an entry, or words; can be repeated.")
@click.option("--on", type=DAY_GONE, metavar="DAY", help="When it was seen (default: now).")
@pass_state
def resolve(state: State, idea: str, outcome: bool, because: str, evidence: tuple[str, ...], on: date | None) -> None:
    """Keep how an idea's claim turned out, when and why; `calibration` scores what you had said of it."""
    from advisorlog.workflow import ideas as work

    if on is not None and on > state.today:
        refuse("An outcome is seen before it's kept", "--on names a day that is over")
    seen = end_of_day(on, state.settings.zone) if on is not None and on < state.today else None
    reason = work.Reason(because, evidence)
    found = work.resolve(state.log, state.now, idea, outcome, reason, seen)
    print_text(f"#{one_line(found.slug)} turned out {str(outcome).lower()}")
    if found.sure:
        state.note(f"{found.sure}. `advisorlog calibration` shows how well you know.")


@click.command(
    "bayes",
    cls=Command,
    examples=[
        "advisorlog idea bayes zeus-batch --ratio 3       what you saw is 3 times as likely if the claim is true",
        "advisorlog idea bayes zeus-batch --ratio 1/4     4 times as likely if it's false",
        'advisorlog idea bayes zeus-batch --ratio 3 --keep --because "a second GPU agrees" --evidence 12',
    ],
)
@click.argument("idea", type=IDEA)
@click.option("--ratio", required=True, metavar="N", help="How many times as likely if true as if false: 3, 1/4, 3:1.")
@click.option("--prior", type=click.IntRange(0, 100), help="Percent before it (default: what evidence last left).")
@click.option("--keep", is_flag=True, help="Store the posterior as your confidence; needs --because.")
@click.option("--because", default="", metavar="TEXT", help="What was seen.")
@click.option("--evidence", multiple=True, metavar="WHAT", help="The number of an entry, or words; can be repeated.")
@json_option
@pass_state
def weigh(
    state: State,
    idea: str,
    ratio: str,
    prior: int | None,
    keep: bool,
    because: str,
    evidence: tuple[str, ...],
    form: Form,
) -> None:
    """How far a piece of evidence should move your confidence. Stores nothing without --keep."""
    if keep and not because.strip():
        raise click.UsageError("--keep needs --because: what did you see?")
    with reading(state.log) as connection:
        found = ideas.idea(connection, idea, state.now)
        events = ideas.events(connection, [found.id], state.now)
    start = lifecycle.confidence_at(events, state.today).from_evidence if prior is None else prior
    if start is None:
        refuse(f"#{found.slug} has no confidence to start from", "Give it with --prior 50")
    step = bayes.update(start, bayes.ratio_said(ratio))
    if keep:
        from advisorlog.workflow import ideas as work

        reason = work.Reason(because, evidence)
        work.set_confidence(state.log, state.now, found.slug, step.percent, reason)
    if form is Form.JSON:
        print_json(
            {"slug": found.slug, "prior": start, "ratio": step.ratio, "posterior": step.percent,
             "meaning": step.meaning, "kept": keep}
        )  # fmt: skip
        return
    print_text(f"#{one_line(found.slug)}: {start}% -> {step.percent}%{' (kept)' if keep else ''}")
    print_text(step.meaning)
    if not keep and step.percent != start:
        state.note('Nothing was stored: --keep --because "what was seen" stores it.')


@click.command(
    "calibration",
    cls=Command,
    examples=["advisorlog calibration", "advisorlog calibration --as-of 2026-06-30 --json | jq '.horizons[].score'"],
)
@click.option("--as-of", type=DAY_GONE, metavar="DAY", help="As it stood at the end of this day.")
@json_option
@pass_state
def calibration(state: State, as_of: date | None, form: Form) -> None:
    """How well your confidence foretold what came true, 90, 30 and 7 days before it was known.

    The Brier score is the mean of (what you said - what came)²: 0 is best, and always saying 50% scores 0.25. Being
    sure when everybody knows earns nothing, and moods are set aside. For you alone.
    """
    from advisorlog.workflow.calibrating import calibrated

    until = end_of_day(as_of, state.settings.zone) if as_of else state.now
    with reading(state.log) as connection:
        found = calibrated(connection, until)
    if form is Form.JSON:
        print_json(found)
        return
    if not found.claims:
        print_text("No claim has been resolved yet: `advisorlog idea resolve SLUG true|false --because ...` keeps one.")
    else:
        _print_claims(found)
        for at in found.horizons:
            _print_horizon(at, found.needed)
    _say_open(state, found)


def _print_claims(found: "Calibration") -> None:
    true = sum(claim.outcome for claim in found.claims)
    print_text(f"{counted(len(found.claims), 'claim')} resolved: {true} true, {len(found.claims) - true} false.\n")
    days = [f"{at.days_before}d BEFORE" for at in found.horizons]
    print_table(
        ("IDEA", *days, "TURNED OUT", "SETTLED"),
        [
            (f"#{claim.slug}", *(percent(said) or "-" for said in claim.said),
             "true" if claim.outcome else "false", day(claim.settled))
            for claim in found.claims
        ],
    )  # fmt: skip


def _print_horizon(at: "AtHorizon", needed: int) -> None:
    print_heading(f"{at.days_before} days before")
    unsaid = f"; {at.unsaid} had no confidence by then" if at.unsaid else ""
    if at.score is None or at.parts is None:
        print_text(f"  Nothing to score{unsaid}.")
        return
    score, parts = at.score, at.parts
    print_text(
        f"  Brier score   {score.mean:.3f} (95% interval {score.low:.2f} to {score.high:.2f}), n = {score.n}{unsaid}"
    )
    print_text(f"                {scoring.against_a_coin(score)}")
    spread = abs(parts.within) >= 0.0005
    within = f" {'+' if parts.within >= 0 else '-'} within groups {abs(parts.within):.3f}" if spread else ""
    print_text(
        f"  which is      reliability {parts.reliability:.3f} - resolution {parts.resolution:.3f} "
        f"+ uncertainty {parts.uncertainty:.3f}{within}"
    )
    if score.n < needed:
        print_text("                with so few, reliability and resolution both read too high")
    if at.table is None:
        print_text(f"  Reliability   too few for a table: {score.n} of the {needed} that one needs")
        return
    for row in at.table:
        print_text(
            f"  said {row.low:>3}-{row.high:<3}% ({row.said:.0%} on average)   came true {row.came_true:.0%} of {row.n}"
        )


def _say_open(state: State, found: "Calibration") -> None:
    for slug in found.undated:
        state.note(
            f"#{one_line(slug)} has an outcome but no day: `advisorlog idea edit {one_line(slug)} --resolve-by DAY`."
        )
    for idea in found.overdue:
        state.note(
            f"#{one_line(idea.slug)} was to be known by {day(idea.resolve_by)}: "
            f"`advisorlog idea resolve {one_line(idea.slug)} true|false --because ...`"
        )
