"""The values of a text: as written, in which unit, and which of them only say under what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from index.quantities import Quantity, find_quantities
from index.quantities.measures import measures
from index.quantities.units import SIGNS

# Dimensions in which a value mostly says under what something else holds.
_CONDITIONS = frozenset(
    {"temperature", "time", "cycles", "C-rate", "voltage", "current", "current density",
     "pressure", "specific current", "frequency", "speed", "heating rate", "scan rate"}
)  # fmt: skip
_UNDER = re.compile(
    r"\b(?:at|after|for|under|during|over|within|between|until|bei|nach|während)(?: about| a| an"
    r"| the| least| most| \w+ temperature of| temperature of| rate of)*\s*$|@\s*$",
    re.IGNORECASE,
)
_ONLY_LINKS = re.compile(
    r"[\s,()]*(?:(?:is|are|was|were|and|of|be|has|had|to|at|about|amounts|still)[\s,()]*)*"
)
_JOINED = re.compile(r"\s*(?:,|,? ?and|,? ?or|/|und)\s*(?:at |about |a )?", re.IGNORECASE)
# Steps and parts that are set beside each other do not share their conditions.
_CLAUSE_END = re.compile(
    r"[;.]\s|\b(?:and|then)\s+(?:\w+\s+)?\w+ing\b|,\s*and\b|\b(?:then|wherein|whereas)\b"
)
_MOST_CONDITIONS, _FURTHEST = 3, 100


def conditions_of(
    text: str, quantity: Quantity, quantities: Sequence[Quantity], under: Sequence[Quantity]
) -> tuple[str, ...]:
    """Under what a value holds, as written: the nearest of each dimension in its clause.

    under: those of the quantities that conditions_in found.
    """
    beside = [q for q in under if q is not quantity and in_one_clause(text, q, quantity)]
    shown = _nearest(quantity, beside)[:_MOST_CONDITIONS]
    return tuple(dict.fromkeys(written(text, q) for q in shown))


def in_one_clause(text: str, one: Quantity, other: Quantity) -> bool:
    """Whether nothing between two values begins another clause, and little stands there."""
    first, second = sorted((one, other), key=lambda q: q.start)
    between = text[first.end : second.start]
    return len(between) <= _FURTHEST and not _CLAUSE_END.search(between)


def words_before(
    text: str, quantity: Quantity, earlier: Sequence[Quantity], under: Sequence[Quantity]
) -> tuple[int, int]:
    """Where the words about a value end and may begin: "the viscosity at 25 °C is 5 mPa s"."""
    stop = quantity.start
    for place in range(len(earlier) - 1, -1, -1):
        one = earlier[place]
        opening = _UNDER.search(text[: one.start])
        if one not in under or not opening or not _ONLY_LINKS.fullmatch(text[one.end : stop]):
            return stop, one.end
        stop = opening.start()
    return stop, 0


def _nearest(quantity: Quantity, conditions: list[Quantity]) -> list[Quantity]:
    """One condition of each dimension, the nearest, in the text's order."""
    kept: dict[str, Quantity] = {}
    for one in sorted(conditions, key=lambda q: abs(q.start - quantity.start)):
        kept.setdefault(one.dimension, one)
    return sorted(kept.values(), key=lambda q: q.start)


def is_joined(text: str, one: Quantity, following: Quantity) -> bool:
    """Whether only "and", "or" or a comma stands between two values: 25 and 60 °C."""
    return bool(_JOINED.fullmatch(text[one.end : following.start]))


def list_of(text: str, quantity: Quantity, quantities: Sequence[Quantity]) -> list[Quantity]:
    """A value and those of its kind that follow it in one list: "0.25, 0.5 and 1 wt%"."""
    found = [quantity]
    for one in quantities:
        if one.start >= found[-1].end:
            if one.dimension != quantity.dimension or not is_joined(text, found[-1], one):
                break
            found.append(one)
    return found


def conditions_in(text: str, quantities: Sequence[Quantity]) -> list[Quantity]:
    """Those that say under what others hold: "after 100 cycles at 1C and 45 °C"."""
    found: list[Quantity] = []
    for quantity in quantities:
        if quantity.dimension not in _CONDITIONS:
            continue
        joined = found and is_joined(text, found[-1], quantity)
        if joined or _UNDER.search(text[: quantity.start]):
            found.append(quantity)
    return found


def unit_of(text: str, following: Sequence[Quantity]) -> str | None:
    """The unit as written, at the value or at the end of its list; None where none is found."""
    for quantity in following:
        if quantity.dimension != following[0].dimension:
            break
        value = text[quantity.start : quantity.end]
        found = [m for m in measures(value.translate(SIGNS)) if m.written_unit]
        if found:
            last = found[-1]
            return value[last.end - len(last.written_unit) : last.end].strip(" .\n")
    return "" if following[0].dimension in ("number", "pH") else None


@lru_cache(maxsize=8000)
def quantities_in(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, remembered."""
    return tuple(find_quantities(text))


def written(text: str, quantity: Quantity) -> str:
    """A value with its words and unit, on one line."""
    return " ".join(text[quantity.start : quantity.end].split()).rstrip(".,")
