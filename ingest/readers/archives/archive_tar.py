"""The members of TAR archives, packed or not, and single packed files (.gz, .bz2, .xz, .zst)."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator

# The header errors tell a cut archive from a broken one; typeshed leaves them out.
from tarfile import InvalidHeaderError, ReadError, TruncatedHeaderError  # type: ignore[attr-defined]
from typing import IO, Any, Self

from ingest.errors import IngestError, Malformed, Unreadable
from ingest.readers.members import Member, Meter
from ingest.readers.opened import SourceFile

_BLOCK = 512
_MOST_BEHIND = 20
_BROKEN = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)
_SUFFIXES = (".gz", ".bz2", ".xz", ".lzma", ".zst", ".z")


def _zstandard(stream: IO[bytes]) -> IO[bytes]:
    try:
        # mypy looks at Python 3.11, where this module is not there.
        from compression import zstd  # type: ignore[import-not-found]  # since Python 3.14
    except ImportError:
        from backports import zstd
    # Either module is Any to mypy; both give a binary stream.
    return zstd.open(stream)  # type: ignore[no-any-return]


_UNPACKERS: tuple[tuple[bytes, Callable[[IO[bytes]], Any]], ...] = (
    (b"\x1f\x8b", gzip.open),
    (b"BZh", bz2.open),
    (b"\xfd7zXZ\x00", lzma.open),
    (b"\x5d\x00\x00", lzma.open),
    (b"\x28\xb5\x2f\xfd", _zstandard),
)


def is_tar(head: bytes) -> bool:
    """Whether the first 512 bytes are a member's header with the right checksum."""
    try:
        return bool(tarfile.TarInfo.frombuf(head[:_BLOCK], "utf-8", "surrogateescape").name)
    except tarfile.HeaderError:
        return False


def is_packed(head: bytes) -> bool:
    """Whether a stream that starts so is packed by a program for single files."""
    return any(head.startswith(start) for start, _ in _UNPACKERS)


def tar_members(file: SourceFile, meter: Meter) -> Iterator[Member]:
    """Members in the order of the archive, or the one packed file."""
    file.stream.seek(0)
    start = file.stream.read(_BLOCK)
    file.stream.seek(0)
    opener = next((opener for sign, opener in _UNPACKERS if start.startswith(sign)), None)
    try:
        plain: IO[bytes] = file.stream if opener is None else opener(file.stream)
        # Counted here, since members that nobody opens are unpacked all the same.
        source = io.BufferedReader(_Counted(plain, meter), 1 << 20)
        head = source.peek(_BLOCK)
    except _BROKEN as error:
        raise Malformed(f"it does not unpack: {error}") from error
    if is_tar(head):
        yield from _members(source, file.stream)
    elif opener is not None:
        yield Member(_inner_name(file.name), lambda: source, position=meter.packed, counted=True)


def _members(source: IO[bytes], packed: IO[bytes]) -> Iterator[Member]:
    try:
        # A stream is read once, from front to back, whatever the members say of offsets.
        with tarfile.open(fileobj=source, mode="r|", tarinfo=_Header) as archive:
            while (info := archive.next()) is not None:
                archive.members = []  # type: ignore[attr-defined]
                if not info.isdir():
                    yield _member(archive, info, packed.tell())
    except _BROKEN as error:
        message = f"cut short or damaged; the files before that are read: {error}"
        raise Malformed(message) from error


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo, position: int) -> Member:
    problem: IngestError | None = None
    if info.issym() or info.islnk():
        problem = Unreadable("a link; links inside archives are not followed")
    elif not info.isreg():
        problem = Unreadable("not a regular file (a device or pipe)")
    if problem is not None:
        return Member(info.name, problem=problem, position=position)

    def opened() -> IO[bytes]:
        stream = archive.extractfile(info)
        if stream is None:
            raise Malformed("it has no content")
        return stream

    return Member(info.name, opened, position=position, counted=True)


def _inner_name(name: str) -> str:
    """The packed file's name without the suffix that says so.

    >>> _inner_name("weekly.xml.gz"), _inner_name("a.tgz")
    ('weekly.xml', 'a')
    """
    stem, dot, suffix = name.rpartition(".")
    return stem if dot and stem and f".{suffix.lower()}" in (*_SUFFIXES, ".tgz") else name


class _Header(tarfile.TarInfo):
    """A damaged header is an error everywhere; tarfile takes it for the end of the archive."""

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(tarfile)
        except (InvalidHeaderError, TruncatedHeaderError) as error:
            raise ReadError(str(error)) from error


class _Counted(io.RawIOBase):
    """Reads from another stream and counts.

    Raises EOFError when asked again and again behind the end: tarfile would go on for as many
    bytes as a member's header claims, which may be any number.
    """

    def __init__(self, plain: IO[bytes], meter: Meter) -> None:
        self._plain, self._meter, self._behind = plain, meter, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        block = self._plain.read(len(buffer))
        self._behind = 0 if block else self._behind + 1
        if self._behind > _MOST_BEHIND:
            raise EOFError("a member claims more bytes than there are")
        self._meter.add(len(block))
        buffer[: len(block)] = block
        return len(block)
