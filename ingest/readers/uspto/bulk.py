"""Cut a stream into the documents that lie in it one after another, in constant memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

_BLOCK = 1 << 18
_MOST_BYTES = 200 << 20
# Searched again with the next block, so that no end and start with blanks between them is missed.
_OVERLAP = 4096
_ROOTS = rb"us-patent-grant|us-patent-application|patent-application-publication|PATDOC"
_ROOTS += rb"|sequence-cwu|us-sequence-listing"
# A declaration behind a tag starts a document, and so does whatever follows the end of a patent.
_XML_START = re.compile(rb">\s*(<\?xml\s)|</(?:" + _ROOTS + rb")\s*>\s*(<(?:!DOCTYPE\s|[A-Za-z]))")
_GREENBOOK_START = re.compile(rb"[\r\n](PATN\s*[\r\n])")


@dataclass(frozen=True)
class Piece:
    """One document of a stream: its bytes and the position of its end in the stream.

    last: nothing follows. too_large: data are not kept because there are more than size_limit.
    """

    data: bytes
    end: int
    last: bool
    too_large: bool = False
    size_limit: int = _MOST_BYTES


def xml_pieces(stream: IO[bytes], most: int = _MOST_BYTES) -> Iterator[Piece]:
    r"""The XML documents of a stream, in order. most: bytes of one.

    Blanks behind a document belong to it, so that the pieces together are the stream.

    >>> import io
    >>> [p.data for p in xml_pieces(io.BytesIO(b"<?xml ?><a/>\n<?xml ?><b/>"))]
    [b'<?xml ?><a/>\n', b'<?xml ?><b/>']
    """
    return _pieces(stream, _XML_START, most)


def greenbook_pieces(stream: IO[bytes], most: int = _MOST_BYTES) -> Iterator[Piece]:
    r"""The patents of a file in the greenbook format; what stands before the first is one too.

    >>> import io
    >>> [p.data for p in greenbook_pieces(io.BytesIO(b"PATN\nWKU  1\nPATN\nWKU  2\n"))]
    [b'PATN\nWKU  1\n', b'PATN\nWKU  2\n']
    """
    return _pieces(stream, _GREENBOOK_START, most)


def _pieces(stream: IO[bytes], start: re.Pattern[bytes], most: int) -> Iterator[Piece]:
    stream.seek(0)
    held = bytearray()
    searched = 0  # Bytes of `held` in which no document starts.
    end = dropped = 0  # Bytes given so far; bytes of the present document that were let go.
    if stream.read(2) in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"):
        start = re.compile(rb"(?!)")  # Two bytes a character: such files hold one document.
    stream.seek(0)
    while True:
        block = stream.read(_BLOCK)
        held += block
        match = start.search(held, searched)
        while match is not None:
            cut = match.start(match.lastindex or 0)
            end += cut
            yield Piece(bytes(held[:cut]) if not dropped else b"", end, False, bool(dropped), most)
            del held[:cut]
            dropped = searched = 0
            match = start.search(held)
        if not block:
            break
        searched = max(0, len(held) - _OVERLAP)
        if dropped or len(held) > most:
            dropped += searched
            end += searched
            del held[:searched]
            searched = 0
    data = bytes(held)
    held.clear()  # A large document need not be held twice while it is read.
    if dropped or (data and not data.isspace()):
        yield Piece(data if not dropped else b"", end + len(data), True, bool(dropped), most)
