"""Files to notes: every kind, every wrong type, and no file that stops the reading."""

import os
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.kinds import IdeaStatus, MeetingStatus, Role, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.vault.notes import (
    FreeNote,
    IdeaEventNote,
    IdeaNote,
    InboxNote,
    MeetingNote,
    PersonNote,
    ProjectNote,
    ReadingNote,
    SeriesNote,
)
from advisorlog.vault.problems import Problem, Severity
from advisorlog.vault.reading import MAX_BYTES, ReadFile, check_together, read_file, read_paths


def read(folder: Path, text: str, name: str = "note.md", zone: str = "UTC") -> ReadFile:
    path = folder / name
    path.write_bytes(text.encode())
    return read_file(path, zone=zone)


def lines_of(problems: tuple[Problem, ...]) -> list[int | None]:
    return [problem.line for problem in problems]


def test_a_meeting(tmp_path: Path):
    text = (
        "---\nkind: meeting\nid: 2022-09-13-zeus-weekly\nseries: Zeus weekly\nwith: [Ann Advisor]\n"
        "role: advisor\nproject: zeus\ndate: 2022-09-13T14:00-04:00\nmood: unknown keys are kept\n---\n"
        "## Agenda\n- power-limit sweep\n## Notes\n- advice: Compare.\n"
    )
    file = read(tmp_path, text)
    note = file.note
    assert isinstance(note, MeetingNote)
    assert (file.problems, file.id_line) == ((), 3)
    assert note.source == text.encode()
    assert note.start == Moment(datetime(2022, 9, 13, 18, tzinfo=UTC), "-04:00")
    assert (note.id, note.series, note.people) == ("2022-09-13-zeus-weekly", "Zeus weekly", ("Ann Advisor",))
    assert (note.role, note.project, note.status) == (Role.ADVISOR, "zeus", MeetingStatus.HELD)
    assert [item.line_number for item in note.agenda] == [12]
    assert [entry.line_number for entry in note.entries] == [14]


@pytest.mark.parametrize(
    ("keys", "start"),
    [
        ("date: 2022-09-13T14:00\nzone: America/Detroit", (datetime(2022, 9, 13, 18, tzinfo=UTC), "America/Detroit")),
        ("date: 2022-09-13T14:00Z", (datetime(2022, 9, 13, 14, tzinfo=UTC), "UTC")),
        ("date: 2022-09-13T14:00", (datetime(2022, 9, 13, 5, tzinfo=UTC), "Asia/Seoul")),
        ("date: 2022-09-13", (datetime(2022, 9, 12, 15, tzinfo=UTC), "Asia/Seoul")),
    ],
)
def test_the_start_of_a_meeting(tmp_path: Path, keys: str, start: tuple[datetime, str]):
    note = read(tmp_path, f"---\nkind: meeting\nid: a\n{keys}\n---\n", zone="Asia/Seoul").note
    assert isinstance(note, MeetingNote)
    assert note.start == Moment(*start)


def test_a_project(tmp_path: Path):
    file = read(
        tmp_path,
        "---\nkind: project\nid: zeus\nname: Zeus\npitch: |\n  Save energy.\n  Keep speed.\ngoal: SOSP\n"
        "glossary: {DVFS: voltage scaling, 5: five, 'no': nay}\n---\nMore.\n",
    )
    assert file.problems == ()
    assert file.note == ProjectNote(
        file.path,
        file.path.read_bytes(),
        "zeus",
        "Zeus",
        "Save energy.\nKeep speed.",
        "SOSP",
        (("DVFS", "voltage scaling"), ("5", "five"), ("no", "nay")),
        "More.",
    )


def test_a_person_and_a_series(tmp_path: Path):
    person = read(tmp_path, "---\nkind: person\nid: 지우\nname: Null\nme: yes\n---\n")
    assert person.note == PersonNote(person.path, person.path.read_bytes(), "지우", "Null", None, True)
    series = read(
        tmp_path,
        "---\nkind: series\nid: zeus-weekly\ntitle: Zeus weekly\nwith: Ann Advisor\nrole: Advisor\nproject: zeus\n"
        "rrule: FREQ=WEEKLY;BYDAY=TU\nzone: America/Detroit\nsince: 2022-09-06T14:00\nminutes: 60\n---\n",
    )
    assert (person.problems, series.problems) == ((), ())
    assert series.note == SeriesNote(
        series.path,
        series.path.read_bytes(),
        "zeus-weekly",
        "Zeus weekly",
        ("Ann Advisor",),
        Role.ADVISOR,
        "zeus",
        "FREQ=WEEKLY;BYDAY=TU",
        "America/Detroit",
        Moment(datetime(2022, 9, 6, 18, tzinfo=UTC), "America/Detroit"),
        60,
    )


