"""Tables of the catalogue, and the one place that opens its file.

The catalogue is the only source of truth: what is not committed here does not exist, whatever
the vector and word files hold. Passage ids are never used twice.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from index.clearance import EVERYTHING, Clearance
from index.errors import BrokenLibrary, CannotWrite
from index.sums import keep_sums, register
from index.visible import restrict

CATALOG_FILE = "catalog.sqlite"
# Seconds to wait for another transaction: an ingest and a re-embedding may run side by side.
_PATIENCE = 120.0

DOCUMENTS_TABLE = """
CREATE TABLE IF NOT EXISTS {name} (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT,
    number_key TEXT,
    country TEXT,
    family TEXT,
    label TEXT,
    priority_date TEXT,
    filing_date TEXT,
    publication_date TEXT,
    facts BLOB NOT NULL,  -- JSON of DocumentFacts
    parts BLOB NOT NULL,  -- JSON of sections, claims, pages and citations: spans of the text
    text TEXT NOT NULL
)
"""
_TABLES = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT OR IGNORE INTO state VALUES
    ('generation', 0), ('next_passage', 1), ('encoder', 0), ('target', 0);

-- The same text may lie under two labels; who may see one must not learn of the other.
CREATE UNIQUE INDEX IF NOT EXISTS documents_id ON documents (id, coalesce(label, 'unlabelled'));
CREATE INDEX IF NOT EXISTS documents_number ON documents (number_key);
CREATE INDEX IF NOT EXISTS documents_family ON documents (family);
CREATE TABLE IF NOT EXISTS symbols (
    document_key INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, symbol TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS symbols_document ON symbols (document_key);
CREATE TABLE IF NOT EXISTS parties (
    document_key INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, name TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS parties_document ON parties (document_key);
CREATE TABLE IF NOT EXISTS citations (
    document_key INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    number_key TEXT NOT NULL,  -- of the cited publication
    PRIMARY KEY (document_key, number_key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS citations_number ON citations (number_key);

CREATE TABLE IF NOT EXISTS passages (
    id INTEGER PRIMARY KEY,
    document_key INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    position INTEGER NOT NULL,
    section TEXT NOT NULL,
    heading_path BLOB NOT NULL,  -- JSON list
    claim INTEGER,
    paragraph TEXT,
    first_page INTEGER,
    last_page INTEGER,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    language TEXT,
    ocr_confidence REAL
);
CREATE INDEX IF NOT EXISTS passages_document ON passages (document_key, position);
CREATE TABLE IF NOT EXISTS encoders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL UNIQUE,
    dimension INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS vectors (
    passage_id INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE,
    encoder_id INTEGER NOT NULL REFERENCES encoders ON DELETE CASCADE,
    vector BLOB NOT NULL,  -- float32, little endian, length 1
    PRIMARY KEY (passage_id, encoder_id)
);
CREATE TABLE IF NOT EXISTS quantities (
    passage_id INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE,
    subject TEXT NOT NULL,
    subject_terms TEXT NOT NULL,  -- of index.quantities, blanks between them
    low REAL NOT NULL,
    high REAL NOT NULL,
    ends INTEGER NOT NULL,
    unit TEXT NOT NULL,
    dimension TEXT NOT NULL,
    start INTEGER NOT NULL,  -- in the passage's text
    end INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS quantities_passage ON quantities (passage_id);
CREATE INDEX IF NOT EXISTS quantities_dimension ON quantities (dimension, low);

CREATE TABLE IF NOT EXISTS sources (
    path TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    label TEXT,
    complete INTEGER NOT NULL,  -- 0 while its documents are still being added
    reader_rules INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS origins (
    path TEXT NOT NULL,
    document_key INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    joined INTEGER NOT NULL,  -- 1 where the text is another file's, of the same publication
    PRIMARY KEY (path, document_key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS origins_document ON origins (document_key);
CREATE TABLE IF NOT EXISTS rejected (
    source TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    error TEXT NOT NULL,
    message TEXT NOT NULL,
    tried TEXT NOT NULL,
    page INTEGER
) WITHOUT ROWID;
"""


def connect(
    folder: Path, *, write: bool, clearance: Clearance | None = EVERYTHING
) -> sqlite3.Connection:
    """A connection to the catalogue in a folder. Readers cannot write, whatever they try.

    clearance: of a reader, for whom nothing else exists; None for upkeep, which meets the tables as
    they are, as a writer does. Raises BrokenLibrary when the file is missing or no database,
    CannotWrite when it may not be written.
    """
    path = folder / CATALOG_FILE
    try:
        if write:
            return _writer(path)
        return _reader(folder, path, clearance)
    except sqlite3.Error as error:
        if write and ("readonly" in str(error) or "full" in str(error) or not _writable(folder)):
            raise CannotWrite(f"{path} cannot be written: {error}") from error
        raise BrokenLibrary(
            f"{path} cannot be opened ({error}); restore it from a backup, or ingest again into a "
            "new folder"
        ) from error


def _writer(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What is deleted is overwritten, so that no text outlasts its document.
    connection.execute("PRAGMA secure_delete = ON")
    register(connection)
    connection.execute(DOCUMENTS_TABLE.format(name="documents"))
    connection.executescript(_TABLES)
    keep_sums(connection)
    return connection


def _reader(folder: Path, path: Path, clearance: Clearance | None) -> sqlite3.Connection:
    # A WAL database needs a place for its shared memory; where none can be made and nobody
    # writes, the file may be read as it is (https://www.sqlite.org/wal.html#readonly).
    try:
        return _read_only(path, "mode=ro", clearance)
    except sqlite3.OperationalError:
        if _writable(folder) or Path(f"{path}-wal").exists():
            raise
        return _read_only(path, "immutable=1", clearance)


def _read_only(path: Path, mode: str, clearance: Clearance | None) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        restrict(connection, clearance)
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT value FROM state").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK)
