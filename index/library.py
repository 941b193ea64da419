"""A library opened for searching. Opening never writes; many processes may have it open."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from index.catalog import encoder_in_use
from index.chemistry import load_abbreviations
from index.clearance import EVERYTHING, Clearance
from index.document_vectors import document_vectors
from index.encoder import Encoder, SentenceEncoder, Vectors
from index.expand import synonyms_of
from index.feedback import Marked, learn
from index.filters import scope
from index.holdings import Holdings
from index.limits import check_query
from index.long_query import encode_parts
from index.manifest import check_encoder, read_manifest
from index.meet import conditions_of
from index.propose import Engines
from index.quantities import parse_where
from index.query_scope import query_scope
from index.query_syntax import parse_query
from index.records import Filters, SearchOptions, SearchResult
from index.rerank import Reranker
from index.search import Request, find_hits
from index.snapshot import Snapshot, fingerprint_of, take_snapshot
from index.vectors import VectorIndex
from index.words import Words
from ingest.text import clean


class Library(Holdings):
    """Documents and passages in a folder, and the search over them.

    Safe to use from several threads. Sees what another process has committed at the next call.

    Example:
        library = Library.open("library")
        for hit in library.search("boron coating", 10).hits:
            print(hit.rank, hit.document.number, hit.passages[0].text)
    """

    def __init__(
        self,
        folder: Path,
        encoder: Encoder,
        vectors: VectorIndex,
        clearance: Clearance = EVERYTHING,
        lock: threading.RLock | None = None,
    ) -> None:
        """lock: of all libraries that share the vectors; None for a new one."""
        super().__init__(folder, clearance, lock)
        self.encoder = encoder
        self._words = Words(folder, clearance)
        self._abbreviations = load_abbreviations(folder)
        self._vectors = vectors.seen_by(clearance)
        self.reranker: Reranker | None = None
        self._generation = -1
        self._fingerprint = ""

    @classmethod
    def open(
        cls,
        folder: str | Path,
        encoder: Encoder | None = None,
        reranker: Reranker | None = None,
        clearance: Clearance = EVERYTHING,
    ) -> Library:
        """Open the library in a folder. encoder: None takes the one that made it.

        reranker: reads the best documents of a question again (index.rerank); None for none.
        clearance: the labels whose documents exist; all is as if there were no others. Raises
        NoLibrary, NewerFormat, OtherEncoder, BrokenLibrary.
        """
        folder = Path(folder)
        read_manifest(folder)
        made = encoder_in_use(folder)
        encoder = encoder or SentenceEncoder(made.name)
        check_encoder(folder, made, encoder.name, encoder.fingerprint)
        library = cls(folder, encoder, VectorIndex(made, folder), clearance)
        library.reranker = reranker
        return library

    def seen_by(self, clearance: Clearance) -> Library:
        """The library as it is for somebody of this clearance, and never more than it is now.

        Shares models and vectors; is closed apart. Raises BrokenLibrary.
        """
        within = self.clearance.within(clearance)
        library = Library(self.folder, self.encoder, self._vectors, within, self._lock)
        library.reranker = self.reranker
        return library

    def search(
        self,
        query: str,
        k: int = 10,
        filters: Filters | None = None,
        options: SearchOptions | None = None,
    ) -> SearchResult:
        """The k best documents for a query, each with its best passages.

        query: of any length; one longer than the encoder's window is searched part by part.
        k: 1 or more. A query in a script that the encoder cannot read is ranked by its words alone.
        The ranking is the same for the same library and query; ties go by document id. Raises
        BadQuery and BadFilter.
        """
        query = clean(query)
        check_query(query, k)
        filters, options = filters or Filters(), options or SearchOptions()
        asked = parse_query(query) if options.syntax else None
        request = self._request(asked.words if asked else query, k, filters, options)
        with self._reading():
            self._refresh()
            among = None if options.among is None else self._known(options.among)
            seen = scope(self._catalog, filters, self._known(options.exclude), among)
            engines = Engines(self._words, self._vectors)
            marked = Marked(request.words, request.vectors, options, seen)
            learned = learn(self._catalog, engines, marked)
            if asked:
                seen = query_scope(self._catalog, self._words.lookup(), asked, seen)
            hits = find_hits(self._catalog, engines, replace(request, learned=learned), seen)
            result = SearchResult(
                query, filters, self.fingerprint(), seen.undated, seen.searched, hits,
                expansions=request.synonyms, conditions=tuple(map(str, request.conditions)),
                feedback=learned.feedback if learned else None,
            )  # fmt: skip
            if not asked or seen.document_keys is None:
                return result
            return replace(result, understood=asked.understood, matching=len(seen.document_keys))

    def _request(self, words: str, count: int, filters: Filters, options: SearchOptions) -> Request:
        """A query's words made ready for the engines."""
        hybrid = options.system == "hybrid"
        by_meaning = options.system == "dense" or (hybrid and self.encoder.reads(words))
        vectors = encode_parts(words, self.encoder) if words and by_meaning else None
        request = Request(
            words, vectors, options.system, count, options.fold_families, passages=options.passages
        )
        if not hybrid:
            return request
        expand = options.expand and words
        synonyms = synonyms_of(words, self._abbreviations, options.literal) if expand else ()
        stated = conditions_of(words, options.literal)
        wanted = dict.fromkeys((*map(parse_where, filters.where), *stated))
        return replace(request, synonyms=synonyms, conditions=tuple(wanted), reranker=self.reranker)

    def fingerprint(self) -> str:
        """16 hexadecimal digits of what a search depends on: documents, labels, encoder."""
        with self._reading():
            self._refresh()
            if not self._fingerprint:
                rows = self._catalog.content_hashes()
                self._fingerprint = fingerprint_of(self.encoder, self.reranker, rows)
            return self._fingerprint

    def snapshot(self) -> Snapshot:
        """What a search depends on now, document by document."""
        with self._reading():
            return take_snapshot(self._catalog.connection, self.encoder, self.reranker)

    def term_counts(self, terms: list[str]) -> dict[str, int]:
        """In how many passages' bodies each term (of index.analysis) stands."""
        with self._reading():
            self._refresh()
            return self._words.counts(terms)

    def document_vectors(self, ids: Iterable[str]) -> tuple[tuple[str, ...], Vectors]:
        """Means of documents' passage vectors; see index.document_vectors."""
        with self._reading():
            self._refresh()
            return document_vectors(self._catalog, self._vectors, ids)

    def _refresh(self) -> None:
        generation = self._catalog.generation()
        if generation != self._generation:
            self._words.reload()
            self._vectors.sync(self._catalog)
            self._generation, self._fingerprint = generation, ""
