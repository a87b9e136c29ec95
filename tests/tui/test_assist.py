"""Proposals from pasted notes, and the page of the language model."""

import json
from pathlib import Path

import pytest
from textual.events import Paste

from advisorlog.tui.screens.assist import AssistScreen
from advisorlog.tui.screens.proposals import ProposalsScreen
from advisorlog.tui.widgets.capture_line import CaptureLine
from tests.assist.scripted import answers, serving
from tests.tui.conftest import Desktop, Opening

NOTES = "We decided to drop the 8-GPU experiment.\nNice weather.\nI'll send the draft to Ann by Friday."
SLUG = "2026-11-24-zeus-weekly"


async def pasted(desktop: Desktop) -> None:
    await desktop.press("m", "enter", "enter")
    desktop.app.screen.query_one(CaptureLine).box.post_message(Paste(NOTES))
    await desktop.settle()
    await desktop.press("ctrl+y")
    assert isinstance(desktop.app.screen, ProposalsScreen)


def kept(desktop: Desktop) -> list[tuple[str, str]]:
    return [(str(each.kind), each.origin) for each in desktop.entries(SLUG)]


async def test_pasted_notes_are_stored_and_what_they_hold_is_offered(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await pasted(desktop)
        assert [kind for kind, _ in kept(desktop)] == ["note", "note", "note"]
        rows = desktop.rows("#proposals")
        assert len(rows) == 2
        assert "We decided to drop" in desktop.text()
        await desktop.press("x", "y")
        assert kept(desktop)[3:] == [("todo", "rules")]
        assert desktop.rows("#proposals") == ["Nothing is left to look at."]
        await desktop.press("escape")
        assert not isinstance(desktop.app.screen, ProposalsScreen)


async def test_the_model_is_asked_only_where_it_was_switched_on(weekly: Path, opened: Opening) -> None:
    async with opened(weekly) as desktop:
        await pasted(desktop)
        await desktop.press("m")
        notices = desktop.notices()
        assert any("you have not switched it on" in notice for notice in notices)


async def test_the_models_proposals_are_marked_and_accepted_one_by_one(
    weekly: Path, opened: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = {"sentence": 2, "quote": "Nice weather.", "kind": "takeaway", "owner": "", "due": ""}
    with serving(answers({"entries": [entry]})) as server:
        file = tmp_path / "config.toml"
        file.write_text(f'[assist]\nurl = "{server.url}"\nmodel = "little"\ntasks = ["propose"]\nseconds = 20\n')
        monkeypatch.setenv("ADVISORLOG_CONFIG", str(file))
        async with opened(weekly) as desktop:
            await pasted(desktop)
            await desktop.press("m")
            assert "the model" in desktop.rows("#proposals")[0]
            await desktop.press("y")
            assert kept(desktop)[3:] == [("takeaway", "assist")]
    assert json.loads(server.requests[0]["messages"][1]["content"])["sentences"][1]["text"] == "Nice weather."


async def test_the_page_switches_tasks_and_keeps_the_file(
    weekly: Path, opened: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text("# mine\nbrief_words = 300\n")
    monkeypatch.setenv("ADVISORLOG_CONFIG", str(file))
    async with opened(weekly) as desktop:
        await desktop.press("f9")
        assert isinstance(desktop.app.screen, AssistScreen)
        assert "[ ] arrange briefs" in desktop.text()
        await desktop.press("enter")
        assert "[x] arrange briefs" in desktop.text()
        assert desktop.app.desk.settings.assist.tasks == {"condense"}
    assert file.read_text().startswith("# mine\nbrief_words = 300\n")
    assert 'tasks = ["condense"]' in file.read_text()
