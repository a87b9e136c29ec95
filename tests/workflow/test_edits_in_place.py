"""A change on the log's side reaches its file line by line; all else in the file stays as its writer left it."""

from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.moments import Moment
from advisorlog.store.connection import reading, transaction
from advisorlog.workflow import actions, entries, history, ideas, people, projects
from advisorlog.workflow.capture import Place, capture
from tests.conftest import NOW
from tests.workflow.conftest import Vault
from tests.workflow.test_round_trip import Trip, assert_same, bring_in, export, sheets

MEETING = """---
# my template, v2
kind: meeting
id: 2026-11-10-zeus-weekly   # made by a script
tags: [a, b]
series: zeus-weekly
date: 2026-11-10T14:00+00:00
custom: {deep: [1, 2, {x: y}]}
---

## Agenda

* power-limit sweep
* 봄 제출

## Notes

Some *free* text with $E = mc^2$ and <b>HTML</b>.

- advice: Compare with DVFS first
- [ ] Run the baseline @me ^2026-11-17
    - done test: a table
- question: When?
  - answered 2026-11-10: spring

| a | b |
|---|---|
| 1 | 2 |

```python
x = 1  # not an #idea
```

$$
\\int_0^1 x\\,dx
$$

<!-- a comment, out of sight -->
* result: 3 of 3 GPUs agree
"""
IDEA = """---
kind: idea
id: cap
aliases: ["the cap"]
title: Cap the power   # a working title
history:
  # how it began
  - {on: 2026-10-01, status: spark, confidence: 40}
  - on: 2026-11-01
    confidence: 70
    because: "3 of 3 GPUs agree"
cssclass: wide
---
Body with **bold**, 한국어 and a [[link]].
"""


@pytest.fixture
def filled(vault: Vault) -> Vault:
    vault.write("2026-11-10.md", MEETING)
    vault.write("cap.md", IDEA)
    vault.bring_in()
    return vault


def changed(vault: Vault, name: str) -> list[str]:
    """The lines that an export takes out of a file and puts into it."""
    path = vault.folder / name
    before = path.read_text("utf-8")
    export(vault.settings, vault.folder)
    after = path.read_text("utf-8")
    lines = list(unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))
    return [line for line in lines[2:] if not line.startswith("@@")]


def entry(log: Path, text: str) -> int:
    with reading(log) as connection:
        return int(connection.execute("SELECT id FROM entry WHERE text LIKE ?", (f"{text}%",)).fetchone()[0])


def test_nothing_changed_nothing_written(filled: Vault) -> None:
    before = {path: path.read_bytes() for path in filled.folder.iterdir()}
    export(filled.settings, filled.folder)
    assert {path: path.read_bytes() for path in before} == before


def test_a_promise_that_was_kept(filled: Vault, now: Moment) -> None:
    actions.done(filled.settings.log, now, [1], "3 GPUs, in the table")
    assert changed(filled, "2026-11-10.md") == [
        "-- [ ] Run the baseline @me ^2026-11-17",
        "+- [x] Run the baseline @me ^2026-11-17",
        "+    - 2026-11-24T09:00Z done: 3 GPUs, in the table",
    ]


def test_other_words(filled: Vault, now: Moment) -> None:
    entries.edit(filled.settings.log, now, entry(filled.settings.log, "3 of 3"), "+ 4 of 4 GPUs agree")
    assert changed(filled, "2026-11-10.md") == ["-* result: 3 of 3 GPUs agree", "+* result: 4 of 4 GPUs agree"]


def test_a_line_that_was_taken_out(filled: Vault, now: Moment) -> None:
    entries.remove(filled.settings.log, now, entry(filled.settings.log, "Compare"))
    assert changed(filled, "2026-11-10.md") == ["-- advice: Compare with DVFS first"]


def test_a_line_that_was_added(filled: Vault, now: Moment) -> None:
    capture(filled.settings.log, ["! And write it up"], Place(now, "2026-11-10-zeus-weekly"), now)
    added = changed(filled, "2026-11-10.md")
    assert added[0] == "+- advice: And write it up"
    assert all(line.startswith("+") for line in added)


def test_a_step_of_an_idea(filled: Vault, now: Moment) -> None:
    ideas.move(filled.settings.log, now, "cap", ideas.IdeaStatus.EXPLORING, ideas.Reason("it holds on A40"))
    added = changed(filled, "cap.md")
    assert [line for line in added if line.startswith("-")] == []
    assert "+    status: exploring" in added


def test_a_title_keeps_the_comment_beside_it(filled: Vault) -> None:
    with transaction(filled.settings.log, "idea edit", NOW) as connection:
        connection.execute("UPDATE idea SET title = 'Cap all power' WHERE slug = 'cap'")
    assert changed(filled, "cap.md") == [
        "-title: Cap the power   # a working title",
        "+title: Cap all power   # a working title",
    ]


def test_a_key_that_the_file_did_not_have(filled: Vault, now: Moment) -> None:
    projects.edit(filled.settings.log, now, "zeus", projects.ProjectFields(goal="Less energy"))
    assert changed(filled, "zeus.md") == ["+goal: Less energy"]


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark_stay(vault: Vault, now: Moment, line_end: str, mark: bytes) -> None:
    path = vault.write("2026-11-10.md", mark + MEETING.replace("\n", line_end).encode())
    vault.bring_in()
    entries.remove(vault.settings.log, now, entry(vault.settings.log, "Compare"))
    export(vault.settings, vault.folder)
    expected = MEETING.replace("- advice: Compare with DVFS first\n", "")
    assert path.read_bytes() == mark + expected.replace("\n", line_end).encode()


