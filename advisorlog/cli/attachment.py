"""`advisorlog attachment`."""

import sqlite3

import click

from advisorlog.cli.command import Group
from advisorlog.cli.output import Form, one_line, plain, print_facts, print_json, print_table, when
from advisorlog.cli.parameters import ATTACHMENT, json_option, yes_option
from advisorlog.cli.state import State, pass_state
from advisorlog.cli.undoable import confirm_removal, say_removed
from advisorlog.domain.kinds import Visibility
from advisorlog.domain.media import size_said
from advisorlog.store import attachments as files
from advisorlog.store.connection import reading
from advisorlog.store.reading import attachments
from advisorlog.store.reading.rows import Attachment


@click.group(
    "attachment",
    cls=Group,
    examples=[
        "advisorlog attachment list",
        "advisorlog attachment open 3",
        "advisorlog attachment edit 3 --open",
    ],
)
def command() -> None:
    """Attached files, by their numbers. `attach` attaches new ones; private ones are marked, and go nowhere."""


@command.command(
    "list",
    examples=[
        "advisorlog attachment list",
        "advisorlog attachment list --of 2026-11-24-zeus-weekly",
        'advisorlog attachment list --of "#zeus-batch" --json',
    ],
)
@click.option("--of", "target", metavar="TARGET", help="Those of a line, a meeting, an #idea or a @person.")
@click.option("--limit", "-n", type=click.IntRange(1), default=100, show_default=True, help="At most so many.")
@json_option
@pass_state
def list_(state: State, target: str | None, limit: int, form: Form) -> None:
    """Attached files, newest first; those of one record in the order in which they were attached."""
    with reading(state.log) as connection:
        found = _of(connection, target, state)[:limit] if target else attachments.attachments(connection, limit)
    if form is Form.JSON:
        print_json([plain(each, "is_private") for each in found])
        return
    print_table(
        ("NUMBER", "ATTACHED", "SIZE", "PRIVATE", "BELONGS TO", "NAME"),
        [
            (
                str(each.id),
                when(each.attached),
                size_said(each.size),
                "private" if each.is_private else "",
                _belongs_to(each),
                each.name,
            )
            for each in found
        ],
    )
    if not found:
        state.note("No file is attached: `advisorlog attach FILE` attaches one.")


def _of(connection: sqlite3.Connection, target: str, state: State) -> list[Attachment]:
    from advisorlog.workflow.attaching import resolve

    wanted = resolve(connection, target, state.now)
    return attachments.attached_to(connection, wanted.record, wanted.number)


def _belongs_to(found: Attachment) -> str:
    return f"line {found.entry_id}" if found.entry_id else found.meeting or ""


@command.command("show", examples=["advisorlog attachment show 3", "advisorlog attachment show 3 --json | jq -r .path"])
@click.argument("attachment", type=ATTACHMENT)
@json_option
@pass_state
def show(state: State, attachment: int, form: Form) -> None:
    """What is known of a file, and where it is stored."""
    with reading(state.log) as connection:
        found = attachments.attachment(connection, attachment)
    path = files.place(files.folder(state.log), found.sha256)
    if form is Form.JSON:
        print_json(plain(found, "is_private", path=path, is_there=path.is_file()))
        return
    print_facts(
        (
            ("number", str(found.id)),
            ("name", one_line(found.name)),
            ("kind", found.media_type),
            ("size", size_said(found.size)),
            ("attached", f"{when(found.attached)} {found.attached.zone}"),
            ("meeting", found.meeting or ""),
            ("line", str(found.entry_id or "")),
            ("caption", found.caption or ""),
            ("private", _why_private(found)),
            ("stored", f"{path}{'' if path.is_file() else '  (missing: see `advisorlog doctor`)'}"),
        )
    )


def _why_private(found: Attachment) -> str:
    if found.visibility is Visibility.PRIVATE:
        return "yes"
    return f"yes: its line {found.entry_id} is" if found.line_is_private else ""


@command.command("open", examples=["advisorlog attachment open 3"])
@click.argument("attachment", type=ATTACHMENT)
@pass_state
def open_(state: State, attachment: int) -> None:
    """Open a copy of a file with the system's program, or the one that ADVISORLOG_OPENER names."""
    from advisorlog.workflow.opening import open_file

    with reading(state.log) as connection:
        found = attachments.attachment(connection, attachment)
    click.echo(str(open_file(state.settings, found)))


@command.command(
    "edit",
    examples=[
        "advisorlog attachment edit 3 --open",
        "advisorlog attachment edit 3 --to 2026-11-24-zeus-weekly",
        'advisorlog attachment edit 3 --caption "= The plan for the spring" --name plan.jpg',
    ],
)
@click.argument("attachment", type=ATTACHMENT)
@click.option("--name", help="Its name.")
@click.option("--caption", metavar="LINE", help="A new line that it hangs on from now on.")
@click.option("--to", "target", metavar="TARGET", help="What it belongs to from now on.")
@click.option("--private/--open", "private", default=None, help="For you alone, or not.")
@pass_state
def edit(
    state: State, attachment: int, name: str | None, caption: str | None, target: str | None, private: bool | None
) -> None:
    """Change what is said of a file; the file itself never changes."""
    from advisorlog.workflow import attaching as work

    if (name, caption, target, private) == (None, None, None, None):
        raise click.UsageError("Say what is to change: --name, --caption, --to, --private or --open.")
    visibility = None if private is None else Visibility.PRIVATE if private else Visibility.OPEN
    fields = work.AttachmentFields(name, caption, target, visibility)
    found = work.edit(state.log, state.now, attachment, fields)
    click.echo(f"{found.id} {one_line(found.name)}")
    if private is False and found.line_is_private:
        state.note(f"Its line {found.entry_id} is private, so it stays so: `advisorlog entry edit {found.entry_id}`.")


@command.command("rm", examples=["advisorlog attachment rm 3", "advisorlog attachment rm 3 --yes"])
@click.argument("attachment", type=ATTACHMENT)
@yes_option
@pass_state
def rm(state: State, attachment: int, yes: bool) -> None:
    """Remove a file from the log; the line that it hangs on stays."""
    with reading(state.log) as connection:
        found = attachments.attachment(connection, attachment)
    confirm_removal(f"the attachment {found.id} ({found.name})", yes)
    from advisorlog.workflow import attaching as work

    work.remove(state.log, state.now, attachment)
    say_removed(state, f"Attachment {found.id}")
