"""Tables of plain values, before they are XLSX or CSV, and what makes their cells safe."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.exports.words import legal

Value = str | int | float | None
# Begins a formula in Excel, LibreOffice or Google Sheets, also in its full-width form. White space
# before it does not count, as importing may trim it. A tab, or a line end, alone can begin one too.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+([.]\d+)?")


@dataclass(frozen=True)
class Toned:
    """A text with the colour of a status. tone: a key of blocks.GROUNDS, or "human"."""

    text: str
    tone: str


@dataclass(frozen=True)
class Table:
    """One sheet, or one CSV file.

    widths: of the columns, in characters. rows: each as long as the head. frozen: columns that
    stay in sight.
    """

    name: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Value | Toned, ...], ...]
    frozen: int = 0


def looks_like_formula(text: str) -> bool:
    """Whether a program might calculate a text instead of showing it.

    >>> [looks_like_formula(text) for text in ("=1+1", " @SUM(A1)", "-5", "-5 °C", "5-6")]
    [True, True, False, True, False]
    """
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text)


def neutral(text: str) -> str:
    """The text as a CSV cell: an apostrophe stands before what might be taken for a formula."""
    text = legal(text)
    return f"'{text}" if looks_like_formula(text) else text
