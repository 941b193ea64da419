"""The encoders that a library has vectors of: the one in use, one on its way, former ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from index.encoder import Encoder, Vectors
from index.errors import BrokenLibrary


@dataclass(frozen=True)
class StoredEncoder:
    """What made some of the vectors. id: never given twice in one library."""

    id: int
    name: str
    fingerprint: str
    dimension: int


class EncoderTable:
    """Reads and writes the tables `encoders` and `vectors` over the caller's connection.

    The caller holds the transaction where several changes belong together.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def current(self) -> StoredEncoder:
        """The encoder in use. Raises BrokenLibrary where the catalogue names none."""
        problem = ""
        try:
            found = self._of_state("encoder")
        except sqlite3.DatabaseError as error:
            found, problem = None, f": {error}"
        if found is None:
            raise BrokenLibrary(
                f"the catalogue names no encoder{problem}; restore it from a backup, or ingest "
                "again into a new folder"
            )
        return found

    def target(self) -> StoredEncoder | None:
        """The encoder of a re-embedding that has not come to its end."""
        return self._of_state("target")

    def others(self) -> list[StoredEncoder]:
        """Encoders that are not in use but have vectors, oldest first."""
        current = self.current().id
        rows = self._db.execute("SELECT * FROM encoders WHERE id <> ? ORDER BY id", [current])
        return [StoredEncoder(*row) for row in rows]

    def keeps(self, encoder: StoredEncoder) -> bool:
        """Whether the vectors of an encoder are still there."""
        query = "SELECT 1 FROM encoders WHERE id = ? AND fingerprint = ?"
        return bool(self._db.execute(query, [encoder.id, encoder.fingerprint]).fetchone())

    def count(self, encoder: StoredEncoder) -> int:
        """Number of passages that have a vector of an encoder."""
        query = "SELECT count(*) FROM vectors WHERE encoder_id = ?"
        return int(self._db.execute(query, [encoder.id]).fetchone()[0])

    def missing(self, encoder: StoredEncoder, after: int, count: int) -> list[int]:
        """Keys above `after` of passages without a vector of an encoder, the first `count`."""
        query = (
            "SELECT p.id FROM passages p WHERE p.id > ? AND NOT EXISTS (SELECT 1 FROM vectors v"
            " WHERE v.passage_id = p.id AND v.encoder_id = ?) ORDER BY p.id LIMIT ?"
        )
        return [key for (key,) in self._db.execute(query, [after, encoder.id, count])]

    def begin(self, encoder: Encoder) -> StoredEncoder:
        """The row of an encoder, made or given its present name."""
        query = (
            "INSERT INTO encoders (name, fingerprint, dimension) VALUES (?, ?, ?)"
            " ON CONFLICT (fingerprint) DO UPDATE SET name = excluded.name RETURNING *"
        )
        values = (encoder.name, encoder.fingerprint, encoder.dimension)
        return StoredEncoder(*self._db.execute(query, values).fetchone())

    def aim_at(self, encoder: StoredEncoder | None) -> None:
        """Note which encoder is to be used next; None where none is."""
        self._set_state("target", encoder.id if encoder else 0)

    def use(self, encoder: StoredEncoder) -> None:
        """Make an encoder the one in use."""
        self._set_state("encoder", encoder.id)
        self.aim_at(None)

    def drop(self, encoder: StoredEncoder) -> None:
        """Take an encoder and its vectors out."""
        self._db.execute("DELETE FROM vectors WHERE encoder_id = ?", [encoder.id])
        self._db.execute("DELETE FROM encoders WHERE id = ?", [encoder.id])

    def put(self, encoder: StoredEncoder, keys: Sequence[int], vectors: Vectors) -> None:
        """Add vectors, (n, dimension), of passages; those that have gone meanwhile are left out."""
        self._db.executemany(
            "INSERT OR IGNORE INTO vectors SELECT id, ?, ? FROM passages WHERE id = ?",
            [
                (encoder.id, row.astype("<f4").tobytes(), key)
                for key, row in zip(keys, vectors, strict=True)
            ],
        )

    def _of_state(self, name: str) -> StoredEncoder | None:
        query = "SELECT e.* FROM encoders e JOIN state s ON s.value = e.id WHERE s.name = ?"
        row = self._db.execute(query, [name]).fetchone()
        return StoredEncoder(*row) if row else None

    def _set_state(self, name: str, value: int) -> None:
        self._db.execute("UPDATE state SET value = ? WHERE name = ?", [value, name])
