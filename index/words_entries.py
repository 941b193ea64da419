"""What the lexical index is told of passages, from the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from index.catalog import Catalog
from index.words_writer import WordsEntry
from ingest.facts import DocumentFacts
from ingest.records import Passage


def words_entry(key: int, document_key: int, facts: DocumentFacts, passage: Passage) -> WordsEntry:
    """What the lexical index is told of a passage."""
    heading = passage.heading or ""
    return WordsEntry(
        key, document_key, facts.label, passage.section, facts.title, heading, passage.text
    )


def words_entries(catalog: Catalog, keys: Sequence[int]) -> list[WordsEntry]:
    """The same, of passages in the catalogue, by their keys. A key that it does not know has none.

    catalog: without a clearance.
    """
    stored = catalog.passages(keys)
    facts = catalog.facts(s.document_key for s in stored.values())
    return [
        words_entry(s.key, s.document_key, facts[s.document_key], s.passage)
        for s in stored.values()
    ]
