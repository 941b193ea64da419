"""The files of an audit log and what is in them, line by line. Reads only."""

from __future__ import annotations

import contextlib
import errno
import gzip
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.audit.errors import AuditBusy

FOLDER, HEAD_FILE, KEY_FILE, LOCK_FILE, LISTS = "audit", "head.json", "key", "log.lock", "lists"
PACKED = ".gz"
_LOG = re.compile(r"log-(\d{12})\.jsonl(\.gz)?")
_PATIENCE = 60.0  # seconds
_POLL = 0.001
# The longest entry that is written has some hundred ids; a longer line is not ours.
LONGEST_LINE = 4 * 1024 * 1024


@dataclass(frozen=True)
class LogFile:
    """A file of entries. first: number of its first one, which its name holds."""

    path: Path
    first: int

    @property
    def name(self) -> str:
        """Its name before it was compressed."""
        return self.path.name.removesuffix(PACKED)

    @property
    def packed(self) -> bool:
        """Whether it is compressed."""
        return self.path.name.endswith(PACKED)

    def lines(self, size: int | None = None) -> Iterator[bytes]:
        """Its lines with their line breaks; the last one may have none.

        size: where to stop, in bytes; None for the end. Raises OSError, also for a compressed
        file that is damaged.
        """
        with self._opened() as file:
            left = size
            while True:
                try:
                    line = file.readline(LONGEST_LINE)
                except (EOFError, zlib.error) as error:
                    raise OSError(f"{self.path.name} is damaged: {error}") from error
                if left is not None:
                    line = line[:left]
                    left -= len(line)
                if not line:
                    return
                yield line

    def _opened(self) -> gzip.GzipFile | BufferedReader:
        return gzip.open(self.path) if self.packed else self.path.open("rb")


def log_name(first: int) -> str:
    """The name of the file that begins with an entry.

    >>> log_name(42)
    'log-000000000042.jsonl'
    """
    return f"log-{first:012}.jsonl"


def log_files(folder: Path, elsewhere: Sequence[Path] = ()) -> list[LogFile]:
    """The files of entries, the oldest first. elsewhere: folders that old ones were moved to.

    Of one that lies there twice, the first in the folder and not compressed is taken.
    """
    found: dict[int, LogFile] = {}
    for place in (folder, *elsewhere):
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            if match := _LOG.fullmatch(path.name):
                found.setdefault(int(match[1]), LogFile(path, int(match[1])))
    return [found[first] for first in sorted(found)]


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One thread of one process at a time. A folder that cannot be written to needs no lock.

    Raises AuditBusy, OSError.
    """
    if not folder.is_dir():  # The lock would make it, for everybody to read.
        raise NotADirectoryError(errno.ENOENT, "the folder is gone", str(folder))
    lock = FileLock(folder / LOCK_FILE, timeout=_PATIENCE, mode=0o600)
    try:
        lock.acquire(poll_interval=_POLL)
    except Timeout:
        raise AuditBusy(
            f"another process has kept {folder} locked for {_PATIENCE:.0f} s; nothing is shown "
            "that cannot be recorded: try again later"
        ) from None
    except OSError:
        if os.access(folder, os.W_OK):
            raise
    try:
        yield
    finally:
        lock.release()


def bytes_of(path: Path) -> bytes | None:
    """What is in a small file; None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
