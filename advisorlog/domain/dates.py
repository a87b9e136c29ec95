"""Days as people write them, and back: `fri`, `+2w`, `2026-W50`, `12-Dec`, `3 weeks ago`; `Fri 27 Nov 2026`.

Pure: today is always given. English names only, whatever the locale. What could be read in two ways (`02/03/2026`)
is not read at all.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import Enum, auto

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FRIDAY = 5
"""ISO number of the day that ends a week's work: a week given as a date means its Friday."""

LONGEST_PHRASE = 120
Meaning = Callable[[re.Match[str], date, "Toward"], date]
"""What a matched form means, seen from today."""


class Toward(Enum):
    """Which way a day that names no year or week is looked for."""

    FUTURE = auto()
    PAST = auto()


def understand(phrase: str, today: date) -> date | None:
    """The day a phrase means, seen from `today`; None where it is no date. Never raises.

    - `2026-12-01` (also with `/`, `.`, or a time behind it), `12-Dec-2026`, `Dec 12, 2026`
    - `12-Dec`, `Dec-12`: the next one, today included
    - `today`, `tomorrow`, `yesterday`
    - `fri`, `friday`: the next one after today; `this-fri`: today included; `last-fri`: the last one before today;
      `next-fri`: the one of next week (weeks begin on Monday)
    - `3d`, `2w`, `1m`, `1y`, `+2w`, `in 2 weeks`, `3 weeks ago`; a month later is the same day, or the month's last
    - `next week`, `last month`: a week or month from today
    - `end of next week`, `end of month`: its Friday, its last day
    - `2026-W50`, `W50`: the Friday of that week

    Case doesn't matter, and `-`, `_` or blanks may stand between words.
    """
    return _understand(phrase, today, Toward.FUTURE)


def understand_past(phrase: str, today: date) -> date | None:
    """As `understand_spoken`, for days that lie behind (`--since`).

    `fri` and `12-Dec` are the latest up to today, and `2w` is two weeks ago.
    """
    return _understand(phrase, today, Toward.PAST) if _form(phrase) else _spoken(phrase, today)


def understand_spoken(phrase: str, today: date) -> date | None:
    """As `understand`, and what else English has for a day (`the day after tomorrow`, `a fortnight ago`).

    A phrase that is a date only in part is none. Loads dateparser, and only where `understand` knows nothing.
    """
    return understand(phrase, today) if _form(phrase) else _spoken(phrase, today)


