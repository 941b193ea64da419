"""Places for labels on a map so that none covers another."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.pictures.records import Box

_GAP = 6.0
# Pixels away from its place that cost as much as one covered dot; further ones by their square.
_PULL = 30.0
# Of few dots each one matters more.
_FEW = 600
_STEP, _FURTHEST = 12.0, 420.0


def place_labels(
    wanted: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    points: NDArray[np.float64],
    inside: Box,
) -> list[Box | None]:
    """A box for each label near where it is wanted; None where there is no free place.

    wanted: middles of the labels. sizes: their widths and heights. points: (n, 2), the dots that
    are better left free. Labels that come first choose first.
    """
    placed: list[Box | None] = []
    for (x, y), (wide, high) in zip(wanted, sizes, strict=True):
        best: tuple[float, Box] | None = None
        for away_x, away_y in _spiral():
            away = (math.hypot(away_x, away_y) / _PULL) ** 2
            if best and away >= best[0]:
                break
            box = _within(
                Box(x + away_x - wide / 2, y + away_y - high / 2, wide, high, None), inside
            )
            if box is None or any(other and _overlap(box, other) for other in placed):
                continue
            cost = away + _covered(box, points)
            if best is None or cost < best[0]:
                best = cost, box
        placed.append(best[1] if best else None)
    return placed


def _spiral() -> Iterator[tuple[float, float]]:
    yield 0.0, 0.0
    distance = _STEP
    while distance < _FURTHEST:
        for turn in range(16):
            angle = turn * math.pi / 8
            yield distance * math.cos(angle), distance * math.sin(angle)
        distance += _STEP


def _within(box: Box, inside: Box) -> Box | None:
    """The box pushed into the frame; None where it is larger than that."""
    if box.width > inside.width or box.height > inside.height:
        return None
    x = min(max(box.x, inside.x), inside.x + inside.width - box.width)
    y = min(max(box.y, inside.y), inside.y + inside.height - box.height)
    return Box(x, y, box.width, box.height, None)


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width + _GAP
        and other.x < one.x + one.width + _GAP
        and one.y < other.y + other.height + _GAP
        and other.y < one.y + one.height + _GAP
    )


def _covered(box: Box, points: NDArray[np.float64]) -> float:
    x, y = points[:, 0], points[:, 1]
    across = (x > box.x - _GAP) & (x < box.x + box.width + _GAP)
    covered = across & (y > box.y - _GAP) & (y < box.y + box.height + _GAP)
    return float(covered.sum() * max(1.0, _FEW / len(points)))
