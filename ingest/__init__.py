"""Files to documents to passages. Imports nothing of ours but itself."""

from ingest.errors import IngestError, Rejection
from ingest.facts import DocumentFacts
from ingest.isolate import ReaderProcess, ReadLimits
from ingest.passages import PassageSettings, split_passages
from ingest.records import Document, Passage

__all__ = [
    "Document",
    "DocumentFacts",
    "IngestError",
    "Passage",
    "PassageSettings",
    "ReadLimits",
    "ReaderProcess",
    "Rejection",
    "split_passages",
]
