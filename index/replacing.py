"""Replace the catalogue of an index that is whole and may be served, in one transaction.

Readers keep their connection: SQLite's backup writes the pages of the other database into the
same file, which everybody sees from the commit on, as with any other commit. Keys must therefore
mean the same in both, since readers and the copies of the catalogue know passages by them.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from index.batch import clean_words, repair_words
from index.errors import BadSnapshot
from index.manifest import read_manifest
from index.schema import CATALOG_FILE, connect
from index.store import Store
from index.sums import keep_sums, register
from index.words_writer import WordsWriter
from index.writing import save_vectors

# Rows that both have must be the same: these say what a key means.
_SAME = {
    "documents": ("key", "id", "text"),
    "passages": ("id", "document_key", "position", "start", "end"),
    "encoders": ("id", "fingerprint", "dimension"),
}


def replace_catalog(folder: Path, staged: Path) -> None:
    """Make the documents of a library those of another catalogue of its own line.

    staged: folder with the other catalogue, checked, which this may change. The caller holds both
    locks of writers. Order: words that are missing, the catalogue, then words that are too many,
    as in every commit. Raises BadSnapshot before anything is changed.
    """
    if read_manifest(staged) != read_manifest(folder):
        raise BadSnapshot(
            f"the snapshot has other passage settings than {folder}; restore it into a new folder"
        )
    with contextlib.closing(connect(folder, write=True)):
        pass  # Brings its tables up to those of this release.
    _prepare(folder, staged)
    words = WordsWriter(folder)
    try:
        repair_words(staged, words, surplus=False)
        _replace(folder, staged)
        repair_words(folder, words)
    finally:
        words.close()
    clean_words(folder)
    save_vectors(folder)
    with contextlib.closing(Store(folder)) as store, store.transaction():
        store.advance()


def _prepare(folder: Path, staged: Path) -> None:
    """Check that keys mean the same, and let none be given out again that ever was."""
    with contextlib.closing(sqlite3.connect(staged / CATALOG_FILE, isolation_level=None)) as new:
        register(new)
        keep_sums(new)
        new.execute("ATTACH ? AS old", [f"{folder / CATALOG_FILE}"])
        for table, (key, *others) in _SAME.items():
            differs = " OR ".join(f"n.{column} IS NOT o.{column}" for column in others)
            query = f"SELECT 1 FROM {table} n JOIN old.{table} o USING ({key}) WHERE {differs}"
            if new.execute(f"{query} LIMIT 1").fetchone():
                raise BadSnapshot(
                    f"the snapshot is of another index than {folder}: its {table} have the same "
                    "keys and are others. Restore it into a new folder with --index NEW"
                )
        new.execute("BEGIN")
        for name, more in (("generation", 1), ("next_passage", 0)):
            query = "UPDATE main.state SET value = ? + max(value, ?) WHERE name = ?"
            (value,) = new.execute("SELECT value FROM old.state WHERE name = ?", [name]).fetchone()
            new.execute(query, [more, value, name])
        for name, used in new.execute("SELECT name, seq FROM old.sqlite_sequence").fetchall():
            new.execute(
                "UPDATE main.sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", [used, name]
            )
        new.execute("COMMIT")


def _replace(folder: Path, staged: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(staged / CATALOG_FILE)) as new,
        contextlib.closing(sqlite3.connect(folder / CATALOG_FILE, timeout=120)) as live,
    ):
        new.backup(live)
        live.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
