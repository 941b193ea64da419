"""Whether sentences say the opposite of what a question takes for true: "why does X lower Y?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers.needs import Need, Surface, covered

# Beginnings of words that say one direction, and the other.
_AXES = (
    (
        "increas ris rose rais grow grew higher greater more gain upward overestimat exceed"
        " strengthen strong enlarg swell expand",
        "decreas declin reduc lower fall fell drop less downward underestimat shrink shrank"
        " weaken weak diminish contract smaller",
    ),
    (
        "improv enhanc better facilitat promot accelerat benefi stabil prevent suppress avoid",
        "worsen worse deteriorat degrad impair hinder imped harm destabil caus",
    ),
    ("identical same equal alike", "differ distinct unequal various"),
)
_PATTERNS = tuple(
    (
        re.compile(rf"\b(?:{'|'.join(one.split())})", re.IGNORECASE),
        re.compile(rf"\b(?:{'|'.join(other.split())})", re.IGNORECASE),
    )
    for axis in _AXES
    for one, other in (axis, axis[::-1])
)
_ABOUT = 0.45  # share of the premise's other needs that a clause names
_CONTRAST = re.compile(r";|\b(?:whereas|while|but|however|although|in contrast)\b", re.IGNORECASE)


def against(premise: str, needs: Sequence[Need], sentences: Sequence[str]) -> float:
    """How much more clearly the sentences say the opposite of a premise than the premise, 0 to 1.

    0 where the premise has no direction, such as "lower" or "improves".

    >>> from assistant.answers.needs import needs_of
    >>> premise = "washing lower the capacity"
    >>> needs = needs_of(premise, {}, 9)
    >>> against(premise, needs, ["Washing increased the capacity of the powder."])
    1.0
    >>> against(premise, needs, ["After washing the capacity is lower."])
    0.0
    """
    worst = 0.0
    for said, opposite in _PATTERNS:
        if not said.search(premise) or opposite.search(premise):
            continue
        others = [need for need in needs if not said.search(need.typed)]
        agreed = denied = 0.0
        for clause in (c for sentence in sentences for c in _CONTRAST.split(sentence)):
            share = covered(others, Surface(clause)) if others else 0.0
            if share < _ABOUT:
                continue
            if said.search(clause):
                agreed = max(agreed, share)
            elif opposite.search(clause):
                denied = max(denied, share)
        worst = max(worst, denied - agreed)
    return max(worst, 0.0)
