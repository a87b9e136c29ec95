"""What a language model proposes is gone through on the screen, line by line; nothing is taken without a yes."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Markdown

from advisorlog.domain.kinds import Role
from advisorlog.domain.moments import Moment, moment_of
from advisorlog.store.connection import reading
from advisorlog.store.reading import guesses
from advisorlog.tui.screens.pack import PackScreen
from advisorlog.tui.screens.review import Review
from advisorlog.tui.screens.wrap_up import WrapUp
from advisorlog.workflow import capture, live, series
from advisorlog.workflow.capture import Place
from tests.assist.scripted import Act, Handler, serving, streams
from tests.tui.conftest import Desktop, Opening

Answer = Callable[[dict[str, Any]], object]


def at(local: str) -> Moment:
    """A time in UTC."""
    return moment_of(datetime.fromisoformat(local).replace(tzinfo=UTC), "UTC")


def answering(answer: Answer) -> Act:
    """An endpoint that looks at what it was sent before it answers."""

    def act(handler: Handler, body: dict[str, Any]) -> None:
        streams(json.dumps(answer(json.loads(body["messages"][1]["content"]))))(handler, body)

    return act


@pytest.fixture
def said(weekly: Path, now: Moment) -> Path:
    """Two meetings with Ann, of which the later one contradicts the earlier."""
    for day, lines in (
        ("2026-11-10", ["+ Caps save 4%.", "! Tune the batches first. #batch"]),
        ("2026-11-17", ["! Don't tune the batches first. #batch", "~ ! trust nobody"]),
    ):
        when = at(f"{day} 14:00")
        meeting = live.begin_with(weekly, when, "zeus-weekly")
        capture.capture(weekly, lines, Place(when, meeting), when)
        live.end(weekly, when, meeting)
    return weekly


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Settings with one task switched on."""

    def set_up(url: str, task: str) -> None:
        file = tmp_path / "config.toml"
        file.write_text(f'[assist]\nurl = "{url}"\nmodel = "little"\ntasks = ["{task}"]\nseconds = 20\n')
        monkeypatch.setenv("ADVISORLOG_CONFIG", str(file))

    return set_up


def notices(desktop: Desktop) -> str:
    return "\n".join(str(each.message) for each in desktop.app._notifications)  # pyright: ignore[reportPrivateUsage]


async def test_the_lines_of_a_brief_are_accepted_one_by_one(
    said: Path, opened: Opening, model: Callable[[str, str], None]
) -> None:
    def choose(sent: dict[str, Any]) -> object:
        assert "trust nobody" not in str(sent)
        lines = [{"sentence": each["sentence"], "quote": each["text"]} for each in sent["sentences"]]
        return {"lines": [*reversed(lines), {"sentence": 1, "quote": "You never tuned anything."}]}

    with serving(answering(choose)) as server:
        model(server.url, "condense")
        async with opened(said, size=(110, 40)) as desktop:
            await desktop.press("b")
            before = desktop.text()
            assert "tune the batches first" in before
            await desktop.press("m")
            assert isinstance(desktop.app.screen, Review)
            shown = "\n".join(desktop.rows("#review"))
            assert "You never tuned anything." in shown
            assert "Dropped, as no record bears it out" in shown
            assert "0 accepted" in desktop.text()
            await desktop.press("s")
            assert desktop.text() == before, "nothing was accepted, so nothing changed"
            await desktop.press("m", "y", "s")
            assert "Arranged with the model" in desktop.text()
            await desktop.press("m")
            assert "Arranged with the model" not in desktop.text()
            assert "tune the batches first" in desktop.text()
    assert len(server.requests) == 1, "the second time the answer was kept"


async def test_a_summary_is_arranged_until_its_takeaways_change(
    said: Path, opened: Opening, model: Callable[[str, str], None], now: Moment
) -> None:
    with reading(said) as connection:
        slug = connection.execute("SELECT slug FROM meeting ORDER BY starts_at DESC").fetchone()[0]
    capture.capture(said, ["= First the batches.", "= Then the caps."], Place(now, slug), now)

    def choose(sent: dict[str, Any]) -> object:
        assert "trust nobody" not in str(sent)
        found = next(each for each in sent["sentences"] if "Then the caps" in each["text"])
        return {"lines": [{"sentence": found["sentence"], "quote": found["text"]}]}

    with serving(answering(choose)) as server:
        model(server.url, "condense")
        async with opened(said, size=(140, 40)) as desktop:
            desktop.app.push_screen(WrapUp(slug))
            await desktop.settle()
            preview = desktop.app.screen.query_one("#summary", Markdown)
            assert "First the batches" in str(preview.source)
            await desktop.press("m", "y", "s")
            assert "Arranged with the model" in desktop.text()
            assert "Then the caps" in str(preview.source)
            assert "First the batches" not in str(preview.source)
            await desktop.press("m")
            assert "First the batches" in str(preview.source)
            await desktop.press("m", "y", "s")
            assert "First the batches" not in str(preview.source)
            await desktop.press("n", *"One more", "enter")
            assert "The takeaways changed" in notices(desktop)
            assert "First the batches" in str(preview.source)
            assert "One more" in str(preview.source)


