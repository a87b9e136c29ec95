"""Front matter: found, bounded, and kept as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.vault.frontmatter import MAX_CHARACTERS, Matter, read_matter
from advisorlog.vault.tree import MAX_DEPTH, MAX_NODES, BrokenMatter, Scalar, Sequence, Table, Value


def plain(value: Value) -> object:
    if isinstance(value, Scalar):
        return value.text
    if isinstance(value, Sequence):
        return [plain(item) for item in value.items]
    return {key.text: plain(item) for key, item in value.pairs}


def fields_of(text: str) -> Table:
    matter = read_matter(text)
    assert matter.fields is not None
    return matter.fields


def attempt(text: str) -> tuple[Matter | None, BrokenMatter | None]:
    try:
        return read_matter(text), None
    except BrokenMatter as refused:
        return None, refused


def refusal(block: str) -> BrokenMatter:
    with pytest.raises(BrokenMatter) as refused:
        read_matter(f"---\n{block}\n---\nbody\n")
    assert refused.value.what_to_do
    return refused.value


@pytest.mark.parametrize("typed", ["12:30:45", "yes", "1_000", "2022-13-45", "0x1f", "1e3", "No", "010", "=", ".inf"])
def test_values_stay_as_typed(typed: str):
    assert plain(fields_of(f"---\ntitle: {typed}\n---\n")) == {"title": typed}


def test_lines_are_those_of_the_file():
    fields = fields_of("\n---\r\na: 1\r\nb:\r\n  - x\r\n  - y\r\nc: {d: e}\r\n---\r\nbody")
    assert [key.line for key, _ in fields.pairs] == [3, 4, 7]
    listed = fields.pairs[1][1]
    assert isinstance(listed, Sequence)
    assert [item.line for item in listed.items] == [5, 6]


@pytest.mark.parametrize(
    ("text", "body", "line"),
    [
        ("---\na: 1\n---\nbody", "body", 4),
        ("---\r\na: 1\r\n---\r\n  body\r\n", "  body\r\n", 4),
        ("---\n---\n\nbody", "\nbody", 3),
        ("---\na: 1\n...\nbody", "body", 4),
        ("---\na: 1\n---", "", 3),
        ("no front matter\n---\na: 1\n---\n", "no front matter\n---\na: 1\n---\n", 1),
        ("---\njust a rule above\n---\n", "---\njust a rule above\n---\n", 1),
        ("---\n- a list\n---\n", "---\n- a list\n---\n", 1),
        ("---\nonly a rule", "---\nonly a rule", 1),
        ("", "", 1),
    ],
)
def test_the_body_begins_behind_the_front_matter(text: str, body: str, line: int):
    matter = read_matter(text)
    assert text[matter.body_start :] == body
    assert matter.body_line == line


def test_a_duplicate_key_is_refused_with_both_lines():
    refused = refusal("id: a\ntitle: b\nid: c")
    assert refused.line == 4
    assert "line 2" in refused.message
    assert refusal("glossary:\n  A: x\n  A: y").line == 4


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("a: b: c", 2),
        ("a: 1\nb: [x", 3),
        ("a: 1\nb: *nothing", 3),
        ("a: &x [*x]", 2),
        ("a: &x {b: *x}", 2),
        ("k: v\n? [1, 2]\n: b", 3),
        ("k: v\n? {a: b}\n: b", 3),
        ("a: 1\nb\x01: c", 3),
        ("a: %tag", 2),
        ("a: 'open\nb: 1", 2),
        ("a: 1\n\tb: 2", 3),
        ("a: 1\n   b: 2", 3),
    ],
)
def test_broken_yaml_is_refused_with_its_line(block: str, line: int):
    assert refusal(block).line == line


def test_aliases_that_explode_are_refused():
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for step in range(1, 9):
        bomb += f"a{step}: &a{step} [{', '.join([f'*a{step - 1}'] * 10)}]\n"
    assert f"{MAX_NODES:,}" in refusal(bomb).message
    assert plain(fields_of("---\na: &x [1]\nb: *x\n---\n")) == {"a": ["1"], "b": ["1"]}


@pytest.mark.parametrize("depth", [MAX_DEPTH, 5_000, 60_000])
def test_deep_nesting_is_refused(depth: int):
    assert str(MAX_DEPTH) in refusal("a: " + "[" * depth + "]" * depth).message


def test_depth_through_aliases_is_counted():
    chain = "a0: &a0 [x]\n" + "".join(f"a{step}: &a{step} [*a{step - 1}]\n" for step in range(1, 60))
    assert str(MAX_DEPTH) in refusal(chain).message


def test_a_front_matter_without_end_is_refused_when_it_was_meant():
    with pytest.raises(BrokenMatter) as refused:
        read_matter("---\nkind: meeting\n## Notes\n")
    assert refused.value.line == 1
    with pytest.raises(BrokenMatter):
        read_matter("---\nkey: " + "x" * MAX_CHARACTERS + "\n---\n")


@pytest.mark.parametrize("tag", ["!!python/object:os.system", "!mine", "!!python/name:os.system"])
def test_tags_make_nothing(tag: str):
    matter = read_matter(f"---\na: {tag} 'x'\n---\n")
    assert matter.fields is not None
    assert plain(matter.fields) == {"a": "x"}
    assert [remark.line for remark in matter.remarks] == [2]


def test_a_hash_that_yaml_takes_for_a_comment_is_pointed_out():
    matter = read_matter("---\nbecause: see #zeus-batch for it\nproject: #zeus\nok: 'see #zeus' # a comment\n---\n")
    assert [remark.line for remark in matter.remarks] == [2, 3]


def test_merge_keys_are_pointed_out():
    assert read_matter("---\na: &x {b: c}\n<<: *x\n---\n").remarks


TOKENS = [
    *("a", ": ", ":", "- ", "\n", "  ", "[", "]", "{", "}", "&x ", "*x", "'", '"', "|", ">", "? "),
    *("!t ", "#", ",", "---\n", "...\n", "\t", "é", "\x85", "%"),
]


@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join))
def test_any_block_is_read_or_refused(block: str):
    text = f"---\nk: v\n{block}\n---\nbody"
    matter, refused = attempt(text)
    if refused is not None:
        assert 1 <= refused.line <= text.count("\n") + 2
    elif matter is not None:
        assert text[: matter.body_start].count("\n") + 1 == matter.body_line


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).map(str.strip))
def test_a_quoted_text_comes_back(typed: str):
    escaped = typed.replace("'", "''")
    for separator in ("\x85", "\u2028", "\u2029", "\ufeff"):
        escaped = escaped.replace(separator, "")
    matter, refused = attempt(f"---\nk: '{escaped}'\n---\n")
    if refused is not None:
        assert "forbids" in refused.message
    elif matter is not None and matter.fields is not None:
        assert plain(matter.fields) == {"k": escaped.replace("''", "'")}
