"""Write the catalogue. What belongs together is one transaction of the caller's."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from index.citations import fill_citations, put_citations
from index.encoder import Vectors
from index.encoder_table import EncoderTable
from index.filters import folded_name
from index.passage_store import put_passages
from index.rows import Parts, read_document
from index.schema import connect
from index.source_store import SourceStore
from ingest.facts import DocumentFacts
from ingest.numbers import number_key
from ingest.records import Document, Passage

_FACTS = msgspec.json.Decoder(DocumentFacts)


@dataclass(frozen=True)
class StoredDocument:
    """Where a document stands. content_hash: of the bytes that it was read from."""

    key: int
    content_hash: str
    label: str | None


class Store:
    """The catalogue, opened for writing. One at a time: the caller holds the library's lock."""

    def __init__(self, folder: Path) -> None:
        self._db = connect(folder, write=True)
        fill_citations(self._db)
        self.sources = SourceStore(self._db)
        self.encoders = EncoderTable(self._db)

    def close(self) -> None:
        """Give the file back, its log folded in and emptied: that holds old text, too."""
        with contextlib.suppress(sqlite3.Error):  # Where readers hold it, the next writer does.
            self._db.execute("PRAGMA busy_timeout = 2000")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._db.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and nothing when the process dies in between."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def reserve(self, count: int) -> int:
        """First of `count` passage keys that are never given out again, committed at once."""
        query = "UPDATE state SET value = value + ? WHERE name = 'next_passage' RETURNING value"
        return int(self._db.execute(query, [count]).fetchone()[0]) - count

    def advance(self) -> None:
        """Tell readers that documents have changed."""
        self._db.execute("UPDATE state SET value = value + 1 WHERE name = 'generation'")

    def documents_of(self, path: str) -> dict[str, StoredDocument]:
        """Documents read from a file, by id."""
        query = (
            "SELECT d.id, d.key, d.content_hash, d.label FROM origins o"
            " JOIN documents d ON d.key = o.document_key WHERE o.path = ?"
        )
        return {row[0]: StoredDocument(*row[1:]) for row in self._db.execute(query, [path])}

    def document(self, document_id: str, label: str | None, path: str) -> StoredDocument | None:
        """The document of an id that a file's document of this label is compared with.

        The one that the file holds, else the one of that label. Without a label on either side it
        is one document; two labels make two, so that neither tells of the other.
        """
        query = (
            "SELECT d.key, content_hash, label FROM documents d"
            " LEFT JOIN origins o ON o.document_key = d.key AND o.path = ?3 WHERE id = ?1"
            " AND (o.path IS NOT NULL OR label IS ?2 OR label IS NULL OR ?2 IS NULL)"
            " ORDER BY o.path IS NULL, label IS NOT ?2, d.key"
        )
        row = self._db.execute(query, [document_id, label, path]).fetchone()
        return StoredDocument(*row) if row else None

    def copies(self, key: int) -> list[int]:
        """A document and those of its id under other labels."""
        query = "SELECT key FROM documents WHERE id = (SELECT id FROM documents WHERE key = ?)"
        return [copy for (copy,) in self._db.execute(query, [key])]

    def paths_of(self, key: int) -> list[str]:
        """Files that a document was read from."""
        query = "SELECT path FROM origins WHERE document_key = ? ORDER BY path"
        return [path for (path,) in self._db.execute(query, [key])]

    def origins_of(self, key: int) -> dict[str, bool]:
        """Files that a document belongs to, and whether each is joined to another's text."""
        query = "SELECT path, joined FROM origins WHERE document_key = ? ORDER BY path"
        return {path: bool(joined) for path, joined in self._db.execute(query, [key])}

    def add_origin(self, path: str, key: int, *, joined: bool = False) -> None:
        """Remember that a file holds this document, or another text of its publication."""
        query = "INSERT OR REPLACE INTO origins VALUES (?, ?, ?)"
        self._db.execute(query, [path, key, int(joined)])

    def put_document(self, document: Document, content_hash: str) -> int:
        """Add a document without its passages; its key."""
        facts = document.facts
        parts = Parts(document.sections, document.claims, document.pages, document.references)
        values = (
            facts.id, content_hash, facts.kind, facts.number,
            number_key(facts.number) if facts.number else None,
            facts.country, facts.family, facts.label,
            facts.priority_date, facts.filing_date, facts.publication_date,
            msgspec.json.encode(facts), msgspec.json.encode(parts), document.text,
        )  # fmt: skip
        query = f"INSERT INTO documents VALUES (NULL{', ?' * len(values)}) RETURNING key"
        key = int(self._db.execute(query, values).fetchone()[0])
        self._put_lists(key, facts)
        put_citations(self._db, key, document.references)
        return key

    def twins(self, number: str, label: str | None) -> list[tuple[str, StoredDocument]]:
        """Documents of a publication under a label, with their ids. number: canonical."""
        query = (
            "SELECT id, key, content_hash, label FROM documents"
            " WHERE number_key = ? AND number = ? AND label IS ? ORDER BY key"
        )
        rows = self._db.execute(query, [number_key(number), number, label])
        return [(row[0], StoredDocument(*row[1:])) for row in rows]

    def whole(self, key: int) -> Document:
        """A document as stored."""
        return read_document(self._db, key)

    def put_facts(self, key: int, facts: DocumentFacts) -> None:
        """Replace a document's facts. Its id, label and title must be the same as before."""
        values = (
            facts.family, facts.priority_date, facts.filing_date, facts.publication_date,
            msgspec.json.encode(facts), key,
        )  # fmt: skip
        self._db.execute(
            "UPDATE documents SET family = ?, priority_date = ?, filing_date = ?,"
            " publication_date = ?, facts = ? WHERE key = ?",
            values,
        )
        for table in ("symbols", "parties"):
            self._db.execute(f"DELETE FROM {table} WHERE document_key = ?", [key])
        self._put_lists(key, facts)

    def put_passages(
        self, document_key: int, passages: Sequence[Passage], vectors: Vectors, first_key: int
    ) -> None:
        """Add a document's passages. vectors: of the encoder in use, float32 (n, dimension).

        Keys count up from first_key.
        """
        put_passages(self._db, document_key, passages, first_key)
        keys = range(first_key, first_key + len(passages))
        self.encoders.put(self.encoders.current(), keys, vectors)

    def remove_document(self, key: int) -> list[int]:
        """Take a document out; the keys of its passages."""
        query = "SELECT id FROM passages WHERE document_key = ?"
        passages = [passage for (passage,) in self._db.execute(query, [key])]
        self._db.execute("DELETE FROM documents WHERE key = ?", [key])
        return passages

    def leave(self, path: str, keys: Sequence[int]) -> list[int]:
        """A file no longer holds these documents; those that no file holds go.

        The keys of passages that went.
        """
        gone: list[int] = []
        for key in keys:
            joined = self.origins_of(key).get(path, False)
            self._db.execute("DELETE FROM origins WHERE path = ? AND document_key = ?", [path, key])
            others = self.origins_of(key)
            if not others:
                gone += self.remove_document(key)
            elif joined or all(others.values()):
                self._make_stale(key, list(others))
            else:
                self._change_source(key, path, next(p for p, other in others.items() if not other))
        return gone

    def leave_joined(self, path: str) -> None:
        """A changed file is joined to other files' texts: what it gave to them may be wrong now."""
        query = "SELECT document_key FROM origins WHERE path = ? AND joined"
        with self.transaction():
            for (key,) in self._db.execute(query, [path]).fetchall():
                self._make_stale(key, [p for p in self.origins_of(key) if p != path])

    def read_joined_again(self, key: int, path: str) -> None:
        """Have the files read again that are joined to a document, but for the given one."""
        joined = [p for p, is_joined in self.origins_of(key).items() if is_joined and p != path]
        self._read_again(joined)

    def _make_stale(self, key: int, paths: Sequence[str]) -> None:
        """What a document says may be that of a file that has gone or changed: read the others."""
        self._db.execute("UPDATE documents SET content_hash = '' WHERE key = ?", [key])
        self._read_again(paths)

    def _read_again(self, paths: Sequence[str]) -> None:
        self._db.executemany("UPDATE sources SET complete = 0 WHERE path = ?", [[p] for p in paths])

    def _change_source(self, key: int, old: str, new: str) -> None:
        """A copy with the same bytes takes the place of the file that left."""
        query = "SELECT facts FROM documents WHERE key = ?"
        source = _FACTS.decode(self._db.execute(query, [key]).fetchone()[0]).source
        if source == old or source.startswith(f"{old}!/"):
            self._change_facts(key, source=new)

    def set_label(self, key: int, label: str | None) -> list[int]:
        """Change a document's label; the keys of passages that went.

        Where a copy of it has that label already, the two become one.
        """
        query = "SELECT label FROM documents WHERE key = ?"
        for copy in set(self.copies(key)) - {key}:
            if self._db.execute(query, [copy]).fetchone()[0] != label:
                continue
            for path, joined in self.origins_of(key).items():
                self.add_origin(path, copy, joined=joined)
            return self.remove_document(key)
        self._change_facts(key, label=label)
        self._db.execute("UPDATE documents SET label = ? WHERE key = ?", [label, key])
        return []

    def _put_lists(self, key: int, facts: DocumentFacts) -> None:
        self._db.executemany("INSERT INTO symbols VALUES (?, ?)", [(key, s) for s in facts.cpc])
        names = [(key, folded_name(name)) for name in facts.parties]
        self._db.executemany("INSERT INTO parties VALUES (?, ?)", names)

    def _change_facts(self, key: int, **changes: str | None) -> None:
        query = "SELECT facts FROM documents WHERE key = ?"
        facts = _FACTS.decode(self._db.execute(query, [key]).fetchone()[0])
        changed = msgspec.json.encode(replace(facts, **changes))  # type: ignore[arg-type]
        self._db.execute("UPDATE documents SET facts = ? WHERE key = ?", [changed, key])
