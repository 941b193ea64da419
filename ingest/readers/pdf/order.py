"""Reading order of a page's segments: columns left to right, what spans them in between.

A gutter is a vertical strip with text on both sides on several lines. Two columns of cells have
one too; they are told from columns of text by the order of the file (a table is written row by
row) and by how well lines fill their column.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ingest.readers.pdf.columns import Columns, columns_of
from ingest.readers.pdf.gaps import FEWEST_ROWS, Gap, gaps_of, gutters_of
from ingest.readers.pdf.lines import Line, line_of, rows_of
from ingest.readers.pdf.segments import Segment

_MOST_COLUMNS_DEEP = 4
_NARROWEST = 0.15  # Of the region's width, for a column.
_FILLED = 0.6  # Of the column's width: a line of running text.
_ROWS_OF_PROSE = 2 * FEWEST_ROWS
_SAME_EDGE = 3.0  # Points.
_INDENT = 24.0  # Points, of a first line.
_ROWS_IN_BLOCK = 3  # The file writes this many lines before it goes to the other side.


def pages_in_order(
    pages: Sequence[Sequence[Segment]], gutters: Sequence[float | None] = ()
) -> list[list[Line]]:
    """The lines of each page as a reader would take them.

    gutters: where it is known that a page is parted there, one for each page; () for none.
    """
    result: list[list[Line]] = []
    before: Columns | None = None
    for segments, x in zip_longest(pages, gutters[: len(pages)]):
        regions = list(_regions(list(segments), 0) if x is None else _parted(segments, x))
        unclear = x is None and len(regions) == 1
        as_before = _as_before(segments, before) if unclear and before else None
        result.append(_lines(as_before or regions))
        before = before if as_before else columns_of(result[-1])
    return result


def _lines(regions: Sequence[list[Segment]]) -> list[Line]:
    result: list[Line] = []
    for column, region in enumerate(regions):
        rows = rows_of(region)
        left = min(cell.x0 for cell in region)
        rights = sorted(row[-1].x1 for row in rows)
        right = rights[int(len(rights) * 0.9)] if len(rights) > 2 else rights[-1]
        result += [line_of(row, left, right, column) for row in rows]
    return result


def _regions(segments: list[Segment], depth: int) -> Iterator[list[Segment]]:
    """Parts of the page that are read one after another, each line by line."""
    if depth < _MOST_COLUMNS_DEEP and len(segments) >= 2 * FEWEST_ROWS:
        gaps = gaps_of(segments)
        for x in gutters_of(segments, gaps):
            bands = _bands(segments, x, gaps)
            if bands is not None:
                for band in bands:
                    yield from _regions(band, depth + 1)
                return
    if segments:
        yield segments


def _parted(segments: Sequence[Segment], x: float) -> Iterator[list[Segment]]:
    """The page cut at a gutter that it has for certain."""
    spanning = {one.order for one in segments if one.x0 < x - 1 and one.x1 > x + 1}
    for is_spanning, band in _runs(list(segments), spanning):
        if is_spanning:
            yield from _regions(band, 1)
        else:
            yield from _regions([one for one in band if one.x1 <= x + 1], 1)
            yield from _regions([one for one in band if one.x1 > x + 1], 1)


def _as_before(segments: Sequence[Segment], before: Columns) -> list[list[Segment]] | None:
    """The page cut at the gutter of the page before; None where its lines do not fit that."""
    x = before.gutter
    spanning = {one.order for one in segments if one.x0 < x - 1 and one.x1 > x + 1}
    left = [one for one in segments if one.order not in spanning and one.x1 <= x + 1]
    right = [one for one in segments if one.order not in spanning and one.x1 > x + 1]
    # With more lines the page would have shown its own gutter if it had one.
    if not left or min(len(rows_of(left)), len(rows_of(right))) not in range(1, _ROWS_OF_PROSE):
        return None
    for side, edge in ((left, before.left), (right, before.right)):
        if not -_SAME_EDGE <= min(one.x0 for one in side) - edge <= _INDENT:
            return None
    result: list[list[Segment]] = []
    for is_spanning, band in _runs(list(segments), spanning):
        if is_spanning:
            result.append(band)
            continue
        for pair in _pairs(_blocks(sorted(band, key=lambda one: one.order), x), x):
            beside = sorted([*pair[0], *pair[1]], key=lambda one: one.order)
            if len(_blocks(beside, x)) > 2:
                return None  # Written row by row, as a table is.
            result += [side for side in pair if side]
    return result


def _bands(segments: list[Segment], x: float, gaps: list[Gap]) -> list[list[Segment]] | None:
    """The page cut into left parts, right parts and what spans them; None if x is no gutter."""
    spanning = _spanning(segments, x, gaps)
    left = [one for one in segments if one.order not in spanning and one.x1 <= x + 1]
    right = [one for one in segments if one.order not in spanning and one.x1 > x + 1]
    narrowest = _NARROWEST * _width(segments)
    if min(len(left), len(right)) < FEWEST_ROWS or min(_width(left), _width(right)) < narrowest:
        return None
    result: list[list[Segment]] = []
    columns = False
    for is_spanning, band in _runs(segments, spanning):
        parts = None if is_spanning else _sides(band, x)
        if parts is None:
            result.append(band)
            continue
        result += [side for pair in parts for side in pair if side]
        columns = columns or any(_stand_side_by_side(*pair) for pair in parts)
    return result if columns else None


def _sides(band: list[Segment], x: float) -> list[tuple[list[Segment], list[Segment]]] | None:
    """Pairs of what is left and right of a gutter, from the top; None for rows of cells."""
    left = [one for one in band if one.x1 <= x + 1]
    right = [one for one in band if one.x1 > x + 1]
    if not left or not right:
        return None
    blocks = _blocks(sorted(band, key=lambda one: one.order), x)
    rows = len(rows_of(left)) + len(rows_of(right))
    if rows >= _ROWS_IN_BLOCK * len(blocks):
        return _pairs(blocks, x)
    return [(left, right)] if _is_prose(left) and _is_prose(right) else None


def _blocks(ordered: list[Segment], x: float) -> list[list[Segment]]:
    """Runs of segments on the same side of the gutter, in the order of the file."""
    blocks: list[list[Segment]] = []
    for one in ordered:
        if blocks and (blocks[-1][-1].x1 <= x + 1) == (one.x1 <= x + 1):
            blocks[-1].append(one)
        else:
            blocks.append([one])
    return blocks


def _pairs(blocks: list[list[Segment]], x: float) -> list[tuple[list[Segment], list[Segment]]]:
    """Blocks that stand beside each other as pairs; one wholly below the others starts anew."""
    groups: list[list[Segment]] = []
    for block in sorted(blocks, key=lambda block: -max(one.y for one in block)):
        bottom = min((one.y for one in groups[-1]), default=0.0) if groups else 0.0
        if groups and max(one.y for one in block) > bottom - 1:
            groups[-1] += block
        else:
            groups.append(list(block))
    return [
        ([one for one in group if one.x1 <= x + 1], [one for one in group if one.x1 > x + 1])
        for group in groups
    ]


def _stand_side_by_side(left: list[Segment], right: list[Segment]) -> bool:
    """Whether each side has lines at the height of the other, enough to be a column."""
    for one, other in ((left, right), (right, left)):
        if not one or not other:
            return False
        top, bottom = max(o.y for o in other) + 2, min(o.y for o in other) - 2
        if len(rows_of([o for o in one if bottom <= o.y <= top])) < FEWEST_ROWS:
            return False
    return True


def _spanning(segments: list[Segment], x: float, gaps: list[Gap]) -> set[int]:
    """Orders of segments that cross the gutter, or stand in a line of words that does."""
    crossing = {one.order for one in segments if one.x0 < x - 1 and one.x1 > x + 1}
    across = [gap for gap in gaps if gap.x0 <= x <= gap.x1]
    widths = sorted(gap.x1 - gap.x0 for gap in across)
    usual = widths[len(widths) // 5] if widths else 0.0
    by_order = {one.order: one for one in segments}
    for gap in across:
        one, other = by_order[gap.left], by_order[gap.right]
        # Neighbours in the file with a narrow gap are words of one line.
        if gap.right == gap.left + 1 and gap.x1 - gap.x0 < 0.5 * usual and one.y == other.y:
            crossing |= {gap.left, gap.right}
    return crossing


def _runs(segments: list[Segment], spanning: set[int]) -> Iterator[tuple[bool, list[Segment]]]:
    """Segments from the top in runs that span the gutter or do not."""
    run: list[Segment] = []
    kind = False
    for one in sorted(segments, key=lambda one: -one.y):
        is_spanning = one.order in spanning
        if run and is_spanning != kind:
            yield kind, run
            run = []
        kind = is_spanning
        run.append(one)
    if run:
        yield kind, run


def _is_prose(side: list[Segment]) -> bool:
    rows = rows_of(side)
    width = _width(side)
    filled = sum(row[-1].x1 - row[0].x0 >= _FILLED * width for row in rows)
    letters = sum(len(one.text) for one in side)
    return len(rows) >= _ROWS_OF_PROSE and filled >= 0.7 * len(rows) and letters >= 18 * len(rows)


def _width(segments: list[Segment]) -> float:
    if not segments:
        return 0.0
    return max(one.x1 for one in segments) - min(one.x0 for one in segments)
