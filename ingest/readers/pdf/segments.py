"""Pieces of printed lines with their places on the page, as pdfium gives them.

Only the first and the last character of each word is asked for its place: that costs a
millisecond or two a page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from ctypes import byref, c_double, c_int, create_string_buffer
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from ingest.readers.pdf.fives import column_of_fives, five_of

_WORD = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?")
# pdfium's sign for a hyphen at a line's end.
_LINE_HYPHENS = "\ufffe\x02"
_BOLD = re.compile(r"bold|black|heavy|demi|cmbx|-bd\b|,b\b", re.IGNORECASE)
_BASELINE = 0.45  # Of the font size: superscripts stay within their line.
_GAP = 0.9  # Of the font size: a wider gap parts columns, cells or labels.
_QUARTER = math.pi / 2


@dataclass(frozen=True)
class Segment:
    """Words on one line without a wide gap between them.

    x0, x1: left and right edge; y: baseline, growing upwards, in points (1/72 inch), turned so
    that most text of the page runs from left to right; size: font size in points; order: place
    in the file's own order.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    order: int


@dataclass(frozen=True)
class _Word:
    text: str
    start: tuple[float, float]  # origin of the first character
    end: tuple[float, float]  # far corner of the last one
    size: float
    turn: int  # quarter turns anticlockwise
    bold: bool


class TextPage:
    """The text of one page through pdfium. page: a loaded `pypdfium2.PdfPage`."""

    def __init__(self, page: Any) -> None:
        self._text = page.get_textpage()
        self._fonts: dict[bytes, bool] = {}
        self._name = create_string_buffer(64)
        self._flags = c_int()

    def close(self) -> None:
        """Free what pdfium holds for it."""
        self._text.close()

    def plain(self) -> str:
        """All characters in the order of the file, lines ended by a line feed."""
        count = self._text.count_chars()
        if not count:
            return ""
        text: str = self._text.get_text_range(errors="replace")
        if len(text) != count:  # Characters beyond 16 bits, or some that are left out.
            handle = self._text.raw
            codes = (pdfium.FPDFText_GetUnicode(handle, at) for at in range(count))
            text = "".join(chr(c) if 0 < c < 0x110000 else "\ufffd" for c in codes)
        return text

    def segments(self, text: str) -> list[Segment]:
        """Segments in the order of the file; [] where letters do not stand side by side.

        text: what `plain` gave. Text that runs in another direction than most of the page comes
        last, as it does in labels of axes and stamps in the margin.
        """
        words = list(self._words(text))
        counts = [0, 0, 0, 0]
        for word in words:
            counts[word.turn] += len(word.text)
        main = counts.index(max(counts))
        if _stands_upright(words):
            return []
        turns = [main, *(turn for turn in range(4) if turn != main)]
        result: list[Segment] = []
        below = 0.0
        for turn in turns:
            turned = _joined([_turned(word) for word in words if word.turn == turn], len(result))
            if turn != main and turned:
                # Below everything else, so that it never mixes with lines of the other direction.
                shift = below - max(one.y for one in turned) - 100
                turned = [_moved(one, shift) for one in turned]
            result += turned
            below = min((one.y for one in result), default=0.0)
        return result

    def _words(self, text: str) -> Iterator[_Word]:
        handle = self._text.raw
        x, y = c_double(), c_double()
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        matrix = pdfium.FS_MATRIX()
        for match in _WORD.finditer(text):
            first, last = match.start(), match.end() - 1
            if not pdfium.FPDFText_GetCharOrigin(handle, first, x, y):
                continue
            start = x.value, y.value
            pdfium.FPDFText_GetMatrix(handle, first, matrix)
            angle = math.atan2(matrix.b, matrix.a)
            turn = round(angle / _QUARTER) % 4
            scale = math.hypot(matrix.c, matrix.d)
            size = abs(pdfium.FPDFText_GetFontSize(handle, first)) * scale or 1.0
            pdfium.FPDFText_GetCharBox(handle, last, left, right, bottom, top)
            end = (
                left.value if turn == 2 else right.value,
                bottom.value if turn == 3 else top.value,
            )
            word = match[0]
            if word[-1] in _LINE_HYPHENS:
                word = word[:-1] + "-"
            yield _Word(word, start, end, size, turn, self._is_bold(first))

    def _is_bold(self, at: int) -> bool:
        pdfium.FPDFText_GetFontInfo(self._text.raw, at, self._name, 64, byref(self._flags))
        name = self._name.value
        if name not in self._fonts:
            self._fonts[name] = _BOLD.search(name.decode("utf-8", "replace")) is not None
        return self._fonts[name]


def _stands_upright(words: list[_Word]) -> bool:
    """Whether characters stand below each other, as in vertical Chinese or Japanese."""
    tall = sum(
        len(word.text)
        for word in words
        if len(word.text) > 2
        and abs(word.end[1] - word.start[1]) > 2.5 * word.size
        and not word.turn
    )
    return tall * 2 > sum(len(word.text) for word in words)


def _turned(word: _Word) -> tuple[_Word, float, float, float]:
    """The word with left edge, right edge and baseline as if it were not turned."""
    (x, y), (far_x, far_y) = word.start, word.end
    if word.turn == 1:
        return word, y, far_y, -x
    if word.turn == 2:
        return word, -x, -far_x, -y
    if word.turn == 3:
        return word, -y, -far_y, x
    return word, x, far_x, y


def _joined(words: list[tuple[_Word, float, float, float]], first: int) -> list[Segment]:
    """Segments of neighbouring words. first: order of the first one."""
    result: list[Segment] = []
    group: list[tuple[_Word, float, float, float]] = []
    fives = [five_of(word.text, x0, x1, y, at) for at, (word, x0, x1, y) in enumerate(words)]
    column = column_of_fives([one for one in fives if one])
    # Numbers of lines between two columns may stand close to their text.
    alone = column.keys if column else frozenset()
    for at, entry in enumerate(words):
        word, x0, _, y = entry
        if group:
            before, _, end, line = group[-1]
            size = max(before.size, word.size)
            near = -0.5 * size <= x0 - end <= _GAP * size and not alone & {at - 1, at}
            if not near or abs(y - line) > _BASELINE * size:
                result.append(_segment(group, first + len(result)))
                group = []
        group.append(entry)
    if group:
        result.append(_segment(group, first + len(result)))
    return result


def _segment(group: list[tuple[_Word, float, float, float]], order: int) -> Segment:
    weights = sorted((word.size, len(word.text), y) for word, _, _, y in group)
    half, total = 0, sum(weight for _, weight, _ in weights)
    size, baseline = weights[-1][0], weights[-1][2]
    for of_word, weight, y in weights:
        half += weight
        if half * 2 >= total:
            size, baseline = of_word, y
            break
    bold = sum(len(word.text) for word, _, _, _ in group if word.bold)
    return Segment(
        " ".join(word.text for word, _, _, _ in group),
        min(x0 for _, x0, _, _ in group),
        max(max(x0, x1) for _, x0, x1, _ in group),
        baseline,
        size,
        bold * 10 >= total * 9,
        order,
    )


def _moved(one: Segment, shift: float) -> Segment:
    return Segment(one.text, one.x0, one.x1, one.y + shift, one.size, one.bold, one.order)
