"""Documents' texts as a record keeps them: where they stand and a hash, none of their words.

A record outlives the documents that it names, and its entries cannot be changed; what it does
not hold need not be taken out of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from index.catalog import Catalog
from index.clearance import Clearance
from index.errors import NoLibrary, UnknownDocument
from index.manifest import read_manifest
from ingest.facts import DocumentFacts

_TOKENS = re.compile(r"\w+|\W+")
_WORD = re.compile(r"[^\W\d_]")
# How a program's own sentence may write a document's word.
_FORMS: tuple[Callable[[str], str], ...] = (str, str.lower, str.upper, str.capitalize)


class Texts:
    """Texts and facts of documents, as far as a clearance lets them exist. For one thread."""

    def __init__(self, catalog: Catalog | None) -> None:
        self._catalog = catalog
        self._texts: dict[str, str | None] = {}
        self._facts: dict[str, DocumentFacts | None] = {}

    @property
    def there(self) -> bool:
        """Whether there is a library at all."""
        return self._catalog is not None

    def facts(self, document_id: str) -> DocumentFacts | None:
        """What is known of a document; None where there is none of this id."""
        if document_id not in self._facts:
            key = self._key(document_id)
            found = self._catalog.facts([key])[key] if self._catalog and key is not None else None
            self._facts[document_id] = found
        return self._facts[document_id]

    def numbers(self) -> dict[str, str]:
        """The numbers of all documents that have one, by id."""
        if self._catalog is None:
            return {}
        query = "SELECT id, number FROM documents WHERE number <> ''"
        return dict(self._catalog.connection.execute(query).fetchall())

    def text(self, document_id: str) -> str | None:
        """The text of a document; None where there is none of this id."""
        if document_id not in self._texts:
            key = self._key(document_id)
            found = self._catalog.document(key) if self._catalog and key is not None else None
            self._texts[document_id] = found.text if found else None
        return self._texts[document_id]

    def start(self, passage_id: str) -> int:
        """Where a passage begins in its document's text; 0 where that is not known."""
        span = self._catalog.span(passage_id) if self._catalog else None
        return span[0] if span else 0

    def _key(self, document_id: str) -> int | None:
        if self._catalog is None:
            return None
        try:
            key = self._catalog.find(document_id)
        except UnknownDocument:
            return None
        # A number that another document answers to is no id.
        return key if self._catalog.facts([key])[key].id == document_id else None


NO_TEXTS = Texts(None)


@contextlib.contextmanager
def texts_of(index: Path, clearance: Clearance) -> Iterator[Texts]:
    """The documents of a library, none where there is no library."""
    try:
        read_manifest(index)
    except NoLibrary:
        yield NO_TEXTS
        return
    catalog = Catalog(index, clearance)
    try:
        yield Texts(catalog)
    finally:
        catalog.close()


def placed(
    text: Any, texts: Texts, *documents: str, start: int = 0, own_words: bool = False
) -> Any:
    """A text as a record keeps it: its hash, and the places of its words in documents.

    text: None and what is kept already stay as they are. documents: ids, in which its words are
    looked for. start: where in the first document's text to look first. own_words: whether words
    that stand in none of them are a user's or the program's, and are kept; where they may be
    words that a document had before, the hash alone is.
    """
    if not isinstance(text, str):
        return text
    kept: dict[str, Any] = {"sha256": hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()}
    sources = [texts.text(document) for document in documents]
    found = [source for source in sources if source is not None]
    if not found or len(found) < len(sources):
        return kept
    pieces = _pieces(text, found, start)
    if not own_words and any(isinstance(one, str) and _WORD.search(one) for one in pieces):
        return kept
    return {**kept, "of": list(documents), "pieces": pieces}


def found_whole(kept: Any) -> bool:
    """Whether what `placed` gave can be shown again."""
    return not isinstance(kept, Mapping) or "pieces" in kept


def unplaced(kept: Any, texts: Texts) -> str | None:
    """The text that was kept; None where its documents have gone or say something else now.

    What an earlier release kept whole is given as it is.
    """
    if not isinstance(kept, Mapping):
        return None if kept is None else str(kept)
    sources = [texts.text(document) for document in kept.get("of", ())]
    if not sources or None in sources:
        return None
    text = "".join(_piece(piece, sources) for piece in kept["pieces"])
    right = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() == kept["sha256"]
    return text if right else None


def hashed(value: Any) -> Any:
    """A value with every text that it keeps by its hash alone, so that two can be compared."""
    if isinstance(value, Mapping):
        if "sha256" in value:
            return {"sha256": value["sha256"]}
        return {name: hashed(entry) for name, entry in value.items()}
    return [hashed(entry) for entry in value] if isinstance(value, list | tuple) else value


def _piece(piece: Any, sources: Sequence[str | None]) -> str:
    if isinstance(piece, str):
        return piece
    source, start, end, form = piece
    write: Callable[[str], str] = _FORMS[form]
    return write((sources[source] or "")[start:end])


def _pieces(text: str, sources: Sequence[str], start: int) -> list[Any]:
    """The text as pieces: [source, start, end, form], and as they are words of no source."""
    whole = sources[0].find(text, start)
    if whole >= 0 and text:
        return [[0, whole, whole + len(text), 0]]
    tokens = _TOKENS.findall(text)
    pieces: list[Any] = []
    at = 0
    while at < len(tokens):
        piece, count = _longest(tokens, at, sources)
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
        at += count
    return pieces


def _longest(tokens: Sequence[str], at: int, sources: Sequence[str]) -> tuple[Any, int]:
    """The longest run of tokens from one on that stands in a source, and how many they are."""
    best: tuple[Any, int] = (tokens[at], 1)
    if not tokens[at][0].isalnum():
        return best
    for number, source in enumerate(sources):
        count = _standing(tokens, at, source)
        if count and (isinstance(best[0], str) or count > best[1]):
            run = "".join(tokens[at : at + count])
            begin = source.find(run)
            best = ([number, begin, begin + len(run), 0], count)
    if isinstance(best[0], str):
        best = (_otherwise_written(tokens[at], sources) or tokens[at], 1)
    return best


def _standing(tokens: Sequence[str], at: int, source: str) -> int:
    """How many tokens from one on stand together in a source."""
    low, high = 0, 1
    while at + high <= len(tokens) and "".join(tokens[at : at + high]) in source:
        low, high = high, 2 * high
    high = min(high, len(tokens) - at + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if "".join(tokens[at : at + middle]) in source:
            low = middle
        else:
            high = middle
    return low


def _otherwise_written(token: str, sources: Sequence[str]) -> list[int] | None:
    """The place of a word that a source writes in other cases."""
    for number, source in enumerate(sources):
        found = re.search(re.escape(token), source, re.IGNORECASE)
        for form, write in enumerate(_FORMS):
            if found and write(found[0]) == token:
                return [number, found.start(), found.end(), form]
    return None
