"""Cut a quote into what can support a sentence: sentences, and rows of tables under their heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.sentences import sentence_spans

_BLOCK = re.compile(r"[^\n](?:.|\n(?!\s*\n))*")
_LINE = re.compile(r"[^\n]+")
_UNIT = re.compile(r"\(([^()]{1,16})\)\s*$")
_NUMBER = re.compile(r"[-−+]?\d+(?:[.,]\d+)*")
_RULE = re.compile(r"[\s|:\-]+")


@dataclass(frozen=True)
class Part:
    """A sentence or a row of a table.

    text: as compared; of a row each cell with the name of its column. start, end: in the quote.
    row: whether it is one. before: index of the first part of the same paragraph.
    """

    text: str
    start: int
    end: int
    row: bool
    before: int


@lru_cache(maxsize=1024)
def parts(quote: str) -> tuple[Part, ...]:
    r"""The parts of a quote in order.

    >>> [part.text for part in parts("It held. It failed.")]
    ['It held.', 'It failed.']
    >>> parts("| FEC | Gas (ml) |\n| --- | --- |\n| 5 wt% | 1.9 |")[0].text
    'FEC 5 wt%; Gas: 1.9 ml'
    """
    found: list[Part] = []
    for block in _BLOCK.finditer(quote):
        first = len(found)
        for start, end, text, row in _in_block(quote, block.start(), block.end()):
            found.append(Part(text, start, end, row, first))
    return tuple(found)


def _in_block(quote: str, start: int, end: int) -> Iterator[tuple[int, int, str, bool]]:
    prose_from = start
    lines = [(start + m.start(), start + m.end()) for m in _LINE.finditer(quote[start:end])]
    header: list[str] = []
    for place, (a, b) in enumerate(lines):
        line = quote[a:b].strip()
        if not (line.startswith("|") and line.endswith("|") and len(line) > 2):
            continue
        yield from _sentences(quote, prose_from, a)
        prose_from = b
        if _RULE.fullmatch(line):
            continue
        below = quote[slice(*lines[place + 1])] if place + 1 < len(lines) else ""
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if below and _RULE.fullmatch(below):
            header = cells
        else:
            yield a, b, _row(header, cells), True
    yield from _sentences(quote, prose_from, end)


def _sentences(quote: str, start: int, end: int) -> Iterator[tuple[int, int, str, bool]]:
    for a, b in sentence_spans(quote[start:end]):
        text = " ".join(quote[start + a : start + b].split())
        if re.search(r"\w", text):
            yield start + a, start + b, text, False


def _row(header: list[str], cells: list[str]) -> str:
    """The cells with the names of their columns; a bare number takes the unit of its head."""
    named = []
    for place, cell in enumerate(cells):
        name = header[place] if place < len(header) else ""
        unit = _UNIT.search(name)
        if unit and _NUMBER.fullmatch(cell):
            cell, name = f"{cell} {unit[1]}", name[: unit.start()].strip()
        if cell:
            mark = " " if place == 0 else ": "
            named.append(f"{name}{mark}{cell}" if name else cell)
    return "; ".join(named)
