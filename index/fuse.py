"""Merge the scores of two rankings. Knows nothing of vectors, words or documents."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# Share of the lexical score in the sum: within 0.005 of the best on the two collections it was
# chosen on, and no worse than either engine alone on six others (benchmarks/ranking.md).
LEXICAL_WEIGHT = 0.35


def weighted_sum(dense: Scores, lexical: Scores, weight: float = LEXICAL_WEIGHT) -> Scores:
    """Weighted sum of cosines and BM25 scores of the same candidates, in standard deviations.

    Both are made comparable by their mean and standard deviation over the candidates (zmuv of
    Montague and Aslam 2001, https://doi.org/10.1145/502585.502657). lexical: 0 where a candidate
    shares no word with the query.

    >>> [f"{s:.2f}" for s in weighted_sum(np.float32([0.5, 0.1, 0.3]), np.float32([4, 0, 8]), 0.25)]
    ['0.92', '-1.22', '0.31']
    """
    total: Scores = np.float32(1 - weight) * _standard(dense) + np.float32(weight) * _standard(
        lexical
    )
    return total


def best_of(scores: Scores, places: NDArray[np.int64], size: int, least: float) -> Scores:
    """The best score of each group, (size,); `least` for a group without scores.

    places: the group of every score, 0 to size - 1.

    >>> best_of(np.float32([0.25, 1, 0.5]), np.array([0, 1, 0]), 3, 0.0).tolist()
    [0.5, 1.0, 0.0]
    """
    best = np.full(size, least, np.float32)
    np.maximum.at(best, places, scores)
    return best


def spread(scores: Scores) -> Scores:
    """Scores brought to 0 ... 1, all of them 1 where they are equal.

    >>> spread(np.float32([3, 1, 2])).tolist()
    [1.0, 0.0, 0.5]
    """
    if scores.size == 0 or scores.max() <= scores.min():
        return np.ones_like(scores)
    result: Scores = (scores - scores.min()) / (scores.max() - scores.min())
    return result


def _standard(scores: Scores) -> Scores:
    deviation = scores.std() if scores.size else 0.0
    if deviation <= 0:
        return np.zeros_like(scores)
    standard: Scores = (scores - scores.mean()) / deviation
    return standard
