"""The files of a library in its catalogue: as they were when read, and what was rejected."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ingest.errors import Rejection


@dataclass(frozen=True)
class StoredSource:
    """A file as it was when it was last read. sha256: hexadecimal, of its bytes."""

    path: str
    size: int
    modified_ns: int
    changed_ns: int
    sha256: str
    label: str | None
    complete: bool
    reader_rules: int


class SourceStore:
    """Files read and rejected. Writes belong to the transaction of the caller."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    def get(self, path: str) -> StoredSource | None:
        """What is known of a file."""
        query = (
            "SELECT path, size, modified_ns, changed_ns, sha256, label, complete, reader_rules"
            " FROM sources WHERE path = ?"
        )
        row = self._db.execute(query, [path]).fetchone()
        if row is None:
            return None
        path, size, modified, changed, sha256, label, complete, rules = row
        return StoredSource(path, size, modified, changed, sha256, label, bool(complete), rules)

    def put(self, source: StoredSource) -> None:
        """Remember a file."""
        values = (
            source.path, source.size, source.modified_ns, source.changed_ns, source.sha256,
            source.label, int(source.complete), source.reader_rules,
        )  # fmt: skip
        self._db.execute(f"INSERT OR REPLACE INTO sources VALUES ({_marks(values)})", values)

    def incomplete(self) -> set[str]:
        """Paths of files that must be read, whether they have changed or not."""
        return {path for (path,) in self._db.execute("SELECT path FROM sources WHERE NOT complete")}

    def below(self, root: str) -> set[str]:
        """Paths of known and rejected files at or below a path."""
        prefix = root.rstrip("/\\") + "/"
        query = (
            "SELECT path FROM sources WHERE path = ?1 OR substr(path, 1, length(?2)) = ?2 UNION"
            " SELECT path FROM rejected WHERE path = ?1 OR substr(path, 1, length(?2)) = ?2"
        )
        return {path for (path,) in self._db.execute(query, [root, prefix])}

    def forget(self, path: str) -> None:
        """Know nothing of a file any more; its documents are the caller's business."""
        self._db.execute("DELETE FROM sources WHERE path = ?", [path])
        self._db.execute("DELETE FROM rejected WHERE path = ?", [path])

    def reject(self, path: str, rejections: Sequence[Rejection]) -> None:
        """Replace the list of what was rejected from a file."""
        self._db.execute("DELETE FROM rejected WHERE path = ?", [path])
        now = datetime.now(UTC).isoformat(timespec="seconds")
        rows = [(r.source, path, r.error, r.message, now, r.page) for r in rejections]
        self._db.executemany("INSERT OR REPLACE INTO rejected VALUES (?, ?, ?, ?, ?, ?)", rows)

    def rejections_of(self, path: str) -> list[Rejection]:
        """What was rejected from a file."""
        query = (
            "SELECT source, error, message, tried, page FROM rejected"
            " WHERE path = ? ORDER BY source"
        )
        return [Rejection(*row) for row in self._db.execute(query, [path])]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
