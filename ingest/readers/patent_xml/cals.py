"""Tables of patent XML (CALS): rows with their spans filled, header, caption.

The offices set a table as several groups of columns of different number; the columns of one
are those of the group above at the same place across the page, as the widths tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from ingest.compose import Composer
from ingest.readers.patent_xml.cals_rows import Group, Row, is_filled, read_group
from ingest.readers.patent_xml.inline_text import local_name, plain_text
from ingest.text import one_line

_CAPTION = re.compile(r"(?:supplementary |suppl\. )?tab(?:le|\.|elle|leau)\b", re.IGNORECASE)
_CONTINUED = re.compile(r"-\s?continued", re.IGNORECASE)
_MOST_HEADER_ROWS = 4


@dataclass(frozen=True)
class _Over:
    """A header cell: its text, and where it lies across the page in points."""

    text: str
    left: float
    right: float


def compose_table(composer: Composer, table: etree._Element, number: str | None = None) -> None:
    """Add a <tables> or <table> element: its caption, header and rows.

    number: of the paragraph that it stands in.
    """
    caption = _titles(table)
    over: list[_Over] = []
    groups = [read_group(element) for element in _groups(table)]
    written = False
    for at, group in enumerate(groups):
        head, body = _titled(group, caption)
        rows = [row for row in body if is_filled(row)]
        below = groups[at + 1] if at + 1 < len(groups) else None
        if not rows or (below and not head and not written and _is_heading(group, rows, below)):
            over += _overs(group, head + rows)
            continue
        composer.table(*_narrow(_header(group, head, over), rows), _line(caption), number)
        written = True
        over = _overs(group, head) if head else over
    if not written and over:
        composer.table([cell.text for cell in over], [], _line(caption), number)
    elif not written:
        composer.paragraph(_line(caption), number)


def _titled(group: Group, caption: list[str]) -> tuple[list[Row], list[Row]]:
    """Header and body of a group; rows that are the table's title are put into the caption."""
    head = [row for row in group.head if is_filled(row)]
    body, ruled = group.body, group.ruled
    while head and _is_caption(head[0]):
        caption.append(_distinct(head.pop(0)))
    while body and (_is_named(body[0]) or not is_filled(body[0])):
        if is_filled(body[0]):
            caption.append(_distinct(body[0]))
        body, ruled = body[1:], ruled and ruled - 1
    return (head, body) if head or not ruled else _split(body, ruled)


def _line(caption: list[str]) -> str:
    return " ".join(dict.fromkeys(caption))


def _titles(table: etree._Element) -> list[str]:
    """What stands as title of the table beside its groups or rows."""
    holders = [e for e in table.iter() if local_name(e) in ("table", "tables", "tgroup")]
    titles = [e for holder in holders for e in holder if local_name(e) in ("title", "caption")]
    return [text for text in (one_line(plain_text(title)) for title in titles) if text]


def _groups(table: etree._Element) -> list[etree._Element]:
    found = [element for element in table.iter() if local_name(element) == "tgroup"]
    return found or [table]


def _distinct(row: Row) -> str:
    return " ".join(_cut(row))


def _is_caption(row: Row) -> bool:
    """Whether a row of the head is the table's title: one cell, across more than one column."""
    filled = [at for at, cell in enumerate(row) if cell.strip("\0")]
    if len(filled) != 1:
        return False
    return _is_named(row) or (len(row) > 1 and row[filled[0] + 1 :].count("\0") >= len(row) - 2)


def _is_named(row: Row) -> bool:
    filled = _cut(row)
    text = filled[0] if len(filled) == 1 else ""
    return len(text) < 200 and bool(_CAPTION.match(text) or _CONTINUED.search(text))


def _is_heading(group: Group, rows: list[Row], below: Group) -> bool:
    """Whether the rows of a group are nothing but names of the columns below."""
    widest = max((len(_cut(row)) for row in below.body), default=0)
    if len(rows) > _MOST_HEADER_ROWS or widest < 2:
        return False
    if group.ruled is not None and len(rows) <= 2:
        return True
    return not any(re.match(r"[\d.]", cell) for row in rows for cell in _cut(row))


def _cut(row: Row) -> Row:
    """The cells of a row that have any text."""
    return [cell for cell in row if cell.strip("\0")]


def _split(body: list[Row], ruled: int) -> tuple[list[Row], list[Row]]:
    """Header rows above the body's first rule, unless they are too many or all there is."""
    above = [row for row in body[:ruled] if is_filled(row)]
    below = [row for row in body[ruled:] if is_filled(row)]
    if below and len(above) <= _MOST_HEADER_ROWS:
        return above, below
    return [], body


def _overs(group: Group, rows: list[Row]) -> list[_Over]:
    return [
        _Over(cell, group.edges[at], group.edges[_end(row, at)])
        for row in rows
        for at, cell in enumerate(row)
        if cell.strip("\0")
    ]


def _end(row: Row, at: int) -> int:
    """The column after a cell, counting those that it spans."""
    at += 1
    while at < len(row) and row[at] == "\0":
        at += 1
    return at


def _header(group: Group, head: list[Row], over: list[_Over]) -> Row:
    """One name for each column: what stands above it in every header row."""
    cells = over + _overs(group, head)
    if not cells:
        return []
    middles = [(a + b) / 2 for a, b in zip(group.edges, group.edges[1:], strict=False)]
    above = [[c.text for c in cells if c.left <= middle < c.right] for middle in middles]
    # Once, what a cell over several rows says in each.
    return [" ".join(dict.fromkeys(texts)) for texts in above]


def _narrow(header: Row, rows: list[Row]) -> tuple[Row, list[Row]]:
    """The table without columns that are empty in every row, and without marks of spans."""
    rows = [[cell.strip("\0") for cell in row] for row in rows]
    kept = [at for at in range(len(rows[0])) if any(row[at] for row in rows)]
    lost = {n for at, n in enumerate(header) if at not in kept} - {
        header[a] for a in kept if header
    }
    if any(lost):  # A named column without any value says something too.
        kept = [at for at in range(len(rows[0])) if at in kept or (header and header[at])]
    return [header[at] for at in kept] if header else [], [[r[at] for at in kept] for r in rows]
