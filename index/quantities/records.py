"""What a text discloses in figures. A leaf: imports no other module of the package."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Quantity:
    """A value or a range that a text discloses.

    subject: the words around it that can say what is measured, nearest sentence part only.
    low, high: in `unit`, the canonical unit of `dimension`; equal for one value, `math.inf` where
    there is no upper end, 0 (or minus infinity) where there is no lower one. approximate: "about".
    start, end: of the numbers with their words ("at least 80 mol%") in the text, half-open.
    """

    subject: str
    low: float
    high: float
    low_inclusive: bool
    high_inclusive: bool
    unit: str
    dimension: str
    approximate: bool
    start: int
    end: int
