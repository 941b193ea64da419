"""Headings, paragraphs, captions and tables from the lines of PDF pages, by size and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.tables import CAPTION, table_block, table_end
from ingest.readers.plain.hyphens import without_divisions
from ingest.readers.plain.paged import Block, ends_sentence, heading_level, starts_paragraph

_LARGER = 1.12  # Of the body's font size, for a heading.
_SAME_SIZE = 0.08
_NEW_PARAGRAPH = 1.35  # Of the usual distance of lines.
_INDENT = 0.8  # Of the font size.
_SHORT = 0.85  # Of the column's width: a line that ends before fills it no more.
_LONGEST_HEADING = 200
_MOST_HEADING_LINES = 4
_LETTERS = re.compile(r"[^\W\d_]")
_ITEM = re.compile(r"^(?:[•▪◦‣·–—]\s|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})\)\s|\[\d{1,3}\]\s)")
_LOWER = re.compile(r"^[^\W\d_]*[a-zà-ÿ]")
_DEEPEST = 4


@dataclass(frozen=True)
class Style:
    """What is usual in a document. size: font size of the body in points; bold: whether it is."""

    size: float
    bold: bool
    levels: dict[tuple[float, bool], int]


def document_style(pages: Sequence[Sequence[Line]]) -> Style:
    """The style of most of the text, and the level that headings of each other style have."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for line in (line for page in pages for line in page):
        sizes[_rounded(line.size)] += len(line.text)
        bold[line.bold] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    style = Style(size, bold[True] > bold[False], {})
    numbered: dict[tuple[float, bool], int] = {}
    others: set[tuple[float, bool]] = set()
    for line in (line for page in pages for line in page):
        stands_out = line.bold or line.size > size
        if stands_out and _is_heading([line], style):
            level = heading_level(line.text)
            if level:
                numbered[_key([line])] = min(level, numbered.get(_key([line]), level))
            others.add(_key([line]))
    ranked = sorted(others, reverse=True)
    levels = {key: min(rank, _DEEPEST) for rank, key in enumerate(ranked, start=1)} | numbered
    return Style(size, style.bold, levels)


def page_blocks(lines: Sequence[Line], style: Style, words: Counter[str]) -> tuple[Block, ...]:
    """The blocks of one page, in reading order. words: the document's, for divided words."""
    blocks: list[Block] = []
    for group in _groups(lines, style):
        if isinstance(group, Block):
            blocks.append(group)
            continue
        text = "\n".join(line.text for line in group)
        plain = heading_level(text) if len(group) == 1 and len(group[0].cells) == 1 else 0
        if _is_heading(group, style):
            level = heading_level(_joined(group)) or style.levels.get(_key(group), 1)
            blocks.append(Block(without_divisions(text, words), level))
        elif plain:
            blocks.append(Block(text, plain))
        else:
            begins = bool(CAPTION.match(text) or _ITEM.match(text)) or _is_indented(group[0])
            blocks.append(Block(without_divisions(text, words), begins=begins))
    return tuple(blocks)


def printed_title(lines: Sequence[Line], style: Style) -> str:
    """The words in the largest type of a first page; "" where nothing is larger than the body."""
    found: list[Line] = []
    goes_on = False  # No line of other text stands between, and none of another column.
    for line in lines:
        if len(_LETTERS.findall(line.text)) < 4:
            continue
        if line.size < style.size * _LARGER:
            goes_on = False
        elif not found or line.size > found[-1].size * (1 + _SAME_SIZE):
            found, goes_on = [line], True
        elif goes_on and _is_next(found[-1], line):
            found.append(line)
        else:
            goes_on = False
    return " ".join(line.text for line in found)


def _is_next(before: Line, line: Line) -> bool:
    same = abs(line.size - before.size) <= _SAME_SIZE * line.size
    return same and line.column == before.column and _below(before, line)


def _below(before: Line, line: Line) -> bool:
    return 0 < before.y - line.y <= 2 * line.size


