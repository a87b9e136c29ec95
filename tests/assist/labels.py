"""Labelled notes, and how proposals are held against the labels."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from advisorlog.domain.proposing import Proposal

FOLDER = Path(__file__).parent / "labelled"


@dataclass(frozen=True)
class Notes:
    """A text; the beginning of every sentence that should be proposed, with the kinds it may have."""

    source: str
    text: str
    expected: tuple[tuple[str, frozenset[str]], ...]

    @property
    def is_transcript(self) -> bool:
        return "turns" in self.source


@dataclass
class Score:
    """`right` were expected, `wrong` were not, `missed` were not proposed; `kind_right` of the right ones."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    kind_right: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def counts(self) -> tuple[int, int, int, int]:
        return self.right, self.wrong, self.missed, self.kind_right

    def add(self, notes: Notes, found: Sequence[Proposal]) -> None:
        """Hold the proposals from some notes against their labels; each label counts once."""
        open_labels = list(notes.expected)
        for each in found:
            source = notes.text[each.start : each.end]
            met = next((label for label in open_labels if source.startswith(label[0][: len(source)])), None)
            if met is None:
                self.wrong += 1
                continue
            open_labels.remove(met)
            self.right += 1
            self.kind_right += str(each.kind) in met[1]
        self.missed += len(open_labels)


def labelled(part: str) -> list[Notes]:
    """The notes of a part: `tuning`, `held-out`, `spoken` or `written`."""
    lines = (FOLDER / f"notes-{part}.jsonl").read_text("utf-8").splitlines()
    return [
        Notes(row["from"], row["text"], tuple((begin, frozenset(kinds)) for begin, kinds in row["expect"]))
        for row in map(json.loads, lines)
    ]
