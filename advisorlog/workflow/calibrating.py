"""How well the log's confidences foretold what came true: its resolved claims, scored at fixed times before."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from advisorlog.domain import calibration
from advisorlog.domain.calibration import Forecast, Parts, Row, Score
from advisorlog.domain.moments import Moment
from advisorlog.store.reading import ideas
from advisorlog.store.reading.rows import Idea, IdeaEvent


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim whose outcome is known, and the confidence (percent) at each of the fixed times before it was settled.

    None stands where nothing but moods, or nothing at all, had been said by then.
    """

    slug: str
    title: str
    outcome: bool
    settled: date
    said: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class AtHorizon:
    """The claims of one fixed time before: scored, taken apart, and in a table where there are enough."""

    days_before: int
    score: Score | None
    parts: Parts | None
    table: tuple[Row, ...] | None
    unsaid: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """All that can be said of one's confidences; `overdue` are claims whose day has passed without an outcome."""

    claims: tuple[Claim, ...]
    horizons: tuple[AtHorizon, ...]
    undated: tuple[str, ...]
    overdue: tuple[Idea, ...]
    needed: int = calibration.ENOUGH


def calibrated(connection: sqlite3.Connection, until: Moment) -> Calibration:
    """Read and score. For one's own eyes: private ideas count too."""
    known = ideas.ideas(connection, until)
    histories: dict[int, list[IdeaEvent]] = {idea.id: [] for idea in known}
    for event in ideas.events(connection, histories, until):
        histories[event.idea_id].append(event)
    claims: list[Claim] = []
    undated: list[str] = []
    for idea in known:
        if idea.outcome is None:
            continue
        claim = _claim(idea, idea.outcome, histories[idea.id], until.day)
        if claim is None:
            undated.append(idea.slug)
        else:
            claims.append(claim)
    claims.sort(key=lambda claim: (claim.settled, claim.slug))
    return Calibration(
        tuple(claims),
        tuple(_at(place, days, claims) for place, days in enumerate(calibration.HORIZONS)),
        tuple(undated),
        tuple(i for i in known if i.outcome is None and i.resolve_by and i.resolve_by < until.day),
    )


def _claim(idea: Idea, outcome: bool, history: list[IdeaEvent], today: date) -> Claim | None:
    settled = calibration.settled_on(idea.resolve_by, idea.resolved.day if idea.resolved else None, history, today)
    if settled is None:
        return None
    made = (calibration.forecast(history, settled, days, outcome) for days in calibration.HORIZONS)
    said = tuple(None if each is None else round(each.probability * 100) for each in made)
    return Claim(idea.slug, idea.title, outcome, settled, said)


def _at(place: int, days: int, claims: list[Claim]) -> AtHorizon:
    said = [(claim.said[place], claim.outcome) for claim in claims]
    forecasts = [Forecast(percent / 100, outcome) for percent, outcome in said if percent is not None]
    if not forecasts:
        return AtHorizon(days, None, None, None, len(said))
    return AtHorizon(
        days,
        calibration.score(forecasts),
        calibration.parts(forecasts),
        calibration.table(forecasts),
        len(said) - len(forecasts),
    )
