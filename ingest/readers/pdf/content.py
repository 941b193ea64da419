"""What a page's content is, without drawing it: images, bytes, whether it can be decoded."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2.raw as pdfium

_SMALLEST_STREAM = 32  # Bytes; an empty one that is packed has a dozen.
# Operators without which a page shows nothing: ISO 32000-1, annex A.
_OPERATOR = re.compile(rb"(?:^|\s)(?:BT|Do|S|s|f\*?|F|B\*?|b\*?|sh|BI|n|q|cm|gs|BDC|BMC)(?:\s|$)")
_COVERS = 0.5  # Of the page, for an image that may be a scan of it.
_MOST_OBJECTS = 20_000


def shows_image(page: Any) -> bool:
    """Whether images cover most of a page; it may have none of its own, but in forms."""
    width, height = page.get_size()
    covered = 0.0
    for at, entry in enumerate(page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)):
        if at >= _MOST_OBJECTS:
            break
        left, bottom, right, top = entry.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    # A scan may come in strips, each an image of its own.
    return bool(covered >= _COVERS * width * height)


def stream_bytes(page: Any) -> int:
    """Bytes of a page's content as it lies in the file."""
    contents = page.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    streams = contents if isinstance(contents, list) else [contents]
    total = 0
    for stream in streams:
        stream = stream.get_object() if stream is not None else None
        total += len(getattr(stream, "_data", b""))
    return total


def fault(page: Any) -> str:
    """What is wrong with the content of a page that shows no text; "" if it may just be empty."""
    size = stream_bytes(page)
    if size < _SMALLEST_STREAM:
        return ""
    contents = page.get_contents()
    data = contents.get_data() if contents is not None else b""
    return "" if _OPERATOR.search(data) else f"its content of {size} bytes cannot be decoded"
