"""Numbers that count the lines of a page by fives, standing below each other at one distance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"5|[1-7][05]")
_FEWEST = 3
_OFF = 3.0  # Points that a number may stand from its place.
_PITCH = (6.0, 30.0)  # Points from line to line.
_MOST = 200  # Numbers of a page; one that has more is a table.


@dataclass(frozen=True)
class Five:
    """A multiple of five. x: its middle; y: its baseline; key: what the caller knows it by."""

    value: int
    x: float
    y: float
    key: int


@dataclass(frozen=True)
class Fives:
    """Numbers in one column. Line n has its baseline at zero - n * pitch; keys: of the numbers."""

    x: float
    zero: float
    pitch: float
    keys: frozenset[int]

    def fits(self, five: Five) -> bool:
        """Whether a number stands where the column has it."""
        expected = self.zero - five.value * self.pitch
        return abs(five.x - self.x) <= _OFF and abs(five.y - expected) <= _OFF


def five_of(text: str, x0: float, x1: float, y: float, key: int) -> Five | None:
    """A word as one of the numbers 5 to 75, between these edges; None where it is none."""
    return Five(int(text), (x0 + x1) / 2, y, key) if _NUMBER.fullmatch(text) else None


def column_of_fives(numbers: Sequence[Five]) -> Fives | None:
    """The longest column of at least three that begins with 5 or 10.

    >>> column = column_of_fives([Five(n, 300.0, 700.0 - 12 * n, n) for n in (5, 10, 15, 20)])
    >>> column.pitch, sorted(column.keys)
    (12.0, [5, 10, 15, 20])
    >>> column_of_fives([Five(n, 300.0, 700.0 - 2 * n, n) for n in (5, 10, 15, 20)]) is None
    True
    """
    best: Fives | None = None
    for start in numbers if len(numbers) <= _MOST else ():
        if start.value > 10:
            continue
        below = [one for one in numbers if abs(one.x - start.x) <= _OFF and one.y < start.y]
        for end in below:
            if end.value < start.value + 10:
                continue
            pitch = (start.y - end.y) / (end.value - start.value)
            if not _PITCH[0] <= pitch <= _PITCH[1]:
                continue
            column = Fives(start.x, start.y + start.value * pitch, pitch, frozenset())
            keys = frozenset(one.key for one in (start, *below) if column.fits(one))
            if len(keys) >= max(_FEWEST, len(best.keys) + 1 if best else 0):
                best = Fives(start.x, column.zero, pitch, keys)
    return best
