"""Bodies: what each line becomes, and that none is lost."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.domain.grammar import compose_words, parse, print_line
from advisorlog.domain.kinds import ActionState, EntryKind, Visibility
from advisorlog.vault.blocks import split_lines
from advisorlog.vault.body import MAX_NESTING, Body, read_body
from advisorlog.vault.notes import ActionEventNote, AnswerNote

PATH = Path("note.md")


def body_of(text: str) -> Body:
    return read_body(PATH, split_lines(text), "UTC")


def entries_of(text: str) -> list[tuple[EntryKind, str]]:
    return [(entry.line.kind, entry.line.text) for entry in body_of(text).entries]


NOTE = EntryKind.NOTE


def test_a_meeting():
    body = body_of(
        "## Agenda\n- power-limit sweep\n  - both GPUs\n- figures\n## Notes\n"
        "- advice: @ann: Compare against DVFS before claiming a win. #zeus-batch\n"
        "- private: note: he seemed tired\n"
        "- [x] Run the DVFS baseline @me ^2022-09-20\n"
        "  - done test: table with 3 GPUs and error bars\n"
        "  - root: The baseline is weak.\n"
        "  - 2022-09-20 carried ^2022-09-27: the cluster was down\n"
        "  - 2022-09-26 done: 3 GPUs, 5 seeds\n"
        "- question: decide: Which deadline? | options: spring / fall\n"
        "  - answered 2022-09-20: spring\n"
    )
    assert [(item.line_number, item.text) for item in body.agenda] == [
        (2, "power-limit sweep\n- both GPUs"),
        (4, "figures"),
    ]
    advice, private, todo, question = body.entries
    assert (advice.line.kind, advice.line.speaker, advice.line_number) == (EntryKind.ADVICE, "ann", 6)
    assert private.line.visibility is Visibility.PRIVATE
    assert todo.item == "[x] Run the DVFS baseline @me ^2022-09-20"
    assert todo.line.checked
    assert (todo.done_test, todo.root) == ("table with 3 GPUs and error bars", "The baseline is weak.")
    assert todo.events == (
        ActionEventNote(11, date(2022, 9, 20), ActionState.CARRIED, date(2022, 9, 27), "the cluster was down"),
        ActionEventNote(12, date(2022, 9, 26), ActionState.DONE, None, "3 GPUs, 5 seeds"),
    )
    assert question.answers == (AnswerNote(14, date(2022, 9, 20), "spring"),)
    assert not body.problems


@pytest.mark.parametrize("heading", ["## Agenda", "# AGENDA:", "Agenda\n------", "### 안건 ###", "## agenda"])
def test_headings_of_the_agenda(heading: str):
    body = body_of(f"{heading}\n- a\n\nb\n## 메모\n- c")
    assert [item.text for item in body.agenda] == ["a", "b"]
    assert [entry.item for entry in body.entries] == ["c"]


def test_a_smaller_heading_stays_in_the_agenda_and_another_one_ends_it():
    body = body_of("## Agenda\n### Part one\n- a\n## Whiteboard\n- b\n")
    assert [item.text for item in body.agenda] == ["### Part one", "a"]
    assert [entry.item for entry in body.entries] == ["## Whiteboard", "b"]


@pytest.mark.parametrize("bullet", ["-", "*", "+", "•", "1.", "12)"])
def test_the_bullet_never_says_the_kind(bullet: str):
    assert entries_of(f"{bullet} plain\n{bullet} takeaway: x\n{bullet} [ ] do\n{bullet} ! sigil") == [
        (NOTE, "plain"),
        (EntryKind.TAKEAWAY, "x"),
        (EntryKind.TODO, "do"),
        (EntryKind.ADVICE, "sigil"),
    ]


def test_paragraphs_are_notes_unless_a_word_says_more():
    assert entries_of("free text\nover two lines\n\n= 3 is odd\n\ndecision: go\nresult: 3x\nfaster") == [
        (NOTE, "free text\nover two lines"),
        (NOTE, "= 3 is odd"),
        (EntryKind.DECISION, "go"),
        (EntryKind.RESULT, "3x\nfaster"),
    ]


def test_a_form_that_nobody_filled_in_is_nothing_to_report():
    body = body_of("- [ ]\n- [x] \n- ?\n- advice:\n\n1. ?\n")
    assert (body.entries, body.problems) == ((), ())


def test_a_remark_that_begins_with_a_percent_sign_is_text():
    body = body_of("% set below the figure\nand the caption\n\n- % 70")
    assert [entry.line.text for entry in body.entries] == ["% set below the figure\nand the caption", "% 70"]
    assert [problem.line for problem in body.problems] == [4]


@pytest.mark.parametrize(
    "block",
    [
        "```c\n#include <x.h>\n- [ ] not a todo\n\n## not a heading\n```",
        "~~~\n- a\n```\n- b\n~~~",
        "| idea | @who |\n|---|---|\n| #x | y |",
        "a | b\n--|--\n#x | y",
        "$$\n- x = 3\n\n+ y\n$$",
        "\\[\n* x\n\\]",
        "> advice: quoted\n> - [ ] also quoted",
        "<!-- one\n\n- [ ] two -->",
        "***",
    ],
)
def test_blocks_are_kept_whole(block: str):
    (entry,) = body_of(f"{block}\n").entries
    assert (entry.line.kind, entry.item, entry.line.mentions) == (NOTE, block, ())
    inside = block.replace("\n", "\n  ")
    (entry,) = body_of(f"- {inside}\n").entries
    assert entry.line.kind is NOTE
    assert entry.line.mentions == ()


def test_what_a_reader_of_the_file_cannot_see_stays_private():
    assert [entry.line.visibility for entry in body_of("<!-- tired -->\n\n- <!-- rude -->").entries] == [
        Visibility.PRIVATE,
        Visibility.PRIVATE,
    ]


@pytest.mark.parametrize(("opening", "name"), [("```", "code block"), ("<!--", "comment")])
def test_what_is_never_closed_is_reported(opening: str, name: str):
    body = body_of(f"x\n\n{opening}\n- decision: go\n")
    assert [(problem.line, name in problem.message) for problem in body.problems] == [(3, True)]
    assert "decision: go" in body.entries[1].item


def test_following_lines_belong_to_the_entry():
    (entry,) = body_of("- advice: one\n  two\nlazy\n\n  para\n  - nested\n    - deeper\n\n").entries
    assert entry.item == "advice: one\ntwo\nlazy\n\npara\n- nested\n  - deeper"
    assert entry.line.kind is EntryKind.ADVICE


def test_details_are_taken_out_of_the_text():
    (entry,) = body_of("- [ ] a\n  - with Ann\n  - done test: b\n  more\n").entries
    assert (entry.item, entry.done_test) == ("[ ] a\n- with Ann", "b\nmore")


def test_a_second_done_test_stays_text():
    (entry,) = body_of("- [ ] a\n  - done test: b\n  - done test: c\n").entries
    assert (entry.item, entry.done_test) == ("[ ] a\n- done test: c", "b")


def test_a_detail_in_doubt_stays_text_and_is_reported():
    body = body_of("- [ ] a\n  - 2022-13-45 done: b\n")
    assert body.entries[0].item == "[ ] a\n- 2022-13-45 done: b"
    assert [problem.line for problem in body.problems] == [2]


def test_nested_items_that_say_their_kind_are_entries_of_their_own():
    body = body_of("- Zeus\n  - power\n    - [ ] measure\n      - done test: table\n    - plain\n  - advice: go\n- end")
    found = [(entry.line_number, entry.item, entry.under, entry.done_test) for entry in body.entries]
    assert found == [
        (1, "Zeus\n- power\n  - plain", None, None),
        (3, "[ ] measure", 1, "table"),
        (6, "advice: go", 1, None),
        (7, "end", None, None),
    ]


def test_what_is_nested_below_something_private_is_private():
    body = body_of("- private: note: x\n  - todo: y\n    - advice: z\n- todo: w")
    assert [entry.line.visibility for entry in body.entries] == [Visibility.PRIVATE] * 3 + [Visibility.OPEN]


def test_nested_below_nothing():
    body = body_of("-\n  - advice: x\n- [ ]\n  - result: y\n")
    assert [(entry.item, entry.under) for entry in body.entries] == [
        ("- advice: x", None),
        ("result: y", None),
    ]


def test_ordered_nested_and_indented_by_two():
    assert entries_of("1. a\n  - [ ] b\n2. c\n\n2022. That year\n") == [
        (NOTE, "a"),
        (EntryKind.TODO, "b"),
        (NOTE, "c"),
        (NOTE, "2022. That year"),
    ]


def test_tabs():
    assert entries_of("-\tadvice: a\n\t- [ ] b\n\t\tmore\n") == [
        (EntryKind.ADVICE, "a"),
        (EntryKind.TODO, "b\n  more"),
    ]


def test_deep_nesting_ends_as_text():
    text = "\n".join("  " * depth + "- todo: x" for depth in range(1_200))
    assert len(body_of(text).entries) <= MAX_NESTING + 3


FRAGMENTS = [
    *("advice: Compare #a", "[ ] Run it @me ^2022-09-20", "[x] Done", "plain", "private: note: x", "~ tired"),
    *("question: why?", "```", "~~~", "$$", "\\[", "<!--", "-->", "| a | b |", "|---|---|", "a | b", "> quote"),
    *("---", "***", "===", "% 40", "% 70 #a", "## Agenda", "## Notes", "# Title", "### Part ###", "#", "안건"),
    *("x `code` $y$", "- [ ] twice", "* * x", "1. one", "! sigil", "@ann: said", "\\- escaped", "\u2028"),
    *("\x0c", "\x1b[0m", "#tag", "word: x", "http://x.y", "<div>", "root", "\ufeffx"),
]
MARGINS = st.sampled_from(["", "", "", " ", "  ", "    ", "\t", "      ", "   \t"])
BULLETS = st.sampled_from(["", "- ", "* ", "+ ", "1. ", "2) ", "-\t", "-      ", "- - "])
TEXTS = st.one_of(
    st.sampled_from(FRAGMENTS),
    st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=12),
    st.just(""),
)
LINES = st.tuples(MARGINS, BULLETS, TEXTS).map("".join)
BULLET = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])(?:[ \t]+|\Z)")


@given(st.lists(LINES, max_size=30))
def test_no_line_is_lost(lines: list[str]):
    body = body_of("\n".join(lines))
    told = "\n".join([item.text for item in body.agenda] + [entry.item for entry in body.entries])
    for line in lines:
        if re.sub(r"[#:\s]", "", line).casefold() in ("agenda", "notes", "안건", "메모"):
            continue
        core = line.strip()
        without = BULLET.sub("", line, count=1).strip()
        if core in told or without in told or parse(without).is_empty:
            continue
        assert parse(BULLET.sub("", without, count=1)).is_empty, line


@given(st.lists(LINES, max_size=30))
def test_lead_and_text_are_the_item_and_numbers_rise(lines: list[str]):
    body = body_of("\n".join(lines))
    assert all(print_line(entry.line) == entry.item for entry in body.entries)
    numbers = [entry.line_number for entry in body.entries]
    assert numbers == sorted(set(numbers))
    assert all(1 <= number <= len(lines) for number in numbers)
    known = set(numbers)
    assert all(entry.under is None or entry.under in known for entry in body.entries)


@given(st.lists(LINES, max_size=15))
def test_entries_written_as_items_are_read_back(lines: list[str]):
    """What an export writes for an entry, a list item with the kind's word, is read as the same entry."""
    for entry in body_of("\n".join(lines)).entries:
        line = entry.line
        if line.kind is EntryKind.CONFIDENCE:
            continue
        typed = compose_words(
            line.kind, line.text, visibility=line.visibility, speaker=line.speaker, checked=line.checked
        )
        written = "- " + typed.replace("\n", "\n  ") + "\n"
        (again, *rest) = [other.line for other in body_of(written).entries]
        assert (again.kind, again.visibility, again.speaker) == (line.kind, line.visibility, line.speaker), written
        assert (again.text, rest) == (line.text, []), written


@given(st.text(st.sampled_from("-*+#>|`$~=\\[]<!: \t\nax1."), max_size=200))
def test_no_body_is_refused(text: str):
    body_of(text)
