"""(c) Which pairs that may conflict look as if they did. It orders the list; what a pair is, the user says."""

from collections.abc import Sequence

from advisorlog.assist.asking import Question
from advisorlog.assist.forms import Judgements, schema
from advisorlog.assist.material import Material
from advisorlog.assist.tasks.wording import sentence

_TASK = (
    "Each pair is two pieces of advice or two decisions of different meetings. Say of each whether following "
    "both is possible: `conflict` is `likely` where one goes against the other, `unlikely` where both can be "
    "followed, else `unsure`."
)
Pair = tuple[int, int]
"""Numbers of two entries."""


def question(material: Material, pairs: Sequence[Pair]) -> Question[Judgements]:
    """The pairs whose both sides may be sent; `sent` says which."""
    rows = [
        {"pair": number, "first": _side(material, first), "second": _side(material, second)}
        for number, (first, second) in enumerate(sendable(material, pairs), 1)
    ]
    form = schema(Judgements, most=len(rows), highest=len(rows), longest=1)
    return Question(_TASK, {"pairs": rows}, Judgements, form)


def sendable(material: Material, pairs: Sequence[Pair]) -> list[Pair]:
    sent = {each.record.id for each in material.sentences}
    return [pair for pair in pairs if set(pair) <= sent][:40]


def read(answer: Judgements, material: Material, pairs: Sequence[Pair]) -> dict[Pair, str]:
    """What was said of each pair that was sent; of one that is named twice, the more careful word."""
    sent = sendable(material, pairs)
    found: dict[Pair, str] = {}
    for each in answer.pairs:
        if each.pair <= len(sent):
            pair = sent[each.pair - 1]
            found[pair] = each.conflict if found.get(pair, each.conflict) == each.conflict else "unsure"
    return found


def _side(material: Material, entry_id: int) -> list[dict[str, object]]:
    return [sentence(each) for each in material.sentences if each.record.id == entry_id]
