"""Passage vectors in FAISS, by passage key. FAISS's -1 padding ends here.

The file is a copy of what the catalogue holds, for speed: one that is missing, older or newer
than the catalogue is completed in memory, never trusted over it.
"""

from __future__ import annotations

import os
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.catalog import Catalog, Ids
from index.encoder import Vectors
from index.encoder_table import StoredEncoder
from index.errors import CannotWrite, OtherEncoder

VECTORS_FILES = "vectors-*.faiss"
_CHUNK = 50_000


def vectors_file(folder: Path, encoder: StoredEncoder) -> Path:
    """Where the vectors of an encoder are kept; no two encoders share a name."""
    return folder / VECTORS_FILES.replace("*", str(encoder.id))


class VectorIndex:
    """Exact inner products over one encoder's unit vectors, so scores are cosines in [-1, 1]."""

    def __init__(self, encoder: StoredEncoder) -> None:
        self.encoder = encoder
        self.dimension = encoder.dimension
        self._index = faiss.IndexIDMap2(faiss.IndexFlatIP(encoder.dimension))

    @classmethod
    def load(cls, folder: Path, encoder: StoredEncoder) -> VectorIndex:
        """The index as last saved; an empty one where the file is missing or unreadable."""
        loaded = cls(encoder)
        path = vectors_file(folder, encoder)
        if path.exists():
            try:
                index = faiss.read_index(str(path))
            except RuntimeError:  # Half a file, or none of FAISS's: sync() fetches everything.
                return loaded
            if index.d == encoder.dimension and isinstance(index, faiss.IndexIDMap2):
                loaded._index = index
        return loaded

    def __len__(self) -> int:
        """Number of vectors."""
        return int(self._index.ntotal)

    def keys(self) -> Ids:
        """Passage keys of all vectors, in no particular order."""
        return np.array(faiss.vector_to_array(self._index.id_map), np.int64)

    def sync(self, catalog: Catalog) -> bool:
        """Make it hold exactly the catalogue's vectors; True if anything had to change.

        Only those of its own encoder, whichever is in use by now. Raises OtherEncoder where they
        have been dropped.
        """
        if not catalog.encoders.keeps(self.encoder):
            raise OtherEncoder(
                f"the vectors of the encoder {self.encoder.name} are no longer in the library, "
                f"which uses {catalog.encoders.current().name} by now; open it anew"
            )
        have, want = self.keys(), catalog.vector_keys(self.encoder.id)
        surplus = np.setdiff1d(have, want)
        missing = np.setdiff1d(want, have)
        if surplus.size:
            self._index.remove_ids(faiss.IDSelectorBatch(surplus))
        for start in range(0, missing.size, _CHUNK):
            part = missing[start : start + _CHUNK]
            vectors = catalog.vectors(part.tolist(), self.encoder)
            self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), part)
        return bool(surplus.size or missing.size)

    def save(self, folder: Path) -> None:
        """Write the file, in one step as far as anybody reading it can tell."""
        path = vectors_file(folder, self.encoder)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            faiss.write_index(self._index, str(temporary))
            with temporary.open("rb+") as stream:
                os.fsync(stream.fileno())
            temporary.replace(path)
        except (RuntimeError, OSError) as error:  # FAISS knows one error only.
            raise CannotWrite(
                f"{path} cannot be written: {error}; searches make up for it, at "
                "a cost at every opening, until an ingest succeeds"
            ) from error
        finally:
            temporary.unlink(missing_ok=True)

    def search(
        self, query: Vectors, count: int, allowed: Ids | None = None
    ) -> tuple[Ids, NDArray[np.float32]]:
        """Keys and cosines of the nearest passages, best first, at most `count`.

        query: (dimension,). allowed: the only keys that may come back; None for all.
        """
        limit = min(count, len(self) if allowed is None else allowed.size)
        if limit == 0 or len(self) == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        parameters = None
        if allowed is not None:
            # A keyword of FAISS that its stubs do not know; it keeps the selector alive.
            selector = faiss.IDSelectorBatch(allowed)
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, keys = self._index.search(query[np.newaxis], limit, params=parameters)
        real = keys[0] >= 0
        return keys[0][real], scores[0][real]

    def vectors(self, keys: Ids) -> Vectors:
        """Vectors of these passages, (n, dimension), in their order; zeros for an unknown key."""
        known = np.isin(keys, self.keys())
        result = np.zeros((keys.size, self.dimension), np.float32)
        if known.any():
            result[known] = self._index.reconstruct_batch(keys[known])
        return result