def test_an_idea_with_its_history(tmp_path: Path):
    file = read(
        tmp_path,
        "---\nkind: idea\nid: zeus-batch\ntitle: Batch size\nclaim: Saves 15%\nresolve-by: 2023-05-01\noutcome: false\n"
        "visibility: private\nhistory:\n"
        "  - {on: 2022-09-06, status: spark, because: a hunch}\n"
        "  - on: 2022-10-04T09:00Z\n    confidence: 70%\n    because: 3 GPUs\n    evidence: [a, b]\n    mood: true\n"
        "    by: ann\n"
        "  - {on: 2022-11-01, status: parked, confidence: 20, revisit-when: new GPU, revive-if: cheap}\n---\n",
    )
    note = file.note
    assert file.problems == ()
    assert isinstance(note, IdeaNote)
    assert (note.resolve_by, note.outcome, note.visibility) == (date(2023, 5, 1), False, Visibility.PRIVATE)
    assert note.history == (
        IdeaEventNote(10, date(2022, 9, 6), IdeaStatus.SPARK, because="a hunch"),
        IdeaEventNote(
            11,
            date(2022, 10, 4),
            None,
            70,
            "3 GPUs",
            ("a", "b"),
            True,
            by="ann",
            at=Moment(datetime(2022, 10, 4, 9, tzinfo=UTC), "UTC"),
        ),
        IdeaEventNote(17, date(2022, 11, 1), IdeaStatus.PARKED, 20, revive_if="cheap", revisit_when="new GPU"),
    )


def test_a_reading_with_its_sections(tmp_path: Path):
    file = read(
        tmp_path,
        "---\nkind: reading\nid: attention\ntitle: Attention\nauthors: [A. B., C. D.]\nyear: 2017\nkeywords: [x]\n"
        "ideas: [zeus-batch]\nfor: [Ann]\ndate: 2022-09-01\n---\nSeen at a talk.\n\n## Motivation\nRNNs are slow.\n\n"
        "- one\n\nSolution\n--------\n$$\n## Results\n$$\n### Sub\ntext\n## Other\nkept\n## motivation:\nmore\n",
    )
    note = file.note
    assert file.problems == ()
    assert isinstance(note, ReadingNote)
    assert (note.authors, note.year, note.readers) == (("A. B.", "C. D."), 2017, ("Ann",))
    assert (note.day, note.ideas, note.keywords) == (date(2022, 9, 1), ("zeus-batch",), ("x",))
    assert note.motivation == "RNNs are slow.\n\n- one\n\nmore"
    assert note.solution == "$$\n## Results\n$$\n### Sub\ntext"
    assert (note.results, note.rest) == (None, "Seen at a talk.\n\n## Other\nkept")


@pytest.mark.parametrize(
    ("name", "text", "day", "title"),
    [
        ("note.md", "---\ntitle: T\ndate: 2022-09-13\ntags: [a]\n---\n# H\n", date(2022, 9, 13), "T"),
        ("note.md", "# Talk\n\n**Date:** 2022-09-13 14:00\n", date(2022, 9, 13), "Talk"),
        ("note.md", "# 组会\n\n- **日期**：2022-09-13\n", date(2022, 9, 13), "组会"),
        ("2022-09-13.md", "text\n", date(2022, 9, 13), None),
        ("note.md", "# Zeus, Sep 13, 2022\ntext\n", date(2022, 9, 13), "Zeus, Sep 13, 2022"),
        ("note.txt", "text\n## Later heading 2022-09-13\n", None, None),
        ("note.md", "", None, None),
    ],
)
def test_free_markdown(tmp_path: Path, name: str, text: str, day: date | None, title: str | None):
    file = read(tmp_path, text, name)
    assert isinstance(file.note, FreeNote)
    assert file.problems == ()
    assert (file.note.day, file.note.title) == (day, title)
    assert (file.note.start is None) == (day is None)


def test_a_time_in_free_markdown_is_its_start(tmp_path: Path):
    note = read(tmp_path, "Date: 2022-09-13 14:00\n", zone="America/Detroit").note
    assert isinstance(note, FreeNote)
    assert note.start == Moment(datetime(2022, 9, 13, 18, tzinfo=UTC), "America/Detroit")


@pytest.mark.parametrize(
    ("keys", "people"),
    [
        ("attendees: [Ann, '[[people/bob|Bob Lee]]', '[[Ann]]', '']", ("Ann", "bob")),
        ("Participants: Ann Lee, Bob; 김교수", ("Ann Lee", "Bob", "김교수")),
        ("attendees:\n- Ann\n- name: Bob\n", ("Ann",)),
        ("attendees: {lead: Ann}", ()),
        ("attendees:", ()),
        ("attendees: [Ann]\nwith: [Bob]", ("Bob",)),
    ],
)
def test_whom_free_markdown_names_as_present(tmp_path: Path, keys: str, people: tuple[str, ...]):
    file = read(tmp_path, f"---\n{keys}\n---\ntext\n")
    assert isinstance(file.note, FreeNote)
    assert (file.note.people, file.problems) == (people, ())


