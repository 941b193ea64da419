"""Line numbers that US and older European prints set every five lines between two columns.

With the column numbers above they give each paragraph the place by which it is cited, "3:45".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.readers.pdf.fives import Five, Fives, column_of_fives, five_of
from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.segments import Segment
from ingest.readers.plain.paged import ends_sentence
from ingest.records import Document, Paragraph
from ingest.text import one_line

_FEWEST_BESIDE = 3  # Segments on each side.
_LEVEL = 3.0  # Points, for two numbers on one line.
_PITCH = (0.85, 2.0)  # Of the font size, from line to line: cells of a table are closer.
_INDENT = (0.4, 4.0)  # Of the font size, for the first line of a paragraph.
_MOST_CROSSING = 0.1  # Of the segments: a wide table or formula.
_CERTAIN = 0.3  # Of the distance of two lines.


@dataclass(frozen=True)
class Gutter:
    """The line numbers of one page.

    fives: where they stand; orders: of the segments that are numbers; columns: the left and the
    right column's number (their segments are in orders too), None where they are not printed.
    """

    fives: Fives
    orders: frozenset[int]
    columns: tuple[int, int] | None = None

    def place(self, line: Line) -> str | None:
        """Where a line stands, as "3:45"; None where that is not certain."""
        number = (self.fives.zero - line.y) / self.fives.pitch
        if self.columns is None or abs(number - round(number)) > _CERTAIN or round(number) < 1:
            return None
        if line.x1 <= self.fives.x:
            return f"{self.columns[0]}:{round(number)}"
        return f"{self.columns[1]}:{round(number)}" if line.x0 >= self.fives.x else None


def page_gutters(pages: Sequence[Sequence[Segment]]) -> list[Gutter | None]:
    """The gutter of each page. A page with one or two numbers has them where others do."""
    found = [_gutter(segments) for segments in pages]
    known = [gutter for gutter in found if gutter]
    result = []
    for gutter, segments in zip(found, pages, strict=True):
        if gutter is None:
            gutter = next(filter(None, (_alike(segments, other) for other in known[:4])), None)
        result.append(_with_column_numbers(gutter, segments) if gutter else None)
    return result


def numbered_by_line(
    document: Document, gutters: Sequence[Gutter | None], pages: Sequence[Sequence[Line]]
) -> Document:
    """The document, its description's paragraphs with "column:line" where that is certain."""
    places = [
        [(one_line(line.text), gutter.place(line)) for line in lines] if gutter else []
        for gutter, lines in zip(gutters, pages, strict=True)
    ]

    def numbered(paragraph: Paragraph) -> Paragraph:
        page = document.page_at(paragraph.start)
        if paragraph.number or not page:
            return paragraph
        first = document.text[paragraph.start : paragraph.end].split("\n")[0]
        found = [at for text, at in places[page - 1] if _is_line(text, one_line(first))]
        return replace(paragraph, number=found[0]) if len(found) == 1 else paragraph

    sections = tuple(
        replace(section, paragraphs=tuple(map(numbered, section.paragraphs)))
        if section.kind == "description"
        else section
        for section in document.sections
    )
    return replace(document, sections=sections)


def with_paragraphs(lines: Sequence[Line]) -> list[Line]:
    """The lines of such a page, a blank one above each that is indented behind a sentence."""
    result = list(lines[:1])
    for before, line in pairwise(lines):
        indent = (line.x0 - line.left) / line.size
        begins = _INDENT[0] <= indent <= _INDENT[1] and ends_sentence(before.text)
        result.append(replace(line, text=f"\n{line.text}") if begins else line)
    return result


def _is_line(printed: str, first: str) -> bool:
    """Whether a paragraph's first line is a printed one, whose last word may go on below it."""
    if printed.endswith("-"):
        return first.startswith(printed[:-1])
    return first == printed


def _numbers(segments: Sequence[Segment]) -> list[Five]:
    found = (five_of(one.text, one.x0, one.x1, one.y, one.order) for one in segments)
    return [one for one in found if one]


def _gutter(segments: Sequence[Segment]) -> Gutter | None:
    fives = column_of_fives(_numbers(segments))
    if fives is None or not _parts_columns(segments, fives):
        return None
    return Gutter(fives, fives.keys)


def _parts_columns(segments: Sequence[Segment], fives: Fives) -> bool:
    """Whether the numbers count the lines of text on both their sides."""
    text = [one for one in segments if one.order not in fives.keys and one.y < fives.zero]
    sizes = sorted(one.size for one in text)
    if not sizes or not _PITCH[0] <= fives.pitch / sizes[len(sizes) // 2] <= _PITCH[1]:
        return False
    left = sum(one.x1 <= fives.x for one in text)
    right = sum(one.x0 >= fives.x for one in text)
    crossing = len(text) - left - right
    return min(left, right) >= _FEWEST_BESIDE and crossing <= _MOST_CROSSING * len(text)


def _alike(segments: Sequence[Segment], other: Gutter) -> Gutter | None:
    """The numbers that stand where another page has the same ones."""
    orders = frozenset(one.key for one in _numbers(segments) if other.fives.fits(one))
    return Gutter(other.fives, orders) if orders else None


def _with_column_numbers(gutter: Gutter, segments: Sequence[Segment]) -> Gutter:
    """With two numbers on one line above the text, one over each column, the second one more."""
    above = [
        one
        for one in segments
        if one.y > gutter.fives.zero - 0.5 * gutter.fives.pitch
        and re.fullmatch(r"\d{1,3}", one.text)
    ]
    left = [one for one in above if one.x1 < gutter.fives.x]
    right = [one for one in above if one.x0 > gutter.fives.x]
    if len(left) != 1 or len(right) != 1 or abs(left[0].y - right[0].y) > _LEVEL:
        return gutter
    columns = int(left[0].text), int(right[0].text)
    if columns[0] % 2 == 0 or columns[1] != columns[0] + 1:
        return gutter
    orders = gutter.orders | {left[0].order, right[0].order}
    return replace(gutter, orders=orders, columns=columns)
