"""Numeric conditions: read from queries, and compared with what passages disclose.

A document is prior art against a range when its own range or value overlaps: MPEP 2144.05 I
(ranges that overlap or lie inside) and 2131.03, EPO Guidelines G-VI, 8 (end-points, values in the
overlap). What follows from an overlap is for a person to judge, not for this module.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

from index.quantities.find import find_quantities
from index.quantities.records import Quantity
from index.quantities.subjects import known_terms, names_property, subject_terms

Overlap = Literal["none", "overlap", "inside"]


@dataclass(frozen=True)
class Condition:
    """A wanted range. subject: what must be measured, "" for anything in the dimension.

    low, high, their inclusion, unit and dimension are as in a Quantity; start, end: in the query.
    """

    subject: str
    low: float
    high: float
    low_inclusive: bool
    high_inclusive: bool
    unit: str
    dimension: str
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        """The condition as `--where` takes it.

        >>> print(find_conditions("a D50 of 3-8 µm")[0])
        3 µm <= D50 <= 8 µm
        """
        unit = f" {self.unit}" if self.unit else ""
        subject = self.subject or "any"
        if self.low == self.high:
            return f"{subject} = {self.low:g}{unit}"
        lowest = math.isinf(self.low) or (self.low == 0 and self.low_inclusive)
        low = "" if lowest else f"{self.low:g}{unit} {'<=' if self.low_inclusive else '<'} "
        if math.isinf(self.high):
            return f"{subject} {'>=' if self.low_inclusive else '>'} {self.low:g}{unit}"
        return f"{low}{subject} {'<=' if self.high_inclusive else '<'} {self.high:g}{unit}"


_WORD = re.compile(r"[^\s,;:()\[\]]+")


def find_conditions(query: str) -> tuple[Condition, ...]:
    """The numeric conditions that a question in plain words states, in its order.

    The subject is the nearest property, material or element, the nearest word if there is none.

    >>> [str(c) for c in find_conditions("nickel 80 mol% or more, coating below 20 µm thick")]
    ['nickel >= 80 mol%', 'thick < 20 µm']
    """
    return tuple(
        Condition(
            _subject(quantity, query[quantity.end : quantity.end + 80]),
            quantity.low,
            quantity.high,
            quantity.low_inclusive,
            quantity.high_inclusive,
            quantity.unit,
            quantity.dimension,
            quantity.start,
            quantity.end,
        )
        for quantity in find_quantities(query)
    )


def _subject(quantity: Quantity, behind: str) -> str:
    """What is measured; "" for a material beside a temperature or a time, which is not measured."""
    nearest = _nearest(quantity.subject, behind)
    said = quantity.dimension in _SAID_BY_THE_UNIT
    return nearest if not said or names_property(nearest) else ""


def _nearest(subject: str, behind: str) -> str:
    """The words of a subject that name it: those of the first known thing from the number on."""
    words = [word.group() for word in _WORD.finditer(subject)]
    following = {word.group().lower() for word in _WORD.finditer(behind)}
    right = [word for word in words if word.lower() in following]
    left = [word for word in words if word not in right]
    ordered = [*reversed(left), *right]
    for size in (4, 3, 2, 1):  # names of several words first: "fluoroethylene carbonate"
        for part in (left[-size:], right[:size]):
            phrase = " ".join(part)
            if len(part) == size and len(known_terms(phrase)) == 1 == len(subject_terms(phrase)):
                return _trimmed(part)
    for word in ordered:
        if known_terms(word):
            return word
    return next((word for word in ordered if subject_terms(word)), "")


def _trimmed(words: list[str]) -> str:
    """The words without those at either end that change nothing: "D50 of", "the thickness"."""
    wanted = subject_terms(" ".join(words))
    while len(words) > 1 and subject_terms(" ".join(words[1:])) == wanted:
        words = words[1:]
    while len(words) > 1 and subject_terms(" ".join(words[:-1])) == wanted:
        words = words[:-1]
    return " ".join(words)


def satisfies(condition: Condition, quantity: Quantity) -> Overlap:
    """How a disclosed quantity stands to a wanted range.

    "inside": all of it lies in the wanted range (a value in the range, a narrower range);
    "overlap": a part does; "none": no common value, another dimension or another subject. A "%"
    without its base meets a condition in wt%, mol% ... never, a condition in "%" is met by all.
    Ends that only touch count where both include the end, or where one of them is "about".

    >>> [wanted] = find_conditions("FEC 0.5 to 5 wt%")
    >>> [satisfies(wanted, q) for q in find_quantities("2 wt% of FEC, 10 wt% of VC")]
    ['inside', 'none']
    >>> [satisfies(wanted, q) for q in find_quantities("fluoroethylene carbonate: 3 to 8 wt%")]
    ['overlap']
    """
    if quantity.dimension not in dimensions_met(condition.dimension):
        return "none"
    found = compare(condition, quantity)  # first, because it costs nothing
    if found == "none":
        return found
    wanted = wanted_terms(condition, quantity.dimension)
    return found if wanted <= subject_terms(quantity.subject) else "none"


def wanted_terms(condition: Condition, dimension: str) -> frozenset[str]:
    """What the subject of a quantity in a dimension must name to meet a condition."""
    return subject_terms(condition.subject) - _SAID_BY_THE_UNIT.get(dimension, frozenset())


# "at 25 °C" is a temperature though the word is missing.
_SAID_BY_THE_UNIT = {
    dimension: subject_terms(word)
    for dimension, word in (
        ("temperature", "temperature"),
        ("voltage", "voltage"),
        ("cycles", "cycles"),
        ("time", "time"),
        ("pressure", "pressure"),
        ("conductivity", "conductivity"),
        ("viscosity", "viscosity"),
        ("specific capacity", "capacity"),
        ("areal capacity", "capacity"),
        ("capacity", "capacity"),
        ("specific surface area", "specific surface area"),
        ("C-rate", "C-rate"),
        ("pH", "pH"),
    )
}
_FRACTIONS = frozenset(
    ("mass fraction", "amount fraction", "atomic fraction", "volume fraction", "percent")
)


def dimensions_met(wanted: str) -> tuple[str, ...]:
    """Dimensions of quantities that can meet a condition in this one.

    >>> dimensions_met("length"), "mass fraction" in dimensions_met("percent")
    (('length',), True)
    """
    return tuple(sorted(_FRACTIONS)) if wanted == "percent" else (wanted,)


def compare(condition: Condition, quantity: Quantity) -> Overlap:
    """How two ranges of one dimension stand to each other, whatever they are about."""
    touching = quantity.approximate
    low, high = max(condition.low, quantity.low), min(condition.high, quantity.high)
    if low > high and not math.isclose(low, high, rel_tol=1e-9):
        return "none"
    if math.isclose(low, high, rel_tol=1e-9) and not touching:
        ends = (
            (condition.low, condition.low_inclusive),
            (quantity.low, quantity.low_inclusive),
            (condition.high, condition.high_inclusive),
            (quantity.high, quantity.high_inclusive),
        )
        if any(math.isclose(end, low, rel_tol=1e-9) and not included for end, included in ends):
            return "none"
    above = quantity.low > condition.low or (
        quantity.low == condition.low and (condition.low_inclusive or not quantity.low_inclusive)
    )
    below = quantity.high < condition.high or (
        quantity.high == condition.high
        and (condition.high_inclusive or not quantity.high_inclusive)
    )
    return "inside" if above and below else "overlap"