async def test_escape_takes_nothing(said: Path, opened: Opening, model: Callable[[str, str], None]) -> None:
    def choose(sent: dict[str, Any]) -> object:
        return {"lines": [{"sentence": each["sentence"], "quote": each["text"]} for each in sent["sentences"]]}

    with serving(answering(choose)) as server:
        model(server.url, "condense")
        async with opened(said) as desktop:
            await desktop.press("b", "m", "y", "y", "escape")
            assert not isinstance(desktop.app.screen, Review)
            assert "Arranged with the model" not in desktop.text()


async def test_without_the_users_leave_the_model_is_not_asked(said: Path, opened: Opening) -> None:
    async with opened(said) as desktop:
        await desktop.press("b", "m")
        assert not isinstance(desktop.app.screen, Review)
        assert "you have not switched it on" in notices(desktop)


async def test_other_words_take_the_place_of_the_sentence_and_say_so(
    said: Path, opened: Opening, model: Callable[[str, str], None]
) -> None:
    def reword(sent: dict[str, Any]) -> object:
        return {
            "rewrites": [{"finding": each["finding"], "rewrite": "With caps, 4% saved."} for each in sent["findings"]]
        }

    with serving(answering(reword)) as server:
        model(server.url, "rewrite")
        async with opened(said, size=(110, 60)) as desktop:
            await desktop.press("b", "r")
            assert isinstance(desktop.app.screen, Review), notices(desktop)
            assert "“Caps save 4%.”" in desktop.rows("#review")[0]
            await desktop.press("y", "s")
            assert "With caps, 4% saved." in desktop.text()
            assert "reworded by the model" in desktop.text()
            await desktop.press("r")
            assert "Caps save 4%." in desktop.text()
            assert "reworded by the model" not in desktop.text()


async def test_reasons_that_are_accepted_become_the_question(
    said: Path, opened: Opening, model: Callable[[str, str], None]
) -> None:
    def suggest(sent: dict[str, Any]) -> object:
        found = next(each for each in sent["sentences"] if "Caps save" in each["text"])
        return {"lines": [{"sentence": found["sentence"], "quote": found["text"]}]}

    with serving(answering(suggest)) as server:
        model(server.url, "guess")
        async with opened(said) as desktop:
            await desktop.press("3", "enter")
            desktop.app.show_entry(advice(said))
            await desktop.settle()
            await desktop.press("W", "y", "s")
            with reading(said) as connection:
                (made,) = guesses.guesses(connection, desktop.app.desk.now())
    assert "Caps save 4%" in made.question


def advice(log: Path) -> int:
    with reading(log) as connection:
        return connection.execute("SELECT max(id) FROM entry WHERE text LIKE 'Don''t tune%'").fetchone()[0]


async def test_pairs_come_in_the_order_of_the_model_and_stay_open(
    said: Path, opened: Opening, model: Callable[[str, str], None]
) -> None:
    with serving(
        answering(lambda sent: {"pairs": [{"pair": each["pair"], "conflict": "likely"} for each in sent["pairs"]]})
    ) as server:
        model(server.url, "tension")
        async with opened(said, size=(110, 40)) as desktop:
            await desktop.press("5")
            rows = desktop.rows("#pairs")
            assert "Tune the batches" in rows[0]
            await desktop.press("m")
            assert "the model: likely" in desktop.rows("#pairs")[0]
            assert len(desktop.rows("#pairs")) == len(rows)


async def test_keywords_that_are_accepted_stand_in_the_pack_and_say_whose_they_are(
    said: Path, now: Moment, opened: Opening, model: Callable[[str, str], None]
) -> None:
    fields = series.SeriesFields(people=["Noor Karim"], role=Role.MENTEE, minutes=30)
    series.new(said, now, "Noor weekly", None, fields)
    when = at("2026-11-23 10:00")
    meeting = live.begin_with(said, when, "noor-weekly")
    capture.capture(said, ["! Read about power capping."], Place(when, meeting), when)
    live.end(said, when, meeting)

    def suggest(sent: dict[str, Any]) -> object:
        one = sent["sentences"][0]
        words = ("power capping of GPUs", "quantum cooking")
        return {"keywords": [{"sentence": 1, "quote": one["text"], "keyword": word} for word in words]}

    with serving(answering(suggest)) as server:
        model(server.url, "keywords")
        async with opened(said, size=(110, 40)) as desktop:
            desktop.app.push_screen(PackScreen("noor"))
            await desktop.settle()
            await desktop.press("m")
            assert "quantum cooking: it has no word in common" in "\n".join(desktop.rows("#review"))
            await desktop.press("y", "s")
            assert "Suggested by a language model: power capping of GPUs" in " ".join(desktop.text().split())
            await desktop.press("m")
            assert "Suggested by" not in desktop.text()
