"""How ready a brief is to be sent, before anybody has opened it."""

from dataclasses import dataclass

from advisorlog.config import Settings


@dataclass(frozen=True, slots=True)
class Readiness:
    """Words over its budget, places that a cold reader can't follow, and whether it has any news."""

    too_long: int
    findings: int
    has_news: bool = True
    """Whether it says more than what the work is: on the first day there is nothing else."""


def of_brief(settings: Settings, series: str) -> Readiness:
    """Write the next brief of a series and check it. Raises AdvisorlogError where it can't be written."""
    from advisorlog.workflow import checking, preparing

    prepared = preparing.brief(settings, series, None, None, False)
    words = prepared.renderer.count(prepared.document)
    findings = checking.check(settings, prepared.rendered("md"))
    has_news = any(section.items for section in prepared.document.sections if section.key != "stands")
    return Readiness(max(0, words - prepared.document.budget), len(prepared.document.hints) + len(findings), has_news)
