"""Attached files on the screens."""

from pathlib import Path

import pytest
from PIL import Image

from advisorlog.domain.kinds import Visibility
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading
from advisorlog.store.reading import attachments
from advisorlog.tui.attaching import dropped
from advisorlog.tui.screens.attachment import AttachmentPage
from advisorlog.tui.screens.entry import EntryPage
from advisorlog.tui.screens.meeting import MeetingScreen
from advisorlog.workflow import attaching, capture, live
from advisorlog.workflow.attaching import Manner
from advisorlog.workflow.capture import Place
from tests.tui.conftest import Opening

SLUG = "2026-11-24-zeus-weekly"


@pytest.fixture
def pictured(weekly: Path, now: Moment, tmp_path: Path) -> Path:
    """A photograph on the meeting under way, a page on its line, and a broken picture on it too."""
    live.begin_with(weekly, now, "zeus-weekly")
    capture.capture(weekly, ["! Compare with DVFS first"], Place(now, SLUG), now)
    Image.new("RGB", (64, 32), (200, 30, 30)).save(tmp_path / "보드 판.png")
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.7 page")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnot one")
    for name, manner in (("보드 판.png", Manner()), ("page.pdf", Manner("1")), ("broken.png", Manner("1"))):
        attaching.attach(weekly, now, [attaching.given(tmp_path / name)], manner)
    return weekly


async def test_a_photograph_is_opened_from_its_meeting_and_seen(pictured: Path, opened: Opening) -> None:
    async with opened(pictured) as desktop:
        desktop.app.show_meeting(SLUG)
        await desktop.settle()
        assert "보드 판.png" in desktop.rows("#attached-files")[0]
        await desktop.press("ctrl+t", "ctrl+t", "enter")
        assert isinstance(desktop.app.screen, AttachmentPage)
        assert "▀" in desktop.text()
        assert "Private: it is in no document" in desktop.text()
        await desktop.pilot.resize_terminal(140, 40)
        await desktop.settle()
        assert max(line.count("▀") for line in desktop.text().splitlines()) == 64
        await desktop.press("escape")
        assert isinstance(desktop.app.screen, MeetingScreen)


async def test_a_file_is_attached_to_what_is_shown(weekly: Path, now: Moment, tmp_path: Path, opened: Opening) -> None:
    live.begin_with(weekly, now, "zeus-weekly")
    board = tmp_path / "보드 판.png"
    Image.new("RGB", (4, 4), (200, 30, 30)).save(board)
    async with opened(weekly) as desktop:
        desktop.app.show_meeting(SLUG)
        await desktop.settle()
        await desktop.press("f8")
        assert f"Attach a file to {SLUG}" in desktop.text()
        await desktop.say(str(tmp_path / "gone.png"))
        await desktop.press("enter")
        assert "gone.png” was not attached:" in desktop.shown(".dialog-trouble")
        await desktop.press("shift+tab", "home", "ctrl+k")
        await desktop.say(f"'{board}'")
        await desktop.press("enter")
        assert "보드 판.png" in desktop.rows("#attached-files")[0]
        assert any("^z takes it back" in each for each in desktop.notices())
        desktop.app.show_idea("cap")
        await desktop.settle()
        await desktop.press("f8")
        await desktop.say(str(board).replace(" ", "\\ "))
        await desktop.say("+ The knee moves with the batch")
        assert "The knee moves with the batch" in desktop.rows("#idea-lines")[0]
    with reading(weekly) as connection:
        kept = attachments.attachments(connection)
    assert [(each.meeting, each.visibility) for each in kept if each.entry_id is None] == [(SLUG, Visibility.PRIVATE)]
    assert len(kept) == 2


@pytest.mark.parametrize("typed", ["{path}", "  {path} ", "'{path}'", '"{path}"', "{escaped}"])
def test_a_file_that_was_dropped_on_the_terminal_is_found(tmp_path: Path, typed: str) -> None:
    board = tmp_path / "my board.png"
    board.write_bytes(b"x")
    assert dropped(typed.format(path=board, escaped=str(board).replace(" ", "\\ "))) == board


async def test_a_line_shows_what_hangs_on_it(pictured: Path, opened: Opening) -> None:
    async with opened(pictured) as desktop:
        desktop.app.show_entry(1)
        await desktop.settle()
        assert isinstance(desktop.app.screen, EntryPage)
        assert [row.split()[1] for row in desktop.rows("#attached")] == ["page.pdf", "broken.png"]
        desktop.app.show_attachment(2)
        await desktop.settle()
        assert "It is no picture that a terminal shows: o opens it" in desktop.text()
        await desktop.press("escape")
        desktop.app.show_attachment(3)
        await desktop.settle()
        assert "It can't be shown here" in desktop.text()


async def test_it_is_made_open_removed_and_brought_back(pictured: Path, opened: Opening) -> None:
    async with opened(pictured) as desktop:
        desktop.app.show_attachment(1)
        await desktop.settle()
        await desktop.press("p")
        with reading(pictured) as connection:
            assert attachments.attachment(connection, 1).visibility is Visibility.OPEN
        await desktop.press("x", "u")
        with reading(pictured) as connection:
            assert len(attachments.attachments(connection)) == 3


async def test_without_a_desktop_it_says_where_the_file_is(
    pictured: Path, opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "ADVISORLOG_OPENER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    async with opened(pictured) as desktop:
        desktop.app.show_attachment(1)
        await desktop.settle()
        await desktop.press("o")
        assert "There is no desktop here" in desktop.notices()[-1]


async def test_a_picture_that_would_fill_the_memory_is_not_unpacked(
    pictured: Path, opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("advisorlog.tui.widgets.picture.MOST_PIXELS", 1000)
    async with opened(pictured) as desktop:
        desktop.app.show_attachment(1)
        await desktop.settle()
        assert "64 x 32 pixels" in desktop.text()
        assert "▀" not in desktop.text()
