"""Days and times as files give them: ISO dates, with or without a time, an offset, or a zone beside them."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from advisorlog.domain.moments import Moment, moment_of, zone_of

WHEN = (
    r"\d{4}-\d{2}-\d{2}"
    r"(?:(?:[Tt]|[ ])\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:[ ]?(?:[Zz]|[+-]\d{2}(?::?\d{2})?))?)?"
    r"(?:\[[\w+\-/:]{1,60}\])?"
)
"""What may stand where a day or a time is expected. A zone's name may follow the offset, as in RFC 9557:
`2022-11-06T01:30-04:00[America/Detroit]`."""

_PARTS = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:[Tt ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?:[ ]?([Zz]|[+-]\d{2}(?::?\d{2})?))?"
    r"(?:\[([\w+\-/:]{1,60})\])?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class When:
    """A day, and the moment where a time is given with it."""

    day: date
    at: Moment | None = None


def read_when(text: str, zone: str) -> When | None:
    """A day or a time; `zone` (IANA name or offset) counts where the text has no offset of its own.

    None where the text is neither, or no day of the calendar, or outside the years 1000 to 9998.
    """
    parts = _PARTS.fullmatch(text.strip())
    if parts is None or not 1000 <= int(parts[1]) <= 9998:
        return None
    try:
        day = date(int(parts[1]), int(parts[2]), int(parts[3]))
        if parts[4] is None:
            return When(day)
        said_in = _offset(parts[7]) if parts[7] else parts[8] or zone
        clock = datetime(
            day.year,
            day.month,
            day.day,
            int(parts[4]),
            int(parts[5]),
            int(parts[6] or 0),
            tzinfo=zone_of(said_in),
        )
    except ValueError:
        return None
    return When(day, moment_of(clock, parts[8] or said_in))


def read_day(text: str) -> date | None:
    """A day without a time."""
    found = read_when(text, "UTC")
    return found.day if found is not None and found.at is None else None


def midnight(day: date, zone: str) -> Moment:
    """The beginning of a day in a zone."""
    return moment_of(datetime(day.year, day.month, day.day, tzinfo=zone_of(zone)), zone)


def moment_in(when: When | None, zone: str) -> Moment | None:
    """The moment that is meant: a day alone means its beginning."""
    return None if when is None else when.at or midnight(when.day, zone)


def stamp(moment: Moment, zone: str) -> str:
    """A time as short as it reads back exactly, zone included, in a file whose zone is `zone`."""
    local = moment.local
    clock = local.strftime("%Y-%m-%dT%H:%M" + (":%S" if local.second else ""))
    offset = local.strftime("%z")
    signed = f"{offset[:3]}:{offset[3:5]}"
    utc = moment.stored
    for text in (clock, f"{clock}Z", f"{clock}{signed}", f"{clock}{signed}[{moment.zone}]", utc):
        if (read := read_when(text, zone)) is not None and read.at == moment:
            return text
    return f"{utc}[{moment.zone}]"


def _offset(text: str) -> str:
    """`-0400`, `-04` and `-04:00` as `-04:00`; `Z` as UTC."""
    if text in "Zz":
        return "UTC"
    digits = text[1:].replace(":", "").ljust(4, "0")
    return f"{text[0]}{digits[:2]}:{digits[2:]}"


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_DIGITS = re.compile(r"(?<!\d)((?:19|20)\d{2})([-_.]?)(\d{2})\2(\d{2})(?!\d)", re.ASCII)
_DAY_FIRST = re.compile(rf"(?<!\d){_DAY}\s+{_MONTH},?\s+((?:19|20)\d{{2}})(?!\d)", re.ASCII | re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+((?:19|20)\d{{2}})(?!\d)", re.ASCII | re.IGNORECASE)
_EAST = re.compile(r"(?<!\d)((?:19|20)\d{2})\s?[년年]\s?(\d{1,2})\s?[월月]\s?(\d{1,2})\s?[일日]", re.ASCII)


def find_day(text: str) -> date | None:
    """The first day that a file name or a heading names with its year: `2022-09-13`, `20220913`, `Sep 13, 2022`.

    Forms that two people read as two days (`9/13/22`, `03-04-2022`) are left alone.
    """
    text = text[:500]
    if found := _DIGITS.search(text):
        return _calendar(int(found[1]), int(found[3]), int(found[4]))
    if found := _EAST.search(text):
        return _calendar(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.search(text):
        return _calendar(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_FIRST.search(text):
        return _calendar(int(found[3]), _month(found[1]), int(found[2]))
    return None


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()) + 1


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
