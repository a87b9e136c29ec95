"""The mentee pack with a secret planted in every field of the log: none of them leaves, in any format or file name.

What is Noor's may leave. What is private, what is another mentee's, and what is mine alone may not; and a line of
Noor's own meetings may not either where it names such a thing.
"""

import sqlite3
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from advisorlog import config
from advisorlog.documents.rendering import FORMATS
from advisorlog.domain.kinds import Visibility
from advisorlog.store.connection import reading, transaction
from advisorlog.workflow import attaching, calendar_export, ideas, mentoring, preparing
from advisorlog.workflow.attaching import Attached, Given, Manner
from tests.workflow.conftest import Vault

SECRET = "zanzibar"
KINDS = ("note", "advice", "decision", "question", "answer", "result", "takeaway", "concern", "win", "todo")
SINCE = "2026-11-01"
OPEN = (
    "Heat the card",
    "One card is one card",
    "Why is it ill-posed",
    "Measure the second",
    "Measuring power",
    "Card 2",
)
"""What is Noor's, and has to be in the pack: else an empty pack would pass."""

STRUCTURE = """
person.name alembic_version.version_num sqlite_sequence.name series.role series.rrule series.starts_at series.zone
meeting.role meeting.starts_at meeting.zone meeting.status meeting.ended_at entry.kind entry.lead entry.visibility
entry.origin entry.at entry.zone mention.mark action.due action.closed_at action_event.state action_event.at
action_event.zone action_event.due action_event.origin idea.resolve_by idea.visibility idea.resolved_at idea_event.at
idea_event.zone idea_event.status idea_event.origin reading.visibility reading.at reading.zone document.kind
document.format document.sha256 document.as_of document.sent_at document.zone citation.record tension.found_at
tension.zone tension.cause tension.resolved_at guess.asked_at guess.zone guess.verdict guess.resolved_at
attachment.sha256 attachment.media_type attachment.visibility attachment.at attachment.zone source.record
source.sha256 source.imported_at change.at change.zone revision.record revision.op draft.at pin.record pin.choice
"""
"""Columns that hold no words of the user's (kinds, times, hashes), and names: these are looked for as they are."""


def _file(*fields: str, body: str = "") -> str:
    """A note: its front matter line by line, then its text."""
    return "\n".join(("---", *fields, "---", body))


def _series(slug: str, title: str, name: str, project: str) -> str:
    return _file(
        "kind: series", f"id: {slug}", f"title: {title}", f"with: [{name}]", "role: mentee", f"project: {project}",
        "zone: UTC",
    )  # fmt: skip


def _meeting(slug: str, series: str, agenda: str, notes: str, *more: str) -> str:
    status = "planned" if slug.startswith("2026-12") else "held"
    return _file(
        "kind: meeting", f"id: {slug}", f"series: {series}", f"date: {slug[:10]}T15:00+00:00",
        f"status: {status}", *more,
        body=f"## Agenda\n{agenda}\n## Notes\n{notes}",
    )  # fmt: skip


def _paper(slug: str, title: str, author: str, keyword: str, name: str, why: str, *more: str) -> str:
    return _file(
        "kind: reading", f"id: {slug}", f"title: {title}", f"authors: [{author}]", f"keywords: [{keyword}]",
        f"for: [{name}]", "date: 2026-11-01", *more,
        body=f"## Motivation\n{why}\n" + "".join(f"## {part}\n{SECRET}\n" for part in PARTS),
    )  # fmt: skip


PARTS = ("Solution", "Results", "Detail", "Thoughts")


def _person(handle: str, name: str, address: str) -> str:
    return _file("kind: person", f"id: {handle}", f"name: {name}", f"email: {address}", body=f"My {SECRET} note.\n")


