"""`advisorlog add`: capture from the shell."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import click

from advisorlog.cli.command import Command
from advisorlog.cli.output import Form, one_line, plain, print_json
from advisorlog.cli.parameters import MEETING, PROJECT, json_option
from advisorlog.cli.state import State, pass_state
from advisorlog.domain.kinds import EntryKind, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.workflow.capture import Captured, Place, Refused, capture


@click.command(
    "add",
    cls=Command,
    examples=[
        'advisorlog add "! Compare with DVFS before claiming a win #zeus-batch"    advice',
        'advisorlog add "= Submit to the spring deadline"                          a decision',
        'advisorlog add "[] Run the DVFS baseline @me ^fri"                        a TODO with its day',
        'advisorlog add "% 70 #zeus-batch because 3 of 3 GPUs agree"               confidence in an idea',
        'advisorlog add "~ he seemed tired"                                        private',
        "advisorlog add --meeting 2026-11-24-zeus-weekly < notes.txt               a line each",
        "advisorlog add --json < notes.txt | jq '.refused[].typed'                 what could not be stored",
    ],
)
@click.argument("line", nargs=-1)
@click.option("--meeting", "-m", type=MEETING, help="The meeting it belongs to (default: the one under way).")
@click.option("--project", "-p", type=PROJECT, help="The project, where no meeting says it.")
@click.option("--at", metavar="WHEN", help="When it was said, as in “yesterday 14:00” (default: now).")
@json_option
@pass_state
def command(
    state: State, line: tuple[str, ...], meeting: str | None, project: str | None, at: str | None, form: Form
) -> None:
    """Capture a line, stored at once as it was typed.

    Its beginning says what it is: ! advice, = decision, ? question, > answer, + result, * takeaway, [] TODO,
    % confidence, ~ private; or the words “advice:”, “concern:”, “win:” and so on; none of them: a note. Inside it,
    #idea, @person and ^date (“^fri”, “^2026-12-01”, “^2w”) count. Without LINE, or with “-”, lines are read from
    stdin, one entry each.

    It belongs to the meeting given, else to the one under way, else to the inbox. A line that can't be stored is
    named, the others are stored all the same, and the exit code is 1.
    """
    place = Place(_said(state, at), meeting, project)
    tell = _tell if form is Form.TEXT else None
    results: list[Captured | Refused] = []
    if line and line != ("-",):
        typed = " ".join(line)
        many = "\n" in typed.strip()
        results += _capture(
            state, [each for each in typed.split("\n") if each.strip()] if many else [typed], place, tell
        )
    else:
        for batch in _from_stdin(state):
            # At a terminal hours may pass between two lines: each is said when its Enter is pressed.
            there = place if at else replace(place, said=state.present())
            results += _capture(state, batch, there, tell)
        if not results:
            state.note("Nothing came on stdin: nothing was stored.")
    stored = [result for result in results if isinstance(result, Captured)]
    refused = [result for result in results if isinstance(result, Refused)]
    if form is Form.JSON:
        print_json({"stored": [_plain(each) for each in stored], "refused": [plain(each) for each in refused]})
    if refused or not results:
        raise click.exceptions.Exit(1)


def _said(state: State, at: str | None) -> Moment:
    if at is None:
        return state.now
    from advisorlog.workflow.times import day_gone, moment_said

    said = moment_said(at, state.now, state.settings.zone, state.now.local.time().replace(second=0), day_gone)
    state.note(f"at: {said.local:%Y-%m-%d %H:%M}")
    return said


def _from_stdin(state: State) -> Iterator[Sequence[str]]:
    """The lines of stdin: at a terminal each as soon as Enter is pressed, else all of them as one change."""
    if sys.stdin.isatty():
        state.note("One entry a line; Ctrl-D ends.")
        for raw in sys.stdin.buffer:
            if raw.strip():
                yield [_decoded(raw)]
        return
    lines = [_decoded(raw) for raw in sys.stdin.buffer.read().removeprefix(b"\xef\xbb\xbf").split(b"\n") if raw.strip()]
    if lines:
        yield lines


def _decoded(raw: bytes) -> str:
    line = raw.removesuffix(b"\n").removesuffix(b"\r")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _capture(
    state: State, typed: Sequence[str], place: Place, tell: Callable[[State, Captured], None] | None
) -> list[Captured | Refused]:
    """Store lines, and say at once what became of them."""
    results = capture(state.log, typed, place, state.present())
    for result in results:
        if isinstance(result, Captured) and tell:
            tell(state, result)
    for result in results:
        if isinstance(result, Refused):
            click.echo(f"error: “{one_line(result.typed.strip())}” was not stored. {result.why}", err=True)
    return results


def _plain(captured: Captured) -> dict[str, object]:
    return {
        "entry_id": captured.entry_id,
        "kind": captured.kind,
        "visibility": captured.visibility,
        "text": captured.text,
        "meeting": captured.meeting,
        "action_id": captured.action_id,
        "due": captured.due,
        "owner": captured.owner,
        "unknown": [f"{mention.mark}{mention.name}" for mention in captured.unknown],
        "misread": captured.misread,
        "troubles": captured.troubles,
    }


def _tell(state: State, captured: Captured) -> None:
    """What it was taken for, where it went, and what the user may want to know about it."""
    kind = "TODO" if captured.kind is EntryKind.TODO else str(captured.kind)
    private = "private " if captured.visibility is Visibility.PRIVATE else ""
    where = f"to {one_line(captured.meeting_name or captured.meeting or '')}" if captured.meeting else "to the inbox"
    number = f"TODO {captured.action_id}" if captured.action_id else f"{kind} {captured.entry_id}"
    owed = f" for @{one_line(captured.owner)}" if captured.owner not in (None, "me") else ""
    parts = [f"{private}{number}{owed}", where]
    if captured.due:
        from advisorlog.domain.dates import echo

        parts.append(f"due {echo(captured.due, state.today)}")
    click.echo(", ".join(parts))
    if captured.meeting_began:
        state.note_once(f"{captured.meeting} has begun: it counts as held now.")
    for mention in captured.unknown:
        noun = "idea" if mention.mark == "#" else "person"
        state.note_once(
            f"{mention.mark}{one_line(mention.name)} is new: `advisorlog {noun} new {one_line(mention.name)}` "
            "makes it, and this line will count for it."
        )
    for phrase in captured.misread:
        state.note(f"^{one_line(phrase)} is no date that I know: write it like ^2026-12-01, ^fri or ^2w.")
    if captured.returns_to:
        from advisorlog.cli.graveyard import say_alike

        say_alike(state, captured.returns_to)
    for trouble in captured.troubles:
        state.note(trouble)
