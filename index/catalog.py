"""Read the catalogue: documents, passages, vectors, what was rejected. Never writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from index.clearance import EVERYTHING, Clearance
from index.encoder import Vectors
from index.encoder_table import EncoderTable, StoredEncoder
from index.errors import BrokenLibrary, UnknownDocument
from index.rows import StoredPassage, read_document, stored_passage
from index.schema import connect
from ingest.errors import Rejection
from ingest.facts import DocumentFacts
from ingest.numbers import number_key, parse_number
from ingest.records import Document

_FACTS = msgspec.json.Decoder(DocumentFacts)
# SQLite takes 32,766 parameters in one statement; stay well below.
_BATCH = 10_000

Ids = NDArray[np.int64]


class Catalog:
    """A read-only view of a library's catalogue: of the documents that a clearance allows.

    A clearance of None is for upkeep: the tables as they are. Each call sees the last commit of
    the writer, in whatever process it is. One connection; not for several threads at once.
    """

    def __init__(self, folder: Path, clearance: Clearance | None = EVERYTHING) -> None:
        self.connection = connect(folder, write=False, clearance=clearance)
        self.encoders = EncoderTable(self.connection)

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()

    def generation(self) -> int:
        """Grows with every commit that changes documents."""
        return int(self._value("SELECT value FROM state WHERE name = 'generation'"))

    def count(self, table: str) -> int:
        """Rows of "documents", "passages", "vectors", "rejected" or "sources"."""
        return int(self._value(f"SELECT count(*) FROM {table}"))

    def content_hashes(self) -> Iterator[tuple[str, str, str | None]]:
        """(document id, content hash, label) of every document, by id."""
        yield from self.connection.execute(
            "SELECT id, content_hash, label FROM documents ORDER BY id"
        )

    def documents(self) -> list[DocumentFacts]:
        """All documents, by kind, number and id."""
        rows = self.connection.execute("SELECT facts FROM documents ORDER BY kind, number, id")
        return [_FACTS.decode(facts) for (facts,) in rows]

    def facts(self, keys: Iterable[int]) -> dict[int, DocumentFacts]:
        """Facts by document key."""
        found: dict[int, DocumentFacts] = {}
        for batch in _batches(sorted(set(keys))):
            query = f"SELECT key, facts FROM documents WHERE key IN ({_marks(batch)})"
            found.update((k, _FACTS.decode(f)) for k, f in self.connection.execute(query, batch))
        return found

    def find(self, number_or_id: str) -> int:
        """Key of the document with this id or number, however it is typed.

        Raises UnknownDocument, and names the candidates where several documents answer.
        """
        row = self.connection.execute("SELECT key FROM documents WHERE id = ?", [number_or_id])
        if (found := row.fetchone()) is not None:
            return int(found[0])
        wanted = number_key(number_or_id)
        rows = self.connection.execute(
            "SELECT key, number FROM documents WHERE number_key = ? ORDER BY id", [wanted]
        ).fetchall()
        typed = parse_number(number_or_id)
        exact = [key for key, number in rows if number == typed]
        named_kind = typed is not None and typed != wanted
        if len(exact) == 1 or (len(rows) == 1 and not named_kind):
            return int((exact or [rows[0][0]])[0])
        if rows:
            known = self.facts(key for key, _ in rows).values()
            names = " or ".join(f"{facts.number} (id {facts.id})" for facts in known)
            raise UnknownDocument(f"{number_or_id!r} is not one document; there is {names}")
        raise UnknownDocument(f"no document {number_or_id!r}; `prior-art list` shows all of them")

    def document(self, key: int) -> Document:
        """A document with its text and all its parts."""
        return read_document(self.connection, key)

    def passages(self, keys: Sequence[int]) -> dict[int, StoredPassage]:
        """Passages by key. A key that the catalogue does not know is left out."""
        found: dict[int, StoredPassage] = {}
        for batch in _batches(keys):
            query = (
                "SELECT p.id, p.document_key, d.id, p.position, p.section, p.heading_path, p.claim,"
                " p.paragraph, p.first_page, p.last_page, p.language, p.ocr_confidence,"
                " p.start, p.end,"
                " substr(d.text, p.start + 1, p.end - p.start)"
                " FROM passages p JOIN documents d ON d.key = p.document_key"
                f" WHERE p.id IN ({_marks(batch)})"
            )
            for row in self.connection.execute(query, batch):
                found[row[0]] = stored_passage(row)
        return found

    def span(self, passage_id: str) -> tuple[int, int] | None:
        """Where a passage stands in its document's text, half-open; None for an unknown id."""
        document_id, _, position = passage_id.rpartition(":")
        query = (
            "SELECT p.start, p.end FROM passages p JOIN documents d ON d.key = p.document_key"
            " WHERE d.id = ? AND p.position = ?"
        )
        row = self.connection.execute(query, [document_id, position]).fetchone()
        return (row[0], row[1]) if row else None

    def spans(self, document_key: int) -> list[tuple[str, int, int]]:
        """Id, start and end in the document's text of all its passages, in reading order."""
        query = (
            "SELECT d.id || ':' || p.position, p.start, p.end FROM passages p"
            " JOIN documents d ON d.key = p.document_key WHERE d.key = ? ORDER BY p.position"
        )
        return self.connection.execute(query, [document_key]).fetchall()

    def passages_of(self, document_key: int) -> list[int]:
        """Keys of a document's passages, in reading order."""
        query = "SELECT id FROM passages WHERE document_key = ? ORDER BY position"
        return [key for (key,) in self.connection.execute(query, [document_key])]

    def document_keys(self, passage_keys: Sequence[int]) -> dict[int, int]:
        """Document key of each passage key that the catalogue knows."""
        found: dict[int, int] = {}
        for batch in _batches(passage_keys):
            query = f"SELECT id, document_key FROM passages WHERE id IN ({_marks(batch)})"
            found.update(self.connection.execute(query, batch))
        return found

    def passage_keys(self) -> Ids:
        """Keys of all passages, ascending."""
        rows = self.connection.execute("SELECT id FROM passages ORDER BY id")
        return np.fromiter((key for (key,) in rows), np.int64)

    def passages_by_label(self) -> dict[str | None, Ids]:
        """Keys of all passages, ascending, by the label of their document."""
        found: dict[str | None, list[int]] = {}
        query = (
            "SELECT d.label, p.id FROM passages p JOIN documents d ON d.key = p.document_key"
            " ORDER BY p.id"
        )
        for label, key in self.connection.execute(query):
            found.setdefault(label, []).append(key)
        return {label: np.array(keys, np.int64) for label, keys in found.items()}

    def vectors_by_label(self, encoder_id: int) -> dict[str, Ids]:
        """Keys of the passages that have a vector of an encoder, ascending, by their label.

        Copies of a text under another label are among them.
        """
        query = (
            "SELECT label, passage_id FROM labelled_vectors WHERE encoder_id = ?"
            " ORDER BY passage_id"
        )
        found: dict[str, list[int]] = {}
        for label, key in self.connection.execute(query, [encoder_id]):
            found.setdefault(label, []).append(key)
        return {label: np.array(keys, np.int64) for label, keys in found.items()}

    def vectors(self, keys: Sequence[int], encoder: StoredEncoder) -> Vectors:
        """An encoder's vectors of passages, float32 (n, dimension), in the order of the keys."""
        found: dict[int, bytes] = {}
        for batch in _batches(keys):
            query = (
                "SELECT passage_id, vector FROM labelled_vectors"
                f" WHERE encoder_id = ? AND passage_id IN ({_marks(batch)})"
            )
            found.update(self.connection.execute(query, [encoder.id, *batch]))
        data = b"".join(found[int(key)] for key in keys)
        return np.frombuffer(data, np.dtype("<f4")).reshape(len(keys), encoder.dimension)

    def rejected(self) -> list[Rejection]:
        """What is not in the index and why, by source."""
        rows = self.connection.execute(
            "SELECT source, error, message, tried, page FROM rejected ORDER BY source"
        )
        return [Rejection(*row) for row in rows]

    def _value(self, query: str) -> int:
        try:
            return int(self.connection.execute(query).fetchone()[0])
        except (sqlite3.Error, TypeError) as error:
            raise BrokenLibrary(f"the catalogue cannot be read: {error}") from error


def encoder_in_use(folder: Path) -> StoredEncoder:
    """The encoder that a library's searches use. Raises BrokenLibrary."""
    catalog = Catalog(folder)
    try:
        return catalog.encoders.current()
    finally:
        catalog.close()


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _batches(values: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(values), _BATCH):
        yield [int(value) for value in values[start : start + _BATCH]]
