"""Attached files: kept once by their hash, private unless said otherwise, and never half there."""

import io
import os
from pathlib import Path

import pytest

from advisorlog.domain.kinds import RecordKind, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError, LogError, NotFound
from advisorlog.store import attachment_check, attachments, backup
from advisorlog.store.connection import reading
from advisorlog.store.reading import attachments as reader
from advisorlog.store.reading import entries
from advisorlog.store.reading.rows import Attachment
from advisorlog.workflow import attaching, capture, history, ideas, live, people, series
from advisorlog.workflow.attaching import Attached, AttachmentFields, Manner, Refused
from advisorlog.workflow.capture import Captured, Place

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))
MEETING = "2026-11-24-zeus-weekly"


@pytest.fixture
def held(log: Path, now: Moment) -> Path:
    """A log with a meeting under way, an idea, and one line."""
    people.new(log, now, "Ann Advisor", "ann", people.PersonFields())
    series.new(log, now, "Zeus weekly", None, series.SeriesFields(people=["Ann Advisor"]))
    ideas.new(log, now, "Cap the power", "cap", ideas.IdeaFields(), ideas.Beginning())
    live.begin_with(log, now, "zeus-weekly")
    capture.capture(log, ["! Compare with DVFS first"], Place(now, MEETING), now)
    return log


@pytest.fixture
def board(tmp_path: Path) -> Path:
    path = tmp_path / "보드 판.png"
    path.write_bytes(PNG)
    return path


def attach(log: Path, now: Moment, path: Path, manner: Manner | None = None) -> Attachment:
    (result,) = attaching.attach(log, now, [attaching.given(path)], manner or Manner())
    assert isinstance(result, Attached)
    return result.attachment


def refusal(log: Path, now: Moment, path: Path) -> str:
    (result,) = attaching.attach(log, now, [attaching.given(path)], Manner())
    assert isinstance(result, Refused)
    return result.why


def _nothing(done: int, in_all: int) -> None:
    """No progress is shown."""


def stored(log: Path) -> list[Path]:
    return list(attachments.stored(attachments.folder(log)))


def test_a_file_is_attached_to_the_meeting_under_way_and_is_private(held: Path, now: Moment, board: Path) -> None:
    found = attach(held, now, board)
    assert (found.name, found.media_type, found.size) == ("보드 판.png", "image/png", len(PNG))
    assert (found.meeting, found.entry_id) == (MEETING, None)
    assert found.is_private
    (path,) = stored(held)
    assert path.read_bytes() == PNG
    assert path.name == found.sha256
    assert path.stat().st_mode & 0o077 == 0  # for nobody else's eyes


def test_the_same_content_is_stored_once_and_attached_once_to_one_record(
    held: Path, now: Moment, board: Path, tmp_path: Path
) -> None:
    other = tmp_path / "again.png"
    other.write_bytes(PNG)
    first = attach(held, now, board)
    (again,) = attaching.attach(held, now, [attaching.given(other)], Manner())
    assert again == Attached(first, is_new=False)
    elsewhere = attach(held, now, other, Manner("1"))
    assert elsewhere.entry_id == 1
    assert len(stored(held)) == 1


def test_on_an_idea_it_hangs_on_a_line_that_mentions_it_and_is_as_private(held: Path, now: Moment, board: Path) -> None:
    found = attach(held, now, board, Manner("#cap", "+ The knee moves"))
    with reading(held) as connection:
        line = entries.entry(connection, found.entry_id or 0)
        of_idea = reader.attached_to(connection, RecordKind.IDEA, 1)
    assert line.text == "The knee moves #cap"
    assert line.is_private
    assert of_idea == [found]
    opened = attach(held, now, board, Manner("@ann", visibility=Visibility.OPEN))
    assert not opened.is_private
    assert opened.caption == "보드 판.png @ann"


def test_a_name_that_looks_like_marks_counts_as_words(held: Path, now: Moment, tmp_path: Path) -> None:
    path = tmp_path / "plan @ann ^fri #cap.png"
    path.write_bytes(PNG)
    found = attach(held, now, path, Manner("#cap"))
    with reading(held) as connection:
        assert reader.attached_to(connection, RecordKind.PERSON, 2) == []
    assert found.caption is not None
    assert "`plan @ann ^fri #cap.png`" in found.caption


def test_on_a_private_line_it_is_private_whatever_is_said(held: Path, now: Moment, board: Path) -> None:
    (line,) = capture.capture(held, ["~ he seemed tired"], Place(now, MEETING), now)
    assert isinstance(line, Captured)
    assert attach(held, now, board, Manner(str(line.entry_id), visibility=Visibility.OPEN)).is_private


