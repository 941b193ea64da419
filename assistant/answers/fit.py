"""Logistic regression with a ridge, and the curve from which a threshold is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_STEPS = 50


@dataclass(frozen=True)
class Fitted:
    """bias + signs @ weights is the logit. weights: one for each column of the signs."""

    bias: float
    weights: Floats

    def probability(self, signs: Floats) -> Floats:
        """For each row, 0 to 1."""
        logits = np.clip(self.bias + signs @ self.weights, -60, 60)
        chance: Floats = 1 / (1 + np.exp(-logits))
        return chance


def fit_logistic(signs: Floats, labels: Floats, shares: Floats, ridge: float) -> Fitted:
    """Newton's method on standardised signs (Hastie, Tibshirani and Friedman 2009, 4.4.1).

    signs: (n, k). labels: 0 or 1, (n,). shares: how much each row counts, (n,). ridge: on the
    squares of the standardised weights, not on the bias.

    >>> labels = np.array([0.0, 1.0] * 9)
    >>> fitted = fit_logistic(labels[:, None], labels, np.ones(18), 1)
    >>> fitted.probability(np.array([[0.0], [1.0]])).round(1).tolist()
    [0.1, 0.9]
    """
    mean, spread = signs.mean(0), signs.std(0)
    spread = np.where(spread > 1e-9, spread, 1.0)
    rows = np.hstack([np.ones((len(signs), 1)), (signs - mean) / spread])
    penalty = np.diag([1e-6, *([ridge] * signs.shape[1])])
    weights = np.zeros(rows.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(rows @ weights, -60, 60)))
        slope = rows.T @ (shares * (labels - chance)) - penalty @ weights
        bend = (rows * (shares * chance * (1 - chance))[:, None]).T @ rows + penalty
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    scaled = weights[1:] / spread
    return Fitted(float(weights[0] - mean @ scaled), scaled)


def refusal_curve(chances: Floats, answerable: NDArray[np.bool_]) -> list[dict[str, float]]:
    """For thresholds from 0.05 to 0.95: precision and recall of refusing, and share answered.

    chances: that a question is answered rightly; answerable: whether it has an answer.
    """
    curve = []
    for threshold in np.arange(0.05, 0.96, 0.05).round(2):
        refused = chances < threshold
        right = int((refused & ~answerable).sum())
        curve.append(
            {
                "threshold": float(threshold),
                "refusal_precision": round(right / max(int(refused.sum()), 1), 3),
                "refusal_recall": round(right / max(int((~answerable).sum()), 1), 3),
                "answerable_answered": round(
                    float((~refused & answerable).sum() / max(int(answerable.sum()), 1)), 3
                ),
            }
        )
    return curve


# Of refusal precision and recall; smaller differences are a question or two, which is chance.
_CHANCE = 0.01


def best_threshold(curve: list[dict[str, float]]) -> float:
    """Where the lower one of refusal precision and recall is highest, but for chance.

    The lowest of the thresholds that are as good: questions like those of the fit are decided
    more surely than others, and it is these others that would be refused for nothing.

    >>> best_threshold(refusal_curve(np.array([0.2, 0.9]), np.array([False, True])))
    0.25
    """
    worse = {at["threshold"]: min(at["refusal_precision"], at["refusal_recall"]) for at in curve}
    return min(t for t, value in worse.items() if value >= max(worse.values()) - _CHANCE)


def area(chances: Floats, answerable: NDArray[np.bool_]) -> float:
    """Area under the receiver's curve: how often an answerable one is above another.

    >>> area(np.array([0.1, 0.9, 0.5]), np.array([False, True, True]))
    1.0
    """
    above = chances[answerable][:, None] - chances[~answerable][None, :]
    return float((above > 0).mean() + 0.5 * (above == 0).mean()) if above.size else 0.5


def rounded(fitted: Fitted, names: list[str]) -> dict[str, Any]:
    """A fitted model for a JSON file."""
    weights = {n: round(float(w), 4) for n, w in zip(names, fitted.weights, strict=True)}
    return {"bias": round(fitted.bias, 4), "weights": weights}
