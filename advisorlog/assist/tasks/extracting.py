"""(b) Entries out of free notes or a transcript."""

from advisorlog.assist.asking import Question
from advisorlog.assist.forms import Entries, schema
from advisorlog.assist.grounding import Grounded, Shown, ground
from advisorlog.assist.material import Material
from advisorlog.assist.tasks.wording import sentences
from advisorlog.domain.kinds import EntryKind
from advisorlog.domain.proposing import Proposal
from advisorlog.domain.spans import normalised

_TASK = (
    "The sentences are notes or a transcript of a research meeting. Find those worth keeping: advice that was "
    "given, decisions, results, takeaways, open questions, and TODOs. For each give its number (`sentence`), "
    "the whole sentence, copied (`quote`), and its `kind`. For a todo also the `owner` (a name in that "
    "sentence, or `me` where the speaker says I) and the day it is `due`, as it stands in the sentence; "
    "otherwise leave both empty. Small talk is no entry."
)


def question(material: Material) -> Question[Entries]:
    most = len(material.sentences)
    form = schema(Entries, most=min(most, 60), highest=most, longest=material.longest)
    return Question(_TASK, {"sentences": sentences(material)}, Entries, form)


def read(answer: Entries, material: Material) -> tuple[list[Proposal], list[Grounded]]:
    """The entries that the gate lets through, in the order of the notes, and what it dropped."""
    found: dict[int, Proposal] = {}
    dropped: list[Grounded] = []
    for each in answer.entries:
        line = ground(material, each.sentence, each.quote)
        if line.shown is Shown.DROPPED or line.sentence is None:
            dropped.append(line)
            continue
        said = line.sentence
        kind = EntryKind(each.kind)
        is_todo = kind is EntryKind.TODO
        found[said.number] = Proposal(
            kind,
            said.text,
            said.start,
            said.end,
            _borne_out(each.owner, said.text, ("me",)) if is_todo else "",
            _borne_out(each.due, said.text, ()) if is_todo else "",
            said.by,
            "the model's choice",
        )
    return [found[number] for number in sorted(found)], dropped


def _borne_out(words: str, text: str, besides: tuple[str, ...]) -> str:
    """The words where they stand in the sentence; else nothing."""
    said = normalised(words).strip()
    return said if said in besides or (said and said.casefold() in normalised(text).casefold()) else ""
