"""What a library holds at a moment, by which two moments can be told apart later."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from index.encoder import Encoder
from index.rerank import Reranker


@dataclass(frozen=True)
class Held:
    """A document that a library holds. name: its number, else its title, cut to 120 characters."""

    id: str
    name: str
    content_hash: str
    label: str | None


@dataclass(frozen=True)
class Snapshot:
    """What a search depends on. fingerprint: of all of it; documents: by id.

    encoder, encoder_fingerprint: the model in use. reranker: its name, None for none.
    """

    fingerprint: str
    encoder: str
    encoder_fingerprint: str
    reranker: str | None
    documents: tuple[Held, ...]


def take_snapshot(
    connection: sqlite3.Connection, encoder: Encoder, reranker: Reranker | None
) -> Snapshot:
    """The snapshot of a catalogue as it is searched with these models."""
    query = (
        "SELECT id, coalesce(nullif(number, ''),"
        " substr(json_extract(CAST(facts AS TEXT), '$.title'), 1, 120), ''), content_hash, label"
        " FROM documents ORDER BY id"
    )
    documents = tuple(Held(*row) for row in connection.execute(query))
    hashes = ((d.id, d.content_hash, d.label) for d in documents)
    name = reranker.name if reranker else None
    fingerprint = fingerprint_of(encoder, reranker, hashes)
    return Snapshot(fingerprint, encoder.name, encoder.fingerprint, name, documents)


def fingerprint_of(
    encoder: Encoder,
    reranker: Reranker | None,
    hashes: Iterable[tuple[str, str, str | None]],
) -> str:
    """16 hexadecimal digits. hashes: id, content hash and label of every document, by id."""
    digest = hashlib.sha256(encoder.fingerprint.encode())
    digest.update(reranker.name.encode() if reranker else b"")
    for row in hashes:
        digest.update(repr(row).encode())
    return digest.hexdigest()[:16]
