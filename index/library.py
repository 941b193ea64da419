"""A library opened for searching. Opening never writes; many processes may have it open."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.catalog import Catalog, Ids
from index.encoder import Encoder, SentenceEncoder
from index.errors import BadQuery, BrokenLibrary, UnknownDocument
from index.filters import Scope, scope
from index.fuse import Scores, weighted_sum
from index.group import Found, group_hits
from index.manifest import check_encoder, read_manifest
from index.records import Filters, SearchResult
from index.vectors import VectorIndex
from index.words import Allowed, Words
from ingest.errors import Rejection
from ingest.facts import DocumentFacts
from ingest.records import Document
from ingest.text import clean

SYSTEMS = ("hybrid", "dense", "bm25")
# Longest query in characters; a disclosure of 100 pages has about 300,000.
LONGEST_QUERY = 500_000
MOST_DOCUMENTS = 10_000
# Passages taken from each engine before they are merged, at least.
_CANDIDATES = 1000


class Library:
    """Documents and passages in a folder, and the search over them.

    Safe to use from several threads. Sees what another process has committed at the next call.

    Example:
        library = Library.open("library")
        for hit in library.search("boron coating", 10).hits:
            print(hit.rank, hit.document.number, hit.passages[0].text)
    """

    def __init__(self, folder: Path, encoder: Encoder, dimension: int) -> None:
        self.folder = folder
        self.encoder = encoder
        self._lock = threading.RLock()
        self._catalog = Catalog(folder)
        self._words = Words(folder)
        self._vectors = VectorIndex.load(folder, dimension)
        self._generation = -1
        self._fingerprint = ""

    @classmethod
    def open(cls, folder: str | Path, encoder: Encoder | None = None) -> Library:
        """Open the library in a folder. encoder: None takes the one that made it.

        Raises NoLibrary, NewerFormat, OtherEncoder, BrokenLibrary.
        """
        folder = Path(folder)
        manifest = read_manifest(folder)
        encoder = encoder or SentenceEncoder(manifest.encoder.name)
        check_encoder(folder, manifest, encoder.name, encoder.fingerprint)
        return cls(folder, encoder, manifest.encoder.dimension)

    def close(self) -> None:
        """Give the files back."""
        with self._lock:
            self._catalog.close()

    def search(
        self,
        query: str,
        k: int = 10,
        filters: Filters | None = None,
        *,
        system: str = "hybrid",
        exclude: tuple[str, ...] = (),
    ) -> SearchResult:
        """The k best documents for a query, each with its best passages.

        k: 1 or more. system: one of SYSTEMS. exclude: ids of documents that must not be found.
        The ranking is the same for the same library and query; ties go by document id. Raises
        BadQuery and BadFilter.
        """
        query = clean(query)
        _check(query, k, system)
        filters = filters or Filters()
        vector = self.encoder.encode_query(query) if system != "bm25" else None
        with self._reading():
            self._refresh()
            excluded = self._known(exclude)
            seen = scope(self._catalog, filters, excluded)
            keys, scores = self._candidates(query, vector, seen, max(_CANDIDATES, 5 * k), system)
            documents = self._catalog.document_keys(keys.tolist())
            found = [
                Found(int(key), documents[int(key)], float(score))
                for key, score in zip(keys, scores, strict=True)
                if int(key) in documents
            ]
            hits = group_hits(self._catalog, found, k)
            return SearchResult(
                query, filters, self.fingerprint(), seen.undated, seen.searched, hits
            )

    def documents(self) -> list[DocumentFacts]:
        """All documents, by kind and number."""
        with self._reading():
            return self._catalog.documents()

    def document(self, number_or_id: str) -> Document:
        """One document whole. Raises UnknownDocument."""
        with self._reading():
            return self._catalog.document(self._catalog.find(number_or_id))

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

    def fingerprint(self) -> str:
        """16 hexadecimal digits of what a search depends on: documents, labels, encoder."""
        with self._reading():
            self._refresh()
            if not self._fingerprint:
                digest = hashlib.sha256(self.encoder.fingerprint.encode())
                for row in self._catalog.content_hashes():
                    digest.update(repr(row).encode())
                self._fingerprint = digest.hexdigest()[:16]
            return self._fingerprint

    def term_counts(self, terms: list[str]) -> dict[str, int]:
        """In how many passages' bodies each term (of index.analysis) stands."""
        with self._reading():
            self._refresh()
            return self._words.counts(terms)

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """One thread at a time; damage found while reading is a stated error."""
        with self._lock:
            database = self._catalog.connection
            outermost = not database.in_transaction
            try:
                # One snapshot for all statements: what a filter let pass must still be so when
                # its text is fetched.
                if outermost:
                    database.execute("BEGIN")
                yield
            except sqlite3.DatabaseError as error:
                raise BrokenLibrary(
                    f"the catalogue in {self.folder} cannot be read: {error}; `prior-art doctor` "
                    "says more, and a backup or a new ingest into a new folder is the remedy"
                ) from error
            finally:
                if outermost and database.in_transaction:
                    database.execute("ROLLBACK")

    def _candidates(
        self, query: str, vector: Scores | None, seen: Scope, count: int, system: str
    ) -> tuple[Ids, Scores]:
        """Keys and scores of the passages that either engine proposes."""
        lexical_keys, lexical = np.empty(0, np.int64), np.empty(0, np.float32)
        if system != "dense":
            allowed = Allowed(seen.document_keys, seen.sections)
            lexical_keys, lexical = self._words.search(query, count, allowed)
        if vector is None:
            return lexical_keys, lexical
        dense_keys, dense = self._vectors.search(vector, count, seen.passage_keys)
        if system == "dense":
            return dense_keys, dense
        keys = np.union1d(dense_keys, lexical_keys)
        by_words = dict(zip(lexical_keys.tolist(), lexical.tolist(), strict=True))
        words = np.array([by_words.get(key, 0.0) for key in keys.tolist()], np.float32)
        return keys, weighted_sum(self._vectors.scores(vector, keys), words)

    def _known(self, ids: tuple[str, ...]) -> tuple[int, ...]:
        """Keys of the documents that are still there."""
        keys = []
        for name in ids:
            with contextlib.suppress(UnknownDocument):
                keys.append(self._catalog.find(name))
        return tuple(keys)

    def _refresh(self) -> None:
        generation = self._catalog.generation()
        if generation != self._generation:
            self._words.reload()
            self._vectors.sync(self._catalog)
            self._generation, self._fingerprint = generation, ""


def _check(query: str, k: int, system: str) -> None:
    if not query.strip():
        raise BadQuery("the query is empty; say what to look for")
    if len(query) > LONGEST_QUERY:
        raise BadQuery(
            f"the query has {len(query):,} characters, {LONGEST_QUERY:,} are the most; search for "
            "the part that matters, such as a claim"
        )
    if not 1 <= k <= MOST_DOCUMENTS:
        raise BadQuery(f"-k is {k}; ask for 1 to {MOST_DOCUMENTS:,} documents")
    if system not in SYSTEMS:
        raise BadQuery(f"no system {system!r}; choose from {', '.join(SYSTEMS)}")
