"""Choose the reader of a file by its first bytes; the suffix only settles what they leave open."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO

from ingest.errors import EmptyFile, Unreadable, UnsupportedFormat, WrongSuffix
from ingest.isolate import Reply
from ingest.readers.docx import read_docx
from ingest.readers.markdown import read_markdown
from ingest.readers.opened import Reader, SourceFile
from ingest.readers.pdf import read_pdf
from ingest.readers.records import read_records
from ingest.readers.text import read_text
from ingest.readers.xml import read_xml

_HEAD_BYTES = 8192
_BY_SUFFIX: dict[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
    ".text": read_text,
    ".jsonl": read_records,
    ".ndjson": read_records,
}
_XML_START = re.compile(rb"^(\xef\xbb\xbf)?\s*<(\?xml|!DOCTYPE|!--|[A-Za-z])")
_PATENT_XML = re.compile(
    rb"^(\xef\xbb\xbf)?\s*<(\?xml|!DOCTYPE|us-patent-|ep-patent-)"
    rb"[^\0]*<(us-patent-application|us-patent-grant|ep-patent-document)[\s>]"
    rb"|^<(us-patent-application|us-patent-grant|ep-patent-document)[\s>]"
)
_SUFFIXES_OF_CONTENT = (".pdf", ".docx", ".xml")


def read_file(path: str) -> Iterator[Reply]:
    """Documents of one file. Raises an IngestError when there is no way to read it."""
    try:
        with open(path, "rb") as stream:
            head = stream.read(_HEAD_BYTES)
            stream.seek(0)
            reader = choose(head, PurePath(path).name, stream)
            stream.seek(0)
            yield from reader(SourceFile(PurePath(path).name, stream))
    except OSError as error:
        raise Unreadable(f"the system refuses to read it: {error.strerror or error}") from error


def choose(head: bytes, name: str, stream: IO[bytes] | None = None) -> Reader:
    """The reader for a file that starts with these bytes.

    >>> choose(b"%PDF-1.7", "scan.txt").__name__
    'read_pdf'
    """
    suffix = PurePath(name).suffix.lower()
    if not head:
        raise EmptyFile("the file has no bytes")
    # Readers of PDF accept the header within the first kilobyte (ISO 32000-1, annex H.3.4.1).
    if b"%PDF-" in head[:1024] or (suffix == ".pdf" and b"\nendobj" in head):
        return read_pdf
    if head.startswith(b"PK\x03\x04") and stream is not None and _is_docx(stream):
        return read_docx
    if _PATENT_XML.search(head):
        return read_xml
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if _XML_START.match(head) and suffix not in (".html", ".htm", ".svg"):
        return read_xml
    if suffix == ".xml" and b"<" in head:  # Broken, or in an encoding with two bytes a character.
        return read_xml
    if suffix in _SUFFIXES_OF_CONTENT:
        raise WrongSuffix(f"the content is not {suffix[1:].upper()}, and nothing else we read")
    raise UnsupportedFormat(f"no reader for {suffix or 'files without a suffix'}")


def _is_docx(stream: IO[bytes]) -> bool:
    try:
        with zipfile.ZipFile(stream) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
