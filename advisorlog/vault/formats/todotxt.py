"""todo.txt: a task a line, `x` before what is done. <https://github.com/todotxt/todo.txt>"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from advisorlog.domain.kinds import ActionState, EntryKind, Visibility
from advisorlog.domain.moments import noon
from advisorlog.vault.formats.format import Format, Head, SourceFile
from advisorlog.vault.formats.keys import Keys
from advisorlog.vault.notes import Item, ListNote

_DAY = r"(\d{4}-\d\d-\d\d)[ ]"
_LINE = re.compile(rf"(x[ ])?(?:\(([A-Z])\)[ ])?(?:{_DAY})?(?:{_DAY})?(.*)", re.ASCII)
_SURE = re.compile(rf"x[ ]{_DAY}|\([A-Z]\)[ ]\S|{_DAY}\S", re.ASCII)
_PROJECT = re.compile(r"(?<!\S)\+(\S*\w)")
_PAIR = re.compile(r"(?<!\S)([A-Za-z][\w-]*):([^\s:/]\S*)")
_NAMES = re.compile(r"(?:.*[._-])?(?:todo|done|report)\.txt", re.IGNORECASE)


def _claims(head: Head) -> bool:
    """By its usual name, where no line looks like Markdown; else where most lines begin as only todo.txt's do."""
    if head.suffix != ".txt" or not head.lines:
        return False
    if any(line.startswith(("#", "- ", "* ", "---", "[")) for line in head.lines):
        return False
    sure = sum(bool(_SURE.match(line)) for line in head.lines)
    return bool(_NAMES.fullmatch(head.name)) or (sure >= 2 and 2 * sure >= len(head.lines))


def read(file: SourceFile) -> ListNote | None:
    """Every line as a TODO; `h:1` (hidden, as its add-ons have it) is private."""
    text = file.text_or_problem()
    if text is None:
        return None
    kept: Counter[str] = Counter()
    keys = Keys()
    items = [
        item
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip()
        for item in _item(file, keys, number, line.strip(), kept)
    ]
    return file.listing(FORMAT.name, items, kept)


def _item(file: SourceFile, keys: Keys, number: int, line: str, kept: Counter[str]) -> Iterator[Item]:
    parts = _LINE.fullmatch(line)
    if parts is None or not parts[5].strip():
        file.warn(number, "a task without words", "It was left out")
        return
    done, priority, first, second, words = parts.groups()
    ended, created = (first, second) if done else (None, first)
    if not done and second:
        words = f"{second} {words}"
    pairs = {name.lower(): value for name, value in _PAIR.findall(words)}
    kept.update(pairs.keys() - {"due", "h", "pri"})
    due = _day(pairs["due"]) if "due" in pairs else None
    if "due" in pairs and due is None:
        file.warn(number, f"`due:{pairs['due']}` is no day of the calendar", "Write it like `due:2026-12-01`")
    priority = priority or pairs.get("pri")
    if priority:
        kept["priority"] += 1
    made = _day(created) if created else None
    over = _day(ended) if ended else None
    yield Item(
        keys.of(words),
        number,
        f"{words}\npriority: {priority}" if priority and "pri" not in pairs else words,
        EntryKind.TODO,
        noon(made, file.zone) if made else None,
        Visibility.PRIVATE if pairs.get("h") == "1" or "@private" in words.split() else Visibility.OPEN,
        tuple(_PROJECT.findall(words)),
        next(iter(_PROJECT.findall(words)), None),
        due,
        ActionState.DONE if done else None,
        noon(over, file.zone) if over else None,
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1000 <= day.year <= 9998 else None


FORMAT = Format("todo.txt", "todo.txt", frozenset({".txt"}), _claims, read)
