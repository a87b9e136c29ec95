"""Logs to measure on: weekly meetings over years, with what such notes hold, always the same for a size."""

import random
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from advisorlog.domain.grammar import parse
from advisorlog.domain.kinds import ActionState
from advisorlog.domain.moments import Moment, moment_of
from advisorlog.store.connection import transaction
from advisorlog.store.lines import Said, store_action_event, store_line

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
_ENGLISH = (
    "baseline energy power limit batch size sweep seed variance latency throughput gradient expert cluster profile "
    "kernel memory bandwidth clock trace counter meter model loss accuracy scaling schedule router"
)
WORDS = (*_ENGLISH.split(" "), "수렴", "전력", "측정", "결과", "논문")
KINDS = ("note: ", "note: ", "note: ", "! ", "= ", "? ", "+ ", "+ ", "* ", "[] ")


@dataclass(frozen=True, slots=True)
class Size:
    """How large a log is: `series` weekly meetings side by side, `weeks` long, `lines` a meeting."""

    series: int
    weeks: int
    lines: int = 30

    @property
    def entries(self) -> int:
        return self.series * self.weeks * self.lines


def sentence(rng: random.Random) -> str:
    words = rng.choices(WORDS, k=rng.randint(6, 16))
    return f"{' '.join(words)} {rng.randint(1, 99)}.{rng.randint(0, 9)}%".capitalize()


def make(path: Path, size: Size) -> None:
    """Write a log of this size; every series has an advisor, a project with a pitch, and ideas that move."""
    rng = random.Random(size.entries)
    with transaction(path, "bench", moment_of(NOW, "UTC")) as connection:
        execute = connection.execute
        for number in range(1, size.series + 1):
            execute("INSERT INTO person (handle, name) VALUES (?, ?)", (f"advisor-{number}", f"Advisor {number}"))
            execute(
                "INSERT INTO project (slug, name, pitch, goal) VALUES (?, ?, ?, ?)",
                (
                    f"project-{number}",
                    f"Project {number}",
                    "A pitch of two sentences. It says what the work is.",
                    "A goal",
                ),
            )
            execute(
                "INSERT INTO series (slug, title, role, project_id, zone) VALUES (?, ?, 'advisor', ?, 'UTC')",
                (f"series-{number}", f"Series {number}", number),
            )
            execute("INSERT INTO series_person (series_id, person_id) VALUES (?, ?)", (number, number + 1))
            for idea in range(5):
                execute(
                    "INSERT INTO idea (slug, title, project_id) VALUES (?, ?, ?)",
                    (f"idea-{number}-{idea}", f"Idea {idea} of project {number}", number),
                )
        for week in range(size.weeks):
            for number in range(1, size.series + 1):
                start = NOW - timedelta(weeks=size.weeks - week, hours=-number % 5)
                _meeting(connection, rng, number, moment_of(start, "UTC"), size.lines)
        execute(
            "INSERT INTO meeting (slug, series_id, starts_at, zone, status, agenda) "
            "VALUES (?, 1, ?, 'UTC', 'planned', ?)",
            ("planned", moment_of(NOW + timedelta(hours=5), "UTC").stored, "What is next"),
        )


def _meeting(connection: sqlite3.Connection, rng: random.Random, number: int, start: Moment, lines: int) -> None:
    cursor = connection.execute(
        "INSERT INTO meeting (slug, series_id, starts_at, zone, status) VALUES (?, ?, ?, 'UTC', 'held')",
        (f"{start.stored}-{number}", number, start.stored),
    )
    meeting_id = cursor.lastrowid
    connection.execute("INSERT INTO meeting_person (meeting_id, person_id) VALUES (?, ?)", (meeting_id, number + 1))
    for position in range(lines):
        kind = rng.choice(KINDS)
        tag = f" #idea-{number}-{rng.randrange(5)}" if rng.random() < 0.3 else ""
        typed = f"{kind}{sentence(rng)}{tag}" + (" ^2w" if kind == "[] " else "")
        said = Said(start, "bench", meeting_id, position=position)
        stored = store_line(connection, parse(typed), said)
        closed_at = Moment(start.at + timedelta(days=rng.randint(1, 30)), "UTC")
        if stored.action_id and closed_at.at < NOW and rng.random() < 0.98:
            store_action_event(connection, stored.action_id, ActionState.DONE, Said(closed_at, "bench"))
        if kind == "? " and rng.random() < 0.9:
            said = Said(start, "bench", meeting_id, position=position)
            store_line(connection, parse(f"> {sentence(rng)}"), said)


def texts(path: Path) -> list[tuple[str, str]]:
    """(time, text) of every entry, oldest first: what the other tools are given."""
    from advisorlog.store.connection import reading

    with reading(path) as connection:
        rows = connection.execute("SELECT at, text FROM entry ORDER BY at, id")
        return [(row["at"], row["text"]) for row in rows]
