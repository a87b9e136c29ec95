"""Every screen, by its keys."""

import gc
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import pytest
from textual.color import Color
from textual.widgets._footer import FooterKey

from advisorlog import config
from advisorlog.domain.kinds import ActionState, IdeaStatus, Role
from advisorlog.domain.moments import Moment
from advisorlog.errors import LogError
from advisorlog.store.connection import reading
from advisorlog.store.reading import actions, documents, ideas, people
from advisorlog.store.reading import meetings as reading_meetings
from advisorlog.tui.app import AdvisorlogApp
from advisorlog.tui.screens.brief import BriefScreen, SentScreen
from advisorlog.tui.screens.entry import EntryPage
from advisorlog.tui.screens.help import Help
from advisorlog.tui.screens.idea import IdeaPage
from advisorlog.tui.screens.ideas import Ideas
from advisorlog.tui.screens.judgement import Judgement
from advisorlog.tui.screens.log import Log
from advisorlog.tui.screens.meeting import MeetingScreen
from advisorlog.tui.screens.pack import PackScreen
from advisorlog.tui.screens.people import PersonPage, SeriesPage
from advisorlog.tui.screens.today import Today
from advisorlog.tui.screens.told import ToldScreen
from advisorlog.tui.widgets.entry_pages import EntryPages
from advisorlog.tui.widgets.record_list import RecordList
from advisorlog.tui.widgets.top_bar import TopBar
from advisorlog.workflow import actions as actions_workflow
from advisorlog.workflow import capture, live, meetings, preparing, projects, series
from advisorlog.workflow import ideas as ideas_workflow
from advisorlog.workflow.capture import Place
from tests.tui.conftest import Desktop, Opening

SLUG = "2026-11-24-zeus-weekly"


@pytest.fixture
def held(weekly: Path, now: Moment) -> Path:
    """A log with one meeting under way and a few lines in it."""
    live.begin_with(weekly, now, "zeus-weekly")
    lines = [
        "! Compare with DVFS first #cap",
        "+ 4% less energy #cap",
        "[] Run it @me ^2026-11-20",
        "~ he seemed tired",
    ]
    capture.capture(weekly, [*lines, "= 봄에 제출한다 #batch", "? Which deadline?"], Place(now, SLUG), now)
    capture.capture(weekly, ["[] Send the letter @ann ^2026-12-01"], Place(now, SLUG), now)
    return weekly


# Today


async def test_today_shows_what_is_next_and_what_is_promised(held: Path, opened: Opening) -> None:
    async with opened(held) as desktop:
        assert isinstance(desktop.app.screen, Today)
        assert "Zeus weekly" in desktop.rows("#coming")[0]
        promised = desktop.rows("#promises")
    assert promised[0] == "Me"
    assert "4 d late" in promised[1]
    assert "Run it" in promised[1]
    assert promised[2] == "Ann Advisor"


async def test_today_tells_how_ready_the_next_brief_is(weekly: Path, now: Moment, opened: Opening) -> None:
    in_two_days = meetings.MeetingFields(when="2026-11-26 14:00", series="zeus-weekly")
    meetings.new(weekly, now, in_two_days)
    async with opened(weekly, size=(140, 40)) as desktop:
        assert "brief ready to be sent" in desktop.rows("#coming")[0]
        capture.capture(weekly, ["! As discussed last time, compare with DVFS."], Place(now, None), now)
        held = live.begin_with(weekly, now, "zeus-weekly")
        capture.capture(weekly, ["! Compare with TPOT."], Place(now, held), now)
        live.end(weekly, now, held)
        desktop.app.reload()
        await desktop.settle()
        assert "brief not sent, 1 to mend" in desktop.rows("#coming")[0]


async def test_a_word_on_the_brief_of_a_meeting_that_was_held_says_nothing_of_the_next(
    weekly: Path, now: Moment, opened: Opening
) -> None:
    planned = meetings.new(weekly, now, meetings.MeetingFields(when="2026-11-26 14:00", series="zeus-weekly"))
    async with opened(weekly, size=(140, 40)) as desktop:
        assert "brief ready to be sent" in desktop.rows("#coming")[0]
        meetings.remove(weekly, now, planned.slug)
        meetings.new(weekly, now, meetings.MeetingFields(when="2026-12-15 14:00", series="zeus-weekly"))
        desktop.app.reload()
        await desktop.settle()
        assert "no brief yet" in desktop.rows("#coming")[0]


async def test_no_word_is_broken_for_what_stands_at_its_right(weekly: Path, now: Moment, opened: Opening) -> None:
    ideas_workflow.edit(weekly, now, "cap", ideas_workflow.IdeaFields(title="Prefetch-aware clocks"))
    ideas_workflow.move(weekly, now, "cap", IdeaStatus.PROMISING, ideas_workflow.Reason("a pilot"), confidence=80)
    async with opened(weekly) as desktop:
        assert "Prefetch-aware clocks" in desktop.text()
        assert "promising 80%" in desktop.text()


@pytest.mark.parametrize("key", ["c", "enter"])
async def test_a_promise_carried_three_times_is_settled_instead(
    held: Path, now: Moment, opened: Opening, key: str
) -> None:
    with reading(held) as connection:
        (mine,) = [action for action in actions.open_actions(connection, now) if action.is_mine]
    for day in (date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)):
        actions_workflow.carry(held, now, [mine.id], day, "the cluster was down")
    async with opened(held) as desktop:
        await desktop.press(key)
        assert "Carried 3 times: settle it" in desktop.text()
        assert "put off to another day" not in desktop.text()
        await desktop.press("down", "enter")
        await desktop.type("2026-12-22")
        await desktop.press("enter")
        await desktop.type("agreed with Ann")
        await desktop.press("enter")
    with reading(held) as connection:
        assert actions.action(connection, mine.id, now).state is ActionState.RENEGOTIATED


