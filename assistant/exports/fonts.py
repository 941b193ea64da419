"""Fonts of PDF exports: for every character one that has it, and a visible mark where none has."""

from __future__ import annotations

import importlib.util
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from assistant.exports.words import legal

# Packages that carry fonts; none of them is imported. (module, file, name in the PDF)
_PACKAGED = (
    ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans.ttf", "DejaVuSans"),
    ("matplotlib", "mpl-data/fonts/ttf/DejaVuSans-Bold.ttf", "DejaVuSans-Bold"),
    ("koreanize_matplotlib", "fonts/NanumGothic.ttf", "NanumGothic"),
    ("matplotlib_fontja", "fonts/ipaexg.ttf", "IPAexGothic"),
)
# Of the operating system, tried for what those lack, mostly simplified Chinese.
_SYSTEM = (
    ("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", "DroidSansFallback"),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", "WenQuanYi"),
    ("/System/Library/Fonts/Supplemental/Arial Unicode.ttf", "ArialUnicode"),
    ("C:/Windows/Fonts/msyh.ttc", "MicrosoftYaHei"),
    ("C:/Windows/Fonts/malgun.ttf", "MalgunGothic"),
)
# Comes with reportlab: Latin letters only, in the shapes of DejaVu.
_PLAIN, _PLAIN_BOLD = "Vera", "VeraBd"
# The one font that is not embedded: a reader's own font for simplified Chinese takes its place.
_BORROWED = "STSong-Light"


@dataclass
class Fonts:
    """The fonts that were found, and what they could not print.

    covers: code points of each font, the preferred ones first. bold: the bold of the first.
    missing: characters that no font has. borrowed: those of the font that is not embedded.
    """

    covers: dict[str, frozenset[int]]
    bold: str
    bold_covers: frozenset[int]
    missing: Counter[str] = field(default_factory=Counter)
    borrowed: Counter[str] = field(default_factory=Counter)

    @property
    def first(self) -> str:
        """The font of all text that it has the characters of."""
        return next(iter(self.covers))

    def markup(self, text: str, bold: bool = False) -> str:
        """The text in reportlab's markup, every run of it in a font that has its characters."""
        text = legal(text)
        first, covered = (
            (self.bold, self.bold_covers) if bold else (self.first, self.covers[self.first])
        )
        others = self._others({ord(char) for char in text} - covered)
        runs: list[tuple[str, str]] = []
        for char in text:
            font = first if ord(char) in covered or char.isspace() else self._font(char, others)
            shown = char
            if font is None and unicodedata.decomposition(char).startswith("<font>"):
                # The letter without its slant or weight: 𝐿 as L.
                shown, font = unicodedata.normalize("NFKC", char), first
            elif font is None:
                if unicodedata.category(char) in ("Cf", "Mn"):  # invisible, such as joiners
                    continue
                self.missing[char] += 1
                font, shown = first, f"[U+{ord(char):04X}]"
            if runs and runs[-1][0] == font:
                runs[-1] = (font, runs[-1][1] + shown)
            else:
                runs.append((font, shown))
        return "".join(
            escape(run) if font == first else f'<font name="{font}">{escape(run)}</font>'
            for font, run in runs
        ).replace("\n", "<br/>")

    def notices(self) -> list[str]:
        """What a reader must know of characters that are not printed as they are."""
        lines = []
        if self.missing:
            shown = ", ".join(f"[U+{ord(char):04X}]" for char in sorted(self.missing)[:20])
            more = ", ..." if len(self.missing) > 20 else ""
            lines.append(
                f"{sum(self.missing.values())} characters that no font on the machine has are "
                f"printed as their Unicode numbers: {shown}{more}. The other formats have them."
            )
        if self.borrowed:
            lines.append(
                f"{sum(self.borrowed.values())} Chinese characters are not embedded; the program "
                "that shows this file needs a font for simplified Chinese."
            )
        return lines

    def _others(self, wanted: set[int]) -> list[str]:
        """The other fonts, those first that have most of the text, so that it changes least."""
        names = list(self.covers)[1:]
        return sorted(names, key=lambda name: -len(wanted & self.covers[name])) if wanted else names

    def _font(self, char: str, others: list[str]) -> str | None:
        for name in (*others, self.first):
            if ord(char) in self.covers[name]:
                return name
        try:
            char.encode("gb2312")
        except UnicodeEncodeError:
            return None
        self.borrowed[char] += 1
        return _BORROWED


def load_fonts() -> Fonts:
    """The fonts of this machine, made known to reportlab."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    covers: dict[str, frozenset[int]] = {}
    for path, name in _candidates():
        covered = _register(path, name)
        if covered:
            covers[name] = covered
    plain = _register(Path("Vera.ttf"), _PLAIN)
    plain_bold = _register(Path("VeraBd.ttf"), _PLAIN_BOLD)
    if _BORROWED not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(_BORROWED))
    bold_covers = covers.pop("DejaVuSans-Bold", frozenset())
    if "DejaVuSans" in covers and bold_covers:
        return Fonts(covers, "DejaVuSans-Bold", bold_covers)
    return Fonts({_PLAIN: plain, **covers}, _PLAIN_BOLD, plain_bold)


def _candidates() -> list[tuple[Path, str]]:
    found = []
    for module, file, name in _PACKAGED:
        spec = importlib.util.find_spec(module)
        for folder in (spec.submodule_search_locations or ()) if spec else ():
            found.append((Path(folder) / file, name))
    found += [(Path(path), name) for path, name in _SYSTEM]
    return [(path, name) for path, name in found if path.is_file()]


def _register(path: Path, name: str) -> frozenset[int]:
    """The code points of a font after making it known; none for one that cannot be used."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    if name not in pdfmetrics.getRegisteredFontNames():
        try:
            pdfmetrics.registerFont(TTFont(name, str(path)))
        except (TTFError, OSError):
            return frozenset()
    face: Any = pdfmetrics.getFont(name).face
    # Glyph 0 is the black box that stands for a character that a font lacks.
    return frozenset(code for code, glyph in face.charToGlyph.items() if glyph)
