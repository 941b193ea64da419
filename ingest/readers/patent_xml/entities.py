"""Named characters (`&thgr;`, `&deg;`) as Unicode, for files whose DTD is not at hand.

The offices' older DTDs take their names from the ISO 8879 sets, whose meaning is fixed; nearly
all are in HTML as well. Names that a file declares itself are never touched.
"""

from __future__ import annotations

import re
from html.entities import html5

# ISOgrk1: letter names with "gr" (https://www.w3.org/TR/xml-entity-names/, isogrk1).
_GREEK = dict(
    zip(
        "a b g d e z ee th i k l m n x o p r sf s t u ph kh ps oh".split(),
        "αβγδεζηθικλμνξοπρςστυφχψω",
        strict=True,
    )
)
_ISO = {f"{name}gr": letter for name, letter in _GREEK.items()}
_ISO |= {f"{name.upper()}gr": letter.upper() for name, letter in _GREEK.items() if name != "sf"}
_ISO |= {f"b.{name}": letter for name, letter in _ISO.items()}
_ISO |= {"phgrv": "ϕ", "frac1": "½", "thinsp": "\u2009", "hellip": "…", "square": "□"}
_PREDEFINED = {b"amp", b"lt", b"gt", b"quot", b"apos"}
_REFERENCE = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|&([A-Za-z][A-Za-z0-9._-]*);", re.DOTALL)
_DECLARED = re.compile(rb"<!ENTITY\s+(?:%\s+)?([^\s>]+)")


def named_character(name: str) -> str | None:
    """The character of a name from the ISO sets or HTML; None for others.

    >>> named_character("mgr"), named_character("PHgr"), named_character("Prime")
    ('μ', 'Φ', '″')
    >>> named_character("company-logo") is None
    True
    """
    return _ISO.get(name) or html5.get(f"{name};")


def resolve_characters(data: bytes, start: int = 0) -> bytes:
    """XML in which names of characters that it does not declare are character references.

    An unknown name stays as it is written, as text. start: of the root element; before it only
    declarations are looked for. The encoding must contain ASCII.

    >>> resolve_characters(b"<a>5 &mgr;m &logo; &amp;</a>")
    b'<a>5 &#956;m &amp;logo; &amp;</a>'
    """
    if b"&" not in data:
        return data
    kept = _PREDEFINED | set(_DECLARED.findall(data[:start]))

    def written(match: re.Match[bytes]) -> bytes:
        name = match[1]
        if name is None or name in kept:
            return match[0]
        characters = named_character(name.decode("ascii"))
        if characters is None:
            return b"&amp;" + name + b";"
        return b"".join(b"&#%d;" % ord(character) for character in characters)

    return data[:start] + _REFERENCE.sub(written, data[start:])
