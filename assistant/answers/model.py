"""The two fitted models of answering: which sentence, and whether any sentence answers."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.errors import BadCalibration

_PACKAGED = Path(__file__).parent / "fitted.json"
ENVIRONMENT = "PRIOR_ART_FITTED"
SENTENCE, DECISION = "sentence", "decision"


def linear(name: str, signs: Mapping[str, float]) -> float:
    """The weighted sum of signs under one of the models; unknown signs count nothing."""
    fitted = load()[name]
    weights = fitted["weights"]
    return float(
        fitted["bias"] + sum(weights.get(sign, 0.0) * value for sign, value in signs.items())
    )


def probability(name: str, signs: Mapping[str, float]) -> float:
    """The logistic function of `linear`, 0 to 1."""
    return logistic(linear(name, signs))


def logistic(logit: float) -> float:
    """A logit as a probability.

    >>> logistic(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


def threshold() -> float:
    """The probability from which on a question is answered."""
    return float(load()[DECISION]["threshold"])


@lru_cache(maxsize=1)
def load() -> dict[str, Any]:
    """Weights and threshold with their provenance, as `calibrate-answers` wrote them."""
    path = fitted_file()
    try:
        fitted: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for name in (SENTENCE, DECISION):
            float(fitted[name]["bias"]), dict(fitted[name]["weights"])
        float(fitted[DECISION]["threshold"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadCalibration(
            f"{path} is no calibration of answers ({error!r}); make one with `prior-art "
            f"calibrate-answers`, or unset {ENVIRONMENT} to use the packaged one"
        ) from error
    return fitted


def fitted_file() -> Path:
    """The file of the fitted models: the one that the environment names, or the packaged one."""
    return Path(os.environ.get(ENVIRONMENT) or _PACKAGED)
