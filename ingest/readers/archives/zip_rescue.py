"""What can be had from a ZIP archive that was cut short: the members that are still whole.

Source: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.9 (local file headers).
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import IO

from ingest.errors import Malformed, UnsafeArchive
from ingest.readers.members import Member

_SIGNATURE = b"PK\x03\x04"
_HEADER = struct.Struct("<4sHHHHHLLLHH")
_SIZES_FOLLOW, _ENCRYPTED, _UTF8 = 0x8, 0x1, 0x800
_STORED, _DEFLATED = 0, 8
_BLOCK = 1 << 20
_LONGEST = 256 << 20  # A member is held in memory here.


def rescued_members(stream: IO[bytes]) -> Iterator[Member]:
    """Members one after another, up to the first that is not whole or cannot be measured."""
    stream.seek(0)
    while (header := stream.read(_HEADER.size)).startswith(_SIGNATURE):
        if len(header) < _HEADER.size:
            return
        _, _, flags, method, _, _, crc, packed, size, name_length, extra = _HEADER.unpack(header)
        raw = stream.read(name_length)
        name = raw.decode("utf-8" if flags & _UTF8 else "cp437", "replace")
        stream.seek(extra, 1)
        if name.endswith("/") and not packed and not flags & _SIZES_FOLLOW:
            continue
        start = stream.tell()
        try:
            if (
                flags & _ENCRYPTED
                or method not in (_STORED, _DEFLATED)
                or (method == _STORED and flags & _SIZES_FOLLOW)
            ):
                raise Malformed("the archive is cut short, and this member cannot be rescued")
            data = _inflated(stream) if method == _DEFLATED else stream.read(min(packed, _LONGEST))
            end = stream.tell()
            if not flags & _SIZES_FOLLOW and (len(data) != size or zlib.crc32(data) != crc):
                raise Malformed("the archive is cut short in the middle of this member")
        except (Malformed, UnsafeArchive) as error:
            yield Member(name, problem=error, position=start)
            return
        yield Member(name, lambda data=data: io.BytesIO(data), position=end)  # type: ignore[misc]
        stream.seek(end)
        if flags & _SIZES_FOLLOW:
            _skip_sizes(stream, zlib.crc32(data))


def _inflated(stream: IO[bytes]) -> bytes:
    """Bytes of one deflated member; leaves the stream behind it."""
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    parts: list[bytes] = []
    length = 0
    while not inflate.eof:
        block = inflate.unconsumed_tail or stream.read(_BLOCK)
        if not block:
            raise Malformed("the archive is cut short in the middle of this member")
        try:
            parts.append(inflate.decompress(block, _BLOCK))
        except zlib.error as error:
            raise Malformed(f"its bytes are damaged: {error}") from error
        length += len(parts[-1])
        if length > _LONGEST:
            raise UnsafeArchive("more than 256 MB in a member of an archive that is cut short")
    stream.seek(-len(inflate.unused_data), 1)
    return b"".join(parts)


def _skip_sizes(stream: IO[bytes], crc: int) -> None:
    """Step over the data descriptor, in any of its four forms."""
    at = stream.tell()
    following = stream.read(24)
    signed = 4 if following.startswith(b"PK\x07\x08") else 0
    if following[signed : signed + 4] != struct.pack("<L", crc):
        return
    for length in (signed + 12, signed + 20):
        stream.seek(at + length)
        if stream.read(2) in (b"PK", b""):
            stream.seek(at + length)
            return
