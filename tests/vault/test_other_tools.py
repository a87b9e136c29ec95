"""Files of other tools, as those tools made them, and as they get when something went wrong."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.kinds import ActionState, EntryKind, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.vault import formats
from advisorlog.vault.notes import FreeNote, Item, ListNote
from advisorlog.vault.reading import ReadFile, read_file, read_paths

MADE = Path(__file__).parent / "made_by"
DETROIT = "America/Detroit"


def listed(file: ReadFile) -> dict[str, Item]:
    assert isinstance(file.note, ListNote)
    return {item.text.partition("\n")[0]: item for item in file.note.items}


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("taskwarrior.json", "taskwarrior"),
        ("jrnl.json", "jrnl"),
        ("jrnl.txt", "jrnl"),
        ("todo.txt", "todo.txt"),
        ("done.txt", "todo.txt"),
        ("archived.todo.txt", "todo.txt"),
        ("work.org", "org"),
        ("2026-11-25-welcome-to-jekyll.markdown", "jekyll"),
    ],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_each_file_is_known_by_its_text(tmp_path: Path, name: str, form: str, mark: bytes):
    file = read_file(written(tmp_path, name, mark + (MADE / name).read_bytes().replace(b"\n", b"\r\n")))
    assert file.format is not None
    assert file.format.name == form
    assert file.problems == ()
    assert listed(file).keys() == listed(read_file(MADE / name)).keys()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.txt", "# A list\n- [ ] one\n- note: two\n"),
        ("todo.txt", "# Things to do\n\n- [ ] one\n"),
        ("diary.txt", "Today I met Ann.\n2026-11-25 was long.\nx marks the spot\n"),
        ("agenda.md", "(A) the first point\n(B) the second point\n"),
    ],
)
def test_what_looks_a_little_like_another_tool_s_stays_markdown(tmp_path: Path, name: str, text: str):
    assert isinstance(read_file(written(tmp_path, name, text)).note, FreeNote)


def test_other_json_in_a_folder_is_passed_over_and_named_itself_is_refused(tmp_path: Path):
    path = written(tmp_path, "package.json", '{"name": "x", "version": 1}')
    (passed,) = read_paths([tmp_path])
    assert (passed.note, passed.problems) == (None, ())
    (named,) = read_paths([path])
    assert "no format that I know" in str(named.problems[0])


def test_a_forced_format(tmp_path: Path):
    path = written(tmp_path, "list.txt", "buy milk\n")
    assert isinstance(read_file(path).note, FreeNote)
    assert list(listed(read_file(path, wanted="todo.txt"))) == ["buy milk"]
    assert isinstance(read_file(written(tmp_path, "todo.txt", "buy milk\n"), wanted=formats.MARKDOWN).note, FreeNote)


def test_tasks_of_taskwarrior():
    file = read_file(MADE / "taskwarrior.json", zone=DETROIT)
    tasks = listed(file)
    baseline = tasks["Run the DVFS baseline +zeus-batch"]
    assert baseline.key == "501d7cf7-0c68-40c0-be62-61b719529688"
    assert baseline.at == Moment(datetime(2026, 11, 25, 17, 21, 32, tzinfo=UTC), DETROIT)
    assert (baseline.due, baseline.tags, baseline.project) == (date(2026, 12, 1), ("cluster",), "zeus")
    assert baseline.text.splitlines()[1:] == [
        "priority: H",
        "project: zeus",
        "annotation: 2026-11-25 12:21: Ann: compare with [/] DVFS first; see https://example.org/a?b=1#c",
        "tags: cluster",
    ]
    korean = tasks['전력 측정 결과 정리 "따옴표" and backslash']
    assert korean.due == date(2026, 12, 24)
    assert "due: 2026-12-24 17:30" in korean.text
    done, dropped = tasks["Send the draft to Ann"], tasks["Drop the old sweep"]
    assert (done.closed, dropped.closed) == (ActionState.DONE, ActionState.DROPPED)
    assert done.closed_at == Moment(datetime(2026, 11, 25, 17, 21, 32, tzinfo=UTC), DETROIT)
    assert tasks["Book the cluster"].visibility is Visibility.PRIVATE
    assert isinstance(file.note, ListNote)
    kinds = [item.kind for item in file.note.items if item.text.startswith("Write the weekly note")]
    assert kinds == [EntryKind.NOTE, EntryKind.TODO]
    assert dict(file.note.kept)["estimate"] == 1


def test_a_cut_off_export_gives_what_stands_before_the_cut(tmp_path: Path):
    whole = (MADE / "taskwarrior.json").read_text(encoding="utf-8")
    path = written(tmp_path, "cut.json", whole[: whole.index("Book the cluster") + 3])
    file = read_file(path)
    assert len(listed(file)) == 5
    assert [problem.line for problem in file.problems] == [8]
    assert "the 6 tasks before it came in" in str(file.problems[0])


def test_a_task_that_comes_twice_and_one_without_words(tmp_path: Path):
    task = {"uuid": "501d7cf7-0c68-40c0-be62-61b719529688", "status": "pending", "description": "One"}
    tasks = [task, {**task, "description": "Again"}, {"uuid": "x", "status": "pending"}]
    text = "[\n" + ",\n".join(json.dumps(each) for each in tasks) + "\n]\n"
    file = read_file(written(tmp_path, "tasks.json", text))
    assert list(listed(file)) == ["One"]
    assert [problem.line for problem in file.problems] == [3, 4]


def test_an_older_export_has_an_object_a_line(tmp_path: Path):
    lines = (MADE / "taskwarrior.json").read_text(encoding="utf-8").splitlines()[1:-1]
    file = read_file(written(tmp_path, "old.json", "\n" + "\n".join(line.rstrip(",") for line in lines)))
    assert listed(file) == listed(read_file(MADE / "taskwarrior.json"))


def test_a_journal_of_jrnl_and_its_export_say_the_same():
    text = listed(read_file(MADE / "jrnl.txt", zone=DETROIT))
    export = listed(read_file(MADE / "jrnl.json", zone=DETROIT))
    assert [(item.key, item.text, item.at, item.visibility) for item in text.values()] == [
        (item.key, item.text, item.at, item.visibility) for item in export.values()
    ]
    met = text["Met Ann."]
    assert met.at == Moment(datetime(2026, 11, 3, 19, 5, tzinfo=UTC), DETROIT)
    assert met.text == "Met Ann.\nShe asked to compare with DVFS before claiming a win. @ann #zeus-batch"
    assert met.tags == ("ann", "zeus-batch")
    assert '\n\n[bracket] that is no entry\nA "quote", a \\backslash, an <i>' in text["Three things today *"].text
    assert text["At the same minute."].visibility is Visibility.PRIVATE


def test_an_entry_of_jrnl_on_no_day_of_the_calendar(tmp_path: Path):
    path = written(tmp_path, "j.txt", "[2026-11-25 09:15] Fine.\n\n[2026-13-45 09:15] Not fine.\n")
    file = read_file(path)
    assert list(listed(file)) == ["Fine."]
    assert [problem.line for problem in file.problems] == [3]


def test_tasks_of_todo_txt():
    tasks = listed(read_file(MADE / "todo.txt", zone=DETROIT))
    baseline = tasks["Run the DVFS baseline +zeus @cluster due:2026-12-01"]
    assert baseline.text.endswith("\npriority: A")
    assert (baseline.due, baseline.tags, baseline.project) == (date(2026, 12, 1), ("zeus",), "zeus")
    assert baseline.at == Moment(datetime(2026, 11, 25, 17, tzinfo=UTC), DETROIT)
    assert tasks["Pay http://example.org:80/x?a=b at 10:30"].due is None
    old = tasks["Old plan"]
    assert (old.closed, old.closed_at) == (ActionState.DONE, Moment(datetime(2026, 11, 25, 17, tzinfo=UTC), DETROIT))
    note = read_file(MADE / "todo.txt").note
    assert isinstance(note, ListNote)
    assert len({item.key for item in note.items}) == len(note.items) == 7


def test_hidden_tasks_of_todo_txt_are_private(tmp_path: Path):
    tasks = listed(read_file(written(tmp_path, "todo.txt", "Tell nobody h:1\nTell all\n")))
    assert tasks["Tell nobody h:1"].visibility is Visibility.PRIVATE
    assert tasks["Tell all"].visibility is Visibility.OPEN


@given(st.binary(max_size=300), st.sampled_from(formats.names()))
def test_no_bytes_stop_a_reader(tmp_path_factory: pytest.TempPathFactory, raw: bytes, form: str):
    path = tmp_path_factory.mktemp("any") / "any.txt"
    path.write_bytes(raw)
    file = read_file(path, wanted=form)
    assert file.note is not None or file.problems


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), min_size=1).filter(str.strip)
    ),
)
def test_every_line_of_todo_txt_comes_in_with_its_words(tmp_path_factory: pytest.TempPathFactory, lines: list[str]):
    path = tmp_path_factory.mktemp("any") / "todo.txt"
    path.write_text("\n".join(lines), encoding="utf-8", newline="")
    file = read_file(path, wanted="todo.txt")
    assert isinstance(file.note, ListNote)
    left_out = [problem for problem in file.problems if "left out" in problem.what_to_do]
    assert len(file.note.items) + len(left_out) == len(lines)
    for item in file.note.items:
        assert item.text.partition("\npriority: ")[0] in lines[item.line_number - 1]


VTT = """WEBVTT - weekly

