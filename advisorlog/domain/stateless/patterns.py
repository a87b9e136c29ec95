"""Regular expressions that are compiled when they are first used: most texts need few of them."""

import re
from functools import cache

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?"
    r"(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)day"
DATE = (
    rf"(?<!\w)(?:\d{{4}}-\d\d(?:-\d\d)?|\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?\s{MONTH}|{MONTH}\.?\s\d{{1,4}}"
    rf"|\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})|\d{{1,2}}/\d{{1,2}}|{_WEEKDAY}|(?:in|since|of|from)\s{MONTH})(?!\w)"
    r"|\d{1,2}월(?:\s?\d{1,2}일)?"
)
"""A day, a weekday or a month, as people write them; matched without regard to case."""


CASED = re.RegexFlag(0)
"""Flags of a pattern for which small letters and capitals differ."""


@cache
def compiled(source: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(source, flags)


def has(source: str, text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether the pattern is anywhere in text[start:end], without regard to case."""
    return compiled(source).search(text, start, len(text) if end is None else end) is not None
