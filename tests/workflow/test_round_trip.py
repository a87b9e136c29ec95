"""The laws of the vault: what goes out as Markdown comes back as the same log."""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisorlog import config
from advisorlog.config import Settings
from advisorlog.domain import grammar
from advisorlog.domain.kinds import ActionState, EntryKind
from advisorlog.domain.moments import Moment, moment
from advisorlog.store import slots
from advisorlog.store.connection import reading, transaction
from advisorlog.store.lines import Said, adopt_idea, store_action_event, store_line
from advisorlog.store.reading import sheet_json, whole
from advisorlog.store.reading.sheets import Sheet
from advisorlog.workflow import exporting, sample
from advisorlog.workflow.importing import Report, import_paths
from tests.conftest import NOW
from tests.workflow.conftest import Vault


def sheets(log: Path) -> list[Sheet]:
    with reading(log) as connection:
        return whole.sheets(connection)


def export(settings: Settings, folder: Path, **options: bool) -> exporting.Exported:
    with_private = options.get("with_private", True)
    return exporting.export(settings, folder, NOW, with_private=with_private, on_progress=lambda done, total: None)


def bring_in(settings: Settings, folder: Path) -> Report:
    return import_paths(settings, [folder], False, lambda done, total: None)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def assert_same(one: list[Sheet], other: list[Sheet]) -> None:
    assert len(one) == len(other)
    for each, again in zip(one, other, strict=True):
        assert each == again


# A log of anything -----------------------------------------------------------------------------------------------

