"""Every screen as it looks: at two sizes, in both themes. `pytest --snapshot-update` takes new pictures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from advisorlog import config
from advisorlog.domain.kinds import Role
from advisorlog.domain.moments import Moment
from advisorlog.tui.app import AdvisorlogApp
from advisorlog.tui.dialogs import Ask, Field
from advisorlog.tui.screens.advice import PairPage
from advisorlog.tui.screens.judgement import Judgement
from advisorlog.tui.screens.pack import PackScreen
from advisorlog.tui.screens.proposals import ProposalsScreen
from advisorlog.tui.screens.told import ToldScreen
from advisorlog.workflow import capture, ideas, live, people, series
from advisorlog.workflow.capture import Place
from tests.tui.conftest import Desktop

SLUG = "2026-11-24-zeus-weekly"
LINES = (
    "! Compare with DVFS before claiming a win #cap",
    "+ 4.1 ± 0.7 points less energy on 16 A100, eight seeds #cap",
    "= 봄 마감에 제출한다 #batch",
    "[] Run the DVFS baseline @me ^2026-11-27 #cap",
    "~ 교수님이 피곤해 보이셨다 🙂",
    "* The baseline is the paper's weakest point",
)
NOTES = """We talked about the baselines.
Ann said I should compare with DVFS before claiming anything.
We decided to submit to the spring deadline."""
QUESTION = (Field("because", "Because?", "what was seen"), Field("sure", "How sure?", value="50"))
SCREENS: dict[str, Callable[[AdvisorlogApp], object]] = {
    "today": lambda app: None,
    "meeting": lambda app: app.show_meeting(SLUG),
    "wrap-up": lambda app: app.wrap_up(SLUG),
    "brief": lambda app: app.show_brief("series:zeus-weekly"),
    "ideas": lambda app: app.action_go("ideas"),
    "idea": lambda app: app.show_idea("cap"),
    "judgement": lambda app: app.push_screen(Judgement()),
    "log": lambda app: app.action_go("log"),
    "people": lambda app: app.action_go("people"),
    "person": lambda app: app.show_person("ann"),
    "series": lambda app: app.show_series("zeus-weekly"),
    "told": lambda app: app.push_screen(ToldScreen("ann")),
    "pack": lambda app: app.push_screen(PackScreen("minjun")),
    "entry": lambda app: app.show_entry(1),
    "add-line": lambda app: app.action_add_line(),
    "proposals": lambda app: app.push_screen(ProposalsScreen(NOTES, SLUG)),
    "assist": lambda app: app.action_assist(),
    "question": lambda app: app.push_screen(Ask("배치 크기", QUESTION, "50% now.")),
    "choice": lambda app: app.begin_with("zeus-weekly"),
    "pair": lambda app: app.push_screen(PairPage(1, 3)),
    "advice": lambda app: app.action_go("advice"),
    "help": lambda app: app.action_help(),
}


@pytest.fixture
def pictured(weekly: Path, now: Moment) -> Path:
    live.begin_with(weekly, now, "zeus-weekly")
    capture.capture(weekly, LINES, Place(now, SLUG), now)
    people.new(weekly, now, "김민준", "minjun", people.PersonFields())
    mentoring = series.SeriesFields(people=["minjun"], role=Role.MENTEE, project="zeus")
    series.new(weekly, now, "민준 mentoring", "minjun", mentoring)
    earlier = Moment(now.at - timedelta(hours=1), now.zone)
    met = live.begin_with(weekly, earlier, "minjun")
    lines = ["= Read the DVFS paper first @minjun", "~ he is too shy to ask"]
    capture.capture(weekly, lines, Place(earlier, met), earlier)
    live.end(weekly, now, met)
    days_ago = Moment(now.at - timedelta(days=9), now.zone)
    ideas.set_confidence(weekly, days_ago, "cap", 35, ideas.Reason("one GPU, one seed"))
    ideas.set_confidence(weekly, now, "cap", 70, ideas.Reason("3 of 3 GPUs agree"))
    return weekly


@pytest.mark.parametrize("theme", ["advisorlog-dark", "advisorlog-light"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_looks_as_it_should(
    screen: str, size: tuple[int, int], theme: str, pictured: Path, snap_compare: Callable[..., bool]
) -> None:
    app = AdvisorlogApp(replace(config.load(str(pictured)), theme=theme))

    async def arrive(pilot: Pilot[None]) -> None:
        desktop = Desktop(app, pilot)
        await desktop.settle()
        SCREENS[screen](app)
        await desktop.settle()

    assert snap_compare(app, terminal_size=size, run_before=arrive)


@pytest.mark.parametrize("theme", ["advisorlog-dark", "advisorlog-light"])
@pytest.mark.parametrize("size", [(80, 24), (140, 40)], ids=["80x24", "140x40"])
def test_the_first_start_looks_as_it_should(
    size: tuple[int, int], theme: str, tmp_path: Path, snap_compare: Callable[..., bool]
) -> None:
    app = AdvisorlogApp(replace(config.load(str(tmp_path / "log.db")), theme=theme))

    async def arrive(pilot: Pilot[None]) -> None:
        await Desktop(app, pilot).settle()

    assert snap_compare(app, terminal_size=size, run_before=arrive)
