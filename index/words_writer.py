"""Write the lexical index, a copy of what the catalogue holds, in a compartment for each label."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tantivy

from index.analysis import terms, tokens
from index.catalog import Ids
from index.chemistry import material_terms
from index.compartments import compartment_of, strays, word_folders
from index.errors import BrokenLibrary, CannotWrite, LibraryLocked
from index.words_schema import (
    FIELD_BOOSTS,
    HEAP_BYTES,
    LONGEST_TERM,
    THREADS,
    WORDS_FOLDER,
    keys_of,
    materials,
    open_words,
    share_meta,
    verbatim,
    words_schema,
)


@dataclass(frozen=True)
class WordsEntry:
    """What the lexical index is told of a passage. key and document_key as in the catalogue.

    label: the confidentiality label of its document, which says where it lies.
    """

    key: int
    document_key: int
    label: str | None
    section: str
    title: str
    heading: str
    body: str


class WordsWriter:
    """The one writer of a lexical index, all compartments. Nothing is visible before `commit`."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / WORDS_FOLDER
        self._schema = words_schema()
        self._open: dict[str, tuple[Path, tantivy.IndexWriter]] = {}
        self._touched: set[str] = set()
        try:
            self._path.mkdir(exist_ok=True)
            _tidy(self._path)
        except OSError as error:
            raise CannotWrite(f"{self._path} cannot be written: {error}") from error

    def keys(self) -> dict[str, Ids]:
        """Keys of the passages in each compartment, by its name. One that is broken has none."""
        found = {}
        for name, path in word_folders(self._path).items():
            try:
                found[name] = keys_of(open_words(path, self._schema).searcher())
            except BrokenLibrary:
                # It is only a copy: the caller fills it again from the catalogue.
                self._close(name)
                shutil.rmtree(path)
                found[name] = np.empty(0, np.int64)
        return found

    def add(self, entries: Iterable[WordsEntry]) -> None:
        """Add passages that are not in it yet."""
        for entry in entries:
            self._writer(compartment_of(entry.label)).add_document(words_document(entry))

    def delete(self, keys: Iterable[int], compartment: str | None = None) -> None:
        """Take passages out; unknown keys are nothing. compartment: the only one; None for all."""
        # By query: tantivy-py 0.27 takes the plain value for a signed one and deletes nothing.
        unwanted = [int(key) for key in keys]
        if not unwanted:
            return
        query = tantivy.Query.term_set_query(self._schema, "key", unwanted)
        for name in (compartment,) if compartment else word_folders(self._path):
            self._writer(name).delete_documents_by_query(query)

    def commit(self) -> None:
        """Make everything so far visible, and safe on disk."""
        try:
            for name in sorted(self._touched):
                path, writer = self._open[name]
                writer.commit()
                share_meta(path)
        except (OSError, ValueError) as error:
            raise CannotWrite(f"the word index cannot be written: {error}") from error
        self._touched.clear()

    def close(self) -> None:
        """Give up the locks; what was not committed is lost."""
        for name in list(self._open):
            self._close(name)

    def _close(self, name: str) -> None:
        _, writer = self._open.pop(name, (None, None))
        self._touched.discard(name)
        try:
            if writer is not None:
                writer.wait_merging_threads()
        except ValueError as error:
            raise CannotWrite(f"the word index cannot be written: {error}") from error

    def _writer(self, name: str) -> tantivy.IndexWriter:
        """The writer of a compartment, which is begun where there is none."""
        self._touched.add(name)
        if name not in self._open:
            path = word_folders(self._path).get(name, self._path / f"{name}.0")
            try:
                path.mkdir(exist_ok=True)
                writer = open_words(path, self._schema).writer(HEAP_BYTES, THREADS)
            except (OSError, ValueError) as error:
                if "lock" in str(error).lower():
                    raise LibraryLocked(f"another process writes to {path}") from error
                raise CannotWrite(f"{path} cannot be written: {error}") from error
            self._open[name] = path, writer
        return self._open[name][1]


def fill_words(path: Path, entries: Iterable[WordsEntry]) -> None:
    """Add passages to the word index in a folder that nobody else writes to. Raises CannotWrite."""
    try:
        writer = open_words(path, words_schema()).writer(HEAP_BYTES, THREADS)
        for entry in entries:
            writer.add_document(words_document(entry))
        writer.commit()
        writer.wait_merging_threads()
        share_meta(path)
    except (OSError, ValueError) as error:
        raise CannotWrite(
            f"the word index in {path} cannot be written: {error}; make room, then run the same "
            "command again"
        ) from error


def words_document(entry: WordsEntry) -> tantivy.Document:
    """The passage as tantivy takes it, its terms apart by blanks."""
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
    return document


def _tidy(words: Path) -> None:
    """Remove what a killed run or another format left: all but the newest of each compartment."""
    kept = set(word_folders(words).values())
    for path in words.iterdir():
        if path not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in kept:
        for stray in strays(path):
            stray.unlink()


def _joined(words: Iterable[str]) -> str:
    return " ".join(word for word in words if len(word) <= LONGEST_TERM)
