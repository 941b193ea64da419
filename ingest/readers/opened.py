"""A file that a reader has open, and what all readers need of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

from charset_normalizer import from_bytes

from ingest.errors import EmptyFile, TooLarge, UnsafeArchive, WrongSuffix
from ingest.isolate import Reply

_MEGABYTE = 1 << 20
_PROBE_CHARS = 65536
_CONTROL_SHARE = 0.02
_BINARY = "the content is binary, whatever the suffix says"


# Reads a file inside another: its path there and its bytes, in a stream that can seek.
ReadMember = Callable[[str, IO[bytes]], Iterator[Reply]]


@dataclass(frozen=True)
class Sample:
    """What a format is recognised by.

    suffix: lower case with its dot, "" for none; head: the first 8 KiB; members: names of the
    files in a ZIP file (office documents are such), empty for all others.
    """

    suffix: str
    head: bytes
    members: frozenset[str] = frozenset()


def no_members(member: str, stream: IO[bytes]) -> Iterator[Reply]:
    """The `ReadMember` of a file whose members nobody reads."""
    raise UnsafeArchive(f"{member} lies too deep inside other files")


@dataclass(frozen=True)
class SourceFile:
    """An open file.

    name: its last path component, for titles and messages; passwords: to be tried on a file that
    needs one; read_member: for archives and mail, gives the replies of a file inside this one,
    never raises an IngestError, and says which file inside every reply is about.
    """

    name: str
    stream: IO[bytes]
    passwords: tuple[str, ...] = ()
    read_member: ReadMember = no_members

    def data(self, megabytes: int) -> bytes:
        """All bytes. Raises TooLarge beyond the limit and EmptyFile without any content."""
        size = self.stream.seek(0, os.SEEK_END)
        if size > megabytes * _MEGABYTE:
            raise TooLarge(f"larger than the {megabytes} MB this kind of file may have; split it")
        self.stream.seek(0)
        data = self.stream.read(size)
        if not data.strip():
            raise EmptyFile("the file has no content")
        return data


Reader = Callable[[SourceFile], Iterator[Reply]]


def document_id(data: bytes) -> str:
    """Identity of a document: the first 16 hexadecimal digits of the SHA-256 of its bytes.

    >>> document_id(b"abc")
    'ba7816bf8f01cfea'
    """
    return hashlib.sha256(data).hexdigest()[:16]


def decode(data: bytes) -> str:
    """Text in whatever encoding it was written; UTF-8 first. Raises WrongSuffix for binaries."""
    try:
        utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        text = data.decode("utf-16", "replace") if utf16 else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        if best is None:
            raise WrongSuffix(_BINARY) from None
        text = str(best)
    # Extracted text has a stray control character now and then; a binary is full of them.
    controls = sum(1 for c in text[:_PROBE_CHARS] if c < " " and c not in "\n\r\t\f")
    if controls > len(text[:_PROBE_CHARS]) * _CONTROL_SHARE:
        raise WrongSuffix(_BINARY)
    return text.replace("\r\n", "\n").replace("\r", "\n")
