"""Vectors by the endpoint that the user set up for the language model, once its task `meaning` is switched on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisorlog.assist.embedding import Embedding
from advisorlog.assist.endpoint import Endpoint
from advisorlog.assist.failing import AssistFailed
from advisorlog.errors import AdvisorlogError

if TYPE_CHECKING:
    from advisorlog.meaning.embedder import Vectors


LONGEST = 1000
"""Characters of a text that are sent: small models refuse more than 512 tokens, and with it the texts beside it."""


def sent(text: str) -> str:
    """The part of a text that goes out."""
    return text[:LONGEST]


@dataclass(frozen=True, slots=True)
class ByEndpoint:
    """An Embedder that sends texts away. The caller decides which may go."""

    endpoint: Endpoint

    @property
    def name(self) -> str:
        return f"{self.endpoint.model} at {self.endpoint.host}"

    @property
    def fingerprint(self) -> str:
        return f"{self.endpoint.url} {self.endpoint.model}"

    @property
    def host(self) -> str:
        return self.endpoint.host

    def reads(self, text: str) -> bool:
        """Which languages it knows is for who chose it to know; a text without a letter says nothing in any."""
        return any(map(str.isalpha, text))

    def embed(self, texts: Sequence[str]) -> "Vectors":
        import numpy as np

        from advisorlog.meaning.pooling import unit

        try:
            return unit(np.array(Embedding(self.endpoint).vectors([sent(text) for text in texts]), dtype=np.float32))
        except AssistFailed as failed:
            raise AdvisorlogError(str(failed), "What was made before is kept; run it again to go on") from failed
