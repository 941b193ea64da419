"""Writes a table as CSV: UTF-8 with a byte order mark, which Excel needs to read it as UTF-8."""

from __future__ import annotations

import csv
import io

from assistant.exports.tables import Table, Toned, Value, neutral


def csv_bytes(table: Table) -> bytes:
    """The file. Cells that might be calculated get an apostrophe; numbers stay numbers."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(table.head)
    writer.writerows([[_field(value) for value in row] for row in table.rows])
    return buffer.getvalue().encode("utf-8-sig")


def _field(value: Value | Toned) -> int | float | str:
    if value is None:
        return ""
    text = value.text if isinstance(value, Toned) else value
    return neutral(text) if isinstance(text, str) else text