@pytest.mark.parametrize(
    "text",
    [
        "---\ndate: {{date}}\ntags: [meeting]\n---\n# Meeting\n- [ ] \n",
        '---\r\ntype: daily\r\ntags: "#daily/{{date:YYYY}}"\r\ncreated: <% tp.date.now() %>\r\n---\r\n',
        '---\nwith:\n  - "[[<% tp.system.prompt("Who?") %>]]"\ntitle: "<% tp.file.title %>"\n---\n',
        "---\ntitle: {% if a %}{{a}}{% endif %}\n---\n",
        "---\nkind: meeting\ndate: {{date}}T14:00\n---\n",
        "---\nkind: meeting\nid: a\ndate: <% tp.date.now() %>\n---\n",
        "\n<%*\nlet day = 1\n%>\n## Agenda\n",
    ],
)
def test_a_template_is_no_note_and_no_problem(tmp_path: Path, text: str):
    file = read(tmp_path, text)
    assert (file.note, file.problems, file.is_template) == (None, (), True)
    assert [each.is_template for each in read_paths([tmp_path / "note.md"])] == [True]
    assert not any(each.problems for each in read_paths([tmp_path / "note.md"]))


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: How to write {{date}} in a template\n---\ntext\n",
        "---\ntitle: T\n---\n# {{title}}\n<% tp.date.now() %>\n",
        "```\n---\ndate: {{date}}\n---\n```\n",
        '---\nkind: project\nid: p\nname: "{{date}}"\npitch: <% here %>\n---\n',
        "---\n---\n{{date}}\n",
    ],
)
def test_blanks_elsewhere_make_no_template(tmp_path: Path, text: str):
    file = read(tmp_path, text)
    assert file.note is not None
    assert not file.is_template


def test_ids_of_free_notes_are_their_places(tmp_path: Path):
    (tmp_path / "Lab Notes").mkdir()
    (tmp_path / "Lab Notes" / "회의 1.md").write_text("x", encoding="utf-8")
    (tmp_path / "회의 1.md").write_text("x", encoding="utf-8")
    assert [file.note.id for file in read_paths([tmp_path]) if file.note] == ["회의-1", "lab-notes-회의-1"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("kind: meeting\nid: a\ndate: [2022-09-13]", [4]),
        ("kind: meeting\nid: a\ndate: 2022-13-45", [4]),
        ("kind: meeting\nid: a", [2]),
        ("kind: meeting\nid: a\ndate: 2022-09-13\nrole: boss\nminutes: 1_000\nstatus: [held]", [5, 6, 7]),
        ("kind: meeting\nid: a\ndate: 2022-09-13\nzone: Mars/Olympus", [5]),
        ("kind: meeting\nid: a\ndate: 2022-09-13\nzone: '+99:99'", [5]),
        ("kind: meeting\nid: a\ndate: 2022-09-13\nwith: {a: b}", [5]),
        ("kind: meeting\nid: a\ndate: 2022-09-13\nwith:\n- ok\n- [x]", [7]),
        ("kind: project\nid: a\nglossary: text", [4]),
        ("kind: project\nid: a\nglossary:\n  A: x\n  B: [y]", [6]),
        ("kind: idea\nid: a\nhistory: {on: 2022-09-13}", [4]),
        ("kind: idea\nid: a\nhistory:\n- text\n- {on: 2022-09-13}\n- {status: spark}", [5, 6, 7]),
        ("kind: idea\nid: a\nhistory:\n- on: 2022-09-13\n  confidence: high\n  status: spark", [6]),
        ("kind: idea\nid: a\nhistory:\n- on: 2022-09-13\n  confidence: 140", [5, 6]),
        ("kind: idea\nid: a\noutcome: perhaps\nresolve-by: soon", [4, 5]),
        ("kind: reading\nid: a\nyear: last", [4]),
        ("kind: person\nid: a b", [3]),
        ("kind: person", [2]),
        ("kind: meetng", [2]),
        ("kind: [meeting]", [2]),
        ("kind: person\nid: a\nID: b", [4]),
    ],
)
def test_wrong_values_are_reported_by_line_and_the_rest_is_kept(tmp_path: Path, text: str, lines: list[int]):
    file = read(tmp_path, f"---\n{text}\n---\n- advice: kept\n")
    assert lines_of(file.problems) == lines
    assert all(problem.what_to_do and problem.path == file.path for problem in file.problems)
    assert file.note is not None
    if isinstance(file.note, MeetingNote | FreeNote):
        assert [entry.line.text for entry in file.note.entries] == ["kept"]


