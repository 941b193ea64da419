"""Passage vectors in FAISS, by passage key, a file for each compartment.

FAISS's -1 padding ends here. The files are a copy of what the catalogue holds, for speed: one that
is missing, older or newer than the catalogue is completed in memory, never trusted over it.
"""

from __future__ import annotations

import os
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.catalog import Catalog, Ids
from index.clearance import EVERYTHING, Clearance
from index.compartments import allowed_compartments, best, compartment_of
from index.encoder import Vectors
from index.encoder_table import StoredEncoder
from index.errors import CannotWrite, OtherEncoder

VECTORS_FILES = "vectors-*.faiss"
_CHUNK = 50_000


def vectors_file(folder: Path, encoder: StoredEncoder, compartment: str) -> Path:
    """Where an encoder's vectors of a compartment are kept; no two share a name."""
    return folder / VECTORS_FILES.replace("*", f"{encoder.id}-{compartment}")


class VectorIndex:
    """Exact inner products over one encoder's unit vectors, so scores are cosines in [-1, 1].

    Several may share what they hold, each seeing the compartments of its clearance; not for
    several threads at once, all of them together.
    """

    def __init__(self, encoder: StoredEncoder, folder: Path | None = None) -> None:
        """folder: where compartments are read from when they are needed; None for nowhere."""
        self.encoder = encoder
        self.dimension = encoder.dimension
        self._folder = folder
        self._clearance = EVERYTHING
        self._shared: dict[str, faiss.IndexIDMap2] = {}

    def seen_by(self, clearance: Clearance) -> VectorIndex:
        """The same vectors as far as a clearance opens their compartments."""
        seen = VectorIndex(self.encoder, self._folder)
        seen._clearance, seen._shared = clearance, self._shared
        return seen

    def __len__(self) -> int:
        """Number of vectors."""
        return sum(int(part.ntotal) for part in self._parts())

    def keys(self) -> Ids:
        """Passage keys of all vectors, in no particular order."""
        return np.concatenate([np.empty(0, np.int64), *map(_keys, self._parts())])

    def sync(self, catalog: Catalog) -> set[str]:
        """Make it hold exactly the catalogue's vectors; the compartments that had to change.

        The catalogue must have the same clearance. Only vectors of its own encoder, whichever is
        in use by now. Raises OtherEncoder where they have been dropped.
        """
        if not catalog.encoders.keeps(self.encoder):
            raise OtherEncoder(
                f"the vectors of the encoder {self.encoder.name} are no longer in the library, "
                f"which uses {catalog.encoders.current().name} by now; open it anew"
            )
        wanted = catalog.vectors_by_label(self.encoder.id)
        keys = {compartment_of(label): own for label, own in wanted.items()}
        known = allowed_compartments(self._clearance, self._shared)
        nothing = np.empty(0, np.int64)
        return {
            name for name in sorted({*known, *keys})
            if self._fit(name, keys.get(name, nothing), catalog)
        }  # fmt: skip

    def add(self, compartment: str, keys: Ids, vectors: Vectors) -> None:
        """Add vectors, (n, dimension), of passages to a compartment."""
        part = self._shared.setdefault(compartment, self._empty())
        part.add_with_ids(np.ascontiguousarray(vectors, np.float32), keys)

    def save(self, folder: Path, compartment: str) -> None:
        """Write a compartment's file, in one step as far as anybody reading it can tell."""
        path = vectors_file(folder, self.encoder, compartment)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            faiss.write_index(self._shared[compartment], str(temporary))
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
        """Keys and cosines of the nearest passages, best first, equals by key, at most `count`.

        query: (dimension,). allowed: the only keys that may come back; None for all.
        """
        found = [_nearest(part, query, count, allowed) for part in self._parts()]
        keys = np.concatenate([np.empty(0, np.int64), *(keys for keys, _ in found)])
        scores = np.concatenate([np.empty(0, np.float32), *(scores for _, scores in found)])
        order = np.lexsort((keys, -scores))[:count]
        return keys[order], scores[order]

    def vectors(self, keys: Ids) -> Vectors:
        """Vectors of these passages, (n, dimension), in their order; zeros for an unknown key."""
        result = np.zeros((keys.size, self.dimension), np.float32)
        for part in self._parts():
            known = np.isin(keys, _keys(part))
            if known.any():
                result[known] = part.reconstruct_batch(keys[known])
        return result

    def _parts(self) -> list[faiss.IndexIDMap2]:
        names = allowed_compartments(self._clearance, self._shared)
        return [self._shared[name] for name in names]

    def _fit(self, name: str, want: Ids, catalog: Catalog) -> bool:
        """Make a compartment hold these keys; whether anything had to change."""
        if name not in self._shared:
            self._shared[name] = self._read(name)
        part = self._shared[name]
        have = _keys(part)
        surplus, missing = np.setdiff1d(have, want), np.setdiff1d(want, have)
        if surplus.size:
            part.remove_ids(faiss.IDSelectorBatch(surplus))
        for start in range(0, missing.size, _CHUNK):
            some = missing[start : start + _CHUNK]
            self.add(name, some, catalog.vectors(some.tolist(), self.encoder))
        return bool(surplus.size or missing.size)

    def _read(self, name: str) -> faiss.IndexIDMap2:
        """A compartment as last saved; an empty one where the file is missing or unreadable."""
        if self._folder is not None:
            path = vectors_file(self._folder, self.encoder, name)
            try:
                index = faiss.read_index(str(path)) if path.exists() else None
            except RuntimeError:  # Half a file, or none of FAISS's: everything is fetched.
                index = None
            if isinstance(index, faiss.IndexIDMap2) and index.d == self.dimension:
                return index
        return self._empty()

    def _empty(self) -> faiss.IndexIDMap2:
        return faiss.IndexIDMap2(faiss.IndexFlatIP(self.dimension))


def _keys(part: faiss.IndexIDMap2) -> Ids:
    return np.array(faiss.vector_to_array(part.id_map), np.int64)


def _nearest(
    part: faiss.IndexIDMap2, query: Vectors, count: int, allowed: Ids | None
) -> tuple[Ids, NDArray[np.float32]]:
    size = int(part.ntotal) if allowed is None else min(int(part.ntotal), allowed.size)
    if size == 0 or count == 0:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    parameters = None
    if allowed is not None:
        # A keyword of FAISS that its stubs do not know; it keeps the selector alive.
        selector = faiss.IDSelectorBatch(allowed)
        parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]

    def fetch(limit: int) -> tuple[Ids, NDArray[np.float32]]:
        scores, keys = part.search(query[np.newaxis], limit, params=parameters)
        real = keys[0] >= 0
        return keys[0][real], scores[0][real]

    return best(fetch, count, size)
