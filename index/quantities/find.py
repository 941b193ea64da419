"""Quantities in passages and queries: what is measured, between which values, in which unit."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.quantities import phrases
from index.quantities.measures import Measure, is_label, measures
from index.quantities.records import Quantity
from index.quantities.surroundings import with_subjects
from index.quantities.units import SIGNS, Unit

_FURTHEST = 48  # characters between the two ends of one range
# Dimensions that go below zero; all others start there.
_SIGNED = ("temperature", "voltage", "number", "energy per particle", "scan rate", "pH")
_SHARES = ("parts by weight", "parts by volume", "mass fraction", "amount fraction", "percent")
_HINT = re.compile(r"[<>≤≥=]|\bpH\b")  # a number without unit may still be a quantity
_NUMBER = Unit("", "number")


@dataclass(frozen=True)
class _Bounded:
    """A number with the bound that the words around it make of it."""

    measure: Measure
    kind: str
    included: bool
    approximate: bool
    start: int
    end: int
    listed: bool = False  # its unit stands at a later number of its list


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of a text in order.

    Numbers without a unit are none, except where they are compared: 0.8 < x < 0.9, pH 7.

    >>> [q] = find_quantities("The nickel content is 80 mol% or more.")
    >>> q.subject, q.low, q.high, q.unit, q.dimension
    ('The nickel content is', 80.0, inf, 'mol%', 'amount fraction')
    >>> [(q.low, q.high, q.unit) for q in find_quantities("D50 of 3-8 µm at 25 °C (see claim 2)")]
    [(3.0, 8.0, 'µm'), (25.0, 25.0, '°C')]
    """
    flat = text.translate(SIGNS)
    bounded = [_bounded(flat, m, before, after) for m, before, after in _apart(flat)]
    found = list(_ranges(flat, _shared_units(flat, bounded)))
    return list(with_subjects(flat, found))


def _apart(flat: str) -> Iterator[tuple[Measure, int, int]]:
    """Measures that can be part of a quantity, each with where its neighbours end and start."""
    found = _stated_once(flat, list(measures(flat)))
    wanted = [False] * len(found)
    for place in range(len(found) - 1, -1, -1):
        one = found[place]
        follows = place + 1 < len(found) and wanted[place + 1]
        near = follows and found[place + 1].start - one.end <= _FURTHEST
        wanted[place] = bool(one.unit) or (
            (near or bool(_HINT.search(flat, max(0, one.start - 40), one.end + 3)))
            and not is_label(flat, one.start)
        )
    for place, measure in enumerate(found):
        if wanted[place]:
            before = found[place - 1].end if place else 0
            after = found[place + 1].start if place + 1 < len(found) else len(flat)
            yield measure, before, after


_CLOSED = re.compile(r"\.?\)")
_AGAIN = re.compile(r" ?\((?:i\.e\.,? |or |about |approximately |~)*")


def _stated_once(flat: str, found: list[Measure]) -> list[Measure]:
    """Without what only says the same in another unit: 20 °C (about 68 °F)."""
    kept: list[Measure] = []
    for one in found:
        last = kept[-1] if kept else None
        if last and last.unit and one.unit and last.unit.dimension == one.unit.dimension:
            again = _AGAIN.fullmatch(flat[last.end : one.start])
            closed = _CLOSED.match(flat, one.end)
            if again and closed and math.isclose(last.high, one.high, rel_tol=0.06, abs_tol=1):
                kept[-1] = replace(last, end=closed.end())
                continue
        kept.append(one)
    return kept


def _bounded(flat: str, measure: Measure, before: int, after: int) -> _Bounded:
    lead = flat[max(before, measure.start - 45) : measure.start]
    match = phrases.BEFORE.search(lead)
    about = phrases.ABOUT.search(lead)
    kind, included = phrases.bound(match)
    if kind and match and _is_about(match.group(), measure):
        match, kind = None, ""
    start = measure.start - (len(lead) - match.start() if match else 0)
    if about:
        start = min(start, measure.start - (len(lead) - about.start()))
    end = measure.end
    behind = phrases.AFTER.match(flat[measure.end : min(after, measure.end + 24)])
    if behind and not kind:
        kind, included = phrases.bound(behind)
        end += behind.end()
    return _Bounded(measure, kind, included, bool(about), start, end)


def _is_about(words: str, measure: Measure) -> bool:
    """Whether "over 100 cycles" and "under 5 MPa" mean during and at."""
    dimension = measure.unit.dimension if measure.unit else ""
    word = words.split()[0].lower() if words.split() else ""
    return (word == "over" and dimension in ("time", "cycles")) or (
        word == "under" and dimension in ("pressure", "voltage", "current", "current density")
    )


