"""`advisorlog export`: what leaves the log, for others and for other programs."""

from datetime import date
from pathlib import Path

import click

from advisorlog.cli.assisting import accepted, helper_for, show_prompt_option, tell_gate
from advisorlog.cli.command import Group
from advisorlog.cli.handing_over import FORMATS
from advisorlog.cli.output import Form, counted, one_line, plain, print_json, print_text
from advisorlog.cli.parameters import DAY_GONE, PERSON, SERIES, json_option
from advisorlog.cli.state import State, pass_state


@click.group(
    "export",
    cls=Group,
    examples=["advisorlog export mentee noor -o ~/mentees", "advisorlog export mentee noor --format html -o ~/mentees"],
)
def command() -> None:
    """Write what leaves the log: the pack for a mentee, a calendar, or the whole log as Markdown files."""


@command.command(
    "mentee",
    examples=[
        "advisorlog export mentee noor -o ~/mentees                      noor-2026-11-24.md, to send",
        "advisorlog export mentee noor --since 2026-10-01 -f html -o ~/mentees",
        "advisorlog export mentee noor --reuse 812 -o ~/mentees          with advice that I was given, and by whom",
    ],
)
@click.argument("name", type=PERSON)
@click.option(
    "--output", "-o", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, metavar="DIR",
    help="The folder to write to.",
)  # fmt: skip
@click.option("--since", type=DAY_GONE, metavar="DAY", help="From this day on (default: the last 3 meetings).")
@click.option(
    "--reuse", type=int, multiple=True, metavar="N", help="Advice that I was given, by its number; repeatable."
)
@click.option("--words", type=click.IntRange(60, 5000), help="The budget in words (default: 500).")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="md", help="Default: md.")
@click.option("--send", is_flag=True, help="Keep it, frozen, as what was sent; no mail leaves the program.")
@click.option("--assist", is_flag=True, help="Ask the model that you set up for search keywords; you go through them.")
@show_prompt_option
@pass_state
def mentee(
    state: State,
    name: str,
    folder: Path,
    since: date | None,
    reuse: tuple[int, ...],
    words: int | None,
    form: str,
    send: bool,
    assist: bool,
    show_prompt: bool,
) -> None:
    """Write one file for a mentee, and another, for you alone, with what was withheld and why.

    Feedback, TODOs, what to study and to search for, questions to check oneself by, the next meeting. Only what was
    said where the mentee was; nothing private, and nothing of another mentee. Files that were attached there, and are
    not private, lie in a folder beside it; pictures without what the camera wrote into them.
    """
    from advisorlog.workflow import mentoring, preparing

    suggested = _keywords(state, name, show_prompt) if assist or show_prompt else []
    packed = mentoring.pack(state.settings, name, words, since, reuse, suggested)
    sent, kept = mentoring.write(state.log, packed, folder, form)
    print_text(one_line(str(sent)))
    if packed.prepared.document.enclosed:
        state.note(f"With {counted(len(packed.prepared.document.enclosed), 'file')} beside it.")
    if packed.withheld:
        state.note(f"{counted(len(packed.withheld), 'record')} withheld: {one_line(str(kept))} says which and why.")
    if send:
        frozen = preparing.send(state.settings, packed.prepared, form)
        state.note(f"Kept as sent to {one_line(frozen.to)}: document {frozen.id}.")


def _keywords(state: State, name: str, show_prompt: bool) -> list[str]:
    """The keywords of the model that are accepted, one by one."""
    from advisorlog.workflow.assisting import helping

    found = helping.keywords(helper_for(state, "keywords", show_prompt), name)
    tell_gate(state, found)
    return [each.text for each in accepted(state, found)]


@command.command(
    "ics",
    examples=[
        "advisorlog export ics -o advisorlog.ics          for any calendar program; a later one updates its events",
        "advisorlog export ics --series zeus-weekly | less",
        "advisorlog export ics --since 2026-09-01         with the meetings that were held since",
    ],
)
@click.option("--series", "-s", type=SERIES, help="Only this series.")
@click.option("--since", type=DAY_GONE, metavar="DAY", help="Meetings that were held too, from this day on.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE.")
@pass_state
def ics(state: State, series: str | None, since: date | None, output: Path | None) -> None:
    """Write series and coming meetings as a calendar (iCalendar).

    A series is one event with its rule and zone; meetings that were moved or cancelled are exceptions of it. A brief
    that was sent is the description of its meeting, as it was sent. No agenda, no prep sheet and no address is in it.
    """
    from advisorlog.workflow import calendar_export, writing_out

    made = calendar_export.export(state.settings, state.now, series, since)
    if output is not None:
        writing_out.write(output, made.text)
        state.note(
            f"Written to {one_line(str(output))}: {made.series} series, {counted(made.single, 'single meeting')}."
        )
    else:
        click.echo(made.text.encode("utf-8"), nl=False)
    if made.unreadable:
        state.note(f"{counted(made.unreadable, 'brief')} sent as HTML or JSON: left out of it.")


@command.command(
    "bibtex",
    examples=["advisorlog export bibtex -o papers.bib", "advisorlog export bibtex | wl-copy"],
)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to FILE.")
@pass_state
def bibtex(state: State, output: Path | None) -> None:
    """Write the open readings as a BibTeX file.

    Their titles, authors, years, venues, addresses and keywords; nothing of what you noted. Their keys are their short
    names. `reading new --bibtex` reads it.
    """
    from advisorlog.store.connection import reading
    from advisorlog.workflow import bibliography, writing_out

    with reading(state.log) as connection:
        made = bibliography.written(connection)
    if output is not None:
        writing_out.write(output, made.text)
        state.note(f"Written to {one_line(str(output))}: {counted(made.count, 'reading')}.")
    else:
        click.echo(made.text.encode("utf-8"), nl=False)
    if made.withheld:
        state.note(f"{counted(made.withheld, 'private reading')} withheld.")


@command.command(
    "vault",
    examples=[
        "advisorlog export vault ~/vault                          everything, yours alone to read",
        "advisorlog export vault ~/shared --without-private       a copy that others may see",
    ],
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--without-private", is_flag=True, help="Leave out private records and lines, and what refers to them.")
@json_option
@pass_state
def vault(state: State, folder: Path, without_private: bool, form: Form) -> None:
    """Write the whole log as Markdown files: one for each meeting, idea, person, project, series and reading.

    It is your own full copy, private lines included, unless you say --without-private. Obsidian reads the links;
    `advisorlog import FOLDER` and `advisorlog vault sync FOLDER` take edits back. A file that the log did not change is
    written byte for byte as it came in. A file that was changed there is never written over: the log's version is put
    beside it. Not written, as no file can carry them: the undo history, drafts and backups.
    """
    from advisorlog.cli.progress import progress
    from advisorlog.workflow import exporting

    with progress(state, "Writing") as tell:
        done = exporting.export(state.settings, folder, state.now, with_private=not without_private, on_progress=tell)
    if form is Form.JSON:
        print_json(plain(done))
    else:
        written = counted(len(done.written), "file")
        print_text(f"{written} written to {one_line(str(folder))}, {done.unchanged} as before.")
    for message in exporting.messages(done):
        state.note(one_line(message))
    if not without_private:
        state.note("What is private is in it: this copy is for you alone (--without-private leaves that out).")
    if done.conflicts or done.refused:
        raise click.exceptions.Exit(1)
