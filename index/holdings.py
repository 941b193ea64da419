"""What a library holds, looked up and listed: no ranking, no model."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable
from pathlib import Path

from index.catalog import Catalog
from index.citations import CitationLink, citation_links
from index.clearance import EVERYTHING, Clearance
from index.errors import UnknownDocument
from index.filters import scope
from index.group import family_of
from index.one_state import reading
from index.records import Filters
from ingest.errors import Rejection
from ingest.facts import DocumentFacts
from ingest.records import Document


class Holdings:
    """Documents and passages in a folder, as far as a clearance lets them exist.

    Safe to use from several threads.
    """

    def __init__(
        self,
        folder: Path,
        clearance: Clearance = EVERYTHING,
        lock: threading.RLock | None = None,
    ) -> None:
        """lock: of all that share what is not for several threads; None for a new one."""
        self.folder = folder
        self.clearance = clearance
        self._lock = lock or threading.RLock()
        self._catalog = Catalog(folder, clearance)

    def close(self) -> None:
        """Give the files back."""
        with self._lock:
            self._catalog.close()

    def documents(self) -> list[DocumentFacts]:
        """All documents, by kind and number."""
        with self._reading():
            return self._catalog.documents()

    def document(self, number_or_id: str) -> Document:
        """One document whole. Raises UnknownDocument."""
        with self._reading():
            return self._catalog.document(self._catalog.find(number_or_id))

    def document_and_spans(self, number_or_id: str) -> tuple[Document, list[tuple[str, int, int]]]:
        """One document whole, with id, start and end of each of its passages, in reading order.

        Both of one state of the library. Raises UnknownDocument.
        """
        with self._reading():
            key = self._catalog.find(number_or_id)
            return self._catalog.document(key), self._catalog.spans(key)

    def family(self, number_or_id: str) -> tuple[str, ...]:
        """Ids of a document and its family, itself first. Raises UnknownDocument."""
        with self._reading():
            return family_of(self._catalog, self._catalog.find(number_or_id))

    def span(self, passage_id: str) -> tuple[int, int] | None:
        """Where a passage stands in its document's text, half-open; None for an unknown id."""
        with self._reading():
            return self._catalog.span(passage_id)

    def rejected(self) -> list[Rejection]:
        """What is not in the library, and why."""
        with self._reading():
            return self._catalog.rejected()

    def counts(self) -> tuple[int, int]:
        """Numbers of documents and of passages."""
        with self._reading():
            return self._catalog.count("documents"), self._catalog.count("passages")

    def facts_of(self, ids: Iterable[str]) -> dict[str, DocumentFacts]:
        """Facts of documents by id. An id that the library does not know is left out."""
        with self._reading():
            found = self._catalog.facts(self._known(tuple(ids)))
            return {facts.id: facts for facts in found.values()}

    def citation_links(self, ids: Iterable[str]) -> tuple[CitationLink, ...]:
        """Citations that these documents make and receive inside the library. Raises OtherRules."""
        with self._reading():
            return citation_links(self._catalog.connection, tuple(ids))

    def documents_within(self, filters: Filters) -> tuple[list[DocumentFacts], int]:
        """The documents that pass filters, and how many more only an unknown date kept out."""
        with self._reading():
            seen = scope(self._catalog, filters)
            found = self._catalog.documents()
            if seen.document_keys is None:
                return found, 0
            facts = self._catalog.facts(seen.document_keys.tolist()).values()
            passed = {document.id for document in facts}
            return [document for document in found if document.id in passed], seen.undated

    def _reading(self) -> contextlib.AbstractContextManager[None]:
        return reading(self._lock, self._catalog.connection, self.folder)

    def _known(self, ids: tuple[str, ...]) -> tuple[int, ...]:
        """Keys of the documents that are still there."""
        keys = []
        for name in ids:
            with contextlib.suppress(UnknownDocument):
                keys.append(self._catalog.find(name))
        return tuple(keys)
