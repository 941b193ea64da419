"""The figures of a sentence beside those of a question: asked values, and conditions."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from assistant.answers.asked import FRACTIONS, Asked
from index.quantities import Condition, Quantity, find_quantities
from index.quantities.conditions import compare

_FIGURE = re.compile(
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|half|twice)\b", re.IGNORECASE
)


def has_figure(text: str) -> bool:
    """Whether there is any number, in digits or as a word."""
    return bool(_FIGURE.search(text))


def typed(asked: Asked, text: str) -> float:
    """Whether a text states a figure of the asked dimension (1), another (0.4), or none (0).

    0.75 for any figure where the dimension is not known; 1 where no figure is asked for.
    """
    if not asked.wants_value:
        return 1.0
    if not has_figure(text):
        return 0.0
    if not asked.dimensions:
        return 0.75
    return 1.0 if values_of(asked, text) else 0.4


def values_of(asked: Asked, text: str) -> list[Quantity]:
    """The quantities of a text that can be the asked value: of its dimension."""
    given = [q for c in asked.conditions for q in quantities(text) if compare(c, q) == "inside"
             and c.dimension == q.dimension]  # fmt: skip
    return [q for q in quantities(text) if q.dimension in asked.dimensions and q not in given]


@lru_cache(maxsize=4000)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text."""
    return tuple(find_quantities(text))


def met(asked: Asked, text: str, around: str) -> list[float]:
    """How well each of the question's figures is met: 1 by the sentence, 0.7 by its passage."""
    shares = []
    for condition in asked.conditions:
        if any(_meets(condition, q) for q in quantities(text)):
            shares.append(1.0)
        elif any(_meets(condition, q) for q in quantities(around)):
            shares.append(0.7)
        else:
            shares.append(0.0)
    return shares


def _meets(condition: Condition, quantity: Quantity) -> bool:
    percent = condition.dimension == "percent" and quantity.dimension in FRACTIONS
    if condition.dimension != quantity.dimension and not percent:
        return False
    return compare(condition, quantity) != "none" and not math.isinf(quantity.high)
