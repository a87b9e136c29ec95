"""What there is to know about search by meaning, name and value."""

from advisorlog.config import Settings
from advisorlog.errors import AdvisorlogError
from advisorlog.meaning import choosing
from advisorlog.meaning.kept import VectorFile
from advisorlog.workflow.meaning.making import standing

WHY_LEFT_OUT = {False: "are not in a language that it reads", True: "may not be sent, or have no words"}
"""Of a record, by whether texts go to an endpoint."""


def facts(settings: Settings) -> list[tuple[str, str]]:
    """Loads the model, so that it is known to work; sends nothing. A damaged file of vectors is a fact too."""
    file = VectorFile(settings.log)
    there = [("beside the log", str(file.file) if file.exists else "no vectors yet")]
    ranks = [("ranks tensions and ideas", "yes" if settings.meaning.rank else "no (`rank` in [meaning])")]
    try:
        model = choosing.embedder(settings)
    except AdvisorlogError as error:
        return [("model", f"none: {error}"), *there, *ranks]
    named = ("model", f"{model.name} ({'texts are sent there' if model.host else 'on this machine'})")
    try:
        made_by = file.model()[1]
        found = standing(settings, model)
    except AdvisorlogError as error:
        return [named, ("vectors", str(error)), *ranks]
    return [
        named,
        *there,
        ("made by", made_by),
        ("good", f"{found.good:,}"),
        ("missing", f"{len(found.missing):,}" + (": `advisorlog meaning rebuild`" if found.missing else "")),
        ("record is gone", f"{len(found.gone):,}" if found.gone else ""),
        ("left out", f"{found.left_out:,}, which {WHY_LEFT_OUT[bool(model.host)]}" if found.left_out else ""),
        *ranks,
    ]
