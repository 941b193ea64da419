"""What stands beside the log: where it ends, and the entries that are just being written."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from assistant.chained.entries import NOTHING, canonical
from assistant.chained.files import replace_file
from ingest.facts import plain

_HASH = re.compile(r"[0-9a-f]{64}")
# One sector: written in place it is the old one or the new one, also after a power cut, and needs
# no room on a full disk. Twice an End takes 350 bytes.
_SIZE = 512


@dataclass(frozen=True)
class End:
    """Where a log ends. entries: number of the last one; hash: its hash.

    file: the name of the file in use, "" for none yet; size: of it, in bytes.
    """

    entries: int = 0
    hash: str = NOTHING
    file: str = ""
    size: int = 0

    def right(self) -> bool:
        """Whether every value is of its type."""
        numbers = all(type(value) is int and value >= 0 for value in (self.entries, self.size))
        texts = isinstance(self.hash, str) and isinstance(self.file, str)
        return numbers and texts and bool(_HASH.fullmatch(self.hash))


@dataclass(frozen=True)
class Head:
    """The end of the log; next: the end once the entries being written are, None for none.

    `next` is on the disk before they are, so that a stopped process can be told from a cut log.
    """

    end: End
    next: End | None = None

    def to_bytes(self) -> bytes:
        """The head as its file has it: one line of _SIZE bytes, blanks before the line break."""
        return canonical(plain(self)).ljust(_SIZE - 1) + b"\n"


def read_head(data: bytes) -> Head | None:
    """The head of a file; None where it is not as we write it."""
    try:
        value = json.loads(data)
        following = value["next"]
        head = Head(End(**value["end"]), None if following is None else End(**following))
        right = head.end.right() and (head.next is None or head.next.right())
        return head if right and head.to_bytes() == data else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def write_head(path: Path, head: Head, *, at_once: bool) -> None:
    """Put a head in the place of the one before. Raises OSError.

    at_once: whether it must be there after a power cut; else it may be the one before.
    """
    if not path.exists():
        replace_file(path, head.to_bytes())
        return
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.pwrite(descriptor, head.to_bytes(), 0)
        if at_once:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
