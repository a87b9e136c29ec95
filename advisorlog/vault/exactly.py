"""What a line of a file says besides its words, out of a reader's sight: a comment, a block id, and links.

    - advice: Compare against DVFS first. ^log-1a2b3c4d
      <!-- log: {"at": "2022-09-13T18:05:03Z"} -->

The comment is JSON and holds only what the words and the meeting do not say already. The block id is Obsidian's way
to name a line; ours begin with `log-`, so that no other vault's ids and no `^date` are taken for one.
"""

import json
import re
from collections.abc import Mapping
from typing import TypeAlias

from advisorlog.vault.blocks import SourceLine

Told: TypeAlias = Mapping[str, str | None]

_COMMENT = re.compile(r"<!-- log: (\{.*\}) -->\s*\Z")
_ANCHOR = re.compile(r"[ \t]+\^(log-[0-9a-f]{8}(?:-\d{1,6})?)\Z")
_LINK = re.compile(r"\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]*))?\]\]")
_UNSEEN = re.compile(r"[\0\ufeff]")


def comment(told: Told) -> str:
    """The comment line; `-->` can't occur inside it."""
    return f"<!-- log: {json.dumps(dict(told), ensure_ascii=False).replace('>', chr(92) + 'u003e')} -->"


def read_comment(text: str) -> Told | None:
    """What a comment of ours says; None for any other line."""
    found = _COMMENT.match(text)
    if found is None:
        return None
    try:
        told = json.loads(found[1])
    except (ValueError, RecursionError):
        return None
    if not all(value is None or isinstance(value, str) for value in told.values()):
        return None
    return told


def take_comment(lines: tuple[SourceLine, ...]) -> tuple[SourceLine | None, Told]:
    """The comment of ours among the lines of one item, the first one below its first line."""
    for line in lines[1:]:
        if (told := read_comment(line.text)) is not None:
            return line, told
    return None, {}


def split_anchor(text: str) -> tuple[str, str | None]:
    """A line's words, and the block id of ours at its end."""
    found = _ANCHOR.search(text)
    return (text[: found.start()], found[1]) if found else (text, None)


def shown(text: str) -> str:
    """The words of a text that a list item can't hold as they are, on one line. The comment keeps the exact text."""
    return " ".join(_UNSEEN.sub("", text).split()) or "(blank)"


def linked(target: str, title: str | None = None) -> str:
    """`[[ideas/knee-cap|Cap every job]]`; without a title that would break the link."""
    plain = " ".join(title.split()) if title else ""
    usable = plain and not set(plain) & set("[]|#^") and plain != target
    return f"[[{target}|{plain}]]" if usable else f"[[{target}]]"


def link_in(text: str) -> tuple[str, str] | None:
    """The target of the link that a text begins with, and the text behind it."""
    found = _LINK.match(text)
    return (found[1].strip(), text[found.end() :]) if found else None


def name_in(text: str) -> str:
    """The id or title that a value names: `Zeus weekly`, `[[series/zeus-weekly|Zeus weekly]]`, `[[zeus-weekly]]`."""
    found = _LINK.fullmatch(text.strip())
    return found[1].strip().rsplit("/", 1)[-1].removesuffix(".md") if found else text
