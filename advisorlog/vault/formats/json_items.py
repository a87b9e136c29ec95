"""The objects of a JSON list, each with its line; what stands before a break is not lost."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any, cast

_BLANK = " \t\r\n"
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_LONE = re.compile(r"[\ud800-\udfff]")


class BrokenJson(Exception):
    """The JSON ends or errs at `line`; what was given before stands."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def objects(text: str, at: int = 0, *, on_half: Callable[[int], None]) -> Iterator[tuple[int, dict[str, Any]]]:
    """(line, object) for every object of the list that begins at `at`, or of a run of objects without a list.

    Commas may be missing between objects, as in older exports. `on_half` is told the line of an object that holds
    half a character (`\\ud800`): no text can hold it, U+FFFD stands for it. Takes linear time.
    Raises BrokenJson at the first thing that is no object.
    """
    decoder = json.JSONDecoder()
    line = 1 + text.count("\n", 0, at)
    at, line = _skip(text, at, line, "")
    is_list = text.startswith("[", at)
    at += is_list
    while True:
        at, line = _skip(text, at, line, ",")
        if at >= len(text):
            if is_list:
                raise BrokenJson(line, "the list is cut off here")
            return
        if is_list and text[at] == "]":
            return
        try:
            found, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as failure:
            raise BrokenJson(line + text.count("\n", at, failure.pos), f"broken JSON: {failure.msg}") from failure
        except (RecursionError, ValueError) as failure:
            raise BrokenJson(line, "JSON that is nested too deep, or holds too long a number") from failure
        if not isinstance(found, dict):
            raise BrokenJson(line, "an object was expected here")
        found = cast("dict[str, Any]", found)
        if _HALF.search(text, at, end) and (whole := _whole(found)) != found:
            on_half(line)
            found = whole
        yield line, found
        line += text.count("\n", at, end)
        at = end


def _whole(found: dict[str, Any]) -> dict[str, Any]:
    return json.loads(_LONE.sub("\ufffd", json.dumps(found, ensure_ascii=False)))


def _skip(text: str, at: int, line: int, also: str) -> tuple[int, int]:
    end = at
    while end < len(text) and text[end] in _BLANK + also:
        end += 1
    return end, line + text.count("\n", at, end)


def shown(value: Any) -> str:
    """A field's value as text: a text as it is, anything else as JSON has it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
