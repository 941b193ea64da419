"""Mend the one fault that exports of XML have often: "&" and "<" of the text left unescaped."""

from __future__ import annotations

import re

_NAME = rb"[A-Za-z_:][\w:.-]*"
_VALUE = rb"""\s*=\s*(?:"[^"<]*"|'[^'<]*')"""
# What is markup beyond doubt, then the two signs that otherwise can only be text.
_SIGNS = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    rb"|</" + _NAME + rb"\s*>|<" + _NAME + rb"(?:\s+" + _NAME + _VALUE + rb")*\s*/?>"
    rb"|&(?:\#\d{1,7}|\#x[0-9A-Fa-f]{1,6}|" + _NAME + rb");"
    rb"|(<|&)",
    re.DOTALL,
)
_ESCAPED = {b"<": b"&lt;", b"&": b"&amp;"}


def escape_stray_signs(data: bytes, start: int) -> bytes:
    """The document with every "<" that opens no tag and every "&" of no reference escaped.

    start: of the root element; the declarations before it stay as they are.

    >>> escape_stray_signs(b"<a n='1'>R&D at x < 3, <First part</a>", 0)
    b"<a n='1'>R&amp;D at x &lt; 3, &lt;First part</a>"
    """
    root = data[start:]
    return data[:start] + _SIGNS.sub(lambda m: _ESCAPED.get(m[1], m[0]), root)