odd = st.sampled_from(
    [
        "봄에 제출", "a\nb", "  indented", "tail  ", "```c\n#include <x>\n```", "| a | b |\n|---|---|\n| 1 | 2 |",
        "$$\nx^2\n$$",
        "<!-- hidden -->", "- [ ] not a box", "#nobody @nobody ^fri", "one ^log-1a2b3c4d", "a\n\n- advice: nested\n\nb",
        "\\[x = 1\\]", "---", "> quote", "# heading", "---\nkind: idea\n---", "\x1b[31mred", "a\u2028b", "\\",
        "[[ideas/x]]",
        "done test: x", "2022-09-20 done: x", "yes", "null", "'", '"', "a: b # c", "12:30:45", "\u202egnp", "a\tb",
        "<!-- log: {\"at\": \"2022-01-01T00:00Z\"} -->", "private: x", "~ x", "@ann: hello",
        "{{date}}", "<% tp.date.now() %>", "{% x %}", "a ^37066d", "#1e90ff [^1]",
    ]
)  # fmt: skip
words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1, max_size=30)
plain = st.text("abcdefgh ijklmnop 봄에#@^*-.,:", min_size=1, max_size=40)
said = st.one_of(odd, plain, words).filter(lambda text: bool(text.strip()))
short = st.one_of(plain, odd, words).map(lambda text: text.strip()).filter(bool)
maybe = st.one_of(st.none(), short)
zones = st.sampled_from(["UTC", "America/Detroit", "Asia/Seoul", "-04:00", "Europe/Berlin"])
times = st.integers(1_600_000_000, 1_800_000_000).map(lambda second: second // 7 * 7)
kinds = st.sampled_from(list(EntryKind))


@dataclass
class Maker:
    """Writes records into a log, each drawn at random."""

    draw: Callable[..., object]
    connection: sqlite3.Connection

    def row(self, table: str, **values: object) -> int:
        marks = ", ".join("?" * len(values))
        cursor = self.connection.execute(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
        )
        return int(cursor.lastrowid or 0)

    def any(self, strategy: st.SearchStrategy[object]) -> object:
        return self.draw(strategy)

    def when(self) -> Moment:
        from datetime import UTC, datetime

        second = self.draw(times)
        assert isinstance(second, int)
        return Moment(datetime.fromtimestamp(second, UTC), str(self.draw(zones)))

    def pick(self, ids: list[int]) -> object:
        return self.draw(st.one_of(st.none(), st.sampled_from(ids))) if ids else None


@st.composite
def recipes(draw: st.DrawFn) -> Callable[[sqlite3.Connection], None]:
    """What fills a log. Drawing happens while it is filled, so a recipe can be followed once."""

    def fill(connection: sqlite3.Connection) -> None:
        _fill(Maker(draw, connection))

    return fill


def _fill(make: Maker) -> None:
    people = [make.row("person", handle="ann", name=make.any(short), email=make.any(maybe), note=make.any(maybe))]
    people.append(make.row("person", handle="김민수", name="김민수"))
    projects = [make.row("project", slug="zeus", name=make.any(short), pitch=make.any(maybe), goal=make.any(maybe))]
    for number in range(make.draw(st.integers(0, 2))):  # type: ignore[arg-type]
        make.row("term", project_id=projects[0], term=f"T{number} {make.any(plain)}".strip(), meaning=make.any(short))
    when = make.when()
    series = make.row(
        "series", slug="weekly", title=make.any(short), role="advisor", project_id=make.pick(projects),
        rrule=make.any(maybe), starts_at=when.stored, zone=when.zone, minutes=make.any(st.sampled_from([None, 30])),
    )  # fmt: skip
    make.row("series_person", series_id=series, person_id=people[0])
    ideas = [_idea(make, "cap", projects), _idea(make, "limit", projects)]
    when = make.when()
    readings = [
        make.row(
            "reading", slug="you-2023", title=make.any(short), authors=make.any(maybe), keywords=make.any(maybe),
            year=2023, motivation=make.any(maybe), thoughts=make.any(maybe), detail=make.any(maybe), at=when.stored,
            zone=when.zone, visibility=make.any(st.sampled_from(["open", "private"])),
        )
    ]  # fmt: skip
    make.row("reading_idea", reading_id=readings[0], idea_id=ideas[0])
    for number in range(2):
        _meeting(make, f"m-{number}", series, projects, people)
    for _ in range(make.draw(st.integers(0, 2))):  # type: ignore[arg-type]
        _line(make, None, 0)
    _hang_on(make, ideas, readings)


def _idea(make: Maker, slug: str, projects: list[int]) -> int:
    idea = make.row(
        "idea", slug=slug, title=make.any(short), claim=make.any(maybe), project_id=make.pick(projects),
        outcome=make.any(st.sampled_from([None, 0, 1])), visibility=make.any(st.sampled_from(["open", "private"])),
    )  # fmt: skip
    for _ in range(make.draw(st.integers(0, 2))):  # type: ignore[arg-type]
        when = make.when()
        make.row(
            "idea_event", idea_id=idea, at=when.stored, zone=when.zone, status="exploring", because=make.any(short),
            confidence=make.any(st.sampled_from([None, 0, 60])), mood=make.any(st.integers(0, 1)),
            revive_if=make.any(maybe), by_id=make.any(st.sampled_from([None, 1, 2])),
        )  # fmt: skip
    return idea


def _meeting(make: Maker, slug: str, series: int, projects: list[int], people: list[int]) -> None:
    when = make.when()
    meeting = make.row(
        "meeting", slug=slug, series_id=make.pick([series]), project_id=make.pick(projects), title=make.any(maybe),
        role=make.any(st.sampled_from([None, "advisor", "mentee"])), starts_at=when.stored, zone=when.zone,
        status=make.any(st.sampled_from(["planned", "held", "cancelled"])), agenda=make.any(maybe) or "",
        ended_at=make.any(st.sampled_from([None, when.stored])), expect=make.any(maybe) or "",
    )  # fmt: skip
    if make.any(st.booleans()):
        slots.keep(make.connection, meeting, make.when())
    if (person := make.pick(people)) is not None:
        make.row("meeting_person", meeting_id=meeting, person_id=person)
    for position in range(make.draw(st.integers(0, 4))):  # type: ignore[arg-type]
        _line(make, meeting, position)


def _line(make: Maker, meeting: int | None, position: int) -> None:
    kind = make.draw(kinds)
    assert isinstance(kind, EntryKind)
    text = "70 #cap because it held" if kind is EntryKind.CONFIDENCE else str(make.any(said))
    visibility = make.draw(st.sampled_from(["open", "private"]))
    typed = grammar.compose_sigil(kind, text, speaker=make.any(st.sampled_from([None, "ann", "nobody"])))  # type: ignore[arg-type]
    line = replace(grammar.parse(typed), visibility=visibility)  # type: ignore[arg-type]
    if line.is_empty:
        return
    when = make.when()
    stored = store_line(make.connection, line, Said(when, "cli", meeting, None, position))
    if stored.action_id is not None:
        make.connection.execute("UPDATE action SET done_test = ? WHERE id = ?", (make.any(maybe), stored.action_id))
        for number in range(make.draw(st.integers(0, 2))):  # type: ignore[arg-type]
            later = moment(when.stored.replace("T", "T"), when.zone)
            moved = Said(replace(later, at=later.at.replace(year=later.at.year + 1 + number)), "cli", meeting)
            state = make.draw(st.sampled_from(list(ActionState)))
            assert isinstance(state, ActionState)
            store_action_event(make.connection, stored.action_id, state, moved, None, str(make.any(maybe) or ""))


def _hang_on(make: Maker, ideas: list[int], readings: list[int]) -> None:
    """What connects lines: roots, answers, evidence, tensions, guesses, pins, a sent document."""
    connection = make.connection
    lines = [row[0] for row in connection.execute("SELECT id FROM entry")]
    events = [row[0] for row in connection.execute("SELECT id FROM idea_event WHERE entry_id IS NULL")]
    for row in connection.execute("SELECT id, entry_id FROM action").fetchall():
        connection.execute("UPDATE action SET root_id = ? WHERE id = ?", (make.pick(lines), row["id"]))
    for row in connection.execute("SELECT id FROM entry WHERE kind = 'answer'").fetchall():
        connection.execute("UPDATE entry SET answers_id = ? WHERE id = ?", (make.pick(lines), row["id"]))
    for event in events:
        entry, text = make.pick(lines), make.any(maybe)
        if entry is not None or text is not None:
            make.row("evidence", event_id=event, entry_id=entry, reading_id=make.pick(readings), text=text)
    if len(lines) < 2:
        return
    when = make.when()
    make.row(
        "tension", first_id=lines[0], second_id=lines[1], found_at=when.stored, zone=when.zone,
        because=make.any(maybe) or "", question_id=make.pick(lines),
    )  # fmt: skip
    guess = make.row(
        "guess", advice_id=lines[0], question=make.any(short), asked_at=when.stored, zone=when.zone,
        verdict=make.any(st.sampled_from([None, "right", "wrong"])), real_reason=make.any(maybe),
    )  # fmt: skip
    make.row("guess_reason", guess_id=guess, entry_id=lines[1])
    make.row("pin", meeting_id=1, record="entry", record_id=lines[1], choice="keep")
    make.row("pin", meeting_id=1, record="idea", record_id=ideas[0], choice="drop")
    body = str(make.any(said)) + str(make.any(st.sampled_from(["", "\n", "\n\n"])))
    document = make.row(
        "document", kind="brief", title=make.any(short), format="md", body=body, as_of=when.stored,
        sha256=hashlib.sha256(body.encode()).hexdigest(), sent_at=when.stored, zone=when.zone, meeting_id=1,
    )  # fmt: skip
    make.row("recipient", document_id=document, person_id=2)
    make.row("citation", document_id=document, record="entry", record_id=lines[0], section="Last time")


class Trip:
    """A log, a folder, and a second log that the folder is brought into."""

    def __init__(self, empty_log: Path) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="trip-"))
        self.folder = self.home / "vault"
        self.one, self.two = (self._settings(empty_log, name) for name in ("one.db", "two.db"))

    def _settings(self, empty_log: Path, name: str) -> Settings:
        shutil.copyfile(empty_log, self.home / name)
        return replace(config.load(str(self.home / name)))

    def go(self) -> Report:
        export(self.one, self.folder)
        return bring_in(self.two, self.folder)


