"""The formats that are read, one line each, in the order in which they are tried.

How to add one: docs/readers.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.readers.archives.archive import is_archive, read_archive
from ingest.readers.epo.docdb import is_docdb, read_docdb
from ingest.readers.exports.csv_table import is_csv, read_csv
from ingest.readers.exports.json_records import is_json_records, read_json_records
from ingest.readers.exports.records import is_records, read_records
from ingest.readers.exports.xlsx_table import is_xlsx, read_xlsx
from ingest.readers.mail.mail import is_mail, is_mbox, read_mail, read_mbox
from ingest.readers.office.converted import is_converted, read_converted
from ingest.readers.office.docx import is_docx, read_docx
from ingest.readers.office.ole import is_ole, read_ole
from ingest.readers.office.pptx import is_pptx, read_pptx
from ingest.readers.opened import Reader, Sample
from ingest.readers.patents_in_xml import is_xml, read_xml
from ingest.readers.pdf.pdf import is_pdf, read_pdf
from ingest.readers.plain.markdown import is_markdown, read_markdown
from ingest.readers.plain.text import is_text, read_text
from ingest.readers.uspto.greenbook import is_greenbook, read_greenbook
from ingest.readers.uspto.public_search import is_public_search, read_public_search
from ingest.readers.web.html import is_html, read_html


@dataclass(frozen=True)
class Format:
    """A format. suffixes: of files that should be of it, so that others with them are suspect."""

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[Sample], bool]
    read: Reader


# Signs inside the file come first; the last ones go by the suffix, since any text looks like text.
FORMATS = (
    Format("DOCX", (".docx", ".docm", ".dotx", ".dotm"), is_docx, read_docx),
    Format("PPTX", (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx"), is_pptx, read_pptx),
    Format("spreadsheet", (".xlsx", ".xlsm", ".xltx", ".xltm"), is_xlsx, read_xlsx),
    # Above PDF, since a PDF may stand right at the start of an archive.
    Format(
        "archive", (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z"), is_archive, read_archive
    ),
    Format("PDF", (".pdf",), is_pdf, read_pdf),
    Format("OLE2", (".doc", ".ppt", ".xls", ".msg"), is_ole, read_ole),
    Format("EPUB, RTF, ODT or LaTeX", (".epub", ".rtf", ".odt"), is_converted, read_converted),
    Format("HTML", (".html", ".htm", ".xhtml"), is_html, read_html),
    Format("DOCDB", (), is_docdb, read_docdb),
    Format("XML", (".xml",), is_xml, read_xml),
    Format("greenbook", (), is_greenbook, read_greenbook),
    Format("public search", (), is_public_search, read_public_search),
    Format("records", (".jsonl", ".ndjson"), is_records, read_records),
    Format("JSON records", (".json",), is_json_records, read_json_records),
    Format("CSV", (".csv", ".tsv", ".tab"), is_csv, read_csv),
    Format("Markdown", (".md", ".markdown"), is_markdown, read_markdown),
    Format("mailbox", (".mbox",), is_mbox, read_mbox),
    Format("mail", (".eml", ".mht", ".mhtml"), is_mail, read_mail),
    Format("plain text", (".txt", ".text"), is_text, read_text),
)
