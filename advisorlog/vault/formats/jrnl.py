"""jrnl's journals: its text file, and its JSON export (`jrnl --format json`). Times are local."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from advisorlog.domain.kinds import Visibility
from advisorlog.domain.moments import Moment, moment_of, zone_of
from advisorlog.vault.formats.format import Format, Head, SourceFile
from advisorlog.vault.formats.json_items import BrokenJson, objects, shown
from advisorlog.vault.formats.keys import Keys
from advisorlog.vault.notes import Item, ListNote

_STAMP = r"(\d{4})-(\d\d)-(\d\d)[ ](\d\d?):(\d\d)(?::(\d\d))?(?:[ ]([AaPp])\.?[Mm]\.?)?"
_ENTRY = re.compile(rf"^\[{_STAMP}\](?:[ ]|$)", re.ASCII | re.MULTILINE)
_EXPORT = re.compile(r'\s*\{\s*"(?:tags|entries)"\s*:\s*[\[{]')
_ENTRIES = re.compile(r'"entries"\s*:\s*\[')
_KNOWN = {"title", "body", "date", "time", "tags", "starred"}
_TAG = re.compile(r"(?<![\S])[@#]([^\W\d_][\w.-]*)")


def _claims(head: Head) -> bool:
    if head.suffix == ".json":
        return bool(_EXPORT.match(head.text)) and ('"entries"' in head.text or len(head.text) > 60_000)
    lines = head.lines
    return head.suffix in (".txt", ".jrnl") and bool(lines) and _ENTRY.match(lines[0]) is not None


def read(file: SourceFile) -> ListNote | None:
    """Every entry as a note of its own, at its minute (the export has no seconds), in the log's zone."""
    text = file.text_or_problem()
    if text is None:
        return None
    kept: Counter[str] = Counter()
    is_export = text.lstrip().startswith("{")
    items = tuple(_of_export(file, text, kept) if is_export else _of_text(file, text))
    if not items and text.strip() and not file.problems:
        file.fail(1, "no entry of jrnl begins here", "It has lines such as `[2026-11-25 09:15] Title.`")
        return None
    return file.listing(FORMAT.name, items, kept)


def _of_text(file: SourceFile, text: str) -> Iterator[Item]:
    keys = Keys()
    begins = list(_ENTRY.finditer(text))
    if begins and text[: begins[0].start()].strip():
        file.warn(1, "text before the first entry", "It was left out: give it a line such as `[2026-11-25 09:15] ...`")
    line, counted = 1, 0
    for number, begin in enumerate(begins):
        line += text.count("\n", counted, begin.start())
        counted = begin.start()
        end = begins[number + 1].start() if number + 1 < len(begins) else len(text)
        yield from _item(file, keys, line, begin.groups(), text[begin.end() : end].strip("\n").rstrip())


def _of_export(file: SourceFile, text: str, kept: Counter[str]) -> Iterator[Item]:
    begin = _ENTRIES.search(text)
    if begin is None:
        file.fail(1, "an export of jrnl without `entries`", "Export it again: `jrnl --format json`")
        return
    keys = Keys()
    try:
        for line, entry in objects(text, begin.end() - 1, on_half=file.warn_of_half):
            stamp = re.fullmatch(_STAMP, f"{entry.get('date')} {entry.get('time')}", re.ASCII)
            words = _words(entry, kept)
            if stamp is None:
                file.fail(line, "an entry without `date` and `time`", "Left out: export it again from jrnl")
            else:
                yield from _item(file, keys, line, stamp.groups(), words)
    except BrokenJson as broken:
        file.fail(broken.line, f"{broken.message}; what stands before it came in", "Export it again")


def _words(entry: dict[str, Any], kept: Counter[str]) -> str:
    """Title and body as the journal's text has them, and below, what else the export says of the entry."""
    title = shown(entry.get("title") or "")
    star = " *" if entry.get("starred") is True and not title.endswith(" *") else ""
    others = {name: value for name, value in entry.items() if name not in _KNOWN}
    kept.update(others.keys())
    parts = [title + star, shown(entry.get("body") or "").rstrip()]
    parts += [f"{name}: {shown(value)}" for name, value in others.items()]
    return "\n".join(part for part in parts if part).rstrip()


def _item(file: SourceFile, keys: Keys, line: int, stamp: tuple[str | None, ...], words: str) -> Iterator[Item]:
    at = _moment(stamp, file.zone)
    if at is None:
        file.fail(line, "no day and time of the calendar", "Correct it: this entry was left out")
        return
    if not words.strip():
        return
    tags = tuple(_TAG.findall(words))
    title = words.partition("\n")[0]
    is_private = any(tag.lower() == "private" for tag in tags)
    yield Item(
        # The export has no seconds: nor do we.
        keys.of(f"{at.local:%Y-%m-%d %H:%M}", title),
        line,
        words,
        at=at,
        visibility=Visibility.PRIVATE if is_private else Visibility.OPEN,
        tags=tags,
    )


def _moment(stamp: tuple[str | None, ...], zone: str) -> Moment | None:
    year, month, day, hour, minute = (int(part or 0) for part in stamp[:5])
    if half := stamp[6]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in "Pp" else 0)
    if not 1000 <= year <= 9998:
        return None
    try:
        return moment_of(datetime(year, month, day, hour, minute, tzinfo=zone_of(zone)), zone)
    except ValueError:
        return None


FORMAT = Format("jrnl", "jrnl", frozenset({".json", ".jrnl"}), _claims, read)
