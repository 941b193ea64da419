"""The lexical index: BM25 over title, heading and body of passages, in tantivy.

Chosen over SQLite's FTS5 by measurement (benchmarks/lexical.md). It is a copy of what the
catalogue holds: keys that the catalogue does not know are to be ignored by the caller. Terms are
made by index.analysis; tantivy only cuts them apart at blanks.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.analysis import terms, tokens
from index.catalog import Ids
from index.errors import BrokenLibrary, CannotWrite, LibraryLocked
from index.word_lookup import WordLookup, verbatim

WORDS_FOLDER = "words"
_HEAP_BYTES = 64 << 20
_THREADS = 1  # Passages come in order, so equal scores come in order too.
_TOKENIZER = "blanks"
# BM25 weight of a term by where it stands; measured in benchmarks/README.md.
FIELD_BOOSTS = {"body": 1.0, "title": 0.3, "heading": 0.3}
# Characters of a term; longer ones are no words.
_LONGEST_TERM = 200


@dataclass(frozen=True)
class WordsEntry:
    """What the lexical index is told of a passage. key and document_key as in the catalogue."""

    key: int
    document_key: int
    section: str
    title: str
    heading: str
    body: str


@dataclass(frozen=True)
class Allowed:
    """Which passages may come back. None allows all.

    document_keys: documents; sections: SECTION_KINDS that a passage may belong to.
    """

    document_keys: Ids | None = None
    sections: tuple[str, ...] = ()


class Words:
    """The lexical index in a library's folder, opened for reading."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / WORDS_FOLDER
        self._schema = _schema()
        self._mirror: tempfile.TemporaryDirectory[str] | None = None
        self._index = self._opened()

    def reload(self) -> None:
        """See what the writer has committed since."""
        if self._mirror is None:
            self._index.reload()
        else:
            self._index = self._opened()

    def _opened(self) -> tantivy.Index:
        if not self._path.is_dir() or os.access(self._path, os.W_OK):
            return _open(self._path, self._schema)
        # tantivy locks a file in the folder even to read it; where it may not, it gets a folder
        # of links to the same files.
        self._mirror = tempfile.TemporaryDirectory(prefix="prior-art-words-")
        for path in self._path.resolve().iterdir():
            if not path.name.endswith(".lock"):
                (Path(self._mirror.name) / path.name).symlink_to(path)
        return _open(Path(self._mirror.name), self._schema)

    def __len__(self) -> int:
        """Number of passages."""
        return int(self._index.searcher().num_docs)

    def search(
        self, weights: Mapping[str, float], count: int, allowed: Allowed | None = None
    ) -> tuple[Ids, NDArray[np.float32]]:
        """Keys and BM25 scores for terms with their weights, best first, at most `count`."""
        query = self._query(weights, allowed or Allowed())
        if query is None:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        searcher = self._index.searcher()
        # tantivy makes room for the limit at once, and panics at 0.
        limit = max(1, min(count, searcher.num_docs))
        found = searcher.search(query, limit=limit, count=False).hits
        keys = searcher.fast_field_values("key", [address for _, address in found])
        scores = np.array([score for score, _ in found], np.float32)
        return np.array([key or 0 for key in keys], np.int64), scores

    def counts(self, words: Sequence[str]) -> dict[str, int]:
        """In how many passages' bodies each term stands."""
        searcher = self._index.searcher()
        return {word: int(searcher.doc_freq("body", word)) for word in words}

    def lookup(self) -> WordLookup:
        """Look-ups of words, phrases and neighbours in what is committed now."""
        return WordLookup(self._index.searcher(), self._schema)

    def keys(self) -> Ids:
        """Keys of all passages, in no particular order."""
        searcher = self._index.searcher()
        if searcher.num_docs == 0:
            return np.empty(0, np.int64)
        found = searcher.search(tantivy.Query.all_query(), limit=searcher.num_docs, count=False)
        keys = searcher.fast_field_values("key", [address for _, address in found.hits])
        return np.array([key or 0 for key in keys], np.int64)

    def _query(self, weights: Mapping[str, float], allowed: Allowed) -> tantivy.Query | None:
        if not weights or (allowed.document_keys is not None and not allowed.document_keys.size):
            return None
        should = [self._term(t, n) for t, n in weights.items() if len(t) <= _LONGEST_TERM]
        must = self._limits(allowed)
        if not must:
            return tantivy.Query.boolean_query(should)
        # The limits decide what may appear and add nothing to the score.
        some = tantivy.Query.boolean_query(should)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in [some, *must]])

    def _term(self, word: str, weight: float) -> tuple[tantivy.Occur, tantivy.Query]:
        parts = [
            tantivy.Query.boost_query(
                tantivy.Query.term_query(self._schema, field, word), boost * weight
            )
            for field, boost in FIELD_BOOSTS.items()
        ]
        fields = [(tantivy.Occur.Should, part) for part in parts]
        return tantivy.Occur.Should, tantivy.Query.boolean_query(fields)

    def _limits(self, allowed: Allowed) -> list[tantivy.Query]:
        limits = []
        if allowed.document_keys is not None:
            limits.append(("document_key", allowed.document_keys.tolist()))
        if allowed.sections:
            limits.append(("section", list(allowed.sections)))
        return [
            tantivy.Query.const_score_query(
                tantivy.Query.term_set_query(self._schema, field, values), 0.0
            )
            for field, values in limits
        ]


