"""Which vectors are near: pure, over rows of length 1, so that a product of two is their cosine."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from advisorlog.errors import AdvisorlogError
from advisorlog.meaning.kept import Kept

AT_ONCE = 1000
"""Rows that are held against all others at a time: some megabytes."""


def packed(vectors: NDArray[np.float32]) -> list[bytes]:
    """Each row as it is kept."""
    return [row.tobytes() for row in vectors.astype("<f2")]


def unpacked(kept: Sequence[Kept]) -> NDArray[np.float32]:
    """The rows of vectors that were kept, all of one length. Raises AdvisorlogError where they are not."""
    if len({len(each.numbers) for each in kept}) > 1:
        raise AdvisorlogError(
            "The vectors are of several models: what the endpoint calls by one name was another model before",
            "`advisorlog meaning clear`, then `advisorlog meaning rebuild`",
        )
    rows = np.frombuffer(b"".join(each.numbers for each in kept), dtype="<f2")
    return rows.reshape(len(kept), -1).astype(np.float32)


def by_nearness(query: NDArray[np.float32], rows: NDArray[np.float32]) -> list[tuple[int, float]]:
    """The places of the rows, nearest first, each with its nearness (a cosine, 1 at most)."""
    near = np.minimum(rows @ query, 1.0)
    return [(int(place), float(near[place])) for place in np.argsort(-near, kind="stable")]


def pairs(rows: NDArray[np.float32], least: float) -> Iterator[tuple[int, int, float]]:
    """The places of every two rows that are so near at least, each pair once."""
    for start in range(0, len(rows), AT_ONCE):
        near = rows[start : start + AT_ONCE] @ rows.T
        for first, second in zip(*np.nonzero(near >= least), strict=True):
            one, other = start + int(first), int(second)
            if one < other:
                yield one, other, min(1.0, float(near[first, second]))
