"""Plain text; form feeds are page breaks."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.compose import Composer
from ingest.errors import EmptyFile
from ingest.isolate import Reply
from ingest.readers.opened import Sample, SourceFile, decode, document_id
from ingest.readers.paged import compose_pages, without_page_numbers
from ingest.readers.report_facts import report_facts
from ingest.text import clean

_MEGABYTES = 50


def is_text(sample: Sample) -> bool:
    """Whether a file is meant to be plain text; the reader looks whether it is."""
    return sample.suffix in (".txt", ".text")


def read_text(file: SourceFile) -> Iterator[Reply]:
    """The one document of a text file."""
    data = file.data(_MEGABYTES)
    text = clean(decode(data))
    if not text.strip():
        raise EmptyFile("the file holds nothing but blanks")
    composer = Composer()
    compose_pages(composer, without_page_numbers(text.split("\f")))
    yield Reply(document=composer.document(report_facts(document_id(data), text, "")))