def _notes(vault: Vault) -> None:
    """All that files can say: Noor's world, the other mentees', mine, and the private lines in all three."""
    every = "".join(f"- {kind}: {SECRET} {kind}\n" for kind in KINDS)
    private = "".join(f"- private: {kind}: {SECRET} {kind}\n" for kind in KINDS)
    noor, elif_, stove = "Noor Haddad", "Elif Demir", f"{SECRET}-stove"
    files = {
        "noor": _person("noor", noor, f"noor@{SECRET}.example"),
        "elif": _person(f"{SECRET}-elif", elif_, f"elif@{SECRET}.example"),
        "minji": _person("mj", "서민지", f"mj@{SECRET}.example"),
        "stove": _file(
            "kind: project", f"id: {stove}", f"name: Stove of {SECRET}", f"pitch: A {SECRET} pitch.",
            f"goal: A {SECRET} goal", "glossary:", f"  {SECRET}: a {SECRET} term",
        ),
        "noor-series": _series("noor-mentoring", "Noor mentoring", noor, "zeus"),
        "elif-series": _series(f"{SECRET}-s", f"Circle of {SECRET}", elif_, stove),
        "minji-series": _series("mj-mentoring", "Hours with 민지", "서민지", "zeus"),
        "noor-meeting": _meeting("2026-11-18-noor", "noor-mentoring", f"- {SECRET} was planned", _hers() + private),
        "noor-next": _meeting("2026-12-02-noor", "noor-mentoring", "- Card 2\n- Elif's card", ""),
        "elif-meeting": _meeting(
            f"2026-11-19-{SECRET}", f"{SECRET}-s", f"- {SECRET} point", every + private, f"title: Long {SECRET} night"
        ),
        f"{SECRET}-idea": _file(
            "kind: idea", f"id: {SECRET}-idea", f"title: The {SECRET} idea", f"claim: {SECRET} claim",
            f"project: {stove}", "history:", "  - on: 2026-10-01", "    status: killed", "    confidence: 40",
            f"    because: {SECRET} because", f"    revive-if: {SECRET} again",
        ),
        "paper": _paper("power", "Measuring power", "A. Author", "sampling", noor, "Everybody reads it."),
        "hers": _paper(
            f"{SECRET}-1", f"Paper {SECRET}", f"B. {SECRET}", SECRET, elif_, SECRET, f"doi: 10.1/{SECRET}",
            f"url: https://{SECRET}.example/",
        ),
        "both": _paper("both", f"On {SECRET}, for all", elif_, SECRET, noor, SECRET),
    }  # fmt: skip
    for name, text in files.items():
        vault.write(f"{name}.md", text)
    vault.meeting("2026-11-17", *(f"{kind}: {SECRET} {kind}" for kind in KINDS))


def _hers() -> str:
    """Lines that were said to Noor: the first may leave; each of the others gives something away."""
    may = (
        "advice: Heat the card, then use last week's window",
        "takeaway: One card is one card",
        "question: Why is it ill-posed?",
        "[ ] Measure the second card @noor ^2026-12-02",
        "  - done test: below 6%",
    )
    tells = ("elif", "Elif", "Demir", "DEMIR's", "서민지", "민지가", "@mj")
    may_not = (
        *(f"advice: {name} has the {SECRET} card" for name in tells),
        f"advice: write to elif@{SECRET}.example",
        f"advice: it is in the Stove of {SECRET}",
        f"win: better than {SECRET}-stove",
        f"decision: as in the Circle of {SECRET}",
        f"takeaway: remember the Long {SECRET} night",
        f"takeaway: see 2026-11-19-{SECRET}",
        f"advice: like #{SECRET}-idea",
        f"advice: like The {SECRET} idea",
        f"question: is it #hidden, of {SECRET}?",
        f"question: and the Quiet thing of {SECRET}?",
        f"[ ] Ask Elif for the {SECRET} card @noor",
        f"[ ] Something of {SECRET} @ann",
        "[ ] Calibrate @noor ^2026-12-02",
        f"  - done test: as Elif did, {SECRET}",
        "[ ] Plot it @noor ^2026-11-19",
        f"  - 2026-11-19 carried ^2026-12-02: Elif needed the {SECRET}",
    )
    return "".join(f"- {line}\n" if not line.startswith(" ") else f"{line}\n" for line in (*may, *may_not))


