"""The rows of a CSV file: its encoding, what parts its cells, and rows that run on too far.

Streams. Rows are what Python's csv module makes of them; a quotation mark that is never closed
costs the row that it stands in and not the rows that it would swallow.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import IO

from charset_normalizer import from_bytes

from ingest.errors import IngestError, Malformed, TooLarge, WrongSuffix
from ingest.readers.exports.columns import recognise
from ingest.readers.plain.text_encoding import certain_encoding

CELL_LIMIT = 8 << 20  # characters
HEAD_ROWS = 30
UNCLOSED = "a quotation mark in this row is never closed"
_ROW_LIMIT = 20 << 20  # characters
_SAMPLE = 1 << 18
_BLOCK = 1 << 20
_SEPARATORS = ("\t", ";", ",", "|")
# Excel's in Western Europe, Korea, Japan, China and Taiwan; others are not told apart by a table.
_CODE_PAGES = ["cp949", "cp932", "gb18030", "big5", "cp1252"]
_CONTROL_SHARE = 0.02

# A description is longer than the csv module's own limit, which would cost the whole file.
csv.field_size_limit(2 * _ROW_LIMIT)

Row = tuple[int, list[str] | IngestError]


def encoding_of(stream: IO[bytes]) -> str:
    """The encoding of a text, read to its end. Raises WrongSuffix for binaries."""
    stream.seek(0)
    head = stream.read(_SAMPLE)
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return encoding
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros.count(0) > len(zeros) * 0.5:
            return encoding
    controls = sum(1 for byte in head if byte < 32 and byte not in b"\0\t\n\r\f\x1a\x1b")
    if controls + head.count(0) > len(head) * _CONTROL_SHARE:
        raise WrongSuffix("the content is binary, whatever the suffix says")
    return "utf-8" if (odd := _not_utf8(stream)) is None else _code_page(odd)


def _not_utf8(stream: IO[bytes]) -> bytes | None:
    """None if all of it is UTF-8 but for a few broken characters, else lines that are not."""
    stream.seek(0)
    whole = broken = 0
    lines = bytearray()
    rest = b""
    while block := stream.read(_BLOCK):
        *full, rest = (rest + block).split(b"\n") if len(rest) < _BLOCK else [rest + block, b""]
        odd = [line for line in full if not line.isascii()]
        for line in odd:
            text = line.decode("utf-8", "replace")
            bad = text.count("\ufffd")
            broken += bad
            whole += sum(1 for sign in text if sign > "\x7f") - bad
            if bad and len(lines) < _SAMPLE:
                lines += line + b"\n"
    if rest and "\ufffd" in (text := rest.decode("utf-8", "replace")):
        broken += text.count("\ufffd")
        lines += rest
    return None if broken * 10 <= whole else bytes(lines)


def _code_page(odd: bytes) -> str:
    """The code page of lines that hold more than ASCII."""
    certain = certain_encoding(odd)
    if certain is not None:
        return certain
    best = from_bytes(odd, cp_isolation=_CODE_PAGES, threshold=0.5).best()
    return best.encoding if best else "cp1252"


def separator_of(sample: str) -> str:
    r"""What parts the cells: what makes a known header, else what cuts most rows alike.

    >>> separator_of("Sample;Capacity\nA;1,5\nB;2,5\n"), separator_of("_id,text\n7,a;b\n")
    (';', ',')
    """
    first = sample.split("\n", 1)[0].strip().lower().strip('"')
    if first.startswith("sep=") and len(first) == 5:
        return first[-1]
    fits = {separator: _fit(sample, separator) for separator in _SEPARATORS}
    return max(_SEPARATORS, key=fits.__getitem__) if max(fits.values()) > (0, 0.0) else ","


def _fit(sample: str, separator: str) -> tuple[int, float]:
    rows: list[list[str]] = []
    with suppress(csv.Error):  # The rows before the broken one tell enough.
        rows.extend(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), 200))
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    known = [c for row in filled[:HEAD_ROWS] if (c := recognise(row))]
    if known:
        return max(len(columns.places) for columns in known), 0.0
    widths = Counter(len(row) for row in filled)
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    return 0, count / max(1, len(filled)) if width > 1 else 0.0


class CsvRows:
    """The rows of an open CSV file, from its beginning; use it once.

    Yields (line number, cells) or (line number, error) for a row that cannot be read.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._encoding = encoding_of(stream)
        self._stream = stream
        self._text = self._opened()
        self.separator = separator_of(self._text.read(_SAMPLE))
        self._reopen()
        self._again: list[str] = []  # lines to be read once more, the next one last
        self._line = 0  # number of the last line read
        self._row: list[str] = []  # the lines of the present row
        self._size = 0
        self._unclosed = False

    def __iter__(self) -> Iterator[Row]:
        reader = csv.reader(_Lines(self), delimiter=self.separator)
        try:
            while True:
                self._row, self._size, self._unclosed = [], 0, False
                first = self._line + 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except _RowTooLong:
                    problem = self._skip_row(first)
                    self._row = []
                    yield first, problem
                    continue
                except csv.Error as error:
                    self._row = []
                    yield first, Malformed(str(error))
                    continue
                if self._unclosed and len(self._row) > 1:
                    self.reread()
                    yield first, Malformed(UNCLOSED)
                elif any(len(cell) > CELL_LIMIT for cell in cells):
                    yield (
                        first,
                        TooLarge(f"a cell of more than {CELL_LIMIT >> 20} million characters"),
                    )
                elif not (
                    first == 1 and len(cells) <= 2 and cells[:1] == [f"sep={self.separator}"]
                ):
                    yield first, cells
        finally:
            self._text.detach()

    def reread(self, width: int = 0) -> bool:
        """Whether the present row took in others by an unclosed mark; they are then read again.

        width: cells of a row; it took in others if one of its lines is such a row by itself.
        """
        if len(self._row) < 2 or (not self._unclosed and self._is_whole(width)):
            return False
        self._again += reversed(self._row[1:])
        self._line -= len(self._row) - 1
        self._row = self._row[:1]
        return True

    def next_line(self) -> str:
        """The next line, for the csv module, which asks for more where a mark is open."""
        line = self._again.pop() if self._again else self._text.readline(_ROW_LIMIT)
        if not line:
            self._unclosed = bool(self._row)
            raise StopIteration
        self._line += 1
        self._size += len(line)
        self._row.append(line)
        if self._size >= _ROW_LIMIT:
            while not line.endswith(("\n", "\r")) and (line := self._text.readline(_BLOCK)):
                pass
            raise _RowTooLong
        return line

    def _skip_row(self, first: int) -> IngestError:
        """Go to the end of a row that is too long, or behind its first line if it has none."""
        closed = sum(line.count('"') for line in self._row) % 2 == 0
        while not closed and (line := self._text.readline(_ROW_LIMIT)):
            self._line += line.endswith(("\n", "\r"))
            closed = line.count('"') % 2 == 1
        if closed or len(self._row) < 2:
            return TooLarge(f"a row of more than {_ROW_LIMIT >> 20} million characters")
        self._reopen()
        for _ in range(first):
            self._text.readline()
        self._line = first
        return Malformed(UNCLOSED)

    def _is_whole(self, width: int) -> bool:
        try:
            list(csv.reader(self._row, delimiter=self.separator, strict=True))
        except csv.Error:
            lines = csv.reader(self._row[1:], delimiter=self.separator)
            return width > 0 and all(len(cells) != width for cells in lines)
        return True

    def _opened(self) -> io.TextIOWrapper:
        self._stream.seek(0)
        return io.TextIOWrapper(self._stream, self._encoding, "replace", newline="")  # type: ignore[type-var]

    def _reopen(self) -> None:
        self._text.detach()
        self._text = self._opened()


class _RowTooLong(Exception):
    """A row has more characters than any may have."""


class _Lines:
    """The lines of a file, as the csv module wants them."""

    def __init__(self, rows: CsvRows) -> None:
        self._rows = rows

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        return self._rows.next_line()
