"""Words to type into a search box, out of texts: no model, no list of the field's own.

RAKE (Rose, Engel, Cramer & Cowley 2010, "Automatic keyword extraction from individual documents"): candidates are
the runs of content words between empty words and punctuation; a word scores its degree (how many words stand with it
in its candidates) by its frequency, a candidate the sum of its words. What is a content word, `topics` says, in
English and Korean alike.
"""

import re
from collections import Counter
from collections.abc import Iterable

from advisorlog.domain.marks import find_marks
from advisorlog.domain.topics import stems

LONGEST = 4
"""Words: a longer run is a clause, and finds nothing."""
_WORD = re.compile(r"[^\W\d_][\w'’-]*|[^\w\s]|\d\S*")


def keywords(texts: Iterable[str], most: int) -> list[str]:
    """The best candidates of all texts, best first, in the words they were written in; equal scores by alphabet."""
    found = [phrase for text in texts for phrase in candidates(text)]
    frequency = Counter(word.casefold() for phrase in found for word in phrase)
    degree: Counter[str] = Counter()
    for phrase in found:
        for word in phrase:
            degree[word.casefold()] += len(phrase)
    scores: dict[str, tuple[float, str]] = {}
    for phrase in found:
        score = sum(degree[word.casefold()] / frequency[word.casefold()] for word in phrase)
        said = " ".join(phrase)
        scores.setdefault(said.casefold(), (score, said))
    ranked = sorted(scores.values(), key=lambda each: (-each[0], each[1].casefold()))
    return [said for _, said in ranked[:most]]


def candidates(text: str) -> list[tuple[str, ...]]:
    """The runs of content words in a text, tags left aside."""
    marks = find_marks(text)
    for mark in sorted((*marks.mentions, *marks.dates), key=lambda each: -each.start):
        text = f"{text[: mark.start]} . {text[mark.end :]}"
    runs: list[tuple[str, ...]] = []
    run: list[str] = []
    for word in [*_WORD.findall(text), "."]:
        if word[0].isalpha() and len(word) > 1 and stems(word):
            run.append(word)
            continue
        if run and len(run) <= LONGEST:
            runs.append(tuple(run))
        run = []
    return runs