def _shared_units(flat: str, found: list[_Bounded]) -> list[_Bounded]:
    """Numbers of ranges and lists take the unit that stands only at the last of them."""
    shared = list(found)
    for place in range(len(found) - 2, -1, -1):
        one, other = shared[place], shared[place + 1]
        if one.measure.unit or not other.measure.unit:
            continue
        gap = flat[one.end : other.start]
        ranged = _joins(flat, one, other)
        if ranged or (len(gap) <= 24 and (phrases.LIST.fullmatch(gap) or gap.strip() == "-")):
            shared[place] = replace(
                one, measure=one.measure.with_unit(other.measure), listed=not ranged
            )
    return shared


def _joins(flat: str, one: _Bounded, other: _Bounded) -> bool:
    """Whether two numbers are the ends of one range."""
    gap = flat[one.measure.end : other.measure.start]
    if len(gap) > _FURTHEST:
        return False
    units = one.measure.unit, other.measure.unit
    if units[0] and units[1] and units[0].dimension != units[1].dimension:
        return False
    if phrases.CHAIN.fullmatch(gap):
        return True
    if phrases.TO.fullmatch(gap):  # "65-35 mol%" is a mixture; "from 90 to 80 %" is a range
        if other.measure.unit and other.measure.unit.dimension not in _SHARES:
            return True
        first = one.measure if units[0] else one.measure.with_unit(other.measure)
        return gap.strip() != "-" or first.low <= other.measure.high
    if phrases.AND.fullmatch(gap) and phrases.BETWEEN.search(
        flat[max(0, one.measure.start - 30) : one.measure.start]
    ):
        return True
    return (
        one.kind == "low"
        and other.kind == "high"
        and bool(phrases.THEN.fullmatch(flat[one.end : other.start]))
    )


def _ranges(flat: str, found: list[_Bounded]) -> Iterator[tuple[Quantity, bool]]:
    """Quantities without subjects yet, and whether the next one of a list follows."""
    place = 0
    while place < len(found):
        one = found[place]
        other = found[place + 1] if place + 1 < len(found) else None
        quantity = None
        if other and _joins(flat, one, other):
            quantity = _range(flat, one, other)
            place += 1
        quantity = quantity or _single(flat, one)
        place += 1
        if quantity and not _is_basis(flat, quantity):
            yield quantity, one.listed


def _is_basis(flat: str, quantity: Quantity) -> bool:
    """Whether it is the whole that fractions refer to: "per 100 parts by weight of ..."."""
    whole = quantity.low == quantity.high == 100 and quantity.dimension in _SHARES
    return whole and bool(phrases.BASIS.search(flat[max(0, quantity.start - 40) : quantity.start]))


def _range(flat: str, one: _Bounded, other: _Bounded) -> Quantity | None:
    gap = flat[one.measure.end : other.measure.start]
    chain = phrases.CHAIN.fullmatch(gap)
    unit = one.measure.unit or other.measure.unit
    subject = ""
    low_in, high_in = one.kind == "" or one.included, other.kind == "" or other.included
    if chain:
        subject = chain["subject"]
        low_in, high_in = (
            chain["low"] in ("≤", "≥", "<=", ">="),
            chain["high"] in ("≤", "≥", "<=", ">="),
        )
        if not unit and not re.search(r"[^\W\d]", subject):
            return None
    unit = unit or (_NUMBER if chain else _ph(flat, one))
    if not unit:
        return None
    ends = (one.measure.low, low_in), (other.measure.high, high_in)
    (low, low_in), (high, high_in) = sorted(ends, key=lambda end: end[0])
    start, end = min(one.start, one.measure.start), max(other.end, other.measure.end)
    approximate = one.approximate or other.approximate
    return Quantity(
        subject, low, high, low_in, high_in, unit.canonical, unit.dimension, approximate, start, end
    )


def _single(flat: str, one: _Bounded) -> Quantity | None:
    unit = one.measure.unit
    comparison = phrases.COMPARISON.search(flat[max(0, one.measure.start - 10) : one.measure.start])
    subject = ""
    if not unit and comparison:
        unit, subject = _NUMBER, comparison["subject"]
    unit = unit or _ph(flat, one)
    if not unit:
        return None
    low, high, low_in, high_in = one.measure.low, one.measure.high, True, True
    if one.kind == "low":
        high, low_in, high_in = math.inf, one.included, False
    elif one.kind == "high":
        signed = unit.dimension in _SIGNED or high < 0
        low, low_in, high_in = (-math.inf if signed else 0.0), not signed, one.included
    approximate, start, end = one.approximate, one.start, one.end
    return Quantity(
        subject, low, high, low_in, high_in, unit.canonical, unit.dimension, approximate, start, end
    )


def _ph(flat: str, one: _Bounded) -> Unit | None:
    matched = phrases.PH.search(flat[max(0, one.start - 40) : one.start])
    return Unit("pH", "pH") if matched and -2 <= one.measure.low <= 16 else None
