"""How wide a text is, and what of it can be drawn with the fonts of this machine.

Widths are those of DejaVu Sans, which matplotlib carries, so that a picture is laid out alike on
every machine; it is a wide face, so that other fonts of an SVG's reader do not overflow.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

BASE_FONT = "DejaVu Sans"
# Families that an SVG asks for, and that are looked for here where the base font has no glyph.
EAST_ASIAN = (
    "Noto Sans CJK KR", "Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans KR", "Noto Sans JP",
    "Noto Sans SC", "Source Han Sans", "Malgun Gothic", "Apple SD Gothic Neo", "NanumGothic",
    "Yu Gothic", "Meiryo", "Hiragino Sans", "Microsoft YaHei", "PingFang SC", "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei", "Droid Sans Fallback", "Unifont",
)  # fmt: skip
_FALLING_BACK = ("Noto Sans", "Arial Unicode MS", *EAST_ASIAN)
_SCRIPTS = {
    "HANGUL": "Korean", "CJK": "Chinese or Japanese", "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese", "KATAKANA-HIRAGANA": "Japanese", "IDEOGRAPHIC": "Chinese or Japanese",
}  # fmt: skip
_ELLIPSIS = "…"


def width(text: str, size: float = 12.0, bold: bool = False) -> float:
    """Pixels that a line of text takes.

    >>> round(width("ii", 10)), round(width("WW", 10))
    (6, 20)
    """
    return sum(_advance(character, bold) for character in text) * size


@lru_cache(maxsize=20_000)
def _advance(character: str, bold: bool) -> float:
    """Width of a character in ems; one em where the base font lacks it, as for Korean."""
    font = _base(bold)
    if ord(character) not in _characters(font.fname):
        return 1.0 if unicodedata.category(character) not in ("Mn", "Me", "Cf") else 0.0
    return float(font.load_char(ord(character)).linearHoriAdvance / 65536 / 100)


@lru_cache(maxsize=2)
def _base(bold: bool) -> Any:
    import matplotlib
    from matplotlib.ft2font import FT2Font

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    font = FT2Font(str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / name))
    font.set_size(100, 72)
    return font


@lru_cache(maxsize=64)
def _characters(path: str) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(path).get_charmap())


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    """The base font and those of its stand-ins that this machine has."""
    from matplotlib.font_manager import fontManager

    had = {entry.name for entry in fontManager.ttflist}
    return (BASE_FONT, *(name for name in _FALLING_BACK if name in had))


@lru_cache(maxsize=1)
def drawable_characters() -> frozenset[int]:
    """Code points that the fonts of `families()` have."""
    from matplotlib.font_manager import FontProperties, findfont

    found = set(_characters(_base(False).fname))
    for name in families()[1:]:
        found |= _characters(str(findfont(FontProperties(family=[name]))))
    return frozenset(found)


def drawable(text: str, known: frozenset[int]) -> str:
    """A text in which every run of characters without a glyph is replaced by its script's name.

    >>> latin = frozenset(range(128))
    >>> drawable("LG화학 Ltd", latin), drawable("양극 활물질 2", latin)
    ('LG[Korean] Ltd', '[Korean] 2')
    """
    parts: list[str] = []
    for character in text:
        part = character if ord(character) in known else f"[{_script(character)}]"
        if len(part) > 1 and "".join(parts).rstrip().endswith(part):
            # One name for a run of several words.
            while parts[-1] != part:
                parts.pop()
            continue
        parts.append(part)
    return "".join(parts)


def _script(character: str) -> str:
    name = unicodedata.name(character, "?").split(" ")[0]
    return _SCRIPTS.get(name, "?")


def visible(text: str) -> str:
    r"""A text on one line without control characters, marks of direction and lone surrogates.

    >>> visible("a\x07\x1b[31m\tb\u202e")
    'a [31m b'
    """
    kept = (
        {"Cc": " ", "Cf": "", "Cs": "", "Cn": "", "Zl": " ", "Zp": " "}.get(
            unicodedata.category(character), character
        )
        for character in text
    )
    return " ".join("".join(kept).split())


def shortened(text: str, most: float, size: float = 12.0, bold: bool = False) -> str:
    """A text that is at most so many pixels wide, cut with an ellipsis.

    >>> shortened("cathode active material", 60, 10)
    'cathode a…'
    """
    if width(text, size, bold) <= most:
        return text
    room = most - width(_ELLIPSIS, size, bold)
    kept = 0
    for character in text:
        room -= _advance(character, bold) * size
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + _ELLIPSIS


def wrapped(text: str, most: float, size: float = 12.0, lines: int = 100) -> list[str]:
    """A text in lines of at most so many pixels; the last one cut where more would follow.

    >>> wrapped("a battery cell with a separator", 80, 10)
    ['a battery cell', 'with a', 'separator']
    """
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and width(longer, size) > most:
            if len(found) == lines:
                found[-1] = shortened(f"{found[-1]} {word} {_ELLIPSIS * 2}", most, size)
                break
            longer = word
            found.append("")
        found[-1] = shortened(longer, most, size)
    return found if found[0] else []
