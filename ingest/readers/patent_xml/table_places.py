"""Where tables stand inside the paragraphs of patent XML."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.readers.patent_xml.inline_text import local_name, plain_text


def blocks(paragraph: etree._Element) -> Iterator[str | etree._Element]:
    """A paragraph in pieces: its text between tables, and the tables, in reading order.

    >>> p = etree.fromstring("<p>See <b>here</b><tables><row/></tables> and there</p>")
    >>> [piece if isinstance(piece, str) else piece.tag for piece in blocks(p)]
    ['See here', 'tables', 'and there']
    """
    tables = [e for e in paragraph.iter("tables", "table") if _is_outer(e, paragraph)]
    marks: list[tuple[str, etree._Element]] = []
    for at, table in enumerate(tables):
        if any(local_name(e) in ("row", "tr") for e in table.iter()):
            marks.append((f"\ue000{at}\ue001", table))
    if not marks:
        yield plain_text(paragraph)
        return
    for mark, table in marks:  # The mark takes the table's place while the text is read.
        holder = etree.Element("span")
        holder.text, holder.tail, table.tail = mark, table.tail, None
        parent = table.getparent()
        assert parent is not None
        parent.replace(table, holder)
    rest = plain_text(paragraph)
    for mark, table in marks:
        before, _, rest = rest.partition(mark)
        yield before.strip()
        yield table
    yield rest.strip()


def _is_outer(table: etree._Element, paragraph: etree._Element) -> bool:
    above = table.getparent()
    while above is not None and above is not paragraph:
        if local_name(above) in ("tables", "table", "maths", "chemistry"):
            return False
        above = above.getparent()
    return table is not paragraph
