"""Texts as vectors, by the embeddings model of an OpenAI-compatible endpoint. Every way to fail is an AssistFailed."""

import json
import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from advisorlog.assist.connecting import connected, patiently
from advisorlog.assist.endpoint import Endpoint
from advisorlog.assist.failing import AssistFailed, Trouble

LONGEST = 8192
"""Numbers of a vector; no embeddings model gives more, and whatever does has gone astray."""


@dataclass(slots=True)
class Embedding:
    """Asks for vectors; `Endpoint.model` is the embeddings model. `pause` waits, at most so many seconds."""

    endpoint: Endpoint
    cancelled: threading.Event = field(default_factory=threading.Event)
    pause: Callable[[float], object] | None = None

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """A vector for each text, all of one length. Raises AssistFailed."""

        def request(left: float) -> list[list[float]]:
            with connected(self.endpoint, left) as client:
                # As floats: asked for nothing, the client asks for base64, which not every endpoint knows.
                answer = client.embeddings.with_raw_response.create(
                    model=self.endpoint.model, input=list(texts), encoding_format="float"
                )
                return read_vectors(answer.text, len(texts), self.endpoint.host)

        return patiently(request, self.endpoint, time.monotonic(), self.cancelled, self.pause)


def read_vectors(body: str, count: int, host: str) -> list[list[float]]:
    """The vectors in an answer, in the order of the texts. Raises AssistFailed where it holds anything else."""
    try:
        answer: Any = json.loads(body)
    except (ValueError, RecursionError):
        raise AssistFailed(Trouble.NO_JSON, host) from None
    try:
        found = {int(each["index"]): [float(number) for number in each["embedding"]] for each in answer["data"]}
        vectors = [found[place] for place in range(count)]
    except (LookupError, TypeError, ValueError, OverflowError):
        raise AssistFailed(Trouble.NO_VECTORS, host) from None
    sizes = {len(vector) for vector in vectors}
    if len(sizes) != 1 or not 0 < sizes.pop() <= LONGEST or not all(map(_is_direction, vectors)):
        raise AssistFailed(Trouble.NO_VECTORS, host)
    return vectors


def _is_direction(vector: Sequence[float]) -> bool:
    """Whether it points anywhere: finite numbers, not all zero."""
    return all(map(math.isfinite, vector)) and any(vector)