@given(recipe=recipes())
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
def test_what_is_exported_comes_back_as_the_same_log(
    empty_log: Path, recipe: Callable[[sqlite3.Connection], None]
) -> None:
    trip = Trip(empty_log)
    try:
        with transaction(trip.one.log, "made", NOW) as connection:
            recipe(connection)
        report = trip.go()
        assert not report.problems
        assert_same(sheets(trip.one.log), sheets(trip.two.log))
        # The same again: nothing is left to write, and nothing to bring in, on either side.
        assert export(trip.one, trip.folder).written == []
        before = sheets(trip.one.log)
        assert bring_in(trip.one, trip.folder).new == {}
        assert_same(before, sheets(trip.one.log))
    finally:
        shutil.rmtree(trip.home)


def test_the_sample_comes_back_as_the_same_log(empty_log: Path) -> None:
    trip = Trip(empty_log)
    bring_in(trip.one, sample.FILES)
    trip.go()
    assert_same(sheets(trip.one.log), sheets(trip.two.log))


def test_the_sample_comes_back_when_every_file_is_written_anew(empty_log: Path) -> None:
    trip = Trip(empty_log)
    bring_in(trip.one, sample.FILES)
    with transaction(trip.one.log, "forget", NOW) as connection:
        connection.execute("DELETE FROM source")
    assert not trip.go().problems
    assert_same(sheets(trip.one.log), sheets(trip.two.log))


