"""What a check of a chained record found first. Knows no files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingest.facts import plain


@dataclass(frozen=True)
class Finding:
    """The first thing that is wrong. what: in a word; message: in words.

    entry: number of the first bad entry, None where no single one is.
    """

    entry: int | None
    what: str
    message: str

    def to_dict(self) -> dict[str, Any]:
        """The finding in JSON."""
        return plain(self)
