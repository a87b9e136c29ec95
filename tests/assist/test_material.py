"""What may be sent, and what stays."""

from pathlib import Path

import pytest

from advisorlog.assist.material import Material, Record, Sending
from advisorlog.domain.kinds import EntryKind, RecordKind, Role, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading
from advisorlog.store.reading import people
from advisorlog.workflow import ideas, meetings, series
from advisorlog.workflow.capture import Captured, Place, capture


@pytest.fixture
def said(log: Path, now: Moment) -> dict[str, int]:
    """Lines of an advisor's and of two mentees' meetings, by their text."""
    for title, person, role in (
        ("Ann weekly", "Ann Advisor", Role.ADVISOR),
        ("Noor weekly", "Noor Karim", Role.MENTEE),
        ("Sam weekly", "Sam Ortiz", Role.MENTEE),
    ):
        series.new(log, now, title, None, series.SeriesFields(people=[person], role=role))
        meetings.new(log, now, meetings.MeetingFields(when="2026-11-24 08:00", series=title.lower().replace(" ", "-")))
    ideas.new(log, now, "Secret", "secret", ideas.IdeaFields(visibility=Visibility.PRIVATE), ideas.Beginning())
    found: dict[str, int] = {}
    for place, lines in {
        "ann-weekly": [
            "! Compare first. Then claim a win.",
            "~ ! she was tired",
            "+ it works #secret",
            "! help Noor too",
            "[] plot it",
        ],
        "noor-weekly": ["! read the DVFS paper", "~ worry"],
        "sam-weekly": ["! sleep more"],
    }.items():
        for line in lines:
            (kept,) = capture(log, [line], Place(now, f"2026-11-24-{place}"), now)
            assert isinstance(kept, Captured)
            found[line] = kept.entry_id
    return found


def sent(log: Path, now: Moment, said: dict[str, int], mentee: str = "") -> Material:
    with reading(log) as connection:
        person = people.person(connection, mentee) if mentee else None
        return Sending(connection, now, person).material(Record(RecordKind.ENTRY, number) for number in said.values())


def test_only_open_lines_of_ones_own_meetings_go_out(log: Path, now: Moment, said: dict[str, int]) -> None:
    material = sent(log, now, said)
    assert [each.text for each in material.sentences] == ["Compare first.", "Then claim a win.", "plot it"]
    assert material.withheld == len(said) - 2
    assert [each.is_planned for each in material.sentences] == [False, False, True]


def test_for_a_mentee_theirs_go_out_and_no_other_mentees(log: Path, now: Moment, said: dict[str, int]) -> None:
    texts = [each.text for each in sent(log, now, said, "noor").sentences]
    assert "read the DVFS paper" in texts
    assert not {"sleep more", "worry", "she was tired"} & set(texts)


def test_a_sentence_knows_its_place_in_its_record(log: Path, now: Moment, said: dict[str, int]) -> None:
    second = sent(log, now, said).numbered(2)
    assert second is not None
    assert "Compare first. Then claim a win."[second.start : second.end] == "Then claim a win."
    assert (second.record.id, second.what) == (said["! Compare first. Then claim a win."], EntryKind.ADVICE)


def test_tags_behind_a_full_stop_are_no_sentence(log: Path, now: Moment, said: dict[str, int]) -> None:
    (kept,) = capture(log, ["! Compare first. #cap @ann"], Place(now, "2026-11-24-ann-weekly"), now)
    assert isinstance(kept, Captured)
    assert [each.text for each in sent(log, now, {"": kept.entry_id}).sentences] == ["Compare first."]


def test_of_pasted_notes_private_lines_stay(log: Path, now: Moment, said: dict[str, int]) -> None:
    notes = (
        "We decided to wait. It is late.\n~ he seemed tired\nprivate: note: no\nSam is slow.\nsee #secret\n"
        "Ann: Hi there.\nAnn: Go on."
    )
    with reading(log) as connection:
        material = Sending(connection, now).notes(notes)
    assert [each.text for each in material.sentences] == ["We decided to wait.", "It is late.", "Hi there.", "Go on."]
    assert material.withheld == 4
    assert all(notes[each.start : each.end] == each.text for each in material.sentences)
    assert material.sentences[3].by == "Ann"
