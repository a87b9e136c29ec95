"""What is found, in which order, and that nothing in the input means anything but itself."""

import sqlite3
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from advisorlog.domain.kinds import EntryKind, RecordKind
from advisorlog.domain.moments import Moment
from advisorlog.store import search_index
from advisorlog.store.connection import connect
from advisorlog.store.search import WALKED, Hit, search, search_as_typed


@pytest.fixture
def connection(log: Path) -> Generator[sqlite3.Connection]:
    """An open log that takes writes at once."""
    with closing(connect(log)) as connection:
        connection.execute("INSERT INTO change (at, zone, command) VALUES ('', 'UTC', 'test')")
        yield connection


def say(connection: sqlite3.Connection, text: str, year: int = 2022, **more: object) -> int:
    values = {"kind": "note", "text": text, "origin": "cli", "at": f"{year}-01-01T00:00:00Z", "zone": "UTC", **more}
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(f"INSERT INTO entry ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def year(number: int) -> Moment:
    return Moment(datetime(number, 1, 1, tzinfo=UTC))


def texts(hits: list[Hit]) -> list[str]:
    return [hit.text for hit in hits]


def marked(hit: Hit) -> list[str]:
    return [hit.text[start:end] for start, end in hit.spans]


@pytest.mark.parametrize(
    ("text", "query", "shown"),
    [
        ("We are running sweeps", "run", ["running"]),
        ("We run a sweep", "RUNNING sweeps", ["run", "sweep"]),
        ("a naïve café", "naive cafe", ["naïve", "café"]),
        ("the power-limit sweep", "power-limit", ["power-limit"]),
        ("limit the power", '"the power"', ["the power"]),
        ("전력제한실험을 했다", "제한실험", ["제한실험"]),
        ("전력제한실험을 했다", "제한", ["제한"]),
        ("전력제한실험을 했다", "했다", ["했다"]),
        ("전력 봐", "봐", ["봐"]),
        ("我们今天讨论了功率限制", "功率限制", ["功率限制"]),
        ("我们今天讨论了功率限制", "讨论", ["讨论"]),
        ("我们今天讨论了功率限制", "限制", ["限制"]),
        ("我们今天讨论了功率限制", "制", ["制"]),
        ("𠮷野家で食べた", "𠮷野", ["𠮷野"]),
        ("ผลการทดลองดีมาก", "ทดลอง", ["ทดลอง"]),
        ("DVFS를 비교했다", "DVFS를", ["DVFS를"]),
        ("DVFS를 비교한 baseline", "baseline 비교", ["비교", "baseline"]),
        ("전력 제한 실험", '"전력 제한"', ["전력 제한"]),
        ("한국어".encode().decode(), "한국", ["한국"]),
        ("energy in $x^2$ and C++", "C++ x^2", ["x^2", "C"]),
    ],
)
def test_found(connection: sqlite3.Connection, text: str, query: str, shown: list[str]) -> None:
    say(connection, text)
    say(connection, "Something else entirely / 다른 것 / 別的")
    (hit,) = search(connection, query)
    assert hit.text == text
    assert marked(hit) == shown


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("the power of limits", '"power limit"'),
        ("one word", "one two"),
        ("planet", "plan"),
        ("전력을 재다", "전압"),
        ("功率限制", "限功"),
        ("anything", ""),
        ("anything", "   "),
        ("anything", "+++ -- ***"),
        ("anything", '"'),
        ("anything", "🎉"),
    ],
)
def test_not_found(connection: sqlite3.Connection, text: str, query: str) -> None:
    say(connection, text)
    assert search(connection, query) == []


@pytest.mark.parametrize(
    "query",
    [
        "sweep NOT sweep", "sweep AND", "OR sweep", "NEAR(sweep power, 1)", "text:sweep", "{text}: sweep", "sweep*",
        "^sweep", "-sweep", "+sweep", "(sweep", "sweep)", 'sweep"', '"sweep', '""sweep""', "sweep; DROP TABLE entry",
        "sweep'", "sweep\x00", "sweep\\", "%sweep_", "sweep^2", "swe*p", "sweep:", "'sweep' OR 1=1",
    ],
)  # fmt: skip
def test_operators_are_plain_text(connection: sqlite3.Connection, query: str) -> None:
    say(connection, "the other words: not and or near text drop table entry p 1 2 power swe")
    say(connection, "sweep")
    for look in (search, search_as_typed):
        assert all("sweep" in hit.text for hit in look(connection, query))
    # Words that are operators elsewhere must be found when they stand in a text.
    say(connection, f"quoting {query} sweep")
    assert search(connection, query)


