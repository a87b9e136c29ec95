"""(d) What in the record may be why something was advised: the model chooses lines, all said before the advice."""

from advisorlog.assist.asking import Question
from advisorlog.assist.forms import Lines, schema
from advisorlog.assist.grounding import Grounded, ground
from advisorlog.assist.material import Material
from advisorlog.assist.tasks.wording import sentences

MOST = 3
_TASK = (
    "`advice` was given to the researcher; the sentences are what its giver could know before. Choose up to "
    "three that are the likeliest reasons for it, the likeliest first: number (`sentence`) and the whole "
    "sentence, copied (`quote`)."
)


def question(advice: Material, known: Material) -> Question[Lines]:
    without = frozenset({"paraphrase"})
    form = schema(Lines, most=MOST, highest=len(known.sentences), longest=known.longest, without=without)
    data = {"advice": " ".join(each.text for each in advice.sentences), "sentences": sentences(known)}
    return Question(_TASK, data, Lines, form)


def read(answer: Lines, known: Material) -> list[Grounded]:
    return [ground(known, each.sentence, each.quote) for each in answer.lines[:MOST]]
