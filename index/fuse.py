"""Merge the scores of two rankings. Knows nothing of vectors, words or documents."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# Share of the lexical score in the sum; measured in benchmarks/README.md.
LEXICAL_WEIGHT = 0.2


def weighted_sum(dense: Scores, lexical: Scores, weight: float = LEXICAL_WEIGHT) -> Scores:
    """Convex combination of cosines and BM25 scores of the same candidates.

    Both are brought to [0, 1] by the best and the worst candidate (min-max normalisation, as in
    Bruch, Gai and Ingber 2023, https://doi.org/10.1145/3596512). lexical: 0 where a candidate
    shares no word with the query.

    >>> weighted_sum(np.float32([0.5, 0.1]), np.float32([0.0, 8.0]), 0.25).tolist()
    [0.75, 0.25]
    """
    return np.float32(1 - weight) * _spread(dense) + np.float32(weight) * _spread(lexical)


def _spread(scores: Scores) -> Scores:
    if scores.size == 0:
        return scores
    low, high = scores.min(), scores.max()
    if high <= low:
        return np.zeros_like(scores)
    spread: Scores = (scores - low) / (high - low)
    return spread
