"""What an ingest counts while it runs and reports afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Progress:
    """How far an ingest is. bytes count the files looked at; passages those encoded."""

    path: str
    files: int
    files_total: int
    bytes: int
    bytes_total: int
    passages: int


@dataclass(frozen=True)
class Duplicate:
    """A file with the same bytes as another one: in the index once, under both paths."""

    source: str
    same_as: str

    def to_dict(self) -> dict[str, Any]:
        """For the JSON of `prior-art ingest`."""
        return {"source": self.source, "same_as": self.same_as}


@dataclass
class Tally:
    """Counts of one run, in documents."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
