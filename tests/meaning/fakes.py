"""A model of meaning for tests: a text is how often it speaks of each of a few matters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from advisorlog import config
from advisorlog.config import Meaning, Settings
from advisorlog.meaning import choosing, model_files
from advisorlog.meaning.embedder import is_mostly_latin
from advisorlog.meaning.pooling import unit

MATTERS = ("wait idle pause late slow", "energy watt power saving cap", "sleep tired rest bed", "write paper text page")


@dataclass
class Fake:
    """An Embedder that counts words; `asked` are the texts that it was given, `fails_after` so many it breaks down."""

    name: str = "a fake"
    fingerprint: str = "fake 1"
    host: str = ""
    asked: list[str] = field(default_factory=list[str])
    fails_after: int = 10_000
    failing: Callable[[], BaseException] = KeyboardInterrupt

    def reads(self, text: str) -> bool:
        return is_mostly_latin(text)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if len(self.asked) + len(texts) > self.fails_after:
            raise self.failing()
        self.asked += texts
        return unit(np.array([[_share(text, words) for words in MATTERS] for text in texts]))


def _share(text: str, words: str) -> int:
    said = text.casefold()
    return sum(said.count(word) for word in words.split())


def use(monkeypatch: pytest.MonkeyPatch, fake: Fake) -> Fake:
    """Whatever the settings name, it is this model."""

    def chosen(settings: Settings) -> Fake:
        return fake

    monkeypatch.setattr(choosing, "embedder", chosen)
    monkeypatch.setattr(model_files, "shipped", lambda: fake)
    return fake


def settings(log: Path, *, rank: bool = False) -> Settings:
    return replace(config.load(str(log)), meaning=Meaning(rank=rank))
