"""Pages of extracted text made readable: no running heads, page numbers or divided words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ingest.readers.pdf.glyphs import plain_glyphs
from ingest.readers.plain.hyphens import vocabulary, without_divisions
from ingest.readers.plain.paged import without_page_numbers
from ingest.readers.plain.running_heads import Edge, running_heads

_DIGITS = re.compile(r"\d+")
_FEWEST_HEAD_WORDS, _MOST_HEAD_WORDS = 3, 20
_HEAD_WORD_SHARE = 0.5
_EDGE_LINES = 3
_HEAD_SHARE = 0.3


def readable_pages(pages: list[str]) -> list[str]:
    r"""Pages of extracted text without running heads, page numbers and divided words.

    >>> readable_pages(["Wetting\nIt is under considera-\ntion.\n7", "It lasts.\n8"])
    ['Wetting\nIt is under consideration.', 'It lasts.']
    """
    pages = without_heads([plain_glyphs(page) for page in pages])
    pages = without_page_numbers(_without_first_words(pages))
    words = vocabulary(pages)
    return [without_divisions(page, words) for page in pages]


def without_heads(pages: list[str]) -> list[str]:
    """The pages without the lines that repeat at their edges; the first page keeps its own.

    What stands at the head of all pages is often the title, and so belongs on the first.
    """
    lines = [page.split("\n") for page in pages]
    edges = [list(_edges(of_page)) for of_page in lines]
    drops = running_heads(edges, _HEAD_SHARE)
    for at, drop in enumerate(drops):
        if at and drop:
            lines[at] = [line for index, line in enumerate(lines[at]) if index not in drop]
    return ["\n".join(of_page) for of_page in lines]


def _edges(lines: list[str]) -> Iterator[Edge]:
    filled = [index for index, line in enumerate(lines) if line.strip()]
    if len(filled) <= 2 * _EDGE_LINES:
        return
    for index in filled[:_EDGE_LINES]:
        yield Edge(index, lines[index], 0.0)
    for index in filled[-_EDGE_LINES:]:
        yield Edge(index, lines[index], 100.0)


def _without_first_words(pages: list[str]) -> list[str]:
    """The pages, from the second on, without the words that most of them begin with.

    Extracted text often has a whole page on one line, with the running head as its first words.
    """
    begun = [page.split(maxsplit=_MOST_HEAD_WORDS)[:_MOST_HEAD_WORDS] for page in pages[1:]]
    shapes = [tuple(_DIGITS.sub("#", word) for word in words) for words in begun]
    best = 0
    for count in range(_FEWEST_HEAD_WORDS, _MOST_HEAD_WORDS + 1):
        starts = Counter(shape[:count] for shape in shapes if len(shape) >= count)
        agreeing = max(starts.values(), default=0)
        if agreeing < max(_FEWEST_HEAD_WORDS, len(begun) * _HEAD_WORD_SHARE):
            break
        best, head = count, starts.most_common(1)[0][0]
    if not best:
        return pages
    kept = pages[:1]
    for page, shape in zip(pages[1:], shapes, strict=True):
        same = shape[:best] == head and len(shape) > best
        kept.append(page.split(maxsplit=best)[-1] if same else page)
    return kept
