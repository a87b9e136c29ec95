"""The stateless check with what the log knows: the projects' glossaries."""

from advisorlog.config import Settings
from advisorlog.domain import stateless
from advisorlog.domain.stateless import Finding
from advisorlog.store.connection import reading
from advisorlog.store.reading import people


def check(settings: Settings, text: str, *, language: bool | None = None) -> list[Finding]:
    """What a cold reader can't follow; without `language`, nothing that judges how it is said.

    None leaves that to the settings.
    """
    terms: list[str] = []
    if settings.log.exists():
        with reading(settings.log) as connection:
            terms = [term for project in people.projects(connection) for term, _ in project.glossary]
    judges = settings.check_language if language is None else language
    rules = stateless.ALL if judges else [rule for rule in stateless.ALL if rule not in stateless.LANGUAGE]
    return stateless.check(text, terms, rules)