def _groups(lines: Sequence[Line], style: Style) -> Iterator[list[Line] | Block]:
    """Lines that make one heading or paragraph, and tables ready made."""
    pitch = _pitch(lines)
    group: list[Line] = []
    at = 0
    while at < len(lines):
        match = CAPTION.match(group[0].text) if group else None
        captioned = bool(match and match["table"])
        end = table_end(lines, at, captioned)
        if end > at:
            if group and not captioned:
                yield group
            yield table_block(lines[at:end], _joined(group) if captioned else "")
            group, at = [], end
            continue
        if group and _begins(group, lines[at], style, pitch):
            yield group
            group = []
        group.append(lines[at])
        at += 1
    if group:
        yield group


def _begins(group: list[Line], line: Line, style: Style, pitch: dict[float, float]) -> bool:
    """Whether a line is the first of a new paragraph or heading."""
    before = group[-1]
    ended = ends_sentence(before.text)
    width = before.right - before.left
    full = before.x1 >= before.left + _SHORT * width
    if _differs(before, line) or CAPTION.match(line.text) or starts_paragraph(line.text):
        return True
    if heading_level(before.text) and len(group) == 1 and not full:
        return True
    if heading_level(line.text) and (ended or not full):
        return True
    if _is_heading([line], style) and _is_heading(group, style):
        return not _below(before, line) or before.y - line.y > 1.6 * line.size
    if line.column != before.column or line.y >= before.y:
        # Text flows from column to column in the middle of a sentence.
        return ended or not (full or _LOWER.match(line.text))
    usual = pitch.get(_rounded(line.size), 1.2 * line.size)
    if before.y - line.y > _NEW_PARAGRAPH * usual or _ITEM.match(line.text):
        return True
    if ended and not full:
        return True
    indent = _INDENT * line.size
    if line.x0 > before.x0 + indent and len(group) > 1 and (ended or not full):
        return True
    return ended and line.x0 < before.x0 - indent and len(group) > 1


def _differs(before: Line, line: Line) -> bool:
    larger = max(before.size, line.size)
    # A line of sub- and superscripts alone is no style of its own.
    if min(len(before.text), len(line.text)) < 4:
        return abs(before.size - line.size) > 0.5 * larger
    return before.bold != line.bold or abs(before.size - line.size) > _SAME_SIZE * larger


def _is_heading(group: Sequence[Line], style: Style) -> bool:
    """Whether lines are set as headings are: larger than the body, or bold in one that is not."""
    if len(group) > _MOST_HEADING_LINES:
        return False
    text = _joined(group)
    if len(text) > _LONGEST_HEADING:
        return False
    if not style.size or len(_LETTERS.findall(text)) < 2 or text[-1] in ",;.":
        return False
    if (
        CAPTION.match(text)
        or starts_paragraph(text)
        or not (text[0].isalnum() and text[0] == text[0].upper())
    ):
        return False
    if any(len(line.cells) > 1 for line in group) and not heading_level(text):
        return False
    if min(line.size for line in group) >= style.size * _LARGER:
        return True
    bold = all(line.bold for line in group) and not style.bold
    return bold and group[0].size >= 0.95 * style.size and len(group) <= 2 and len(text) <= 120


def _is_indented(line: Line) -> bool:
    return line.x0 > line.left + _INDENT * line.size


def _pitch(lines: Sequence[Line]) -> dict[float, float]:
    """Usual distance of baselines for each font size."""
    steps: dict[float, list[float]] = {}
    for before, line in pairwise(lines):
        step = before.y - line.y
        if before.column == line.column and 0.8 * line.size < step < 2.5 * line.size:
            steps.setdefault(_rounded(line.size), []).append(step)
    return {size: sorted(found)[len(found) // 3] for size, found in steps.items()}


def _key(group: Sequence[Line]) -> tuple[float, bool]:
    return _rounded(group[0].size), group[0].bold


def _rounded(size: float) -> float:
    return round(size * 2) / 2


def _joined(group: Sequence[Line]) -> str:
    return " ".join(line.text for line in group)
