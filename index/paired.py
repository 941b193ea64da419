"""Whether one ranking is better than another on the same queries, or only luckier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_RESAMPLES = 10_000
_CHUNK = 1_000
_SEED = 20240229


@dataclass(frozen=True)
class Paired:
    """The mean gain of one ranking over another, query by query.

    ci95: percentile bootstrap. p: two-sided, of Fisher's paired randomisation test, as compared
    with other tests by Smucker, Allan and Carterette (CIKM 2007). better, worse: queries.
    """

    gain: float
    ci95: tuple[float, float]
    p: float
    better: int
    worse: int

    def to_dict(self) -> dict[str, Any]:
        """One measure of `paired` in the JSON of `prior-art evaluate`."""
        return {**vars(self), "ci95": list(self.ci95)}


def compare(first: NDArray[np.float64], other: NDArray[np.float64]) -> Paired:
    """How much `other` gains over `first`; values of the same queries, in the same order.

    >>> compare(np.array([0.5, 0.5, 1.0]), np.array([0.5, 0.5, 1.0]))
    Paired(gain=0.0, ci95=(0.0, 0.0), p=1.0, better=0, worse=0)
    """
    gains = other - first
    picks = np.random.default_rng(_SEED)
    means = [
        gains[picks.integers(0, gains.size, (_CHUNK, gains.size))].mean(axis=1)
        for _ in range(_RESAMPLES // _CHUNK)
    ]
    low, high = np.percentile(np.concatenate(means), [2.5, 97.5])
    return Paired(
        gain=round(float(gains.mean()), 4),
        ci95=(round(float(low), 4), round(float(high), 4)),
        p=round(_probability(gains), 4),
        better=int((gains > 0).sum()),
        worse=int((gains < 0).sum()),
    )


def _probability(gains: NDArray[np.float64]) -> float:
    """How often random signs move the mean at least as far as it is."""
    changed = gains[gains != 0]
    if not changed.size:
        return 1.0
    generator = np.random.default_rng(_SEED)
    # Sums of the same numbers in another order differ in their last digits.
    least = abs(changed.mean()) - 1e-12
    as_far = 0
    for _ in range(_RESAMPLES // _CHUNK):
        signs = generator.choice((-1.0, 1.0), (_CHUNK, changed.size))
        as_far += int((np.abs((signs * changed).mean(axis=1)) >= least).sum())
    # The signs as they are belong to the possible ones, so p is never 0.
    return (1 + as_far) / (1 + _RESAMPLES)
