"""A picture as a file: SVG, PNG, or the table behind it as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import BadInput
from assistant.exports.csv_file import csv_bytes
from assistant.exports.files import write_whole
from assistant.exports.tables import Table
from assistant.exports.xlsx_file import xlsx_bytes
from assistant.pictures.records import Picture, Value

SUFFIXES = (".png", ".svg", ".csv", ".xlsx")
_NARROWEST, _WIDEST = 8, 60  # characters of a column


def write_picture(picture: Picture, path: str | Path, theme: str = "light") -> Path:
    """Write a picture; the path's suffix is one of SUFFIXES. theme: of PNG and SVG.

    Raises BadInput for another suffix, NotWritten where the file cannot be written whole.
    """
    return write_whole(path, render_picture(picture, suffix_of(path), theme))


def render_picture(picture: Picture, suffix: str, theme: str = "light") -> bytes:
    """The file in memory, for a zip or a download. suffix: one of SUFFIXES."""
    suffix = suffix_of(f"picture{suffix}")
    if suffix == ".csv":
        return csv_of(picture)
    if suffix == ".xlsx":
        tables = (_table("Table", picture.columns, picture.rows), _documents(picture))
        return xlsx_bytes(tables, picture.title, picture.title, datetime.now(UTC))
    return picture.svg(theme).encode() if suffix == ".svg" else picture.png(theme)


def csv_of(picture: Picture) -> bytes:
    """The table as CSV; cells that begin like formulas get an apostrophe, numbers stay numbers."""
    return csv_bytes(_table("Table", picture.columns, picture.rows))


def suffix_of(path: str | Path) -> str:
    """What a file's name says that it is to be, in lower case. Raises BadInput."""
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInput(f"{path}: name the picture with one of {', '.join(SUFFIXES)}")
    return suffix


def _table(name: str, columns: tuple[str, ...], rows: Sequence[tuple[Value, ...]]) -> Table:
    widths = [
        max(_NARROWEST, *(len(str(value)) for value in (head, *(row[at] for row in rows[:200]))))
        for at, head in enumerate(columns)
    ]
    return Table(name, columns, tuple(min(_WIDEST, width + 2) for width in widths), tuple(rows))


def _documents(picture: Picture) -> Table:
    """What each mark stands for, a row for each document: a cell cannot hold thousands of ids."""
    rows = [(mark.label, name) for mark in picture.drawn for name in mark.documents]
    return _table("Documents", ("mark", "document id"), rows)
