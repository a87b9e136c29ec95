"""A meeting, from its beginning to the summary that is sent: by keys alone."""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from textual.events import Paste

from advisorlog import config
from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading
from advisorlog.store.reading import actions, documents, meetings
from advisorlog.tui.meeting_rows import Live
from advisorlog.tui.screens.brief import SentScreen
from advisorlog.tui.screens.meeting import MeetingScreen
from advisorlog.tui.screens.wrap_up import WrapUp
from advisorlog.tui.widgets.capture_line import CaptureLine
from advisorlog.tui.widgets.record_list import RecordList
from advisorlog.tui.widgets.waiting_lines import WaitingLines
from advisorlog.workflow import capture, live, people
from advisorlog.workflow.capture import Place
from advisorlog.workflow.importing import import_paths
from tests.tui.conftest import Desktop, Opening, text_keys

SLUG = "2026-11-24-zeus-weekly"


@pytest.fixture
def begun(weekly: Path, now: Moment) -> Path:
    """The same, with a meeting under way."""
    live.begin_with(weekly, now, "zeus-weekly")
    return weekly


async def in_meeting(desktop: Desktop) -> None:
    desktop.app.show_meeting(SLUG)
    await desktop.settle()
    assert isinstance(desktop.app.screen, MeetingScreen)


