"""Citations between documents of a library, in both directions.

A citation names a publication; it meets the documents with that number, kind codes aside, as
numbers meet everywhere (`ingest.numbers.number_key`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec

from index.errors import OtherRules
from ingest.facts import Reference
from ingest.numbers import number_key

# Grows when citations are kept otherwise: the next writer then makes the table again.
CITATION_RULES = 1
_STATE = "citations"
_BATCH = 10_000


@dataclass(frozen=True)
class _Citing:
    """Of a document's stored parts only what it cites; the rest of the JSON is passed over."""

    references: tuple[Reference, ...] = ()


_CITING = msgspec.json.Decoder(_Citing)


@dataclass(frozen=True)
class CitationLink:
    """One document of the library cites another. Both by id."""

    citing: str
    cited: str


def put_citations(database: sqlite3.Connection, key: int, references: Iterable[Reference]) -> None:
    """Store what a document cites by number. key: the document's."""
    numbers = dict.fromkeys(r.number for r in references if r.number)
    rows = dict.fromkeys((key, number_key(number)) for number in numbers)
    database.executemany("INSERT OR IGNORE INTO citations VALUES (?, ?)", rows)


def fill_citations(database: sqlite3.Connection) -> None:
    """Store the citations of a library that an older release made; nothing where that is done.

    All in one transaction, so that a kill leaves the library as it was.
    """
    if _rules(database) == CITATION_RULES:
        return
    database.execute("BEGIN IMMEDIATE")
    try:
        database.execute("DELETE FROM citations")
        rows = database.execute("SELECT key, parts FROM documents ORDER BY key")
        for key, parts in rows:
            put_citations(database, key, _CITING.decode(parts).references)
        database.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", [_STATE, CITATION_RULES])
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def citation_links(database: sqlite3.Connection, ids: Sequence[str]) -> tuple[CitationLink, ...]:
    """All citations that one of these documents makes or receives inside the library, in order.

    Publications of one number, such as an application and its grant of the EPO, do not count as
    citing each other. Raises OtherRules for a library that no release with citations has written
    to yet.
    """
    if _rules(database) != CITATION_RULES:
        raise OtherRules(
            "the index was made by a release that kept no citations; run `prior-art ingest` once "
            "more with any path that is in it, which adds them"
        )
    found: set[tuple[str, str]] = set()
    for batch in _batches(ids):
        marks = ",".join("?" * len(batch))
        for end in ("citing", "cited"):
            query = (
                "SELECT citing.id, cited.id FROM documents citing"
                " JOIN citations c ON c.document_key = citing.key"
                " JOIN documents cited ON cited.number_key = c.number_key"
                f" WHERE {end}.id IN ({marks}) AND citing.number_key IS NOT cited.number_key"
            )
            found.update(database.execute(query, batch))
    return tuple(CitationLink(*pair) for pair in sorted(found))


def _rules(database: sqlite3.Connection) -> int:
    row = database.execute("SELECT value FROM state WHERE name = ?", [_STATE]).fetchone()
    return int(row[0]) if row else 0


def _batches(values: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _BATCH):
        yield list(values[start : start + _BATCH])