async def test_a_promise_is_kept_from_today(held: Path, now: Moment, opened: Opening) -> None:
    async with opened(held) as desktop:
        await desktop.press("d")
        await desktop.say("3 GPUs")
        assert not any("Run it" in row for row in desktop.rows("#promises"))
    with reading(held) as connection:
        (event,) = (each for each in actions.action(connection, 1, now).events if each.because)
    assert event.because == "3 GPUs"


async def test_the_last_line_tells_what_can_become_of_the_promise_under_the_cursor(held: Path, opened: Opening) -> None:
    async with opened(held) as desktop:
        assert "d Done  c Carry  x Drop" in desktop.text().splitlines()[-1]
        await desktop.press("shift+tab")
        assert "d Done" not in desktop.text().splitlines()[-1]


async def test_an_empty_log_says_what_to_do_next(log: Path, opened: Opening) -> None:
    async with opened(log) as desktop:
        assert "m begins one" in desktop.text()
        await desktop.press("2")
        await desktop.press("v")
        assert "n makes one" in desktop.text()
        await desktop.press("3")
        assert "Nothing here" in desktop.text()
        await desktop.press("4")
        assert "No series yet" in desktop.text()


async def test_a_line_is_added_from_anywhere(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("2", "a")
        await desktop.say("! from anywhere")
        assert "✓" in desktop.text()
        await desktop.press("escape", "1")
        assert any("from anywhere" in row for row in desktop.rows("#inbox"))
        await desktop.press("u")
        assert not any("from anywhere" in row for row in desktop.rows("#inbox"))
        await desktop.press("U")
        assert any("from anywhere" in row for row in desktop.rows("#inbox"))


async def test_a_line_added_from_anywhere_waits_where_it_cannot_be_stored(
    weekly: Path, opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = capture.capture

    def failing(*arguments: object) -> object:
        raise LogError("The disk is full", "Free some space")

    monkeypatch.setattr(capture, "capture", failing)
    async with opened(weekly) as desktop:
        await desktop.press("a")
        screen = desktop.app.screen
        await desktop.say("! from anywhere")
        await desktop.press("escape")
        assert desktop.app.screen is screen  # it stays open
        assert "The disk is full" in desktop.text()
        monkeypatch.setattr(capture, "capture", real)
        await desktop.press("escape")
        assert any("from anywhere" in row for row in desktop.rows("#inbox"))


async def test_a_line_added_from_anywhere_says_how_its_day_and_its_tags_were_understood(
    weekly: Path, now: Moment, opened: Opening
) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("a")
        await desktop.say("[] send the plots ^2026-12-01 @nobody")
        assert "due Tue 1 Dec 2026" in desktop.text()
        assert "not in the log yet: @nobody" in desktop.text()
        await desktop.say("[] sign it ^next tue")
        assert "^next is no day that I know; of several words: ^{next ...}" in desktop.text()
        await desktop.say("~ tired")
        await desktop.press("escape")
        assert "tired  private" in "\n".join(desktop.rows("#inbox"))  # not by its colour alone


async def test_a_line_being_typed_from_anywhere_comes_back(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("a")
        await desktop.type("half a thou")
        await desktop.press("escape")
    async with opened(weekly) as desktop:
        await desktop.press("a")
        await desktop.say("ght")
        await desktop.press("escape")
        assert any("half a thought" in row for row in desktop.rows("#inbox"))


# Ideas


async def test_ideas_on_a_board_in_a_list_and_on_a_page(held: Path, opened: Opening) -> None:
    async with opened(held) as desktop:
        await desktop.press("2")
        assert isinstance(desktop.app.screen, Ideas)
        assert len(desktop.rows("#column-open")) == 2
        await desktop.press("v")
        assert len(desktop.rows("#idea-list")) == 2
        await desktop.press("enter")
        assert isinstance(desktop.app.screen, IdeaPage)


async def test_from_a_column_that_lost_its_last_idea_one_gets_on(weekly: Path, now: Moment, opened: Opening) -> None:
    ideas_workflow.move(weekly, now, "batch", IdeaStatus.KILLED, ideas_workflow.Reason("no gain"))
    async with opened(weekly, size=(120, 30)) as desktop:
        await desktop.press("2")
        held = desktop.app.screen.focused
        assert isinstance(held, RecordList)
        assert held.keys == ["cap"]
        ideas_workflow.move(weekly, now, "cap", IdeaStatus.KILLED, ideas_workflow.Reason("no gain"))
        desktop.app.reload()
        await desktop.settle()
        assert held.has_focus
        assert held.keys == []
        await desktop.press("right")
        there = desktop.app.screen.focused
        assert isinstance(there, RecordList)
        assert len(there.keys) == 2


async def test_an_idea_is_made_moved_doubted_killed_and_revived(weekly: Path, now: Moment, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("2", "n")
        await desktop.say("Slow down the clocks")
        await desktop.press("enter", "enter")
        desktop.app.show_idea("slow-down-clocks" if _has(weekly, "slow-down-clocks", now) else "slow-down-the-clocks")
        await desktop.settle()
        await desktop.press("m", "enter")
        await desktop.say("it is worth a week")
        await desktop.press("enter", "enter")
        await desktop.press("c")
        await desktop.press("ctrl+u")
        await desktop.say("70")
        await desktop.say("two of three agree")
        await desktop.press("enter")
        await desktop.press("x")
        await desktop.say("the baseline does it too")
        await desktop.press("enter", "enter")
        await desktop.say("DVFS is gone")
        await desktop.press("r")
        await desktop.say("DVFS is gone indeed")
        await desktop.press("enter", "enter")
    with reading(weekly) as connection:
        idea = next(each for each in ideas.ideas(connection, now) if each.title == "Slow down the clocks")
        events = ideas.events(connection, [idea.id], now)
    assert [event.status for event in events] == [
        IdeaStatus.SPARK, IdeaStatus.EXPLORING, None, IdeaStatus.KILLED, IdeaStatus.EXPLORING,
    ]  # fmt: skip
    assert events[2].confidence == 70
    assert events[3].revive_if == "DVFS is gone"


def _has(log: Path, slug: str, now: Moment) -> bool:
    with reading(log) as connection:
        return any(idea.slug == slug for idea in ideas.ideas(connection, now))


async def test_a_wrong_percent_is_one_clear_line(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("2", "c")
        await desktop.press("ctrl+u")
        await desktop.say("lots")
        await desktop.press("enter", "enter")
        assert "“lots” is no confidence" in desktop.text()


# Log


async def test_the_log_shows_everything_and_searches_as_one_types(held: Path, opened: Opening) -> None:
    async with opened(held, size=(120, 30)) as desktop:
        await desktop.press("3")
        assert isinstance(desktop.app.screen, Log)
        assert "7 lines" in desktop.text()
        await desktop.press("slash")
        await desktop.type("dvf")
        assert "1 lines" in desktop.text()
        assert "Compare with DVFS" in desktop.text()
        await desktop.press("escape", "escape")
        assert "7 lines" in desktop.text()
        await desktop.press("slash")
        await desktop.type("제출")
        assert "봄에 제출한다" in desktop.text()


async def test_the_log_is_filtered_by_kind(held: Path, opened: Opening) -> None:
    async with opened(held) as desktop:
        await desktop.press("3", "f", "enter", "down", "enter")
        text = desktop.text()
    assert "kind: ! advice" in text
    assert "1 lines" in text


async def test_a_log_of_many_pages_is_read_where_it_is_looked_at(weekly: Path, now: Moment, opened: Opening) -> None:
    capture.capture(weekly, [f"line {number}" for number in range(1000)], Place(now), now)
    async with opened(weekly) as desktop:
        await desktop.press("3", "end")
        pages = desktop.app.screen.query_one(EntryPages)
        entry = pages.entry_at(999)
        assert entry is not None
        assert entry.text == "line 0"
        assert "line 0" in desktop.text()
        await desktop.press("home")
        assert "line 999" in desktop.text()
        await desktop.press("enter")
        assert isinstance(desktop.app.screen, EntryPage)


# People


async def test_people_and_series(held: Path, now: Moment, opened: Opening) -> None:
    settings = config.load(str(held))
    preparing.send(settings, preparing.brief(settings, "zeus-weekly", None, None, False), "md")
    async with opened(held) as desktop:
        await desktop.press("4", "enter")
        assert isinstance(desktop.app.screen, SeriesPage)
        await desktop.press("escape")
        desktop.app.show_person("ann")
        await desktop.settle()
        assert isinstance(desktop.app.screen, PersonPage)
        assert any("Compare with DVFS" in row for row in desktop.rows("#person-said"))
        assert any("Send the letter" in row for row in desktop.rows("#person-promised"))
        await desktop.press("tab", "tab", "enter")
        assert isinstance(desktop.app.screen, SentScreen)


async def test_a_person_gets_another_name_a_handle_and_a_note(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        desktop.app.show_person("ann")
        await desktop.settle()
        await desktop.press("e", "end")
        await desktop.say(" 김")
        await desktop.say("annk")
        await desktop.say("ann@example.edu")
        await desktop.say("reads mail in the morning")
        assert "Ann Advisor 김  @annk  ann@example.edu" in desktop.shown("#person-facts")
        assert "reads mail in the morning" in desktop.shown("#person-facts")
        await desktop.press("e", "escape")
        assert "@annk" in desktop.shown("#person-facts")
    with reading(weekly) as connection:
        ann = people.person(connection, "annk")
    assert (ann.name, ann.email, ann.note) == ("Ann Advisor 김", "ann@example.edu", "reads mail in the morning")


async def test_i_am_me_whatever_i_am_called(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        desktop.app.show_person("me")
        await desktop.settle()
        await desktop.press("e")
        assert "Handle" not in desktop.text()
        await desktop.say("서민지")
        await desktop.press("enter", "enter")
        assert "서민지" in desktop.shown("#person-facts")


async def test_a_series_is_made(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("4", "n")
        for answer in ("Minsu weekly", "김민수", "wed", "10:00", "45"):
            await desktop.say(answer)
        await desktop.press("down", "enter")
    with reading(weekly) as connection:
        (series,) = (each for each in people.all_series(connection) if each.title == "Minsu weekly")
    assert series.role == "mentee"
    assert series.minutes == 45
    assert series.people[0].name == "김민수"


# Brief


async def test_language_is_judged_or_not_brief_by_brief(held: Path, now: Moment, opened: Opening) -> None:
    projects.edit(held, now, "zeus", projects.ProjectFields(pitch="Our results are great."))
    async with opened(held, size=(140, 40)) as desktop:
        desktop.app.show_brief("series:zeus-weekly")
        await desktop.settle()
        judged = desktop.shown("#brief-findings")
        await desktop.press("l")
        assert len(desktop.shown("#brief-findings")) < len(judged)
        await desktop.press("l")
        assert desktop.shown("#brief-findings") == judged


async def test_the_brief_beside_what_it_rests_on(held: Path, now: Moment, opened: Opening) -> None:
    meetings.new(held, now, meetings.MeetingFields(when="2026-12-01 14:00", series="zeus-weekly"))
    async with opened(held, size=(120, 40)) as desktop:
        desktop.app.show_brief("series:zeus-weekly")
        await desktop.settle()
        assert isinstance(desktop.app.screen, BriefScreen)
        assert "left" in desktop.shown("#meeting-bar")
        cited = desktop.rows("#cited")
        assert any("4% less energy" in row for row in cited)
        assert "tired" not in desktop.text()
        desktop.app.screen.query_one("#cited").focus()
        await desktop.press("x")
        prepared = desktop.app.screen.prepared
        assert prepared is not None
        first = next(row for row in cited if row.startswith("·"))[2:20]
        assert first not in prepared.rendered("text")
        await desktop.press("f")
        assert "For you alone" in desktop.text()
        await desktop.press("s", "down", "enter")
    with reading(held) as connection:
        assert [sent.kind for sent in documents.all_sent(connection)] == ["brief"]


async def test_leaving_something_out_of_the_brief_plans_the_meeting_that_the_rule_says(
    weekly: Path, now: Moment, opened: Opening
) -> None:
    from datetime import time

    capture.capture(weekly, ["[] Send the letter @ann ^2026-12-01"], Place(now, None), now)
    series.edit(weekly, now, "zeus-weekly", series.SeriesFields(every="FREQ=WEEKLY;BYDAY=WE", at=time(14)))
    async with opened(weekly, size=(120, 40)) as desktop:
        desktop.app.show_brief("series:zeus-weekly")
        await desktop.settle()
        desktop.app.screen.query_one("#cited").focus()
        await desktop.press("x")
        assert "Left out by you" in desktop.rows("#cited")
        assert "Zeus weekly, 25 Nov 2026" in desktop.shown("#meeting-bar")
    with reading(weekly) as connection:
        assert "planned" in {each.status for each in reading_meetings.meetings(connection, limit=9)}


# Everywhere


async def test_help_is_made_from_the_bindings(held: Path, opened: Opening) -> None:
    async with opened(held, size=(100, 50)) as desktop:
        await desktop.press("question_mark")
        assert isinstance(desktop.app.screen, Help)
        text = desktop.text()
        assert "Wrap up" in text
        assert "today.wrap_up" in text
        await desktop.press("escape")
        assert isinstance(desktop.app.screen, Today)


async def test_the_last_line_always_tells_the_keys_and_the_way_to_help(held: Path, opened: Opening) -> None:
    ways: dict[str, Callable[[AdvisorlogApp], object]] = {
        "m Meeting": lambda app: app.action_go("today"),
        "^o Wrap up": lambda app: app.show_meeting(SLUG),
        "s Send": lambda app: app.wrap_up(SLUG),
        "f Prep sheet": lambda app: app.show_brief("series:zeus-weekly"),
        "n New": lambda app: app.action_go("ideas"),
        "esc Back": lambda app: app.show_idea("cap"),
        "/ Search": lambda app: app.action_go("log"),
    }
    for size in ((80, 24), (60, 20), (140, 40)):
        async with opened(held, size=size) as desktop:
            for key, go in ways.items():
                go(desktop.app)
                await desktop.settle()
                last = desktop.text().splitlines()[-1]
                assert "Help" in last, (size, key)
                assert "^p palette" in last, (size, key)
                assert size[0] < 80 or key in last, (size, key)


async def test_while_one_types_letters_are_no_keys_and_help_is_on_f1(held: Path, opened: Opening) -> None:
    async with opened(held, size=(140, 40)) as desktop:
        desktop.app.show_meeting(SLUG)
        await desktop.settle()
        last = desktop.text().splitlines()[-1]
        assert "f1 Help" in last
        assert "q Quit" not in last
        await desktop.press("f1")
        assert isinstance(desktop.app.screen, Help)


async def test_the_meeting_under_way_is_gone_on_with(held: Path, now: Moment, opened: Opening) -> None:
    async with opened(held) as desktop:
        desktop.app.begin_with("zeus-weekly")
        await desktop.settle()
        await desktop.press("enter")
        assert isinstance(desktop.app.screen, MeetingScreen)
    with reading(held) as connection:
        assert [each.slug for each in reading_meetings.meetings(connection, limit=9)] == [SLUG]


async def test_the_next_meeting_is_planned_with_its_agenda(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("m", "down", "enter")
        await desktop.say("2026-12-01 14:00")
        assert isinstance(desktop.app.screen, MeetingScreen)
        await desktop.press("ctrl+t", "n")
        await desktop.say("power-limit sweep")
        assert "power-limit sweep" in desktop.rows("#agenda")[0]
    with reading(weekly) as connection:
        (planned,) = reading_meetings.meetings(connection, limit=9)
    assert planned.status == "planned"
    assert planned.agenda == ("power-limit sweep",)


async def test_help_says_what_a_key_does_where_its_word_does_not(held: Path, opened: Opening) -> None:
    async with opened(held, size=(100, 60)) as desktop:
        await desktop.press("question_mark")
        assert "put off to another day, and why" in desktop.text()
        assert "esc closes this help" in desktop.text()
        assert "What has no key here is done in the shell" in desktop.text()
        assert "? decide: OSDI or CHI? | options: OSDI / CHI | rec: CHI 70%" in desktop.text()


async def test_help_tells_the_keys_of_a_line_while_one_types(held: Path, opened: Opening) -> None:
    async with opened(held, size=(100, 60)) as desktop:
        desktop.app.show_meeting(SLUG)
        await desktop.settle()
        await desktop.press("f1")
        text = desktop.text()
        for name in ("line.edit", "line.retag", "line.hide", "line.remove", "agenda.new", "meeting.wrap_up"):
            assert name in text
        assert "Palette" in text


async def test_the_palette_finds_ideas_and_meetings(held: Path, opened: Opening) -> None:
    async with opened(held, size=(100, 40)) as desktop:
        await desktop.press("ctrl+p")
        await desktop.type("배치")
        await desktop.pilot.pause(0.3)
        await desktop.press("down", "enter")
        assert isinstance(desktop.app.screen, IdeaPage)


@pytest.mark.parametrize(
    ("wanted", "found", "told"),
    [
        ("export", "Export all as Markdown", "advisorlog export vault FOLDER"),
        ("settings", "Language model", "its settings: which one, for what"),
        ("attach", "Attach a file", "key: f8"),
        ("backup", "Back up the log", "advisorlog backup"),
    ],
)
async def test_the_palette_finds_what_is_called_otherwise_or_done_in_the_shell(
    held: Path, opened: Opening, wanted: str, found: str, told: str
) -> None:
    async with opened(held, size=(100, 40)) as desktop:
        await desktop.press("ctrl+p")
        await desktop.type(wanted)
        assert found in desktop.text()
        assert told in desktop.text()


async def test_what_is_done_in_the_shell_is_told_and_not_done(held: Path, opened: Opening) -> None:
    async with opened(held, size=(100, 40)) as desktop:
        await desktop.press("ctrl+p")
        await desktop.say("back up the log")
        assert desktop.notices() == ["In the shell: advisorlog backup"]


async def test_the_palette_reaches_an_action_of_another_place(held: Path, opened: Opening) -> None:
    async with opened(held, size=(100, 40)) as desktop:
        desktop.app.show_idea("cap")
        await desktop.settle()
        await desktop.press("ctrl+p")
        await desktop.type("new series")
        await desktop.pilot.pause(0.3)
        await desktop.press("down", "enter")
        assert "A new series of meetings" in desktop.text()


async def test_a_project_is_made_and_what_is_said_of_it_changed(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("4", "P")
        for answer in ("Perseus", "Some GPUs wait. We slow them.", "10% less energy"):
            await desktop.say(answer)
        await desktop.press("p", "enter")
        for answer in (" 2", "", "", "DVFS", "dynamic voltage and frequency scaling"):
            await desktop.say(answer)
    with reading(weekly) as connection:
        changed, other = people.projects(connection)
    assert (changed.name, changed.goal) == ("Perseus 2", "10% less energy")
    assert changed.glossary == (("DVFS", "dynamic voltage and frequency scaling"),)
    assert other.name == "Zeus"


async def test_keys_can_be_changed_and_are_called_what_they_are(held: Path) -> None:
    from dataclasses import replace

    app = AdvisorlogApp(replace(config.load(str(held)), keys={"help": "f1", "undo": "f7"}))
    async with app.run_test() as pilot:
        desktop = Desktop(app, pilot)
        await desktop.settle()
        await desktop.press("f1")
        assert isinstance(app.screen, Help)
        await desktop.press("escape")
        await desktop.press("d", "enter")  # a promise is done
        assert desktop.notices() == ["Done. f7 takes it back"]
        await desktop.press("f7")
        assert desktop.notices()[-1].startswith("Undone")


async def test_a_window_that_is_resized(held: Path, opened: Opening) -> None:
    async with opened(held, size=(140, 40)) as desktop:
        for size in ((40, 12), (80, 24), (200, 60)):
            await desktop.pilot.resize_terminal(*size)
            await desktop.settle()
            assert all(len(line) <= size[0] for line in desktop.text().splitlines())


async def test_a_question_that_cannot_be_acted_on_stays_with_all_that_was_typed(
    held: Path, now: Moment, opened: Opening
) -> None:
    async with opened(held) as desktop:
        await desktop.press("c")  # a promise is carried
        await desktop.say("someday")
        await desktop.say("the cluster was down")
        assert "someday" in desktop.text()
        assert "the cluster was down" in desktop.text()
        assert "“someday” is no date that I know" in desktop.text()
        await desktop.press("shift+tab", "home", "shift+end", "delete")
        await desktop.say("2026-12-01")
        await desktop.press("enter")
        with reading(held) as connection:
            (mine,) = [action for action in actions.open_actions(connection, now) if action.is_mine]
    assert mine.due == date(2026, 12, 1)
    assert mine.times_carried == 1


async def test_a_slip_at_the_first_run_loses_nothing_and_leaves_no_half_log(tmp_path: Path, opened: Opening) -> None:
    log = tmp_path / "log.db"
    async with opened(log) as desktop:
        await desktop.press("enter")
        await desktop.say("Zeus")
        await desktop.say("GPUs waste energy.")
        await desktop.say("Ann Advisor")
        await desktop.say("tue 14:00")
        await desktop.press("enter", "enter")
        assert "“tue 14:00” is no rule for a meeting" in " ".join(desktop.text().split())
        assert "Ann Advisor" in desktop.text()
        assert not log.exists()


async def test_escape_in_the_first_run_goes_back_and_loses_nothing(tmp_path: Path, opened: Opening) -> None:
    log = tmp_path / "log.db"
    async with opened(log) as desktop:
        await desktop.press("enter")
        for answer in ("Zeus", "GPUs waste energy.", "Ann Advisor, Ben", "tue", "14:00", "60"):
            await desktop.say(answer)
        assert "Ann Advisor, Ben" in desktop.text()  # they are named, as one says what they are to one
        await desktop.press("escape")
        assert "2 of 2" in desktop.text()
        assert "Ann Advisor, Ben" in desktop.text()
        await desktop.press("escape")
        assert "GPUs waste energy." in desktop.text()
        await desktop.press("escape", "enter")
        assert "Zeus" in desktop.text()
        await desktop.press(*["enter"] * 7)
        assert any("Ann weekly" in row for row in desktop.rows("#coming"))


async def test_the_first_run_makes_a_project_and_a_series(tmp_path: Path, opened: Opening) -> None:
    log = tmp_path / "new" / "log.db"
    async with opened(log) as desktop:
        assert "The memory that your advisor has no time to keep" in desktop.text()
        assert "Add a line" not in desktop.text().splitlines()[-1]  # there is no log yet to add it to
        await desktop.press("enter")
        for answer in ("Zeus", "GPUs waste energy. We cap them.", "Ann Advisor", "tue", "14:00", "60"):
            await desktop.say(answer)
        await desktop.press("enter")
        assert isinstance(desktop.app.screen, Today)
        assert any("Ann weekly" in row for row in desktop.rows("#coming"))
    with reading(log) as connection:
        assert [project.name for project in people.projects(connection)] == ["Zeus"]


async def test_a_series_is_not_called_by_a_title(tmp_path: Path, opened: Opening) -> None:
    log = tmp_path / "new" / "log.db"
    async with opened(log) as desktop:
        await desktop.press("enter")
        for answer in ("Zeus", "GPUs waste energy.", "Prof. Mina Kim", "tue", "14:00", "60"):
            await desktop.say(answer)
        await desktop.press("enter")
        assert any("Mina weekly" in row for row in desktop.rows("#coming"))


async def test_help_says_that_there_are_more_keys_than_there_is_room_for(held: Path, opened: Opening) -> None:
    async with opened(held, size=(60, 24)) as desktop:
        assert "? Help…" in desktop.text().splitlines()[-1]
        await desktop.pilot.resize_terminal(140, 40)
        await desktop.settle()
        assert "? Help…" not in desktop.text().splitlines()[-1]


async def test_a_meeting_of_an_hour_may_be_said_so(tmp_path: Path, opened: Opening) -> None:
    log = tmp_path / "log.db"
    async with opened(log) as desktop:
        await desktop.press("enter")
        for answer in ("Zeus", "", "Ann Advisor", "tue", "14:00", "1h"):
            await desktop.say(answer)
        await desktop.press("enter")
    with reading(log) as connection:
        assert people.all_series(connection)[0].minutes == 60


async def test_the_sample_says_that_it_is_the_sample(tmp_path: Path, opened: Opening) -> None:
    from advisorlog.workflow import projects

    log = tmp_path / "advisorlog-demo-1" / "log.db"
    projects.new(log, config.now("UTC"), "Zeus", None, projects.ProjectFields())
    async with opened(log) as desktop:
        assert "the sample" in desktop.text().splitlines()[0]


async def test_ideas_of_a_day_have_no_curve_yet_and_say_how_to_name_them(
    weekly: Path, now: Moment, opened: Opening
) -> None:
    ideas_workflow.set_confidence(weekly, now, "cap", 60, ideas_workflow.Reason("one GPU"))
    async with opened(weekly) as desktop:
        desktop.app.show_idea("cap")
        await desktop.settle()
        assert "100%" not in desktop.text()
        assert "Write #cap in a line" in desktop.text()


async def test_a_mouse_opens_what_it_clicks(held: Path, opened: Opening) -> None:
    async with opened(held) as desktop:
        await desktop.pilot.click("#coming", offset=(5, 0))
        await desktop.settle()
        assert isinstance(desktop.app.screen, MeetingScreen)


async def test_a_mouse_goes_to_a_place_and_presses_a_key(held: Path, opened: Opening) -> None:
    async with opened(held) as desktop:
        await desktop.pilot.click(TopBar, offset=(12, 0))
        await desktop.settle()
        assert isinstance(desktop.app.screen, Ideas)
        new = next(key for key in desktop.app.screen.query(FooterKey) if key.description == "New")
        await desktop.pilot.click(new)
        await desktop.settle()
        assert "A new idea" in desktop.text()


# Fingers that are too fast


async def test_enter_twice_answers_once(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("m")
        await desktop.pilot.press("enter", "enter", "enter")
        await desktop.settle()
        assert isinstance(desktop.app.screen, MeetingScreen)


async def test_escape_twice_goes_back_once(held: Path, opened: Opening) -> None:
    async with opened(held) as desktop:
        await desktop.press("2", "v", "enter")
        await desktop.pilot.press("escape", "escape", "escape")
        await desktop.settle()
        assert isinstance(desktop.app.screen, Ideas)


async def test_a_form_filled_in_one_burst(weekly: Path, opened: Opening) -> None:
    from textual.events import Key

    async with opened(weekly) as desktop:
        await desktop.press("2", "n")
        line = desktop.app.screen.focused
        assert line is not None
        for letter in "One\rTwo\r7\r":
            line.post_message(Key("enter" if letter == "\r" else letter, letter))
        await desktop.settle()
    with reading(weekly) as connection:
        (idea,) = (each for each in ideas.ideas(connection, config.now("UTC")) if each.title == "One")
    assert idea.claim == "Two"
    assert idea.confidence == 7


async def test_what_is_typed_behind_a_choice_is_for_what_comes_next(weekly: Path, opened: Opening) -> None:
    from textual.events import Key

    async with opened(weekly) as desktop:
        await desktop.press("m", "enter")  # the dialog that begins a meeting, or plans it
        choices = desktop.app.screen.focused
        assert choices is not None
        for letter in "\rhalf 2":
            choices.post_message(Key("enter" if letter == "\r" else letter, letter))
        await desktop.settle()
        assert isinstance(desktop.app.screen, MeetingScreen)
        assert "half 2" in desktop.text()


async def test_a_needed_answer_is_asked_for_at_its_line(weekly: Path, opened: Opening) -> None:
    async with opened(weekly, size=(80, 24)) as desktop:
        await desktop.press("4", "n", "enter")
        assert "“What is it called?” needs an answer." in desktop.text()
        assert desktop.text().splitlines()[-1].strip() == "enter next line   esc leave it"
        await desktop.say("Lab")
        assert "needs an answer" not in desktop.text()
        assert desktop.text().splitlines()[-1].strip() == "enter next line   esc leave it   shift+tab line before"


async def test_the_foot_tells_the_keys_of_the_question_not_of_the_screen_behind_it(
    weekly: Path, opened: Opening
) -> None:
    async with opened(weekly, size=(80, 24)) as desktop:
        await desktop.press("4", "n")
        assert desktop.text().splitlines()[-1].strip() == "enter next line   esc leave it"
        await desktop.press("escape", "1", "m")
        assert desktop.text().splitlines()[-1].strip() == "enter choose   esc leave it"


async def test_what_is_told_in_passing_covers_nothing_that_one_reads(weekly: Path) -> None:
    app = AdvisorlogApp(replace(config.load(str(weekly)), theme="advisorlog-dark"))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        desktop = Desktop(app, pilot)
        await desktop.settle()
        before = desktop.text().splitlines()
        desktop.app.notify("Changed. u takes it back", markup=False)
        await desktop.settle()
        after = desktop.text().splitlines()
        assert "Changed. u takes it back" in after[0]
        assert after[1:] == before[1:]


async def test_a_question_says_how_to_answer_and_how_to_leave_it(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("m")
        assert "enter choose   esc leave it" in desktop.text()


async def test_a_long_answer_stays_to_be_read_when_another_is_refused(weekly: Path, opened: Opening) -> None:
    claim = "Lowering clocks while the loader stalls saves 8% energy at no slowdown at all"
    async with opened(weekly) as desktop:
        await desktop.press("2", "n")
        await desktop.say("Clocks")
        await desktop.say(claim)
        await desktop.say("about 60%")
        assert "is no confidence" in desktop.text()
        assert "no slowdown at all" in desktop.text()  # and no scroll bar lies on it


async def test_an_answer_that_is_needed_is_asked_for_by_its_name(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("2", "n", "enter", "enter", "enter")
        assert "“The idea in a few words” needs an answer." in desktop.text()


async def test_one_word_that_stands_in_a_field_is_typed_anew(held: Path, now: Moment, opened: Opening) -> None:
    async with opened(held) as desktop:
        desktop.app.wrap_up(SLUG)
        await desktop.settle()
        await desktop.press("tab", "enter", "enter")
        await desktop.say("2027-01-05")
        await desktop.press("enter", "escape")
    with reading(held) as connection:
        dues = {action.due for action in actions.open_actions(connection, now)}
    assert date(2027, 1, 5) in dues


async def test_a_question_that_was_left_has_what_was_typed_when_it_is_asked_again(
    weekly: Path, opened: Opening
) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("2", "n")
        assert "enter next line" in desktop.text()
        await desktop.say("A long thought")
        await desktop.type("that one does not want to lose")
        await desktop.press("escape", "n")
        assert "What you had typed is back." in desktop.text()
        assert "that one does not want to lose" in desktop.text()
        await desktop.press("enter", "enter")
        assert "enter make it" in desktop.text()
        await desktop.press("enter", "n")
        assert "A long thought" not in desktop.text().split("A new idea")[1]


async def test_a_series_that_was_nearly_made_is_not_typed_twice(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await desktop.press("4", "n")
        for answer in ("Ben weekly", "Ben", "mon", "10:00", "30"):
            await desktop.say(answer)
        await desktop.press("escape", "n")
        assert "Ben weekly" in desktop.text()
        await desktop.press(*["enter"] * 6)
        assert any("Ben weekly" in row for row in desktop.rows("#series"))


async def test_an_idea_gets_another_title_and_a_claim(weekly: Path, now: Moment, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        desktop.app.show_idea("cap")
        await desktop.settle()
        await desktop.press("o")
        assert any("e writes one" in each for each in desktop.notices())
        await desktop.press("e")
        await desktop.say(" of GPUs")
        await desktop.say("Caps lose at most 5% time")
    with reading(weekly) as connection:
        cap = ideas.idea(connection, "cap", now)
    assert (cap.title, cap.claim) == ("Cap the power of GPUs", "Caps lose at most 5% time")


async def test_a_series_is_moved_to_another_day_and_keeps_the_rest(weekly: Path, now: Moment, opened: Opening) -> None:
    from datetime import time

    series.edit(weekly, now, "zeus-weekly", series.SeriesFields(every="tue", at=time(14)))
    async with opened(weekly) as desktop:
        desktop.app.show_series("zeus-weekly")
        await desktop.settle()
        assert "every Tuesday, 14:00" in desktop.text()
        await desktop.press("e", "enter", "enter")
        await desktop.say("wed,fri")
        await desktop.press("enter", "enter")
        assert "every Wednesday and Friday, 14:00" in desktop.text()
    with reading(weekly) as connection:
        (found,) = people.all_series(connection)
    assert (found.title, found.minutes, found.role) == ("Zeus weekly", 60, Role.ADVISOR)
    assert [person.name for person in found.people] == ["Ann Advisor"]


# How one judges


async def test_what_was_seen_is_weighed_by_bayes_rule_and_kept(weekly: Path, now: Moment, opened: Opening) -> None:
    ideas_workflow.set_confidence(weekly, now, "cap", 50, ideas_workflow.Reason("one GPU"))
    async with opened(weekly) as desktop:
        desktop.app.show_idea("cap")
        await desktop.settle()
        await desktop.press("w", "enter")
        await desktop.say("3")
        await desktop.say("a second GPU agrees")
        assert "enter weigh it" in desktop.text()
        await desktop.press("enter")
        assert "50% → 75%" in desktop.text()
        assert "3 times as likely" in desktop.text()
        await desktop.press("enter")
    with reading(weekly) as connection:
        cap = ideas.idea(connection, "cap", now)
        last = ideas.events(connection, [cap.id], now)[-1]
    assert (cap.confidence, last.because, last.mood) == (75, "a second GPU agrees", False)


async def test_an_outcome_is_kept_and_scored(weekly: Path, now: Moment, opened: Opening) -> None:
    ideas_workflow.edit(weekly, now, "cap", ideas_workflow.IdeaFields(claim="Caps lose at most 5% time"))
    ideas_workflow.set_confidence(weekly, now, "cap", 90, ideas_workflow.Reason("3 of 3 GPUs"))
    async with opened(weekly) as desktop:
        desktop.app.show_idea("cap")
        await desktop.settle()
        await desktop.press("o", "enter")
        await desktop.say("holds on 3 of 3 GPUs")
        await desktop.press("enter")
        with reading(weekly) as connection:
            assert ideas.idea(connection, "cap", now).outcome is True
        await desktop.press("y")
        assert isinstance(desktop.app.screen, Judgement)
        assert any("#cap" in row for row in desktop.rows("#claims"))
        await desktop.press("enter")
        assert isinstance(desktop.app.screen, IdeaPage)


async def test_an_idea_at_rest_tells_why_and_what_would_bring_it_back(
    weekly: Path, now: Moment, opened: Opening
) -> None:
    ideas_workflow.move(
        weekly, now, "cap", IdeaStatus.KILLED, ideas_workflow.Reason("the baseline saves as much"), "A100s are gone"
    )
    async with opened(weekly) as desktop:
        await desktop.press("2", "y")
        (row,) = desktop.rows("#resting")
        assert "the baseline saves as much" in row
        assert "A100s are gone" in row


async def test_an_advice_that_resembles_a_dead_idea_says_so(weekly: Path, now: Moment, opened: Opening) -> None:
    ideas_workflow.move(weekly, now, "cap", IdeaStatus.KILLED, ideas_workflow.Reason("the baseline saves as much"))
    live.begin_with(weekly, now, "zeus-weekly")
    async with opened(weekly) as desktop:
        desktop.app.show_meeting(SLUG)
        await desktop.settle()
        await desktop.say("! Try it again #cap")
        assert "the baseline saves as much" in desktop.text()


# Mentees


async def test_a_mentee_s_pack_is_read_and_kept_as_sent(weekly: Path, now: Moment, opened: Opening) -> None:
    fields = series.SeriesFields(people=["Noor Haddad"], role=Role.MENTEE)
    series.new(weekly, now, "Noor mentoring", None, fields)
    before = Moment(now.at - timedelta(hours=1), now.zone)
    slug = live.begin_with(weekly, before, "noor-mentoring")
    capture.capture(weekly, ["! Heat the card first", "~ she seemed tired"], Place(before, slug), before)
    async with opened(weekly) as desktop:
        desktop.app.show_series("noor-mentoring")
        await desktop.settle()
        await desktop.press("f")
        assert isinstance(desktop.app.screen, PackScreen)
        assert "Heat the card first" in desktop.text()
        assert "tired" not in desktop.text()
        await desktop.press("s", "down", "enter")
    with reading(weekly) as connection:
        (sent,) = documents.all_sent(connection, 5)
    assert sent.to == "Noor Haddad"
    assert "Heat the card first" in sent.body


async def test_what_a_person_was_told_is_listed_and_opens(held: Path, opened: Opening) -> None:
    settings = config.load(str(held))
    preparing.send(settings, preparing.brief(settings, "zeus-weekly", None, None, False), "md")
    async with opened(held) as desktop:
        desktop.app.show_person("ann")
        await desktop.settle()
        await desktop.press("t")
        assert isinstance(desktop.app.screen, ToldScreen)
        (place,) = [number for number, row in enumerate(desktop.rows("#told")) if "Which deadline?" in row]
        await desktop.press(*["down"] * place, "enter")
        assert isinstance(desktop.app.screen, EntryPage)


async def test_quitting_before_a_worker_has_begun_leaves_no_warning_behind(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        app = desktop.app
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            app._warm_up()  # pyright: ignore[reportPrivateUsage]
            cast(Today, app.screen).later(desktop.settle)
            app.workers.cancel_all()
            await desktop.settle()
            gc.collect()
    assert [str(each.message) for each in warned] == []


@pytest.mark.parametrize("name", ["nord", "solarized-light", "dracula", "ansi-dark"])
async def test_in_other_themes_what_is_quiet_can_be_read_under_the_cursor_too(
    held: Path, opened: Opening, name: str
) -> None:
    async with opened(held) as desktop:
        desktop.app.theme = name
        await desktop.settle()
        listed = desktop.app.screen.query_one("#promises", RecordList)
        listed.focus()
        await desktop.settle()
        style = listed.get_component_rich_style("option-list--option-highlighted")
        assert style.bgcolor is not None
        assert style.bgcolor not in (style.color, listed.rich_style.bgcolor)
        if name != "ansi-dark":  # there the terminal says what the colours are
            quiet = Color.parse(desktop.app.theme_variables["quiet"])
            assert abs(Color.from_rich_color(style.bgcolor).brightness - quiet.brightness) > 0.2
