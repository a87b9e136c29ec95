"""Attached files on their way out to a vault and back in."""

from pathlib import Path

import pytest

from advisorlog import config
from advisorlog.domain.kinds import Visibility
from advisorlog.domain.moments import Moment
from advisorlog.store import attachments
from advisorlog.store.connection import reading
from advisorlog.store.reading import attachments as reader
from advisorlog.store.reading.rows import Attachment
from advisorlog.workflow import attaching, capture, exporting, live, people, series, syncing
from advisorlog.workflow.attaching import Manner
from advisorlog.workflow.capture import Place
from advisorlog.workflow.importing.report import Report
from advisorlog.workflow.importing.running import import_paths
from advisorlog.workflow.syncing import Gone

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))
NOTE = b"# An attached page\n\n! It is no note of the log\n"


def _nothing(done: int, in_all: int) -> None:
    """No progress is shown."""


@pytest.fixture
def full(log: Path, now: Moment, tmp_path: Path) -> Path:
    """A log with a picture on a meeting, a page of Markdown on a line, and a name full of signs."""
    people.new(log, now, "Ann Advisor", "ann", people.PersonFields())
    series.new(log, now, "Zeus weekly", None, series.SeriesFields(people=["Ann Advisor"]))
    live.begin_with(log, now, "zeus-weekly")
    capture.capture(log, ["! Compare with DVFS first"], Place(now, "2026-11-24-zeus-weekly"), now)
    for name, content, manner in (
        ("보드 판.png", PNG, Manner(visibility=Visibility.OPEN)),
        ("page.md", NOTE, Manner("1")),
        ("a [[b]] #c | d^e.png", PNG + b"2", Manner()),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        attaching.attach(log, now, [attaching.given(path)], manner)
    return log


def export(log: Path, now: Moment, vault: Path, *, with_private: bool = True) -> exporting.Exported:
    return exporting.export(config.load(str(log)), vault, now, with_private=with_private, on_progress=_nothing)


def imported(vault: Path, log: Path, *, dry_run: bool = False) -> Report:
    return import_paths(config.load(str(log)), [vault], dry_run, _nothing)


def all_of(log: Path) -> list[tuple[object, ...]]:
    with reading(log) as connection:
        return sorted(map(_said, reader.attachments(connection)), key=str)


def _said(each: Attachment) -> tuple[object, ...]:
    said = (each.name, each.media_type, each.size, each.sha256, each.visibility, each.attached)
    return (*said, each.meeting, each.caption)


def test_a_log_with_files_goes_round(full: Path, now: Moment, tmp_path: Path) -> None:
    vault, other = tmp_path / "vault", tmp_path / "other" / "log.db"
    export(full, now, vault)
    assert not imported(vault, other).problems
    assert all_of(other) == all_of(full)
    root = attachments.folder(other)
    assert {path.name for path in attachments.stored(root)} == {str(each[3]) for each in all_of(full)}
    assert all(attachments.is_sound(path) for path in attachments.stored(root))
    again = tmp_path / "again"
    export(other, now, again)
    assert _bytes(again) == _bytes(vault)


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_export_writes_nothing(full: Path, now: Moment, tmp_path: Path) -> None:
    export(full, now, tmp_path / "vault")
    again = export(full, now, tmp_path / "vault")
    assert again.written == []
    assert imported(tmp_path / "vault", full).new.total() == 0


def test_an_attached_page_of_markdown_is_no_note(full: Path, now: Moment, tmp_path: Path) -> None:
    export(full, now, tmp_path / "vault")
    other = tmp_path / "other.db"
    imported(tmp_path / "vault", other)
    with reading(other) as connection:
        assert [row[0] for row in connection.execute("SELECT text FROM entry")] == ["Compare with DVFS first"]


def test_without_what_is_private_no_file_goes_along(full: Path, now: Moment, tmp_path: Path) -> None:
    export(full, now, tmp_path / "vault", with_private=False)
    assert not (tmp_path / "vault" / "attachments").exists()


def test_a_trial_stores_nothing(full: Path, now: Moment, tmp_path: Path) -> None:
    export(full, now, tmp_path / "vault")
    other = tmp_path / "other" / "log.db"
    imported(tmp_path / "vault", other, dry_run=True)
    assert not other.parent.exists()


@pytest.mark.parametrize("content", [None, b"another one"])
def test_a_file_that_is_not_what_the_list_says_stays_out(
    full: Path, now: Moment, tmp_path: Path, content: bytes | None
) -> None:
    export(full, now, tmp_path / "vault")
    path = next((tmp_path / "vault" / "attachments").glob("*.md"))
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    other = tmp_path / "other.db"
    report = imported(tmp_path / "vault", other)
    assert any(
        "“page.md”: the file is missing beside the list, or another one" in str(each) for each in report.warnings
    )
    assert len(all_of(other)) == 2


def test_no_file_from_outside_the_vault_comes_in(full: Path, now: Moment, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    export(full, now, vault)
    next((vault / "attachments").glob("*.md")).rename(tmp_path / "secret.md")
    listed = vault / "judgements.md"
    text = listed.read_text("utf-8")
    begins = text.index("[[attachments/", text.index("page.md") - 80)
    listed.write_text(text.replace(text[begins : text.index("]]", begins)], "[[attachments/../../secret.md"), "utf-8")
    other = tmp_path / "other.db"
    imported(vault, other)
    assert len(all_of(other)) == 2


def test_another_file_in_the_way_is_left_as_it_is(full: Path, now: Moment, tmp_path: Path) -> None:
    export(full, now, tmp_path / "vault")
    path = next((tmp_path / "vault" / "attachments").glob("*.md"))
    path.write_bytes(b"mine")
    done = export(full, now, tmp_path / "vault")
    assert done.refused == [f"attachments/{path.name}"]
    assert path.read_bytes() == b"mine"


def test_a_sync_takes_the_files_along(full: Path, now: Moment, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    export(full, now, vault)
    extra = tmp_path / "extra.pdf"
    extra.write_bytes(b"%PDF-1.7 extra")
    attaching.attach(full, now, [attaching.given(extra)], Manner("1"))
    settings = config.load(str(full))
    syncing.sync(settings, vault, now, dry_run=True, gone=Gone.ASK, on_progress=_nothing)
    assert not list((vault / "attachments").glob("*extra.pdf"))
    syncing.sync(settings, vault, now, dry_run=False, gone=Gone.ASK, on_progress=_nothing)
    assert next((vault / "attachments").glob("*extra.pdf")).read_bytes() == b"%PDF-1.7 extra"
