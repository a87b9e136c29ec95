"""`advisorlog idea`."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from advisorlog.cli.accounts import report
from advisorlog.cli.calibration import resolve, weigh
from advisorlog.cli.command import Group
from advisorlog.cli.graveyard import graveyard, say_alike
from advisorlog.cli.idea_page import print_idea, print_papers, ways
from advisorlog.cli.lines import LEFT_OUT, print_attached
from advisorlog.cli.output import (
    Form,
    counted,
    day,
    one_line,
    plain,
    print_json,
    print_table,
)
from advisorlog.cli.parameters import DAY_GONE, DAY_TO_COME, IDEA, PROJECT, json_option, private_option, yes_option
from advisorlog.cli.state import State, pass_state
from advisorlog.cli.undoable import confirm_removal, say_adopted, say_removed
from advisorlog.domain import lifecycle
from advisorlog.domain.kinds import IdeaStatus, RecordKind, Visibility
from advisorlog.domain.moments import Moment, end_of_day
from advisorlog.domain.sparkline import sparkline
from advisorlog.store import names
from advisorlog.store.connection import reading
from advisorlog.store.reading import attachments, ideas, people, readings


@click.group(
    "idea",
    cls=Group,
    examples=[
        'advisorlog idea new "Batch sizing" --slug zeus-batch --claim "Saves 20% energy on all three GPUs"',
        'advisorlog idea confidence zeus-batch 70 --because "holds on A100 and V100" --evidence 12',
        'advisorlog idea move zeus-batch killed --because "the baseline saves as much" --revive-if "A100s are gone"',
    ],
)
def command() -> None:
    """Ideas: their claim, status and confidence, and what moved them."""


_CLAIM = click.option("--claim", help="What can turn out true or false.")
_RESOLVE = click.option("--resolve-by", type=DAY_TO_COME, metavar="DAY", help="When it will be known.")
_PROJECT = click.option("--project", "-p", type=PROJECT, help="Its project.")
_CONFIDENCE = click.option(
    "--confidence", type=click.IntRange(0, 100), help="How sure you are that it holds, in percent."
)
_BECAUSE = click.option("--because", default="", metavar="TEXT", help="What was seen or decided.")
_EVIDENCE = click.option(
    "--evidence",
    multiple=True,
    metavar="WHAT",
    help="The number of an entry, the name of a reading, or words; can be repeated.",
)
_MOOD = click.option("--mood", is_flag=True, help="A feeling, with no evidence behind it.")
_STATUS = click.Choice([status.value for status in IdeaStatus])
_AS_OF = click.option("--as-of", type=DAY_GONE, metavar="DAY", help="As it stood at the end of this day.")


@command.command(
    "new",
    examples=[
        'advisorlog idea new "Power-limit sweep" --project zeus --claim "70% of the limit costs below 5% speed"',
        'advisorlog idea new "Batch sizing" --slug zeus-batch --confidence 40 --because "one GPU, one seed"',
    ],
)
@click.argument("title")
@click.option("--slug", help="What #slug names it by (default: made of the title).")
@_CLAIM
@_RESOLVE
@_PROJECT
@click.option("--status", type=_STATUS, default="spark", show_default=True, help="Where it begins.")
@_CONFIDENCE
@_BECAUSE
@_EVIDENCE
@_MOOD
@click.option("--private", is_flag=True, help="For you alone: it goes into no document.")
@pass_state
def new(
    state: State,
    title: str,
    slug: str | None,
    claim: str | None,
    resolve_by: date | None,
    project: str | None,
    status: str,
    confidence: int | None,
    because: str,
    evidence: tuple[str, ...],
    mood: bool,
    private: bool,
) -> None:
    """Add an idea; earlier lines with its #slug count for it from now on."""
    from advisorlog.store.reading.graveyard import returned
    from advisorlog.workflow import ideas as work
    from advisorlog.workflow.meaning.ranking import near_resting

    visibility = Visibility.PRIVATE if private else Visibility.OPEN
    fields = work.IdeaFields(claim=claim, resolve_by=resolve_by, project=project, visibility=visibility)
    begins = work.Beginning(IdeaStatus(status), confidence, work.Reason(because, evidence, mood))
    with reading(state.log) as connection:
        alike = returned(connection, f"{title} {claim or ''}", state.now)
        near = near_resting(
            state.settings, connection, f"{title} {claim or ''}", state.now, lambda said: state.note(one_line(said))
        )
    made = work.new(state.log, state.now, title, slug, fields, begins)
    click.echo(f"#{one_line(made.name)}")
    if project is None:
        _say_project(state, made.name)
    say_alike(state, alike)
    if near and near not in alike:
        say_alike(state, [near], "By a model of meaning, this is near")
    say_adopted(state, f"#{made.name}", made.adopted)


