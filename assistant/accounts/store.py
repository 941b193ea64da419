"""The file of the accounts: made whole or not at all, read and written in short transactions."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock

from assistant.accounts.errors import AccountsBroken, AccountsNotWritten
from assistant.accounts.seals import broken, unseal

VERSION = 1
# Seconds to wait for another process; every transaction here takes milliseconds.
_PATIENCE = 10.0
_TABLES = """
CREATE TABLE accounts (
    key TEXT PRIMARY KEY,      -- the name in small letters
    name TEXT NOT NULL,
    password TEXT,             -- argon2id in PHC form; NULL for none
    role TEXT NOT NULL,
    clearance TEXT NOT NULL,   -- Clearance.to_list() as JSON
    disabled INTEGER NOT NULL,
    created REAL NOT NULL,
    seal TEXT NOT NULL,        -- of all columns before
    seen REAL
) WITHOUT ROWID;
CREATE TABLE sessions (
    token TEXT PRIMARY KEY,    -- SHA-256
    key TEXT NOT NULL,         -- of the account; single sign-on may assert one without
    how TEXT NOT NULL,
    created REAL NOT NULL,
    seen REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_key ON sessions (key);
CREATE TABLE keys (
    secret TEXT PRIMARY KEY,   -- SHA-256
    prefix TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
    label TEXT NOT NULL,
    clearance TEXT NOT NULL,
    created REAL NOT NULL,
    expires REAL,
    seal TEXT NOT NULL,
    used REAL
) WITHOUT ROWID;
CREATE TABLE failures (id INTEGER PRIMARY KEY AUTOINCREMENT, scope TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX failures_scope ON failures (scope, at);
CREATE INDEX failures_at ON failures (at);
CREATE TABLE places (          -- where an account has signed in from
    scope TEXT PRIMARY KEY, key TEXT NOT NULL, at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE setup (token TEXT NOT NULL, expires REAL NOT NULL, tries INTEGER NOT NULL);
CREATE TABLE secret (value BLOB NOT NULL);
"""


class Store:
    """An SQLite database that only its owner may read; one connection, shared by threads.

    Where there has been no file, what is read is empty and what is written without `create` is
    kept in memory. A file that is gone, by the mark beside it, or empty is broken: to lose it
    must not switch logins off.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mark = path.with_suffix(".made")
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._blank: sqlite3.Connection | None = None  # Stands for the file that is not there.
        self._opened: tuple[int, int, int] | None = None  # Process, device and node of the file.

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read from; all that is read is of one moment."""
        with self._lock, self._stated(), _transaction(self._connect(), "BEGIN") as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self, create: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction, which no other process writes beside; undone by an exception.

        create: make the file where there is none.
        """
        with self._lock, self._stated():
            if create:
                self._create()
            with _transaction(self._connect(), "BEGIN IMMEDIATE") as connection:
                yield connection

    def problems(self) -> tuple[str, ...]:
        """What SQLite and the seals find wrong in the file, in sentences."""
        try:
            with self.reading() as db:
                found = [str(row[0]) for row in db.execute("PRAGMA integrity_check")]
                wrong = [one for one in found if one != "ok"]
                for table in ("accounts", "keys"):
                    for row in db.execute(f"SELECT * FROM {table}"):
                        with contextlib.suppress(AccountsBroken):
                            unseal(row, self.path)
                            continue
                        wrong.append(f"a row of {table} is not as it was written")
        except (AccountsBroken, AccountsNotWritten) as error:
            return (str(error),)
        return tuple(wrong)

    def save(self, to: Path) -> None:
        """A copy without what must not come back to life. See Accounts.save."""
        with self.reading() as db:
            os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with contextlib.closing(sqlite3.connect(to, isolation_level=None)) as copy:
                db.backup(copy)
                for table in ("sessions", "failures", "setup"):
                    copy.execute(f"DELETE FROM {table}")
                copy.execute("VACUUM")

    def close(self) -> None:
        """Close the connection, if any."""
        with self._lock:
            for connection in (self._connection, self._blank):
                if connection is not None:
                    connection.close()
            self._connection = self._blank = None

    def _connect(self) -> sqlite3.Connection:
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            if self._opened is not None or self._mark.exists():
                self.close()
                raise broken(self.path, "it is gone") from None
            self._blank = self._blank or _empty()
            return self._blank
        now = (os.getpid(), found.st_dev, found.st_ino)
        if self._connection is None or now != self._opened:
            self.close()  # Another file took its place, as by restoring a snapshot.
            self._connection = _open(self.path, found.st_mode)
            self._opened = now
            with contextlib.suppress(OSError):  # Readable where nothing can be written, too.
                self._mark.touch(0o600)
        return self._connection

    def _create(self) -> None:
        """Make the file under another name and give it its own when it is whole."""
        folder = self.path.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
        if self.path.exists() or self._mark.exists():
            return
        with FileLock(folder / f"{self.path.name}.lock", mode=0o600):
            if self.path.exists():
                return
            temporary = folder / f"{self.path.name}.{secrets.token_hex(8)}.tmp"
            os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            try:
                _fill(temporary)
                temporary.replace(self.path)
            finally:
                temporary.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _stated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            words = str(error)
            refused = ("readonly", "locked", "full", "unable to open", "disk I/O")
            if isinstance(error, OSError) or any(word in words for word in refused):
                raise AccountsNotWritten(
                    f"{self.path} cannot be read or written now ({words}); make room, give the "
                    "right to write, or try again"
                ) from error
            raise broken(self.path, words) from error
        except (UnicodeDecodeError, IndexError, TypeError) as error:
            # What a flipped byte in the schema or in a row makes of it: nobody gets in.
            raise broken(self.path, str(error)) from error


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[sqlite3.Connection]:
    connection.execute(begin)
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _fill(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")
        connection.execute("INSERT INTO secret VALUES (?)", (secrets.token_bytes(32),))
    finally:
        connection.close()


def _open(path: Path, mode: int) -> sqlite3.Connection:
    if mode & 0o077:
        path.chmod(0o600)
    # A rollback journal, not WAL: one file to snapshot and restore, and there are few writes.
    # Opening creates nothing: an empty file would have no accounts.
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(
        uri, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version != VERSION:
            newer = version > VERSION
            raise broken(path, "a newer release wrote it" if newer else "it is empty")
    except BaseException:
        connection.close()
        raise
    connection.row_factory = sqlite3.Row
    return connection


def _empty() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.executescript(_TABLES)
    connection.execute("INSERT INTO secret VALUES (zeroblob(32))")
    connection.row_factory = sqlite3.Row
    return connection
