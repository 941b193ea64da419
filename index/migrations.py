"""Bring the index of an older release to the present format, in place. What it cannot is refused.

Formats: 1, before release 0.1, is refused; 2 had one document for each id and one word index; 3
keeps labels apart.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path

from index.errors import BrokenLibrary
from index.schema import CATALOG_FILE, DOCUMENTS_TABLE
from index.vectors import VECTORS_FILES
from index.words_schema import WORDS_FOLDER

# Formats that `migrate` takes one step further.
MIGRATED_FORMATS = (2,)


def migrate(folder: Path) -> None:
    """Take format 2 to format 3; the caller holds the lock and writes the manifest after.

    All or nothing as far as the catalogue goes, and harmless when done again. The words and
    vectors are copies of it, which the writer makes anew. Raises BrokenLibrary.
    """
    path = folder / CATALOG_FILE
    if not path.is_file():
        raise BrokenLibrary(f"{path} is missing; restore it from a snapshot")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("BEGIN IMMEDIATE")
        try:
            _two_labels(database)
            database.execute("COMMIT")
        except BaseException:
            database.execute("ROLLBACK")
            raise
    shutil.rmtree(folder / WORDS_FOLDER, ignore_errors=True)
    for vectors in folder.glob(VECTORS_FILES):
        vectors.unlink()


def _two_labels(database: sqlite3.Connection) -> None:
    """Let one id stand twice, under two labels (https://www.sqlite.org/lang_altertable.html)."""
    database.execute("DROP TABLE IF EXISTS documents_3")
    database.execute(DOCUMENTS_TABLE.format(name="documents_3"))
    database.execute("INSERT INTO documents_3 SELECT * FROM documents")
    # Keys are never used twice, those of removed documents neither.
    query = "SELECT seq FROM sqlite_sequence WHERE name = 'documents'"
    used = database.execute(query).fetchone()
    database.execute("DROP TABLE documents")
    database.execute("ALTER TABLE documents_3 RENAME TO documents")
    if used is not None:
        database.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'documents'", used)
    wrong = database.execute("PRAGMA foreign_key_check").fetchone()
    if wrong is not None:
        raise BrokenLibrary(f"the catalogue is damaged at {wrong}; restore it from a snapshot")
