"""Cuts the rows of a grid that no page can hold into rows that one can. Knows no PDF."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from rich.cells import cell_len

from assistant.exports.blocks import GridCell, Line

# Of text in the type of a table: a page holds about 45 lines, a millimetre 0.65 Latin letters.
_MOST_LINES = 36
_PIECE_LINES = 18
_LETTERS = 0.65


def pieces(row: tuple[GridCell, ...], widths: tuple[float, ...]) -> list[tuple[GridCell, ...]]:
    """The row, or several that hold its text one below the other. widths: of the columns, in mm.

    >>> [len(cell) for cell, in pieces(((Line("word " * 1000),),), (60,))][:3]
    [1, 2, 2]
    """
    cells = list(zip(row, widths, strict=True))
    if max((_height(cell, width) for cell, width in cells), default=0) <= _MOST_LINES:
        return [row]
    cut = [_cut(cell, width) for cell, width in cells]
    most = max(map(len, cut))
    return [tuple(cell[n] if n < len(cell) else () for cell in cut) for n in range(most)]


def _height(cell: GridCell, width: float) -> int:
    return sum(_lines(line, width) for line in cell)


def _lines(line: Line, width: float) -> int:
    return 1 + int(cell_len(line.text) / (width * _LETTERS))


def _cut(cell: GridCell, width: float) -> list[GridCell]:
    made: list[GridCell] = []
    piece: list[Line] = []
    used = 0
    for part in (part for line in cell for part in _parts(line, width)):
        height = _lines(part, width)
        if piece and used + height > _PIECE_LINES:
            made.append(tuple(piece))
            piece, used = [Line("(continued)", "small")], 1
        piece.append(part)
        used += height
    return [*made, tuple(piece)]


def _parts(line: Line, width: float) -> Iterator[Line]:
    """The line in parts that fit a piece, cut between words where there are any."""
    if _lines(line, width) <= _PIECE_LINES:
        yield line
        return
    # Korean, Japanese and Chinese letters are two wide.
    wide = cell_len(line.text) / len(line.text)
    letters = int((_PIECE_LINES - 3) * width * _LETTERS / wide)
    for text in textwrap.wrap(line.text, letters, break_on_hyphens=False):
        yield Line(text, line.look)
