"""What each reader was told, and what the next brief makes of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from advisorlog.documents import ledger
from advisorlog.documents.ledger import Fact
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading, transaction
from advisorlog.store.reading import documents, people
from advisorlog.store.undo import undo
from advisorlog.workflow import entries, preparing
from tests.workflow.conftest import SERIES, Vault

TOMAS = SERIES.replace("zeus-weekly", "tomas").replace("Zeus weekly", "Tomas").replace("Ann Advisor", "Tomas Second")
IDEA = """---
kind: idea
id: cap
title: Caps save energy
project: zeus
history:
  - {{on: 2026-01-08, status: spark, confidence: 40, because: a hunch}}
{more}---
"""
RESULT = "result: 4% less energy on the A100, five seeds #cap"


def at(day: str) -> Moment:
    return Moment(datetime.fromisoformat(day).replace(hour=9, tzinfo=UTC), "UTC")


def send(vault: Vault, monkeypatch: pytest.MonkeyPatch, series: str, day: str) -> None:
    monkeypatch.setenv("ADVISORLOG_NOW", f"{day}T09:00+00:00")
    prepared = preparing.brief(vault.settings, series, None, 2000, False)
    preparing.send(vault.settings, prepared, "md")


def unknown(vault: Vault, monkeypatch: pytest.MonkeyPatch, series: str, day: str) -> str:
    """The section “You may not know” of a brief with room for everything."""
    monkeypatch.setenv("ADVISORLOG_NOW", f"{day}T09:00+00:00")
    text = preparing.brief(vault.settings, series, None, 2000, False).rendered("md")
    return text.partition("## You may not know")[2].partition("\n## ")[0]


def facts(vault: Vault, name: str, day: str) -> dict[str, Fact]:
    with reading(vault.settings.log) as connection:
        found = ledger.facts(connection, people.person(connection, name), at(day))
    return {fact.words: fact for fact in found}


@pytest.fixture
def two_advisors(vault: Vault) -> Vault:
    vault.write("tomas.md", TOMAS)
    vault.write("cap.md", IDEA.format(more=""))
    vault.meeting("2026-01-06", RESULT, "private: note: he seemed tired", "[ ] Run the baseline @me ^2026-01-20")
    vault.bring_in()
    return vault


def test_a_fact_says_when_it_was_told_how_often_and_by_which_document(
    two_advisors: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in ("2026-01-10", "2026-01-13"):
        send(two_advisors, monkeypatch, "zeus-weekly", day)
    told = facts(two_advisors, "ann-advisor", "2026-01-14")
    assert any("4% less energy" in words for words in told)
    (fact,) = [each for words, each in told.items() if "Run the baseline" in words]
    assert (fact.first.day.isoformat(), fact.last.day.isoformat()) == ("2026-01-10", "2026-01-13")
    assert (fact.times, fact.document_id) == (2, 2)
    assert not [words for words in told if "tired" in words]
    assert facts(two_advisors, "tomas-second", "2026-01-14") == {}
    assert facts(two_advisors, "ann-advisor", "2026-01-09") == {}


def test_a_promise_is_told_as_it_stood_and_as_it_stands(two_advisors: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    send(two_advisors, monkeypatch, "zeus-weekly", "2026-01-10")
    two_advisors.meeting(
        "2026-01-06",
        RESULT,
        "private: note: he seemed tired",
        "- [x] Run the baseline @me ^2026-01-20",
        "  - 2026-01-12 done: 3 GPUs",
    )
    two_advisors.bring_in()
    told = facts(two_advisors, "ann-advisor", "2026-01-14")
    (fact,) = [each for words, each in told.items() if "Run the baseline" in words]
    assert (fact.then, fact.now, fact.has_changed) == ("open, due 2026-01-20", "done", True)


def test_what_two_advisors_were_told_differently_is_said_to_who_heard_the_older(
    two_advisors: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(two_advisors, monkeypatch, "zeus-weekly", "2026-01-10")
    assert "Told differently" not in unknown(two_advisors, monkeypatch, "zeus-weekly", "2026-01-20")
    more = '  - {on: 2026-01-15, confidence: 70, because: "five seeds agree"}\n'
    two_advisors.write("cap.md", IDEA.format(more=more))
    two_advisors.bring_in()
    send(two_advisors, monkeypatch, "tomas", "2026-01-16")
    said = unknown(two_advisors, monkeypatch, "zeus-weekly", "2026-01-20")
    assert "Caps save energy (you were told 40% on 10 Jan, Tomas Second 70% on 16 Jan)" in said
    assert "Told differently" not in unknown(two_advisors, monkeypatch, "tomas", "2026-01-20")
    send(two_advisors, monkeypatch, "zeus-weekly", "2026-01-21")
    assert "Told differently" not in unknown(two_advisors, monkeypatch, "zeus-weekly", "2026-01-22")


def test_what_an_idea_rests_on_is_told_again_once_it_was_long_ago(
    two_advisors: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reading(two_advisors.settings.log) as connection:
        (number,) = [row["id"] for row in connection.execute("SELECT id FROM entry WHERE kind = 'result'")]
    from advisorlog.workflow import ideas

    reason = ideas.Reason("five seeds", evidence=(str(number),))
    ideas.set_confidence(two_advisors.settings.log, at("2026-01-09"), "cap", 70, reason)
    send(two_advisors, monkeypatch, "zeus-weekly", "2026-01-10")
    assert "Told long ago" not in unknown(two_advisors, monkeypatch, "zeus-weekly", "2026-03-10")
    two_advisors.meeting("2026-06-01", "decision: Submit in the fall")
    two_advisors.bring_in()
    said = unknown(two_advisors, monkeypatch, "zeus-weekly", "2026-06-10")
    assert "**Told long ago:** “4% less energy on the A100, five seeds" in said
    assert "10 Jan" in said


def test_a_fact_that_became_private_keeps_its_place_and_loses_its_words(
    two_advisors: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(two_advisors, monkeypatch, "zeus-weekly", "2026-01-10")
    two_advisors.meeting("2026-01-06", f"private: {RESULT}", "[ ] Run the baseline @me ^2026-01-20")
    two_advisors.bring_in()
    told = facts(two_advisors, "ann-advisor", "2026-01-14")
    assert not [words for words in told if "4% less" in words]


def test_a_line_that_was_reworded_since_says_in_which_words_it_was_told(
    two_advisors: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(two_advisors, monkeypatch, "zeus-weekly", "2026-01-10")
    with reading(two_advisors.settings.log) as connection:
        (number,) = [row["id"] for row in connection.execute("SELECT id FROM entry WHERE kind = 'result'")]
    assert not [fact for fact in facts(two_advisors, "ann-advisor", "2026-01-11").values() if fact.has_changed]
    entries.edit(two_advisors.settings.log, at("2026-01-12"), number, "+ 3% less energy, after the fix #cap")
    told = facts(two_advisors, "ann-advisor", "2026-01-13")
    (fact,) = [each for words, each in told.items() if words.startswith("3% less energy")]
    assert (fact.then, fact.now) == ("told as “4% less energy on the A100, five seeds #cap”", "reworded")
    said = unknown(two_advisors, monkeypatch, "zeus-weekly", "2026-01-13")
    assert "**Corrected:** “3% less energy, after the fix" in said
    assert "(you were told “4% less energy on the A100, five seeds" in said  # hardly a word of it is left
    assert "on 10 Jan)" in said
    assert "Corrected" not in unknown(two_advisors, monkeypatch, "tomas", "2026-01-13")
    with transaction(two_advisors.settings.log, "undo", at("2026-01-14")) as connection:
        undo(connection)
    assert not [fact for fact in facts(two_advisors, "ann-advisor", "2026-01-15").values() if fact.has_changed]


def test_of_a_correction_only_the_words_that_changed_are_quoted(
    two_advisors: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(two_advisors, monkeypatch, "zeus-weekly", "2026-01-10")
    log = two_advisors.settings.log
    with reading(log) as connection:
        (number,) = [row["id"] for row in connection.execute("SELECT id FROM entry WHERE kind = 'result'")]
    entries.edit(log, at("2026-01-12"), number, "+ 3% less energy on the A100, five seeds #cap")
    said = unknown(two_advisors, monkeypatch, "zeus-weekly", "2026-01-13")
    assert "(you were told “4%” on 10 Jan)" in said


def test_other_spelling_is_no_correction_and_one_that_was_told_is_told_no_more(
    two_advisors: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(two_advisors, monkeypatch, "zeus-weekly", "2026-01-10")
    log = two_advisors.settings.log
    with reading(log) as connection:
        (number,) = [row["id"] for row in connection.execute("SELECT id FROM entry WHERE kind = 'result'")]
    entries.edit(log, at("2026-01-11"), number, "+ 4% less energy on the A100: five seeds. #cap")
    assert "Corrected" not in unknown(two_advisors, monkeypatch, "zeus-weekly", "2026-01-12")
    entries.edit(log, at("2026-01-12"), number, "+ 3% less energy on the A100: five seeds. #cap")
    send(two_advisors, monkeypatch, "zeus-weekly", "2026-01-13")
    assert "Corrected" not in unknown(two_advisors, monkeypatch, "zeus-weekly", "2026-01-14")


def test_the_earlier_words_of_a_line_that_is_private_now_are_not_shown(
    two_advisors: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(two_advisors, monkeypatch, "zeus-weekly", "2026-01-10")
    with reading(two_advisors.settings.log) as connection:
        (number,) = [row["id"] for row in connection.execute("SELECT id FROM entry WHERE kind = 'result'")]
    entries.edit(two_advisors.settings.log, at("2026-01-12"), number, "~ + 3% less energy, after the fix #cap")
    told = facts(two_advisors, "ann-advisor", "2026-01-13")
    assert [fact.then for words, fact in told.items() if words == "(private now)"] == [""]


def test_the_day_of_a_telling_is_the_sender_s_own(two_advisors: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half past ten in the evening in New York is the next day in UTC."""
    settings = replace(two_advisors.settings, zone="America/New_York")
    monkeypatch.setenv("ADVISORLOG_NOW", "2026-01-10T22:30-05:00")
    preparing.send(settings, preparing.brief(settings, "zeus-weekly", None, 2000, False), "md")
    with reading(settings.log) as connection:
        reader = people.person(connection, "ann-advisor")
        told = documents.told(connection, [reader.id], at("2026-02-01"))
    assert {each.when.day.isoformat() for each in told.values()} == {"2026-01-10"}
