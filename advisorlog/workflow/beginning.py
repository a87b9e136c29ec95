"""The first steps in a log of one's own: a project, and the meetings that go with it."""

from dataclasses import dataclass
from pathlib import Path

from advisorlog.domain.kinds import Role
from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError
from advisorlog.workflow import projects
from advisorlog.workflow import series as all_series
from advisorlog.workflow.projects import ProjectFields
from advisorlog.workflow.recurring import rule_said
from advisorlog.workflow.series import SeriesFields
from advisorlog.workflow.times import time_of_day

LONGEST = 24 * 60
"""Minutes that a meeting can take."""


def project(log: Path, now: Moment, name: str, pitch: str) -> str:
    """A first project; creates the log where there is none. Returns its slug."""
    return projects.new(log, now, name, None, ProjectFields(pitch=pitch or None))


@dataclass(frozen=True, slots=True)
class Said:
    """A series in words as people say them: names with commas, `tue`, `14:00`, `60`. What is empty stays open."""

    title: str
    names: str
    every: str = ""
    at: str = ""
    minutes: str = ""
    role: Role = Role.ADVISOR
    project: str | None = None

    def checked(self) -> "Said":
        """The same, where it is understood. Raises AdvisorlogError where a day, a time or a length is not."""
        self.fields()
        return self

    def fields(self) -> SeriesFields:
        """What was understood. Raises AdvisorlogError where something is not."""
        return SeriesFields(
            people=[name.strip() for name in self.names.split(",") if name.strip()],
            role=self.role,
            project=self.project,
            every=rule_said(self.every) if self.every.strip() else None,
            at=time_of_day(self.at) if self.at.strip() else None,
            minutes=_length(self.minutes),
        )


def series(log: Path, now: Moment, said: Said) -> str:
    """A series. Returns its slug. Raises AdvisorlogError where the day, the time or the length is not understood."""
    return all_series.new(log, now, said.title, None, said.fields()).slug


def _length(said: str) -> int | None:
    words = said.strip().removesuffix("minutes").removesuffix("min").strip()
    if not words:
        return None
    if (hours := words.removesuffix("h").strip()) != words and hours.isdecimal():
        words = str(int(hours[:3]) * 60)
    if not words.isdecimal() or not 0 < int(words) <= LONGEST:
        raise AdvisorlogError(f"“{said}” is no length of a meeting", f"Say its minutes, from 1 to {LONGEST}")
    return int(words)
