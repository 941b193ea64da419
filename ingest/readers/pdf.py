"""PDF through pypdf, page by page. A PDF whose first page carries INID codes is a patent."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ingest.compose import Composer
from ingest.errors import Encrypted, IngestError, Malformed, NoText
from ingest.isolate import Reply
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.paged import compose_pages, without_page_numbers
from ingest.readers.patent_pdf import compose_patent, patent_facts
from ingest.readers.report_facts import report_facts
from ingest.text import clean

_MEGABYTES = 500
# Its warnings about every broken object would bury ours.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def is_pdf(sample: Sample) -> bool:
    """Whether a file is a PDF: readers accept a header within the first kilobyte.

    Source: ISO 32000-1, annex H.3.4.1. One without any header may still have its objects.
    """
    return b"%PDF-" in sample.head[:1024] or (
        sample.suffix == ".pdf" and b"\nendobj" in sample.head
    )


def read_pdf(file: SourceFile) -> Iterator[Reply]:
    """The one document of a PDF file. Raises Encrypted, NoText or Malformed."""
    data = file.data(_MEGABYTES)
    pages = without_page_numbers(_pages(data))
    if not any(page.strip() for page in pages):
        raise NoText(f"none of its {len(pages)} pages has any text; it needs OCR")
    identity = document_id(data)
    composer = Composer()
    facts = patent_facts(identity, pages[0])
    if facts is not None:
        compose_patent(composer, pages)
    else:
        facts = report_facts(identity, "\n".join(pages[:2]), "")
        compose_pages(composer, pages)
    yield Reply(document=composer.document(facts))


def _pages(data: bytes) -> list[str]:
    """Text of every page, in order. A page that cannot be read is an error of the file."""
    try:
        reader = PdfReader(io.BytesIO(data))
        # Many PDFs are encrypted with an empty password, which pypdf tries by itself.
        if reader.is_encrypted and not reader.decrypt(""):
            raise Encrypted("it opens with a password only; save a copy without one")
        pages = []
        for number, page in enumerate(reader.pages, start=1):
            try:
                # Form feeds are our page breaks, so none may come from inside a page.
                pages.append(clean(page.extract_text()).replace("\f", "\n"))
            except (MemoryError, IngestError):
                raise
            except Exception as error:
                raise Malformed(f"page {number}: {type(error).__name__}: {error}") from error
    except IngestError:
        raise
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Malformed(f"broken PDF: {type(error).__name__}: {error}") from error
    if not pages:
        raise Malformed("the PDF has no pages")
    return pages