class WordsWriter:
    """The one writer of a lexical index. Nothing is visible before `commit`."""

    def __init__(self, folder: Path) -> None:
        path = self._path = folder / WORDS_FOLDER
        self._schema = _schema()
        try:
            path.mkdir(exist_ok=True)
            self._index = self._opened_or_new(path)
            self._writer = self._index.writer(_HEAP_BYTES, _THREADS)
        except OSError as error:
            raise CannotWrite(f"{path} cannot be written: {error}") from error
        except ValueError as error:
            if "lock" in str(error).lower():
                raise LibraryLocked(f"another process writes to {path}") from error
            raise CannotWrite(f"{path} cannot be written: {error}") from error

    def _opened_or_new(self, path: Path) -> tantivy.Index:
        try:
            return _open(path, self._schema)
        except BrokenLibrary:
            # It is only a copy: the caller fills it again from the catalogue.
            shutil.rmtree(path)
            path.mkdir()
            return _open(path, self._schema)

    def add(self, entries: Iterable[WordsEntry]) -> None:
        """Add passages that are not in it yet."""
        for entry in entries:
            document = tantivy.Document()
            document.add_unsigned("key", entry.key)
            document.add_unsigned("document_key", entry.document_key)
            document.add_text("section", entry.section)
            for field in FIELD_BOOSTS:
                text = getattr(entry, field)
                document.add_text(field, _joined(terms(text)))
                document.add_text(verbatim(field), _joined(tokens(text)))
            self._writer.add_document(document)

    def delete(self, keys: Iterable[int]) -> None:
        """Take passages out; unknown keys are nothing."""
        # By query: tantivy-py 0.27 takes the plain value for a signed one and deletes nothing.
        unwanted = [int(key) for key in keys]
        if unwanted:
            query = tantivy.Query.term_set_query(self._schema, "key", unwanted)
            self._writer.delete_documents_by_query(query)

    def commit(self) -> None:
        """Make everything so far visible, and safe on disk."""
        try:
            self._writer.commit()
            # tantivy makes this file readable for its owner only; other users search as well.
            meta = self._path / "meta.json"
            meta.chmod(self._path.stat().st_mode & 0o666)
        except (OSError, ValueError) as error:
            raise CannotWrite(f"the word index cannot be written: {error}") from error

    def close(self) -> None:
        """Give up the lock; what was not committed is lost."""
        try:
            self._writer.wait_merging_threads()
        except ValueError as error:
            raise CannotWrite(f"the word index cannot be written: {error}") from error


def _joined(words: Iterable[str]) -> str:
    return " ".join(word for word in words if len(word) <= _LONGEST_TERM)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", stored=False, indexed=True, fast=True)
    builder.add_unsigned_field("document_key", stored=False, indexed=True, fast=True)
    builder.add_text_field("section", stored=False, tokenizer_name="raw")
    for field in FIELD_BOOSTS:
        for name in (field, verbatim(field)):
            builder.add_text_field(name, stored=False, tokenizer_name=_TOKENIZER)
    return builder.build()


def _open(path: Path, schema: tantivy.Schema) -> tantivy.Index:
    if not path.is_dir():
        raise BrokenLibrary(f"{path} is missing; `prior-art ingest` any path makes it again")
    try:
        index = tantivy.Index(schema, path=str(path), reuse=True)
    except (OSError, ValueError) as error:
        raise BrokenLibrary(
            f"the word index in {path} cannot be opened ({error}); delete that folder and run "
            "`prior-art ingest` again: it is made anew from the catalogue"
        ) from error
    whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENIZER, whitespace)
    return index
