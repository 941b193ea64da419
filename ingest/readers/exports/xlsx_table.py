"""Spreadsheets (XLSX): an export's rows become documents, all other sheets one report.

Cells are read as Excel last computed them; formulas are never evaluated. Hidden sheets are read.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import PurePath
from typing import IO, Any

from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import from_excel

from ingest.errors import IngestError, Malformed, NoText, Rejection, TooLarge
from ingest.isolate import Reply
from ingest.readers.exports.columns import Columns, recognise
from ingest.readers.exports.csv_text import CELL_LIMIT, HEAD_ROWS
from ingest.readers.exports.report_table import ReportTables, file_identity
from ingest.readers.exports.row_reader import RowReader
from ingest.readers.exports.values import cell_text
from ingest.readers.exports.xlsx_open import BROKEN, check_workbook, open_workbook
from ingest.readers.opened import Sample, SourceFile

_DATE_FIELDS = (
    "publication date", "filing date", "grant date", "priority dates", "earliest priority",
)  # fmt: skip
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_LINK = re.compile(r'=\s*HYPERLINK\(\s*"[^"]*"\s*[,;]\s*"((?:[^"]|"")*)"\s*\)', re.IGNORECASE)
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_MOST_MERGES = 100_000

NumberedRow = tuple[int, list[str]]


def is_xlsx(sample: Sample) -> bool:
    """Whether a file is a spreadsheet."""
    return "xl/workbook.xml" in sample.members


def read_xlsx(file: SourceFile) -> Iterator[Reply]:
    """A document for each row of an export's sheet, and one of the tables of all other sheets."""
    check_workbook(file)
    stream = file.stream
    tables = ReportTables(PurePath(file.name).stem, file_identity(file))
    book = open_workbook(stream)
    links = open_workbook(stream, formulas=True) if _has_links(stream) else None
    any_reply = False
    for sheet in book.worksheets:
        rows = _rows(sheet, links[sheet.title] if links else None, _merged(stream, sheet))
        for reply in _sheet(sheet.title, rows, book.epoch, tables):
            any_reply = True
            yield reply
    for document in tables.finish():
        any_reply = True
        yield Reply(document)
    if not any_reply:
        raise NoText("the workbook has no filled cell")


def _sheet(
    name: str, rows: Iterator[NumberedRow], epoch: Any, tables: ReportTables
) -> Iterator[Reply]:
    head = list(islice((row for row in rows if any(row[1])), HEAD_ROWS))
    for place, (_, cells) in enumerate(head):
        columns = recognise(cells)
        if columns is not None:
            yield from _documents(name, columns, epoch, chain(head[place + 1 :], rows))
            return
    short = ((number, cells) for number, cells in chain(head, rows))
    refused: list[Reply] = []

    def good_rows() -> Iterator[list[str]]:
        for number, cells in short:
            if any(len(cell) > CELL_LIMIT for cell in cells):
                refused.append(_rejected(name, number, _too_large()))
            else:
                yield cells

    for document in tables.add(name, good_rows()):
        yield Reply(document)
    yield from refused


def _documents(
    name: str, columns: Columns, epoch: Any, rows: Iterator[NumberedRow]
) -> Iterator[Reply]:
    reader = RowReader(columns)
    dates = [p for field in _DATE_FIELDS for p in columns.places.get(field, ())]
    width = len(columns.names)
    for number, cells in rows:
        if not any(cells) or cells == list(columns.names):
            continue
        # Excel keeps no empty cells at the end of a row.
        cells = cells + [""] * (width - len(cells))
        try:
            if any(len(cell) > CELL_LIMIT for cell in cells):
                raise _too_large()
            for place in dates:
                cells[place] = _from_serial(cells[place], epoch)
            document, digest = reader.document(cells)
            yield Reply(document, content_hash=digest)
        except IngestError as error:
            yield _rejected(name, number, error)


def _too_large() -> TooLarge:
    return TooLarge(f"a cell of more than {CELL_LIMIT >> 20} million characters")


def _rejected(name: str, number: int, error: IngestError) -> Reply:
    source = f"#sheet {name} row {number}"
    return Reply(rejection=Rejection(source, type(error).__name__, str(error)))


def _from_serial(cell: str, epoch: Any) -> str:
    """A date that Excel stores as a number of days, where its format does not say so."""
    return cell_text(from_excel(float(cell), epoch)) if _SERIAL.fullmatch(cell) else cell


def _rows(
    sheet: Any, links: Any, merged: dict[tuple[int, int], tuple[int, int]]
) -> Iterator[NumberedRow]:
    """The sheet's rows as texts; an area merged downwards has its text in each of its rows.

    Raises Malformed where the sheet's XML breaks.
    """
    above: dict[tuple[int, int], str] = {}
    starts = set(merged.values())
    sheet.reset_dimensions()
    linked = iter(links.iter_rows(values_only=True)) if links is not None else None
    for number, row in enumerate(_each(sheet.iter_rows()), start=1):
        shown = next(linked, ()) if linked is not None else ()
        cells = [_text(cell) for cell in row]
        for place, formula in enumerate(shown[: len(cells)]):
            if isinstance(formula, str) and (match := _LINK.match(formula)):
                cells[place] = match[1].replace('""', '"')
        if merged:
            cells += [""] * (max((c for r, c in merged if r == number), default=0) - len(cells))
            for place in range(len(cells)):
                here = (number, place + 1)
                if here in starts:
                    above[here] = cells[place]
                elif here in merged:
                    cells[place] = above.get(merged[here], "")
        while cells and not cells[-1]:
            cells.pop()
        yield number, cells


def _each(rows: Iterator[Any]) -> Iterator[Any]:
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Of dates beyond what Excel can show.
                row = next(rows)
        except StopIteration:
            return
        except BROKEN as error:
            raise Malformed(f"broken spreadsheet: {error}") from error
        yield row


def _text(cell: Any) -> str:
    value = cell.value
    number = isinstance(value, float | int) and not isinstance(value, bool)
    if number and "%" in (cell.number_format or ""):
        return f"{value * 100:.12g}%"
    return cell_text(value).strip()


def _has_links(stream: IO[bytes]) -> bool:
    """Whether any sheet links by a formula, whose text may be all that its cell has."""
    return any(b"HYPERLINK(" in block for block in _sheet_blocks(stream, ""))


def _merged(stream: IO[bytes], sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Cells below the first of an area merged downwards, and that first one: (row, column)."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for block in _sheet_blocks(stream, sheet._worksheet_path):
        for match in _MERGE.finditer(block):
            left, top, _, bottom = range_boundaries(match[1].decode())
            for row in range(top + 1, bottom + 1):
                if len(found) >= _MOST_MERGES:
                    return found
                found[(row, left)] = (top, left)
    return found


def _sheet_blocks(stream: IO[bytes], path: str) -> Iterator[bytes]:
    """The XML of one sheet, or of all for "", in blocks that overlap a little."""
    try:
        with zipfile.ZipFile(stream) as archive:
            for name in archive.namelist():
                if name == path.lstrip("/") or (not path and name.startswith("xl/worksheets/")):
                    with archive.open(name) as member:
                        last = b""
                        while block := member.read(1 << 20):
                            yield last + block
                            last = block[-80:]
    except BROKEN as error:
        raise Malformed(f"broken spreadsheet: {error}") from error
