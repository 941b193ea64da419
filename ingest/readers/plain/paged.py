"""Compose what comes page by page (PDF, or text with form feeds) into paragraphs.

In plain text headings are recognised by what they look like: numbered, or in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.compose import Composer
from ingest.readers.plain.report_facts import is_fact_line

_HEADING = re.compile(
    r"^(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[A-Z])[^.;:]{2,70}"
    r"|(?P<roman>[IVX]{1,5})\.\s+[A-Z][^.;:]{2,70}"
    r"|(?P<capitals>[A-Z][A-Z0-9 ,&()\-/]{3,70}))$"
)
# "[0012]" as patents print paragraph numbers.
_NUMBERED = re.compile(r"^\[(\d{4,5})\]\s*")
_SENTENCE_END = re.compile(r"[.!?:;。][\"')\]]*$")
_PAGE_NUMBER = re.compile(r"^\s*(?:[-–] ?)?(\d{1,4})(?: ?[-–])?\s*$")
# A page number that lost its line: "the net charge 7".
_LAST_NUMBER = re.compile(r"(?<=\S) +(\d{1,4})\s*$")
_FIRST_NUMBER = re.compile(r"^\s*(\d{1,4}) +(?=\S)")
_SHORT = 0.7  # A line shorter than this share of the usual width ends its paragraph.


@dataclass(frozen=True)
class Block:
    """A heading, paragraph or table of one page.

    level: 1 for the outermost heading, 0 for what is none; rows: a table's, its `header` and its
    caption (in `text`) apart; begins: whether it never goes on with what stood before it.
    """

    text: str
    level: int = 0
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    begins: bool = False


@dataclass(frozen=True)
class PageBlocks:
    """The blocks of one page. ocr_confidence: 0 to 1 where its text was recognised, else None."""

    blocks: tuple[Block, ...]
    ocr_confidence: float | None = None


def without_page_numbers(pages: list[str]) -> list[str]:
    r"""The pages without last (or else first) lines that do nothing but count them.

    >>> without_page_numbers(["It holds and\n7", "it lasts.\n8", "30"])
    ['It holds and', 'it lasts.', '30']
    """
    for place in (-1, 0):
        lines = [page.strip().split("\n") for page in pages]
        # One number alone may be the last cell of a table.
        counting = _counting([_PAGE_NUMBER.match(of_page[place]) for of_page in lines])
        for at in counting:
            del lines[at][place]
        if counting:
            return ["\n".join(of_page) for of_page in lines]
    for pattern in (_LAST_NUMBER, _FIRST_NUMBER) if len(pages) > 2 else ():
        counting = _counting([pattern.search(page) for page in pages])
        if counting:
            return [
                pattern.sub("", page, count=1) if at in counting else page
                for at, page in enumerate(pages)
            ]
    return pages


def _counting(printed: list[re.Match[str] | None]) -> set[int]:
    """The pages whose number counts them; none where too few pages agree."""
    numbers = {at: int(match[1]) for at, match in enumerate(printed) if match}
    # Where pages are missing the numbers still rise from page to page.
    nearly_all = len(numbers) > 3 and len(numbers) * 10 >= len(printed) * 9
    if nearly_all and all(0 < b - a < 5 for a, b in pairwise(numbers.values())):
        return set(numbers)
    firsts = [number - at for at, number in numbers.items()]
    first = max(firsts, key=firsts.count, default=0)
    if firsts.count(first) > 1 and firsts.count(first) * 2 >= len(printed):
        return {at for at, number in numbers.items() if number - at == first}
    return set()


def compose_pages(composer: Composer, pages: list[str]) -> None:
    r"""Add pages of plain text. A sentence that runs over a page stays in one paragraph.

    >>> c = Composer(); compose_pages(c, ["1. Results\nIt holds and", "it lasts."])
    >>> from ingest.facts import DocumentFacts
    >>> d = c.document(DocumentFacts(id="0f", kind="report"))
    >>> d.sections[0].heading, d.text, [page.start for page in d.pages]
    ('1. Results', '1. Results\n\nIt holds and\nit lasts.', [0, 25])
    """
    compose_blocks(composer, (PageBlocks(text_blocks(page)) for page in pages))


def compose_blocks(composer: Composer, pages: Iterable[PageBlocks]) -> None:
    """Add pages of blocks, joining the paragraph that runs over a page."""
    pending: Block | None = None
    over_pages: list[str] = []  # Texts of the pending paragraph, one for each of its pages.
    for page in pages:
        blocks = list(page.blocks)
        if pending and blocks and page.ocr_confidence is None and _goes_on(pending, blocks[0]):
            pending = blocks.pop(0)
            over_pages.append(pending.text)
        else:
            _flush(composer, pending, over_pages)
            pending = None
            composer.page(page.ocr_confidence)
        for block in blocks:
            _flush(composer, pending, over_pages)
            pending, over_pages = block, [block.text]
    _flush(composer, pending, over_pages)


def _goes_on(pending: Block, block: Block) -> bool:
    if pending.level or pending.rows or block.level or block.rows or block.begins:
        return False
    return not ends_sentence(pending.text) and not _NUMBERED.match(block.text)


def _flush(composer: Composer, block: Block | None, over_pages: list[str]) -> None:
    if block is None:
        return
    if block.level:
        composer.heading(block.text, block.level)
    elif block.rows:
        composer.table(block.header, block.rows, block.text)
    else:
        text = "\f".join(over_pages)
        number = _NUMBERED.match(text)
        text = text[number.end() :] if number else text
        composer.paragraph(text, number[1] if number else None)


def heading_level(block: str) -> int:
    """1 for the outermost heading, 0 for a block that is none."""
    match = _HEADING.match(block)
    if match is None or "\f" in block:
        return 0
    if match["number"]:
        return match["number"].count(".") + 1
    letters = [c for c in match["capitals"] or "AAAA" if c.isalpha()]
    return 1 if len(letters) >= 4 else 0


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _SENTENCE_END.search(line.rstrip()) is not None


def starts_paragraph(line: str) -> bool:
    """Whether a line opens a paragraph by its first word: a number in brackets, a stated fact."""
    return bool(_NUMBERED.match(line)) or is_fact_line(line)


def text_blocks(page: str) -> tuple[Block, ...]:
    """Blocks of one page of plain text."""
    return tuple(Block(text, heading_level(text)) for text in _texts(page))


def _texts(page: str) -> Iterator[str]:
    """Paragraphs of one page: ended by a blank line, a heading, a number or a short line."""
    lines = [line.strip() for line in page.splitlines()]
    widths = sorted(len(line) for line in lines if line)
    usual = widths[int(len(widths) * 0.8)] if widths else 0
    block: list[str] = []
    for line in lines:
        # A full line without a sentence end goes on: "20 Ah Cells ..." below it is no heading.
        goes_on = block and len(block[-1]) >= usual * _SHORT and not _SENTENCE_END.search(block[-1])
        heading = not goes_on and heading_level(line)
        if not line or heading or starts_paragraph(line):
            if block:
                yield "\n".join(block)
            block = [line] if line else []
            if heading:
                yield line
                block = []
            continue
        block.append(line)
        if len(line) < usual * _SHORT and _SENTENCE_END.search(line):
            yield "\n".join(block)
            block = []
    if block:
        yield "\n".join(block)
