"""From a model's output for each token to one vector for each text. Pure; the one place with the arithmetic."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def pooled(tokens: NDArray[Any], mask: NDArray[Any]) -> NDArray[np.float32]:
    """The mean over a text's tokens (texts, tokens, size), padding left out (`mask` is 0 there), at length 1."""
    weights = mask[..., None].astype(np.float32)
    sums = (tokens * weights).sum(axis=1)
    return unit(sums / np.maximum(weights.sum(axis=1), 1.0))


def unit(vectors: NDArray[Any]) -> NDArray[np.float32]:
    """Each row at length 1, so that a product of two is their cosine; a row of zeros stays one."""
    found = vectors.astype(np.float32)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.divide(found, lengths, out=np.zeros_like(found), where=lengths > 0)
