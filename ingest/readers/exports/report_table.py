"""Tables that are no export: a laboratory's measurements, as a report of captioned tables."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from ingest.compose import Composer
from ingest.readers.opened import SourceFile
from ingest.readers.plain.report_facts import report_facts
from ingest.records import Document
from ingest.text import one_line

# A longer table is read to its end, as several documents: one text must fit into memory.
PART_CELLS = 200_000
_LOOK_AHEAD = 4
_UNIT_CHARS = 12
_NUMBER = re.compile(
    r"[<>~≈≤≥±]?\s*[-+−]?(?:\d[\d.,\s]*|[.,]\d+)(?:[eE][-+]?\d+)?\s*%?|\d{4}-\d{2}-\d{2}.*|[-–—]|n/?a",
    re.IGNORECASE,
)

Cells = list[str]


def file_identity(file: SourceFile) -> str:
    """Identity of a file's document: 16 hexadecimal digits of the SHA-256 of its bytes."""
    place = file.stream.tell()
    file.stream.seek(0)
    digest = hashlib.sha256()
    while block := file.stream.read(1 << 20):
        digest.update(block)
    file.stream.seek(place)
    return digest.hexdigest()[:16]


class ReportTables:
    r"""Collects a file's tables and gives a document whenever a part is full.

    >>> tables = ReportTables("cells", "0f")
    >>> list(tables.add("cells.csv", iter([["Cell", "Ah"], ["A1", "5.1"]])))
    []
    >>> [document.text for document in tables.finish()]
    ['cells.csv\n| Cell | Ah |\n| --- | --- |\n| A1 | 5.1 |']
    """

    def __init__(self, title: str, identity: str) -> None:
        self._title = title
        self._identity = identity
        self._composer = Composer()
        self._cells = 0
        self._parts = 0
        self._above: list[str] = []  # lines above the first table, which may hold facts

    def add(self, caption: str, rows: Iterator[Cells]) -> Iterator[Document]:
        """Add a table; the documents that became full meanwhile come out."""
        header: Cells = []
        waiting: list[Cells] = []
        started = False
        for row in rows:
            cells = _trimmed(row)
            if cells:
                waiting.append(cells)
            if not started and (len(waiting) >= _LOOK_AHEAD or (not cells and waiting)):
                header = self._start(waiting, header, whole=not cells)
                started = True
            if waiting and started and (not cells or self._held(waiting) >= PART_CELLS):
                yield from self._add_rows(caption, header, waiting)
                waiting = []
            started = started and bool(cells)
        if waiting and not started:
            header = self._start(waiting, header, whole=True)
        yield from self._add_rows(caption, header, waiting)

    def finish(self) -> Iterator[Document]:
        """The last document, if anything is left for one."""
        if self._cells:
            yield self._document()

    def _start(self, rows: list[Cells], before: Cells, *, whole: bool) -> Cells:
        """The header of a block, taken off its rows along with the lines above it.

        whole: whether these are all rows of the block; then it may be nothing but lines.
        """
        if whole and max(map(_count, rows)) == 1:
            above, header = [cell for row in rows for cell in row if cell], before
            rows.clear()
        else:
            above, header = split_head(rows, before)
        for line in above:
            self._composer.paragraph(line)
            self._cells += 1
            if not self._parts and len(self._above) < 50:
                self._above.append(line)
        return header

    def _held(self, rows: Sequence[Cells]) -> int:
        # Counting every time would be quadratic; rows of a table are about as wide as its last.
        return self._cells + len(rows) * len(rows[-1])

    def _add_rows(self, caption: str, header: Cells, rows: list[Cells]) -> Iterator[Document]:
        if rows or header:
            self._composer.table(header, rows, caption)
            self._cells += sum(map(len, rows)) + len(header)
        if self._cells >= PART_CELLS:
            yield self._document()

    def _document(self) -> Document:
        self._parts += 1
        first = self._parts == 1
        part = f"{self._title}, part {self._parts}"
        facts = report_facts(
            self._identity if first else f"{self._identity}-{self._parts}",
            "\n".join(self._above),
            one_line(self._title if first else part),
        )
        document = self._composer.document(facts)
        self._composer, self._cells = Composer(), 0
        return document


def split_head(rows: list[Cells], before: Cells) -> tuple[list[str], Cells]:
    """Take lines above a table and its header off its first rows.

    before: the header of the table above, which holds on where rows of numbers follow a gap.

    >>> rows = [["Run 7"], ["Cell", "Capacity"], ["", "Ah"], ["A1", "5.1"]]
    >>> split_head(rows, []), rows
    ((['Run 7'], ['Cell', 'Capacity Ah']), [['A1', '5.1']])
    """
    above: list[str] = []
    while len(rows) > 1 and _count(rows[0]) == 1 and max(map(_count, rows[1:])) > 1:
        above.append(next(cell for cell in rows.pop(0) if cell))
    while len(rows) > 1 and _count(rows[0]) == 2 and rows[0][0].endswith(":"):
        above.append(" ".join(rows.pop(0)))
    if _count(rows[0]) < 2 or not _is_text(rows[0]):
        return above, before if _count(rows[0]) > 1 and len(rows[0]) <= len(before) else []
    if len(rows) == 1:
        return above, rows.pop(0) if not before else []
    header = rows.pop(0)
    if len(rows) > 1 and _is_unit_row(rows[0]) and not _is_text(rows[1]):
        units = rows.pop(0)
        units += [""] * (len(header) - len(units))
        header += [""] * (len(units) - len(header))
        header = [one_line(f"{name} {unit}") for name, unit in zip(header, units, strict=True)]
    return above, header


def _trimmed(row: Sequence[str]) -> Cells:
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _count(row: Cells) -> int:
    return sum(1 for cell in row if cell)


def _is_text(row: Cells) -> bool:
    return not any(_NUMBER.fullmatch(cell) for cell in row if cell)


def _is_unit_row(row: Cells) -> bool:
    return _is_text(row) and all(len(cell) <= _UNIT_CHARS for cell in row)
