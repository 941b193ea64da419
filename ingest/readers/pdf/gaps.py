"""White between segments of a page, and the vertical strips that much of it has in common."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf.segments import Segment

FEWEST_ROWS = 3
_CANDIDATES = 6


@dataclass(frozen=True)
class Gap:
    """White between two neighbours on about the same height."""

    x0: float
    x1: float
    y: float
    left: int  # orders of the neighbours
    right: int


def gaps_of(segments: list[Segment]) -> list[Gap]:
    """The gap to the right of each segment that has a neighbour there."""
    ordered = sorted(segments, key=lambda one: -one.y)
    gaps = []
    for at, one in enumerate(ordered):
        nearest: Segment | None = None
        for step in (-1, 1):
            other = at + step
            # Lines of two columns need not be level: half a line up or down is beside it.
            while 0 <= other < len(ordered) and abs(ordered[other].y - one.y) <= 0.7 * one.size:
                beside = ordered[other]
                if beside.x0 >= one.x1 and (nearest is None or beside.x0 < nearest.x0):
                    nearest = beside
                other += step
        if nearest is not None:
            gaps.append(Gap(one.x1, nearest.x0, one.y, one.order, nearest.order))
    return gaps


def gutters_of(segments: list[Segment], gaps: list[Gap]) -> list[float]:
    """Places that many gaps have in common and few segments cross, the best first."""
    events = sorted([(gap.x0, 1) for gap in gaps] + [(gap.x1, -1) for gap in gaps])
    open_gaps, peaks = 0, []
    for (x, step), (following, _) in pairwise(events):
        open_gaps += step
        if step > 0 and open_gaps >= FEWEST_ROWS and following > x:
            peaks.append((open_gaps, following - x, (x + following) / 2))
    peaks.sort(reverse=True)
    chosen: list[tuple[int, float]] = []
    for count, _, x in peaks:
        if len(chosen) < _CANDIDATES and all(abs(x - other) > 12 for _, other in chosen):
            heights = [gap.y for gap in gaps if gap.x0 <= x <= gap.x1]
            low, high = min(heights), max(heights)
            crossing = sum(one.x0 < x < one.x1 and low <= one.y <= high for one in segments)
            chosen.append((count - crossing, x))
    return [x for _, x in sorted(chosen, reverse=True)]
