"""Word documents (DOCX): headings by style, paragraphs and tables in the order of the page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

from ingest.compose import Composer
from ingest.errors import Malformed, NoText, TooLarge
from ingest.isolate import Reply
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.report_facts import report_facts
from ingest.text import one_line

_MEGABYTES = 100
_UNPACKED_LIMIT = 500 << 20
_PARAGRAPH, _TABLE, _RUN_TEXT = qn("w:p"), qn("w:tbl"), qn("w:t")
_BLANKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# What a revision took away, and second renderings of what stands beside them.
_NOT_READ = {
    qn("w:pPr"),
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_HEADING = re.compile(r"^heading (\d)$", re.IGNORECASE)


def is_docx(sample: Sample) -> bool:
    """Whether a file is a Word document."""
    return "word/document.xml" in sample.members


def read_docx(file: SourceFile) -> Iterator[Reply]:
    """The one document of a DOCX file."""
    data = file.data(_MEGABYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED_LIMIT:
                raise TooLarge("unpacks to more than 500 MB")
        word = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, etree.XMLSyntaxError) as error:
        raise Malformed(f"broken DOCX: {error}") from error
    composer = Composer()
    title, head = _compose(composer, word)
    document = composer.document(report_facts(document_id(data), "\n".join(head), title))
    if not document.text.strip():
        raise NoText("the document holds no text")
    yield Reply(document=document)


def _compose(composer: Composer, word: WordDocument) -> tuple[str, list[str]]:
    """Add all blocks; the title and the lines of text come back."""
    title = ""
    lines: list[str] = []
    for block in _outermost(word.element.body, _PARAGRAPH, _TABLE):
        text = _table(block) if block.tag == _TABLE else _text(block)
        level = None if block.tag == _TABLE else _level(Paragraph(block, word))
        lines.append(text)
        if level is not None and text.strip():
            title = title or one_line(text)
            composer.heading(text, level)
        else:
            composer.paragraph(text)
    return title, lines


def _outermost(element: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The descendants with these tags, but none inside another; python-docx sees children only."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag not in _NOT_READ:
            yield from _outermost(child, *tags)


def _text(paragraph: etree._Element) -> str:
    """All text, that of text boxes and of insertions under revision included."""
    parts: list[str] = []
    for element in _outermost(paragraph, _RUN_TEXT, _PARAGRAPH, *_BLANKS):
        if element.tag == _PARAGRAPH:
            parts.append(f"\n{_text(element)}\n")
        else:
            parts.append(_BLANKS.get(element.tag) or element.text or "")
    return "".join(parts)


def _table(table: etree._Element) -> str:
    """A line for each row; the text of a nested table is part of its cell."""
    return "\n".join(
        " | ".join(
            one_line(" ".join(_text(p) for p in _outermost(cell, _PARAGRAPH)))
            for cell in _outermost(row, qn("w:tc"))
        )
        for row in _outermost(table, qn("w:tr"))
    )


def _level(paragraph: Paragraph) -> int | None:
    """Outline level of a heading, 1 for the title; None for other paragraphs."""
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if style == "Title":
        return 1
    match = _HEADING.match(style)
    return int(match[1]) if match else None