def test_syllables_taken_apart_are_found(connection: sqlite3.Connection) -> None:
    import unicodedata

    say(connection, unicodedata.normalize("NFD", "전력제한 실험"))
    assert len(search(connection, "전력제한")) == 1


def test_newest_first_whatever_the_order_of_writing(connection: sqlite3.Connection) -> None:
    years = list(range(1960, 2040))
    Random(3).shuffle(years)
    for each in years:
        say(connection, f"sweep {each}", each)
    found = [int(text.split()[1]) for text in texts(search(connection, "sweep", limit=100))]
    assert found == sorted(years, reverse=True)
    assert texts(search(connection, "sweep", since=year(2000), until=year(2002))) == [
        "sweep 2002", "sweep 2001", "sweep 2000",
    ]  # fmt: skip
    assert texts(search(connection, "sweep", limit=1)) == ["sweep 2039"]
    assert search(connection, "sweep", limit=0) == []


def test_a_changed_text_or_time_is_found_anew(connection: sqlite3.Connection) -> None:
    entry = say(connection, "sweep", 2020)
    say(connection, "sweep later", 2021)
    connection.execute("UPDATE entry SET at = '2022-01-01T00:00:00Z' WHERE id = ?", (entry,))
    assert texts(search(connection, "sweep")) == ["sweep", "sweep later"]
    connection.execute("UPDATE entry SET text = 'baseline' WHERE id = ?", (entry,))
    assert texts(search(connection, "sweep")) == ["sweep later"]
    connection.execute("DELETE FROM entry WHERE id = ?", (entry,))
    assert search(connection, "baseline") == []


