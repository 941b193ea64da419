"""Running heads of PDF pages: what repeats above the first white and below the last one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.readers.pdf.lines import rows_of
from ingest.readers.pdf.pages import ReadPage
from ingest.readers.pdf.segments import Segment
from ingest.readers.plain.running_heads import Edge, running_heads, without_emptied

_EDGE_ROWS = 4
_WHITE = 1.9  # Of the font size: more than the distance of two lines of text.


def page_heads(read: Sequence[ReadPage]) -> list[set[int]]:
    """Orders of the segments of each page that repeat at the edges of others."""
    heads = running_heads([_edges(page.segments) for page in read])
    everything = [{one.order for one in page.segments} for page in read]
    for at, page in enumerate(read):
        # A number stamped on a scan is not what the page says.
        if page.picture and heads[at] >= everything[at]:
            everything[at] = everything[at] | {-1}
    return without_emptied(heads, everything)


def _edges(segments: Sequence[Segment]) -> list[Edge]:
    """The segments in the lines above the first white and below the last white of a page."""
    rows = rows_of(segments)
    near = rows[: _apart(rows)]
    near += [row for row in rows[len(rows) - _apart(rows[::-1]) :] if row not in near]
    return [Edge(one.order, one.text, one.y, one.size) for row in near for one in row]


def _apart(rows: Sequence[Sequence[Segment]]) -> int:
    """How many of the first rows stand apart from the rest; one where they all stand close."""
    for at, (row, following) in enumerate(pairwise(rows[: _EDGE_ROWS + 1]), start=1):
        if abs(row[0].y - following[0].y) > _WHITE * max(row[0].size, following[0].size):
            return at
    return min(1, len(rows))
