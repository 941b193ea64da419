"""Two columns of a page, for the page behind it where too few lines are left to tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf.lines import Line

_FEWEST_ROWS = 3
_SAME_GUTTER = 6.0  # Points.


@dataclass(frozen=True)
class Columns:
    """left, right: where the lines of each column begin; gutter: half-way between them."""

    left: float
    gutter: float
    right: float


def columns_of(lines: Sequence[Line]) -> Columns | None:
    """The two columns that the lines of a page stand in; None for one, or more than two."""
    regions: list[list[Line]] = []
    for line in lines:
        if regions and regions[-1][0].column == line.column:
            regions[-1].append(line)
        else:
            regions.append([line])
    found: list[Columns] = []
    for left, right in pairwise(regions):
        one, other = left[0], right[0]
        beside = one.right < other.left and left[-1].y < other.y
        if beside and min(len(left), len(right)) >= _FEWEST_ROWS:
            found.append(Columns(one.left, (one.right + other.left) / 2, other.left))
    if any(abs(one.gutter - found[0].gutter) > _SAME_GUTTER for one in found):
        return None
    return found[0] if found else None
