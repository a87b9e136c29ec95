"""Making text safe to show: what acts on a terminal or hides from the eye becomes visible and harmless.

Used at the one place where a record becomes something shown; the log keeps the original.
"""

import re

_NAMED = {
    0xAD: "⟨SHY⟩",
    0x61C: "⟨ALM⟩",
    0x180E: "⟨MVS⟩",
    0x200B: "⟨ZWSP⟩",
    0x200E: "⟨LRM⟩",
    0x200F: "⟨RLM⟩",
    0x2028: "␤",
    0x2029: "␤",
    0x202A: "⟨LRE⟩",
    0x202B: "⟨RLE⟩",
    0x202C: "⟨PDF⟩",
    0x202D: "⟨LRO⟩",
    0x202E: "⟨RLO⟩",
    0x2060: "⟨WJ⟩",
    0x2066: "⟨LRI⟩",
    0x2067: "⟨RLI⟩",
    0x2068: "⟨FSI⟩",
    0x2069: "⟨PDI⟩",
    0x3164: "⟨HF⟩",
    0xFEFF: "⟨BOM⟩",
    0xFFA0: "⟨HF⟩",
    0x7F: "␡",
    0x09: "    ",
}
_ACTING = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    + "".join(f"{chr(p * 65536 - 2)}{chr(p * 65536 - 1)}" for p in range(2, 18))
)
# A flag such as Scotland's is a black flag and a few tag characters; any other tag is hidden text. One variation
# selector chooses a glyph; a row of them carries hidden data.
_REPLACED = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f)"
    "|(?P<selector>[\ufe00-\ufe0f\U000e0100-\U000e01ef])(?P<more>[\ufe00-\ufe0f\U000e0100-\U000e01ef]+)"
    f"|[{_ACTING}\U000e0000-\U000e007f]"
)
LINE_BREAK = " ⏎ "


def inert(text: str) -> str:
    """The text with every control character and invisible trick made visible; newlines stay, tabs become spaces.

    ESC becomes ␛, other controls their pictures, bidirectional controls and invisible spaces a name in ⟨ ⟩, and what
    has no picture U+FFFD. Joiners and single variation selectors stay: scripts and emoji need them. Applying it
    again changes nothing.
    """
    return _REPLACED.sub(_shown, text.replace("\r\n", "\n"))


def inert_line(text: str) -> str:
    """The same on one line: lines are joined by ` ⏎ `, empty ones left out."""
    shown = inert(text)
    if "\n" not in shown:
        return shown
    return LINE_BREAK.join(stripped for line in shown.split("\n") if (stripped := line.strip()))


def _shown(found: re.Match[str]) -> str:
    if flag := found["flag"]:
        return flag
    if selector := found["selector"]:
        return selector + "\ufffd" * len(found["more"])
    code = ord(found[0])
    if code in _NAMED:
        return _NAMED[code]
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"
