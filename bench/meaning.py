"""How much a model of meaning helps, on labelled cases: tensions, dead ideas, and search.

`python -m bench.meaning [--qmsum FOLDER]`. The first two are the pairs and texts under `tests/domain/labelled`, by the
rules of words alone and with the shipped model's help. `--qmsum` measures search on transcripts of QMSum (a folder of
its JSON files): people's questions, and the turns that people's answers rest on; nothing here was tuned on them.
"""

import argparse
import json
import re
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from advisorlog.domain.topics import stems
from advisorlog.meaning import model_files
from advisorlog.meaning.sentence_model import SentenceModel
from advisorlog.store.search_index import WORD_TOKENS
from tests.meaning import measuring

LEAST_WORDS = 8
"""A turn of fewer words ("Mm-hmm.") is no line that anybody would look for."""
FIRST = 10


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.meaning", description=__doc__)
    parser.add_argument("--qmsum", type=Path)
    chosen = parser.parse_args()
    model = model_files.shipped()
    for part in ("tuning", "held-out", "held-out-2"):
        print(f"tensions  {part:<11} words      {measuring.tensions(part)}")
        print(f"tensions  {part:<11} and model  {measuring.tensions(part, model)}")
    for part in ("tuning", "held-out"):
        ways = (measuring.by_words, measuring.by(model))
        print(f"dead idea {part:<11} words      {measuring.returning(part, ways[0])}")
        print(f"dead idea {part:<11} and model  {measuring.returning(part, *ways)}")
    if chosen.qmsum:
        search(model, chosen.qmsum)


@dataclass(frozen=True)
class Asked:
    """A question, and the places of the turns that its answer rests on."""

    question: str
    turns: frozenset[int]


def search(model: SentenceModel, folder: Path) -> None:
    """Over all meetings at once: is a right turn among the first ten, and how far up is the first right one?"""
    turns, asked = _read(folder)
    began = time.perf_counter()
    # As `meaning rebuild` does: texts of a length go together.
    order = sorted(range(len(turns)), key=lambda place: len(turns[place]))
    rows = np.zeros((len(turns), 384), dtype=np.float32)
    for start in range(0, len(order), 32):
        part = order[start : start + 32]
        rows[part] = model.embed([turns[place] for place in part])
    each = 1000 * (time.perf_counter() - began) / len(turns)
    print(f"search    {len(asked)} questions, {len(turns)} turns; a vector takes {each:.1f} ms")
    by_words = Words(turns)

    def by_meaning(question: str) -> list[int]:
        return [int(place) for place in np.argsort(-(rows @ model.embed([question])[0]), kind="stable")[:100]]

    def both(question: str) -> list[int]:
        return _fused(by_words.best(question), by_meaning(question))

    ways: dict[str, Callable[[str], list[int]]] = {
        "all words": by_words.all,
        "best words": by_words.best,
        "meaning": by_meaning,
        "both": both,
    }
    for name, way in ways.items():
        ranks = [_first_right(way(each.question), each.turns) for each in asked]
        among = sum(0 < rank <= FIRST for rank in ranks)
        reciprocal = sum(1 / rank for rank in ranks if rank) / len(ranks)
        print(f"search    {name:<11} right among the first {FIRST}: {among}/{len(asked)}; mean 1/rank {reciprocal:.2f}")


def _first_right(found: Sequence[int], right: frozenset[int]) -> int:
    """From 1; 0 where none is found."""
    return next((rank for rank, place in enumerate(found, 1) if place in right), 0)


def _fused(one: Sequence[int], other: Sequence[int]) -> list[int]:
    """Reciprocal rank fusion, with the usual 60."""
    scores: dict[int, float] = {}
    for ranking in (one, other):
        for rank, place in enumerate(ranking, 1):
            scores[place] = scores.get(place, 0.0) + 1 / (60 + rank)
    return sorted(scores, key=lambda place: -scores[place])


class Words:
    """The turns in an index as the log has it."""

    def __init__(self, turns: Sequence[str]) -> None:
        self.index = sqlite3.connect(":memory:")
        self.index.execute(f"CREATE VIRTUAL TABLE turns USING fts5(text, tokenize='{WORD_TOKENS}')")
        self.index.executemany("INSERT INTO turns (rowid, text) VALUES (?, ?)", enumerate(turns))

    def all(self, question: str) -> list[int]:
        """As `search` has it: all content words, newest first."""
        return self._found(" AND ", question, "rowid DESC")

    def best(self, question: str) -> list[int]:
        """Any of the content words, the best match first (BM25): the most that words can do."""
        return self._found(" OR ", question, "rank")

    def _found(self, between: str, question: str, order: str) -> list[int]:
        words = [word for word in re.findall(r"\w+", question) if stems(word)]
        query = between.join(f'"{word}"' for word in words)
        rows = self.index.execute(f"SELECT rowid FROM turns WHERE turns MATCH ? ORDER BY {order} LIMIT 100", (query,))
        return [row[0] for row in rows]


def _read(folder: Path) -> tuple[list[str], list[Asked]]:
    turns: list[str] = []
    asked: list[Asked] = []
    for file in sorted(folder.glob("*.json")):
        meeting: dict[str, Any] = json.loads(file.read_text("utf-8"))
        places: dict[int, int] = {}
        for number, turn in enumerate(meeting["meeting_transcripts"]):
            text = re.sub(r"\{\w+\}", "", turn["content"])
            if len(text.split()) >= LEAST_WORDS:
                places[number] = len(turns)
                turns.append(text)
        for query in meeting["specific_query_list"]:
            spans = [(int(first), int(last)) for first, last in query["relevant_text_span"]]
            right = {places[n] for first, last in spans for n in range(first, last + 1) if n in places}
            if right:
                asked.append(Asked(query["query"], frozenset(right)))
    return turns, asked


if __name__ == "__main__":
    main()
