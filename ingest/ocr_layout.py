"""The reading order of recognised words: an engine's lines may run across two columns."""

from __future__ import annotations

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """A word in an image. Places in pixels from its top left corner; confidence: 0 to 1.

    line: the engine's own line (block, paragraph, line), words of one being side by side.
    spaced: whether a blank stands before it; engines cut Korean and Japanese into syllables.
    """

    left: int
    top: int
    right: int
    bottom: int
    text: str
    confidence: float
    line: tuple[int, ...]
    spaced: bool = True


_FEWEST_LINES = 8  # Both columns have so many lines, or it is a table.
_GUTTER = 1.2  # Width of a gutter in heights of a line; blanks between words are narrower.


def page_lines(words: list[Word]) -> list[list[Word]]:
    """The lines of a page in reading order: the left column before the right one.

    >>> word = Word(0, 0, 9, 9, "a", 1.0, (1,))
    >>> [[w.text for w in line] for line in page_lines([word, Word(20, 0, 29, 9, "b", 1.0, (1,))])]
    [['a', 'b']]
    """
    lines: dict[tuple[int, ...], list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    ordered = [sorted(line, key=lambda word: word.left) for line in lines.values()]
    ordered.sort(key=lambda line: statistics.median(word.top for word in line))
    gutter = _gutter(ordered)
    return _in_columns(ordered, *gutter) if gutter is not None else ordered


def _gutter(lines: list[list[Word]]) -> tuple[float, float] | None:
    """Place and least width of the gap that most lines have at one place; None if few have."""
    if len(lines) < _FEWEST_LINES:
        return None
    left = min(line[0].left for line in lines)
    right = max(line[-1].right for line in lines)
    height = statistics.median(word.bottom - word.top for line in lines for word in line)
    best, found = 0, 0.0
    for share in range(35, 66):
        at = left + (right - left) * share / 100
        split = sum(1 for line in lines if _has_gap(line, at, height * _GUTTER))
        if split > best:
            best, found = split, at
    return (found, height * _GUTTER) if best >= _FEWEST_LINES else None


def _has_gap(line: list[Word], at: float, width: float) -> bool:
    before = [word.right for word in line if word.left < at]
    after = [word.left for word in line if word.left >= at]
    return bool(before and after) and min(after) - max(before) >= width


def _in_columns(lines: list[list[Word]], gutter: float, width: float) -> list[list[Word]]:
    """Bands of lines with the gutter read column by column, lines across it where they stand."""
    ordered: list[list[Word]] = []
    left: list[list[Word]] = []
    right: list[list[Word]] = []
    for line in lines:
        before = [word for word in line if word.left < gutter]
        after = [word for word in line if word.left >= gutter]
        if before and after and not _has_gap(line, gutter, width):
            ordered += [*left, *right, line]
            left, right = [], []
            continue
        if before and max(word.right for word in before) > gutter + width:
            ordered += [*left, *right, line]
            left, right = [], []
            continue
        if before:
            left.append(before)
        if after:
            right.append(after)
    return [*ordered, *left, *right]
