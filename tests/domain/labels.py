"""The labelled pairs and texts under `labelled/`, for the tests and for `python -m bench.meaning`."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.marks import find_marks
from advisorlog.domain.tension import Point

FOLDER = Path(__file__).parent / "labelled"


def pairs(part: str) -> list[tuple[bool, Point, Point]]:
    """Whether two lines are in tension, and the two; numbered 1 and 2 in every pair."""
    names: dict[str, int] = {}

    def number(name: str) -> int:
        return names.setdefault(name, len(names) + 1)

    def point(place: int, side: dict[str, str]) -> Point:
        ideas = frozenset(number(each.name) for each in find_marks(side["text"]).mentions if each.mark == "#")
        day = date.fromisoformat(side["on"])
        return Point(place, EntryKind(side["kind"]), side["text"], day, place, number(side["by"]), ideas)

    lines = (FOLDER / f"tensions-{part}.jsonl").read_text("utf-8").splitlines()
    return [(row["tension"], point(1, row["first"]), point(2, row["second"])) for row in map(json.loads, lines)]


@dataclass(frozen=True)
class Returning:
    """Dead ideas (slug -> title, claim), and texts each with the idea that it comes back to, if any."""

    ideas: dict[str, tuple[str, str]]
    texts: tuple[tuple[str, str | None], ...]


def returning(part: str) -> Returning:
    """`tuning` and `held-out` are on different ideas."""
    ideas = json.loads((FOLDER / f"returning-{part}-ideas.json").read_text("utf-8"))
    lines = (FOLDER / f"returning-{part}.jsonl").read_text("utf-8").splitlines()
    texts = tuple((row["text"], row["idea"]) for row in map(json.loads, lines))
    return Returning({slug: (title, claim) for slug, (title, claim) in ideas.items()}, texts)