async def test_a_whole_week_by_keys_alone(weekly: Path, now: Moment, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("b", "s", "down", "enter", "escape")  # the brief, kept as sent
        await desktop.press("m", "enter")  # the only series
        await desktop.press("enter")  # begin now
        assert isinstance(desktop.app.screen, MeetingScreen)
        await desktop.press("ctrl+r")  # the brief as it was sent
        assert isinstance(desktop.app.screen, SentScreen)
        await desktop.press("escape")
        await desktop.say("! Compare with DVFS first #cap")
        await desktop.say("= Submit in spring")
        await desktop.say("[] @me Run the DVFS baseline ^fri #cap")
        await desktop.say("~ he seemed tired")
        await desktop.press("ctrl+o")
        assert isinstance(desktop.app.screen, WrapUp)
        await desktop.press("enter")  # the first line worth taking becomes a takeaway
        await desktop.press("down", "enter")
        await desktop.press("tab", "enter")  # the TODO: who, when, test for done
        await desktop.press("enter", "enter")
        await desktop.say("table with 3 GPUs")
        await desktop.press("enter")  # rooted in the first takeaway
        await desktop.press("tab", "enter")
        await desktop.say("A table with three GPUs")
        await desktop.press("s", "down", "enter")  # keep as sent
        with reading(weekly) as connection:
            sent, _ = documents.all_sent(connection)
            (action,) = actions.open_actions(connection, now)
            meeting = meetings.meeting(connection, SLUG)
    assert "Compare with DVFS first" in sent.body
    assert "**I:** Run the DVFS baseline (by 27 Nov, from takeaway 1)" in sent.body
    assert "table with 3 GPUs" in sent.body
    assert "A table with three GPUs" in sent.body
    assert "tired" not in sent.body
    assert action.done_test == "table with 3 GPUs"
    assert action.root is not None
    assert meeting.ended is not None
    assert meeting.expect == "A table with three GPUs"


async def test_each_line_is_stored_before_it_is_shown(begun: Path, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.say("! Compare with DVFS first")
        (entry,) = desktop.entries(SLUG)
        assert entry.kind is EntryKind.ADVICE
        assert entry.text == "Compare with DVFS first"
        assert entry.speaker_name == "Ann Advisor"
        assert any("Compare with DVFS first" in row for row in desktop.rows("#said"))
        assert desktop.app.screen.query_one(CaptureLine).typed == ""


async def test_it_says_what_it_understands_while_one_types(begun: Path, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.type("~[] Run it ^fri")
        understood = desktop.shown("#understood")
    assert "todo" in understood
    assert "private" in understood
    assert "Fri 27 Nov 2026 (in 3 days)" in understood


async def test_a_first_name_that_is_somebody_s_is_not_called_new(begun: Path, now: Moment, opened: Opening) -> None:
    people.new(begun, now, "Ruth Kim", "ruth-kim", people.PersonFields())
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.type("[] tell @ruth and @me and @rut ")
        assert "@ruth is new" not in desktop.shown("#understood")
        assert "@me is new" not in desktop.shown("#understood")
        assert "@rut is new" in desktop.shown("#understood")


async def test_what_somebody_in_the_meeting_owes_stands_there_wherever_it_was_promised(
    weekly: Path, now: Moment, opened: Opening
) -> None:
    capture.capture(weekly, ["[] @ann sign the letter ^fri", "[] buy a meter ^fri"], Place(now, None), now)
    live.begin_with(weekly, now, "zeus-weekly")
    async with opened(weekly) as desktop:
        await in_meeting(desktop)
        (row,) = desktop.rows("#open")
        assert row.startswith("□ Ann Advisor: sign the letter  ")


async def test_the_last_line_says_that_enter_ticks_a_point_and_that_a_line_is_being_edited(
    begun: Path, now: Moment, opened: Opening
) -> None:
    from advisorlog.workflow import meetings as changing

    changing.add_to_agenda(begun, now, SLUG, ["power-limit sweep"])
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.say("Compare with DVFS")
        await desktop.press("ctrl+t")
        assert "⏎ Tick" in desktop.text().splitlines()[-1]
        await desktop.press("escape", "up", "e")
        assert "editing: esc leaves it as it was" in desktop.shown("#understood")
        await desktop.press("escape")
        assert "editing" not in desktop.shown("#understood")


async def test_a_day_that_is_none_is_told_with_how_one_is_written(begun: Path, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.say("[] send the plots ^12-10")
        assert "Stored, but ^12-10 is no day that I know; write ^fri, ^2w or ^12-dec" in desktop.shown("#understood")


async def test_a_point_is_added_from_the_promises_too(begun: Path, now: Moment, opened: Opening) -> None:
    capture.capture(begun, ["[] @ann sign the letter ^fri"], Place(Moment(now.at - timedelta(1), now.zone), None), now)
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.press("ctrl+t", "n")
        await desktop.say("which deadline?")
        assert "which deadline?" in desktop.rows("#agenda")[0]


async def test_tab_completes_ideas_and_people(begun: Path, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.type("! try #ba")
        assert "#batch" in desktop.shown("#understood")
        await desktop.press("tab")
        await desktop.type("with @an")
        await desktop.press("tab")
        assert desktop.app.screen.query_one(CaptureLine).typed == "! try #batch with @ann "


async def test_an_unknown_tag_is_offered_to_be_made_and_loses_nothing(begun: Path, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.say("+ 4% less #new-idea")
        assert "^n" in desktop.shown("#understood")
        await desktop.press("ctrl+n")
        assert "idea new" in desktop.text() or desktop.app.screen.query_one(CaptureLine).names.knows("#", "new-idea")
        assert [entry.text for entry in desktop.entries(SLUG)] == ["4% less #new-idea"]


async def test_a_line_is_edited_retagged_hidden_deleted_and_brought_back(begun: Path, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.say("Compare with DVFS")
        await desktop.press("up", "e")
        await desktop.say(" first")
        assert [entry.text for entry in desktop.entries(SLUG)] == ["Compare with DVFS first"]
        await desktop.press("up", "t", "down", "enter")
        assert [entry.kind for entry in desktop.entries(SLUG)] == [EntryKind.ADVICE]
        await desktop.press("p")
        assert [entry.is_private for entry in desktop.entries(SLUG)] == [True]
        assert "private" in desktop.rows("#said")[0]
        await desktop.press("x")
        assert desktop.entries(SLUG) == []
        await desktop.press("ctrl+z")
        assert [entry.text for entry in desktop.entries(SLUG)] == ["Compare with DVFS first"]


async def test_a_quote_of_a_file_stays_a_note_when_it_is_edited(begun: Path, opened: Opening, tmp_path: Path) -> None:
    note = tmp_path / "talk.md"
    note.write_text("---\nkind: meeting\nid: talk\ndate: 2026-11-24T08:00Z\n---\n> so he said\n")
    import_paths(config.load(str(begun)), [note], False, lambda done, total: None)
    async with opened(begun) as desktop:
        desktop.app.show_meeting("talk")
        await desktop.settle()
        await desktop.press("up", "e")
        await desktop.say(" to me")
        assert [(entry.kind, entry.text) for entry in desktop.entries("talk")] == [
            (EntryKind.NOTE, "> so he said to me")
        ]


async def test_editing_a_stored_line_leaves_what_was_being_typed(begun: Path, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.say("Compare with DVFS")
        await desktop.type("half a thou")
        line = desktop.app.screen.query_one(CaptureLine)
        await desktop.press("up", "e", "escape")
        assert line.typed == "half a thou"
        await desktop.press("up", "e")
        await desktop.say(" first")
        assert line.typed == "half a thou"
        assert [entry.text for entry in desktop.entries(SLUG)] == ["Compare with DVFS first"]


async def test_an_edit_that_cannot_be_stored_stays_in_the_line(
    begun: Path, opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    from advisorlog.errors import LogError
    from advisorlog.workflow import entries as changing

    def failing(*arguments: object) -> object:
        raise LogError("The disk is full", "Free some space")

    monkeypatch.setattr(changing, "edit", failing)
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.say("Compare with DVFS")
        await desktop.press("up", "e")
        await desktop.say(" first")
        assert desktop.app.screen.query_one(CaptureLine).typed == "Compare with DVFS first"


async def test_the_keys_of_a_line_are_told_where_the_cursor_is_on_it(begun: Path, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.say("Compare with DVFS")
        await desktop.press("up")
        last = desktop.text().splitlines()[-1]
        for key in ("e Edit", "t Kind", "p Private", "x Delete"):
            assert key in last


async def test_pasting_many_lines_stores_each(begun: Path, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        desktop.app.screen.query_one(CaptureLine).box.post_message(Paste("! one\n\n= two\r\nthree"))
        await desktop.settle()
        assert [(entry.kind, entry.text) for entry in desktop.entries(SLUG)] == [
            (EntryKind.ADVICE, "one"),
            (EntryKind.DECISION, "two"),
            (EntryKind.NOTE, "three"),
        ]


async def test_what_was_being_typed_comes_back(begun: Path, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.type("half a thou")
        await desktop.press("escape")
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        assert desktop.app.screen.query_one(CaptureLine).typed == "half a thou"


async def test_what_was_typed_is_kept_at_a_pause_without_leaving(begun: Path, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.type("half a thou")
        screen = desktop.app.screen
        assert isinstance(screen, MeetingScreen)
        screen._draft.keep_behind()  # pyright: ignore[reportPrivateUsage]  # the pause is over
        await desktop.settle()
        with reading(begun) as connection:
            (kept,) = connection.execute("SELECT text FROM draft").fetchall()
    assert kept["text"] == "half a thou"


async def test_a_line_that_cannot_be_stored_stays_in_sight(
    begun: Path, opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    from advisorlog.errors import LogError

    real = capture.capture
    broken = [True]

    def failing(*arguments: object) -> object:
        if broken[0]:
            raise LogError("The disk is full", "Free some space")
        return real(*arguments)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(capture, "capture", failing)
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.say("! Keep this")
        assert "The disk is full" in desktop.text()
        assert "Keep this" in desktop.text()
        broken[0] = False
        screen = desktop.app.screen
        assert isinstance(screen, MeetingScreen)
        await screen.query_one(WaitingLines).store()  # the time to try again has come
        await desktop.settle()
        assert [entry.text for entry in desktop.entries(SLUG)] == ["Keep this"]
        assert "disk is full" not in desktop.text()


async def test_the_arrows_go_through_all_steps_of_the_wrap_up(begun: Path, now: Moment, opened: Opening) -> None:
    capture.capture(begun, ["* One", "* Two", "[] Run the sweep ^fri"], Place(now, SLUG), now)
    async with opened(begun) as desktop:
        desktop.app.wrap_up(SLUG)
        await desktop.settle()

        def here() -> tuple[str | None, int | None]:
            held = desktop.app.screen.focused
            assert isinstance(held, RecordList)
            return held.id, held.highlighted

        assert here() == ("takeaways", 0)
        await desktop.press("down", "down")
        assert here() == ("todos", 0)
        await desktop.press("down")
        assert here() == ("rest", 0)
        await desktop.press("down", "down", "down")
        assert here()[0] == "rest"
        desktop.app.screen.query_one("#rest", RecordList).highlighted = 0
        await desktop.press("up", "up")
        assert here() == ("takeaways", 1)
        await desktop.press("up", "up")
        assert here() == ("takeaways", 0)


async def test_the_day_of_a_promise_is_told_back(begun: Path, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.say("[] Run the sweep ^fri")
        assert "due 2026-11-27" in desktop.shown("#understood") or "due Fri 27 Nov" in desktop.shown("#understood")
        assert "Nothing is open from before." in desktop.text()


async def test_a_line_that_is_stored_at_once_is_not_shown_as_waiting(
    begun: Path, opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The look at a line's slowness may come while a later line is being stored: that one is not slow yet."""
    looks: list[Callable[[], None]] = []
    go, real = threading.Event(), capture.capture

    def capture_slowly(log: Path, lines: Sequence[str], place: Place, now: Moment) -> object:
        if lines == ("slow",):
            go.wait(30)
        return real(log, lines, place, now)

    def set_timer(widget: WaitingLines, delay: float, look: Callable[[], None]) -> None:
        looks.append(look)

    async with opened(begun) as desktop:
        await in_meeting(desktop)
        monkeypatch.setattr(capture, "capture", capture_slowly)
        monkeypatch.setattr(WaitingLines, "set_timer", set_timer)
        await desktop.say("fast")
        waiting = desktop.app.screen.query_one(WaitingLines)
        await desktop.pilot.press(*text_keys("slow"), "enter")
        while len(looks) < 2:
            await desktop.pilot.pause()
        looks[0]()
        assert not waiting.display
        looks[1]()
        assert waiting.display
        go.set()
        await desktop.settle()
        assert not waiting.display
        assert [entry.text for entry in desktop.entries(SLUG)] == ["fast", "slow"]


async def test_what_was_shown_as_stored_is_not_taken_away_by_an_older_reading(
    begun: Path, opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, began = threading.Event(), threading.Event()
    shown: list[int] = []
    read, show = MeetingScreen.read, MeetingScreen.show

    def read_slowly(screen: MeetingScreen, connection: sqlite3.Connection) -> Live:
        found = read(screen, connection)
        began.set()
        go.wait(30)
        return found

    def show_and_note(screen: MeetingScreen, found: Live) -> None:
        shown.append(len(found.entries))
        show(screen, found)

    async with opened(begun) as desktop:
        await in_meeting(desktop)
        monkeypatch.setattr(MeetingScreen, "read", read_slowly)
        monkeypatch.setattr(MeetingScreen, "show", show_and_note)
        screen = desktop.app.screen
        assert isinstance(screen, MeetingScreen)
        screen.reload()
        while not began.is_set():
            await desktop.pilot.pause()
        await desktop.pilot.press(*text_keys("kept"), "enter")
        while not any("kept" in row for row in desktop.rows("#said")):
            await desktop.pilot.pause()
        go.set()
        await desktop.settle()
        assert shown == [1], "the reading from before the line was stored is read again, not shown"
        assert "kept" in desktop.rows("#said")[0]


async def test_another_process_s_line_shows_up(begun: Path, now: Moment, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.app.desk.was_changed()
        capture.capture(begun, ["+ from the shell"], Place(now, SLUG), now)
        await desktop.app._look()  # pyright: ignore[reportPrivateUsage]  # the tick
        await desktop.settle()
        assert any("from the shell" in row for row in desktop.rows("#said"))


async def test_hostile_text_is_inert(begun: Path, now: Moment, opened: Opening) -> None:
    hostile = "a [/] [@click=app.quit]x[/] \x1b[31mred\x1b]8;;http://e.x\x1b\\link \u202egnp {{ 1 }} [bold"
    capture.capture(begun, [hostile], Place(now, SLUG), now)
    async with opened(begun, size=(140, 40)) as desktop:
        await in_meeting(desktop)
        text = desktop.text()
        assert "[@click=app.quit]x[/]" in text
        assert "\x1b" not in text
        assert "\u202e" not in text
        await desktop.press("escape", "3")
        assert "\x1b" not in desktop.text()
        assert desktop.entries(SLUG)[0].text == hostile


async def test_the_agenda_is_ticked_off_and_stays_so(begun: Path, now: Moment, opened: Opening) -> None:
    from advisorlog.workflow import meetings as changing

    changing.add_to_agenda(begun, now, SLUG, ["power-limit sweep"])
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.press("ctrl+t", "enter")
        assert desktop.rows("#agenda")[0].startswith("✓")
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        assert desktop.rows("#agenda")[0].startswith("✓")


async def test_a_point_of_the_agenda_is_reworded_and_taken_out_and_brought_back(
    begun: Path, now: Moment, opened: Opening
) -> None:
    from advisorlog.workflow import meetings as changing

    changing.add_to_agenda(begun, now, SLUG, ["power-limit sweep", "which deadline?"])
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.press("ctrl+t", "e")
        await desktop.say(" on two GPUs")
        assert [row.strip("· ") for row in desktop.rows("#agenda")] == [
            "power-limit sweep on two GPUs",
            "which deadline?",
        ]
        await desktop.press("down", "x")
        assert [row.strip("· ") for row in desktop.rows("#agenda")] == ["power-limit sweep on two GPUs"]
        await desktop.press("u")
        assert len(desktop.rows("#agenda")) == 2


async def test_typing_and_entering_lines_lays_nothing_out_anew(
    begun: Path, opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To lay out the whole screen at every letter took more time than everything else."""
    from textual._compositor import Compositor

    laid_out: list[object] = []
    real = Compositor.reflow

    def counted(self: Compositor, *arguments: object) -> object:
        laid_out.append(self)
        return real(self, *arguments)  # pyright: ignore[reportArgumentType]

    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.say("! The first of all")
        monkeypatch.setattr(Compositor, "reflow", counted)
        await desktop.say("! Compare with DVFS first #cap")
        await desktop.say("= Submit in spring")
        assert len(desktop.rows("#said")) == 3
    assert not laid_out


async def test_lines_can_be_grouped_by_kind(begun: Path, opened: Opening) -> None:
    async with opened(begun) as desktop:
        await in_meeting(desktop)
        await desktop.say("+ a result")
        await desktop.say("= a decision")
        await desktop.press("ctrl+g")
        rows = desktop.rows("#said")
    assert rows.index("Decision") < rows.index("Result")


async def test_a_line_typed_right_behind_enter_is_a_line_of_its_own(begun: Path, opened: Opening) -> None:
    """Keys that come in a burst (a slow moment of the machine, a paste without brackets) keep their order."""
    from textual.events import Key

    async with opened(begun) as desktop:
        await in_meeting(desktop)
        box = desktop.app.screen.query_one(CaptureLine).box
        for letter in "one\rtwo\r":
            box.post_message(Key("enter" if letter == "\r" else letter, letter))
        await desktop.settle()
        assert [entry.text for entry in desktop.entries(SLUG)] == ["one", "two"]
