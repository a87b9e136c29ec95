"""When it is time to look at a parked or killed idea again: the day that its condition names."""

import re
from collections.abc import Iterator
from datetime import date

from advisorlog.domain.dates import understand

_LEAD = re.compile(
    r"(?:it is |it's )?(?:not before|once|after|on|by|from|in|until|till|at|when|since)\s+(?:the\s+)?", re.IGNORECASE
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_EXPLICIT = re.compile(
    rf"\b(\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{4}}-w\d{{1,2}}|\d{{1,2}} {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}})\b",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\^(?:\{([^}]+)\}|([\w.+-]+))")
_MONTH_OF_YEAR = re.compile(rf"\b(?P<name>{_MONTH}) (?P<year>\d{{4}})\b", re.IGNORECASE)
_KOREAN = re.compile(r"(\d{4})년\s*(\d{1,2})월(?:\s*(\d{1,2})일)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def due_day(condition: str, said: date) -> date | None:
    """The day that a condition names, seen from the day it was said; None where it names none, or no one day.

    A marked date (`^2027-03-01`), one with its year anywhere (`12 Mar 2027`, `March 2027`, `2027년 3월`), or a
    condition that is nothing but a date (`in 6 months`, `after next friday`). Numbers elsewhere are never dates:
    "needs 3 more runs" waits for runs.
    """
    return next((day for day in _named(condition, said) if day), None)


def _named(condition: str, said: date) -> Iterator[date | None]:
    if marked := _MARKED.search(condition):
        yield understand(marked[1] or marked[2].rstrip(".,"), said)
    if explicit := _EXPLICIT.search(condition):
        yield understand(explicit[1].replace(",", ""), said)
    if korean := _KOREAN.search(condition):
        yield _day(int(korean[1]), int(korean[2]), int(korean[3] or 1))
    if month := _MONTH_OF_YEAR.search(condition):
        yield _day(int(month["year"]), _MONTHS.index(month["name"][:3].lower()) + 1, 1)
    bare = condition.strip().rstrip(".!")
    yield understand(bare, said)
    yield understand(_LEAD.sub("", bare, count=1), said)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
