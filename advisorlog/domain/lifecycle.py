"""How an idea lives: which moves of its status are allowed, and what its history says at a given day.

An idea goes from spark to published, forward or back any number of steps. From anywhere it can be parked or killed;
from there it is revived as exploring or as what it was before. Every move after the first names its because.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from advisorlog.domain.kinds import IdeaStatus
from advisorlog.errors import AdvisorlogError

LIVING = (
    IdeaStatus.SPARK,
    IdeaStatus.EXPLORING,
    IdeaStatus.PROMISING,
    IdeaStatus.VALIDATED,
    IdeaStatus.PUBLISHED,
)
"""The statuses of an idea that is worked on, from first to last."""

RESTING = (IdeaStatus.PARKED, IdeaStatus.KILLED)


class LifecycleError(AdvisorlogError):
    """A move that an idea can't make."""


def allowed_moves(current: IdeaStatus | None, before: IdeaStatus | None = None) -> tuple[IdeaStatus, ...]:
    """Where an idea can go. `before` is the status that a parked or killed idea had when it was still living."""
    if current not in RESTING:
        return tuple(status for status in (*LIVING, *RESTING) if status is not current)
    revived = dict.fromkeys((IdeaStatus.EXPLORING, before if before in LIVING else IdeaStatus.EXPLORING))
    return (*(status for status in LIVING if status in revived), *(rest for rest in RESTING if rest is not current))


def check_move(current: IdeaStatus | None, new: IdeaStatus, because: str, before: IdeaStatus | None = None) -> None:
    """Raise LifecycleError, with what is allowed, unless the idea can move from `current` to `new`.

    A new idea (`current` None) may begin anywhere, without a because unless it begins parked or killed.
    """
    if new is current:
        raise LifecycleError(
            f"The idea is {current} already", f"It can become {_listed(allowed_moves(current, before))}"
        )
    if new not in allowed_moves(current, before):
        raise LifecycleError(
            f"A {current} idea can't become {new} at once",
            f"Revive it first: it can become {_listed(allowed_moves(current, before))}",
        )
    if because.strip() or (current is None and new in LIVING):
        return
    if new is IdeaStatus.KILLED:
        raise LifecycleError("An idea is killed for a reason", "Say it with because, and what would revive it")
    raise LifecycleError(f"A move to {new} needs its because", "Say what was seen or decided")


def _listed(statuses: Sequence[IdeaStatus]) -> str:
    *most, last = statuses
    return f"{', '.join(most)} or {last}" if most else str(last)


class IdeaChange(Protocol):
    """One event of an idea's history, whatever keeps it: a status, a confidence (percent), or both."""

    @property
    def day(self) -> date: ...
    @property
    def status(self) -> IdeaStatus | None: ...
    @property
    def confidence(self) -> int | None: ...
    @property
    def mood(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Change:
    """The plainest IdeaChange."""

    day: date
    status: IdeaStatus | None = None
    confidence: int | None = None
    mood: bool = False


C = TypeVar("C", bound=IdeaChange)


@dataclass(frozen=True, slots=True)
class Readings:
    """Confidence of an idea at a day, in percent: as last said, and as evidence last left it (mood set aside)."""

    said: int | None
    from_evidence: int | None


def until(changes: Iterable[C], day: date) -> list[C]:
    """The changes up to the end of a day, oldest first; those of one day stay in the order given."""
    return sorted((change for change in changes if change.day <= day), key=lambda change: change.day)


def status_at(changes: Iterable[IdeaChange], day: date) -> IdeaStatus | None:
    return next((change.status for change in reversed(until(changes, day)) if change.status), None)


def status_before_rest(changes: Iterable[IdeaChange], day: date) -> IdeaStatus | None:
    """The last status in which the idea was worked on: what a parked or killed one can be revived as."""
    return next((change.status for change in reversed(until(changes, day)) if change.status in LIVING), None)


def confidence_at(changes: Iterable[IdeaChange], day: date) -> Readings:
    said = [change for change in until(changes, day) if change.confidence is not None]
    grounded = [change for change in said if not change.mood]
    return Readings(said[-1].confidence if said else None, grounded[-1].confidence if grounded else None)


def high_water_mark(changes: Iterable[C], day: date) -> C | None:
    """The change that earned the highest confidence so far; the first to reach it. Mood earns nothing."""
    grounded = [change for change in until(changes, day) if change.confidence is not None and not change.mood]
    return max(grounded, key=lambda change: change.confidence or 0, default=None)


def dropped_by_mood(changes: Iterable[C], day: date) -> C | None:
    """The mood that holds the confidence below where evidence left it; None where evidence, or nothing, lowered it."""
    said = [change for change in until(changes, day) if change.confidence is not None]
    grounded = [change.confidence for change in said if not change.mood and change.confidence is not None]
    if not said or not grounded or not said[-1].mood:
        return None
    return said[-1] if (said[-1].confidence or 0) < grounded[-1] else None


def last_change(changes: Iterable[C], day: date) -> C | None:
    """The latest change that said a status or a confidence."""
    telling = [change for change in until(changes, day) if change.status or change.confidence is not None]
    return telling[-1] if telling else None


def turning_points(changes: Iterable[C], day: date) -> list[C]:
    """The changes that changed anything: repeated statuses and confidences are left out."""
    points: list[C] = []
    status: IdeaStatus | None = None
    confidence: int | None = None
    for change in until(changes, day):
        after = (change.status or status, confidence if change.confidence is None else change.confidence)
        if after != (status, confidence):
            points.append(change)
        status, confidence = after
    return points