def _rows(vault: Vault) -> None:
    """What no file brings in, written as the program writes it."""
    now = config.now("UTC")
    with transaction(vault.settings.log, f"add {SECRET}", now) as connection:
        number = {name: connection.execute(query).fetchone()[0] for name, query in NUMBERS.items()}
        at = (now.stored, "UTC")
        document = connection.execute(
            "INSERT INTO document (kind, title, format, body, sha256, as_of, sent_at, zone) "
            "VALUES ('mentee', ?, 'md', ?, 'x', ?, ?, ?)",
            (f"For {SECRET}", SECRET, now.stored, *at),
        ).lastrowid
        connection.execute(
            "INSERT INTO citation (document_id, record, record_id, section) VALUES (?, 'entry', 1, ?)",
            (document, SECRET),
        )
        connection.execute(
            "INSERT INTO tension (first_id, second_id, found_at, zone, because) VALUES (?, ?, ?, ?, ?)",
            (number["advice"], number["advice"] + 1, *at, SECRET),
        )
        connection.execute(
            "INSERT INTO guess (advice_id, question, asked_at, zone, real_reason) VALUES (?, ?, ?, ?, ?)",
            (number["advice"], SECRET, *at, SECRET),
        )
        connection.execute(
            "INSERT INTO evidence (event_id, text) VALUES ((SELECT min(id) FROM idea_event), ?)", (SECRET,)
        )
        connection.execute("UPDATE idea_event SET revisit_when = ? WHERE revive_if IS NOT NULL", (SECRET,))
        connection.execute("UPDATE meeting SET expect = ? WHERE slug <> '2026-12-02-noor'", (f"{SECRET} expected",))
        connection.execute("INSERT INTO draft (place, text, at) VALUES (?, ?, ?)", (SECRET, SECRET, now.stored))
    hidden = ideas.IdeaFields(visibility=Visibility.PRIVATE, claim=f"{SECRET} claim")
    ideas.new(vault.settings.log, now, f"Quiet thing of {SECRET}", "hidden", hidden, ideas.Beginning())


def _files(vault: Vault) -> None:
    """Attached files: private ones, another mentee's, one that names her, one whose caption does; and one that may."""
    hers, other = "2026-11-18-noor", f"2026-11-19-{SECRET}"
    remark = PngInfo()
    remark.add_text("Comment", SECRET)
    picture = BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG", pnginfo=remark)
    for name, content, manner in (
        ("board.png", picture.getvalue(), Manner(hers, None, Visibility.OPEN)),
        (f"{SECRET}-1.txt", SECRET.encode(), Manner(hers)),
        (f"{SECRET}-2.txt", SECRET.encode() * 2, Manner(other, None, Visibility.OPEN)),
        (f"Elif {SECRET}.txt", SECRET.encode() * 3, Manner(hers, None, Visibility.OPEN)),
        (f"{SECRET}-4.txt", SECRET.encode() * 4, Manner(hers, f"the {SECRET} card of Elif", Visibility.OPEN)),
        (f"{SECRET}-5.txt", SECRET.encode() * 5, Manner(hers, f"private: {SECRET}", Visibility.OPEN)),
        (f"{SECRET}-6.mov", SECRET.encode() * 6, Manner(hers, None, Visibility.OPEN)),
        (f"{SECRET}-7.txt", SECRET.encode() * 7, Manner("#hidden", None, Visibility.OPEN)),
    ):
        path = vault.folder.parent / "attached"
        path.write_bytes(content)
        (done,) = attaching.attach(vault.settings.log, config.now("UTC"), [Given(path, name)], manner)
        assert isinstance(done, Attached), done


NUMBERS = {
    "advice": "SELECT min(id) FROM entry WHERE kind = 'advice'",
}
TEMPLATE = f"{{# {SECRET} #}}{{{{ document }}}}{{% for s in document.sections %}}{{{{ s }}}}{{% endfor %}}"
"""A template of one's own that prints all it is given, and holds the secret where no reader sees it."""


