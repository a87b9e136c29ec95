"""Short names (slugs) of new records: made of the title, or typed, and never taken twice."""

from collections.abc import Callable, Iterable

from advisorlog.domain.slug import slugify
from advisorlog.errors import AdvisorlogError
from advisorlog.store import names


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """The name, or `name-2`, `name-3` ... where it is taken."""
    used = set(taken)
    if wanted not in used:
        return wanted
    number = 2
    while f"{wanted}-{number}" in used:
        number += 1
    return f"{wanted}-{number}"


def chosen_slug(
    record: str, title: str, typed: str | None, taken: Iterable[str], make: Callable[[str], str] = slugify
) -> str:
    """The short name of a new record: the one typed, if it is free and well formed, else one made of its title."""
    if not title.strip():
        raise AdvisorlogError(f"A {record} needs a name", f'For example `advisorlog {record} new "Power limits"`')
    used = set(taken)
    try:
        if typed is None:
            return free_name(make(title), used)
        wanted = names.key(typed.strip().removeprefix("#"))
        made = make(wanted)
    except ValueError as error:
        raise AdvisorlogError(str(error), "Give a short name of your own: --slug") from error
    if made != wanted:
        raise AdvisorlogError(f"“{typed}” is no short name", f"For example {made}")
    if wanted in used:
        raise AdvisorlogError(f"There is a {record} “{wanted}” already", "Choose another name: --slug")
    return wanted
