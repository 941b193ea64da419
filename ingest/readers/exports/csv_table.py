"""CSV and TSV: a search service's export gives a document for each row, other tables a report."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import PurePath

from ingest.errors import EmptyFile, IngestError, Malformed, NoText, Rejection
from ingest.isolate import Reply
from ingest.readers.exports.columns import Columns, recognise
from ingest.readers.exports.csv_text import HEAD_ROWS, UNCLOSED, CsvRows, Row
from ingest.readers.exports.report_table import ReportTables, file_identity
from ingest.readers.exports.row_reader import RowReader
from ingest.readers.opened import Sample, SourceFile

_SUFFIXES = (".csv", ".tsv", ".tab")


def is_csv(sample: Sample) -> bool:
    """Whether a file is meant to be a table in text; some services call such a one .xls."""
    text = sample.head[:4] not in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    named_excel = sample.suffix == ".xls" and not sample.head.lstrip().startswith(b"<")
    return text and (sample.suffix in _SUFFIXES or (named_excel and b"\t" in sample.head))


def read_csv(file: SourceFile) -> Iterator[Reply]:
    """A document for each row of an export; one for another table, in parts if it is long."""
    rows = CsvRows(file.stream)
    stream = iter(rows)
    head: list[Row] = []
    # No row is read ahead of its turn, so that a row can still give back what it took in.
    for row in stream:
        columns = recognise(row[1]) if isinstance(row[1], list) else None
        if columns is not None:
            any_row = False
            for reply in _documents(file, columns, rows, stream):
                any_row = True
                yield reply
            if not any_row:
                raise NoText("the table has a header and no rows")
            return
        head += [row] if _filled(row[1]) or head else []
        if len(head) == HEAD_ROWS:
            break
    if not head:
        raise EmptyFile("the table has no filled cell")
    yield from _report(file, chain(head, stream))


def _filled(cells: list[str] | IngestError) -> bool:
    return isinstance(cells, IngestError) or any(cell.strip() for cell in cells)


def _documents(
    file: SourceFile, columns: Columns, rows: CsvRows, stream: Iterator[Row]
) -> Iterator[Reply]:
    reader = RowReader(columns)
    for line, cells in stream:
        if not _filled(cells) or cells == list(columns.names):
            continue
        try:
            if isinstance(cells, IngestError):
                raise cells
            if rows.reread(len(columns.names)):
                raise Malformed(UNCLOSED)
            document, digest = reader.document(cells)
            yield Reply(document, content_hash=digest, position=file.stream.tell())
        except IngestError as error:
            shifted = isinstance(error, Malformed) and rows.reread()
            message = UNCLOSED if shifted else str(error)
            rejection = Rejection(f"#line {line}", type(error).__name__, message)
            yield Reply(rejection=rejection, position=file.stream.tell())


def _report(file: SourceFile, stream: Iterator[Row]) -> Iterator[Reply]:
    identity = file_identity(file)
    tables = ReportTables(PurePath(file.name).stem, identity)
    rejections: list[Reply] = []

    def good_rows() -> Iterator[list[str]]:
        for line, cells in stream:
            if isinstance(cells, IngestError):
                rejection = Rejection(f"#line {line}", type(cells).__name__, str(cells))
                rejections.append(Reply(rejection=rejection))
            else:
                yield cells

    for document in chain(tables.add(file.name, good_rows()), tables.finish()):
        yield Reply(document, position=file.stream.tell())
    yield from rejections