def _edits() -> list[Callable[[Path, Moment], object]]:
    return [
        lambda log, now: actions.done(log, now, [1], "done"),
        lambda log, now: actions.carry(log, now, [1], None, "the cluster was down"),
        lambda log, now: entries.edit(log, now, entry(log, "3 of 3"), "+ other words #cap"),
        lambda log, now: entries.remove(log, now, entry(log, "Some *free*")),
        lambda log, now: entries.hide(log, now, entry(log, "3 of 3")),
        lambda log, now: entries.retag(log, now, entry(log, "3 of 3"), EntryKind.WIN),
        lambda log, now: entries.move(log, now, entry(log, "3 of 3"), None),
        lambda log, now: capture(log, ["? one", "> two", "[] three @me", "% 80 #cap"], Place(now, "2026-11-10"), now),
        lambda log, now: capture(log, ["in the inbox", "~ private"], Place(now), now),
        lambda log, now: people.edit(log, now, "ann-advisor", people.PersonFields(note="Likes\n\n- tables")),
        lambda log, now: ideas.move(log, now, "cap", ideas.IdeaStatus.EXPLORING, ideas.Reason("it holds")),
    ]


@pytest.mark.parametrize("number", range(len(_edits())))
def test_every_edit_comes_back(filled: Vault, now: Moment, empty_log: Path, number: int) -> None:
    _edits()[number](filled.settings.log, now)
    done = export(filled.settings, filled.folder)
    assert not done.unsaid
    assert not done.conflicts
    trip = Trip(empty_log)
    assert not bring_in(trip.two, filled.folder).problems
    assert_same(sheets(filled.settings.log), sheets(trip.two.log))
    assert export(filled.settings, filled.folder).written == []


FREE = """# Kinks

#walls
## Ratio $a/b$
It is **0.8**, whatever $C$ is:
$$a = 0.8 b$$
as long as $C > 0$.
Shown below
> the plot

* one
\t* [ ] measure it 📅 2026-12-01
\t* [x] plot it
"""


@pytest.fixture
def free(vault: Vault) -> Vault:
    vault.write("kinks.md", FREE)
    vault.bring_in()
    return vault


@pytest.mark.parametrize(
    ("old", "line", "lines"),
    [
        ("## Ratio", "## Ratio $b/a$", ["-## Ratio $a/b$", "+## Ratio $b/a$"]),
        ("## Ratio", "~ ## Ratio", ["-## Ratio $a/b$", "+", "+- private: note: ## Ratio", "+"]),
        ("## Ratio", "! ratio", ["-## Ratio $a/b$", "+", "+- advice: ratio", "+"]),
        ("$$a", "$$a = 0.9 b$$", ["-$$a = 0.8 b$$", "+$$a = 0.9 b$$"]),
        ("#walls", "! #walls first", ["-#walls", "+advice: #walls first"]),
        ("as long", "~ as ever", ["-as long as $C > 0$.", "-Shown below", "+private: note: as ever"]),
        ("> the", "so it is", ["-> the plot", "+- so it is"]),
        (
            "measure",
            "[] measure it twice 📅 2026-12-01",
            ["-\t* [ ] measure it 📅 2026-12-01", "+\t* [ ] measure it twice 📅 2026-12-01"],
        ),
        ("plot it", "[x] plot it again", ["-\t* [x] plot it", "+\t* [x] plot it again"]),
    ],
)
def test_a_line_of_free_text_stays_what_it_was_where_it_can(
    free: Vault, now: Moment, old: str, line: str, lines: list[str]
) -> None:
    entries.edit(free.settings.log, now, entry(free.settings.log, old), line)
    assert changed(free, "kinks.md") == lines
    assert not bring_in(free.settings, free.folder).changed


def test_what_stood_between_two_paragraphs_leaves_a_blank_line(free: Vault, now: Moment) -> None:
    entries.remove(free.settings.log, now, entry(free.settings.log, "$$a"))
    assert changed(free, "kinks.md") == ["-$$a = 0.8 b$$", "+"]


def test_a_line_that_comes_back_between_others_stands_apart(vault: Vault, now: Moment) -> None:
    vault.write("kinks.md", "$$a = 1$$\n## Ratio\nIt is 0.8\n")
    vault.bring_in()
    entries.remove(vault.settings.log, now, entry(vault.settings.log, "## Ratio"))
    assert changed(vault, "kinks.md") == ["-## Ratio"]
    history.take_back(vault.settings.log, now, None)
    assert changed(vault, "kinks.md") == ["+", "+- note: ## Ratio", "+"]


def test_a_promise_of_an_undated_note_that_was_kept(
    free: Vault, now: Moment, empty_log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = entry(free.settings.log, "measure")
    with reading(free.settings.log) as connection:
        (action,) = connection.execute("SELECT id FROM action WHERE entry_id = ?", (number,)).fetchone()
    actions.done(free.settings.log, now, [action], "0.8")
    assert changed(free, "kinks.md") == [
        "-\t* [ ] measure it 📅 2026-12-01",
        "+\t* [x] measure it 📅 2026-12-01",
        "+\t  - 2026-11-24T09:00 done: 0.8",
    ]
    monkeypatch.setenv("ADVISORLOG_NOW", "2026-12-24T09:00:00+00:00")
    trip = Trip(empty_log)
    assert not bring_in(trip.two, free.folder).problems
    assert_same(sheets(free.settings.log), sheets(trip.two.log))