def test_files_that_were_not_touched_go_out_byte_for_byte(empty_log: Path) -> None:
    trip = Trip(empty_log)
    bring_in(trip.one, sample.FILES)
    export(trip.one, trip.folder)
    came = {hashlib.sha256(content).hexdigest() for content in files(sample.FILES).values()}
    went = {hashlib.sha256(content).hexdigest() for content in files(trip.folder).values()}
    assert went == came


def test_a_second_export_writes_nothing(vault: Vault, tmp_path: Path) -> None:
    vault.meeting("2026-11-10", "advice: Compare with DVFS first")
    vault.bring_in()
    assert len(export(vault.settings, tmp_path / "out").written) == 5
    again = export(vault.settings, tmp_path / "out")
    assert (again.written, again.unchanged) == ([], 5)


def test_an_export_is_no_change_of_the_log(vault: Vault, tmp_path: Path) -> None:
    vault.bring_in()
    with reading(vault.settings.log) as connection:
        before = connection.execute("SELECT count(*), max(id) FROM change").fetchone()
    export(vault.settings, tmp_path / "out")
    with reading(vault.settings.log) as connection:
        assert tuple(connection.execute("SELECT count(*), max(id) FROM change").fetchone()) == tuple(before)


def test_a_file_that_is_not_ours_is_left_alone(vault: Vault, tmp_path: Path) -> None:
    vault.bring_in()
    (tmp_path / "out/projects").mkdir(parents=True)
    foreign = tmp_path / "out/projects/zeus.md"
    foreign.write_text("Shopping list\n")
    assert export(vault.settings, tmp_path / "out").refused == ["projects/zeus.md"]
    assert foreign.read_text() == "Shopping list\n"