@pytest.fixture
def planted(vault: Vault) -> Vault:
    _notes(vault)
    report = vault.bring_in()
    assert not report.problems, report.lines()
    _rows(vault)
    _files(vault)
    return vault


def text_columns(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'")
    for (table,) in [tuple(row) for row in tables]:
        for row in connection.execute(f"PRAGMA table_info({table})"):
            if row["type"] in ("TEXT", "BLOB") or row["type"].startswith("VARCHAR"):
                yield table, row["name"]


def test_the_secret_is_in_every_field_of_the_log(planted: Vault) -> None:
    """A field that is added later fails here until the secret is planted in it."""
    without: list[str] = []
    with reading(planted.settings.log) as connection:
        for table, column in text_columns(connection):
            query = f"SELECT 1 FROM {table} WHERE lower(CAST({column} AS TEXT)) LIKE '%{SECRET}%' LIMIT 1"
            if f"{table}.{column}" not in STRUCTURE.split() and connection.execute(query).fetchone() is None:
                without.append(f"{table}.{column}")
    assert without == []


def written(vault: Vault, folder: Path) -> Iterator[tuple[str, str]]:
    """Everything that an export leaves behind: names and contents, and what is kept as sent."""
    for form in FORMATS:
        packed = mentoring.pack(vault.settings, "Noor Haddad", 5000)
        for path in mentoring.write(vault.settings.log, packed, folder / form, form):
            yield f"the name of the {form}", path.name
            yield f"{form}, {path.name}", path.read_text(encoding="utf-8")
        for path in sorted((folder / form).glob("*-files/*")):
            yield f"the name of the {form}'s file", path.name
            yield f"{form}, its file {path.name}", path.read_bytes().decode("latin-1")
        sent = preparing.send(vault.settings, packed.prepared, form)
        with reading(vault.settings.log) as connection:
            row = connection.execute("SELECT title, body FROM document WHERE id = ?", (sent.id,)).fetchone()
        yield f"the {form} as sent", f"{row['title']} {row['body']}"
    now, since = config.now("UTC"), date.fromisoformat(SINCE)
    yield "the calendar", calendar_export.export(vault.settings, now, "noor-mentoring", since).text


def test_none_of_it_leaves(planted: Vault, tmp_path: Path) -> None:
    found = list(written(planted, tmp_path / "out"))
    assert len(found) == 7 * len(FORMATS) + 1
    assert found[-1][1].count("BEGIN:VEVENT") == 2
    pack = next(text for where, text in found if where.startswith("md, noor"))
    assert [words for words in OPEN if words not in pack] == []
    leaks = [where for where, text in found for word in (SECRET, "elif", "demir", "민지") if word in text.casefold()]
    assert leaks == []


def test_a_template_of_ones_own_is_given_nothing_to_leak(planted: Vault, tmp_path: Path) -> None:
    planted.settings.templates.mkdir(parents=True)
    for ending in ("md", "txt", "html"):
        (planted.settings.templates / f"mentee.{ending}.j2").write_text(TEMPLATE, encoding="utf-8")
    texts = [text for where, text in written(planted, tmp_path / "out") if not where.startswith("the name")]
    assert sum("Document(" in text for text in texts) == 2 * 3
    assert not [text for text in texts if SECRET in text.casefold() or "elif" in text.casefold()]


def test_the_manifest_counts_it_all_and_names_none(planted: Vault) -> None:
    packed = mentoring.pack(planted.settings, "Noor Haddad", 5000)
    whys = [each.why for each in packed.withheld]
    assert whys.count("private") == len(KINDS) + 1 + 3, "the TODO as a line and as a promise; files, and a caption"
    assert whys.count("it names another mentee") >= 13
    assert whys.count("it names another mentee's work") == 7
    assert whys.count("it tags a private idea") == 2
    assert SECRET not in packed.manifest