def _say_project(state: State, slug: str) -> None:
    """Which project an idea was given that none was named for."""
    with reading(state.log) as connection:
        found = ideas.idea(connection, slug, state.now)
        project = next(iter(people.projects_by_id(connection, [found.project_id or 0])), None)
    if project is not None:
        state.note(f"It belongs to {one_line(project.name)}.")
    else:
        mend = f"`advisorlog idea edit {one_line(slug)} --project NAME`"
        state.note(f"It belongs to no project, so no brief speaks of it: {mend}")


@command.command(
    "list",
    examples=[
        "advisorlog idea list",
        "advisorlog idea list --status killed --as-of 2026-06-01",
        "advisorlog idea list --json | jq '.[] | select(.confidence > 60).slug'",
    ],
)
@_PROJECT
@click.option("--status", type=_STATUS, multiple=True, help="Only these; can be repeated.")
@_AS_OF
@private_option
@json_option
@pass_state
def list_(
    state: State, project: str | None, status: tuple[str, ...], as_of: date | None, private: bool, form: Form
) -> None:
    """Ideas with their status and confidence."""
    until = _until(state, as_of)
    with reading(state.log) as connection:
        wanted = [names.resolve(connection, "project", project)] if project else None
        found = ideas.ideas(connection, until, wanted)
        projects = {each.id: each.slug for each in people.projects(connection)}
        of_each = ways(ideas.events(connection, [each.id for each in found], until))
    if as_of is not None:
        found = [each for each in found if each.status or each.confidence is not None]
    found = [each for each in found if not status or (each.status or "") in status]
    told = [each for each in found if private or each.visibility is Visibility.OPEN]
    if form is Form.JSON:
        print_json([plain(each, project=projects.get(each.project_id or 0)) for each in told])
    else:
        print_table(
            ("IDEA", "STATUS", "SURE", "WAY", "PROJECT", "TITLE"),
            [
                (f"#{each.slug}", str(each.status or ""), each.sure, sparkline(of_each.get(each.id, ())),
                 projects.get(each.project_id or 0, ""), each.title)
                for each in told
            ],
        )  # fmt: skip
        if not found:
            state.note("There is no such idea: `advisorlog idea new` adds one.")
    if hidden := len(found) - len(told):
        state.note(LEFT_OUT.format(counted(hidden, "private idea")))


@command.command(
    "show",
    examples=[
        "advisorlog idea show zeus-batch",
        "advisorlog idea show zeus-batch --as-of 2026-06-01 --json",
        "advisorlog idea show zeus-batch --svg confidence.svg      its confidence over time, as a picture",
    ],
)
@click.argument("idea", type=IDEA)
@_AS_OF
@click.option(
    "--svg",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Draw its curve to FILE, or - for stdout.",
)
@json_option
@pass_state
def show(state: State, idea: str, as_of: date | None, svg: Path | None, form: Form) -> None:
    """One idea with its history: what moved it, and what that rests on."""
    until = _until(state, as_of)
    with reading(state.log) as connection:
        found = ideas.idea(connection, idea, until)
        events = ideas.events(connection, [found.id], until)
        project = next(iter(people.projects_by_id(connection, [found.project_id or 0])), None)
        papers = readings.of_idea(connection, found.id, until)
        attached = attachments.attached_to(connection, RecordKind.IDEA, found.id)
    there = [each for each in attached if each.attached.at <= until.at]
    files = [each for each in there if not each.is_private]
    best = lifecycle.high_water_mark(events, until.day)
    if svg is not None:
        from advisorlog.documents import curve
        from advisorlog.workflow import writing_out

        drawn = curve.svg(found, events, until.day)
        if str(svg) == "-":
            click.echo(drawn.rstrip("\n"))
        else:
            writing_out.write(svg, drawn)
            state.note(f"Written to {one_line(str(svg))}.")
    if form is Form.JSON:
        slug = project.slug if project else None
        print_json(
            plain(found, project=slug)
            | {"events": [plain(event) for event in events], "high_water_mark": plain(best) if best else None}
            | {"readings": [plain(each) for each in papers]}
            | {"attachments": [plain(each, "is_private") for each in files]}
        )
    if svg is not None or form is Form.JSON:
        return
    print_idea(found, events, best, project)
    print_papers(papers)
    print_attached(files)
    if hidden := len(there) - len(files):
        told = counted(hidden, "private attachment")
        state.note(f"{told} not shown: `attachment list --of #{found.slug}` names them.")


