"""Which records of a file came before, so that none is taken twice."""

from __future__ import annotations

import hashlib

from ingest.errors import DuplicateId


class SeenRecords:
    """The records of a file so far, by eight bytes of digest each."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def note(self, name: str) -> None:
        """Remember a record by its id or number, "" for none. Raises DuplicateId the second time.

        >>> seen = SeenRecords()
        >>> seen.note("US10123456B2"), seen.note("")
        (None, None)
        """
        digest = hashlib.sha256(name.encode("utf-8", "replace")).digest()
        key = int.from_bytes(digest[:8], "big")
        if name and key in self._seen:
            raise DuplicateId(f"{name[:80]} is in an earlier record of this file already")
        self._seen.add(key)
