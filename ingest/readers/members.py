"""Files inside files: how archives and mail hand them on, and limits on what they unpack into.

Nothing is written under a member's own name: members live in memory, or beyond some megabytes in
temporary files without a name.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from ingest.errors import IngestError, Rejection, UnsafeArchive
from ingest.isolate import Reply
from ingest.readers.opened import SourceFile

# Limits on one file and everything inside it, archives inside archives included.
TOTAL_BYTES = 50 << 30
TOTAL_MEMBERS = 100_000
# Real files pack to a tenth, logs to a hundredth; bombs to a thousandth.
BOMB_RATIO = 200
BOMB_BYTES = 100 << 20
_IN_MEMORY = 64 << 20
_BLOCK = 1 << 20
_DRIVE = re.compile(r"^[A-Za-z]:[\\/]")


class Budget:
    """What was unpacked from one file and everything inside it.

    packed: bytes of an archive, which archives inside must not unpack into far more together
    either; None for mail.
    """

    def __init__(self, packed: int | None = None) -> None:
        self._packed = packed
        self.unpacked = 0
        self.members = 0

    def member(self) -> None:
        """Count one more. Raises UnsafeArchive beyond the limit."""
        self.members += 1
        if self.members > TOTAL_MEMBERS:
            raise UnsafeArchive(f"more than {TOTAL_MEMBERS} files in it; the rest is not read")

    def add(self, size: int) -> None:
        """Count bytes. Raises UnsafeArchive beyond the limit."""
        self.unpacked += size
        if self.unpacked > TOTAL_BYTES:
            raise UnsafeArchive(f"unpacks to more than {TOTAL_BYTES >> 30} GB; not read further")
        if self._packed is not None:
            check_ratio(self.unpacked, self._packed)


class Spool(tempfile.SpooledTemporaryFile[bytes]):
    """The bytes of a member. budget: of the file that it lies in."""

    def __init__(self, budget: Budget, in_memory: int | None = None) -> None:
        super().__init__(max_size=in_memory or _IN_MEMORY)
        self.budget = budget


class Meter:
    """Counts what one archive unpacks. packed: its own size in bytes."""

    def __init__(self, file: SourceFile) -> None:
        self.packed = file.stream.seek(0, 2)
        known = getattr(file.stream, "budget", None)
        self.budget: Budget = known if isinstance(known, Budget) else Budget(self.packed)
        file.stream.seek(0)
        self._unpacked = 0

    def add(self, size: int) -> None:
        """Count bytes. Raises UnsafeArchive where the archive must be a bomb."""
        self._unpacked += size
        check_ratio(self._unpacked, self.packed)
        self.budget.add(size)

    def spool(self, source: IO[bytes], counted: bool = False) -> Spool:
        """All bytes of a member, from the start. counted: whether `add` had them already."""
        spool = Spool(self.budget)
        try:
            while block := source.read(_BLOCK):
                if not counted:
                    self.add(len(block))
                spool.write(block)
        except BaseException:
            spool.close()
            raise
        spool.seek(0)
        return spool


def check_ratio(unpacked: int, packed: int) -> None:
    """Raises UnsafeArchive where so many bytes cannot honestly come from so few.

    >>> check_ratio(10**8, 10**6)
    >>> check_ratio(10**9, 10**6)
    Traceback (most recent call last):
    ingest.errors.UnsafeArchive: unpacks to more than 200 times its size, so it is a bomb
    """
    if unpacked > BOMB_BYTES and unpacked > BOMB_RATIO * max(packed, 1):
        raise UnsafeArchive(f"unpacks to more than {BOMB_RATIO} times its size, so it is a bomb")


@dataclass(frozen=True)
class Member:
    """A file in an archive.

    Attributes:
        name: as the archive writes it.
        open: gives its bytes; raises whatever the library raises for broken ones.
        problem: why it is not opened at all.
        position: bytes of the archive up to its end.
        counted: whether the meter has had its bytes before it is opened.
    """

    name: str
    open: Callable[[], IO[bytes]] | None = None
    problem: IngestError | None = None
    position: int = 0
    counted: bool = False


def shown_name(name: str) -> str:
    r"""A member's name as it is listed: slashes between folders, nothing that a terminal obeys.

    >>> shown_name("a\\b\n.txt"), shown_name("./c.txt"), shown_name("")
    ('a/b�.txt', 'c.txt', 'unnamed')
    """
    name = "".join(c if c.isprintable() else "\ufffd" for c in name.replace("\\", "/"))
    while name.startswith("./"):
        name = name[2:]
    return name or "unnamed"


def leads_outside(name: str) -> bool:
    r"""Whether a name means a place outside the archive.

    >>> [leads_outside(n) for n in ("../a", "/a", "C:\\a", "a/../../b", "a..b/c", "a:b")]
    [True, True, True, True, False, False]
    """
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or _DRIVE.match(name) is not None


def rejected(name: str, error: IngestError) -> Reply:
    """The reply that lists a member."""
    return Reply(rejection=Rejection(f"!/{name}", type(error).__name__, str(error)), member=name)


def read_inside(file: SourceFile, name: str, stream: IO[bytes]) -> Iterator[Reply]:
    """The replies of one member; whatever goes wrong with it costs no other one."""
    try:
        yield from file.read_member(name, stream)
    except MemoryError:
        message = "reading it needed more memory than allowed"
        yield Reply(rejection=Rejection(f"!/{name}", "ReaderMemory", message), member=name)
    except IngestError as error:
        yield rejected(name, error)
    except Exception as error:
        message = f"the reader failed: {type(error).__name__}: {error}"[:500]
        yield Reply(rejection=Rejection(f"!/{name}", "Malformed", message), member=name)