def day_month_year(day: date) -> str:
    """`27 Nov 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def echo(day: date, today: date) -> str:
    """A day as it was understood: `Fri 27 Nov 2026 (in 3 days)`."""
    return f"{WEEKDAYS[day.weekday()]} {day_month_year(day)} ({ago(day, today)})"


def not_known(phrase: str) -> str:
    """What to say of a `^phrase` that is no date, and how one is written."""
    how = f"of several words: ^{{{phrase} ...}}" if phrase.lower() in _BEGINNINGS else "write ^fri, ^2w or ^12-dec"
    return f"^{phrase} is no day that I know; {how}"


_BEGINNINGS = frozenset(
    ("next", "last", "this", "in", "end", "the", "a", "early", "mid", "late", *map(str.lower, MONTHS))
)


def ago(then: date, now: date) -> str:
    """How far `then` is from `now`: `today`, `3 days ago`, `2 weeks ago`, `two years ago`, `in 3 days`.

    Rounded to the largest unit that says enough; years are spelled out, as they are only about right.
    """
    days = (now - then).days
    if abs(days) <= 1:
        return ("tomorrow", "today", "yesterday")[days + 1]
    length = _length(abs(days))
    return f"{length} ago" if days > 0 else f"in {length}"


def span(first: date, last: date) -> str:
    """From a day to another, without saying anything twice: `3–9 Nov 2026`, `28 Nov – 4 Dec 2026`."""
    first, last = min(first, last), max(first, last)
    if first == last:
        return day_month_year(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_month_year(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {day_month_year(last)}"
    return f"{day_month_year(first)} – {day_month_year(last)}"


_NUMBERS = ("no", "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _length(days: int) -> str:
    if days < 14 and days != 7:
        return f"{days} days"
    if days < 60:
        return _counted(round(days / 7), "week")
    months = round(days / 30.44)
    if months < 12 or 12 < months < 23:
        return _counted(months, "month")
    years = max(1, round(days / 365.25))
    number = _NUMBERS[years] if years < len(_NUMBERS) else str(years)
    return f"{number} year" if years == 1 else f"{number} years"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


_FULL_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FIRST_HALF = ("january", "february", "march", "april", "may", "june")
_SECOND_HALF = ("july", "august", "september", "october", "november", "december")
_SHORT_DAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_DAY_NAMES = _SHORT_DAYS | {name: number for number, full in enumerate(_FULL_DAYS) for name in (full, full[:3])}
_MONTH_NAMES = {
    name: number for number, full in enumerate(_FIRST_HALF + _SECOND_HALF, 1) for name in (full, full[:3])
} | {"sept": 9}
_COUNTS = {"a": 1, "an": 1, "one": 1} | {word: number for number, word in enumerate(_NUMBERS) if number > 1}
_UNITS = {"d": "day", "w": "week", "wk": "week", "m": "month", "mo": "month", "y": "year", "yr": "year"}

_DAY = f"(?P<weekday>{'|'.join(_DAY_NAMES)})"
_MONTH = f"(?P<month>{'|'.join(_MONTH_NAMES)})"
_NUMBER = "(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_LENGTH = f"(?P<count>[0-9]{{1,4}} ?|(?:{'|'.join(_COUNTS)}) )(?P<unit>day|week|month|year|wk|mo|yr|[dwmy])s?"
_WHICH = "(?P<which>this|next|last)"
_TIME = "(?:[t ][0-9]{2}:[0-9:.+z-]*)?"


def _understand(phrase: str, today: date, toward: Toward) -> date | None:
    form = _form(phrase)
    if form is None:
        return None
    said, meaning = form
    try:
        return meaning(said, today, toward)
    except (ValueError, OverflowError):
        return None


def _form(phrase: str) -> tuple[re.Match[str], Meaning] | None:
    if len(phrase) > LONGEST_PHRASE:
        return None
    words = re.sub(r"[\s_]+", " ", phrase.strip().lower())
    spaced = re.sub(r"[\s\-_]+", " ", phrase.strip().lower()).removeprefix("on ").removeprefix("the ")
    for pattern, meaning in _FORMS:
        if said := pattern.fullmatch(words) or pattern.fullmatch(spaced):
            return said, meaning
    return None


def _iso(said: re.Match[str], _today: date, _toward: Toward) -> date:
    return date(int(said["year"]), int(said["number"]), int(said["day"]))


def _named(said: re.Match[str], today: date, _toward: Toward) -> date:
    return today + timedelta(days={"yesterday": -1, "tomorrow": 1, "tmr": 1, "tomo": 1}.get(said[0], 0))


def _weekday(said: re.Match[str], today: date, toward: Toward) -> date:
    behind = (today.weekday() - _DAY_NAMES[said["weekday"]]) % 7
    match said["which"] or ("" if toward is Toward.FUTURE else "past"):
        case "last":
            return today - timedelta(days=behind or 7)
        case "past":
            return today - timedelta(days=behind)
        case "this":
            return today + timedelta(days=-behind % 7)
        case "next":
            return _monday(today) + timedelta(days=7 + _DAY_NAMES[said["weekday"]])
        case _:
            return today + timedelta(days=7 - behind)


def _weekday_of_week(said: re.Match[str], today: date, _toward: Toward) -> date:
    weeks = {"last": -1, "this": 0, "next": 1}[said["which"]]
    return _monday(today) + timedelta(days=7 * weeks + _DAY_NAMES[said["weekday"]])


def _distance(said: re.Match[str], today: date, toward: Toward) -> date:
    number = said["count"].strip()
    count = _COUNTS[number] if number in _COUNTS else int(number)
    is_back = said["back"] or (toward is Toward.PAST and not (said["ahead"] or said["hence"]))
    return _moved(today, -count if is_back else count, _UNITS.get(said["unit"], said["unit"]))


def _unit_away(said: re.Match[str], today: date, _toward: Toward) -> date:
    return _moved(today, {"last": -1, "this": 0, "next": 1}[said["which"]], said["unit"])


def _end_of(said: re.Match[str], today: date, _toward: Toward) -> date:
    unit = {"w": "week", "m": "month", "y": "year"}.get(said["unit"], said["unit"])
    which = said.groupdict().get("which") or "this"
    there = _moved(today, {"last": -1, "this": 0, "next": 1}[which], unit)
    if unit == "week":
        return _monday(there) + timedelta(days=FRIDAY - 1)
    last_month = 12 if unit == "year" else there.month
    return date(there.year, last_month, monthrange(there.year, last_month)[1])


def _week(said: re.Match[str], today: date, toward: Toward) -> date:
    if said["year"]:
        return date.fromisocalendar(int(said["year"]), int(said["week"]), FRIDAY)
    year = today.isocalendar().year
    return _nearest(lambda near: date.fromisocalendar(near, int(said["week"]), FRIDAY), year, today, toward)


def _day_of_month(said: re.Match[str], today: date, toward: Toward) -> date:
    month, number = _MONTH_NAMES[said["month"]], int(said["day"])
    if said["year"]:
        day = date(int(said["year"]), month, number)
    else:
        day = _nearest(lambda near: date(near, month, number), today.year, today, toward)
    if said["weekday"] and _DAY_NAMES[said["weekday"]] != day.weekday():
        raise ValueError("the day of the week and the date differ")
    return day


def _nearest(of_year: Callable[[int], date], year: int, today: date, toward: Toward) -> date:
    """The next such day from today on, or the latest up to today. Raises ValueError where no year near has it."""
    step = 1 if toward is Toward.FUTURE else -1
    for near in range(year - step, year + 9 * step, step):
        try:
            day = of_year(near)
        except ValueError:
            continue
        if (day - today).days * step >= 0:
            return day
    raise ValueError("there is no such day")


def _moved(day: date, count: int, unit: str) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("beyond the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


_FORMS: tuple[tuple[re.Pattern[str], Meaning], ...] = tuple(
    (re.compile(form), meaning)
    for form, meaning in (
        (rf"(?P<year>[0-9]{{4}})(?P<sep>[-/.])(?P<number>[0-9]{{1,2}})(?P=sep)(?P<day>[0-9]{{1,2}}){_TIME}", _iso),
        (r"today|now|tonight|tomorrow|tmr|tomo|yesterday", _named),
        (rf"(?:{_WHICH} )?{_DAY}", _weekday),
        (rf"{_DAY} (?:of )?{_WHICH} week", _weekday_of_week),
        (rf"(?P<ahead>in |\+ ?)?{_LENGTH}(?:(?P<hence> from (?:now|today))|(?P<back> ago))?", _distance),
        (rf"{_WHICH} (?P<unit>week|month|year)", _unit_away),
        (rf"(?:the )?end of (?:the |{_WHICH} )?(?P<unit>week|month|year)", _end_of),
        (r"eo(?P<unit>[wmy])", _end_of),
        (r"(?:(?P<year>[0-9]{4})[- ]?)?w(?P<week>[0-9]{1,2})", _week),
        (rf"(?:{_DAY},? )?{_NUMBER} (?:of )?{_MONTH}\.?,?(?: (?P<year>[0-9]{{4}}))?", _day_of_month),
        (rf"(?:{_DAY},? )?{_MONTH}\.? {_NUMBER},?(?: (?P<year>[0-9]{{4}}))?", _day_of_month),
    )
)

_SPOKEN = re.compile(r"(?=.*[A-Za-z])(?!.*[0-9][-/.][0-9])[ -~]+")


def _spoken(phrase: str, today: date) -> date | None:
    """What dateparser makes of a phrase. Numbers joined by signs never reach it: it would guess their order."""
    if len(phrase) > LONGEST_PHRASE or not phrase.isascii() or not _SPOKEN.fullmatch(phrase):
        return None
    import dateparser

    found = dateparser.parse(
        phrase,
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(today, time()),
            "STRICT_PARSING": True,
            "PARSERS": ["relative-time", "absolute-time"],
        },
    )
    return found.date() if found else None
