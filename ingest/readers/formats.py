"""The formats that are read, one line each, in the order in which they are tried.

How to add one: docs/readers.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.readers.docx import is_docx, read_docx
from ingest.readers.markdown import is_markdown, read_markdown
from ingest.readers.opened import Reader, Sample
from ingest.readers.pdf import is_pdf, read_pdf
from ingest.readers.records import is_records, read_records
from ingest.readers.text import is_text, read_text
from ingest.readers.xml import is_xml, read_xml


@dataclass(frozen=True)
class Format:
    """A format. suffixes: of files that should be of it, so that others with them are suspect."""

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[Sample], bool]
    read: Reader


# Signs inside the file come first; the last ones go by the suffix, since any text looks like text.
FORMATS = (
    Format("PDF", (".pdf",), is_pdf, read_pdf),
    Format("Word document", (".docx",), is_docx, read_docx),
    Format("patent XML", (".xml",), is_xml, read_xml),
    Format("records", (".jsonl", ".ndjson"), is_records, read_records),
    Format("Markdown", (".md", ".markdown"), is_markdown, read_markdown),
    Format("plain text", (".txt", ".text"), is_text, read_text),
)
