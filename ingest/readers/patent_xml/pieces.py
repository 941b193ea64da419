"""Cut a stream into the documents that lie in it one after another, in constant memory.

A document ends behind the closing tag of a patent, and wherever the next one starts, so that a
broken one, or bytes that belong to none, cost no neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO

_BLOCK = 1 << 18
_MOST_BYTES = 200 << 20
# Searched again with the next block, so that nothing that lies across its start is missed.
_OVERLAP = 4096
# The parser takes no longer comment or CDATA section.
_LONGEST_PART = 10 << 20
_ROOTS = rb"us-patent-grant|us-patent-application|patent-application-publication|PATDOC"
_ROOTS += rb"|ep-patent-document|sequence-cwu|us-sequence-listing"
_TOKEN = re.compile(
    rb"<(?:(?P<hidden>!\[CDATA\[|!--)|(?P<declaration>\?xml\s+version)|(?P<type>!DOCTYPE\s)"
    rb"|(?P<root>(?:[\w.-]+:)?(?:" + _ROOTS + rb")[\s>])"
    rb"|(?P<end>/(?:[\w.-]+:)?(?:" + _ROOTS + rb")\s*>))"
)
_OPENED_OR_CLOSED = {
    b"<![CDATA[": re.compile(rb"<!\[CDATA\[|(?P<close>\]\]>)"),
    b"<!--": re.compile(rb"<!--|(?P<close>-->)"),
}
_MARK = b"\xef\xbb\xbf"
_COMMENT = rb"<!--.{0,1000}?-->|<\?(?!xml\s).{0,1000}?\?>"
# Groups are atomic: hostile bytes must not be tried in every way.
_BEHIND = re.compile(rb"(?>\s+|" + _COMMENT + rb")*+", re.DOTALL)
_DECLARED = rb"\s+|" + _MARK + rb"|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>"
_PROLOG = re.compile(rb"(?>" + _DECLARED + rb")*+", re.DOTALL)

# Given what is held, where to search from, and whether the stream has ended, whether what is
# held is the rest of a document: where the next document starts, if anywhere, and up to where
# no document can start.
FindStart = Callable[[bytearray, int, bool, bool], tuple[int | None, int]]


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
    """The XML documents of a stream, in order. most: bytes of one.

    Bytes between two documents are a piece of their own, but blanks, comments and processing
    instructions behind a document belong to it, so that the pieces together are the stream.

    >>> import io
    >>> data = b"<?xml version='1.0'?><a/> <?xml version='1.0'?><b/>"
    >>> [p.data for p in xml_pieces(io.BytesIO(data))]
    [b"<?xml version='1.0'?><a/> ", b"<?xml version='1.0'?><b/>"]
    """
    stream.seek(0)
    two_bytes = stream.read(2) in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
    # Files of two bytes a character hold one document.
    return pieces(stream, _never if two_bytes else _next_xml, most)


def pieces(stream: IO[bytes], find: FindStart, most: int = _MOST_BYTES) -> Iterator[Piece]:
    """The stream cut where `find` says that a document starts."""
    stream.seek(0)
    held = bytearray()
    searched = 0  # Bytes of `held` in which no document starts.
    end = dropped = 0  # Bytes given so far; bytes of the present document that were let go.
    ended = False
    while not ended:
        block = stream.read(_BLOCK)
        ended = not block
        held += block
        cut, searched = find(held, searched, ended, bool(dropped))
        while cut is not None:
            end += cut
            yield Piece(bytes(held[:cut]) if not dropped else b"", end, False, bool(dropped), most)
            del held[:cut]
            dropped = 0
            cut, searched = find(held, 0, ended, False)
        if not ended and (dropped or len(held) > most):
            dropped += searched
            end += searched
            del held[:searched]
            searched = 0
    data = bytes(held)
    held.clear()  # A large document need not be held twice while it is read.
    if dropped or (data and not data.isspace()):
        yield Piece(data if not dropped else b"", end + len(data), True, bool(dropped), most)


def _never(held: bytearray, start: int, ended: bool, is_rest: bool) -> tuple[int | None, int]:
    return None, len(held)


def _next_xml(held: bytearray, start: int, ended: bool, is_rest: bool) -> tuple[int | None, int]:
    at = start
    while match := _TOKEN.search(held, at):
        place, at = match.start(), match.end()
        if match["hidden"]:
            closed = _closed(held, match, ended)
            if closed is None:
                return None, place
            at = closed
        elif match["end"]:
            behind = _BEHIND.match(held, at)
            rest = behind.end() if behind else at
            if not ended and len(held) - rest < _OVERLAP and rest - place < _LONGEST_PART:
                return None, place
            if rest < len(held):
                return rest, rest
        elif is_rest or _has_begun(held, place, bool(match["declaration"])):
            return place, place
    return None, max(at, len(held) - _OVERLAP)


def _closed(held: bytearray, opening: re.Match[bytes], ended: bool) -> int | None:
    """Where a comment or CDATA section ends; None where more bytes must tell.

    One that is never closed, or holds the opening of another, was cut off: it hides nothing.
    """
    found = _OPENED_OR_CLOSED[bytes(opening[0])].search(held, opening.end())
    if found is None and not ended and len(held) - opening.start() < _LONGEST_PART:
        return None
    return found.end() if found is not None and found["close"] else opening.end()


def _has_begun(held: bytearray, place: int, is_declaration: bool) -> bool:
    """Whether more stands in front of a start than belongs to the same document."""
    if is_declaration:
        return bool(held[:place].strip(b" \t\r\n" + _MARK))
    return _PROLOG.fullmatch(held, 0, place) is None


_OPENED = re.compile(_PROLOG.pattern + rb"(?:<[A-Za-z_][^<>/]*(?:/[^<>/]+)*>\s*)+", re.DOTALL)
_CLOSED = re.compile(rb"\s*(?:</[A-Za-z_][^<>]*>\s*)+")


def is_wrapper(data: bytes) -> bool:
    """Whether a piece is no more than tags around the documents of a file.

    >>> is_wrapper(b"<?xml version='1.0'?><root n='1'>"), is_wrapper(b"</root>")
    (True, True)
    >>> is_wrapper(b"<us-patent-grant>"), is_wrapper(b"<a/>"), is_wrapper(b"<a>text")
    (False, False, False)
    """
    if len(data) > _LONGEST_PART or any(m["root"] or m["end"] for m in _TOKEN.finditer(data)):
        return False
    return bool(_OPENED.fullmatch(data) or _CLOSED.fullmatch(data))
