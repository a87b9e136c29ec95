"""Vectors by the endpoint that the user set up for the language model, once its task `meaning` is switched on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from advisorlog.assist.embedding import Embedding
from advisorlog.assist.endpoint import Endpoint
from advisorlog.assist.failing import AssistFailed
from advisorlog.errors import AdvisorlogError
from advisorlog.meaning.missing import NotInstalled

if TYPE_CHECKING:
    from advisorlog.meaning.embedder import Vectors


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
        try:
            import numpy as np

            from advisorlog.meaning.pooling import unit
        except ImportError as error:
            raise NotInstalled from error
        try:
            return unit(np.array(Embedding(self.endpoint).vectors(texts), dtype=np.float32))
        except AssistFailed as failed:
            raise AdvisorlogError(str(failed), "What was made before is kept; run it again to go on") from failed
