"""Write the lexical index: a copy of what the catalogue holds."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import tantivy

from index.analysis import terms, tokens
from index.chemistry import material_terms
from index.errors import BrokenLibrary, CannotWrite, LibraryLocked
from index.words_schema import (
    FIELD_BOOSTS,
    LONGEST_TERM,
    WORDS_FOLDER,
    materials,
    open_words,
    verbatim,
    words_schema,
)

_HEAP_BYTES = 64 << 20
_THREADS = 1  # Passages come in order, so equal scores come in order too.


@dataclass(frozen=True)
class WordsEntry:
    """What the lexical index is told of a passage. key and document_key as in the catalogue."""

    key: int
    document_key: int
    section: str
    title: str
    heading: str
    body: str


class WordsWriter:
    """The one writer of a lexical index. Nothing is visible before `commit`."""

    def __init__(self, folder: Path) -> None:
        path = self._path = folder / WORDS_FOLDER
        self._schema = words_schema()
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
            return open_words(path, self._schema)
        except BrokenLibrary:
            # It is only a copy: the caller fills it again from the catalogue.
            shutil.rmtree(path)
            path.mkdir()
            return open_words(path, self._schema)

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
                named = (term for _, _, term in material_terms(text))
                document.add_text(materials(field), _joined(named))
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
    return " ".join(word for word in words if len(word) <= LONGEST_TERM)
