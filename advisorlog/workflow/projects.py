"""Projects: what the work is, for a reader who remembers nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import col, delete, select

from advisorlog.domain.moments import Moment
from advisorlog.errors import AdvisorlogError
from advisorlog.store.tables import Project, Term
from advisorlog.workflow.changing import Change, changing
from advisorlog.workflow.naming import chosen_slug


@dataclass(frozen=True, slots=True)
class ProjectFields:
    """What is to be said of a project; None leaves it as it is.

    `terms` adds to the glossary (an empty meaning takes a term out); `glossary` replaces it.
    """

    name: str | None = None
    pitch: str | None = None
    goal: str | None = None
    terms: Mapping[str, str] = field(default_factory=dict[str, str])
    glossary: Mapping[str, str] | None = None


def new(log: Path, now: Moment, name: str, slug: str | None, fields: ProjectFields) -> str:
    """Add a project; returns its slug. Raises AdvisorlogError where the slug is taken."""
    with changing(log, f"project new {name}", now) as change:
        taken = change.session.exec(select(Project.slug)).all()
        project = Project(slug=chosen_slug("project", name, slug, taken), name=name.strip())
        project_id = change.add(project)
        _write(change, project, project_id, fields)
        return project.slug


def edit(log: Path, now: Moment, name: str, fields: ProjectFields) -> str:
    """Change what is said of a project; returns its slug."""
    with changing(log, f"project edit {name}", now) as change:
        project = change.get(Project, change.resolve("project", name))
        assert project.id is not None
        _write(change, project, project.id, fields)
        return project.slug


def remove(log: Path, now: Moment, name: str) -> str:
    """Take a project out; its meetings, ideas and lines stay, without a project. Returns its slug."""
    with changing(log, f"project rm {name}", now) as change:
        project = change.get(Project, change.resolve("project", name))
        change.remove(project)
        return project.slug


def _write(change: Change, project: Project, project_id: int, fields: ProjectFields) -> None:
    if fields.name is not None:
        if not fields.name.strip():
            raise AdvisorlogError("A project needs a name", "Give one, or leave it as it is")
        project.name = fields.name.strip()
    if fields.pitch is not None:
        project.pitch = fields.pitch.strip() or None
    if fields.goal is not None:
        project.goal = fields.goal.strip() or None
    change.session.add(project)
    if fields.glossary is not None:
        kept = set(fields.glossary)
        change.session.exec(delete(Term).where(col(Term.project_id) == project_id, col(Term.term).not_in(kept)))
    for term, meaning in {**(fields.glossary or {}), **fields.terms}.items():
        _define(change, project_id, term.strip(), meaning.strip())


def _define(change: Change, project_id: int, term: str, meaning: str) -> None:
    known = change.session.exec(select(Term).where(Term.project_id == project_id, Term.term == term)).first()
    if not term:
        raise AdvisorlogError("A term of the glossary needs a name", "For example --term 'DVFS=scaling of voltage'")
    if known is None and meaning:
        change.add(Term(project_id=project_id, term=term, meaning=meaning))
    elif known is not None and meaning:
        known.meaning = meaning
        change.session.add(known)
    elif known is not None:
        change.remove(known)
