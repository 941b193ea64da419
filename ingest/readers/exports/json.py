"""A JSON object as a record: the BEIR layout, an API's own shape, or columns by their names."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from ingest.readers.exports.bigquery import bigquery_entry, is_bigquery
from ingest.readers.exports.columns import Columns, recognise
from ingest.readers.exports.entry import Entry
from ingest.readers.exports.lens import is_lens, lens_entry
from ingest.readers.exports.rows import row_entry
from ingest.readers.exports.values import texts

# Lens.org parts names so; no name has it inside.
_JOINT = ";;"
_JOINED_BY_LINES = frozenset({"claims", "description", "abstract", "text", "title"})


def is_beir(record: dict[str, Any]) -> bool:
    """Whether a record is of the BEIR layout (https://github.com/beir-cellar/beir)."""
    return "_id" in record or "text" in record


def object_entry(record: dict[str, Any]) -> Entry | None:
    """The record of an object that is not of the BEIR layout; None where nobody knows its keys.

    >>> object_entry({"publicationNumber": "US10123456B2", "title": "Cell"}).number
    'US10123456B2'
    >>> object_entry({"temperature": 25})
    """
    if is_lens(record):
        return lens_entry(record)
    flat = _flat(record)
    columns = recognise(list(flat))
    row = None if columns is None else _entry(flat, columns)
    return with_nested(row or Entry(), record) if is_bigquery(record) else row


def with_nested(row: Entry, record: dict[str, Any]) -> Entry:
    """A row's record with what BigQuery's nested columns say better; queries rename the others."""
    nested = bigquery_entry(record)
    found = {field.name: getattr(nested, field.name) for field in fields(nested)}
    return replace(row, **{name: value for name, value in found.items() if value})


def beir_entry(record: dict[str, Any]) -> Entry:
    """The facts of a BEIR record, whose keys and whose metadata's are columns' names.

    >>> beir_entry({"_id": "7", "metadata": {"Jurisdiction": "EP", "IPC": "H01M4/36"}}).ipc
    ('H01M4/36',)
    """
    flat = {"_id": None, "text": None, **_flat(record)}
    columns = recognise(list(flat))
    assert columns is not None  # "_id" and "text" alone make a table of records.
    return _entry(flat, columns)


def _entry(flat: dict[str, Any], columns: Columns) -> Entry:
    values = list(flat.values())
    joined = {
        field: [joined_cell(values[place], field) for place in places]
        for field, places in columns.places.items()
    }
    return row_entry(joined, columns)


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """The object's keys, and those of objects in it where they are not there already."""
    inner = {
        key: value
        for nested in record.values()
        if isinstance(nested, dict)
        for key, value in nested.items()
    }
    return {**inner, **record}


def joined_cell(value: Any, field: str) -> str:
    """A value as an export's cell would hold it."""
    found = texts(value)
    return ("\n" if field in _JOINED_BY_LINES or len(found) == 1 else _JOINT).join(found)
