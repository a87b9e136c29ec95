r"""Formulas as MathML, which browsers set without a script, a font or the network.

latex2mathml knows LaTeX, and hands on whatever `\text`, `\href` or `\style` hold: so its tree is written out here,
escaped, from a list of what mathematics needs. A formula that it can't read, or that defines commands of its own
(they can grow without end), is None: its source is shown.
"""

import re
from html import escape
from xml.etree.ElementTree import Element

LONGEST = 1000
"""Letters of a formula; a longer one is shown as its source."""
_MATHEMATICS = """
math mrow mi mn mo mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd mstyle
mpadded mphantom menclose mmultiscripts mprescripts none
"""
_TAGS = frozenset(_MATHEMATICS.split())
_LAYOUT = """
display stretchy fence separator form accent accentunder columnalign linethickness mathvariant width height depth
lspace rspace voffset minsize maxsize displaystyle scriptlevel movablelimits largeop symmetric notation
"""
_ATTRIBUTES = frozenset(_LAYOUT.split())
_VALUE = re.compile(r"[A-Za-z0-9.+% -]{1,24}")
_DEFINES = re.compile(r"\\(?:[egx]?def|let|(?:re)?newcommand|providecommand|newenvironment|DeclareMathOperator)\b")
_CODE = re.compile(r"&#x([0-9A-Fa-f]{1,6});")


def mathml(latex: str, *, is_display: bool = False) -> str | None:
    """The formula (without its dollars) as a `math` element whose `alttext` is its source."""
    if len(latex) > LONGEST or _DEFINES.search(latex):
        return None
    from latex2mathml.converter import convert_to_element

    try:
        return _written(convert_to_element(latex, display="block" if is_display else "inline"), latex)
    except Exception:  # It raises some twenty errors of its own, and Python's on what it did not foresee.
        return None


def _written(node: Element, latex: str = "") -> str:
    if node.tag not in _TAGS:
        raise ValueError(node.tag)
    text = _CODE.sub(lambda code: chr(int(code[1], 16)), node.text or "")
    if text.startswith("\\") and len(text) > 1:
        raise ValueError(f"{text} is not known")
    kept = [(k, v) for k, v in node.attrib.items() if k in _ATTRIBUTES and _VALUE.fullmatch(v)]
    if latex:
        kept.append(("alttext", latex))
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in kept)
    inside = escape(text) + "".join(map(_written, node))
    return f"<{node.tag}{attributes}>{inside}</{node.tag}>"
