"""How often a series meets, said in words."""

_UNITS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
_DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
_PLACES = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last"}


def in_words(rule: str) -> str:
    """`every Tuesday`, `every 2 weeks on Friday`, `every month on the first Monday, 8 times`; else the rule itself.

    The rule is an RRULE (RFC 5545, 3.3.10). A rule of rarer parts is better shown whole than half told.
    """
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    unit, interval = _UNITS.get(parts.pop("FREQ", "")), parts.pop("INTERVAL", "1").lstrip("0")
    ends = _ends(parts.pop("COUNT", ""), parts.pop("UNTIL", ""))
    parts.pop("WKST", None)
    days = _on(unit, parts)
    if unit is None or ends is None or days is None:
        return rule
    if interval == "1" and unit == "week" and days:
        return f"every {days}{ends}"
    often = unit if interval == "1" else f"{interval} {unit}s"
    return f"every {often}{f' on {days}' if days else ''}{ends}"


def _on(unit: str | None, parts: dict[str, str]) -> str | None:
    """The days, in words; empty where the rule names none; None where it says more than there are words for."""
    if not parts:
        return ""
    if unit == "week" and list(parts) == ["BYDAY"]:
        named = [_DAYS.get(day) for day in parts["BYDAY"].split(",")]
        return _listed([day for day in named if day]) if all(named) else None
    if unit == "month" and list(parts) == ["BYDAY"]:
        place, day = _PLACES.get(parts["BYDAY"][:-2]), _DAYS.get(parts["BYDAY"][-2:])
        return f"the {place} {day}" if place and day else None
    if unit == "month" and list(parts) == ["BYMONTHDAY"] and parts["BYMONTHDAY"].isdecimal():
        return f"day {parts['BYMONTHDAY']}"
    return None


def _listed(words: list[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]


def _ends(count: str, until: str) -> str | None:
    day = until[:8]
    if (count and not count.isdecimal()) or (until and not (len(day) == 8 and day.isdecimal())):
        return None
    times = f", {count} times" if count else ""
    return f"{times}, until {day[:4]}-{day[4:6]}-{day[6:]}" if until else times
