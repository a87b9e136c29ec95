"""(a) Which of a document's lines matter most to a reader who has little time: the model chooses and orders."""

from advisorlog.assist.asking import Question
from advisorlog.assist.forms import Lines, schema
from advisorlog.assist.grounding import Grounded, ground
from advisorlog.assist.material import Material
from advisorlog.assist.tasks.wording import sentences

_TASK = (
    "The sentences are what a {document} could say. Its reader remembers nothing and has two minutes. Choose "
    "the sentences that they need most, the most important first; leave out what they can do without. For each "
    "give its number (`sentence`) and the whole sentence, copied (`quote`). {paraphrase}"
)
_WORDS = (
    "As `paraphrase` you may give a shorter wording that uses only words of that sentence and keeps its "
    "numbers, names, conditions and negations; or leave it empty."
)


def question(material: Material, document: str, paraphrase: bool) -> Question[Lines]:
    task = _TASK.format(document=document, paraphrase=_WORDS if paraphrase else "")
    most = len(material.sentences)
    without = frozenset[str]() if paraphrase else frozenset({"paraphrase"})
    form = schema(Lines, most=min(most, 40), highest=most, longest=material.longest, without=without)
    return Question(task, {"sentences": sentences(material)}, Lines, form)


def read(answer: Lines, material: Material, paraphrase: bool) -> list[Grounded]:
    """The lines after the gate, each sentence once."""
    lines = [
        ground(material, each.sentence, each.quote, each.paraphrase if paraphrase else "") for each in answer.lines
    ]
    seen: set[int] = set()
    kept: list[Grounded] = []
    for each in lines:
        number = each.sentence.number if each.sentence else 0
        if number == 0 or number not in seen:
            kept.append(each)
        seen.add(number)
    return kept
