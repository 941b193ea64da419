"""The documents of a table's rows, each checked against its header."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.errors import NoText
from ingest.readers.exports.bigquery import is_bigquery
from ingest.readers.exports.columns import Columns, column_key
from ingest.readers.exports.entry import Entry, entry_document
from ingest.readers.exports.json import joined_cell, with_nested
from ingest.readers.exports.row_shift import check_places, check_width
from ingest.readers.exports.rows import row_entry
from ingest.readers.exports.seen import SeenRecords
from ingest.records import Document
from ingest.text import one_line


@dataclass
class RowReader:
    """Makes the documents of one table's rows; of each it keeps no more than a digest."""

    columns: Columns
    seen: SeenRecords = field(default_factory=SeenRecords)

    def document(self, cells: Sequence[str]) -> tuple[Document, str]:
        """The document of a row and the SHA-256 of what the row says.

        Raises Malformed where its columns are shifted, NoText without any text, DuplicateId.
        """
        check_width(cells, self.columns.names)
        digest = self._digest(cells)
        values = self._values(cells)
        check_places(values)
        entry = self._entry(cells, values)
        document = entry_document(entry, entry.identity or digest[:16])
        if document is None:
            raise NoText("the row has no title, abstract, claims or description")
        own = next((cell for cell in values.get("id", ()) if cell.strip()), "")
        self.seen.note(entry.identity or entry.number or one_line(own))
        return document, digest

    def _values(self, cells: Sequence[str]) -> dict[str, list[str]]:
        return {
            name: [cells[place] for place in places if place < len(cells)]
            for name, places in self.columns.places.items()
        }

    def _entry(self, cells: Sequence[str], values: Mapping[str, Sequence[str]]) -> Entry:
        """The record; cells of JSON text are what a nested table becomes in a flat file."""
        decoded = [_decoded(cell) for cell in cells] if self.columns.kind == "patents" else []
        if all(isinstance(cell, str) for cell in decoded):
            return row_entry(values, self.columns)
        joined = {
            name: [joined_cell(decoded[place], name) for place in places if place < len(cells)]
            for name, places in self.columns.places.items()
        }
        entry = row_entry(joined, self.columns)
        record = dict(zip(self.columns.names, decoded, strict=False))
        return with_nested(entry, record) if is_bigquery(record) else entry

    def _digest(self, cells: Sequence[str]) -> str:
        """Of the filled cells and their names; an export's own row count is left out."""
        counted = self.columns.places.get("row number", ())
        filled = [
            f"{column_key(name)}\x1f{cell.strip()}"
            for place, (name, cell) in enumerate(zip(self.columns.names, cells, strict=False))
            if cell.strip() and place not in counted
        ]
        return hashlib.sha256("\x1e".join(filled).encode("utf-8", "replace")).hexdigest()


def _decoded(cell: str) -> Any:
    """The value of a cell that is a JSON list of texts or objects, or an object; else the cell."""
    text = cell.strip()
    if (text[:1], text[-1:]) not in (("[", "]"), ("{", "}")):
        return cell
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return cell
    held = value if isinstance(value, list) else [value]
    return value if all(isinstance(one, str | dict) for one in held) else cell
