"""Open a spreadsheet, unless it unpacks into too much."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from typing import IO, Any

import openpyxl

from ingest.errors import Malformed, TooLarge, UnsafeArchive
from ingest.readers.opened import SourceFile

# What openpyxl and the standard library answer a broken workbook with.
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError,
    SyntaxError,  # of either XML parser
    KeyError, IndexError, ValueError, TypeError, AttributeError, OverflowError,
)  # fmt: skip
_FILE_LIMIT = 300 << 20
_UNPACKED_LIMIT = 1 << 30
_STRINGS_LIMIT = 200 << 20  # All strings of a workbook are held in memory.
_BOMB_SIZE, _BOMB_RATIO = 50 << 20, 200


def check_workbook(file: SourceFile) -> None:
    """Raises TooLarge, UnsafeArchive or Malformed for a ZIP file that is not to be unpacked."""
    file.stream.seek(0, io.SEEK_END)
    if file.stream.tell() > _FILE_LIMIT:
        raise TooLarge(f"larger than the {_FILE_LIMIT >> 20} MB a workbook may have; split it")
    _check_sizes(file.stream)


def _check_sizes(stream: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Malformed(f"broken spreadsheet: {error}") from error
    packed = max(1, sum(member.compress_size for member in members))
    unpacked = sum(member.file_size for member in members)
    if unpacked > _BOMB_SIZE and unpacked > packed * _BOMB_RATIO:
        raise UnsafeArchive(f"unpacks to {unpacked >> 20} MB from {max(1, packed >> 20)} MB")
    if unpacked > _UNPACKED_LIMIT:
        raise TooLarge(f"unpacks to more than {_UNPACKED_LIMIT >> 20} MB; split it")
    strings = sum(m.file_size for m in members if m.filename.endswith("sharedStrings.xml"))
    if strings > _STRINGS_LIMIT:
        raise TooLarge(f"its texts unpack to more than {_STRINGS_LIMIT >> 20} MB; split it")


def open_workbook(stream: IO[bytes], *, formulas: bool = False) -> Any:
    """The workbook, read row by row. formulas: give them instead of the values they had.

    Raises Malformed. Nothing is computed and no link is followed.
    """
    stream.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Of styles and validations, which are not read.
            return openpyxl.load_workbook(
                stream, read_only=True, data_only=not formulas, keep_links=False
            )
    except BROKEN as error:
        raise Malformed(f"broken spreadsheet: {error}") from error
