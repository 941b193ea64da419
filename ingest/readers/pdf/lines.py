"""Lines of a page: segments on one baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf.segments import Segment

_SAME_LINE = 0.5  # Of the font size.


@dataclass(frozen=True)
class Line:
    """One printed line of one column.

    cells: its segments from left to right, more than one where wide gaps part them; text: their
    words, cells parted by two blanks; x0, x1: its edges; left, right: those of the column that it
    stands in; column: counts them on the page; y: baseline; size: font size in points; bold:
    whether all of it is.
    """

    cells: tuple[Segment, ...]
    text: str
    x0: float
    x1: float
    left: float
    right: float
    column: int
    y: float
    size: float
    bold: bool


def line_of(cells: Sequence[Segment], left: float, right: float, column: int) -> Line:
    """The line of these cells, from left to right, in a column with these edges."""
    longest = max(cells, key=lambda cell: len(cell.text)) if len(cells) > 1 else cells[0]
    return Line(
        tuple(cells),
        "  ".join(cell.text for cell in cells),
        cells[0].x0,
        max(cell.x1 for cell in cells),
        left,
        right,
        column,
        longest.y,
        longest.size,
        all(cell.bold for cell in cells),
    )


def rows_of(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments on the same baseline together, from the top; each row from left to right."""
    rows: list[list[Segment]] = []
    for one in sorted(segments, key=lambda one: (-one.y, one.x0)):
        if rows and rows[-1][0].y - one.y <= _SAME_LINE * min(one.size, rows[-1][0].size):
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        row.sort(key=lambda one: one.x0)
    return rows
