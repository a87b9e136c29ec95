"""Notes in HTML: formulas, code and addresses are shown as what they mean, and nothing else is HTML."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisorlog.documents.html import marked_up, style_hash
from advisorlog.documents.mathml import LONGEST, mathml


def elements(text: str) -> list[str]:
    """The names of all elements of a text that has to be well-formed."""
    return [each.tag for each in ElementTree.fromstring(f"<p>{text}</p>").iter()][1:]


@pytest.mark.parametrize(
    "text",
    ["$E = mc^2$", r"with $\frac{1}{2}$, the $k$th", "전력 $x$는", r"$$\sum_i x_i$$", r"$50\%$", "($x$)"],
)
def test_a_formula_is_set(text: str) -> None:
    assert elements(marked_up(text)).count("math") == text.replace("$$", "$").count("$") // 2


@pytest.mark.parametrize("text", ["costs $5 to $6", "$5-$6", "$HOME:$PATH", r"\$x$", "100$", "$ x $", "$$"])
def test_money_and_variables_are_no_formulas(text: str) -> None:
    assert marked_up(text) == text


@pytest.mark.parametrize(
    "latex", [r"\frac{", r"\nosuchthing x", r"\left( x", r"\def\x{\x\x}\x", "{" * 900, "x" * (LONGEST + 1)]
)
def test_what_can_not_be_set_is_shown_as_typed(latex: str) -> None:
    assert mathml(latex) is None
    assert marked_up(f"${latex}$") == f'<code class="formula">${latex}$</code>'


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>alert(1)</script>}",
        r"\href{javascript:alert(1)}{x}",
        r"\style{background:url(//evil)}{x}",
        r"\class{a}{x}",
        r"\unicode{x3c}script\unicode{x3e}",
        r'\text{" onload="alert(1)}',
    ],
)
def test_a_formula_brings_no_html(latex: str) -> None:
    text = str(marked_up(f"${latex}$"))
    assert "script" not in elements(text)
    formula = ElementTree.fromstring(f"<p>{text}</p>").find(".//math")
    assert formula is not None
    assert not {name for each in formula.iter() for name in each.attrib} & {"href", "style", "class", "onload"}


def test_an_address_becomes_a_link_without_the_sentence_around_it() -> None:
    text = marked_up("see (https://a.org/x_(y)?a=1&b=2), or https://b.org.")
    assert 'href="https://a.org/x_(y)?a=1&amp;b=2" rel="noreferrer noopener nofollow"' in text
    assert ">https://b.org</a>." in text


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "data:text/html,x",
        "https://bank.org@evil.org/",
        "https://",
        "file:///etc/passwd",
        "ftp://a.org",
        "https://[::1",
    ],
)
def test_an_unsafe_address_is_text(text: str) -> None:
    assert "<a" not in marked_up(text)


def test_code_is_shown_as_code_and_nothing_in_it_is_read() -> None:
    assert marked_up("run `a <b> $x$ https://a.org`") == "run <code>a &lt;b&gt; $x$ https://a.org</code>"


def test_what_acts_or_hides_is_made_visible() -> None:
    assert marked_up("a\x1b[31m\u202eb") == "a␛[31m⟨RLO⟩b"


def test_a_policy_names_the_style_by_its_hash() -> None:
    # The SHA-256 of nothing, as in FIPS 180-4's examples, in base 64.
    assert style_hash("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


KNOWN = """
a code span math mrow mi mn mo mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr
mtd mstyle mpadded mphantom menclose mmultiscripts mprescripts none
"""
HEAP = r"""$ $$ ` < > " ' & \ { } https:// a.org \text \href javascript: <script> x ^ _ ( ) @ \frac &lt; ]]>"""
PIECES = st.sampled_from([*HEAP.split(), " ", "\n"])


@given(st.lists(PIECES | st.characters(exclude_categories=["Cs"]), max_size=30).map("".join))
def test_whatever_is_typed_nothing_else_is_html(text: str) -> None:
    found = str(marked_up(text))
    assert set(elements(re.sub(r"[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", found))) <= set(KNOWN.split())
    links = re.findall(r'href="([^"]*)"', found)
    assert all(link.lower().startswith(("http://", "https://")) for link in links)
