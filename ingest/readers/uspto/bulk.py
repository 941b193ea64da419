"""Cut a file in the greenbook format into its patents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from ingest.readers.patent_xml.pieces import Piece, pieces

_START = re.compile(rb"[\r\n](PATN\s*[\r\n])")
_OVERLAP = 4096


def greenbook_pieces(stream: IO[bytes], most: int = Piece.size_limit) -> Iterator[Piece]:
    r"""The patents of a file in the greenbook format; what stands before the first is one too.

    >>> import io
    >>> [p.data for p in greenbook_pieces(io.BytesIO(b"PATN\nWKU  1\nPATN\nWKU  2\n"))]
    [b'PATN\nWKU  1\n', b'PATN\nWKU  2\n']
    """
    return pieces(stream, _next_patent, most)


def _next_patent(held: bytearray, start: int, ended: bool, is_rest: bool) -> tuple[int | None, int]:
    match = _START.search(held, start)
    if match is None:
        return None, max(0, len(held) - _OVERLAP)
    return match.start(1), match.start(1)
