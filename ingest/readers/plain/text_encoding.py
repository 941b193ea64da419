"""In which encoding a text was written, where the file does not say so.

UTF-8, and marks at the start, are certain. Other encodings are believed where what they make of
the bytes is what people write: Korean in the syllables of KS X 1001, Japanese with kana, Chinese in
the characters of daily use, western languages with few letters that carry marks. What is left is
the general guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.errors import WrongSuffix
from ingest.readers.opened import decode

_PROBE = 16384
_MOST = 0.9
_ZERO_SHARE = 0.3
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_KANA = re.compile("[\u3040-\u30ff]")
_JAPANESE = re.compile("[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e°±×μΩ−α-ω]")
_WESTERN = frozenset("äöüÄÖÜßéèêëàâçñîïôûùœÉÈÀáíóúåæøÅÆØ°µ±–—“”‘’„…·×²³½¼©®™§«»•¹€Ωì¿¡ãõ÷Ø\xa0")
_PAIR = re.compile(r"[^\x00-\x7f]{2}")
_LETTER_SHARE = 0.4
_WESTERN_SHARE = 0.2


def text_of(data: bytes) -> str:
    """The text of a file, its line ends made one. Raises WrongSuffix for binaries.

    >>> text_of("Zelle mit 45 °C".encode("cp1252"))
    'Zelle mit 45 °C'
    """
    encoding = certain_encoding(data)
    return decode(data if encoding is None else data.decode(encoding, "replace").encode())


def certain_encoding(data: bytes) -> str | None:
    """The encoding, where it is neither UTF-8 nor marked but can be told; else None.

    >>> certain_encoding("코팅층의 두께".encode("cp949")), certain_encoding("코팅층".encode())
    ('cp949', None)
    """
    probe = _whole(data[:_PROBE], len(data) > _PROBE)
    if data.startswith(_MARKS):
        return None
    wide = _wide(probe)
    if wide is not None or _decoded(probe, "utf-8") is not None:
        return wide
    return next((name for name, fits in _CANDIDATES if fits(_decoded(probe, name))), None)


def looks_like_text(head: bytes) -> bool:
    r"""Whether the beginning of a file reads as written words.

    >>> looks_like_text(b"It holds."), looks_like_text(b"1.0 2.0 3.0"), looks_like_text(b"a\x01")
    (True, False, False)
    """
    head = _whole(head, len(head) >= 8192)
    encoding = certain_encoding(head)
    try:
        marked = head.startswith(_MARKS)
        text = text_of(head) if encoding or marked else head.decode("utf-8")
    except (UnicodeDecodeError, WrongSuffix):
        return False
    signs = [c for c in text if not c.isspace()]
    letters = sum(1 for c in signs if c.isalpha())
    return bool(signs) and not _CONTROL.search(text) and letters >= _LETTER_SHARE * len(signs)


def _whole(probe: bytes, cut: bool) -> bytes:
    """The probe up to a line's or word's end, so that no character is cut in two."""
    if not cut:
        return probe
    end = max(probe.rfind(b"\n"), probe.rfind(b" "))
    if end > 0:
        return probe[: end + len(probe[end:]) % 2] if b"\x00" in probe else probe[:end]
    for back in range(4):
        if _decoded(probe[: len(probe) - back], "utf-8") is not None:
            return probe[: len(probe) - back]
    return probe


def _decoded(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of western text and of blanks is zero."""
    pairs = (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2]))
    for name, high, low in pairs if len(data) > 1 else ():
        if high.count(0) > _ZERO_SHARE * len(high) and low.count(0) * 10 < high.count(0):
            return name
        # Korean, Japanese and Chinese have few zeros, but all their characters in one place.
        text = _decoded(data[: len(data) // 2 * 2], name) or ""
        usual = sum(1 for c in text if " " <= c <= "~" or c in "\r\n\t" or _is_east(c))
        letters = sum(1 for byte in data if chr(byte).isalpha() and byte < 128)
        few = letters * 2 < len(data) and len(data) % 2 == 0
        if text and few and b"\x00" in high and usual > 0.98 * len(text):
            return name
    return None


def _is_east(character: str) -> bool:
    return (
        "\u3000" <= character <= "\u30ff"
        or "\u4e00" <= character <= "\u9fff"
        or ("\uac00" <= character <= "\ud7a3")
    )


def _share(text: str | None, belongs: Callable[[str], bool]) -> float:
    """Share of the characters beyond ASCII that belong to a language."""
    odd = [c for c in text or "" if not c.isascii()]
    return sum(map(belongs, odd)) / len(odd) if odd else 0.0


def _is_korean(text: str | None) -> bool:
    return _share(text, lambda c: "가" <= c <= "힣" and len(c.encode("euc_kr")) == 2) > _MOST


def _is_japanese(text: str | None) -> bool:
    kana = _share(text, lambda c: _KANA.match(c) is not None)
    return kana > 0.2 and _share(text, lambda c: _JAPANESE.match(c) is not None) > _MOST


def _is_simplified(text: str | None) -> bool:
    return _share(text, lambda c: _in_rows(c, "gb2312", 0xA1, 0xD7)) > _MOST


def _is_traditional(text: str | None) -> bool:
    return _share(text, lambda c: _in_rows(c, "big5", 0xA1, 0xC6)) > _MOST


def _in_rows(character: str, encoding: str, first: int, last: int) -> bool:
    """Whether a character is among those that a standard puts first since they are used most."""
    try:
        return first <= character.encode(encoding)[0] <= last
    except UnicodeEncodeError:
        return False


def _is_western(text: str | None) -> bool:
    odd = sum(1 for c in text or "" if not c.isascii())
    few = odd <= max(1, _WESTERN_SHARE * len((text or "").replace(" ", "")))
    # Where two bytes make a character, those beyond ASCII come in pairs.
    few = few and len(_PAIR.findall(text or "")) * 4 <= odd
    return few and _share(text, lambda c: c in _WESTERN) == 1.0


_CANDIDATES: tuple[tuple[str, Callable[[str | None], bool]], ...] = (
    ("cp1252", _is_western),
    ("cp949", _is_korean),
    ("cp932", _is_japanese),
    ("euc_jp", _is_japanese),
    ("gb18030", _is_simplified),
    ("big5", _is_traditional),
)
