"""Org files: headings with TODO keywords, planning, properties, tags. <https://orgmode.org/manual/>

A parser of our own: every line has to survive as it is, with its number; what we read of org is its first chapters.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from advisorlog.domain.kinds import ActionState, EntryKind, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.vault.formats.format import Format, Head, SourceFile
from advisorlog.vault.formats.keys import Keys
from advisorlog.vault.notes import Item, ListNote
from advisorlog.vault.times import find_day, midnight, read_when

_HEADING = re.compile(r"(\*+)[ \t]+(.*)")
_PRIORITY = re.compile(r"\[#([A-Z0-9]{1,2})\][ \t]*", re.ASCII)
_TAGS = re.compile(r":([\w@#%:]+):")
_STAMP = re.compile(
    r"[<\[](\d{4}-\d\d-\d\d)(?:[ ][^\W\d]+\.?)?(?:[ ](\d{1,2}:\d\d)(?:-\d{1,2}:\d\d)?)?((?:[ ][.+-]*\d+[hdwmy])*)[>\]]"
)
_PLANNING = re.compile(
    r"[ \t]*(?:(?:DEADLINE|SCHEDULED|CLOSED):[ \t]*[<\[][^>\]\n]*[>\]](?:--[<\[][^>\]\n]*[>\]])?[ \t]*)+"
)
_PLANNED = re.compile(r"(DEADLINE|SCHEDULED|CLOSED):[ \t]*([<\[][^>\]\n]*[>\]])")
_PROPERTY = re.compile(r"[ \t]*:([^\s:]+):[ \t]*(.*)")
_KEYWORDS = re.compile(r"#\+(?:TODO|SEQ_TODO|TYP_TODO):[ \t]*(.*)", re.IGNORECASE)
_SETTING = re.compile(r"#\+(\w+):[ \t]*(.*)")
_DATE_TREE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:[ ][^\W\d_]+)?")
_OPEN = frozenset[str]({"TODO", "NEXT", "WAITING", "HOLD", "STARTED", "DOING", "SOMEDAY"})
_DROPPED = ("CANCEL", "KILL", "DROP", "ABORT", "DELEGATED")
_DEEPEST = 8
"""So many headings are named above one."""

_PRIVATE_TAGS = frozenset({"private", "noexport"})


@dataclass(frozen=True, slots=True)
class _Words:
    """The keywords of one file: which say that something is to do, and which that it is over."""

    open: frozenset[str]
    closed: dict[str, ActionState]


@dataclass(slots=True)
class _Heading:
    """One heading with its own lines, without those of the headings below it."""

    line: int
    level: int
    title: str
    keyword: str = ""
    priority: str = ""
    tags: tuple[str, ...] = ()
    planned: dict[str, str] = field(default_factory=dict[str, str])
    properties: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    body: list[str] = field(default_factory=list[str])

    def property_of(self, name: str) -> str | None:
        return next((value for key, value in self.properties if key.upper() == name and value), None)

    @property
    def is_date(self) -> bool:
        """A heading of a date tree, which says when and nothing else."""
        return not self.keyword and _DATE_TREE.fullmatch(self.title) is not None


@dataclass(frozen=True, slots=True)
class _Above:
    """What a heading has from those above it."""

    path: tuple[str, ...] = ()
    day: date | None = None
    is_private: bool = False
    tags: tuple[str, ...] = ()


def _claims(head: Head) -> bool:
    if head.suffix == ".org":
        return True
    first = head.lines[0] if head.lines else ""
    return head.suffix == ".txt" and (
        "-*- mode: org" in first or bool(re.match(r"#\+(?:title|todo):", first, re.IGNORECASE))
    )


def read(file: SourceFile) -> ListNote | None:
    """Every heading as an entry, in its words; one with a TODO keyword as a TODO with its deadline and its end."""
    text = file.text_or_problem()
    if text is None:
        return None
    lines = text.split("\n")
    words = _words(lines)
    settings = {found[1].upper(): found[2] for line in lines if (found := _SETTING.match(line))}
    said = settings.get("DATE", "")
    day = _day(said) or find_day(said) or find_day(file.path.name)
    kept: Counter[str] = Counter()
    keys = Keys()
    items = list(_preamble(file, lines, day, keys))
    above: list[tuple[int, _Above]] = [(0, _Above(day=day))]
    for heading in _headings(lines, words):
        while above[-1][0] >= heading.level:
            above.pop()
        inherited = above[-1][1]
        items += _item(file, heading, inherited, words, keys, kept)
        above.append((heading.level, _below(heading, inherited)))
    return file.listing(FORMAT.name, items, kept, title=settings.get("TITLE"))


def _below(heading: _Heading, above: _Above) -> _Above:
    path = above.path if heading.is_date else (*above.path[1 - _DEEPEST :], heading.title)
    return _Above(path, _day(heading.title) or above.day, _is_private(heading, above), (*above.tags, *heading.tags))


def _is_private(heading: _Heading, above: _Above) -> bool:
    is_comment = heading.title == "COMMENT" or heading.title.startswith("COMMENT ")
    return above.is_private or is_comment or any(tag.lower() in _PRIVATE_TAGS for tag in heading.tags)


def _words(lines: list[str]) -> _Words:
    """The keywords that `#+TODO: TODO NEXT | DONE` lines name, beside those that everybody has."""
    begun, closed = (
        set(_OPEN),
        {"DONE": ActionState.DONE, "CANCELLED": ActionState.DROPPED, "CANCELED": ActionState.DROPPED},
    )
    for line in lines:
        if said := _KEYWORDS.match(line):
            names = [re.sub(r"\(.*\)$", "", name) for name in said[1].split()]
            over = names.index("|") if "|" in names else len(names) - 1
            begun.update(name for name in names[:over] if name != "|")
            ends = [name for name in names[over:] if name != "|"]
            closed |= {n: ActionState.DROPPED if n.upper().startswith(_DROPPED) else ActionState.DONE for n in ends}
    return _Words(frozenset(begun - closed.keys()), closed)


def _headings(lines: list[str], words: _Words) -> Iterator[_Heading]:
    heading: _Heading | None = None
    drawer = False
    for number, line in enumerate(lines, start=1):
        if begun := _HEADING.fullmatch(line):
            if heading is not None:
                yield heading
            heading, drawer = _heading(number, begun, words), False
        elif heading is None:
            continue
        elif drawer:
            drawer = line.strip().upper() != ":END:"
            if drawer and (found := _PROPERTY.fullmatch(line)):
                heading.properties.append((found[1], found[2].strip()))
            elif drawer:
                heading.body.append(line)
        elif not heading.body and not heading.planned and _PLANNING.fullmatch(line):
            heading.planned = dict(_PLANNED.findall(line))
        elif not heading.body and not heading.properties and line.strip().upper() == ":PROPERTIES:":
            drawer = True
        else:
            heading.body.append(line)
    if heading is not None:
        yield heading


def _heading(number: int, begun: re.Match[str], words: _Words) -> _Heading:
    rest = begun[2].strip()
    keyword, _, behind = rest.partition(" ")
    if keyword in words.open or keyword in words.closed:
        rest = behind.strip()
    else:
        keyword = ""
    priority = _PRIORITY.match(rest)
    if priority:
        rest = rest[priority.end() :]
    last = rest.split()[-1] if rest else ""
    tags = _TAGS.fullmatch(last)
    title = rest.removesuffix(last) if tags else rest
    names = tuple(name for name in tags[1].split(":") if name) if tags else ()
    return _Heading(number, len(begun[1]), title.strip(), keyword, priority[1] if priority else "", names)


def _item(
    file: SourceFile, heading: _Heading, above: _Above, words: _Words, keys: Keys, kept: Counter[str]
) -> Iterator[Item]:
    body = "\n".join(heading.body).strip("\n").rstrip()
    if not (heading.title or body) or (heading.is_date and not body):
        return
    fields = list(_fields(heading, above))
    kept.update({name for name, _ in fields})
    parts = [heading.title, *(f"{name}: {value}" for name, value in fields), body]
    deadline = heading.planned.get("DEADLINE", "")
    due = _day(deadline)
    if deadline and due is None:
        file.warn(heading.line + 1, f"`DEADLINE: {deadline}` is no day of the calendar", "Write <2026-12-01>")
    closed = words.closed.get(heading.keyword)
    own = heading.property_of("ID")
    yield Item(
        own.lower() if own else keys.of(file.scope, *above.path, heading.title),
        heading.line,
        "\n".join(part for part in parts if part),
        EntryKind.TODO if heading.keyword else EntryKind.NOTE,
        _said(heading, above, file.zone),
        Visibility.PRIVATE if _is_private(heading, above) else Visibility.OPEN,
        (*above.tags, *heading.tags),
        due=due,
        closed=closed,
        closed_at=_moment(heading.planned.get("CLOSED", ""), file.zone) if closed else None,
    )


def _fields(heading: _Heading, above: _Above) -> Iterator[tuple[str, str]]:
    """What a record has no place for, as (name, text). A deadline with an hour or a repeater is kept whole."""
    if heading.keyword not in ("", "TODO", "DONE"):
        yield "state", heading.keyword
    if heading.priority:
        yield "priority", heading.priority
    if heading.tags:
        yield "tags", " ".join(heading.tags)
    if above.path:
        yield "under", " / ".join(above.path)
    for name, value in heading.planned.items():
        stamp = _STAMP.fullmatch(value)
        if name == "SCHEDULED" or stamp is None or (name == "DEADLINE" and (stamp[2] or stamp[3])):
            yield name.lower(), value
    for name, value in heading.properties:
        if name.upper() not in ("ID", "CREATED"):
            yield name, value


def _said(heading: _Heading, above: _Above, zone: str) -> Moment | None:
    """When: its CREATED property, a timestamp in its title or its first line, or the day that it stands under."""
    first = next((line for line in heading.body if line.strip()), "")
    for text in (heading.property_of("CREATED") or "", heading.title, first):
        if found := _moment(text, zone):
            return found
    day = _day(heading.title) or above.day
    return midnight(day, zone) if day else None


def _moment(text: str, zone: str) -> Moment | None:
    stamp = _STAMP.search(text)
    if stamp is None:
        return None
    when = read_when(f"{stamp[1]} {stamp[2]}" if stamp[2] else stamp[1], zone)
    return (when.at or midnight(when.day, zone)) if when else None


def _day(text: str) -> date | None:
    """The day of a timestamp, or of a date tree's heading (`2026-11-24 Tuesday`)."""
    found = _STAMP.search(text) or re.match(r"(\d{4}-\d\d-\d\d)(?!\d)", text, re.ASCII)
    when = read_when(found[1], "UTC") if found else None
    return when.day if when else None


def _preamble(file: SourceFile, lines: list[str], day: date | None, keys: Keys) -> Iterator[Item]:
    """The text above the first heading; lines that only set something (`#+STARTUP:`) are no text."""
    above: list[str] = []
    for line in lines:
        if _HEADING.fullmatch(line):
            break
        above.append(line)
    text = "\n".join(line for line in above if not _SETTING.match(line)).strip("\n").rstrip()
    if text:
        number = next(at for at, line in enumerate(above, start=1) if line.strip() and not _SETTING.match(line))
        at = midnight(day, file.zone) if day else None
        yield Item(keys.of(file.scope, "above the first heading"), number, text, at=at)


FORMAT = Format("org", "org", frozenset({".org"}), _claims, read)