NOTE made by hand

1
00:00:01.000 --> 00:00:04.000 align:start
<v Ann Advisor>Compare with DVFS <i>first</i>.</v>

00:00:04.500 --> 00:00:06.000
<v Ann Advisor>Before you claim a win.

00:00:07.000 --> 00:00:09.000
<v.loud Bo>네, 알겠습니다.
"""
SRT = "1\n00:00:01,000 --> 00:00:04,000\nAnn: Compare with DVFS first.\n\n2\n00:00:05,000 --> 00:00:06,000\nBo: Yes.\n"
PLAIN = """Date: 2026-11-24 14:00
[00:01] Ann: Compare with DVFS first.
Before you claim: a win.
[00:09] Bo (00:09): Yes.
Ann: And the knob?

Bo: 3:2, I think.
"""


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "2026-11-24 weekly.vtt",
            VTT,
            [("Ann Advisor", "Compare with DVFS first.\nBefore you claim a win."), ("Bo", "네, 알겠습니다.")],
        ),
        ("2026-11-24.srt", SRT, [("Ann", "Compare with DVFS first."), ("Bo", "Yes.")]),
        (
            "call.txt",
            PLAIN,
            [
                ("Ann", "Compare with DVFS first.\nBefore you claim: a win."),
                ("Bo", "Yes."),
                ("Ann", "And the knob?"),
                ("Bo", "3:2, I think."),
            ],
        ),
    ],
)
def test_a_transcript_is_a_meeting_of_those_who_speak(
    tmp_path: Path, name: str, text: str, said: list[tuple[str, str]]
):
    file = read_file(written(tmp_path, name, text))
    note = file.note
    assert isinstance(note, ListNote)
    assert [(item.speaker, item.text) for item in note.items] == said
    assert note.start is not None
    assert note.start.day == date(2026, 11, 24)
    assert note.people == tuple(dict.fromkeys(speaker for speaker, _ in said))


def test_a_transcript_without_a_day_keeps_the_names_in_its_text(tmp_path: Path):
    file = read_file(written(tmp_path, "call.txt", PLAIN.partition("\n")[2]))
    note = file.note
    assert isinstance(note, ListNote)
    assert (note.start, note.people) == (None, ())
    assert note.items[1].text == "Bo: Yes."
    assert "no day in its name" in str(file.problems[0])


@pytest.mark.parametrize(
    "text",
    [
        "Title: A plan\nAuthor: Ann\nDate: 2026-11-24\n\nWords: many\n",
        "advice: one\nadvice: two\ndecision: three\nnote: four\n",
        "Dear Ann:\n\nI write to you.\nYours: Bo\n",
    ],
)
def test_lines_with_colons_are_no_transcript(tmp_path: Path, text: str):
    assert isinstance(read_file(written(tmp_path, "note.txt", text)).note, FreeNote)


def test_an_org_file():
    file = read_file(MADE / "work.org", zone=DETROIT)
    items = listed(file)
    assert list(items) == [
        "The plan for the spring deadline.",
        "Baselines",
        "Run the DVFS baseline",
        "전력 측정 결과 정리",
        "Ask Ann for cluster time",
        "Old sweep",
        "Thoughts",
    ]
    baseline = items["Run the DVFS baseline"]
    assert (baseline.key, baseline.kind) == ("f77bedd6-dadf-4ae8-b59b-cfd1ca381626", EntryKind.TODO)
    assert (baseline.due, baseline.tags, baseline.closed) == (date(2026, 12, 1), ("cluster", "zeus_batch"), None)
    assert baseline.text.splitlines()[1:] == [
        "state: NEXT",
        "priority: A",
        "tags: cluster zeus_batch",
        "under: Baselines",
        "scheduled: <2026-11-26 Thu 10:00>",
        "EFFORT: 2:00",
        "Three GPUs, five seeds.",
        "- [ ] a checkbox",
    ]
    korean = items["전력 측정 결과 정리"]
    assert korean.due == date(2026, 12, 24)
    assert "deadline: <2026-12-24 Thu 17:30>" in korean.text
    done = items["Ask Ann for cluster time"]
    assert done.closed is ActionState.DONE
    assert done.closed_at == Moment(datetime(2026, 11, 25, 17, 37, tzinfo=UTC), DETROIT)
    assert items["Old sweep"].closed is ActionState.DROPPED
    assert items["Thoughts"].visibility is Visibility.PRIVATE
    assert items["Thoughts"].kind is EntryKind.NOTE


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [
        ("* 2026\n** 2026-11 November\n*** 2026-11-24 Tuesday\n**** Met Ann\n", date(2026, 11, 24), "Met Ann"),
        ("* Met Ann <2026-11-24 Tue 14:00>\n", date(2026, 11, 24), "Met Ann <2026-11-24 Tue 14:00>"),
        ("* Met Ann\n:PROPERTIES:\n:CREATED: [2026-11-24 Tue]\n:END:\n", date(2026, 11, 24), "Met Ann"),
        ("#+DATE: 2026-11-24\n* Met Ann\n", date(2026, 11, 24), "Met Ann"),
        ("* Met Ann\n", None, "Met Ann"),
    ],
)
def test_when_an_org_heading_was_said(tmp_path: Path, text: str, day: date | None, words: str):
    items = listed(read_file(written(tmp_path, "notes.org", text)))
    assert [(item.text, item.at.day if item.at else None) for item in items.values()] == [(words, day)]


def test_a_private_org_heading_hides_what_stands_below_it(tmp_path: Path):
    text = "* Thoughts :private:\n** He seemed tired\n* COMMENT Not yet\n** Hidden too\n* Open\n"
    items = listed(read_file(written(tmp_path, "notes.org", text)))
    assert [item.text.split("\n")[0] for item in items.values() if item.visibility is Visibility.OPEN] == ["Open"]


@given(
    st.lists(st.sampled_from(["* A", "** TODO B", "text", "  :x:", ":PROPERTIES:", ":END:", "", "#+BEGIN_SRC", "*"]))
)
def test_no_line_of_an_org_file_is_lost(tmp_path_factory: pytest.TempPathFactory, lines: list[str]):
    path = tmp_path_factory.mktemp("any") / "any.org"
    path.write_text("\n".join(lines), encoding="utf-8")
    note = read_file(path).note
    assert isinstance(note, ListNote)
    kept = "\n".join(item.text for item in note.items).split("\n")
    assert kept.count("text") == lines.count("text")
    assert sum(line in ("A", "B") for line in kept) == sum(line in ("* A", "** TODO B") for line in lines)


def test_a_post_of_jekyll(tmp_path: Path):
    items = listed(read_file(MADE / "2026-11-25-welcome-to-jekyll.markdown"))
    title = items["Welcome to Jekyll!"]
    assert title.text.splitlines()[1:] == ["layout: post", "categories: jekyll update"]
    assert title.at == Moment(datetime(2026, 11, 25, 17, 37, 14, tzinfo=UTC), "+00:00")
    assert any(item.text.startswith("{% highlight ruby %}\ndef print_hi") for item in items.values())
    path = tmp_path / "_drafts"
    path.mkdir()
    draft = read_file(written(path, "idea.md", "---\ntitle: An idea\n---\nNot yet.\n"))
    assert {item.visibility for item in listed(draft).values()} == {Visibility.PRIVATE}


def test_a_post_that_is_not_published_is_private(tmp_path: Path):
    text = "---\nlayout: post\ntitle: Ours\npublished: false\ntags: [zeus-batch, GPU]\n---\nA.\n\n- [x] B ^2026-12-01\n"
    items = listed(read_file(written(tmp_path, "2026-11-24-ours.md", text)))
    assert {item.visibility for item in items.values()} == {Visibility.PRIVATE}
    assert items["Ours"].tags == ("zeus-batch", "GPU")
    todo = items["B ^2026-12-01"]
    assert (todo.kind, todo.due, todo.closed) == (EntryKind.TODO, date(2026, 12, 1), ActionState.DONE)


def test_half_a_character_is_told_and_stops_nothing(tmp_path: Path):
    text = '[\n{"uuid": "a", "status": "pending", "description": "cut \\ud83d"},\n'
    text += '{"uuid": "b", "status": "pending", "description": "whole \\ud83d\\ude00"}\n]'
    file = read_file(written(tmp_path, "tasks.json", text))
    assert list(listed(file)) == ["cut \ufffd", "whole \U0001f600"]
    assert [problem.line for problem in file.problems] == [2]


@pytest.mark.parametrize(
    "broken", ["[" * 100_000, '[{"uuid": ' + "1" * 10_000 + "}]", "[1, 2]", "{", "nothing", '[{"a": 1}']
)
def test_broken_json_gets_a_line(tmp_path: Path, broken: str):
    for form in ("taskwarrior", "jrnl"):
        file = read_file(written(tmp_path, "broken.json", broken), wanted=form)
        assert file.problems
        assert all(problem.line is not None for problem in file.problems)
