"""The first steps in a log of one's own: a project, and the meetings that go with it."""

from pathlib import Path

from advisorlog.domain.kinds import Role
from advisorlog.domain.moments import Moment
from advisorlog.workflow import projects
from advisorlog.workflow import series as all_series
from advisorlog.workflow.projects import ProjectFields
from advisorlog.workflow.series import SeriesFields
from advisorlog.workflow.times import time_of_day


def project(log: Path, now: Moment, name: str, pitch: str) -> str:
    """A first project; creates the log where there is none. Returns its slug."""
    return projects.new(log, now, name, None, ProjectFields(pitch=pitch or None))


def series(
    log: Path, now: Moment, title: str, names: str, role: str, every: str, at: str, project: str | None = None
) -> str:
    """A series from words as people say them: names with commas, `tue`, `14:00`. Returns its slug.

    Raises AdvisorlogError where the day or the time is not understood.
    """
    fields = SeriesFields(
        people=[name.strip() for name in names.split(",") if name.strip()],
        role=Role(role),
        project=project,
        every=every.strip() or None,
        at=time_of_day(at) if at.strip() else None,
    )
    return all_series.new(log, now, title, None, fields).slug
