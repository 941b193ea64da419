"""The visible text of an HTML page as blocks: headings, paragraphs, lists, tables.

Not read: scripts, styles, navigation, form controls and what is hidden. Nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.readers.office.blocks import Block
from ingest.readers.web.html_math import mathml_text
from ingest.text import one_line

_NOT_READ = frozenset(
    "script style nav template noscript head iframe object embed svg canvas audio video select"
    " option button datalist rt rp".split()
)
_BLOCK = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre"
    " section summary table tbody td tfoot th thead tr ul".split()
)
_HEADING = re.compile(r"^h([1-6])$")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_NOTE_LINK = re.compile(r"\bfootnote-(?:back|ref)\b|\bnoteref\b")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPAN_LIMIT = 200
_CELLS_LIMIT = 2_000_000


def html_blocks(root: etree._Element) -> Iterator[Block]:
    r"""Blocks in the order of the page.

    >>> page = etree.HTML("<h1>Cells</h1><p>10<sup>3</sup> of<br>Li<sub>2</sub>O<ul><li>one")
    >>> [block.text for block in html_blocks(page)]
    ['Cells', '10^3 of\nLi2O', '- one']
    """
    writer = _Writer()
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            if _skipped(element):
                walker.skip_subtree()
                continue
            if _is_data_table(element):
                walker.skip_subtree()
                yield from writer.flush()
                yield from _table(element)
                continue
            if element.tag == "math":
                walker.skip_subtree()
                writer.add(mathml_text(element))
                continue
            if element.tag in _BLOCK:
                yield from writer.flush()
            writer.start(element)
        elif event == "end":
            # A skipped element ends too; nothing was opened for it.
            if not _skipped(element) and not _closed(element):
                if element.tag in _BLOCK:
                    yield from writer.flush()
                writer.end(element)
            if element is not root:
                writer.add(element.tail)
        elif element is not root:
            writer.add(element.tail)
    yield from writer.flush()


def elements_at(root: etree._Element, path: str) -> list[etree._Element]:
    """The elements that an XPath expression selects."""
    found = root.xpath(path)
    return [one for one in found if isinstance(one, etree._Element)] if found else []  # type: ignore[union-attr]


def element_text(element: etree._Element) -> str:
    """The visible text below one element, its blocks on lines of their own."""
    blocks = list(html_blocks(element))
    return "\n".join(
        "\n".join(" | ".join(row) for row in block.rows) if block.rows else block.text
        for block in blocks
    ).strip()


class _Writer:
    """Collects the text between two borders of blocks."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._level: int | None = None
        self._preformatted = 0
        self._item = False

    def start(self, element: etree._Element) -> None:
        tag = str(element.tag)
        heading = _HEADING.match(tag)
        if heading:
            self._level = int(heading[1])
        if tag == "li":
            self._item = True
        elif tag == "pre":
            self._preformatted += 1
        elif tag == "br":
            self._pieces.append("\n")
        elif tag == "sup" and self._last().isdigit() and (element.text or "").strip():
            # A power of ten must not become another number.
            self._pieces.append("^")
        self.add(element.text)

    def end(self, element: etree._Element) -> None:
        if _HEADING.match(str(element.tag)):
            self._level = None
        elif element.tag == "pre":
            self._preformatted -= 1
        elif element.tag == "li":
            self._item = False

    def add(self, text: str | None) -> None:
        if text:
            self._pieces.append(text if self._preformatted else _SPACE.sub(" ", text))

    def flush(self) -> Iterator[Block]:
        text = "".join(self._pieces)
        self._pieces = []
        if text.strip():
            item, self._item = self._item, False
            text = text.strip()
            yield Block(f"- {text}" if item and self._level is None else text, self._level)

    def _last(self) -> str:
        return next((piece[-1] for piece in reversed(self._pieces) if piece), "")


def _closed(element: etree._Element) -> bool:
    return element.tag == "math" or _is_data_table(element)


def _skipped(element: etree._Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    if element.tag in _NOT_READ or element.get("hidden") is not None:
        return True
    if element.get("aria-hidden") == "true":
        return True
    # A note's number would read as a digit of the word before it.
    if element.tag == "a" and _NOTE_LINK.search(element.get("class") or ""):
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def _is_data_table(element: etree._Element) -> bool:
    """Whether a table has columns; many a page uses tables to put its text side by side."""
    if element.tag != "table" or element.get("role") == "presentation":
        return False
    if next(element.iterdescendants("table", "h1", "h2", "h3"), None) is not None:
        return False
    return any(len(row.findall("td") + row.findall("th")) > 1 for row in element.iter("tr"))


def _table(table: etree._Element) -> Iterator[Block]:
    caption = table.find("caption")
    rows: list[tuple[str, ...]] = []
    headers = 0
    carried: dict[int, tuple[int, str]] = {}  # column -> rows that a cell still covers, its text
    cells = 0
    for row in table.iter("tr"):
        if _skipped(row):
            continue
        found = [cell for cell in row if cell.tag in ("td", "th")]
        is_header = _in_head(row) or (bool(found) and all(cell.tag == "th" for cell in found))
        if is_header and headers == len(rows):
            headers += 1
        line = _row(found, carried, headers > len(rows))
        cells += len(line)
        if cells > _CELLS_LIMIT:
            break
        if any(line):
            rows.append(tuple(line))
        elif headers > len(rows):
            headers -= 1
    if headers == len(rows) > 1 and not any(_in_head(row) for row in table.iter("tr")):
        headers = 1  # A table of th only says nothing about which row is the header.
    title = "" if caption is None else one_line(element_text(caption))
    if rows:
        yield Block(rows=tuple(rows), headers=headers, caption=title)


def _in_head(row: etree._Element) -> bool:
    parent = row.getparent()
    return parent is not None and parent.tag == "thead"


def _row(
    cells: list[etree._Element], carried: dict[int, tuple[int, str]], header: bool
) -> list[str]:
    """A row's cells; those that reach down from above are said again, since rows stand alone."""
    line: list[str] = []
    for cell in [*cells, None]:
        while len(line) in carried:
            left, text = carried.pop(len(line))
            if left > 1:
                carried[len(line)] = (left - 1, text)
            line.append(text)
        if cell is None:
            break
        text = one_line(element_text(cell)) if not _skipped(cell) else ""
        down = _span(cell, "rowspan")
        for at in range(_span(cell, "colspan")):
            said = text if header or not at else ""
            if down > 1:
                carried[len(line)] = (down - 1, said)
            line.append(said)
    return line


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return min(max(int(value), 1), _SPAN_LIMIT) if value.isdecimal() else 1
