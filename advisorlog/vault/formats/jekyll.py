"""Posts of Jekyll: front matter, and the date in the file's name. <https://jekyllrb.com/docs/posts/>"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from advisorlog.domain.dates import understand_spoken
from advisorlog.domain.grammar import Line, parse
from advisorlog.domain.kinds import ActionState, EntryKind, Visibility
from advisorlog.domain.moments import Moment
from advisorlog.vault.blocks import Block, BlockKind, split_blocks, split_lines
from advisorlog.vault.fields import Fields
from advisorlog.vault.formats.format import Format, Head, SourceFile
from advisorlog.vault.formats.keys import Keys
from advisorlog.vault.frontmatter import BrokenMatter, read_matter
from advisorlog.vault.notes import Item, ListNote
from advisorlog.vault.times import find_day, midnight
from advisorlog.vault.tree import Scalar, Sequence, Table, Value

_NAME = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-.+\.(?:md|markdown|mkd|mkdn|mkdown)", re.IGNORECASE)
_SIGN = re.compile(r"^(?:layout|permalink|categories|category|published)[ \t]*:", re.MULTILINE)
_FOLDERS = ("_posts", "_drafts")
_OURS = ("title", "date", "published", "private")


def _claims(head: Head) -> bool:
    is_post = _NAME.fullmatch(head.name) is not None or head.folder == "_drafts"
    if not is_post or not head.text.startswith("---"):
        return False
    matter = head.text[3:].partition("\n---")[0]
    return head.folder in _FOLDERS or _SIGN.search(matter) is not None


def read(file: SourceFile) -> ListNote | None:
    """Each paragraph as an entry of the post's day, below one for its title; `published: false` is private."""
    text = file.text_or_problem()
    if text is None:
        return None
    try:
        matter = read_matter(text)
    except BrokenMatter as broken:
        file.fail(broken.line, broken.message, broken.what_to_do)
        return None
    table = matter.fields or Table(1)
    fields = Fields(file.path, table, file.zone, file.problems)
    fields.own_zone("zone")
    when = fields.when("date")
    day = when.day if when else find_day(file.path.name)
    at = when.at if when and when.at else midnight(day, file.zone) if day else None
    is_private = (
        fields.truth("published") is False or fields.truth("private") is True or file.path.parent.name == "_drafts"
    )
    visibility = Visibility.PRIVATE if is_private else Visibility.OPEN
    kept = {key.text: shown for key, value in table.pairs if key.text not in _OURS and (shown := _shown(value))}
    keys = Keys()
    named = "\n".join(
        [fields.text("title") or _title(file.path), *(f"{name}: {value}" for name, value in kept.items())]
    )
    items = [Item(keys.of(file.scope, "title"), 1, named, at=at, visibility=visibility, tags=_tags(fields))]
    blocks = split_blocks(split_lines(text[matter.body_start :], matter.body_line))
    items += _items(file, keys, blocks, at, visibility)
    return file.listing(FORMAT.name, items, Counter(kept.keys()), title=fields.text("title"))


def _title(path: Path) -> str:
    return re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-", "", path.stem)


def _tags(fields: Fields) -> tuple[str, ...]:
    """`tags: [a, b]`, or as Jekyll also has it, `tags: a b`."""
    return tuple(word for name in ("tags", "tag") for text in fields.texts(name) for word in text.split())


def _shown(value: Value) -> str:
    match value:
        case Scalar():
            return value.text
        case Sequence():
            return ", ".join(_shown(item) for item in value.items)
        case Table():
            return ", ".join(f"{key.text}: {_shown(each)}" for key, each in value.pairs)


def _items(
    file: SourceFile, keys: Keys, blocks: Iterator[Block], at: Moment | None, visibility: Visibility
) -> Iterator[Item]:
    for block in blocks:
        line = _line(block)
        if line.is_empty:
            continue
        is_private = visibility is Visibility.PRIVATE or line.visibility is Visibility.PRIVATE
        # A step of confidence needs its idea: here it is only quoted.
        kind = EntryKind.NOTE if line.kind is EntryKind.CONFIDENCE else line.kind
        yield Item(
            keys.of(file.scope, line.text),
            block.number,
            line.text,
            kind,
            at,
            Visibility.PRIVATE if is_private else Visibility.OPEN,
            due=_due(line, at),
            closed=ActionState.DONE if line.checked else None,
            closed_at=at if line.checked else None,
        )


def _line(block: Block) -> Line:
    """A list item as the capture grammar reads it; anything else in its words. A comment is out of sight."""
    if block.kind is BlockKind.ITEM:
        line = parse("\n".join(line.text for line in block.content).rstrip())
        if line.kind is EntryKind.TODO or line.visibility is Visibility.PRIVATE:
            return line
    hidden = Visibility.PRIVATE if block.text.lstrip().startswith("<!--") else Visibility.OPEN
    return Line(EntryKind.NOTE, hidden, "", block.text)


def _due(line: Line, at: Moment | None) -> date | None:
    if line.kind is not EntryKind.TODO or at is None:
        return None
    return next((day for mark in line.dates if (day := understand_spoken(mark.phrase, at.day))), None)


FORMAT = Format("jekyll", "Jekyll", frozenset(), _claims, read)
