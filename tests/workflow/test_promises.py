"""Whose a promise is, from the line that is typed to every page that shows it: what I owe is never shown as theirs."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisorlog import config
from advisorlog.cli.output import plain
from advisorlog.documents import brief, standing, summary
from advisorlog.documents.document import Document
from advisorlog.domain.kinds import ActionState, RecordKind, Role
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading, transaction
from advisorlog.store.lines import Said, store_action_event
from advisorlog.store.reading import actions, meetings
from advisorlog.store.reading import people as reading_people
from advisorlog.store.reading.rows import Action
from advisorlog.tui import standing as today
from advisorlog.workflow import capture, exporting, people, projects, series
from advisorlog.workflow import meetings as meeting_work
from advisorlog.workflow.capture import Captured, Place
from advisorlog.workflow.importing import import_paths

HELD = Moment(datetime(2026, 11, 17, 14, tzinfo=UTC))
SINCE = Moment(datetime(2026, 11, 20, 14, tzinfo=UTC))
NOW = Moment(datetime(2026, 11, 24, 9, tzinfo=UTC))
MEETING = "2026-11-17-zeus-weekly"
NAMES = {"me": "I", "ann": "You", "bo": "Bo Other", "stranger": "@stranger"}
"""Who may owe, and what the summary calls them to Ann."""


@dataclass(frozen=True)
class Promise:
    """What is typed, whose it is, and what became of it."""

    words: str
    owner: str
    begins: bool
    tags: str
    state: ActionState | None

    @property
    def line(self) -> str:
        name = "" if self.owner == "" else f"@{self.owner}"
        told = f"{name}: {self.words}" if self.begins and name else f"{self.words} {name}".strip()
        return f"[] {told} {self.tags}".strip()

    @property
    def whose(self) -> str:
        return self.owner or "me"


PROMISES = st.lists(
    st.builds(
        Promise,
        st.sampled_from(
            ["Run the sweep", "Send @bo the draft", "Ask @ann for the trace", "초록 쓰기", "Thank @me later"]
        ),
        st.sampled_from(["", "me", "ann", "bo", "stranger"]),
        st.booleans(),
        st.sampled_from(["", "^2026-11-20", "#sweep ^2026-12-01"]),
        st.sampled_from([None, ActionState.CARRIED, ActionState.RENEGOTIATED, ActionState.DONE, ActionState.DROPPED]),
    ),
    min_size=1,
    max_size=4,
)


@pytest.fixture
def weekly(log: Path) -> Path:
    """A log with Ann, whom I report to, Bo, and a meeting with Ann that was held."""
    projects.new(log, HELD, "Zeus", None, projects.ProjectFields(pitch="GPUs waste energy. We cap them."))
    people.new(log, HELD, "Bo Other", "bo", people.PersonFields())
    people.new(log, HELD, "Ann Advisor", "ann", people.PersonFields())
    series.new(log, HELD, "Zeus weekly", None, series.SeriesFields(people=["ann"], role=Role.ADVISOR, project="zeus"))
    assert meeting_work.new(log, HELD, meeting_work.MeetingFields(when="now", series="zeus-weekly")).slug == MEETING
    return log


def promised(log: Path, promises: list[Promise]) -> dict[int, Promise]:
    """Capture the lines in the meeting, and let become of them what became; the actions' numbers."""
    stored = capture.capture(log, [each.line for each in promises], Place(HELD, MEETING), HELD)
    found = {each.action_id: told for each, told in zip(stored, promises, strict=True) if isinstance(each, Captured)}
    with transaction(log, "settle", SINCE) as connection:
        for number, told in found.items():
            assert number is not None
            if told.state:
                store_action_event(connection, number, told.state, Said(SINCE, "cli"), because="it took long")
    return {number: told for number, told in found.items() if number is not None}


def labels(document: Document, sections: set[str]) -> dict[int, str]:
    return {
        cite.record_id: item.label
        for section in document.sections if section.key in sections
        for item in section.items
        for cite in item.cites if cite.record is RecordKind.ACTION
    }  # fmt: skip


