"""Is a catalogue whole? Reads all of it: its structure, and every row against its table's sum."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from index.catalog import Catalog
from index.sums import wrong_tables


def check_catalog(folder: Path) -> str | None:
    """What is wrong with the catalogue in a folder; None where nothing is.

    Raises BrokenLibrary where it cannot be opened.
    """
    with contextlib.closing(Catalog(folder, None)) as catalog:
        return problem_of(catalog.connection)


def problem_of(connection: sqlite3.Connection) -> str | None:
    """The same of an open one, which must see the tables as they are."""
    try:
        verdict = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        wrong = wrong_tables(connection) if verdict == "ok" else []
    except sqlite3.DatabaseError as error:
        return str(error)
    if verdict != "ok":
        return verdict
    return f"rows of {', '.join(wrong)} are not as they were written" if wrong else None
