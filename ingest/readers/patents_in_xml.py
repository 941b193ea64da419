"""Patent XML: find the documents in a file and hand each to the reader of its root element.

A file may hold many documents one after another, as the offices publish a week; they are read
one at a time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from ingest.errors import (
    EmptyFile,
    IngestError,
    Malformed,
    NoText,
    Rejection,
    TooLarge,
    UnsupportedFormat,
)
from ingest.isolate import Reply
from ingest.readers.epo.fields import drop_namespaces
from ingest.readers.epo.full_text import read_epo
from ingest.readers.epo.ops import read_ops
from ingest.readers.opened import Sample, SourceFile, document_id
from ingest.readers.patent_xml.inline_text import local_name
from ingest.readers.patent_xml.parse import parse
from ingest.readers.patent_xml.pieces import Piece, is_wrapper, xml_pieces
from ingest.readers.uspto.pap import read_pap
from ingest.readers.uspto.patdoc import read_patdoc
from ingest.readers.uspto.red_book import read_uspto
from ingest.readers.uspto.red_book_parts import read_application_part
from ingest.readers.wipo.st96 import read_st96
from ingest.records import Document

# A reader of several documents gives each an id of its own.
ReadRoot = Callable[[etree._Element, str], Document | Iterable[Document]]

# By root element, without namespace.
_READERS: dict[str, ReadRoot] = {
    "us-patent-application": read_uspto,
    "us-patent-grant": read_uspto,
    "patent-application-publication": read_pap,
    "PATDOC": read_patdoc,
    "ClaimsDocument": read_application_part,
    "SpecificationDocument": read_application_part,
    "ep-patent-document": read_epo,
    "world-patent-data": read_ops,
    "fault": read_ops,
    "PatentPublication": read_st96,
    "PatentGrant": read_st96,
    "ApplicationBody": read_st96,
    "BibliographicData": read_st96,
}
# Their vocabularies have no namespace; some exports put them into one.
_WITHOUT_NAMESPACES = (read_uspto, read_pap, read_patdoc, read_application_part, read_epo)
# Of other roots the namespace decides: offices name theirs as they like.
_ST96 = re.compile(r"\{[^}]*/ST96/")
_NO_PATENTS = {"sequence-cwu": "sequence listing", "us-sequence-listing": "sequence listing"}
_XML_START = re.compile(rb"\s*<(\?xml|!DOCTYPE|!--|[A-Za-z_])")
_HTML_START = re.compile(
    rb"(?:<\?xml[^>]*>|<!--.*?-->|\s++)*+<(!DOCTYPE\s+html|html)\b", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(rb"<(?:!DOCTYPE\s+)?(?:\w+:)?(" + "|".join(_READERS).encode() + rb")[\s>\[]")
_TEXT_SUFFIXES = (".md", ".markdown", ".txt", ".text", ".jsonl", ".ndjson", ".csv", ".tsv", ".json")


def is_xml(sample: Sample) -> bool:
    """Whether a file is XML, be it a patent's or not, but no web page."""
    head = sample.head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        head = head.lstrip(b"\xff\xfe").replace(b"\0", b"")
    if not _XML_START.match(head):
        # Broken at the very start.
        return sample.suffix == ".xml" and b"<" in head
    if _HTML_START.match(head):
        return False
    known = _ROOT.search(head) is not None
    return known or sample.suffix not in (*_TEXT_SUFFIXES, ".html", ".htm", ".xhtml", ".svg")


def read_xml(file: SourceFile) -> Iterator[Reply]:
    """The patents of a file: one, or as many as it has documents one after another."""
    number = 0
    for at, piece in enumerate(xml_pieces(file.stream)):
        alone = at == 0 and piece.last
        if not alone and not piece.too_large and is_wrapper(piece.data):
            continue
        number += 1
        try:
            for document in _documents(piece, alone):
                # One of several in a piece is known by its own bytes, wherever else it stands.
                several = document.facts.id != document_id(piece.data)
                digest = None if alone else hashlib.sha256(piece.data).hexdigest()
                digest = document.facts.id if several else digest
                yield Reply(document=document, content_hash=digest, position=piece.end)
        except IngestError as error:
            if alone:
                raise
            rejection = Rejection(f"#document {number}", type(error).__name__, str(error))
            yield Reply(rejection=rejection, position=piece.end)
    if number == 0:
        raise EmptyFile("the file has no content")


def _documents(piece: Piece, alone: bool) -> Iterator[Document]:
    if piece.too_large:
        limit = piece.size_limit >> 20
        raise TooLarge(f"larger than the {limit} MB this kind of file may have; split it")
    if not alone and b"<" not in piece.data:
        count = len(piece.data)
        raise Malformed(f"{count} bytes between or beside the documents, which are no XML")
    root = parse(piece.data)
    tag = local_name(root)
    reader = _READERS.get(tag)
    if reader is None and _ST96.match(str(root.tag)):
        reader = read_st96
    if reader is None and tag in _NO_PATENTS:
        raise UnsupportedFormat(f"a {_NO_PATENTS[tag]} (<{tag}>), which is no patent")
    if reader is None:
        known = ", ".join(_READERS)
        raise UnsupportedFormat(f"no reader for XML with the root <{tag}>; known: {known}")
    if reader in _WITHOUT_NAMESPACES and any("{" in str(e.tag) for e in (root, *root)):
        drop_namespaces(root)
    found = reader(root, document_id(piece.data))
    for document in (found,) if isinstance(found, Document) else found:
        if not (document.text or document.facts.number or document.facts.title):
            raise NoText(f"an empty <{tag}>: no number, no title, no text")
        yield document
