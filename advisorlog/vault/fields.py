"""Typed access to front matter: what a key means for us, or a problem with the line of the value."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from advisorlog.domain.moments import is_zone
from advisorlog.vault.exactly import name_in
from advisorlog.vault.problems import Problem, Severity
from advisorlog.vault.times import When, read_day, read_when
from advisorlog.vault.tree import Scalar, Sequence, Table, Value

Word = TypeVar("Word", bound=StrEnum)

_WHOLE_NUMBER = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_BETWEEN_NAMES = re.compile(r"[,;，、]")
_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})


def _folded(key: str) -> str:
    return key.strip().lower().replace("_", "-")


class Fields:
    """The keys of one mapping. A value of the wrong type is reported and counts as missing.

    Keys match in any case, `_` as `-`. `zone` is the zone of times that give none.
    """

    def __init__(self, path: Path, table: Table, zone: str, problems: list[Problem]) -> None:
        self.path = path
        self.line = table.line
        self.zone = zone
        self.problems = problems
        self._values: dict[str, Value] = {}
        for key, value in table.pairs:
            if self._values.setdefault(_folded(key.text), value) is not value:
                self.report(key.line, f"`{key.text}` stands here twice, in two spellings", "Keep one of the two")

    def report(self, line: int, message: str, what_to_do: str) -> None:
        """Add a problem, once: a key may be looked at twice."""
        problem = Problem(self.path, line, message, what_to_do)
        if problem not in self.problems:
            self.problems.append(problem)

    def warn(self, line: int, message: str, what_to_do: str) -> None:
        self.problems.append(Problem(self.path, line, message, what_to_do, Severity.WARNING))

    def line_of(self, key: str) -> int:
        """The line of a key's value; of the mapping where the key is missing."""
        value = self._values.get(key)
        return value.line if value is not None else self.line

    def has(self, key: str) -> bool:
        """Whether the key has a value, of any type."""
        return self._present(key) is not None

    def text(self, key: str) -> str | None:
        """One value, as typed, without the white space around it; in double quotes, that is kept too."""
        value = self._present(key)
        if value is None:
            return None
        if not isinstance(value, Scalar):
            self.report(value.line, f"`{key}` is {_shape(value)}, not a text", f"Write `{key}: text`")
            return None
        return value.text if value.exact and value.text.strip() else value.text.strip() or None

    def name(self, key: str) -> str | None:
        """The id or title that the value names, plainly or as a link."""
        text = self.text(key)
        return name_in(text) if text is not None else None

    def names(self, key: str) -> tuple[str, ...]:
        """A list of ids or titles, each plainly or as a link."""
        return tuple(name_in(text) for text in self.texts(key))

    def loose_names(self, key: str) -> tuple[str, ...]:
        """Names under a key that is not ours: a list, or one text with commas. Any other value is left alone."""
        value = self._present(key)
        items = value.items if isinstance(value, Sequence) else (value,)
        texts = [item.text for item in items if isinstance(item, Scalar) and not item.is_missing]
        if isinstance(value, Scalar):
            texts = _BETWEEN_NAMES.split(value.text)
        return tuple(dict.fromkeys(name for text in texts if (name := name_in(text).strip())))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; a bare text is a list of one."""
        value = self._present(key)
        if value is None:
            return ()
        if isinstance(value, Table):
            self.report(value.line, f"`{key}` is a mapping, not a list", f"Write `{key}: [one, two]`")
            return ()
        return tuple(self._plain_items(key, value.items if isinstance(value, Sequence) else (value,)))

    def _plain_items(self, key: str, items: Iterable[Value]) -> Iterable[str]:
        for item in items:
            if not isinstance(item, Scalar):
                self.report(item.line, f"`{key}` holds {_shape(item)} where a text belongs", "Write a plain text")
            elif not item.is_missing and item.text.strip():
                yield item.text if item.exact else item.text.strip()

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """A mapping of texts to texts, in order."""
        value = self._present(key)
        if value is None:
            return ()
        if not isinstance(value, Table):
            self.report(value.line, f"`{key}` is {_shape(value)}, not a mapping", "Write a line `TERM: meaning` each")
            return ()
        found: list[tuple[str, str]] = []
        for name, meaning in value.pairs:
            if isinstance(meaning, Scalar):
                found.append((_kept(name), "" if meaning.is_missing else _kept(meaning)))
            else:
                self.report(meaning.line, f"`{name.text}` in `{key}` is {_shape(meaning)}", "Write a plain text")
        return tuple(found)

    def tables(self, key: str) -> tuple["Fields", ...]:
        """A list of mappings."""
        value = self._present(key)
        if value is None:
            return ()
        if not isinstance(value, Sequence):
            self.report(value.line, f"`{key}` is {_shape(value)}, not a list", "Begin each item with `- `")
            return ()
        found: list[Fields] = []
        for item in value.items:
            if isinstance(item, Table):
                found.append(Fields(self.path, item, self.zone, self.problems))
            else:
                self.report(
                    item.line,
                    f"an item of `{key}` is {_shape(item)}",
                    "Give it keys, such as `on: 2022-09-13`",
                )
        return tuple(found)

    def whole_number(self, key: str, least: int, most: int) -> int | None:
        return self._number(key, self.text(key), least, most)

    def percent(self, key: str) -> int | None:
        """A whole percent, 0 to 100, with or without its sign."""
        text = self.text(key)
        return self._number(key, text.removesuffix("%").rstrip() if text else None, 0, 100)

    def _number(self, key: str, text: str | None, least: int, most: int) -> int | None:
        if text is None:
            return None
        if _WHOLE_NUMBER.fullmatch(text) and least <= int(text) <= most:
            return int(text)
        self._misread(key, text, f"a whole number from {least} to {most}")
        return None

    def truth(self, key: str) -> bool | None:
        text = self.text(key)
        if text is None or text.lower() in _TRUE | _FALSE:
            return None if text is None else text.lower() in _TRUE
        self._misread(key, text, "true or false")
        return None

    def word(self, key: str, words: type[Word]) -> Word | None:
        """One of the field's own words."""
        text = self.text(key)
        if text is None:
            return None
        try:
            return words(text.lower())
        except ValueError:
            self._misread(key, text, "one of " + ", ".join(words))
            return None

    def day(self, key: str) -> date | None:
        text = self.text(key)
        if text is None:
            return None
        day = read_day(text)
        if day is None:
            self._misread(key, text, "a day such as 2022-09-13")
        return day

    def when(self, key: str) -> When | None:
        """A day, or a time in `zone` where it has no offset of its own."""
        text = self.text(key)
        if text is None:
            return None
        when = read_when(text, self.zone)
        if when is None:
            self._misread(key, text, "a date such as 2022-09-13 or 2022-09-13T14:00-04:00")
        return when

    def own_zone(self, key: str) -> str | None:
        """A zone's name or offset. It also becomes the zone of the times that are read after it."""
        text = self.text(key)
        if text is None:
            return None
        if not _is_known_zone(text):
            self._misread(key, text, "a zone that is known here, such as America/Detroit or -04:00")
            return None
        self.zone = text
        return text

    def _misread(self, key: str, text: str, wanted: str) -> None:
        shown = text if len(text) <= 60 else f"{text[:57]}..."
        self.report(self.line_of(key), f"`{key}: {shown}` is not {wanted}", "Correct it: it is left out for now")

    def _present(self, key: str) -> Value | None:
        value = self._values.get(key)
        return None if isinstance(value, Scalar) and value.is_missing else value


def _kept(value: Scalar) -> str:
    return value.text if value.exact else value.text.strip()


def _is_known_zone(text: str) -> bool:
    try:
        return is_zone(text)
    except ValueError:
        return False


def _shape(value: Value) -> str:
    if isinstance(value, Scalar):
        return "a single value"
    return "a list" if isinstance(value, Sequence) else "a mapping"