def test_what_can_not_be_attached_is_said_and_stops_no_other(
    held: Path, now: Moment, board: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.png"
    empty.touch()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    link = tmp_path / "link.png"
    link.symlink_to(tmp_path / "nowhere.png")
    assert refusal(held, now, empty) == "it is empty"
    assert refusal(held, now, tmp_path) == "it is a folder: name the files in it"
    assert refusal(held, now, pipe) == "it is no ordinary file"
    assert refusal(held, now, link) == "it is a link that leads nowhere"
    assert refusal(held, now, tmp_path / "gone.png") == "there is no such file"
    wanted = [attaching.given(each) for each in (tmp_path / "gone.png", board)]
    refused, attached = attaching.attach(held, now, wanted, Manner())
    assert isinstance(refused, Refused)
    assert isinstance(attached, Attached)


def test_without_a_target_that_is_there_nothing_is_copied(held: Path, now: Moment, board: Path) -> None:
    with pytest.raises(NotFound, match="no meeting, idea, person or project"):
        attaching.attach(held, now, [attaching.given(board)], Manner("nothing-like-it"))
    with pytest.raises(AdvisorlogError, match="is the caption"):
        attaching.attach(held, now, [attaching.given(board)], Manner("1", "a caption"))
    assert stored(held) == []


def test_a_copy_that_fails_on_the_way_leaves_nothing(held: Path) -> None:
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            piece = super().read(3)
            if self.tell() > 6:
                raise OSError(5, "Input/output error")
            return piece

    root = attachments.folder(held)
    with pytest.raises(LogError, match="Input/output error"):
        attachments.keep(root, Breaking(PNG))
    assert list(root.rglob("*")) == []


def test_a_file_that_changes_while_it_is_copied_is_not_kept(held: Path) -> None:
    with pytest.raises(AdvisorlogError, match="changed while it was copied"):
        attachments.keep(attachments.folder(held), io.BytesIO(PNG), len(PNG) + 1)
    assert stored(held) == []


def test_what_comes_on_a_stream_has_the_name_given(held: Path, now: Moment) -> None:
    (found,) = attaching.attach_stream(held, now, io.BytesIO(b"%PDF-1.7 x"), "scan", Manner())
    assert isinstance(found, Attached)
    assert (found.attachment.name, found.attachment.media_type) == ("scan", "application/pdf")
    (refused,) = attaching.attach_stream(held, now, io.BytesIO(b""), "scan", Manner())
    assert refused == Refused("scan", "it is empty")


def test_removing_is_undone_and_the_file_is_pruned_only_when_nothing_needs_it(
    held: Path, now: Moment, board: Path
) -> None:
    found = attach(held, now, board)
    attaching.remove(held, now, found.id)
    with reading(held) as connection:
        assert reader.attachments(connection) == []
    assert attachment_check.prune(held, now) == (0, 0)  # an undo may still need it
    history.take_back(held, now, None)
    with reading(held) as connection:
        assert reader.attachments(connection) == [found]


def test_a_file_that_no_row_names_is_found_and_pruned_unless_it_is_young(held: Path, now: Moment, board: Path) -> None:
    attach(held, now, board)
    kept = attachments.keep(attachments.folder(held), io.BytesIO(b"killed before its row"))
    orphan = attachments.place(attachments.folder(held), kept.sha256)
    with reading(held) as connection:
        (finding,) = attachment_check.look(connection, held)
    assert "1 stored files" in finding.what
    assert attachment_check.prune(held, now) == (0, 0)  # another program may be about to name it
    os.utime(orphan, (0, 0))
    assert attachment_check.prune(held, now) == (1, kept.size)
    assert len(stored(held)) == 1


def test_a_missing_and_a_damaged_file_are_found_and_attaching_again_mends(
    held: Path, now: Moment, board: Path, tmp_path: Path
) -> None:
    attach(held, now, board)
    (path,) = stored(held)
    path.write_bytes(PNG[::-1])
    assert [each.what for each in attachment_check.damaged(held, _nothing)] == ["Attachment 1 is not what was stored"]
    path.unlink()
    with reading(held) as connection:
        assert [each.what for each in attachment_check.look(connection, held)] == ["Attachment 1 is missing"]
    path.write_bytes(b"cut")
    with reading(held) as connection:
        assert [each.what for each in attachment_check.look(connection, held)] == [
            f"Attachment 1 is damaged: 3 bytes instead of {len(PNG)}"
        ]
    attach(held, now, board, Manner("1"))
    assert path.read_bytes() == PNG


def test_a_backup_has_the_files_and_brings_them_back(held: Path, now: Moment, board: Path, tmp_path: Path) -> None:
    attach(held, now, board)
    copy = backup.write(held, "manual", tmp_path / "elsewhere" / "copy.db")
    (path,) = stored(held)
    path.unlink()
    backup.restore(held, copy)
    assert path.read_bytes() == PNG


def test_what_is_said_of_it_can_be_changed(held: Path, now: Moment, board: Path) -> None:
    found = attach(held, now, board)
    opened = attaching.edit(held, now, found.id, AttachmentFields(name="board.png", visibility=Visibility.OPEN))
    assert (opened.name, opened.is_private, opened.meeting) == ("board.png", False, MEETING)
    moved = attaching.edit(held, now, found.id, AttachmentFields(target="1"))
    assert moved.entry_id == 1
    with pytest.raises(AdvisorlogError, match="caption is line 1"):
        attaching.edit(held, now, found.id, AttachmentFields(caption="other words"))
    with pytest.raises(AdvisorlogError, match="needs a name"):
        attaching.edit(held, now, found.id, AttachmentFields(name="  "))