@command.command(
    "edit",
    examples=[
        'advisorlog idea edit zeus-batch --claim "Saves 20% energy at the same loss"',
        "advisorlog idea edit zeus-batch --outcome true",
        "advisorlog idea edit zeus-batch                 opens your editor",
    ],
)
@click.argument("idea", type=IDEA)
@click.option("--title", help="Its title.")
@_CLAIM
@_RESOLVE
@_PROJECT
@click.option("--outcome", type=click.BOOL, help="How the claim turned out: true or false.")
@click.option("--private/--open", "private", default=None, help="For you alone, or not.")
@pass_state
def edit(state: State, idea: str, private: bool | None, **options: Any) -> None:
    """Change an idea; without options, in your editor. `move` and `confidence` change where it stands."""
    from advisorlog.cli.editing import edited

    if private is not None or any(value is not None for value in options.values()):
        from advisorlog.workflow import ideas as work

        visibility = None if private is None else Visibility.PRIVATE if private else Visibility.OPEN
        fields = work.IdeaFields(visibility=visibility, **options)
        click.echo(f"#{one_line(work.edit(state.log, state.now, idea, fields))}")
        return
    with reading(state.log) as connection:
        found = ideas.idea(connection, idea, state.now)
        project = next(iter(people.projects_by_id(connection, [found.project_id or 0])), None)

    def save(changes: dict[str, Any]) -> None:
        from advisorlog.workflow import ideas as work
        from advisorlog.workflow.times import day_to_come

        if "resolve_by" in changes:
            changes["resolve_by"] = day_to_come(changes["resolve_by"], state.today)
        click.echo(f"#{one_line(work.edit(state.log, state.now, found.slug, work.IdeaFields(**changes)))}")

    form = {
        "title": found.title,
        "claim": found.claim or "",
        "resolve_by": day(found.resolve_by),
        "project": project.slug if project else "",
    }
    if not edited(state, found.slug, form, save):
        state.note("Nothing was changed.")


@command.command(
    "move",
    examples=[
        'advisorlog idea move zeus-batch promising --because "holds on two GPUs" --evidence 12',
        'advisorlog idea move zeus-batch parked --because "no A100s" --revisit-when "the new nodes are up"',
        'advisorlog idea move zeus-batch killed --because "the baseline saves as much" --revive-if "DVFS is gone"',
    ],
)
@click.argument("idea", type=IDEA)
@click.argument("status", type=_STATUS)
@_BECAUSE
@_EVIDENCE
@_CONFIDENCE
@click.option("--revive-if", default="", metavar="TEXT", help="What would bring a killed idea back.")
@click.option("--revisit-when", default="", metavar="TEXT", help="When to look at a parked idea again.")
@pass_state
def move(
    state: State,
    idea: str,
    status: str,
    because: str,
    evidence: tuple[str, ...],
    confidence: int | None,
    revive_if: str,
    revisit_when: str,
) -> None:
    """Move an idea: spark, exploring, promising, validated, published; parked or killed; needs --because."""
    from advisorlog.workflow import ideas as work

    reason = work.Reason(because, evidence)
    moved = work.move(state.log, state.now, idea, IdeaStatus(status), reason, revive_if, revisit_when, confidence)
    click.echo(f"#{one_line(moved.slug)}: {moved.before} -> {moved.after}")
    if status == IdeaStatus.KILLED and not revive_if:
        state.note("What would bring it back? --revive-if keeps it with the idea.")
    if status == IdeaStatus.PARKED and not revisit_when:
        state.note("When to look again? --revisit-when keeps it with the idea.")


@command.command(
    "confidence",
    examples=[
        'advisorlog idea confidence zeus-batch 70 --because "3 of 3 GPUs agree" --evidence 12',
        "advisorlog idea confidence zeus-batch 40 --mood",
    ],
)
@click.argument("idea", type=IDEA)
@click.argument("confidence", type=click.IntRange(0, 100))
@_BECAUSE
@_EVIDENCE
@_MOOD
@pass_state
def confidence_(state: State, idea: str, confidence: int, because: str, evidence: tuple[str, ...], mood: bool) -> None:
    """Say how sure you are now, in percent: with what moved it, or marked as mood."""
    from advisorlog.workflow import ideas as work

    moved = work.set_confidence(state.log, state.now, idea, confidence, work.Reason(because, evidence, mood))
    before = f"{moved.before} -> " if moved.before else ""
    click.echo(f"#{one_line(moved.slug)}: {before}{moved.after}{' (mood)' if mood else ''}")
    if because and not evidence and not mood:
        state.note("No record stands behind it: --evidence ENTRY names one (`advisorlog search` shows the numbers).")


command.add_command(report)
command.add_command(resolve)
command.add_command(weigh)
command.add_command(graveyard)


@command.command("rm", examples=["advisorlog idea rm zeus-batch", "advisorlog idea rm zeus-batch --yes"])
@click.argument("idea", type=IDEA)
@yes_option
@pass_state
def rm(state: State, idea: str, yes: bool) -> None:
    """Remove an idea with its history; to give it up, use `move SLUG killed`."""
    with reading(state.log) as connection:
        found = ideas.idea(connection, idea, state.now)
    confirm_removal(f"the idea #{found.slug} ({found.title}) with its history", yes)
    from advisorlog.workflow import ideas as work

    say_removed(state, f"#{work.remove(state.log, state.now, found.slug)}")


def _until(state: State, as_of: date | None) -> Moment:
    return end_of_day(as_of, state.settings.zone) if as_of else state.now
