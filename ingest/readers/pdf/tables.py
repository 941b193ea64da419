"""Tables among the lines of a page: rows whose cells stand below each other.

Only what is certain becomes a table; everything else stays lines of text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.segments import Segment
from ingest.readers.plain.paged import Block

CAPTION = re.compile(
    r"^(?:(?P<table>Tables?|Tabelle|Tab\.|表|표|\[표)|Figures?|Figs?\.|Scheme|Chart|Abbildung|Abb\.|"
    r"図|图|도|그림)\s*(?:S?\d{1,3}|[IVX]{1,5}\b)",
    re.IGNORECASE,
)
_FEWEST_ROWS = 3
_LONGEST_CELL = 60
_WHITE = 0.6  # Of the font size, between columns in every row.
_PITCH = 3.5  # Of the font size: rows further apart belong to no one table.
_LEADING = 1.35  # Of the font size: lines of one cell, closer than rows with rules between.
_DIGIT = re.compile(r"\d")


def table_end(lines: Sequence[Line], start: int, captioned: bool) -> int:
    """Where the table that starts at a line ends; `start` if none starts there.

    captioned: whether a caption that names a table stands above; two columns need one.
    """
    first = lines[start]
    if len(first.cells) < 2:
        return start
    end = start
    while end < len(lines) and _belongs(lines[end], lines[end - 1] if end > start else first):
        end += 1
    while end - start >= _FEWEST_ROWS:
        columns = _columns(lines[start:end])
        if columns and len(columns) >= (2 if captioned else 3):
            return end
        end -= 1
    return start


def table_block(lines: Sequence[Line], caption: str) -> Block:
    """The lines of a table as rows of cells; a first row without figures is its header."""
    columns = _columns(lines) or []
    rows = _rows(lines, columns)
    figures = [sum(bool(_DIGIT.search(cell)) for cell in row) for row in rows]
    named = all(rows[0]) and sum(figures[1:]) * 3 >= len(columns) * (len(rows) - 1)
    if named and _is_header(rows[0]):
        return Block(caption, 0, rows[0], tuple(rows[1:]), begins=True)
    return Block(caption, 0, (), tuple(rows), begins=True)


def text_of(lines: Sequence[Line]) -> str:
    """The text of lines, each row of a table on one line even where its cells have several."""
    texts: list[str] = []
    at = 0
    while at < len(lines):
        above = CAPTION.match(texts[-1]) if texts else None
        end = table_end(lines, at, bool(above and above["table"]))
        if end > at:
            columns = _columns(lines[at:end]) or []
            texts += ["  ".join(filter(None, row)) for row in _rows(lines[at:end], columns)]
        else:
            texts.append(lines[at].text)
        at = max(end, at + 1)
    return "\n".join(texts)


def _rows(lines: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[tuple[str, ...]]:
    """Rows of cells, each with all its lines."""
    return [
        tuple(
            " ".join(filter(None, texts))
            for texts in zip(*(_cells(line, columns) for line in row), strict=True)
        )
        for row in _grouped(lines)
    ]


def _is_header(cells: Sequence[str]) -> bool:
    """Whether no cell is a value; "Capacity (Ah)" and "T1" are names, "5.01" and "A1 7" not."""
    return not any(re.match(r"^[<>~±+\-−]?\d", cell) for cell in cells)


def _belongs(line: Line, before: Line) -> bool:
    near = 0 <= before.y - line.y <= _PITCH * max(line.size, before.size, 1.0)
    short = all(len(cell.text) <= _LONGEST_CELL for cell in line.cells)
    enough = len(line.cells) >= 2 or _is_close(before, line)
    return enough and near and short and line.column == before.column


def _is_close(before: Line, line: Line) -> bool:
    """Whether a line stands as close below another as lines of one paragraph do."""
    return before.y - line.y <= _LEADING * max(line.size, before.size)


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that make one row of the table: those with text in several lines in a cell.

    In a table whose rows all stand that close every line is a row.
    """
    starts = [0] + [at for at in range(1, len(lines)) if not _is_close(lines[at - 1], lines[at])]
    if len(starts) < _FEWEST_ROWS:
        return [[line] for line in lines]
    ends = [*starts[1:], len(lines)]
    return [list(lines[start:end]) for start, end in zip(starts, ends, strict=True)]


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]] | None:
    """Left and right edge of each column; None where cells do not stand below each other."""
    rows = _grouped(lines)
    counts = Counter(max(len(line.cells) for line in row) for row in rows)
    usual, agreeing = counts.most_common(1)[0]
    if agreeing < _FEWEST_ROWS or agreeing * 4 < len(rows) * 3 or max(counts) > usual:
        return None
    full = [line for line in lines if len(line.cells) == usual]
    columns = [
        (min(line.cells[at].x0 for line in full), max(line.cells[at].x1 for line in full))
        for at in range(usual)
    ]
    white = _WHITE * max(line.size for line in lines)
    for (_, right), (left, _) in pairwise(columns):
        if left - right < white:
            return None
    # Each cell of an incomplete row must stand in one column alone.
    for line in lines:
        if any(_column_of(cell, columns) is None for cell in line.cells):
            return None
    return columns


def _column_of(cell: Segment, columns: Sequence[tuple[float, float]]) -> int | None:
    touched = [at for at, (left, right) in enumerate(columns) if cell.x0 < right and cell.x1 > left]
    return touched[0] if len(touched) == 1 else None


def _cells(line: Line, columns: Sequence[tuple[float, float]]) -> tuple[str, ...]:
    cells = [""] * len(columns)
    for cell in line.cells:
        at = _column_of(cell, columns)
        if at is not None:
            cells[at] = f"{cells[at]} {cell.text}".strip()
    return tuple(cells)
