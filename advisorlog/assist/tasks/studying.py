"""(e) What a mentee could type into a search box."""

import re

from advisorlog.assist.asking import Question
from advisorlog.assist.forms import Keywords, schema
from advisorlog.assist.grounding import Grounded, Shown, ground
from advisorlog.assist.material import Material
from advisorlog.assist.tasks.wording import sentences
from advisorlog.domain.topics import stems

MOST = 8
_TASK = (
    "The sentences are what a mentee was told and has to do. Give search keywords (two to five words each) that"
    " find papers or tutorials which help with them: `keyword`, the number of the sentence that it helps with "
    "(`sentence`), and that whole sentence, copied (`quote`). A keyword shares at least one word with its "
    "sentence and names no person."
)
_UNFIT = re.compile(r"[^\w\s.+/'-]|https?:|\d{5,}")


def question(material: Material) -> Question[Keywords]:
    form = schema(Keywords, most=MOST, highest=len(material.sentences), longest=material.longest)
    return Question(_TASK, {"sentences": sentences(material)}, Keywords, form)


def read(answer: Keywords, material: Material) -> list[Grounded]:
    """Each keyword as the text of a line that rests on its sentence; each once."""
    found: dict[str, Grounded] = {}
    for each in answer.keywords[:MOST]:
        keyword = " ".join(each.keyword.split())
        line = ground(material, each.sentence, each.quote)
        why = line.why or _why_not(keyword, line)
        shown = Shown.DROPPED if why else Shown.PARAPHRASE
        found.setdefault(keyword.casefold(), Grounded(shown, keyword, line.sentence, why))
    return list(found.values())


def _why_not(keyword: str, line: Grounded) -> str:
    if line.sentence is None or not stems(keyword) & stems(line.sentence.text):
        return "it has no word in common with its sentence"
    if _UNFIT.search(keyword) or len(keyword.split()) > 6:
        return "it is no keyword"
    return ""
