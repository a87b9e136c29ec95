"""The capture grammar: what is read as what, and that no line is ever lost."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisorlog.domain.grammar import ConfidenceMark, Line, compose_sigil, compose_words, parse, print_line, to_edit
from advisorlog.domain.kinds import EntryKind, Visibility

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)
"""Any string that Python can hold, lone surrogates and control characters included."""

SIGNS = "!=?>+*%~-[]{}()$`^#@:\\ \n\t"
MARKERS = ("[ ]", "[x]", "- ", "note:", "Advice:", "private:", "todo:", "@ann:", "#zeus", "^fri", "^{a b}")
WORDS = ("because", "mood", "70", "100%", "3", "x", "한국어", "é", "e\u0301", "\u202e", "\x1b", "\ud800")
PIECES = st.sampled_from([*SIGNS, *MARKERS, *WORDS])
NEARLY_LINES = st.lists(PIECES, max_size=10).map("".join)
LINES = st.one_of(ANY_TEXT, NEARLY_LINES)
HANDLES = st.sampled_from(["ann", "Ann-Advisor", "김교수", "me", "j.r_lee", "e\u0301lise"])
PLAIN_KINDS = st.sampled_from([kind for kind in EntryKind if kind is not EntryKind.CONFIDENCE])


def shape(line: str) -> tuple[EntryKind, str]:
    parsed = parse(line)
    return parsed.kind, parsed.text


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("he liked the plot", EntryKind.NOTE, "he liked the plot"),
        ("! Compare with DVFS", EntryKind.ADVICE, "Compare with DVFS"),
        ("!compare", EntryKind.ADVICE, "compare"),
        ("  = Submit in spring", EntryKind.DECISION, "Submit in spring"),
        ("=Submit in spring", EntryKind.DECISION, "Submit in spring"),
        ("=봄에 제출한다", EntryKind.DECISION, "봄에 제출한다"),
        ("*Keep it simple", EntryKind.TAKEAWAY, "Keep it simple"),
        ("*This* is emphasis", EntryKind.NOTE, "*This* is emphasis"),
        ("=SUM(A1) is a formula", EntryKind.NOTE, "=SUM(A1) is a formula"),
        ("==marked text==", EntryKind.NOTE, "==marked text=="),
        ("? decide: Which?", EntryKind.QUESTION, "decide: Which?"),
        ("?왜", EntryKind.QUESTION, "왜"),
        ("> spring", EntryKind.ANSWER, "spring"),
        ("+ 12% less energy", EntryKind.RESULT, "12% less energy"),
        ("* The baseline is weak", EntryKind.TAKEAWAY, "The baseline is weak"),
        ("[] buy GPUs", EntryKind.TODO, "buy GPUs"),
        ("[]buy GPUs", EntryKind.TODO, "buy GPUs"),
        ("[ ] buy GPUs", EntryKind.TODO, "buy GPUs"),
        ("- [ ] buy GPUs", EntryKind.TODO, "buy GPUs"),
        ("* [ ] buy GPUs", EntryKind.TODO, "buy GPUs"),
        ("- todo: buy GPUs", EntryKind.TODO, "buy GPUs"),
        ("concern: the server is shared", EntryKind.CONCERN, "the server is shared"),
        ("WIN:accepted", EntryKind.WIN, "accepted"),
        ("Advice:  two blanks", EntryKind.ADVICE, "two blanks"),
        ("!", EntryKind.ADVICE, ""),
        ("! first\nsecond", EntryKind.ADVICE, "first\nsecond"),
    ],
)
def test_a_marker_says_the_kind(line: str, kind: EntryKind, text: str) -> None:
    assert shape(line) == (kind, text)


LOOK_ALIKES = r"""
!= 3|!!! stop|== 4|=A1|?! what|??|>= 3|>>> import x|>3|**bold** claim|*emph* it|%d items|%20x|+1|+-3|-1|---
[link](x)|[x](y)|[x]y|[1] cites|[](x)|- a list item|- ! x|1. advice: x|# Title
noted: x|answer|note :x|note::x|todo://x|anſwer: x
~50 W|~/data|~~old~~|~$5|~=5|~.5 W
\alpha is high|\[x = 1\]|C:\dir
"""


@pytest.mark.parametrize("line", [line for row in LOOK_ALIKES.split("\n") for line in row.split("|") if line])
def test_what_only_looks_like_a_marker_is_a_plain_note(line: str) -> None:
    parsed = parse(line)
    assert (parsed.kind, parsed.lead, parsed.text) == (EntryKind.NOTE, "", line)
    assert parsed.visibility is Visibility.OPEN
    assert not parsed.troubles


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("~ he seemed tired", EntryKind.NOTE, "he seemed tired"),
        ("~he seemed tired", EntryKind.NOTE, "he seemed tired"),
        ("~ ! drop it", EntryKind.ADVICE, "drop it"),
        ("~!drop it", EntryKind.ADVICE, "drop it"),
        ("~= drop it", EntryKind.DECISION, "drop it"),
        ("private: note: he seemed tired", EntryKind.NOTE, "he seemed tired"),
        ("- Private: ! drop it", EntryKind.ADVICE, "drop it"),
        ("private: - [ ] ask HR", EntryKind.TODO, "ask HR"),
        ("- [ ] private: ask HR", EntryKind.TODO, "ask HR"),
        ("! private: drop it", EntryKind.ADVICE, "drop it"),
        ("~ % about half", EntryKind.NOTE, "% about half"),
        ("~(in confidence) x", EntryKind.NOTE, "(in confidence) x"),
        ("~\\! x", EntryKind.NOTE, "! x"),
    ],
)
def test_private(line: str, kind: EntryKind, text: str) -> None:
    assert shape(line) == (kind, text)
    assert parse(line).visibility is Visibility.PRIVATE


@pytest.mark.parametrize(
    ("line", "lead", "text"),
    [
        ("\\! not advice", "\\", "! not advice"),
        ("\\\\! one backslash", "\\", "\\! one backslash"),
        ("  \\note: x", "  \\", "note: x"),
        ("\\- [ ] x", "\\", "- [ ] x"),
        ("\\[x] y", "\\", "[x] y"),
        ("\\@ann: x", "\\", "@ann: x"),
        ("\\private: x", "\\", "private: x"),
        ("\\~x", "\\", "~x"),
        ("! @ann: \\@bob: x", "! @ann: \\", "@bob: x"),
        ("! \\  x", "! \\", "  x"),
    ],
)
def test_a_backslash_escapes_and_belongs_to_the_lead(line: str, lead: str, text: str) -> None:
    assert (parse(line).lead, parse(line).text) == (lead, text)


@pytest.mark.parametrize(
    ("line", "speaker", "text"),
    [
        ("! @ann: Compare", "ann", "Compare"),
        ("!@ann: Compare", "ann", "Compare"),
        ("advice: @김교수: 비교", "김교수", "비교"),
        ("@ann: hello", "ann", "hello"),
        ("~ @ann: hello", "ann", "hello"),
        ("! @ann Compare", None, "@ann Compare"),
        ("! @ann:Compare", None, "@ann:Compare"),
        ("! @: Compare", None, "@: Compare"),
        ("[ ] @ann: Compare", None, "@ann: Compare"),
    ],
)
def test_who_said_it(line: str, speaker: str | None, text: str) -> None:
    assert (parse(line).speaker, parse(line).text) == (speaker, text)


def test_a_todo_keeps_its_owner_as_a_mention_and_its_tick() -> None:
    line = parse("- [x] @ann: run it ^2022-09-20 #zeus-batch")
    assert line.checked
    assert [mention.name for mention in line.mentions] == ["ann", "zeus-batch"]
    assert [mark.phrase for mark in line.dates] == ["2022-09-20"]
    assert not parse("[ ] run").checked


@pytest.mark.parametrize(
    ("line", "percent", "because", "mood"),
    [
        ("% 70 #zeus because three seeds agree", 70, "three seeds agree", False),
        ("%70 #zeus because of the sweep", 70, "of the sweep", False),
        ("confidence: 70% #zeus: it works", 70, "it works", False),
        ("% 70 % #zeus, it works", 70, "it works", False),
        ("% 0 #zeus", 0, "", False),
        ("% 100 #zeus mood", 100, "", True),
        ("% 40 #zeus mood: tired week", 40, "tired week", True),
        ("% 40 #zeus mood because tired", 40, "tired", True),
        ("% 40 #zeus moody reviewers", 40, "moody reviewers", False),
        ("% #zeus 70 because it works", 70, "it works", False),
        ("% #zeus 70% it works", 70, "it works", False),
        ("% 70 because #zeus works", 70, "#zeus works", False),
        ("% 070 #zeus — it works", 70, "it works", False),
    ],
)
def test_confidence(line: str, percent: int, because: str, mood: bool) -> None:
    parsed = parse(line)
    assert parsed.kind is EntryKind.CONFIDENCE
    assert parsed.confidence == ConfidenceMark(percent, "zeus", because, mood)
    assert parsed.mentions[0].name == "zeus"


NO_CONFIDENCE = "% of us|% 101 #zeus|% 70|%70|% 70 because x|% 0.7 #zeus|% 1e2 #zeus|%|% #zeus|confidence: x|% -5 #zeus"


@pytest.mark.parametrize("line", [*NO_CONFIDENCE.split("|"), "% @ann: high #zeus", f"% {'9' * 5000} #zeus"])
def test_a_confidence_that_is_none_stays_a_note_in_full(line: str) -> None:
    parsed = parse(line)
    assert (parsed.kind, parsed.lead, parsed.text, parsed.confidence) == (EntryKind.NOTE, "", line, None)
    assert parsed.speaker is None
    assert parsed.troubles[0].message.endswith("the line is kept as a note.")


def test_many_zeros_are_still_a_percent() -> None:
    assert parse("% " + "0" * 9000 + "7 #zeus").confidence == ConfidenceMark(7, "zeus", "", False)


@pytest.mark.parametrize("line", ["", " \t", "\n", "!", "~", "[ ]", "- [ ] ", "note: ", "! @ann: "])
def test_an_empty_line_says_so(line: str) -> None:
    parsed = parse(line)
    assert parsed.is_empty
    assert "write what was said" in parsed.troubles[0].message


@given(LINES)
@example("\ud800 lone")
def test_nothing_is_lost(typed: str) -> None:
    line = parse(typed)
    assert print_line(line) == typed
    assert parse(print_line(line)) == line


@given(LINES)
def test_a_line_is_consistent(typed: str) -> None:
    line = parse(typed)
    assert (line.confidence is not None) == (line.kind is EntryKind.CONFIDENCE)
    assert not line.checked or line.kind is EntryKind.TODO
    for mention in line.mentions:
        assert line.text[mention.start : mention.end] == mention.mark + mention.name
    for mark in line.dates:
        assert line.text[mark.start] == "^"
        assert mark.phrase in line.text[mark.start : mark.end]
    spans = sorted((m.start, m.end) for m in (*line.mentions, *line.dates))
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def told(line: Line) -> tuple[EntryKind, Visibility, str, str | None, bool]:
    return line.kind, line.visibility, line.text, line.speaker, line.checked


@given(PLAIN_KINDS, LINES, st.sampled_from(Visibility), st.none() | HANDLES, st.booleans())
def test_compose_and_parse_are_inverse(
    kind: EntryKind, text: str, visibility: Visibility, speaker: str | None, checked: bool
) -> None:
    is_todo = kind is EntryKind.TODO
    expected = (kind, visibility, text, None if is_todo else speaker, checked and is_todo)
    for compose in (compose_sigil, compose_words):
        assert told(parse(compose(kind, text, visibility=visibility, speaker=speaker, checked=checked))) == expected


@pytest.mark.parametrize(
    ("kind", "visibility", "lead", "text", "shown"),
    [
        (EntryKind.ADVICE, Visibility.OPEN, "advice: @ann: ", "Compare", "advice: @ann: Compare"),
        (EntryKind.ADVICE, Visibility.PRIVATE, "! @ann: ", "Compare", "~ ! @ann: Compare"),
        (EntryKind.TODO, Visibility.PRIVATE, "[x] ", "Run", "~ [x] Run"),
        (EntryKind.TODO, Visibility.OPEN, "[-] ", "Run", "[] Run"),
        (EntryKind.NOTE, Visibility.OPEN, "", "> so he said", "\\> so he said"),
        (EntryKind.NOTE, Visibility.OPEN, "", "@ann: is a mark", "\\@ann: is a mark"),
        (EntryKind.NOTE, Visibility.PRIVATE, "", "<!-- tired -->", "~ <!-- tired -->"),
    ],
)
def test_a_stored_line_put_up_to_be_edited_reads_as_what_it_is(
    kind: EntryKind, visibility: Visibility, lead: str, text: str, shown: str
) -> None:
    assert to_edit(kind, visibility, lead, text) == shown


@given(PLAIN_KINDS, st.sampled_from(Visibility), st.sampled_from(["", "! ", "~ ", "> ", "[ ] "]), LINES)
def test_what_is_put_up_to_be_edited_changes_nothing(
    kind: EntryKind, visibility: Visibility, lead: str, text: str
) -> None:
    read = parse(to_edit(kind, visibility, lead, text))
    assert (read.kind, read.visibility, read.text) == (kind, visibility, text)


@given(st.integers(0, 100), LINES, st.sampled_from(Visibility))
def test_a_composed_confidence_is_read_back(percent: int, because: str, visibility: Visibility) -> None:
    text = f"{percent} #zeus because {because}"
    for compose in (compose_sigil, compose_words):
        line = parse(compose(EntryKind.CONFIDENCE, text, visibility=visibility))
        assert (line.kind, line.visibility, line.text) == (EntryKind.CONFIDENCE, visibility, text)
        assert line.confidence is not None
        assert (line.confidence.percent, line.confidence.idea) == (percent, "zeus")


def test_compose_escapes_only_where_it_must() -> None:
    assert compose_sigil(EntryKind.ADVICE, "Compare", visibility=Visibility.PRIVATE) == "~ ! Compare"
    assert compose_sigil(EntryKind.NOTE, "plain") == "plain"
    assert compose_sigil(EntryKind.NOTE, "!= 3") == "!= 3"
    assert compose_sigil(EntryKind.NOTE, "! loud") == "\\! loud"
    assert compose_sigil(EntryKind.CONCERN, "x", speaker="ann") == "concern: @ann: x"
    assert compose_words(EntryKind.NOTE, "tired", visibility=Visibility.PRIVATE) == "private: note: tired"
    assert compose_words(EntryKind.TODO, "run", checked=True) == "[x] run"
    assert compose_words(EntryKind.TODO, "run", visibility=Visibility.PRIVATE) == "[ ] private: run"
    assert compose_words(EntryKind.NOTE, "advice: x") == "note: advice: x"
    with pytest.raises(ValueError, match="no handle"):
        compose_sigil(EntryKind.ADVICE, "x", speaker="no handle")