@pytest.fixture
def records(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A match in every kind of record, open and private, in and out of project 1."""
    connection.executescript(
        """
        INSERT INTO project (slug, name) VALUES ('zeus', 'Zeus'), ('hera', 'Hera');
        INSERT INTO series (slug, title, role, project_id) VALUES ('weekly', 'Weekly', 'advisor', 1);
        INSERT INTO meeting (slug, series_id, title, starts_at, zone, status, agenda)
          VALUES ('m1', 1, NULL, '2021-01-01T00:00:00Z', 'UTC', 'held', 'sweep results'),
                 ('m2', NULL, 'sweep day', '2021-02-01T00:00:00Z', 'UTC', 'held', '');
        INSERT INTO idea (slug, title, claim, project_id, visibility)
          VALUES ('batch', 'Batches', 'A sweep tells', 1, 'open'), ('dark', 'A dark sweep', NULL, 2, 'private');
        INSERT INTO idea_event (idea_id, at, zone, confidence) VALUES (1, '2021-06-01T00:00:00Z', 'UTC', 50);
        INSERT INTO reading (slug, title, results, visibility, at, zone)
          VALUES ('r1', 'On sweeps', NULL, 'open', '2021-07-01T00:00:00Z', 'UTC'),
                 ('r2', 'Other', 'Their sweep', 'private', '2021-08-01T00:00:00Z', 'UTC');
        """
    )
    say(connection, "sweep a", 2022, meeting_id=1, kind="advice")
    say(connection, "sweep b", 2023, meeting_id=2, project_id=1)
    say(connection, "sweep c", 2024, meeting_id=1, project_id=2, kind="result")
    say(connection, "sweep d", 2025, visibility="private", kind="advice")
    return connection


def named(hits: list[Hit]) -> list[str]:
    return [f"{hit.record.value} {hit.record_id}" for hit in hits]


def test_every_kind_of_record_is_found(records: sqlite3.Connection) -> None:
    hits = search(records, "sweep")
    assert named(hits) == [
        "entry 4", "entry 3", "entry 2", "entry 1", "reading 2", "reading 1", "idea 1", "meeting 2", "meeting 1",
        "idea 2",
    ]  # fmt: skip
    by_name = dict(zip(named(hits), hits, strict=True))
    assert by_name["entry 1"].meeting == "m1"
    assert by_name["entry 1"].entry_kind is EntryKind.ADVICE
    assert by_name["meeting 1"].meeting == "m1"
    assert by_name["meeting 1"].record is RecordKind.MEETING
    assert by_name["idea 1"].text == "Batches\nbatch\nA sweep tells"
    assert by_name["idea 2"].moment is None
    assert all(marked(hit)[0].startswith("sweep") for hit in hits)


def test_filters(records: sqlite3.Connection) -> None:
    assert named(search(records, "sweep", kinds=[EntryKind.ADVICE])) == ["entry 4", "entry 1"]
    assert named(search(records, "sweep", project_id=1)) == ["entry 2", "entry 1", "idea 1", "meeting 1"]
    assert named(search(records, "sweep", project_id=2)) == ["entry 3", "idea 2"]
    assert named(search(records, "sweep", project_id=1, kinds=[EntryKind.ADVICE])) == ["entry 1"]
    assert named(search(records, "sweep", include_private=False)) == [
        "entry 3", "entry 2", "entry 1", "reading 1", "idea 1", "meeting 2", "meeting 1",
    ]  # fmt: skip
    assert named(search(records, "sweep", since=year(2025))) == ["entry 4"]
    assert named(search(records, "sweep", until=year(2021))) == ["meeting 1"]


def test_the_two_ways_to_filter_agree(connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Far more matches than are walked, of which few pass; and the same with the walk switched off and unbounded."""
    connection.execute("INSERT INTO project (slug, name) VALUES ('zeus', 'Zeus')")
    draw = Random(5)
    connection.execute("BEGIN")
    for number in range(3 * WALKED):
        kind = "advice" if draw.random() < 0.02 else "note"
        project = 1 if draw.random() < 0.05 else None
        say(connection, f"sweep 실험 {number}", draw.randint(1970, 2030), kind=kind, project_id=project)
    connection.execute("COMMIT")
    for only in ({"kinds": [EntryKind.ADVICE]}, {"project_id": 1}, {"kinds": [EntryKind.ADVICE], "project_id": 1}):
        for words in ("sweep", "실험", "sweep 실험"):
            answers: list[list[int]] = []
            for walked in (1, WALKED, 10**6):
                monkeypatch.setattr("advisorlog.store.search.WALKED", walked)
                answers.append([hit.record_id for hit in search(connection, words, **only, limit=40)])  # pyright: ignore[reportArgumentType]
            assert answers[0] == answers[1] == answers[2]
            assert answers[0]


def test_a_word_being_typed_finds_what_begins_with_it(connection: sqlite3.Connection) -> None:
    say(connection, "a baseline for the sweep")
    say(connection, "전력제한 실험")
    assert [len(search_as_typed(connection, typed)) for typed in ("b", "ba", "basel", "for bas", "base for")] == [
        0, 1, 1, 1, 0,
    ]  # fmt: skip
    assert search_as_typed(connection, "bas ") == []
    assert len(search_as_typed(connection, "제")) == 1
    assert marked(search_as_typed(connection, "swe")[0]) == ["sweep"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("two experiments", "experiments"),
        ("it is running", "running"),
        ("baking bread", "baking"),
        ("the organization", "organization"),
        ("many studies", "studies"),
        ("happily done", "happily"),
    ],
)
def test_a_word_is_found_at_every_letter_that_is_typed(connection: sqlite3.Connection, text: str, word: str) -> None:
    """Stems are shorter than words, so the beginning of a word need not be the beginning of its stem."""
    say(connection, text)
    for length in range(2, len(word) + 1):
        assert texts(search_as_typed(connection, word[:length])) == [text], word[:length]


def test_a_word_being_typed_does_not_find_a_shorter_one(connection: sqlite3.Connection) -> None:
    say(connection, "the plan")
    assert search_as_typed(connection, "planet") == []


def test_marks_of_control_characters_do_not_confuse_the_spans(connection: sqlite3.Connection) -> None:
    say(connection, "\x01 a \x02 sweep \x02\x01")
    (hit,) = search(connection, "sweep")
    assert marked(hit) == ["sweep"]


def test_an_index_made_anew_finds_the_same(records: sqlite3.Connection) -> None:
    before = search(records, "sweep")
    records.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
    assert search(records, "sweep") == []
    search_index.rebuild(records)
    assert search(records, "sweep") == before
