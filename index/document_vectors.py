"""One vector for each document: the mean of its passages' vectors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from index.catalog import Catalog
from index.encoder import Vectors
from index.vectors import VectorIndex

# Documents whose passages are fetched at once; a patent has up to some hundreds of passages.
_BATCH = 500


def document_vectors(
    catalog: Catalog, vectors: VectorIndex, ids: Iterable[str]
) -> tuple[tuple[str, ...], Vectors]:
    """Ids of those documents that have vectors, and float32 (n, dimension), rows of length 1.

    In the order given, repetitions once. A document that is unknown or has no vector is left out.
    """
    wanted = list(dict.fromkeys(ids))
    named: list[str] = []
    rows = [np.empty((0, vectors.dimension), np.float32)]
    for start in range(0, len(wanted), _BATCH):
        batch = wanted[start : start + _BATCH]
        sums = _sums(catalog, vectors, batch)
        lengths = np.linalg.norm(sums, axis=1)
        found = lengths > 0
        named += [name for name, has in zip(batch, found, strict=True) if has]
        rows.append((sums[found] / lengths[found, np.newaxis]).astype(np.float32))
    return tuple(named), np.concatenate(rows)


def _sums(catalog: Catalog, vectors: VectorIndex, ids: Sequence[str]) -> Vectors:
    """For each document the sum of its passages' vectors, (n, dimension)."""
    query = (
        "SELECT p.id, d.id FROM passages p JOIN documents d ON d.key = p.document_key"
        f" WHERE d.id IN ({','.join('?' * len(ids))}) ORDER BY p.id"
    )
    found = catalog.connection.execute(query, list(ids)).fetchall()
    places = {name: place for place, name in enumerate(ids)}
    keys = np.fromiter((key for key, _ in found), np.int64)
    owners = np.fromiter((places[name] for _, name in found), np.int64)
    sums = np.zeros((len(ids), vectors.dimension), np.float32)
    np.add.at(sums, owners, vectors.vectors(keys))
    return sums
