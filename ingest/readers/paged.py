"""Compose text that comes page by page (PDF, or text with form feeds) into paragraphs.

Headings are recognised by what they look like in plain text: numbered, or in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.compose import Composer
from ingest.readers.report_facts import is_fact_line

_HEADING = re.compile(
    r"^(?:(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[A-Z])[^.;:]{2,70}"
    r"|(?P<roman>[IVX]{1,5})\.\s+[A-Z][^.;:]{2,70}"
    r"|(?P<capitals>[A-Z][A-Z0-9 ,&()\-/]{3,70}))$"
)
# "[0012]" as patents print paragraph numbers.
_NUMBERED = re.compile(r"^\[(\d{4,5})\]\s*")
_SENTENCE_END = re.compile(r"[.!?:;。][\"')\]]*$")
_PAGE_NUMBER = re.compile(r"^\s*(?:[-–] ?)?(\d{1,4})(?: ?[-–])?\s*$")
_SHORT = 0.7  # A line shorter than this share of the usual width ends its paragraph.


def without_page_numbers(pages: list[str]) -> list[str]:
    r"""The pages without last (or else first) lines that do nothing but count them.

    >>> without_page_numbers(["It holds and\n7", "it lasts.\n8", "30"])
    ['It holds and', 'it lasts.', '30']
    """
    for place in (-1, 0):
        lines = [page.strip().split("\n") for page in pages]
        printed = [_PAGE_NUMBER.match(of_page[place]) for of_page in lines]
        firsts = [int(match[1]) - at for at, match in enumerate(printed) if match]
        first = max(firsts, key=firsts.count, default=0)
        # One number alone may be the last cell of a table.
        if firsts.count(first) > 1 and firsts.count(first) * 2 >= len(pages):
            for at, match in enumerate(printed):
                if match and int(match[1]) - at == first:
                    del lines[at][place]
            return ["\n".join(of_page) for of_page in lines]
    return pages


def compose_pages(composer: Composer, pages: list[str]) -> None:
    r"""Add pages of plain text. A sentence that runs over a page stays in one paragraph.

    >>> c = Composer(); compose_pages(c, ["1. Results\nIt holds and", "it lasts."])
    >>> from ingest.facts import DocumentFacts
    >>> d = c.document(DocumentFacts(id="0f", kind="report"))
    >>> d.sections[0].heading, d.text, [page.start for page in d.pages]
    ('1. Results', '1. Results\n\nIt holds and\nit lasts.', [0, 25])
    """
    pending = ""
    for page in pages:
        blocks = list(_blocks(page))
        unfinished = pending and not _SENTENCE_END.search(pending.rstrip())
        if unfinished and blocks and not _heading_level(blocks[0]) and not _starts_new(blocks[0]):
            pending += "\f" + blocks.pop(0)
        else:
            _flush(composer, pending)
            pending = ""
            composer.page()
        for block in blocks:
            _flush(composer, pending)
            pending = block
    _flush(composer, pending)


def _flush(composer: Composer, block: str) -> None:
    if not block:
        return
    level = _heading_level(block)
    if level:
        composer.heading(block, level)
        return
    number = _NUMBERED.match(block)
    composer.paragraph(block[number.end() :] if number else block, number[1] if number else None)


def _heading_level(block: str) -> int:
    """1 for the outermost heading, 0 for a block that is none."""
    match = _HEADING.match(block)
    if match is None or "\f" in block:
        return 0
    if match["number"]:
        return match["number"].count(".") + 1
    letters = [c for c in match["capitals"] or "AAAA" if c.isalpha()]
    return 1 if len(letters) >= 4 else 0


def _starts_new(block: str) -> bool:
    return bool(_NUMBERED.match(block))


def _blocks(page: str) -> Iterator[str]:
    """Paragraphs of one page: ended by a blank line, a heading, a number or a short line."""
    lines = [line.strip() for line in page.splitlines()]
    widths = sorted(len(line) for line in lines if line)
    usual = widths[int(len(widths) * 0.8)] if widths else 0
    block: list[str] = []
    for line in lines:
        # A full line without a sentence end goes on: "20 Ah Cells ..." below it is no heading.
        goes_on = block and len(block[-1]) >= usual * _SHORT and not _SENTENCE_END.search(block[-1])
        heading = not goes_on and _heading_level(line)
        if not line or heading or _NUMBERED.match(line) or is_fact_line(line):
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
