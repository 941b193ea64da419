"""Reading of a catalogue by one thread at a time, all of it from one state."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from index.errors import BrokenLibrary
from index.words_schema import no_panic


@contextlib.contextmanager
def reading(lock: threading.RLock, database: sqlite3.Connection, folder: Path) -> Iterator[None]:
    """One thread at a time; damage found while reading is a stated error, BrokenLibrary."""
    with lock:
        outermost = not database.in_transaction
        try:
            # One snapshot for all statements: what a filter let pass must still be so when
            # its text is fetched.
            if outermost:
                database.execute("BEGIN")
            with no_panic():
                yield
        except sqlite3.DatabaseError as error:
            raise BrokenLibrary(
                f"the catalogue in {folder} cannot be read: {error}; `prior-art doctor` "
                "says more, and a backup or a new ingest into a new folder is the remedy"
            ) from error
        finally:
            if outermost and database.in_transaction:
                database.execute("ROLLBACK")
