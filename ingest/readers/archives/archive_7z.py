"""The members of 7z archives, through py7zr."""

from __future__ import annotations

import io
import lzma
import zlib
from collections.abc import Iterator
from typing import IO

import py7zr
from py7zr.exceptions import ArchiveError, PasswordRequired, UnsupportedCompressionMethodError
from py7zr.io import Py7zIO, WriterFactory

from ingest.errors import Encrypted, Malformed, Unreadable, UnsafeArchive
from ingest.errors import UnsupportedFormat as Unsupported
from ingest.readers.members import Member, Meter, Spool, check_ratio, leads_outside
from ingest.readers.opened import SourceFile

# Members are packed together, so each batch unpacks everything before it again.
_BATCH_BYTES = 256 << 20
_BROKEN: tuple[type[Exception], ...] = (
    ArchiveError, lzma.LZMAError, zlib.error, EOFError, OSError, ValueError, KeyError,
    IndexError, TypeError, AttributeError, RuntimeError,
)  # fmt: skip


def seven_zip_members(file: SourceFile, meter: Meter) -> Iterator[Member]:
    """Members, those without content first. Raises Encrypted, Malformed or UnsupportedFormat."""
    password = _password(file)
    entries = _entries(file.stream, password)
    batch: dict[str, int] = {}
    for entry in entries:
        if entry.is_directory:
            continue
        name, size = str(entry.filename), int(entry.uncompressed)
        if entry.is_symlink:
            yield Member(name, problem=Unreadable("a link; links are not followed"))
        elif leads_outside(name):
            yield Member(name)
        elif not size:
            yield Member(name, io.BytesIO)
        else:
            try:
                check_ratio(size, meter.packed)
            except UnsafeArchive as error:
                yield Member(name, problem=error)
                continue
            if batch and sum(batch.values()) + size > _BATCH_BYTES:
                yield from _unpacked(file.stream, password, batch, meter)
                batch = {}
            batch[name] = batch.get(name, 0) + size
    if batch:
        yield from _unpacked(file.stream, password, batch, meter)


def _entries(stream: IO[bytes], password: str | None) -> list[py7zr.FileInfo]:
    try:
        stream.seek(0)
        with py7zr.SevenZipFile(stream, password=password) as archive:
            return list(archive.list())
    except PasswordRequired as error:
        raise Encrypted("it opens with a password only") from error
    except UnsupportedCompressionMethodError as error:
        raise Unsupported(f"packed in a way that is not read: {error}") from error
    except _BROKEN as error:
        raise Malformed(f"broken 7z archive: {error}") from error


def _password(file: SourceFile) -> str | None:
    """The password that opens it, None where it needs none. Raises Encrypted."""
    file.stream.seek(0)
    try:
        with py7zr.SevenZipFile(file.stream) as archive:
            if not archive.needs_password():
                return None
    except PasswordRequired:
        pass  # Even the names are encrypted.
    except _BROKEN as error:
        raise Malformed(f"broken 7z archive: {error}") from error
    for password in file.passwords:
        try:
            file.stream.seek(0)
            with py7zr.SevenZipFile(file.stream, password=password) as archive:
                smallest = min(
                    (e for e in archive.list() if not e.is_directory and e.uncompressed),
                    key=lambda e: e.uncompressed,
                    default=None,
                )
                if smallest is not None:
                    archive.extract(targets=[smallest.filename], factory=_Discard())
            return password
        except (PasswordRequired, *_BROKEN):
            continue
    raise Encrypted("it opens with a password only")


def _unpacked(
    stream: IO[bytes], password: str | None, batch: dict[str, int], meter: Meter
) -> Iterator[Member]:
    writers = _Writers(meter)
    try:
        _extract(stream, password, list(batch), writers)
    except UnsafeArchive:
        writers.close()
        raise
    except _BROKEN as error:
        writers.close()
        if len(batch) == 1:
            yield Member(next(iter(batch)), problem=Malformed(f"it does not unpack: {error}"))
            return
        for name, size in batch.items():  # One by one, to tell the broken from the whole.
            yield from _unpacked(stream, password, {name: size}, meter)
        return
    try:
        for name, spool in writers.spools:
            spool.seek(0)
            # The default binds this round's spool; mypy infers no type for a lambda's default.
            yield Member(name, lambda spool=spool: spool, position=meter.packed)  # type: ignore[misc]
    finally:
        writers.close()


def _extract(
    stream: IO[bytes], password: str | None, names: list[str], factory: WriterFactory
) -> None:
    stream.seek(0)
    with py7zr.SevenZipFile(stream, password=password) as archive:
        archive.extract(targets=names, factory=factory)


# py7zr's bases are Any to mypy, here and in the two classes below: its import is skipped in
# pyproject.toml like that of every library without complete types.
class _Writer(Py7zIO):  # type: ignore[misc]
    """Writes a member into memory or a nameless temporary file."""

    def __init__(self, spool: Spool, meter: Meter) -> None:
        self._spool, self._meter, self._size = spool, meter, 0

    def write(self, s: bytes | bytearray) -> int:
        self._meter.add(len(s))
        self._size += len(s)
        return self._spool.write(bytes(s))

    def read(self, size: int | None = None) -> bytes:
        return self._spool.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._spool.seek(offset, whence)

    def flush(self) -> None:
        self._spool.flush()

    def size(self) -> int:
        return self._size


class _Writers(WriterFactory):  # type: ignore[misc]  # Any, as above
    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self.spools: list[tuple[str, Spool]] = []

    def create(self, filename: str) -> Py7zIO:
        spool = Spool(self._meter.budget, in_memory=1 << 20)
        self.spools.append((filename, spool))
        return _Writer(spool, self._meter)

    def close(self) -> None:
        for _, spool in self.spools:
            spool.close()


class _Discard(WriterFactory):  # type: ignore[misc]  # Any, as above
    def create(self, filename: str) -> Py7zIO:
        return py7zr.io.NullIO()
