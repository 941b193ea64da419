"""Merge the scores of two rankings. Knows nothing of vectors, words or documents."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# Share of the lexical score in the sum: the best of 0.15 to 0.4 on both collections of
# benchmarks/README.md, and within 0.005 of the best for 0.3 and 0.4.
LEXICAL_WEIGHT = 0.35


def weighted_sum(dense: Scores, lexical: Scores, weight: float = LEXICAL_WEIGHT) -> Scores:
    """Weighted sum of cosines and BM25 scores of the same candidates, brought to [0, 1].

    Both are made comparable by their mean and standard deviation over the candidates (zmuv of
    Montague and Aslam 2001, https://doi.org/10.1145/502585.502657). lexical: 0 where a candidate
    shares no word with the query.

    >>> [f"{s:.2f}" for s in weighted_sum(np.float32([0.5, 0.1, 0.3]), np.float32([4, 0, 8]), 0.25)]
    ['1.00', '0.00', '0.71']
    """
    total = np.float32(1 - weight) * _standard(dense) + np.float32(weight) * _standard(lexical)
    return _spread(total)


def _standard(scores: Scores) -> Scores:
    deviation = scores.std() if scores.size else 0.0
    if deviation <= 0:
        return np.zeros_like(scores)
    standard: Scores = (scores - scores.mean()) / deviation
    return standard


def _spread(scores: Scores) -> Scores:
    if scores.size == 0 or scores.max() <= scores.min():
        return np.ones_like(scores)
    spread: Scores = (scores - scores.min()) / (scores.max() - scores.min())
    return spread
