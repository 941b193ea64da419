"""Word documents (DOCX): headings by style, paragraphs and tables in the order of the page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from ingest.compose import Composer, one_line
from ingest.errors import Malformed, NoText, TooLarge
from ingest.isolate import Reply
from ingest.readers.opened import SourceFile, document_id
from ingest.readers.report_facts import report_facts

_MEGABYTES = 100
_UNPACKED_LIMIT = 500 << 20
_HEADING = re.compile(r"^heading (\d)$", re.IGNORECASE)


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
    for block in word.iter_inner_content():
        if isinstance(block, Table):
            rows = "\n".join(" | ".join(one_line(c.text) for c in row.cells) for row in block.rows)
            composer.paragraph(rows)
            lines.append(rows)
            continue
        lines.append(block.text)
        level = _level(block)
        if level is not None and block.text.strip():
            title = title or one_line(block.text)
            composer.heading(block.text, level)
        else:
            composer.paragraph(block.text)
    return title, lines


def _level(paragraph: Paragraph) -> int | None:
    """Outline level of a heading, 1 for the title; None for other paragraphs."""
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    if style == "Title":
        return 1
    match = _HEADING.match(style)
    return int(match[1]) if match else None
