"""(f) Other words for what the stateless check found. What the text doesn't say can't be said by a model either."""

from collections.abc import Sequence
from dataclasses import dataclass

from advisorlog.assist.asking import Question
from advisorlog.assist.forms import Rewrites, schema
from advisorlog.assist.grounding import Grounded, Shown
from advisorlog.assist.material import Material, Sentence
from advisorlog.assist.paraphrase import objection
from advisorlog.assist.tasks.wording import sentences

_TASK = (
    "The sentences are a text for a reader who remembers nothing. Each finding is a place that such a reader "
    "can't follow, with its sentence and why. Rewrite that sentence (`rewrite`) so that they can, using only "
    "what the sentences say; keep its numbers, names, conditions and negations. Where the text doesn't say what"
    " is needed, leave the finding out."
)


@dataclass(frozen=True, slots=True)
class Place:
    """What the check found: where, the words, and why."""

    start: int
    words: str
    why: str


def question(material: Material, places: Sequence[Place]) -> Question[Rewrites]:
    rows = [
        {"finding": number, "sentence": said.number, "words": place.words, "why": place.why}
        for number, (place, said) in enumerate(located(material, places), 1)
    ]
    form = schema(Rewrites, most=len(rows), highest=len(rows), longest=max(60, 2 * material.longest))
    return Question(_TASK, {"sentences": sentences(material), "findings": rows}, Rewrites, form)


def read(answer: Rewrites, material: Material, places: Sequence[Place]) -> list[Grounded]:
    """The rewrites that say nothing beyond the text around them; a failing one falls back to the sentence as it is."""
    there = located(material, places)
    found: list[Grounded] = []
    for each in answer.rewrites:
        if each.finding > len(there):
            found.append(Grounded(Shown.DROPPED, each.rewrite, None, f"there is no finding {each.finding}"))
            continue
        _, said = there[each.finding - 1]
        worded = " ".join(each.rewrite.split())
        # What a rewrite puts in the place of "that bug" comes from the sentences before it.
        before = " ".join(s.text for s in material.sentences[max(0, said.number - 4) : said.number - 1])
        why = objection(said.text, worded, is_planned=said.is_planned, context=before)
        found.append(Grounded(Shown.FELL_BACK if why else Shown.PARAPHRASE, said.text if why else worded, said, why))
    return found


def located(material: Material, places: Sequence[Place]) -> list[tuple[Place, Sentence]]:
    """The findings that stand in a sentence of the material."""
    return [(place, said) for place in places for said in material.sentences if said.start <= place.start < said.end][
        :40
    ]
