"""A library that writes down which documents it hands out, for what is done without Assistant.

Its `plain` is the library itself, for computing what nobody sees.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant.audit.recorder import Recorder
from assistant.audit.records import Act
from index.citations import CitationLink
from index.clearance import EVERYTHING, Clearance
from index.encoder import Encoder, Vectors
from index.library import Library
from index.records import Filters, SearchOptions, SearchResult
from index.rerank import Reranker
from index.snapshot import Snapshot
from ingest.errors import Rejection
from ingest.facts import DocumentFacts
from ingest.records import Document

# Public names of Library that show no document. A snapshot goes into records of projects, and who
# reads those is written down there ("project", "replay").
SHOWS_NOTHING = frozenset(
    {"close", "counts", "fingerprint", "open", "seen_by", "snapshot", "span", "term_counts"}
)


class AuditedLibrary(Library):
    """A library with the same methods; those that hand out documents leave an entry each."""

    def __init__(self, plain: Library, recorder: Recorder) -> None:
        self.plain = plain
        self.recorder = recorder
        self.folder = plain.folder
        self.encoder = plain.encoder
        self.clearance = plain.clearance
        self.reranker = plain.reranker

    @classmethod
    def open(
        cls,
        folder: object,
        encoder: Encoder | None = None,
        reranker: Reranker | None = None,
        clearance: Clearance = EVERYTHING,
    ) -> Library:
        """Not to be used: open a Library, then say who uses it."""
        raise TypeError("open a Library and give it to AuditedLibrary with the one who uses it")

    def seen_by(self, clearance: Clearance) -> AuditedLibrary:
        """As Library.seen_by; what is handed out is written down in the same name."""
        return AuditedLibrary(self.plain.seen_by(clearance), self.recorder)

    def close(self) -> None:
        """Give the files back."""
        self.plain.close()

    def search(
        self,
        query: str,
        k: int = 10,
        filters: Filters | None = None,
        options: SearchOptions | None = None,
    ) -> SearchResult:
        """As Library.search."""
        result = self.plain.search(query, k, filters, options)
        self.recorder.saw(Act("search", count=len(result.hits), query=query), result)
        return result

    def documents(self) -> list[DocumentFacts]:
        """As Library.documents."""
        found = self.plain.documents()
        self.recorder.saw(Act("list"), found, "listed")
        return found

    def document(self, number_or_id: str) -> Document:
        """As Library.document."""
        document = self.plain.document(number_or_id)
        self.recorder.saw(Act("show"), document)
        return document

    def document_and_spans(self, number_or_id: str) -> tuple[Document, list[tuple[str, int, int]]]:
        """As Library.document_and_spans."""
        document, spans = self.plain.document_and_spans(number_or_id)
        self.recorder.saw(Act("show"), document)
        return document, spans

    def family(self, number_or_id: str) -> tuple[str, ...]:
        """As Library.family."""
        return self._ids("family", self.plain.family(number_or_id))

    def span(self, passage_id: str) -> tuple[int, int] | None:
        """As Library.span."""
        return self.plain.span(passage_id)

    def rejected(self) -> list[Rejection]:
        """As Library.rejected."""
        found = self.plain.rejected()
        self.recorder.saw(Act("rejected", count=len(found)))
        return found

    def counts(self) -> tuple[int, int]:
        """As Library.counts."""
        return self.plain.counts()

    def fingerprint(self) -> str:
        """As Library.fingerprint."""
        return self.plain.fingerprint()

    def snapshot(self) -> Snapshot:
        """As Library.snapshot."""
        return self.plain.snapshot()

    def term_counts(self, terms: list[str]) -> dict[str, int]:
        """As Library.term_counts."""
        return self.plain.term_counts(terms)

    def facts_of(self, ids: Iterable[str]) -> dict[str, DocumentFacts]:
        """As Library.facts_of."""
        found = self.plain.facts_of(ids)
        if found:
            self.recorder.saw(Act("facts"), found)
        return found

    def citation_links(self, ids: Iterable[str]) -> tuple[CitationLink, ...]:
        """As Library.citation_links; those of whose documents nothing is told are not named."""
        links = self.plain.citation_links(ids)
        self.recorder.saw(Act("citations"), links)
        return links

    def document_vectors(self, ids: Iterable[str]) -> tuple[tuple[str, ...], Vectors]:
        """As Library.document_vectors."""
        named, vectors = self.plain.document_vectors(ids)
        self._ids("picture", named)
        return named, vectors

    def documents_within(self, filters: Filters) -> tuple[list[DocumentFacts], int]:
        """As Library.documents_within."""
        found, undated = self.plain.documents_within(filters)
        self.recorder.saw(Act("list"), found, "listed")
        return found, undated

    def _ids(self, action: str, ids: tuple[str, ...]) -> tuple[str, ...]:
        self.recorder.saw(Act(action, {"shown": ids}, count=len(ids)))
        return ids
