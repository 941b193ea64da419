"""Under what one of several values of a sentence holds: never what is said of another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.questions.properties import find_properties
from assistant.values.conditions import (
    conditions_in,
    in_one_clause,
    is_joined,
    list_of,
    quantities_in,
    written,
)
from assistant.values.subjects import SHARES, subject_of, whole_of
from index.quantities import Quantity

_MOST = 4
_CONTENT = re.compile(
    r"\b(?:with(?:[^,;]{1,60}\band)?|containing|contains?|comprising|including|adding|plus|at|of)\s+"
    r"(?:(?:about|approximately|an?|the|only)\s+)*$",
    re.IGNORECASE,
)
# Another step, which has its own conditions; what was done with the thing that has the value.
_STEP = re.compile(
    r"\b(?:and|then)\s+(?:(?:\w+\s+)?\w+(?:ed|ing)|had|has|have|gave|shows?|is|was|were)\b"
)
_DONE = re.compile(
    r"\b(?:was|were|is|are)\s+(?!measured|obtained|determined|reached|found|observed|kept)\w+"
)
_ALSO = re.compile(r"\band (?:an?|the)\b", re.IGNORECASE)  # something else was measured
_AT = re.compile(r"\b(?:at|with)\s+(?:about\s+)?$", re.IGNORECASE)
_APART = re.compile(r"\b(?:and|whereas|while|but|versus|against)\b|[;|]", re.IGNORECASE)


def held_under(text: str, quantity: Quantity, values: Sequence[Quantity]) -> tuple[str, ...]:
    """The conditions of a value as written, in the text's order, four at most.

    values: those of the sentence that are asked for. Conditions are temperatures, times, cycles,
    rates, pressures and the like, the content of what is varied, and of what a share is one.

    >>> text = "With 0.5 wt% FEC it kept 90% after 100 cycles and 80% after 300 cycles."
    >>> values = [q for q in quantities_in(text) if q.dimension == "percent"]
    >>> [held_under(text, q, values) for q in values]
    [('0.5 wt% FEC', '100 cycles'), ('0.5 wt% FEC', '300 cycles')]
    """
    quantities = quantities_in(text)
    found = [*_runs(text, quantities, values), *_contents(text, quantities, values)]
    aside = {q.start for q in conditions_in(text, quantities)}
    aside.update(q.start for one, _, _ in found for q in list_of(text, one, quantities))
    measured = [q for q in quantities if q in values or q.start not in aside]
    near: dict[str, tuple[int, int, str]] = {}
    for one, end, shown in found:
        if one.dimension != quantity.dimension and _belongs(text, one, quantity, measured):
            distance = abs(one.start - quantity.start)
            kept = near.get(one.dimension)
            if kept is None or distance < kept[0]:
                near[one.dimension] = distance, one.start, text[one.start : end] if end else shown
    conditions = [" ".join(s.split()).rstrip(".,") for _, _, s in sorted(near.values(), key=_place)]
    if whole := whole_of(text, quantity):
        conditions.insert(0, whole.rstrip(".,"))
    return tuple(dict.fromkeys(conditions))[:_MOST]


def _place(one: tuple[int, int, str]) -> int:
    return one[1]


def _runs(
    text: str, quantities: Sequence[Quantity], values: Sequence[Quantity]
) -> list[tuple[Quantity, int, str]]:
    """Conditions with their text; "25 and 60 °C" is one."""
    under = [q for q in conditions_in(text, quantities) if q not in values]
    runs: list[list[Quantity]] = []
    for one in under:
        last = runs[-1][-1] if runs else None
        if last and last.dimension == one.dimension and is_joined(text, last, one):
            runs[-1].append(one)
        else:
            runs.append([one])
    return [(run[0], run[-1].end if len(run) > 1 else 0, written(text, run[0])) for run in runs]


def _contents(
    text: str, quantities: Sequence[Quantity], values: Sequence[Quantity]
) -> list[tuple[Quantity, int, str]]:
    """Contents of what is varied, with their words: "with 0.5 wt% boron oxide"."""
    found: list[tuple[Quantity, int, str]] = []
    for one in quantities:
        if one in values or one.dimension not in SHARES or any(one.start < e for _, e, _ in found):
            continue
        last = list_of(text, one, quantities)[-1]
        limit = min((q.start for q in quantities if q.start >= last.end), default=len(text))
        _, end = subject_of(text, last, last.start)
        if not last.end < end <= limit:
            end = last.end if _AT.search(text[: one.start]) else 0
        if end and one.dimension != "percent" and _CONTENT.search(text[: one.start]):
            found.append((one, end, ""))
    return found


def _belongs(text: str, one: Quantity, quantity: Quantity, values: Sequence[Quantity]) -> bool:
    """Whether no other value stands nearer to a condition, and no other clause between."""
    first, second = sorted((one, quantity), key=lambda q: q.start)
    between = text[first.end : second.start]
    if not in_one_clause(text, one, quantity) or _STEP.search(between):
        return False
    if first is quantity and (_DONE.search(between) or _ALSO.search(between)):
        return False
    told = " ".join(between.split()).removeprefix(whole_of(text, quantity))
    named = find_properties(told) if first is quantity else ()
    if any(one.dimension not in other.dimensions for other in named):
        return False  # "3 eV, with voltages between 0.2 and 0.3 V" tells another value
    before = [v for v in values if v.end <= one.start]
    after = [v for v in values if one.end <= v.start]
    if not before:
        return True
    # Between two values it goes with the one that no conjunction parts it from.
    own = before[-1] if not _APART.search(text[before[-1].end : one.start]) or not after else None
    if own is None:
        return bool(after) and quantity is after[0]
    return quantity is own
