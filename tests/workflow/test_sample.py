"""The sample log: what was sent was sent then, and each part of the program has something believable to show."""

import sqlite3
from collections.abc import Generator
from pathlib import Path

import pytest

from advisorlog.config import Settings, load
from advisorlog.documents import comparison, ledger
from advisorlog.documents.document import Document
from advisorlog.domain import guess
from advisorlog.domain.guess import Answered, Verdict
from advisorlog.domain.kinds import DocumentKind, Role
from advisorlog.domain.moments import moment
from advisorlog.store import doctor
from advisorlog.store.connection import reading
from advisorlog.store.doctor import Severity
from advisorlog.store.reading import documents, entries, graveyard, guesses, meetings, people, tensions
from advisorlog.workflow import calibrating, preparing, sample

NOW = moment("2026-11-24T03:00:00Z", "America/New_York")


@pytest.fixture
def connection(sample_log: Path) -> Generator[sqlite3.Connection]:
    with reading(sample_log) as opened:
        yield opened


@pytest.fixture
def settings(sample_log: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("ADVISORLOG_NOW", sample.NOW)
    return load(str(sample_log))


def section(document: Document, key: str) -> list[str]:
    """The labels of a section's items."""
    return [item.label for part in document.sections if part.key == key for item in part.items]


def test_a_brief_went_out_before_and_a_summary_after_each_meeting_with_an_advisor(
    connection: sqlite3.Connection,
) -> None:
    advisors = [each for each in people.all_series(connection) if each.role is Role.ADVISOR]
    assert len(advisors) == 2
    sent = {(each.meeting_id, each.kind): each for each in documents.all_sent(connection, 1000)}
    held = [each for series in advisors for each in meetings.last_held(connection, series.id, NOW, 1000)]
    assert len(held) > 50
    assert len(sent) == 2 * len(held)
    for meeting in held:
        assert sent[meeting.id, DocumentKind.BRIEF].sent.at < meeting.starts.at
        assert sent[meeting.id, DocumentKind.TODO].sent.at > meeting.starts.at


def test_what_was_sent_is_what_the_program_writes_as_of_then(connection: sqlite3.Connection) -> None:
    """So nothing in a document was said after it was sent, and nothing in it is private."""
    private = {row["text"] for row in connection.execute("SELECT text FROM entry WHERE visibility = 'private'")}
    assert private
    for sent in documents.all_sent(connection, 1000):
        assert not [text for text in private if text in sent.body]
        numbers = [number for record, number in documents.cited(connection, sent.id) if record == "entry"]
        assert all(each.said.at <= sent.sent.at for each in entries.by_ids(connection, numbers).values())


def test_the_brief_says_what_its_reader_may_not_know(settings: Settings, connection: sqlite3.Connection) -> None:
    ruth = people.series(connection, "ruth-weekly")
    labels = section(preparing.brief_in(connection, ruth, NOW, 350), "not-known")
    assert {"Corrected", "Told differently", "Told long ago", "Decided in Tomas biweekly"} <= set(labels)
    short = preparing.brief(settings, "ruth-weekly", None, None, False).rendered("md")
    assert "(you were told “9.0%” on 16 Nov)" in short
    assert "**Expected:** “Eight pairs on top of the cap" in short


def test_each_advisor_was_told_things_and_their_state_has_moved_since(connection: sqlite3.Connection) -> None:
    for name in ("ruth", "tomas"):
        facts = ledger.facts(connection, people.person(connection, name), NOW)
        assert len(facts) > 50
        assert any(each.has_changed for each in facts)
    assert ledger.facts(connection, people.person(connection, "noor"), NOW) == []


def test_a_pair_of_advice_stands_beside_the_documents_that_each_adviser_had(connection: sqlite3.Connection) -> None:
    found = comparison.read(connection, 711, 817, NOW)
    for context, spoken in ((found.first_context, found.first), (found.second_context, found.second)):
        assert {each.kind for each in context.documents} == {DocumentKind.BRIEF, DocumentKind.TODO}
        assert all(each.sent.at < spoken.said.at for each in context.documents)
    assert found.only_first
    assert found.only_second
    assert found.between.results
    assert found.tension is None


def test_some_pairs_are_settled_and_do_not_come_back(connection: sqlite3.Connection) -> None:
    settled = {each.pair for each in tensions.tensions(connection, NOW)}
    assert len(settled) == 4
    found = comparison.open_candidates(connection, NOW)
    assert len(found) > 10
    assert not settled & {frozenset((each.first.id, each.second.id)) for each in found}


def test_guesses_were_tested_with_both_advisors_over_more_than_one_half_year(connection: sqlite3.Connection) -> None:
    found = guesses.guesses(connection, NOW)
    rates = guess.rates(
        Answered(each.adviser_name or "", each.resolved.day, each.verdict)
        for each in found
        if each.verdict and each.resolved
    )
    assert {each.adviser for each in rates} == {"Ruth Adeyemi", "Tomas Lindqvist"}
    assert min(sum(each.adviser == name for each in rates) for name in ("Ruth Adeyemi", "Tomas Lindqvist")) > 2
    assert {each.verdict for each in found} == {None, *Verdict}


def test_the_prep_sheet_has_all_that_it_can_have(settings: Settings) -> None:
    sheet = preparing.brief(settings, "ruth-weekly", None, None, True).rendered("md")
    assert [line.removeprefix("## ") for line in sheet.splitlines() if line.startswith("## ")] == [
        "Resting ideas whose day has come",
        "Settle this time",
        "May conflict",
        "Guesses to test",
        "Private notes",
        "Concerns",
        "Lower by mood than by evidence",
        "Best times",
    ]


def test_ideas_at_rest_say_what_would_revive_them_and_one_is_due(connection: sqlite3.Connection) -> None:
    found = graveyard.resting(connection, NOW)
    assert all(each.condition for each in found)
    assert [each.idea.slug for each in found if each.is_due(NOW.day)] == ["carbon-hours"]
    back = graveyard.returned(connection, "Tune the batch size together with the cap", NOW)
    assert [each.idea.slug for each in back][:1] == ["batch-and-cap"]


def test_claims_were_settled_both_ways(connection: sqlite3.Connection) -> None:
    found = calibrating.calibrated(connection, NOW)
    assert {claim.outcome for claim in found.claims} == {True, False}


def test_the_sample_is_whole(sample_log: Path) -> None:
    assert {each.severity for each in doctor.examine(sample_log, NOW)} <= {Severity.NOTE}
