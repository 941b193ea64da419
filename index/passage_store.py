"""Write the rows of a document's passages."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import msgspec

from index.quantity_store import put_quantities
from ingest.records import Passage


def put_passages(
    database: sqlite3.Connection, document_key: int, passages: Sequence[Passage], first_key: int
) -> None:
    """Add the rows of a document's passages and of what they state. Keys count up."""
    rows = [
        (
            first_key + i, document_key, i, p.section, msgspec.json.encode(p.heading_path),
            p.claim, p.paragraph, p.first_page, p.last_page, p.start, p.end, p.language,
            p.ocr_confidence,
        )
        for i, p in enumerate(passages)
    ]  # fmt: skip
    database.executemany(f"INSERT INTO passages VALUES ({','.join('?' * 13)})", rows)
    for i, passage in enumerate(passages):
        put_quantities(database, first_key + i, passage.text)
