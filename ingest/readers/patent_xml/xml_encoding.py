"""The encoding of XML: as declared where the bytes agree, UTF-8 where they evidently are."""

from __future__ import annotations

import codecs
import re

from ingest.errors import Malformed

_DECLARATION = re.compile(rb"^\s*<\?xml\b[^>]{0,200}?\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']")
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_OTHER_SCRIPT = re.compile(rb"[\x80-\xff]{4}")
_SIGN_IN_WORD = re.compile(r"[a-zà-ÿ][¡-¬®-¶¸-¿ƒ„…†‡ˆ‰‹•˜›](?=[a-zà-ÿ])")
_UTF16 = (
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def as_utf8(data: bytes) -> bytes:
    """The same XML in UTF-8 without byte order mark and encoding declaration.

    Bytes that are valid UTF-8 are taken as that, whatever the file declares: text in another
    encoding that happens to be valid UTF-8 is as good as impossible. Bytes that are said to be
    UTF-8 and have the look of Windows-1252 are read as that. Raises Malformed where the bytes are
    in neither.

    >>> as_utf8("<?xml version='1.0' encoding='latin-1'?><a>°</a>".encode("latin-1")).decode()
    '<a>°</a>'
    """
    for sign, encoding in _UTF16:
        if data.startswith(sign):
            return _undeclared(_decoded(data, encoding).encode("utf-8"))
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.isascii():
        return _undeclared(data)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        declaration = _DECLARATION.match(data)
        named = _ENCODING.search(declaration[0]) if declaration else None
        encoding = named[1].decode("ascii") if named else "utf-8"
        if encoding.lower() in ("utf-8", "utf8", "us-ascii", "ascii") and _is_western(data):
            encoding = "cp1252"
        return _undeclared(_decoded(data, encoding).encode("utf-8"))
    return _undeclared(data)


def _is_western(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 read sensibly as Windows-1252.

    Not where any part is UTF-8, which then is damaged; nor where letters stand in rows as in
    other scripts, or signs stand within words as when another alphabet is taken for this one.
    """
    if _UTF8_CHARACTER.search(data) or _OTHER_SCRIPT.search(data):
        return False
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return _SIGN_IN_WORD.search(text) is None


def _decoded(data: bytes, encoding: str) -> str:
    try:
        codecs.lookup(encoding)
        return data.decode(encoding).removeprefix("\ufeff")
    except (LookupError, UnicodeError):
        raise Malformed(f"broken XML: its bytes are not in its encoding, {encoding}") from None


def _undeclared(data: bytes) -> bytes:
    # Blanks in front of the declaration are an error of XML that every program forgives.
    declaration = _DECLARATION.match(data)
    return (data[declaration.end() :] if declaration else data).lstrip()
