"""Let documents that say the same share their scores: for short queries, whose words are few."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.fuse import Scores

# Share of the neighbours in a document's score for a question; a claim-length query has none.
SHARE = 0.1
# The best documents only are smoothed, each with so many of them.
POOL, NEIGHBOURS = 100, 5


def smooth(
    scores: Scores, vectors: Vectors, share: float
) -> tuple[Scores, NDArray[np.int64], Scores]:
    """Scores of the pool moved towards those of each document's nearest neighbours in it.

    The score regularisation of Diaz 2005 (https://doi.org/10.1145/1099554.1099722), in one step
    over the pool's nearest neighbours instead of the whole corpus.

    scores: (n,) of the pool; vectors: (n, dimension), of each document's best passage; share: 0
    to 1. Gives the new scores; the neighbours of each (n, m), nearest first; and what each of
    these adds (n, m), never negative.

    >>> same = np.float32([[1, 0], [1, 0], [0, 1]])
    >>> smooth(np.float32([1.0, 0.0, 0.5]), same, 0.5)[0].round(2).tolist()
    [0.5, 0.5, 0.25]
    """
    size = len(scores)
    if size < 2 or share <= 0:
        return scores, np.empty((size, 0), np.int64), np.empty((size, 0), np.float32)
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -1)
    near = np.argsort(-cosines, axis=1, kind="stable")[:, : min(NEIGHBOURS, size - 1)]
    weights = np.take_along_axis(cosines, near, axis=1).clip(0)
    floor = scores.min()
    above = scores - floor
    parts = share * weights * above[near] / weights.sum(1, keepdims=True).clip(1e-9)
    new: Scores = (floor + (1 - share) * above + parts.sum(1)).astype(np.float32)
    return new, near, parts.astype(np.float32)