@pytest.mark.parametrize(
    "raw",
    [
        b"---\na: 1\na: 2\n---\n",
        b"---\na: [\n---\n",
        b"---\na: &a [*a]\n---\n",
        b"a\0b",
        b"x" * (MAX_BYTES + 1),
    ],
)
def test_a_broken_file_gives_no_note_and_says_why(tmp_path: Path, raw: bytes):
    path = tmp_path / "x.md"
    path.write_bytes(raw)
    file = read_file(path)
    assert file.note is None
    (problem,) = file.problems
    assert problem.severity is Severity.ERROR
    assert str(problem).startswith(f"{path}:" if problem.line else f"{path}")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_inbox_of_our_own_may_be_larger_than_a_note(tmp_path: Path, newline: str):
    lines = [f"- result: {'energy ' * 150_000}" for _ in range(5)]
    path = tmp_path / "inbox.md"
    path.write_bytes(newline.join(("---", "kind: inbox", "id: inbox", "---", *lines, "")).encode())
    assert path.stat().st_size > MAX_BYTES
    file = read_file(path)
    assert file.problems == ()
    assert isinstance(file.note, InboxNote)
    assert len(file.note.entries) == 5


def test_a_mark_before_the_front_matter_and_other_encodings(tmp_path: Path):
    text = "---\r\nkind: person\r\nid: zoé\r\n---\r\n"
    for raw in (b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        (tmp_path / "x.md").write_bytes(raw)
        file = read_file(tmp_path / "x.md")
        assert isinstance(file.note, PersonNote)
        assert (file.note.id, file.problems, file.note.source) == ("zoé", (), raw)
    (tmp_path / "x.md").write_bytes(text.encode("latin-1"))
    file = read_file(tmp_path / "x.md")
    assert isinstance(file.note, PersonNote)
    assert file.note.id == "zoé"
    assert [(problem.line, problem.severity) for problem in file.problems] == [(3, Severity.WARNING)]


def test_what_is_no_file_is_reported(tmp_path: Path):
    for path in (tmp_path, tmp_path / "absent.md", tmp_path / "a\0b.md", tmp_path / ("x" * 300 + ".md")):
        file = read_file(path)
        assert (file.note, len(file.problems)) == (None, 1)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs")
def test_a_fifo_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.md")
    assert read_file(tmp_path / "pipe.md").note is None
    (file,) = read_paths([tmp_path])
    assert (file.note, len(file.problems)) == (None, 1)


def test_together(tmp_path: Path):
    def note(name: str, text: str) -> ReadFile:
        return read(tmp_path, f"---\n{text}\n---\n", name)

    files = [
        note("a.md", "kind: person\nid: ann\nme: true"),
        note("b.md", "kind: project\nid: ann"),
        note("c.md", "kind: person\nid: Ann"),
        note("d.md", "kind: person\nid: bob\nme: true"),
        note("e.md", "kind: meeting\nid: m\ndate: 2022-09-13"),
        note("m.md", "title: free"),
        note("f.md", "a: 1\na: 2"),
    ]
    problems = check_together(files)
    assert [(problem.path.name, problem.line) for problem in problems] == [
        ("c.md", 3),
        ("d.md", 3),
        ("m.md", 2),
    ]
    assert "a.md" in problems[0].message


KEYS = st.sampled_from(
    ["kind", "id", "date", "with", "history", "zone", "glossary", "minutes", "outcome", "title", "since", "year"]
)
VALUES = st.sampled_from(
    [
        *("meeting", "idea", "project", "person", "series", "reading"),
        *("[a, [b]]", "{on: 2022-01-01, status: spark}", "2022-09-13", "~", "- {on: x}"),
        *("\n- {on: 2022-01-01, confidence: 101}", "99999999999999999999", "'", "Asia/Seoul"),
        *("../../x", "&a", "*a", "|"),
    ]
)


@given(st.lists(st.tuples(KEYS, VALUES), max_size=8), st.text(max_size=30))
def test_no_front_matter_stops_the_reading(pairs: list[tuple[str, str]], body: str):
    text = "---\n" + "".join(f"{key}: {value}\n" for key, value in pairs) + "---\n" + body
    _check_bytes(text.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=200))
def test_no_bytes_stop_the_reading(raw: bytes):
    _check_bytes(raw)
    _check_bytes(b"---\nkind: meeting\n" + raw)


def _check_bytes(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.md"
        path.write_bytes(raw)
        file = read_file(path)
        assert file.note is not None or any(problem.severity is Severity.ERROR for problem in file.problems)
        assert file.note is None or file.note.source == raw


def test_yaml_is_loaded_only_where_a_front_matter_is_read():
    code = (
        "import sys; import advisorlog.vault.reading; "
        "print(sorted({'yaml', 'frontmatter', 'sqlalchemy', 'zoneinfo', 'dateparser'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
