"""Turn documents into searchable rows: cut, encode, and commit them together.

Order of a commit: passage keys are reserved, the words are written, then one transaction of the
catalogue makes documents, passages and vectors exist. A kill in between leaves words that the
catalogue does not know; they are ignored by readers and removed when the next writer starts.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import numpy as np

from index.catalog import Catalog
from index.compartments import compartment_of
from index.embed import encode_whole, passage_texts
from index.encoder import Encoder, Vectors
from index.source_store import StoredSource
from index.store import Store
from index.words_compaction import compact_words
from index.words_entries import words_entries, words_entry
from index.words_writer import WordsWriter
from ingest.errors import Rejection
from ingest.passages import PassageSettings, split_passages
from ingest.records import Document, Passage

# Passages encoded between two signs of life.
_ENCODE_CHUNK = 64


@dataclass(frozen=True)
class NewDocument:
    """A document to be added from a file.

    replaces: key of the document that goes for it. joins: whether that one is another file's text
    of the same publication, so that its files are joined to this text.
    """

    document: Document
    path: str
    content_hash: str
    passages: tuple[Passage, ...]
    replaces: int | None = None
    joins: bool = False


@dataclass(frozen=True)
class FinishedSource:
    """A file that was read to its end.

    left: keys of documents that it no longer holds; origins: keys that it holds and that were
    there before, each with whether it is joined to another file's text.
    """

    source: StoredSource
    rejections: tuple[Rejection, ...]
    origins: tuple[tuple[int, bool], ...] = ()
    left: tuple[int, ...] = ()


@dataclass
class Batch:
    """What the next commit will hold. documents: by id; passages: their number in all.

    numbers: publication numbers of the documents.
    """

    documents: dict[str, NewDocument] = field(default_factory=dict)
    finished: list[FinishedSource] = field(default_factory=list)
    numbers: set[str | None] = field(default_factory=set)
    passages: int = 0

    def add(self, new: NewDocument) -> None:
        """Add a document that is not in the batch yet."""
        self.documents[new.document.facts.id] = new
        if new.document.facts.number:
            self.numbers.add(new.document.facts.number)
        self.passages += len(new.passages)


class Committer:
    """Encodes and commits batches."""

    def __init__(
        self,
        folder: Path,
        store: Store,
        words: WordsWriter,
        encoder: Encoder,
        settings: PassageSettings,
    ) -> None:
        self._folder = folder
        self._store = store
        self._words = words
        self._encoder = encoder
        self._settings = settings

    def cut(self, document: Document) -> tuple[Passage, ...]:
        """The document's passages."""
        return tuple(split_passages(document, self._encoder.count_tokens, self._settings))

    def commit(self, batch: Batch, encoded: Callable[[int], None]) -> None:
        """Make the batch's documents searchable, all at once.

        encoded: called with a number of passages whenever so many more are encoded.
        """
        documents = list(batch.documents.values())
        vectors = self._encode(documents, encoded)
        first = self._store.reserve(batch.passages)
        row = 0
        gone: list[int] = []
        with self._store.transaction():
            for new in documents:
                rows = vectors[row : row + len(new.passages)]
                gone += self._put(new, rows, first + row)
                row += len(new.passages)
            # All places of documents first, so that none goes because another file left it.
            for finished in batch.finished:
                for key, joined in finished.origins:
                    self._store.add_origin(finished.source.path, key, joined=joined)
            gone += chain.from_iterable(map(self._finish, batch.finished))
            self._store.advance()
            # The words go first, while the catalogue's own changes are not yet visible.
            self._words.commit()
        self.remove_words(gone)

    def relabel(self, labels: Mapping[int, str | None]) -> None:
        """Give documents other labels, by key, and their words another place.

        These are in the new place before the catalogue says so, and leave the old one after, so
        that no search misses them; what a kill leaves behind is tidied by the next writer.
        """
        with contextlib.closing(Catalog(self._folder, None)) as catalog:
            keys = [key for own in map(catalog.passages_of, labels) for key in own]
            entries = words_entries(catalog, keys)
        with self._store.transaction():
            gone = [key for k, label in labels.items() for key in self._store.set_label(k, label)]
            self._words.add(replace(e, label=labels[e.document_key]) for e in entries)
            self._store.advance()
            self._words.commit()
        for label in {entry.label for entry in entries}:
            left = [e.key for e in entries if e.label == label != labels[e.document_key]]
            self._words.delete(left, compartment_of(label))
        self._words.delete(gone)
        self._words.commit()

    def remove_words(self, keys: Sequence[int]) -> None:
        """Take passages that the catalogue has given up out of the words."""
        if keys:
            self._words.delete(keys)
            self._words.commit()

    def _put(self, new: NewDocument, vectors: Vectors, first_key: int) -> list[int]:
        """Add one document; the keys of the passages that it replaces."""
        origins: dict[str, bool] = {}
        gone: list[int] = []
        if new.replaces is not None:
            origins = self._store.origins_of(new.replaces)
            gone = self._store.remove_document(new.replaces)
        if new.joins:
            origins = dict.fromkeys(origins, True)
        origins[new.path] = False
        key = self._store.put_document(new.document, new.content_hash)
        self._store.put_passages(key, new.passages, vectors, first_key)
        for path, joined in origins.items():
            self._store.add_origin(path, key, joined=joined)
        facts = new.document.facts
        self._words.add(
            words_entry(first_key + i, key, facts, p) for i, p in enumerate(new.passages)
        )
        return gone

    def _finish(self, finished: FinishedSource) -> list[int]:
        path = finished.source.path
        gone = self._store.leave(path, finished.left)
        self._store.sources.put(finished.source)
        self._store.sources.reject(path, finished.rejections)
        return gone

    def _encode(self, documents: Sequence[NewDocument], encoded: Callable[[int], None]) -> Vectors:
        texts = [
            text
            for new in documents
            for text in passage_texts(
                new.document.facts.title, new.passages, self._encoder, self._settings
            )
        ]
        # Neighbours of like length waste no padding; the chunks keep the signs of life coming.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]), reverse=True)
        vectors = np.zeros((len(texts), self._encoder.dimension), np.float32)
        for start in range(0, len(order), _ENCODE_CHUNK):
            rows = order[start : start + _ENCODE_CHUNK]
            vectors[rows] = encode_whole(self._encoder, [texts[i] for i in rows])
            encoded(len(rows))
        return vectors


def repair_words(folder: Path, writer: WordsWriter, *, surplus: bool = True) -> int:
    """Make the words agree with the catalogue; the number of passages that were wrong.

    surplus: whether passages that the catalogue does not know go.
    """
    with contextlib.closing(Catalog(folder, None)) as catalog:
        wanted = {
            compartment_of(label): keys for label, keys in catalog.passages_by_label().items()
        }
        wrong = 0
        nothing = np.empty(0, np.int64)
        there = writer.keys()
        for name in sorted({*wanted, *there}):
            have, want = there.get(name, nothing), wanted.get(name, nothing)
            missing = np.setdiff1d(want, have)
            unknown = np.setdiff1d(have, want) if surplus else nothing
            writer.delete(unknown.tolist(), name)
            for start in range(0, missing.size, 1000):
                writer.add(words_entries(catalog, missing[start : start + 1000].tolist()))
            wrong += unknown.size + missing.size
        if wrong:
            writer.commit()
        return int(wrong)


def clean_words(folder: Path) -> None:
    """Free the words from what was deleted, for the only writer, with its words closed."""
    with contextlib.closing(Catalog(folder, None)) as catalog:
        compact_words(folder, lambda keys: words_entries(catalog, keys))
