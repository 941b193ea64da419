"""Characters as PDFs give them: ligatures, private-use glyphs and controls made plain text.

Sources: the Unicode blocks named below; the Adobe Glyph List and the Symbol encoding of
ISO 32000-1, annex D.5, for the private-use code points that fonts give their glyphs.
"""

from __future__ import annotations

import re
import unicodedata

_SYMBOL_AT = 0xF020
# The Symbol encoding from code 0x20 on; "\ufffd" where it has no character.
_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    + "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
    + "\ufffd" * 34
    + "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
    + "⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ufffd〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_PRIVATE = {_SYMBOL_AT + at: c for at, c in enumerate(_SYMBOL) if c != "\ufffd"}
# Small capitals and old-style digits; the Glyph List calls them Asmall and zerooldstyle.
_PRIVATE |= {0xF761 + at: chr(ord("a") + at) for at in range(26)}
_PRIVATE |= {0xF730 + at: chr(ord("0") + at) for at in range(10)}
# Pieces of tall brackets: parenlefttp and so on, and the rules beside them.
_PRIVATE |= {0xF8E6 + at: c for at, c in enumerate("⏐⎯®©™⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪⎮⎞⎟⎠⎤⎥⎦⎫⎬⎭")}
_LIGATURES = {0xFB00 + at: text for at, text in enumerate("ff fi fl ffi ffl st st".split())}
# Kangxi radicals, compatibility ideographs and Arabic presentation forms stand for letters.
_COMPATIBILITY = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb13-\ufb4f\ufb50-\ufdff\ufe70-\ufefc]")
_NOT_PLAIN = re.compile("[\ue000-\uf8ff\ufb00-\ufb06\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_UNMAPPED_KINDS = {"Cc", "Cn", "Co", "Cs"}
_MOST_UNMAPPED = 0.3


def plain_glyphs(text: str) -> str:
    r"""Text with ligatures spelled out and glyph codes replaced by the characters that they show.

    A private-use code that is in no list becomes U+FFFD; controls are dropped. Soft hyphens
    inside a line go, one at a line's end becomes a hyphen.

    >>> plain_glyphs("e\ufb03cient \uf061 \uf8eb \ue123 co\u00adop")
    'efficient α ⎛ � coop'
    """
    if "\u00ad" in text:
        text = re.sub("\u00ad(?=\\n|$)", "-", text).replace("\u00ad", "")
    text = _NOT_PLAIN.sub(_plain, text)
    return _COMPATIBILITY.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def is_unmapped(text: str) -> bool:
    r"""Whether so many of its glyphs stand for no character that the text is of no use.

    >>> is_unmapped("\x01\x04\x05 \x06 ab"), is_unmapped("A cell."), is_unmapped("")
    (True, False, False)
    """
    glyphs = [c for c in text if not c.isspace()]
    return unmapped(text) > _MOST_UNMAPPED * len(glyphs)


def unmapped(text: str) -> int:
    """How many characters stand for no letter or sign that anybody could read."""
    # Letters of our own languages are by far the most: look at the others alone.
    return sum(
        c == "\ufffd"
        or (
            not c.isspace()
            and ord(c) not in _PRIVATE
            and unicodedata.category(c) in _UNMAPPED_KINDS
        )
        for c in text
        if not " " <= c <= "~"
    )


def _plain(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code in _LIGATURES:
        return _LIGATURES[code]
    if 0xE000 <= code <= 0xF8FF:
        return _PRIVATE.get(code, "\ufffd")
    return ""