def test_a_copy_without_what_is_private(vault: Vault, tmp_path: Path) -> None:
    vault.meeting("2026-11-10", "advice: Compare", "private: note: SECRET tired", "result: 3 of 3 <!-- SECRET -->")
    vault.write("hidden.md", "---\nkind: idea\nid: hidden\ntitle: SECRET idea\nvisibility: private\n---\nSECRET\n")
    vault.write("ann.md", "---\nkind: person\nid: ann\nname: Ann Advisor\n---\nSECRET thoughts on Ann\n")
    vault.write("zeus.md", "---\nkind: project\nid: zeus\nname: Zeus\n# SECRET comment\n---\nSECRET body\n")
    vault.bring_in()
    done = export(vault.settings, tmp_path / "out", with_private=False)
    assert done.withheld == 2
    written = files(tmp_path / "out")
    assert not any("hidden" in place for place in written)
    assert not any(b"SECRET" in content for content in written.values() if b"3 of 3" not in content)


@pytest.mark.parametrize("kind", ["sample"])
def test_sheets_survive_as_json(empty_log: Path, kind: str) -> None:
    trip = Trip(empty_log)
    bring_in(trip.one, sample.FILES)
    for sheet in sheets(trip.one.log):
        assert sheet_json.load(sheet_json.dump(sheet)) == sheet


def test_a_new_idea_takes_the_mentions_that_waited(vault: Vault, tmp_path: Path, empty_log: Path) -> None:
    vault.meeting("2026-11-10", "result: 3 of 3 #later")
    vault.bring_in()
    with transaction(vault.settings.log, "idea", NOW) as connection:
        number = connection.execute("INSERT INTO idea (slug, title) VALUES ('later', 'Later')").lastrowid
        adopt_idea(connection, int(number or 0), "later")
    export(vault.settings, tmp_path / "out")
    trip = Trip(empty_log)
    bring_in(trip.two, tmp_path / "out")
    assert_same(sheets(vault.settings.log), sheets(trip.two.log))


# Files of anything -----------------------------------------------------------------------------------------------

HEADS = st.sampled_from(
    [
        "", "# Title 2026-11-10\n", "---\ntags: [x]\n---\n", "---\n\n---\n",
        "---\r\nkind: meeting\r\ndate: 2026-11-10\r\n---\r\n",
        "---\nkind: meeting\nid: m-1\ndate: 2026-11-10T14:00\nzone: Asia/Seoul\ncustom: {a: [1, 2]} # why\n---\n",
        "---\nkind: idea\nid: cap\ntitle: 'Cap'\nhistory: [{on: 2026-10-01, status: spark}]\n---\n",
        "---\nkind: person\nid: ann\nname: Ann\nphone: 1\n---\n",
        "---\nkind: reading\nid: you\ntitle: Zeus\n---\n## Results\n",
        "---\nkind: nonsense\n---\n", "\ufeff",
        "---\nkind: project\nid: zeus\nname: Zeus\nglossary: {CI: interval}\n---\n",
    ]
)  # fmt: skip
LINES = st.lists(st.one_of(odd, plain, said, st.sampled_from(["- [ ] x @me ^fri", "  - done test: y", "## Notes", ""])))


@given(made=st.lists(st.tuples(HEADS, LINES, st.sampled_from(["\n", "\r\n"])), min_size=1, max_size=3))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
def test_any_files_that_came_in_stay_byte_for_byte(empty_log: Path, made: list[tuple[str, list[str], str]]) -> None:
    trip = Trip(empty_log)
    try:
        trip.folder.mkdir()
        for number, (head, lines, line_end) in enumerate(made):
            content = (head + "\n".join(lines)).replace("\n", line_end).encode("utf-8", "surrogatepass")
            (trip.folder / f"note {number}.md").write_bytes(content)
        before = files(trip.folder)
        bring_in(trip.one, trip.folder)
        export(trip.one, trip.folder)
        after = files(trip.folder)
        assert {place: after[place] for place in before} == before
        said_now = sheets(trip.one.log)
        assert bring_in(trip.one, trip.folder).removed == 0
        assert_same(said_now, sheets(trip.one.log))
    finally:
        shutil.rmtree(trip.home)
