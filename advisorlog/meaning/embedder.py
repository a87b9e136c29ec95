"""What makes vectors of texts, whichever model it is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """A model of meaning.

    `name` is what the user is told it is, `fingerprint` changes with whatever changes its vectors, and `host` is where
    texts go: empty where they stay on this machine.
    """

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    @property
    def host(self) -> str: ...

    def reads(self, text: str) -> bool:
        """Whether the model knows the language of a text at all; its vectors of others would mean nothing."""
        ...

    def embed(self, texts: Sequence[str]) -> "Vectors":
        """A row for each text, each of length 1. Raises AdvisorlogError."""
        ...


def is_mostly_latin(text: str) -> bool:
    """Whether most of a text's letters are Latin; a text without letters is not."""
    if text.isascii():
        return any(map(str.isalpha, text))
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum(letter < "\u0250" for letter in letters) > len(letters)