def in_brief(told: Promise) -> set[str]:
    """How a brief to Ann may call it."""
    who = {"ann": "you", "bo": "Bo Other", "stranger": "@stranger"}.get(told.whose)
    if told.state is ActionState.DONE or told.state is ActionState.DROPPED:
        verb = told.state.capitalize()
        return {f"{verb} by {who}" if who else verb}
    return {f"From {who}"} if who else {"Open", "Slipped"}


def groups_of_today(connection: sqlite3.Connection) -> dict[int, str]:
    found: dict[int, str] = {}
    group = ""
    for row in today.read(connection, NOW).promises:
        if row.key is None:
            group = str(row.shown)
        else:
            found[int(row.key)] = group
    return found


@given(PROMISES)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_owed_by_whom_is_the_same_everywhere(weekly: Path, promises: list[Promise]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.db"
        shutil.copyfile(weekly, log)
        told = promised(log, promises)
        with reading(log) as connection:
            zeus = reading_people.series(connection, "zeus-weekly")
            document = brief.write(standing.read(connection, zeus, NOW), 3000)
            meeting = meetings.meeting(connection, MEETING)
            after = summary.write(summary.read(connection, meeting, NOW), 3000)
            found = {number: actions.action(connection, number, NOW) for number in told}
            groups = groups_of_today(connection)
        in_documents = labels(document, {"promises"}), labels(after, {"todo", "still-open"})
        for number, each in told.items():
            assert found[number].is_mine == (each.whose == "me")
            assert plain(found[number])["owner"] == {"stranger": None, "me": "me"}.get(each.whose, each.whose)
            assert in_documents[0][number] in in_brief(each)
            if each.state is not ActionState.DROPPED:
                assert in_documents[1][number] == NAMES[each.whose]
            if found[number].is_open:
                assert groups[number] == {"me": "Me", "ann": "Ann Advisor", "bo": "Bo Other"}.get(each.whose, "nobody")
        assert owners(found.values()) == owners(came_back(log, Path(folder)))


def owners(found: Iterable[Action]) -> list[tuple[str, str | None, str]]:
    return sorted((each.text, each.owner, each.state) for each in found)


def came_back(log: Path, folder: Path) -> list[Action]:
    """The promises of another log, which has taken in this one's Markdown."""
    told = replace(config.load(str(log)), log=log)
    exporting.export(told, folder / "vault", NOW, with_private=True, on_progress=lambda done, total: None)
    other = replace(told, log=folder / "other.db")
    import_paths(other, [folder / "vault"], False, lambda done, total: None)
    with reading(other.log) as connection:
        return actions.actions(connection, NOW)


def test_who_was_unknown_owes_it_once_they_are_known_and_nobody_else_does(weekly: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.db"
    shutil.copyfile(weekly, log)
    (number,) = promised(log, [Promise("Send @bystander the draft", "stranger", False, "", None)])
    people.new(log, NOW, "Bystander", "bystander", people.PersonFields())
    with reading(log) as connection:
        assert actions.action(connection, number, NOW).owner is None
    people.new(log, NOW, "Stranger", "stranger", people.PersonFields())
    with reading(log) as connection:
        assert actions.action(connection, number, NOW).owner == "stranger"


def test_what_a_reader_owes_is_in_their_brief_from_the_inbox_too(weekly: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.db"
    shutil.copyfile(weekly, log)
    typed = ["[] Send the trace @ann", "[] Review my draft @bo", "[] Clean the desk", "~ [] Thank @bo @ann"]
    stored = capture.capture(log, typed, Place(SINCE), SINCE)
    theirs, of_bo, mine, private = (each.action_id for each in stored if isinstance(each, Captured))
    with reading(log) as connection:
        zeus = reading_people.series(connection, "zeus-weekly")
        found = labels(brief.write(standing.read(connection, zeus, NOW), 3000), {"promises"})
    assert found == {theirs: "From you"}
    assert not {of_bo, mine, private} & found.keys()
