"""Rows of a CALS or HTML table: every cell in its column, spans over columns and rows filled."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ingest.readers.patent_xml.inline_text import local_name, plain_text
from ingest.text import one_line

_MOST_COLUMNS = 200
_CELLS = ("entry", "td", "th")
Row = list[str]


@dataclass
class Group:
    """A <tgroup>. edges: left edge of every column, and the right edge of the last one.

    A cell over several columns stands in the first and leaves a NUL in the others; one over
    several rows of the body stands in each of them.
    """

    edges: list[float]
    head: list[Row]
    body: list[Row]
    ruled: int | None  # rows of the body above the first rule below a filled row


@dataclass
class _Carried:
    """What a cell of a row above leaves in a column, and in how many rows more."""

    text: str
    rows: float


def read_group(element: etree._Element) -> Group:
    """The rows of a <tgroup>, or of a table that has none, all of one length.

    >>> cells = "<tr><td rowspan='2'>a</td><td>1</td></tr><tr><td>2</td></tr>"
    >>> read_group(etree.fromstring(f"<table>{cells}</table>")).body
    [['a', '1'], ['a', '2']]
    """
    names = [e for e in element if local_name(e) == "colspec"]
    widths = [_points(e.get("colwidth")) for e in names]
    columns = {(e.get("colname") or str(n)).lower(): n - 1 for n, e in enumerate(names, start=1)}
    head: list[Row] = []
    body: list[Row] = []
    ruled: int | None = None
    carried: dict[int, _Carried] = {}
    part: etree._Element | None = None
    for row in element.iter():
        if local_name(row) not in ("row", "tr"):
            continue
        if row.getparent() is not part:
            part, carried = row.getparent(), {}
        is_head = part is not None and local_name(part) == "thead"
        cells = _cells(row, columns, carried, is_head)
        (head if is_head else body).append(cells)
        rule = any(e.get("rowsep") == "1" for e in row)
        below = body if is_filled(cells) else body[:-1]
        if not is_head and rule and ruled is None and any(map(is_filled, below)):
            ruled = len(body)
    width = max([len(names), *map(len, head), *map(len, body)], default=0)
    edges = [0.0]
    for at in range(width):
        edges.append(edges[-1] + (widths[at] if at < len(widths) else 50.0))
    return Group(edges, [_padded(r, width) for r in head], [_padded(r, width) for r in body], ruled)


def is_filled(row: Row) -> bool:
    """Whether any cell of a row has text.

    >>> is_filled(["", ""])
    False
    """
    return any(cell.strip("\0") for cell in row)


def _points(width: str | None) -> float:
    digits = re.match(r"\s*(\d+(?:\.\d+)?)", width or "")
    return max(1.0, float(digits[1])) if digits else 50.0


def _cells(
    row: etree._Element, columns: dict[str, int], carried: dict[int, _Carried], is_head: bool
) -> Row:
    """The cells of a row with those carried down into it, which are counted down and added to."""
    entries = [entry for entry in row if local_name(entry) in _CELLS]
    if columns and len(entries) >= len(columns):
        carried.clear()  # The row has a cell of its own for every column.
    cells: Row = []
    fresh: dict[int, _Carried] = {}
    for entry in entries:
        while len(cells) in carried:
            cells.append(carried[len(cells)].text)
        start, end = _span(entry, columns, len(cells))
        start, end = min(start, _MOST_COLUMNS), min(end, _MOST_COLUMNS)
        cells += [_above(carried, at) for at in range(len(cells), start)]
        filled = [one_line(plain_text(entry)), *["\0"] * (end - start)]
        cells += filled
        # A header's cell over several rows names its columns once.
        for at, text in enumerate(filled if not is_head else [""] * len(filled), start):
            fresh[at] = _Carried(text, _rows_below(entry))
    cells += [_above(carried, at) for at in range(len(cells), max(carried, default=-1) + 1)]
    for at, above in carried.items():
        fresh.setdefault(at, _Carried(above.text, above.rows - 1))
    carried.clear()
    carried.update({at: each for at, each in fresh.items() if each.rows > 0})
    return cells


def _above(carried: dict[int, _Carried], column: int) -> str:
    return carried[column].text if column in carried else ""


def _rows_below(entry: etree._Element) -> float:
    """How many rows below its own a cell reaches into; rowspan="0" is to the end of the part."""
    more, span = entry.get("morerows") or "", entry.get("rowspan") or ""
    if re.fullmatch(r"[0-9]{1,4}", more):
        return int(more)
    if re.fullmatch(r"[0-9]{1,4}", span):
        return int(span) - 1 if int(span) else float("inf")
    return 0


def _span(entry: etree._Element, columns: dict[str, int], place: int) -> tuple[int, int]:
    name = (entry.get("namest") or entry.get("colname") or "").lower()
    start = columns.get(name, place)
    start = max(start, place)
    last = columns.get((entry.get("nameend") or "").lower(), start)
    wide = entry.get("colspan") or "1"
    if re.fullmatch(r"[1-9]\d{0,2}", wide):
        last = max(last, start + int(wide) - 1)
    return start, max(last, start)


def _padded(row: Row, width: int) -> Row:
    return row + [""] * (width - len(row))
