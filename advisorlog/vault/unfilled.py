"""Templates of an editor, such as Obsidian's: notes whose front matter nobody has filled in yet."""

import re

_MATTER = re.compile(rb"(?:\xef\xbb\xbf)?\s*---+[ \t]*\r?\n(.*?)^---", re.DOTALL | re.MULTILINE)
_BLANK = re.compile(rb"^[^:\r\n]+:[ \t]*['\"\[]*(?:\{\{|\{%|<%)", re.MULTILINE)
_SCRIPT = re.compile(rb"(?:\xef\xbb\xbf)?\s*<%")
_KIND = re.compile(rb"^kind[ \t]*:", re.MULTILINE)
_NEVER_OURS = re.compile(rb"^(?:[\w-]+:[ \t]*\{\{|date:[ \t]*<%)", re.MULTILINE)


def is_unfilled(beginning: bytes) -> bool:
    """Whether a file that begins so waits for an editor: `date: {{date}}`, `date: <% tp.date.now() %>`.

    A record of ours may well be called `{{date}}`; it stands in quotes then, and is none.
    """
    matter = _MATTER.match(beginning)
    if matter is None:
        return _SCRIPT.match(beginning) is not None
    return bool((_NEVER_OURS if _KIND.search(matter[1]) else _BLANK).search(matter[1]))
