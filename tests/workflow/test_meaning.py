"""Vectors that follow the log, and what they are good for: search, and the order of two lists."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from advisorlog.documents import comparison
from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.lifecycle import IdeaStatus
from advisorlog.domain.moments import Moment
from advisorlog.domain.tension import Why
from advisorlog.errors import AdvisorlogError
from advisorlog.meaning.kept import VectorFile
from advisorlog.store.connection import reading
from advisorlog.store.search_filter import Filter
from advisorlog.workflow import entries, history, ideas
from advisorlog.workflow.capture import Captured, Place, capture
from advisorlog.workflow.meaning import making, ranking, searching
from tests.meaning import fakes
from tests.meaning.fakes import Fake, settings, use

ALL = Filter(frozenset(), None, None, None, include_private=True)
WAITING = "Wait for the slow ones."
SAVING = "Energy is what a cap is for."
TIRED = "I was tired and slept in bed."


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    return use(monkeypatch, Fake())


def add(log: Path, now: Moment, *lines: str) -> list[int]:
    found = capture(log, lines, Place(said=now), now)
    return [each.entry_id for each in found if isinstance(each, Captured)]


@pytest.fixture
def three(log: Path, now: Moment, fake: Fake) -> list[int]:
    """Three lines on three matters, and their vectors."""
    found = add(log, now, WAITING, SAVING, TIRED)
    making.rebuild(settings(log), fake)
    fake.asked.clear()
    return found


def near(log: Path, text: str, only: Filter = ALL, limit: int = 10) -> list[int]:
    return [each.hit.record_id for each in searching.like(settings(log), text, only, limit).near]


def test_what_is_near_is_found_in_other_words_nearest_first(log: Path, now: Moment, three: list[int]) -> None:
    both = add(log, now, "A cap saves watts while others pause.")
    assert near(log, "The power bill, in watts") == [three[1], *both]
    assert near(log, "late again") == [three[0], *both]
    assert near(log, "nothing of this") == []


def test_only_what_is_new_or_changed_is_made(log: Path, now: Moment, three: list[int], fake: Fake) -> None:
    making.rebuild(settings(log), fake)
    assert fake.asked == []
    entries.edit(log, now, three[0], "Rest first.")
    add(log, now, "Write the paper.")
    assert set(near(log, "sleep")) == {three[2], three[0]}
    assert sorted(fake.asked) == ["Rest first.", "Write the paper.", "sleep"]
    assert near(log, "wait") == []


def test_what_is_deleted_is_not_found_and_its_vector_goes(log: Path, now: Moment, three: list[int], fake: Fake) -> None:
    entries.remove(log, now, three[0])
    assert near(log, "wait") == []
    assert VectorFile(log).digests().keys() == {("entry", three[1]), ("entry", three[2])}
    history.take_back(log, now, None)
    assert near(log, "wait") == [three[0]]


def test_an_interrupted_run_keeps_what_it_made_and_goes_on(log: Path, now: Moment, fake: Fake) -> None:
    add(log, now, *[f"{WAITING} Number {number}." for number in range(3 * making.BATCH)])
    fake.fails_after = 2 * making.BATCH
    seen: list[tuple[int, int]] = []
    with pytest.raises(KeyboardInterrupt):
        making.rebuild(settings(log), fake, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(making.BATCH, 3 * making.BATCH), (2 * making.BATCH, 3 * making.BATCH)]
    assert len(VectorFile(log).all()) == 2 * making.BATCH
    fake.asked.clear()
    assert making.rebuild(settings(log), fake).good == 2 * making.BATCH
    assert len(fake.asked) == making.BATCH


def test_many_new_lines_are_left_for_a_rebuild_and_that_is_said(
    log: Path, now: Moment, three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "FEW", 1)
    add(log, now, "Pause.", "Idle.")
    entries.edit(log, now, three[2], "Book the room.")
    said: list[str] = []
    found = searching.like(settings(log), "wait", ALL, 10, said.append)
    assert [each.hit.record_id for each in found.near] == [three[0]]
    assert said == ["3 new or changed texts are left out: `advisorlog meaning rebuild` takes them in."]
    assert near(log, "tired") == [], "its words are others now"


def test_where_the_vectors_cannot_be_written_what_is_there_is_searched(
    log: Path, now: Moment, three: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise AdvisorlogError("The disk is full", "Free some space")

    add(log, now, "Pause.")
    monkeypatch.setattr(VectorFile, "put", full)
    said: list[str] = []
    found = searching.like(settings(log), "wait", ALL, 10, said.append)
    assert [each.hit.record_id for each in found.near] == [three[0]]
    assert said == ["What is new is left out: The disk is full. Free some space."]


def test_without_vectors_or_with_another_models_it_says_what_to_do(log: Path, now: Moment, fake: Fake) -> None:
    add(log, now, WAITING)
    with pytest.raises(AdvisorlogError, match="meaning rebuild"):
        near(log, "wait")
    making.rebuild(settings(log), fake)
    fake.fingerprint, fake.name = "fake 2", "another"
    with pytest.raises(AdvisorlogError, match="those of another model, a fake"):
        near(log, "wait")
    assert making.standing(settings(log), fake).good == 0
    making.rebuild(settings(log), fake)
    assert near(log, "wait")


def test_an_endpoint_that_changed_its_model_under_one_name_is_noticed(
    log: Path, now: Moment, three: list[int], fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fakes, "MATTERS", fakes.MATTERS[:2])
    with pytest.raises(AdvisorlogError, match="several models"):
        near(log, "wait")
    add(log, now, "Pause.")
    with pytest.raises(AdvisorlogError, match="meaning clear"):
        near(log, "wait")


def test_what_the_model_does_not_read_is_left_out_and_not_asked(log: Path, now: Moment, fake: Fake) -> None:
    add(log, now, WAITING, "기다리세요.", "14.2")
    assert making.rebuild(settings(log), fake).left_out == 2
    assert fake.asked == [WAITING]
    with pytest.raises(AdvisorlogError, match="does not read this"):
        near(log, "기다려")


def test_the_filters_of_search_hold_here_too(log: Path, now: Moment, fake: Fake) -> None:
    earlier = Moment(datetime(2026, 1, 1, tzinfo=UTC))
    (old,) = add(log, earlier, "! Wait.")
    (new,) = add(log, now, "= Wait a little.")
    (private,) = add(log, now, "~ wait, slow")
    ideas.new(log, now, "Wait for power", "waiting", ideas.IdeaFields(), ideas.Beginning())
    making.rebuild(settings(log), fake)
    assert set(near(log, "wait")) >= {old, new, private}
    assert near(log, "wait", Filter(frozenset({EntryKind.ADVICE}), None, None, None, True)) == [old]
    open_ones = searching.like(settings(log), "wait", Filter(frozenset(), None, None, None, False), 10).near
    assert {(each.hit.record, each.hit.record_id) for each in open_ones} == {
        ("entry", old), ("entry", new), ("idea", 1),
    }  # fmt: skip
    since = Filter(frozenset(EntryKind), Moment(now.at - timedelta(days=1)), None, None, True)
    assert set(near(log, "wait", since)) == {new, private}
    until = Filter(frozenset(), None, Moment(now.at - timedelta(days=1)), None, True)
    assert near(log, "wait", until) == [old]
    assert near(log, "wait", Filter(frozenset(), None, None, 99, True)) == []
    assert len(near(log, "wait", limit=2)) == 2


def test_few_pass_the_filter_and_are_found_all_the_same(
    log: Path, now: Moment, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "WALKED", 3)
    add(log, now, *[f"Wait, number {number}." for number in range(10)])
    (advice,) = add(log, now, "! Wait, but save power.")
    making.rebuild(settings(log), fake)
    assert near(log, "wait", Filter(frozenset({EntryKind.ADVICE}), None, None, None, True)) == [advice]


def said_apart(log: Path, now: Moment) -> list[int]:
    first = add(log, Moment(now.at - timedelta(days=90)), "! Pause the late jobs.")
    return first + add(log, now, "! Idle machines are slow to come back.")


def test_tensions_are_found_by_meaning_where_that_is_switched_on(log: Path, now: Moment, fake: Fake) -> None:
    pair = said_apart(log, now)
    making.rebuild(settings(log), fake)
    with reading(log) as connection:
        off, on = (ranking.near_lines(settings(log, rank=rank)) for rank in (False, True))
        assert comparison.open_candidates(connection, now, nearness=off) == []
        (found,) = comparison.open_candidates(connection, now, nearness=on)
        compared = comparison.read(connection, pair[0], pair[1], now, on)
    assert [found.first.id, found.second.id] == pair
    assert Why.NEAR in found.why
    assert compared.headline == f"May conflict: {'; '.join(found.why)}"


def test_a_line_that_was_changed_is_near_nothing_by_its_old_words(
    log: Path, now: Moment, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "FEW", 0)
    pair = said_apart(log, now)
    making.rebuild(settings(log), fake)
    entries.edit(log, now, pair[1], "! Book the room.")
    with reading(log) as connection:
        nearness = ranking.near_lines(settings(log, rank=True))
        assert comparison.open_candidates(connection, now, nearness=nearness) == []


def test_without_vectors_the_rules_decide_and_it_is_said(log: Path, now: Moment, fake: Fake) -> None:
    said_apart(log, now)
    said: list[str] = []
    with reading(log) as connection:
        nearness = ranking.near_lines(settings(log, rank=True), said.append)
        assert comparison.open_candidates(connection, now, nearness=nearness) == []
    (line,) = said
    assert line.startswith("Ranked by words alone: There are no vectors")


def test_a_dead_idea_is_known_again_by_meaning(log: Path, now: Moment, fake: Fake) -> None:
    for slug, title in (("idle-first", "Idle first"), ("bed-first", "Bed first")):
        ideas.new(log, now, title, slug, ideas.IdeaFields(), ideas.Beginning())
        ideas.move(log, now, slug, IdeaStatus.KILLED, ideas.Reason("it cost too much"))
    ideas.new(log, now, "Pause to save power", "alive", ideas.IdeaFields(), ideas.Beginning())
    making.rebuild(settings(log), fake)
    with reading(log) as connection:
        on = settings(log, rank=True)
        found = ranking.near_resting(on, connection, "Pause the watts", now)
        assert found is not None
        assert found.idea.slug == "idle-first", "at rest, though the living one is nearer"
        assert ranking.near_resting(on, connection, "Write the paper", now) is None
        assert ranking.near_resting(on, connection, "기다리기", now) is None
        assert ranking.near_resting(settings(log), connection, "Pause the late ones", now) is None
    VectorFile(log).clear()
    said: list[str] = []
    with reading(log) as connection:
        assert ranking.near_resting(settings(log, rank=True), connection, "Pause", now, said.append) is None
    assert said[0].startswith("Compared by words alone: ")
