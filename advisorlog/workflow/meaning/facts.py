"""How search by meaning stands: the model, its vectors, what lacks them."""

from dataclasses import dataclass
from pathlib import Path

from advisorlog.config import Settings
from advisorlog.errors import AdvisorlogError
from advisorlog.meaning import choosing
from advisorlog.meaning.kept import VectorFile
from advisorlog.workflow.meaning.making import standing


@dataclass(frozen=True, slots=True)
class Facts:
    """`model` is empty where none can be used, `host` where texts stay on this machine; `file` is None without vectors.

    `trouble` is why the model or the vectors can't be used. The counts are those of `making.Standing`.
    """

    model: str = ""
    host: str = ""
    trouble: str = ""
    file: Path | None = None
    made_by: str = ""
    good: int = 0
    missing: int = 0
    gone: int = 0
    left_out: int = 0
    ranks: bool = False


def facts(settings: Settings) -> Facts:
    """Loads the model, so that it is known to work; sends nothing. A damaged file of vectors is a fact too."""
    vectors = VectorFile(settings.log)
    file = vectors.file if vectors.exists else None
    ranks = settings.meaning.rank
    try:
        model = choosing.embedder(settings)
    except AdvisorlogError as error:
        return Facts(trouble=str(error), file=file, ranks=ranks)
    try:
        made_by = vectors.model()[1]
        found = standing(settings, model)
    except AdvisorlogError as error:
        return Facts(model.name, model.host, str(error), file, ranks=ranks)
    counts = found.good, len(found.missing), len(found.gone), found.left_out
    return Facts(model.name, model.host, "", file, made_by, *counts, ranks)
