"""`advisorlog reading`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from advisorlog.cli.command import Group
from advisorlog.cli.lines import LEFT_OUT
from advisorlog.cli.output import (
    Form,
    counted,
    day,
    many_lines,
    one_line,
    plain,
    print_facts,
    print_heading,
    print_json,
    print_table,
)
from advisorlog.cli.parameters import IDEA, PERSON, READING, json_option, number_typed, private_option, yes_option
from advisorlog.cli.state import State, pass_state
from advisorlog.cli.undoable import confirm_removal, say_removed
from advisorlog.domain.kinds import Visibility
from advisorlog.store import connection as store
from advisorlog.store.reading import readings
from advisorlog.store.reading.rows import Reading

if TYPE_CHECKING:
    from advisorlog.workflow.readings import ReadingFields


STDIN = Path("-")


@click.group(
    "reading",
    cls=Group,
    examples=[
        'advisorlog reading new "Attention Is All You Need" --year 2017 --idea zeus-batch',
        "advisorlog reading edit attention-is-all-you-need         opens your editor",
    ],
)
def command() -> None:
    """Notes on papers: motivation, solution, results, detail, your thoughts."""


def _fields_options(function: Any) -> Any:
    """The options that `new` and `edit` share."""
    for option in reversed(
        (
            click.option("--authors", help="Who wrote it."),
            click.option("--year", type=click.IntRange(0, 9999), help="When it came out."),
            click.option("--url", help="Where it is."),
            click.option("--doi", help="Its DOI."),
            click.option("--keywords", help="Words to find it by, with commas."),
            click.option("--motivation", help="Why they did it."),
            click.option("--solution", help="What they did."),
            click.option("--results", help="What came out."),
            click.option("--detail", help="What to remember."),
            click.option("--thoughts", help="What you make of it."),
            click.option("--idea", "ideas", multiple=True, type=IDEA, help="What it is evidence for; can be repeated."),
            click.option("--for", "readers", multiple=True, type=PERSON, help="Whom it is for; can be repeated."),
        )
    ):
        function = option(function)
    return function


@command.command(
    "new",
    examples=[
        'advisorlog reading new "Attention Is All You Need" --authors "Vaswani et al." --year 2017',
        'advisorlog reading new "Zeus" --url https://example.org/zeus.pdf --idea zeus-batch --for minsu',
        "advisorlog reading new --bibtex papers.bib --idea zeus-batch      all of a file",
        "wl-paste | advisorlog reading new --bibtex -",
    ],
)
@click.argument("title", required=False)
@click.option("--slug", help="Its short name (default: made of the title).")
@click.option(
    "--bibtex",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Papers from a BibTeX file instead; “-” reads stdin.",
)
@_fields_options
@click.option("--private", is_flag=True, help="For you alone: it goes into no document.")
@pass_state
def new(state: State, title: str | None, slug: str | None, bibtex: Path | None, private: bool, **options: Any) -> None:
    """Add a paper, or those of a BibTeX file.

    One that is there already, by its DOI or by its key and title, keeps what is noted of it. A broken entry is named
    with its line, the others come in all the same, and the exit code is 1.
    """
    from advisorlog.workflow import readings as work

    fields = work.ReadingFields(visibility=Visibility.PRIVATE if private else None, **options)
    if bibtex is not None:
        if title is not None or slug is not None or any(options[name] for name in _OF_ONE):
            raise click.UsageError("Of the papers of a file, only --idea, --for and --private can be said.")
        _from_bibtex(state, bibtex, fields)
    elif title is None:
        raise click.UsageError("Give a title, or a file with --bibtex.")
    else:
        click.echo(one_line(work.new(state.log, state.now, title, slug, fields)))


_OF_ONE = ("authors", "year", "url", "doi", "keywords", "motivation", "solution", "results", "detail", "thoughts")


def _from_bibtex(state: State, path: Path, fields: "ReadingFields") -> None:
    from advisorlog.errors import AdvisorlogError
    from advisorlog.vault import bibtex
    from advisorlog.vault.decoding import NotText, decode
    from advisorlog.workflow import bibliography

    name = "stdin" if path == STDIN else one_line(str(path))
    try:
        raw = sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
        papers, troubles = bibtex.read(decode(raw).text)
    except OSError as error:
        raise AdvisorlogError(f"{name} can't be read: {error.strerror}", "Name a BibTeX file") from error
    except NotText as error:
        raise AdvisorlogError(f"{name} is no text", "Name a BibTeX file") from error
    for each in bibliography.bring_in(state.log, state.now, papers, fields) if papers else ():
        click.echo(one_line(each.slug) if each.is_new else f"{one_line(each.slug)} was there: gaps were filled")
    if left_out := bibliography.left_out(papers):
        told = ", ".join(f"{one_line(field)} ({count})" for field, count in left_out.most_common())
        state.note(f"Left out, since a reading has no place for it: {told}.")
    for trouble in troubles:
        click.echo(f"{name}:{trouble.line}: error: {one_line(trouble.why)}. Mend it and read the file again.", err=True)
    if not papers and not troubles:
        click.echo(f"{name}:1: error: there is no BibTeX entry in it.", err=True)
    if troubles or not papers:
        raise click.exceptions.Exit(1)


@command.command("list", examples=["advisorlog reading list", "advisorlog reading list --json | jq '.[].title'"])
@private_option
@json_option
@pass_state
def list_(state: State, private: bool, form: Form) -> None:
    """Papers, newest notes first."""
    with store.reading(state.log) as connection:
        found = readings.readings(connection)
    told = [each for each in found if private or each.visibility is Visibility.OPEN]
    if form is Form.JSON:
        print_json([plain(each) for each in told])
    else:
        print_table(
            ("READING", "NOTED", "YEAR", "AUTHORS", "TITLE"),
            [(each.slug, day(each.noted.day), str(each.year or ""), each.authors or "", each.title) for each in told],
        )
        if not found:
            state.note('There is no reading yet: `advisorlog reading new "Title"` adds one.')
    if hidden := len(found) - len(told):
        state.note(LEFT_OUT.format(counted(hidden, "private reading")))


@command.command("show", examples=["advisorlog reading show zeus", "advisorlog reading show zeus --json"])
@click.argument("reading", type=READING)
@json_option
@pass_state
def show(state: State, reading: str, form: Form) -> None:
    """One paper with its notes."""
    with store.reading(state.log) as connection:
        found = readings.reading(connection, reading)
        ideas = readings.ideas_of(connection, found.id)
    if form is Form.JSON:
        print_json(plain(found))
        return
    print_facts(
        (
            ("title", found.title),
            ("short name", found.slug),
            ("authors", found.authors or ""),
            ("year", str(found.year or "")),
            ("url", found.url or ""),
            ("doi", found.doi or ""),
            ("keywords", found.keywords or ""),
            ("evidence for", ", ".join(f"#{slug}" for slug in ideas)),
            ("noted", day(found.noted.day)),
            ("private", "yes" if found.visibility is Visibility.PRIVATE else ""),
        )
    )
    for part, text in _parts(found).items():
        if text:
            print_heading(part.capitalize())
            click.echo(many_lines(text))


@command.command(
    "edit",
    examples=[
        'advisorlog reading edit zeus --thoughts "The baseline is weak."',
        "advisorlog reading edit zeus                     opens your editor",
    ],
)
@click.argument("reading", type=READING)
@click.option("--title", help="Its title.")
@_fields_options
@click.option("--private/--open", "private", default=None, help="For you alone, or not.")
@pass_state
def edit(state: State, reading: str, private: bool | None, **options: Any) -> None:
    """Change the notes on a paper; without options, in your editor."""
    from advisorlog.cli.editing import BODY, edited

    if private is not None or any(value not in (None, ()) for value in options.values()):
        from advisorlog.workflow import readings as work

        visibility = None if private is None else Visibility.PRIVATE if private else Visibility.OPEN
        fields = work.ReadingFields(visibility=visibility, **options)
        click.echo(one_line(work.edit(state.log, state.now, reading, fields)))
        return
    with store.reading(state.log) as connection:
        found = readings.reading(connection, reading)

    def save(changes: dict[str, Any]) -> None:
        from advisorlog.workflow import readings as work

        if "year" in changes:
            changes["year"] = number_typed("year", changes["year"])
        if BODY in changes:
            changes |= _sections(changes.pop(BODY), found)
        click.echo(one_line(work.edit(state.log, state.now, found.slug, work.ReadingFields(**changes))))

    form = {
        "title": found.title,
        "authors": found.authors or "",
        "year": str(found.year or ""),
        "url": found.url or "",
        "doi": found.doi or "",
        "keywords": found.keywords or "",
        BODY: "\n\n".join(f"## {part.capitalize()}\n{text or ''}".rstrip() for part, text in _parts(found).items()),
    }
    if not edited(state, found.slug, form, save):
        state.note("Nothing was changed.")


@command.command("rm", examples=["advisorlog reading rm zeus", "advisorlog reading rm zeus --yes"])
@click.argument("reading", type=READING)
@yes_option
@pass_state
def rm(state: State, reading: str, yes: bool) -> None:
    """Remove the notes on a paper."""
    with store.reading(state.log) as connection:
        found = readings.reading(connection, reading)
    confirm_removal(f"the reading {found.slug} ({found.title})", yes)
    from advisorlog.workflow import readings as work

    say_removed(state, work.remove(state.log, state.now, found.slug))


def _parts(found: Reading) -> dict[str, str | None]:
    return {
        "motivation": found.motivation,
        "solution": found.solution,
        "results": found.results,
        "detail": found.detail,
        "thoughts": found.thoughts,
    }


def _sections(body: str, found: Reading) -> dict[str, str]:
    """The five parts out of the form; text before the first heading is an error, for it would be lost."""
    from advisorlog.errors import AdvisorlogError

    parts = dict.fromkeys(_parts(found), "")
    part = ""
    for line in body.split("\n"):
        title = line[2:].strip().lower() if line.startswith("## ") else ""
        if title in parts:
            part = title
        elif part:
            parts[part] += f"{line}\n"
        elif line.strip():
            raise AdvisorlogError(
                f"“{one_line(line)}” stands before the first heading", "Put it below ## Motivation or another"
            )
    return {name: text.strip() for name, text in parts.items()}
