"""Fields of the lexical index, and the one place that opens its files."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.errors import BrokenLibrary

WORDS_FOLDER = "words"
# BM25 weight of a term by where it stands; measured in benchmarks/README.md.
FIELD_BOOSTS = {"body": 1.0, "title": 0.3, "heading": 0.3}
# Characters of a term; longer ones are no words.
LONGEST_TERM = 200
HEAP_BYTES = 64 << 20
THREADS = 1  # Passages come in order, so equal scores come in order too.
_TOKENIZER = "blanks"


def verbatim(field: str) -> str:
    """Name of the field that holds a field's words as written."""
    return f"{field}_verbatim"


def materials(field: str) -> str:
    """Name of the field that holds the materials that a field names, in index.chemistry's terms."""
    return f"{field}_materials"


def words_schema() -> tantivy.Schema:
    """The fields of a passage."""
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", stored=False, indexed=True, fast=True)
    builder.add_unsigned_field("document_key", stored=False, indexed=True, fast=True)
    builder.add_text_field("section", stored=False, tokenizer_name="raw")
    for field in FIELD_BOOSTS:
        for name in (field, verbatim(field), materials(field)):
            builder.add_text_field(name, stored=False, tokenizer_name=_TOKENIZER)
    return builder.build()


def open_words(path: Path, schema: tantivy.Schema) -> tantivy.Index:
    """Open the index in a folder, or begin one there. Raises BrokenLibrary."""
    if not path.is_dir():
        raise BrokenLibrary(f"{path} is missing; `prior-art ingest` any path makes it again")
    try:
        with no_panic():
            index = tantivy.Index(schema, path=str(path), reuse=True)
    except (OSError, ValueError) as error:
        raise BrokenLibrary(
            f"the word index in {path} cannot be opened ({error}); delete that folder and run "
            "`prior-art ingest` again: it is made anew from the catalogue"
        ) from error
    whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENIZER, whitespace)
    return index


@contextlib.contextmanager
def no_panic() -> Iterator[None]:
    """What tantivy says of a damaged file, as BrokenLibrary.

    A panic of its reaches Python as an exception that is no Exception, which would end a thread.
    """
    try:
        yield
    except BaseException as error:
        is_corrupt = isinstance(error, ValueError) and "corrupt" in str(error).lower()
        if not is_corrupt and type(error).__name__ != "PanicException":
            raise
        raise BrokenLibrary(
            f"the word index is damaged ({str(error)[:200]}); `prior-art rebuild` makes it anew "
            "from the catalogue"
        ) from error


def keys_of(searcher: tantivy.Searcher) -> NDArray[np.int64]:
    """Keys of all passages that a searcher sees, in no particular order. Raises BrokenLibrary."""
    if searcher.num_docs == 0:
        return np.empty(0, np.int64)
    try:
        with no_panic():
            all_query = tantivy.Query.all_query()
            found = searcher.search(all_query, limit=searcher.num_docs, count=False)
            keys = searcher.fast_field_values("key", [address for _, address in found.hits])
    except ValueError as error:
        raise BrokenLibrary(
            f"the word index is damaged ({error}); `prior-art rebuild` makes it anew"
        ) from error
    return np.array([key or 0 for key in keys], np.int64)


def share_meta(path: Path) -> None:
    """Let others read what tantivy makes readable for its owner only: they search as well."""
    (path / "meta.json").chmod(path.parent.stat().st_mode & 0o666)
