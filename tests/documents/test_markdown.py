"""Notes are data: whatever was typed reads the same once a Markdown reader has rendered it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from advisorlog.documents.markdown import escaped

reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])

typed = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="$`") | st.just(" "), min_size=1).map(
    str.strip
)
risky = st.lists(
    st.sampled_from(
        [
            "*",
            "_",
            "**",
            "[x](y)",
            "![",
            "]",
            "<b>",
            "&amp;",
            "# ",
            "- ",
            "1. ",
            "> ",
            "\\",
            "~~",
            "|",
            "[[w]]",
            "a",
            " ",
            "==",
        ]
    )
).map(lambda parts: "".join(parts).strip())


@given(typed | risky)
@example("1. not a list")
@example("1.")
@example("snake_case_name and 2 * 3 * 4")
@example("<script>alert(1)</script>")
@example("a \\* b")
def test_a_line_reads_as_it_was_typed(text: str) -> None:
    if not text:
        return
    assert shown(escaped(text, begins_line=True)) == text


@pytest.mark.parametrize("formula", ["$x_i^2 + y_i$", "`a_b * c`", "cost $a_1 * b_1$ in `snake_case`"])
def test_formulas_and_code_stay_as_they_are(formula: str) -> None:
    assert escaped(formula) == formula


def test_a_formula_can_t_smuggle_html_in() -> None:
    assert "<script" not in reader.render(escaped("$<script>alert(1)</script>$"))


def shown(markdown: str) -> str:
    """What a reader of the page sees; anything but a paragraph of plain text is an error."""
    tokens = reader.parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], markdown
    return "".join(_text(child) for child in tokens[1].children or [])


def _text(token: Token) -> str:
    assert token.type in ("text", "text_special"), token
    return token.content
