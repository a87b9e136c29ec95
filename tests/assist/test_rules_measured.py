"""How well the rules alone propose, on labelled notes. Who changes a rule measures again, and says so here.

`tuning` is what the rules were tuned on. `held-out` was drawn and labelled after the rules were frozen, from random
passages of transcripts, most of which hold nothing. It gave 0.33 and 0.25 then; the rules for speech (what is played,
broken off or supposed) were written later, on other passages, and measured on it once. So speech as it was spoken is
where the rules are weak, and the proposals are for the user to judge. `written` (summaries that people wrote) was
labelled by somebody who knew no rule, after these were frozen.
"""

import pytest

from advisorlog.domain.proposing import propose
from tests.assist.labels import Score, labelled


@pytest.mark.parametrize(
    ("part", "counts", "precision", "recall"),
    [
        ("tuning", (76, 6, 9, 74), 0.93, 0.89),
        ("held-out", (5, 7, 15, 3), 0.42, 0.25),
        ("written", (15, 11, 31, 10), 0.58, 0.33),
    ],
)
def test_precision_and_recall(part: str, counts: tuple[int, int, int, int], precision: float, recall: float) -> None:
    score = Score()
    for notes in labelled(part):
        score.add(notes, propose(notes.text))
    assert score.counts == counts
    assert (round(score.precision, 2), round(score.recall, 2)) == (precision, recall)


def test_every_label_is_a_sentence_of_its_notes() -> None:
    for part in ("tuning", "held-out", "written"):
        for notes in labelled(part):
            for beginning, kinds in notes.expected:
                assert beginning in notes.text
                assert kinds
