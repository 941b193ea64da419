"""What office documents are made of, whatever their format: headings, paragraphs and tables.

Readers of DOCX, PPTX, HTML and Markdown give blocks; here they are written into the document,
each table under its caption.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.compose import Composer
from ingest.text import one_line

_CAPTION = re.compile(r"^(?:Table|Tab\.|Tabelle|Tableau|Tabla|表|표)\s*(?:[A-Z]?\d|[IVX]+\b)", re.I)
_CAPTION_CHARS = 400
_NUMERIC = re.compile(r"^[-+−~<>≤≥≈±]?\s*\d[\d\s.,:/%±×^()−–-]*(?:[eE][-+]?\d+)?$")
_FACT_BLOCKS = 40
_FACT_CHARS = 4000


@dataclass(frozen=True)
class Block:
    """A paragraph; a heading, where it has a level; or a table, where it has rows.

    Attributes:
        text: of the paragraph or heading; line breaks stay.
        level: of a heading, 1 is the outermost.
        rows: cells of a table, the header's rows included.
        headers: how many of the rows the file marks as header, 0 where it marks none.
        caption: of a table, where the file says so; or "" for the paragraph beside it.
    """

    text: str = ""
    level: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    headers: int = 0
    caption: str = ""


def compose_blocks(composer: Composer, blocks: Sequence[Block]) -> None:
    r"""Add all blocks. A paragraph like "Table 1. Cells" beside a table becomes its caption.

    >>> c = Composer()
    >>> compose_blocks(c, [Block("Table 1. Cells"), Block(rows=(("Cell", "Ah"), ("A", "5")))])
    >>> from ingest.facts import DocumentFacts
    >>> c.document(DocumentFacts(id="0f", kind="report")).text
    'Table 1. Cells\n| Cell | Ah |\n| --- | --- |\n| A | 5 |'
    """
    captions = _captions(blocks)
    used = set(captions.values())
    for at, block in enumerate(blocks):
        if block.rows:
            beside = blocks[captions[at]].text if at in captions else ""
            _table(composer, block, block.caption or beside)
        elif block.level is not None:
            composer.heading(block.text, block.level)
        elif at not in used:
            composer.paragraph(block.text)


def is_caption(text: str) -> bool:
    """Whether a paragraph says which table stands beside it.

    >>> is_caption("Table 2: Cells"), is_caption("표 3. 셀"), is_caption("Tables are long.")
    (True, True, False)
    """
    return len(text) <= _CAPTION_CHARS and _CAPTION.match(text.strip()) is not None


def fact_text(blocks: Sequence[Block]) -> str:
    """The beginning of a document with one line for every line of it, for `report_facts`."""
    lines = []
    for block in blocks[:_FACT_BLOCKS]:
        lines += [" | ".join(one_line(cell) for cell in row) for row in block.rows]
        lines.append(block.text)
    return "\n".join(line for line in lines if line.strip())[:_FACT_CHARS]


def first_heading(blocks: Iterable[Block]) -> str:
    """The first heading, "" where there is none."""
    return next((one_line(b.text) for b in blocks if b.level is not None and b.text.strip()), "")


def header_rows(rows: Sequence[Sequence[str]]) -> int:
    """1 where the first row reads like names of columns: all filled, none a number; else 0.

    >>> header_rows([["Cell", "Ah"], ["A", "5.1"]]), header_rows([["Cell", "5.1"], ["A", "5"]])
    (1, 0)
    """
    if len(rows) < 2:
        return 0
    first = [one_line(cell) for cell in rows[0]]
    return int(bool(first) and all(cell and not _NUMERIC.match(cell) for cell in first))


def _captions(blocks: Sequence[Block]) -> dict[int, int]:
    """Table -> the paragraph that is its caption: the one above, else the one below."""
    found: dict[int, int] = {}
    for at, block in enumerate(blocks):
        if not block.rows or block.caption:
            continue
        if at and _may_caption(blocks[at - 1]) and at - 1 not in found.values():
            found[at] = at - 1
        elif at + 1 < len(blocks) and _may_caption(blocks[at + 1]):
            # Between two tables it is as likely the next one's.
            if at + 2 < len(blocks) and blocks[at + 2].rows:
                continue
            found[at] = at + 1
    return found


def _may_caption(block: Block) -> bool:
    return not block.rows and block.level is None and is_caption(block.text)


def _table(composer: Composer, block: Block, caption: str) -> None:
    width = max(map(len, block.rows))
    rows = [[*row, *[""] * (width - len(row))] for row in block.rows]
    count = min(block.headers or header_rows(rows), len(rows) - 1 if len(rows) > 1 else 1)
    if not block.headers and count and len(rows) == 1:
        count = 0
    header = [_joined(row[column] for row in rows[:count]) for column in range(width)]
    # Long tables say their header again on every page.
    body = [row for row in rows[count:] if row not in rows[:count]]
    composer.table(header if any(header) else (), body, caption)


def _joined(cells: Iterator[str]) -> str:
    """The cells of several header rows over one column, each said once."""
    return " ".join(dict.fromkeys(one_line(cell) for cell in cells if cell.strip()))
