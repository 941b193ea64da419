"""Passages to a searchable library to hits. Imports nothing of ours but ingest."""

from index.encoder import Encoder, SentenceEncoder
from index.errors import LibraryError
from index.library import Library
from index.plan import ReadSettings
from index.records import Filters, Hit, SearchOptions, SearchResult
from index.reembedding import reembed
from index.update import ingest, remove

__all__ = [
    "Encoder",
    "Filters",
    "Hit",
    "Library",
    "LibraryError",
    "ReadSettings",
    "SearchOptions",
    "SearchResult",
    "SentenceEncoder",
    "ingest",
    "reembed",
    "remove",
]
